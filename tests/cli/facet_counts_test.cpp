// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>

#define CATCH_CONFIG_ENABLE_PAIR_STRINGMAKER
#include <catch2/catch.hpp>
#include <random>

#include "searcher/engine/search.h"
#include "searcher/engine/values.h"
#include "tests/support/articles.h"
#include "tests/support/facet_check.h"

using namespace dateline;
using namespace dateline::test;
using Counts = std::vector<std::pair<std::string, std::uint64_t>>;

namespace {

Json record(int id, const std::string& title, const std::string& source, const std::string& date) {
  Json j{{"id", std::to_string(id)}, {"title", title}, {"text", "Nothing is known of it."}};
  if (!source.empty()) j["source"] = source;
  if (!date.empty()) j["date"] = date;
  return j;
}

std::string lines_of(const std::vector<Json>& records) {
  std::string lines;
  for (const auto& r : records) lines += r.dump() + "\n";
  return lines;
}

Json random_record(std::mt19937& random, int id) {
  static const std::vector<std::string> sentences{
      "The host was Wang Yi.",          "Sergey Lavrov came to Beijing.",
      "Lavrov spoke in Geneva.",        "Angela Merkel stayed away.",
      "Merkel praised Wang Yi.",        "The United Nations met in Geneva.",
      "Prices of grain and oil rose.",  "The storm broke roofs in the harbour.",
      "Boats and bridges were closed.", "Ukraine sold grain to Turkey."};
  static const std::vector<std::string> sources{"Gazette", "Wire", "GAZETTE", "L'Écho", "unknown"};
  static const std::vector<std::string> authors{"Ann Lee", "Bo Ek", "Zoë Ray", "Müller Ö."};
  static const std::vector<std::string> topics{"sport", "World/Asia", "trade", "Économie"};
  const auto any = [&](const auto& list) { return list[random() % list.size()]; };
  std::string text;
  for (auto n = 2 + random() % 5; n > 0; --n) text += any(sentences) + ' ';
  Json j{{"id", std::to_string(id)}, {"title", any(sentences)}, {"text", text}};
  if (random() % 5 > 0) j["source"] = any(sources);
  if (random() % 3 > 0) j["authors"] = Json::array({any(authors), any(authors)});
  if (random() % 3 > 0) j["topics"] = Json::array({any(topics), any(topics)});
  if (random() % 2 > 0) j["language"] = random() % 3 > 0 ? "en" : "fr";
  if (random() % 8 > 0) {
    j["date"] =
        fmt::format("{}-{:02}-{:02}", 2017 + random() % 7, 1 + random() % 12, 1 + random() % 28);
  }
  return j;
}

/// Some of the articles replaced or gone since the first run.
const Workbench& updated_random_set() {
  static const Workbench bench;
  static const bool ready = [] {
    std::mt19937 random(5);
    std::vector<Json> records;
    for (int i = 0; i < 240; ++i) records.push_back(random_record(random, i));
    bench.write("all.jsonl", lines_of(records));
    const bool first = bench.index().exit_code == 0;
    for (int i = 0; i < 60; ++i) {
      const auto at = random() % records.size();
      records[at] =
          random_record(random, records[at]["id"] == "0" ? 0 : static_cast<int>(1'000 + i));
    }
    bench.write("all.jsonl", lines_of(records));
    return first && bench.index().exit_code == 0;
  }();
  REQUIRE(ready);
  return bench;
}

SearchResult search(const Workbench& bench, const SearchRequest& request) {
  return Searcher(IndexSnapshot::open(bench.db())).search(request);
}

SearchRequest counting(std::vector<FacetRequest> facets) {
  SearchRequest request;
  request.facets = std::move(facets);
  request.limit = 0;
  return request;
}

Counts counts(const FacetResult& facet) {
  Counts counts;
  for (const auto& v : facet.values) counts.emplace_back(v.value, v.articles);
  return counts;
}

Counts counts(const Workbench& bench, const SearchRequest& request) {
  return counts(search(bench, request).facets.at(0));
}

std::vector<std::string> values(const FacetResult& facet) {
  std::vector<std::string> values;
  for (const auto& v : facet.values) values.push_back(v.value);
  return values;
}

std::vector<std::string> selected(const FacetResult& facet) {
  std::vector<std::string> selected;
  for (const auto& v : facet.values) {
    if (v.selected) selected.push_back(v.value);
  }
  return selected;
}

/// Articles of 2021-12 to 2023-03 and an undated one, the sources as rare as their names are long.
const Workbench& few() {
  static const Workbench bench;
  static const bool ready = [] {
    bench.write("few.jsonl", lines_of({record(1, "storm one", "Wire", "2021-12-31"),
                                       record(2, "storm two", "Wire", "2023-01-01"),
                                       record(3, "storm three", "Wire", "2023-01-02"),
                                       record(4, "calm four", "Écho", "2023-03-05"),
                                       record(5, "calm five", "Équipe", "2023-03-06"),
                                       record(6, "calm six", "Écho", ""),
                                       record(7, "storm seven", "", "2023-03-06"),
                                       record(8, "calm eight", "New York Post", "2023-03-06")}));
    return bench.index().exit_code == 0;
  }();
  REQUIRE(ready);
  return bench;
}

FacetRequest dates(DateUnit unit) { return {Facet::date, {}, unit}; }

DayRange days(const char* text) { return parse_day_range(text).value(); }

}  // namespace

TEST_CASE("whatever a facet lists, its count is the total that selecting it gives",
          "[cli][facets]") {
  const auto& bench = GENERATE(0, 1) == 0 ? indexed_sample_set() : updated_random_set();
  const auto report = FacetCheck(IndexSnapshot::open(bench.db()), 23).run(2'500, 5);
  CHECK(report.failures == std::vector<std::string>{});
  CHECK(report.with_articles > 800);
  CHECK(report.values > 7'000);
  CHECK(report.not_empty > 5'000);
  CHECK(report.refused < 250);
}

TEST_CASE("values with the most articles come first, those that state none among them",
          "[cli][facets]") {
  const Counts all{{"Wire", 3}, {"Écho", 2}, {"New York Post", 1}, {"unknown", 1}, {"Équipe", 1}};
  auto request = counting({{Facet::source, {}, {}}});
  CHECK(counts(few(), request) == all);
  request.facet_values = 2;
  request.facet_sizes = true;
  const auto facet = search(few(), request).facets.at(0);
  CHECK(counts(facet) == Counts(all.begin(), all.begin() + 2));
  CHECK(facet.size == 5U);
}

TEST_CASE("by name, values stand in the order of readers, not of bytes", "[cli][facets]") {
  auto request = counting({{Facet::source, {}, {}}});
  request.facet_order = FacetOrder::name;
  CHECK(values(search(few(), request).facets.at(0)) ==
        std::vector<std::string>{"Écho", "Équipe", "New York Post", "unknown", "Wire"});
}

TEST_CASE("a prefix begins any word of a value, whatever its case and accents", "[cli][facets]") {
  const auto found = [](const char* prefix) {
    return values(search(few(), counting({{Facet::source, prefix, {}}})).facets.at(0));
  };
  CHECK(found("yo") == std::vector<std::string>{"New York Post"});
  CHECK(found("new y") == std::vector<std::string>{"New York Post"});
  CHECK(found("EC") == std::vector<std::string>{"Écho"});
  CHECK(found("ork").empty());
  CHECK(found("unk") == std::vector<std::string>{"unknown"});
}

TEST_CASE("one facet can be asked for twice", "[cli][facets]") {
  const auto facets = search(few(), counting({{Facet::source, "w", {}},
                                              dates(DateUnit::year),
                                              {Facet::source, "n", {}},
                                              dates(DateUnit::day)}))
                          .facets;
  REQUIRE(facets.size() == 4);
  CHECK(counts(facets[0]) == Counts{{"Wire", 3}});
  CHECK(counts(facets[1]) == Counts{{"2021", 1}, {"2022", 0}, {"2023", 6}, {"undated", 1}});
  CHECK(counts(facets[2]) == Counts{{"New York Post", 1}});
  CHECK_FALSE(facets[2].more);
  CHECK(facets[3].unit == DateUnit::day);
  CHECK(facets[3].asked.unit == DateUnit::day);
}

TEST_CASE("by significance, values come that the articles found have more than others",
          "[cli][facets]") {
  auto request = counting({{Facet::source, {}, {}}});
  request.facet_order = FacetOrder::significance;
  request.query = "storm";
  auto facet = search(few(), request).facets.at(0);
  REQUIRE(values(facet) == std::vector<std::string>{"Wire"});
  // 2 (3 ln 2 + 1 ln (1/2.5) + 4 ln (4/2.5)), the three of Wire being all among the four found.
  CHECK(facet.values[0].significance == Approx(6.0858).epsilon(1e-4));

  request.filters.values[Facet::source] = {"Écho"};
  facet = search(few(), request).facets.at(0);
  REQUIRE(counts(facet) == Counts{{"Wire", 3}, {"Écho", 0}});
  CHECK(facet.values[1].significance < 0);

  request.query = "";
  request.filters.values.clear();
  CHECK(counts(few(), request).empty());
}

TEST_CASE("selected values stay in the list when others have more articles, or they have none",
          "[cli][facets]") {
  auto request = counting({{Facet::source, {}, {}}});
  request.facet_values = 1;
  request.query = "storm";
  request.filters.values[Facet::source] = {"unknown", "equipe", "wire"};
  request.facet_sizes = true;
  auto facet = search(few(), request).facets.at(0);
  CHECK(counts(facet) == Counts{{"Wire", 3}, {"unknown", 1}, {"Équipe", 0}});
  CHECK(selected(facet) == values(facet));
  CHECK(facet.size == 2U);

  request.facets = {{Facet::source, "wi", {}}};
  CHECK(counts(few(), request) == Counts{{"Wire", 3}});

  request.facets = {{Facet::date, {}, DateUnit::year}};
  request.filters.values.clear();
  request.filters.dates = {days("1999")};
  facet = search(few(), request).facets.at(0);
  CHECK(counts(facet) == Counts{{"1999", 0}, {"2021", 1}, {"2022", 0}, {"2023", 3}});
  CHECK(selected(facet) == std::vector<std::string>{"1999"});
}

TEST_CASE("periods ascend without gaps, the undated last", "[cli][facets]") {
  CHECK(counts(few(), counting({dates(DateUnit::year)})) ==
        Counts{{"2021", 1}, {"2022", 0}, {"2023", 6}, {"undated", 1}});
  const auto months = counts(few(), counting({dates(DateUnit::month)}));
  REQUIRE(months.size() == 17);
  CHECK(months.front() == std::pair{std::string("2021-12"), std::uint64_t{1}});
  CHECK(months[14] == std::pair{std::string("2023-02"), std::uint64_t{0}});
  CHECK(months[15] == std::pair{std::string("2023-03"), std::uint64_t{4}});
}

TEST_CASE("a week runs from Monday to Sunday, and is a range that can be selected",
          "[cli][facets]") {
  const auto weeks = counts(few(), counting({dates(DateUnit::week)}));
  REQUIRE(weeks.size() > 4);
  CHECK(weeks[0] == std::pair{std::string("2021-12-27..2022-01-02"), std::uint64_t{1}});
  CHECK(weeks[52] == std::pair{std::string("2022-12-26..2023-01-01"), std::uint64_t{1}});
  CHECK(weeks[53] == std::pair{std::string("2023-01-02..2023-01-08"), std::uint64_t{1}});
  CHECK(weeks[61] == std::pair{std::string("2023-02-27..2023-03-05"), std::uint64_t{1}});
  CHECK(weeks[62] == std::pair{std::string("2023-03-06..2023-03-12"), std::uint64_t{3}});
}

TEST_CASE("periods without articles are left out where there would be more than 5,000",
          "[cli][facets]") {
  const Workbench bench;
  bench.write("two.jsonl",
              lines_of({record(1, "one", "", "1900-01-01"), record(2, "two", "", "2020-01-01")}));
  REQUIRE(bench.index().exit_code == 0);
  CHECK(counts(bench, counting({dates(DateUnit::day)})) ==
        Counts{{"1900-01-01", 1}, {"2020-01-01", 1}});
  CHECK(counts(bench, counting({dates(DateUnit::month)})).size() == 1'441);
}

TEST_CASE("selected dates leave periods as long or longer in view and narrow shorter ones",
          "[cli][facets]") {
  auto request = counting({dates(DateUnit::year), dates(DateUnit::month), dates(DateUnit::week)});
  request.filters.dates = {days("2023-03")};
  const auto facets = search(few(), request).facets;
  CHECK(counts(facets[0]) == Counts{{"2021", 1}, {"2022", 0}, {"2023", 6}, {"undated", 1}});
  CHECK(selected(facets[0]).empty());
  CHECK(counts(facets[1]).size() == 17);
  CHECK(selected(facets[1]) == std::vector<std::string>{"2023-03"});
  // Weeks that begin before the month count whole: so many are found when they are selected.
  CHECK(counts(facets[2]) == Counts{{"2023-02-27..2023-03-05", 1}, {"2023-03-06..2023-03-12", 3}});
}

TEST_CASE("a range of years is as long as a year to the date facet", "[cli][facets]") {
  auto request = counting({dates(DateUnit::year), dates(DateUnit::month)});
  request.filters.dates = {days("2020..2021")};
  const auto facets = search(few(), request).facets;
  CHECK(counts(facets[0]) == Counts{{"2021", 1}, {"2022", 0}, {"2023", 6}, {"undated", 1}});
  CHECK(selected(facets[0]) == std::vector<std::string>{"2021"});
  CHECK(counts(facets[1]) == Counts{{"2021-12", 1}});
}

TEST_CASE("without a unit, a selected year leads on to its months and a month to its days",
          "[cli][facets]") {
  auto request = counting({{Facet::date, {}, {}}});
  const auto unit = [&] { return search(few(), request).facets.at(0).unit; };
  CHECK(unit() == DateUnit::month);
  request.filters.dates = {days("2023-03")};
  CHECK(counts(few(), request) == Counts{{"2023-03-05", 1}, {"2023-03-06", 3}});
  CHECK(unit() == DateUnit::day);
  request.filters.dates = {};
  request.filters.undated = true;
  CHECK(unit() == DateUnit::month);
  CHECK(selected(search(few(), request).facets.at(0)) == std::vector<std::string>{"undated"});
}

TEST_CASE("bounds of time narrow the date facet, too", "[cli][facets]") {
  auto request = counting({dates(DateUnit::year)});
  request.filters.since = days("2022").first;
  CHECK(counts(few(), request) == Counts{{"2023", 6}});
  request.filters.dates = {days("2021")};
  CHECK(counts(few(), request) == Counts{{"2021", 0}, {"2023", 6}});
}

TEST_CASE("a topic that is called unknown counts among those that are unknown", "[cli][facets]") {
  const Workbench bench;
  std::vector<Json> records;
  for (int i = 0; i < 4; ++i) records.push_back(record(i, "one", "", ""));
  records[0]["topics"] = Json::array({"unknown"});
  records[1]["topics"] = Json::array({"unknown", "sport"});
  records[2]["topics"] = Json::array({"Unknown"});
  bench.write("few.jsonl", lines_of(records));
  REQUIRE(bench.index().exit_code == 0);
  const auto listed = counts(bench, counting({{Facet::topic, {}, {}}}));
  CHECK(listed == Counts{{"unknown", 3}, {"Unknown", 1}, {"sport", 1}});
  for (const auto& [value, articles] : listed) {
    INFO(value);
    CHECK(search(bench, selecting({}, Facet::topic, value)).total == articles);
  }
}

TEST_CASE("values of a shape are found by their whole folded name", "[cli][facets]") {
  const auto snapshot = IndexSnapshot::open(few().db());
  const auto matching = [&](const char* pattern) {
    const auto found = ValueSet::matching(*snapshot, Facet::source, pattern);
    const FacetNames names(snapshot->tables(), Facet::source);
    std::string text;
    for (auto i = names.first(); i < names.end(); ++i) {
      if (found.has(i)) text += std::string(names[i]) + ";";
    }
    return text;
  };
  CHECK(matching("new*") == "New York Post;");
  CHECK(matching("NEW *post") == "New York Post;");
  CHECK(matching("*york*") == "New York Post;");
  CHECK(matching("york*").empty());
  CHECK(matching("*york").empty());
  CHECK(matching("é*") == "Écho;Équipe;");
  CHECK(matching("E*E") == "Équipe;");
  CHECK(matching("équipe*") == "Équipe;");
  CHECK(matching("wire*wire").empty());
  CHECK(matching("w*i*r*e") == "Wire;");
  CHECK(matching("**") == "New York Post;Wire;Écho;Équipe;");
  CHECK(matching("w") == "");
}

TEST_CASE("a shape of many stars takes no longer than its length lets it", "[cli][facets]") {
  const Workbench bench;
  bench.write("one.jsonl", lines_of({record(1, "one", std::string(180, 'a'), "")}));
  REQUIRE(bench.index().exit_code == 0);
  const auto snapshot = IndexSnapshot::open(bench.db());
  std::string pattern;
  for (int i = 0; i < 170; ++i) pattern += "*a";
  CHECK(ValueSet::matching(*snapshot, Facet::source, pattern + "*").has(0));
  CHECK_FALSE(ValueSet::matching(*snapshot, Facet::source, pattern + "*b").has(0));
}

TEST_CASE("a name that is unknown is noted, with close ones", "[cli][facets]") {
  auto request = counting({});
  request.filters.values[Facet::source] = {"Wyre", "wire"};
  request.filters.values[Facet::topic] = {"Nothing like it"};
  const auto result = search(few(), request);
  CHECK(result.total == 0);
  CHECK(result.notes == std::vector<std::string>{"no source 'Wyre' in this index; close: Wire",
                                                 "no topic 'Nothing like it' in this index"});
}

TEST_CASE("entities of any type narrow every facet and are selected in none", "[cli][facets]") {
  auto request = counting({{Facet::person, {}, {}}});
  request.filters.entities = {"Wang Yi"};
  const auto result = search(updated_random_set(), request);
  REQUIRE(result.total > 0);
  CHECK(result.facets[0].values.at(0).value == "Wang Yi");
  CHECK(result.facets[0].values.at(0).articles == result.total);
  CHECK(selected(result.facets[0]).empty());
}
