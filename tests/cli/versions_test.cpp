// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>

#include <algorithm>
#include <catch2/catch.hpp>
#include <cstdint>
#include <cstring>
#include <string>
#include <vector>

#include "common/hash.h"
#include "common/index/manifest.h"
#include "common/index/schema.h"
#include "tests/support/articles.h"
#include "tests/support/column_bytes.h"

using namespace dateline;
using namespace dateline::test;
using Catch::Matchers::Contains;

namespace {

/// What the kept indexes were made of (tests/data/indexes/make).
constexpr std::size_t kept_articles = 8;

const std::vector<std::string> everything{"--date", "..9999", "--date", "undated"};

/// Unpacks the kept index of a format as `bench`'s, and puts its articles in their place.
void unpack(const Workbench& bench, std::uint32_t format) {
  const auto kept = source_folder() / fmt::format("tests/data/indexes/format-{}.tar.gz", format);
  INFO("a kept index of each format is made by tests/data/indexes/make");
  REQUIRE(std::filesystem::exists(kept));
  std::filesystem::create_directories(bench.db());
  REQUIRE(run_program("/bin/tar", {"-xzf", kept.string(), "-C", bench.db().string()}).exit_code ==
          0);
  std::filesystem::copy(sample_set() / "sidecar", bench.articles(),
                        std::filesystem::copy_options::recursive);
}

std::filesystem::path manifest_in_force(const Workbench& bench) {
  auto number = read_text(bench.db() / "CURRENT");
  number.pop_back();
  return bench.db() / fmt::format("manifest-{:0>6}", number);
}

/// Has the manifest name the articles where they are now.
void move_root(const Workbench& bench) {
  auto manifest = Json::parse(read_text(manifest_in_force(bench)));
  REQUIRE(manifest.at("sets").size() == 1);
  manifest["sets"][0]["root"] = bench.articles().string();
  if (manifest.erase("checksum") > 0) {
    manifest["checksum"] = fmt::format("{:016x}", hash64(manifest.dump(1)));
  }
  write_bytes(manifest_in_force(bench), manifest.dump(1) + "\n");
}

/// The command behind "try: " in what a program said.
std::string remedy_in(const std::string& err) {
  const auto at = err.find("try: ");
  REQUIRE(at != std::string::npos);
  return err.substr(at + 5, err.find('\n', at) - at - 5);
}

Run run_as_printed(const std::string& command) {
  const auto programs = index_program().parent_path().string();
  return run_program("/bin/sh", {"-c", command},
                     {.environment = {{"PATH", programs + ":/usr/bin:/bin"}}});
}

void index_inflections(const Workbench& bench) {
  bench.write(
      "a.jsonl",
      R"({"id":"a1","title":"Governments","text":"Ministers announced closures; Café owners protested.","language":"en"}
{"id":"a2","title":"Weather","text":"Rain is expected over harbours.","language":"en"}
)");
  REQUIRE(bench.index().exit_code == 0);
}

/// Turns the order of a section's numbers round.
void reverse_section(std::string& file, std::string_view section) {
  for (const auto& s : column_sections(file)) {
    if (s.name != section) continue;
    std::vector<std::uint32_t> numbers(s.bytes / sizeof(std::uint32_t));
    REQUIRE(numbers.size() > 1);
    std::memcpy(numbers.data(), file.data() + s.offset, s.bytes);
    std::ranges::reverse(numbers);
    std::memcpy(file.data() + s.offset, numbers.data(), s.bytes);
  }
}

void name_other_words(const Workbench& bench) {
  const auto path = manifest_in_force(bench);
  auto manifest = parse_manifest(read_text(path), path);
  REQUIRE(manifest.words.size() == 32);
  manifest.words = std::string(32, '0');
  manifest.versions = "of another time";
  write_bytes(path, to_json(manifest));
}

}  // namespace

TEST_CASE("an index of each older format is refused with the command that makes it anew",
          "[cli][update]") {
  for (std::uint32_t format = 1; format < schema::format_version; ++format) {
    INFO("format " << format);
    const Workbench bench;
    unpack(bench, format);
    move_root(bench);
    const auto refused = bench.search({"bridge"});
    CHECK(refused.exit_code == 3);
    CHECK(refused.out.empty());
    CHECK_THAT(refused.err, Contains(fmt::format("has format {}, this program reads {}", format,
                                                 schema::format_version)));
    const auto rebuilt = run_as_printed(remedy_in(refused.err));
    INFO(rebuilt.out << rebuilt.err);
    CHECK(rebuilt.exit_code == 0);
    CHECK_THAT(rebuilt.out + rebuilt.err,
               Contains(fmt::format("rebuilt in full: the index was of an older format; "
                                    "{} articles analysed anew",
                                    kept_articles)));
    CHECK(bench.answer(everything)["total"] == kept_articles);
  }
}

TEST_CASE("the kept index of the present format answers as it stands", "[cli][update]") {
  const Workbench bench;
  unpack(bench, schema::format_version);
  CHECK(bench.answer(everything)["total"] == kept_articles);
  CHECK(bench.search({"measles"}).exit_code == 0);
}

TEST_CASE("an index of a newer format is refused with the command that makes it anew",
          "[cli][update]") {
  const Workbench bench;
  bench.write("it's one/a.txt", "Storm\n\nThe harbour was closed.\n");
  REQUIRE(bench.index({(bench.articles() / "it's one").string()}).exit_code == 0);
  auto text = read_text(manifest_in_force(bench));
  const auto ours = fmt::format("\"format\": {},", schema::format_version);
  REQUIRE(text.find(ours) != std::string::npos);
  text.replace(text.find(ours), ours.size(), "\"format\": 99,");
  write_bytes(manifest_in_force(bench), text);
  const auto refused = bench.search({"harbour"});
  CHECK(refused.exit_code == 3);
  CHECK_THAT(refused.err, Contains("has format 99"));
  const auto rebuilt = run_as_printed(remedy_in(refused.err));
  INFO(remedy_in(refused.err) << '\n' << rebuilt.err);
  CHECK(rebuilt.exit_code == 0);
  CHECK(bench.answer({"harbour"})["total"] == 1);
}

TEST_CASE("an index whose words other libraries made answers the same, and says so",
          "[cli][update]") {
  const Workbench bench;
  index_inflections(bench);
  const std::vector<std::vector<std::string>> questions{
      {"government"}, {"minister announce"}, {"cafe"}, {"harb*"}, {"closure"}};
  std::vector<std::vector<std::string>> before;
  for (const auto& question : questions) before.push_back(bench.ids(question));
  // As another stemmer, or other folding, would have put them.
  auto columns = read_text(bench.db() / "seg-000001/columns");
  reverse_section(columns, "stem.word");
  reverse_section(columns, "word.by_fold");
  fit_checksums(columns, "seg-000001");
  write_bytes(bench.db() / "seg-000001/columns", columns);
  name_other_words(bench);
  CHECK(bench.index({"--check"}).exit_code == 0);
  for (std::size_t i = 0; i < questions.size(); ++i) {
    INFO(questions[i].front());
    REQUIRE_FALSE(before[i].empty());
    CHECK(bench.ids(questions[i]) == before[i]);
    CHECK_THAT(bench.search(questions[i]).err, Contains("other versions of Xapian or ICU"));
  }
}

TEST_CASE("a run with other libraries than the last says that all is analysed anew, and does it",
          "[cli][update]") {
  const Workbench bench;
  index_inflections(bench);
  name_other_words(bench);
  const auto run = bench.index();
  CHECK(run.exit_code == 0);
  CHECK_THAT(run.out + run.err,
             Contains("rebuilt in full: Xapian or ICU") && Contains("; 2 articles analysed anew"));
  CHECK(bench.answer({"government"})["generation"] == 2);
  CHECK(bench.search({"government"}).err.empty());
  CHECK_THAT(bench.index().out, !Contains("rebuilt"));
}
