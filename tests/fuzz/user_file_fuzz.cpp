// SPDX-License-Identifier: GPL-3.0-or-later
// The files that users write, one target each (DATELINE_FUZZED_READER names its function here):
// whatever the bytes, they are understood, or refused with a cause and a remedy.
#include <cstdint>
#include <cstdlib>
#include <optional>
#include <sstream>
#include <string>

#include "common/error.h"
#include "common/index/synonym_file.h"
#include "common/settings.h"
#include "corpus/metadata/outlets.h"
#include "corpus/path_rules.h"
#include "indexer/commands/path_list.h"
#include "indexer/names/name_rules.h"
#include "indexer/options.h"
#include "searcher/batch_line.h"
#include "searcher/evaluation.h"
#include "searcher/options.h"
#include "tests/support/temp_dir.h"

namespace dateline::fuzz {
namespace {

const test::TempDir& folder() {
  static const test::TempDir folder;
  return folder;
}

[[maybe_unused]] void aliases(const std::string& text) {
  parse_name_rules({"aliases.tsv", text}, {"gazetteer.tsv", std::nullopt});
}

[[maybe_unused]] void gazetteer(const std::string& text) {
  parse_name_rules({"aliases.tsv", "merge\tperson\tAnn Lee\tA. Lee\n"}, {"gazetteer.tsv", text});
}

[[maybe_unused]] void synonyms(const std::string& text) {
  read_synonym_file(folder().write("synonyms.tsv", text));
}

[[maybe_unused]] void source_names(const std::string& text) {
  const OutletNames outlets(folder().write("sources.tsv", text));
  outlets.name_of("The Example Courier (Online)", "https://www.courier.example/1");
}

[[maybe_unused]] void configuration(const std::string& text) {
  ::setenv("XDG_CONFIG_HOME", folder().path().c_str(), 1);
  folder().write("dateline/config", text);
  ParsedOptions search;
  add_settings(search, search_options(), "search");
  ParsedOptions index;
  add_settings(index, index_options(), "index");
}

[[maybe_unused]] void ignore_rules(const std::string& text) {
  const IgnoreRules rules(text);
  for (const char* path : {"a.txt", "2023/03/17/story.html", "drafts/a/b/[c]*.json"}) {
    rules.leaves_out(path, false);
    rules.leaves_out(path, true);
  }
  matches_glob(text, "2023/03/17/story.html");
}

[[maybe_unused]] void path_list(const std::string& text) {
  const auto list = folder().write("list", text).string();
  for (const auto separator : {PathSeparator::line, PathSeparator::nul})
    for (const auto& path : read_path_list(list, separator))
      if (path.empty()) std::abort();
}

[[maybe_unused]] void batch_line(const std::string& text) try {
  BatchLine defaults;
  defaults.id = "1";
  parse_batch_line(text, defaults);
} catch (const BatchLineError& refused) {
  throw refused.error;
}

[[maybe_unused]] void judgements(const std::string& text) {
  std::istringstream lines(text);
  read_judgements(lines, "qrels");
}

}  // namespace
}  // namespace dateline::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  try {
    dateline::fuzz::DATELINE_FUZZED_READER({reinterpret_cast<const char*>(data), size});
  } catch (const dateline::Error& e) {
    if (e.code() != dateline::ExitCode::usage || *e.what() == '\0' || e.remedy().empty())
      std::abort();
  }
  return 0;
}
