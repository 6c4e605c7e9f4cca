// SPDX-License-Identifier: GPL-3.0-or-later
#include <catch2/catch.hpp>
#include <cstdint>
#include <cstring>
#include <string>
#include <utility>
#include <vector>

#include "tests/support/articles.h"
#include "tests/support/column_bytes.h"

using namespace dateline;
using namespace dateline::test;
using Catch::Matchers::Contains;

namespace {

constexpr std::uint32_t too_high = 0xFFFFFFFE;

/// Where a search by halves looks first.
constexpr std::size_t middle = SIZE_MAX;

/// One number of a file that leads nowhere, and a question that reads it.
struct Damage {
  std::string section;
  std::size_t at = 0;
  std::vector<std::string> question;
  bool of_strings = false;  ///< u64 offsets rather than u32 numbers
};

void index_two(const Workbench& bench) {
  bench.write(
      "few.jsonl",
      R"({"id":"a1","title":"Storm shuts harbour","text":"Prime Minister Ann Lee said in London that the harbours were closed.","source":"Example Courier","author":["Bo Ray","Cy Poe"],"topics":["Weather","Ships"],"language":"en","date":"2023-01-02"}
{"id":"a2","title":"Harbour open","text":"The harbour is open again, Ann Lee said in London.","source":"Northern Wire","author":["Bo Ray"],"topics":["Weather"],"language":"en","date":"2023-01-01"}
)");
  REQUIRE(bench.index().exit_code == 0);
}

std::size_t count_numbers(std::string_view file, const std::string& section) {
  std::size_t numbers = 0;
  for (const auto& s : column_sections(file)) {
    if (s.name == section) numbers = s.bytes / sizeof(std::uint32_t);
  }
  return numbers;
}

void check_refused(const Workbench& bench, const std::string& file, const std::string& owner,
                   const std::vector<Damage>& damages) {
  const auto path = bench.db() / file;
  const auto whole = read_text(path);
  for (const auto& damage : damages) {
    INFO(file << ": " << damage.section);
    const auto at = damage.at == middle ? count_numbers(whole, damage.section) / 2 : damage.at;
    const auto altered =
        damage.of_strings ? with_number<std::uint64_t>(whole, owner, damage.section, at, too_high)
                          : with_number<std::uint32_t>(whole, owner, damage.section, at, too_high);
    REQUIRE(altered != whole);
    write_bytes(path, altered);
    const auto run = bench.search(damage.question);
    CHECK(run.exit_code == 6);
    CHECK(run.out.empty());
    CHECK_THAT(run.err, Contains(path.string()) && Contains("--repair"));
  }
  write_bytes(path, whole);
  CHECK(bench.search({"harbour"}).exit_code == 0);
}

}  // namespace

TEST_CASE("a number in a segment that leads nowhere is refused, though its checksum fits",
          "[cli][hostile]") {
  const Workbench bench;
  index_two(bench);
  const std::vector<std::string> harbour{"harbour"};
  const std::vector<std::string> authors{"--facet", "author", "--facets-only", "harbour"};
  const std::vector<std::string> topics{"--facet", "topic", "--facets-only", "harbour"};
  const std::vector<std::string> lee{"--person", "Ann Lee", "harbour"};
  check_refused(bench, "seg-000001/columns", "seg-000001",
                {{"document", 0, harbour},
                 {"day_run.day", 0, harbour},
                 {"day_run.at", 1, harbour},
                 {"day", 0, {"--recency", "30", "--format", "ids", "harbour"}},
                 {"source", 0, harbour},
                 {"language", 0, {"--facet", "lang", "--facets-only", "harbour"}},
                 {"entity.at", 2, harbour},
                 {"entity.ordinal", 0, harbour},
                 {"posting.at", 2, lee},
                 {"posting.row", 0, {"--entity", "Ann Lee", "--entity", "London"}},
                 {"author.at", 1, authors},
                 {"author.ordinal", 0, authors},
                 {"topic.at", 1, topics},
                 {"topic.ordinal", 0, topics},
                 {"word.by_fold", 0, {"*arbour"}},
                 {"stem.word", middle, harbour},
                 {"id.at", 1, harbour, true},
                 {"words.at", 1, {"*arbour"}, true}});
}

TEST_CASE("a day that never is, is refused where days are counted, though its checksum fits",
          "[cli][hostile]") {
  const Workbench bench;
  index_two(bench);
  const auto path = bench.db() / "seg-000001" / "columns";
  const auto whole = read_text(path);
  // The newest article stands first: one stands beyond all calendars, the other before them.
  for (const auto& [run_of_rows, day] : {std::pair{0U, 0x7FFFFFFFU}, std::pair{1U, 0x80000001U}}) {
    INFO("run " << run_of_rows);
    write_bytes(path,
                with_number<std::uint32_t>(whole, "seg-000001", "day_run.day", run_of_rows, day));
    const auto run = bench.search({"harbour"});
    CHECK(run.exit_code == 6);
    CHECK(run.out.empty());
    CHECK_THAT(run.err, Contains(path.string()) && Contains("days that never are"));
  }
}

TEST_CASE("a number in the tables that leads nowhere is refused, though its checksum fits",
          "[cli][hostile]") {
  const Workbench bench;
  index_two(bench);
  const std::vector<std::string> harbour{"harbour"};
  const std::vector<std::string> lee{"--person", "Ann Lee", "harbour"};
  check_refused(bench, "tables-000001", "tables-000001",
                {{"source.0", 0, harbour},
                 {"author.0", 0, harbour},
                 {"topic.0", 0, harbour},
                 {"language.0", 0, harbour},
                 {"entity.0", 0, harbour},
                 {"name.entity", 0, harbour},
                 {"entity.name_at", 1, lee},
                 {"entity.name", 0, lee},
                 {"entity.name", 1, lee},
                 {"entity.articles.salient", 0, harbour},
                 {"entity.order.salient", 0, harbour},
                 {"entity.articles.all", 0, {"harbour", "--all-mentions"}},
                 {"entity.order.all", 0, {"harbour", "--all-mentions"}},
                 {"sources.at", 1, harbour, true},
                 {"entities.at", 1, harbour, true}});
}

namespace {

std::string of_section(std::string_view file, std::string_view section) {
  for (const auto& s : column_sections(file)) {
    if (s.name == section) return std::string(file.substr(s.offset, s.bytes));
  }
  return {};
}

std::uint64_t number_at(std::string_view numbers, std::size_t i) {
  std::uint64_t number = 0;
  std::memcpy(&number, numbers.data() + i * sizeof number, sizeof number);
  return number;
}

/// A file of word lists with the positions of each list filled with `byte`.
std::string with_positions(std::string file, char byte) {
  const auto begins = of_section(file, "list.position_at");
  const auto ends = of_section(file, "list.at");
  auto lists = of_section(file, "lists");
  for (std::size_t i = 0; i < begins.size() / sizeof(std::uint64_t); ++i) {
    const auto begin = number_at(begins, i);
    const auto bytes = number_at(ends, i + 1) - begin;
    lists.replace(begin, bytes, bytes, byte);
  }
  for (const auto& s : column_sections(file)) {
    if (s.name == "lists") file.replace(s.offset, s.bytes, lists);
  }
  fit_checksums(file, "seg-000001");
  return file;
}

}  // namespace

TEST_CASE("word lists that lead nowhere or never end are refused, though their checksums fit",
          "[cli][hostile]") {
  const Workbench bench;
  index_two(bench);
  const auto path = bench.db() / "seg-000001" / "lists";
  const auto whole = read_text(path);
  const std::string phrase = "\"the harbour is open\"";
  REQUIRE(bench.ids({phrase}) == std::vector<std::string>{"a2"});
  const auto refused = [&](const std::string& altered, const std::string& question) {
    REQUIRE(altered != whole);
    write_bytes(path, altered);
    const auto run = bench.search({question});
    CHECK(run.exit_code == 6);
    CHECK(run.out.empty());
    CHECK_THAT(run.err, Contains(path.string()) && Contains("--repair"));
  };
  const auto filled = [&](std::string_view section, char byte) {
    auto altered = whole;
    for (const auto& s : column_sections(altered)) {
      if (s.name == section) altered.replace(s.offset, s.bytes, s.bytes, byte);
    }
    fit_checksums(altered, "seg-000001");
    return altered;
  };
  refused(filled("lists", '\x80'), "harbour");  // rows that do not end
  refused(filled("lists", '\x02'), "harbour");  // rows that there are not
  refused(filled("lists", '\xff'), "harbour");
  refused(with_positions(whole, '\x80'), phrase);  // positions that do not end
  for (const auto* section : {"list.at", "list.posting_at", "list.position_at", "list.block_at"}) {
    INFO(section);
    refused(filled(section, '\x7f'), phrase);
  }
  auto cut = whole;
  cut.resize(whole.size() / 2);
  write_bytes(path, cut);
  CHECK(bench.search({phrase}).exit_code == 6);
  write_bytes(path, whole);
  CHECK(bench.ids({phrase}) == std::vector<std::string>{"a2"});
}

namespace {

/// Alters one number of a file of the index and its checksums with it, and wants a check to say so.
template <class T>
void check_finds(const Workbench& bench, const std::string& file, const std::string& owner,
                 std::string_view section, std::size_t at, T number, const std::string& complaint) {
  INFO(file << ": " << section);
  const auto path = bench.db() / file;
  const auto whole = read_text(path);
  const auto altered = with_number(whole, owner, section, at, number);
  REQUIRE(altered != whole);
  write_bytes(path, altered);
  const auto run = bench.index({"--check"});
  CHECK(run.exit_code == 6);
  CHECK_THAT(run.out + run.err, Contains(complaint));
  write_bytes(path, whole);
}

}  // namespace

TEST_CASE("counts of entities that differ from those of the articles are found by a check",
          "[cli][hostile]") {
  const Workbench bench;
  index_two(bench);
  REQUIRE(bench.index({"--check"}).exit_code == 0);
  const auto in_tables = [&](std::string_view section, std::size_t at, std::uint32_t number,
                             const std::string& complaint) {
    check_finds(bench, "tables-000001", "tables-000001", section, at, number, complaint);
  };
  in_tables("entity.articles.salient", 0, 0, "articles are about 'Ann Lee'");
  in_tables("entity.articles.all", 0, 1, "articles name 'Ann Lee'");
  in_tables("entity.order.salient", 0, 1, "where its number of articles belongs");
  in_tables("entity.order.all", 0, 1, "where its number of articles belongs");
  in_tables("frequent.salient.0", 0, 0, "rows of seg-000001 that are about 'Ann Lee'");
  in_tables("frequent.all.0", 0, 0, "rows of seg-000001 that name 'Ann Lee'");
  in_tables("frequent.all", 0, 9, "that name 'an entity unknown'");
  in_tables("entity.name", 1, 1, "does not list 'Ann Lee' of seg-000001 among the names");
}

TEST_CASE("what a segment says twice, and not the same, is found by a check", "[cli][hostile]") {
  const Workbench bench;
  index_two(bench);
  REQUIRE(bench.index({"--check"}).exit_code == 0);
  const auto in_columns = [&](std::string_view section, std::size_t at, auto number,
                              const std::string& complaint) {
    check_finds(bench, "seg-000001/columns", "seg-000001", section, at, number, complaint);
  };
  in_columns("posting.weight", 0, std::uint8_t{255}, "how row 0 names 'Ann Lee'");
  in_columns("posting.at", 1, std::uint32_t{1}, "which rows are about 'Ann Lee'");
  in_columns("day_run.day", 0, std::uint32_t{20'000}, "of which day row 0 is");
  in_columns("entity.at", 1, std::uint32_t{0}, "does not list the entities of row 0 in order");
  in_columns("entity.weight", 0, std::uint8_t{1}, "does not list the entities of row 0 in order");
}
