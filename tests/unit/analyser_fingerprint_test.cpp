// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/text/analyser_fingerprint.h"

#include <catch2/catch.hpp>

using namespace dateline;

TEST_CASE("the analyser's fingerprint is one of 32 hexadecimal digits, and stays", "[text]") {
  const auto first = analyser_fingerprint();
  CHECK(first.size() == 32);
  CHECK(first.find_first_not_of("0123456789abcdef") == std::string::npos);
  CHECK(analyser_fingerprint() == first);
}
