// SPDX-License-Identifier: GPL-3.0-or-later
// Whatever the bytes, they are refused as damaged or an article, which is stored and read back as
// the same.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "common/error.h"
#include "common/index/stored_article.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace dateline;
  try {
    const auto stored = store_article(load_article({reinterpret_cast<const char*>(data), size}));
    if (store_article(load_article(stored)) != stored) std::abort();
  } catch (const Error& e) {
    if (e.code() != ExitCode::damaged_index) std::abort();
  }
  return 0;
}
