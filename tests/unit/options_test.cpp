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
  CHECK(options.number("limit", 10, 0, 100) == 3);
  CHECK_FALSE(options.has("any"));
}

TEST_CASE("an option given wrongly is refused with what would be right", "[options]") {
  CHECK_THROWS_AS(parse({"--no-such"}), Error);
  CHECK_THROWS_AS(parse({"--sort"}), Error);
  CHECK_THROWS_AS(parse({"--sort", "newest", "--sort", "oldest"}), Error);
  CHECK_THROWS_AS(parse({"-n", "many"}).number("limit", 10, 0, 100), Error);
  CHECK_THROWS_AS(parse({"-n", "101"}).number("limit", 10, 0, 100), Error);
  CHECK(parse({"--source", "A", "--source", "B"}).values("source").size() == 2);
}
