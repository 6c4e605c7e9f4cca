// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/options.h"

#include <catch2/catch.hpp>
#include <set>

#include "common/error.h"
#include "common/text/unicode.h"
#include "indexer/options.h"
#include "searcher/options.h"

using namespace dateline;

namespace {

ParsedOptions parse(std::vector<const char*> arguments) {
  arguments.insert(arguments.begin(), "dateline-search");
  return parse_options(search_options(), search_program(), static_cast<int>(arguments.size()),
                       arguments.data());
}

}  // namespace

TEST_CASE("every option has one name, one letter and a help of one sentence", "[options]") {
  for (const auto rows : {index_options(), search_options()}) {
    std::set<std::string_view> names;
    std::set<char> letters;
    for (const auto& row : rows) {
      INFO(row.name);
      CHECK(names.insert(row.name).second);
      if (row.letter != 0) CHECK(letters.insert(row.letter).second);
      CHECK_FALSE(row.help.empty());
      CHECK(row.help.size() <= 200);
      CHECK(row.help.back() != '.');
    }
  }
}

TEST_CASE("help fits the terminal and names every option", "[options]") {
  for (const std::size_t width : {60U, 80U, 120U}) {
    const auto help = help_text(search_options(), search_program(), width);
    for (const auto& row : search_options()) {
      CHECK(help.find("--" + std::string(row.name)) != std::string::npos);
    }
    std::string_view rest = help;
    while (!rest.empty()) {
      const auto line = rest.substr(0, rest.find('\n'));
      CHECK(display_width(line) <= width);
      rest.remove_prefix(std::min(rest.size(), line.size() + 1));
    }
  }
}

TEST_CASE("a dash before a word makes it a word of the query, not options", "[options]") {
  const auto options = parse({"xi", "-nato", "-n", "3", "-moscow", "--", "--any"});
  CHECK(options.words == std::vector<std::string>{"xi", "-nato", "-moscow", "--any"});
  CHECK(options.number("limit", 10) == 3);
  CHECK_FALSE(options.has("any"));
}

TEST_CASE("an option given wrongly is refused with what would be right", "[options]") {
  CHECK_THROWS_AS(parse({"--no-such"}), Error);
  CHECK_THROWS_AS(parse({"--sort"}), Error);
  CHECK_THROWS_AS(parse({"--sort", "newest", "--sort", "oldest"}), Error);
  CHECK_THROWS_AS(parse({"-n", "many"}), Error);
  CHECK_THROWS_AS(parse({"-n", "1000001"}), Error);
  CHECK_THROWS_AS(parse({"--color", "red"}), Error);
  CHECK_THROWS_AS(parse({"--jobs", "0"}), Error);
  CHECK(parse({"--source", "A", "--source", "B"}).values("source").size() == 2);
}

TEST_CASE("a value may be glued to its letter where it is one of the option's", "[options]") {
  CHECK(parse({"-fjson", "xi"}).value("format") == "json");
  CHECK(parse({"-n5", "-j2"}).number("limit", 10) == 5);
  CHECK(parse({"xi", "-france"}).words == std::vector<std::string>{"xi", "-france"});
}

TEST_CASE("a setting gives way to the command line and to the mode", "[options]") {
  auto options = parse({"--sort", "oldest"});
  const auto rows = search_options();
  options.set(*find_option(rows, "sort"), {"newest"});
  options.set(*find_option(rows, "format"), {"text"});
  options.set(*find_option(rows, "any"), {});
  options.set(*find_option(rows, "any"), {""});
  CHECK(options.value("sort") == "oldest");
  CHECK_FALSE(options.typed("format"));
  const std::vector<std::string_view> batch_formats{"jsonl", "trec"};
  CHECK(options.choice("format", "jsonl", batch_formats) == "jsonl");
  CHECK_FALSE(options.has("any"));
}

TEST_CASE("every value that is checked can be told from the row", "[options]") {
  for (const auto rows : {index_options(), search_options()}) {
    for (const auto& row : rows) {
      INFO(row.name);
      const bool listed = row.kind == ValueKind::choice || row.kind == ValueKind::suggestion;
      CHECK(listed == !row.choices.empty());
      if (row.kind == ValueKind::number) CHECK(row.low < row.high);
      if (row.kind != ValueKind::text) CHECK_FALSE(row.argument.empty());
    }
  }
}
