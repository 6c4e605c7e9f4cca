// SPDX-License-Identifier: GPL-3.0-or-later
// Whatever the bytes, they are a query in either mode or are refused with a remedy; what a query
// was understood as reads back as the same.
#include <cstdint>
#include <cstdlib>
#include <optional>
#include <string>
#include <string_view>

#include "common/error.h"
#include "searcher/query/syntax.h"
#include "tests/support/query_tree.h"

namespace {

using namespace dateline;

constexpr Day today{std::chrono::days{19'000}};

void require(bool held) {
  if (!held) std::abort();
}

std::optional<QueryNode> read(std::string_view text, QueryMode mode) try {
  return parse_query(text, mode, today);
} catch (const Error& e) {
  require(e.code() == ExitCode::usage && !e.remedy().empty());
  return std::nullopt;
}

void check(std::string_view text, QueryMode mode) {
  const auto query = read(text, mode);
  if (!query || !test::can_be_spelt(*query)) return;
  const auto full = format_query(*query);
  if (full.size() > max_query_bytes) return;
  const auto again = read(full, QueryMode::all);
  require(again && test::same_tree(*again, *query));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  check(text, QueryMode::all);
  check(text, QueryMode::any);
  return 0;
}
