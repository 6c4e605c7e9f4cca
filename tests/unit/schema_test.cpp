// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/index/schema.h"

#include <fmt/format.h>

#include <catch2/catch.hpp>

#include "tests/support/program.h"
#include "tests/support/temp_dir.h"

using namespace dateline;

TEST_CASE(
    "the index format's page names the version of the format and every prefix and column of the "
    "schema",
    "[docs]") {
  const auto page = test::read_text(test::source_folder() / "docs" / "index-format.md");
  REQUIRE_FALSE(page.empty());
  CHECK(page.find(fmt::format("Format version {}.", schema::format_version)) != std::string::npos);
  CHECK(page.find(fmt::format("| `format` | {};", schema::format_version)) != std::string::npos);
  const auto manual = test::read_text(test::source_folder() / "docs/man/dateline-index.1.in");
  CHECK(manual.find(fmt::format("(format {})", schema::format_version)) != std::string::npos);
  for (const auto& prefix : schema::prefixes) {
    INFO(prefix.name);
    CHECK(page.find('`' + std::string(prefix.example) + '`') != std::string::npos);
  }
  for (const auto& column : schema::columns) {
    INFO(column.name);
    CHECK(page.find("| `" + std::string(column.name) + "` | " + std::string(column.type)) !=
          std::string::npos);
  }
}
