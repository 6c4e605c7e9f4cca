// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>

#include <catch2/catch.hpp>

#include "common/text/unicode.h"
#include "searcher/interactive/session.h"
#include "tests/support/articles.h"

using namespace dateline;
using namespace dateline::test;
using Catch::Matchers::Contains;
using Catch::Matchers::StartsWith;

namespace {

SearchRequest defaults() {
  SearchRequest request;
  request.facets = default_facets();
  return request;
}

/// A dialogue with the sample set, in 80 columns without colour.
class Dialogue {
 public:
  explicit Dialogue(const std::filesystem::path& db = indexed_sample_set().db(),
                    const SearchRequest& asked_with = defaults())
      : session_(db, asked_with) {}
  std::string say(std::string_view line) { return session_.take(line, palette_, 80).text; }
  std::string prompt() const { return session_.prompt(80); }
  Session& session() { return session_; }
  bool ends_with(std::string_view line) { return session_.take(line, palette_, 80).ends; }

 private:
  Palette palette_{false};
  Session session_;
};

/// The number by which a page offers a facet value.
std::string number_of(const std::string& page, const std::string& value) {
  const auto at = page.find(' ' + value + " (");
  if (at == std::string::npos) return "no such value: " + value;
  const auto plus = page.rfind('+', at);
  return page.substr(plus, at - plus);
}

std::string heading_of(const std::string& page) {
  const auto at = page.find(" article");
  const auto begin = page.rfind('\n', at) + 1;
  return page.substr(begin, page.find('\n', at) - begin);
}

}  // namespace

TEST_CASE("a query shows its articles and facet values by number", "[interactive]") {
  Dialogue dialogue;
  const auto page = dialogue.say("xi moscow");
  CHECK_THAT(page, StartsWith("8 articles for xi moscow") && Contains("\n 1. ") &&
                       Contains("+1 Northern Wire (4)"));
}

TEST_CASE("a facet value selected by number narrows, and again widens", "[interactive]") {
  Dialogue dialogue;
  auto page = dialogue.say("xi moscow");
  page = dialogue.say(number_of(page, "Northern Wire"));
  CHECK(heading_of(page) == "4 articles for xi moscow");
  CHECK_THAT(page, StartsWith("only  1 source Northern Wire\n"));
  CHECK_THAT(page, Contains("✓Northern Wire"));
  CHECK_THAT(dialogue.prompt(), Contains("[Northern Wire]"));
  page = dialogue.say(number_of(page, "✓Northern Wire"));
  CHECK(heading_of(page) == "8 articles for xi moscow");
  CHECK(dialogue.prompt().find('[') == std::string::npos);
}

TEST_CASE("selections stay in force for the next query until they are dropped", "[interactive]") {
  Dialogue dialogue;
  const auto page = dialogue.say("xi moscow");
  dialogue.say(number_of(page, "Northern Wire") + ' ' + number_of(page, "Vladimir Putin"));
  CHECK_THAT(dialogue.say("minister"), StartsWith("only  1 source Northern Wire · 2 person Vl"));
  CHECK_THAT(dialogue.say("/drop 1"), StartsWith("only  1 person Vladimir Putin\n"));
  CHECK_THAT(dialogue.say("/drop"), !StartsWith("only"));
  CHECK_THAT(dialogue.say("/drop"), Contains("nothing is selected") && Contains("try: +1"));
  CHECK_THAT(dialogue.say("/clear"), Contains("nothing is selected"));
}

TEST_CASE("all selections are cleared at once", "[interactive]") {
  Dialogue dialogue;
  const auto page = dialogue.say("xi moscow");
  dialogue.say("+1 +4");
  CHECK(dialogue.say("/clear") == page);
}

TEST_CASE("every step can be taken back", "[interactive]") {
  Dialogue dialogue;
  const auto first = dialogue.say("xi");
  const auto second = dialogue.say("xi moscow");
  const auto third = dialogue.say("+1");
  dialogue.say("/sort newest");
  CHECK(dialogue.say("/back") == third);
  CHECK(dialogue.say("/back") == second);
  CHECK(dialogue.say("/back") == first);
  CHECK_THAT(dialogue.say("/back"), Contains("no step to undo"));
}

TEST_CASE("the last thousand steps can be taken back", "[interactive]") {
  Dialogue dialogue;
  dialogue.say("storm");
  dialogue.say("harbour");
  for (std::size_t i = 0; i < Session::max_steps_back; ++i) dialogue.say("/sort newest");
  for (std::size_t i = 0; i < Session::max_steps_back; ++i) dialogue.say("/back");
  CHECK_THAT(dialogue.say("/back"), Contains("no step to undo"));
  CHECK_THAT(dialogue.say("/explain"), Contains("for harbour"));
}

TEST_CASE("pages are turned from the first to the last", "[interactive]") {
  Dialogue dialogue;
  const auto first = dialogue.say("xi");
  CHECK_THAT(dialogue.say("/prev"), Contains("first page") && Contains("try: /next"));
  CHECK_THAT(dialogue.say("/next"), Contains("\n11. "));
  CHECK(dialogue.say("/prev") == first);
  for (int page = 0; page < 20; ++page) dialogue.say("/next");
  CHECK_THAT(dialogue.say("/next"), Contains("last page") && Contains("try: /prev"));
}

TEST_CASE("a query begins on its first page", "[interactive]") {
  Dialogue dialogue;
  const auto first = dialogue.say("xi");
  dialogue.say("/next");
  CHECK(dialogue.say("xi") == first);
}

TEST_CASE("a step back returns to the page it left", "[interactive]") {
  Dialogue dialogue;
  dialogue.say("xi");
  const auto second_page = dialogue.say("/next");
  dialogue.say("harbour");
  CHECK(dialogue.say("/back") == second_page);
}

TEST_CASE("an article is read by its rank", "[interactive]") {
  Dialogue dialogue;
  CHECK_THAT(dialogue.say("1"), Contains("no articles are on the screen"));
  dialogue.say("xi moscow");
  const auto article = dialogue.say("1");
  CHECK_THAT(article, Contains("Xi to make state visit to Moscow next week") &&
                          Contains("Northern Wire · 2023-03-17") && Contains("NW-2023-0317-001"));
  CHECK_THAT(dialogue.say("11"), Contains("no article of rank 11") && Contains("\"11\" in quotes"));
}

TEST_CASE("articles like one on the page take the place of the query, until the next",
          "[interactive]") {
  Dialogue dialogue;
  const auto page = dialogue.say("xi moscow");
  CHECK_THAT(dialogue.say("/similar 1"), StartsWith("like  Xi to make state visit to Moscow"));
  CHECK(dialogue.say("xi moscow") == page);
  dialogue.say("/back");
  CHECK(dialogue.say("/back") == page);
}

TEST_CASE("the values of one facet are listed further than a page shows them", "[interactive]") {
  Dialogue dialogue;
  const auto listing = dialogue.say("/facets person");
  CHECK_THAT(listing, Contains("+50 ") && Contains(" Margaret Ashdown ("));
  CHECK_THAT(dialogue.say("/more"), Contains("+1 ") && !Contains(" Margaret Ashdown ("));
  const auto page = dialogue.say("+1");
  CHECK_THAT(page, StartsWith("only  1 person "));
}

TEST_CASE("a list that has ended says so", "[interactive]") {
  Dialogue dialogue;
  CHECK_THAT(dialogue.say("/more"), Contains("no facet is listed"));
  dialogue.say("/facets source");
  CHECK_THAT(dialogue.say("/more"), Contains("no more values"));
}

TEST_CASE("a number that no value has is refused with those there are", "[interactive]") {
  Dialogue dialogue;
  CHECK_THAT(dialogue.say("+1"), Contains("no facet values are on the screen"));
  const auto page = dialogue.say("xi moscow");
  CHECK_THAT(dialogue.say("+99"), Contains("no facet value +99") && Contains("try: +1 to +"));
  CHECK_THAT(dialogue.say("+0"), Contains("no facet value +0"));
  CHECK(dialogue.say("/sort relevance") == page);
}

TEST_CASE("a period inside a selected one takes its place", "[interactive]") {
  Dialogue dialogue;
  auto page = dialogue.say("xi");
  page = dialogue.say(number_of(page, "2023-03"));
  REQUIRE_THAT(page, StartsWith("only  1 date 2023-03\n"));
  page = dialogue.say(number_of(page, "2023-03-17"));
  CHECK_THAT(page, StartsWith("only  1 date 2023-03-17\n"));
}

TEST_CASE("undated and unknown are values like others", "[interactive]") {
  Dialogue dialogue;
  auto page = dialogue.say("xi moscow");
  page = dialogue.say(number_of(page, "undated"));
  CHECK(heading_of(page) == "2 articles for xi moscow");
  page = dialogue.say(number_of(page, "unknown"));
  CHECK(heading_of(page) == "2 articles for xi moscow");
}

TEST_CASE("a bad query is refused with a caret and leaves everything as it was", "[interactive]") {
  Dialogue dialogue;
  const auto page = dialogue.say("xi moscow");
  CHECK_THAT(dialogue.say("xi \"visit"), Contains("\n  xi \"visit\n     ^\n") && Contains("try: "));
  CHECK_THAT(dialogue.say("/back"), Contains("no step to undo"));
  CHECK(dialogue.say("/sort relevance") == page);
}

TEST_CASE("what is quit ends, and nothing else does", "[interactive]") {
  Dialogue dialogue;
  CHECK_FALSE(dialogue.ends_with(""));
  CHECK_FALSE(dialogue.ends_with("/nonsense"));
  CHECK(dialogue.ends_with("/quit"));
}

TEST_CASE("the help lists every command in eighty columns", "[interactive]") {
  Dialogue dialogue;
  const auto help = dialogue.say("/help");
  for (const auto& row : command_rows()) {
    CHECK_THAT(help, Contains(fmt::format("/{}", row.name)));
  }
  for (std::string_view rest = help; !rest.empty();) {
    const auto line = rest.substr(0, rest.find('\n'));
    INFO(line);
    CHECK(display_width(line) <= 80);
    rest.remove_prefix(line.size() + 1);
  }
}

TEST_CASE("the dialogue's page names every command", "[interactive][docs]") {
  const auto page = read_text(source_folder() / "docs" / "interactive.md");
  for (const auto& row : command_rows()) {
    INFO(row.name);
    CHECK_THAT(page, Contains(fmt::format("| `/{}", row.name)));
  }
}

TEST_CASE("a newer generation is asked from the next query on, and said once", "[interactive]") {
  const Workbench bench;
  bench.write("a.jsonl", json_lines({{"1", "Storm", "It blew.", "Gazette", "2022-01-05"}}));
  REQUIRE(bench.index().exit_code == 0);
  Dialogue dialogue(bench.db());
  CHECK(heading_of(dialogue.say("storm")) == "1 article for storm");
  bench.write("b.jsonl", json_lines({{"2", "Storms", "It blew.", "Wire", "2022-01-06"}}));
  REQUIRE(bench.index().exit_code == 0);
  CHECK(heading_of(dialogue.say("/sort newest")) == "1 article for storm");
  const auto page = dialogue.say("storm");
  CHECK_THAT(page, StartsWith("the index was updated: now 2 articles\n2 articles for storm"));
  CHECK_THAT(dialogue.say("storm"), StartsWith("2 articles"));
}

TEST_CASE("an index that is gone is said, and the dialogue goes on with what it has",
          "[interactive]") {
  const Workbench bench;
  bench.write("a.jsonl", json_lines({{"1", "Storm", "It blew.", "Gazette", "2022-01-05"}}));
  REQUIRE(bench.index().exit_code == 0);
  Dialogue dialogue(bench.db());
  std::filesystem::remove(bench.db() / "CURRENT");
  CHECK_THAT(dialogue.say("storm"), StartsWith("note: ") && Contains("\n1 article for storm"));
}

TEST_CASE("what an article or an asker wrote cannot reach the terminal raw", "[interactive]") {
  const Workbench bench;
  bench.write("a.jsonl", json_lines({{"1", "Storm \u202e", "It blew \u009b31m and \u202e ended.",
                                      "Ga\u202eze", "2022-01-05"}}));
  REQUIRE(bench.index().exit_code == 0);
  Dialogue dialogue(bench.db());
  for (const auto* line : {"storm", "1", "+1", "/facets source", "\x1b[2J (", "/\x1b[2J"}) {
    const auto text = dialogue.say(line);
    INFO(line);
    CHECK(printable_text(text) == text);
  }
}
