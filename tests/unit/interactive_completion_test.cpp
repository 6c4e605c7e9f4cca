// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <catch2/catch.hpp>

#include "common/error.h"
#include "searcher/interactive/commands.h"
#include "searcher/interactive/completion.h"
#include "tests/support/articles.h"

using namespace dateline;
using namespace dateline::test;
using Offers = std::vector<std::string>;

namespace {

std::string ninjs(const std::string& id, const Offers& people, const std::string& source) {
  auto article = Json{{"uri", id},
                      {"versioncreated", "2023-01-01T00:00:00Z"},
                      {"type", "text"},
                      {"headline", "Town news"},
                      {"body_text", "Nothing happened in town."},
                      {"infosource", Json::array({{{"name", source}}})},
                      {"person", Json::array()}};
  for (const auto& name : people) article["person"].push_back({{"name", name}});
  return article.dump() + "\n";
}

/// An index whose names the claims below are about.
ValueNames& town() {
  static const Workbench bench;
  static ValueNames names = [] {
    bench.write("a.jsonl", ninjs("1", {"Wang Yi", "Ödön Wanderer", "Webb"}, "Gazette") +
                               ninjs("2", {"Wang Yi", "Wang Wenbin"}, "Town Crier") +
                               ninjs("3", {"Wang Yi", "Webb", "Émile Nor"}, "Town Crier"));
    if (bench.index().exit_code != 0) throw std::runtime_error("not indexed");
    return ValueNames(IndexSnapshot::open(bench.db()));
  }();
  return names;
}

Offers offers_for(std::string_view line) { return complete(line, town()).offers; }

/// The line after Tab was pressed once.
std::string completed(std::string_view line) {
  const auto completion = complete(line, town());
  return std::string(line.substr(0, completion.begin)) + completion.common;
}

}  // namespace

TEST_CASE("a field's values are offered, the most common first", "[interactive]") {
  CHECK(offers_for("person:w") == Offers{"\"Wang Yi\"", "\"Webb\"", "\"Wang Wenbin\""});
  CHECK(offers_for("entity:web") == Offers{"Webb"});
  CHECK(offers_for("source:") == Offers{"\"Town Crier\"", "\"Gazette\""});
}

TEST_CASE("case, accents and a quotation mark do not hide a value", "[interactive]") {
  CHECK(completed("person:EMILE") == "person:\"Émile Nor\"");
  CHECK(completed("person:\"odo") == "person:\"Ödön Wanderer\"");
  CHECK(completed("source:gaz") == "source:Gazette");
  CHECK(completed("source:\"gaz") == "source:\"Gazette\"");
}

TEST_CASE("a value is found by a later word where none begins so", "[interactive]") {
  CHECK(offers_for("person:nor") == Offers{"\"Émile Nor\""});
  CHECK(offers_for("person:wan").size() == 2);
}

TEST_CASE("the line goes on as far as all offers agree and never loses what was typed",
          "[interactive]") {
  CHECK(completed("storm person:wan") == "storm person:\"Wang ");
  CHECK(completed("person:w") == "person:\"W");
  CHECK(completed("(storm -person:webb") == "(storm -person:Webb");
  CHECK(completed("person:nobody") == "person:nobody");
}

TEST_CASE("a whole value, a date and a word of the text have no offers", "[interactive]") {
  CHECK(offers_for("person:\"Wang Yi\"").empty());
  CHECK(offers_for("date:20").empty());
  CHECK(offers_for("storm").empty());
  CHECK(offers_for("\"storm person").empty());
}

TEST_CASE("fields are offered at the beginning of a word", "[interactive]") {
  CHECK(offers_for("storm pers") == Offers{"person:"});
  CHECK(offers_for("(-tit") == Offers{"title:"});
  CHECK(offers_for("p").size() == 2);
}

TEST_CASE("commands and their arguments are offered after a slash", "[interactive]") {
  CHECK(offers_for("/").size() == command_rows().size());
  CHECK(offers_for("/ne") == Offers{"/next"});
  CHECK(offers_for("/sort n") == Offers{"newest"});
  CHECK(offers_for("/facets p") == Offers{"person", "place"});
  CHECK(offers_for("/help ").empty());
}

TEST_CASE("there are at most a hundred offers, and none that would not print", "[interactive]") {
  const Workbench bench;
  Offers many;
  for (int i = 0; i < 150; ++i) many.push_back("Zed Number" + std::to_string(i));
  bench.write("a.jsonl", ninjs("1", many, "Zed \"Quoted\" Daily") + ninjs("2", {}, "Zed Plain"));
  REQUIRE(bench.index().exit_code == 0);
  ValueNames names(IndexSnapshot::open(bench.db()));
  CHECK(complete("person:ze", names).offers.size() == max_offers);
  CHECK(complete("source:ze", names).offers == Offers{"\"Zed Plain\""});
}
