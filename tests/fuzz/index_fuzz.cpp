// SPDX-License-Identifier: GPL-3.0-or-later
// A small index with one of its files replaced by any bytes, DATELINE_FUZZED_FILE: it is refused,
// or searched from end to end without a step outside the file. The checksums of column files are
// made to fit, since whoever opens an index does not compare those of the sections.
#include <cstdint>
#include <cstdlib>
#include <string>

#include "common/error.h"
#include "common/index/snapshot.h"
#include "indexer/names/entity_list.h"
#include "searcher/engine/profile.h"
#include "searcher/engine/search.h"
#include "tests/fuzz/small_index.h"
#include "tests/support/column_bytes.h"

namespace {

using namespace dateline;

constexpr std::string_view fuzzed_file = DATELINE_FUZZED_FILE;

/// "tables-000001", "seg-000001": whose name a column file carries.
std::string owner() {
  const std::filesystem::path file(fuzzed_file);
  return file.has_parent_path() ? file.parent_path().string() : file.string();
}

bool is_column_file() {
  return fuzzed_file.find("manifest") == std::string_view::npos && fuzzed_file != "CURRENT";
}

/// Calls it; what it throws is a refusal of the index, or of a name that it no longer knows.
template <class F>
void attempt(F&& f) {
  try {
    f();
  } catch (const Error& e) {
    if (e.code() == ExitCode::internal || e.code() == ExitCode::system_failure) std::abort();
  }
}

SearchRequest request_for(std::string query) {
  SearchRequest request;
  request.query = std::move(query);
  request.today = Day{std::chrono::days{20'000}};
  request.facets = default_facets();
  for (const auto facet : {Facet::author, Facet::topic, Facet::language})
    request.facets.push_back({facet, {}, {}});
  return request;
}

void ask_everything(const test::SmallIndex& index) {
  const auto snapshot = IndexSnapshot::open(index.folder());
  Searcher searcher(snapshot);
  for (const char* query : {"", "harbours OR ferry", "harb* storm~ SENTENCE lee",
                            "source:\"example courier\" author:\"bo ray\" entity:\"ann lee\"",
                            "language:de topic:weather date:2023 -title:repairs"})
    attempt([&] { searcher.search(request_for(query)); });
  attempt([&] {
    auto request = request_for("");
    request.like_id = "a1";
    request.facet_order = FacetOrder::significance;
    request.sort = SortOrder::newest;
    searcher.search(request);
  });
  attempt([&] {
    auto request = request_for("");
    request.filters.entities = {"Ann Lee"};
    profile_entity(*snapshot, request);
  });
  attempt([&] { list_entities(*snapshot, std::nullopt); });
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const test::SmallIndex index;
  std::string bytes(reinterpret_cast<const char*>(data), size);
  if (is_column_file()) test::fit_checksums(bytes, owner());
  test::write_bytes(index.folder() / fuzzed_file, bytes);
  attempt([&] { ask_everything(index); });
  return 0;
}
