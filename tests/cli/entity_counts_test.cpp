// SPDX-License-Identifier: GPL-3.0-or-later
#include "searcher/engine/entity_counts.h"

#include <fmt/format.h>

#define CATCH_CONFIG_ENABLE_PAIR_STRINGMAKER
#include <algorithm>
#include <catch2/catch.hpp>
#include <map>
#include <random>

#include "common/error.h"
#include "searcher/engine/filters.h"
#include "searcher/engine/search.h"
#include "searcher/engine/values.h"
#include "tests/support/articles.h"
#include "tests/support/column_bytes.h"
#include "tests/support/facet_check.h"

using namespace dateline;
using namespace dateline::test;

namespace {

constexpr std::array first_names{"Ann", "Bo", "Carla", "Derek", "Elena", "Farid", "Greta", "Hugo"};
constexpr std::array last_names{"Quill",  "Tarn",    "Moss",   "Ferrow", "Lindqvist",
                                "Okafor", "Pereira", "Sandoz", "Tamura", "Ulrich"};
constexpr std::array in_passing{
    "Sergey Lavrov came to Beijing. ",          "Angela Merkel stayed away. ",
    "The United Nations met in Geneva. ",       "Wang Yi praised Ukraine. ",
    "Acme Widgets closed a works in Turkey. ",  "Acme Widgets and acme widgets users differ. ",
    "Angela Merkel thanked the Bundesbank. ",   "Sergey Lavrov spoke of Sergey Lavrov. ",
    "Prices of grain rose in Kyiv and Geneva. "};

/// The lower the likelier.
std::size_t skewed(std::mt19937& random, std::size_t bound) {
  return random() % (1 + random() % bound);
}

Json names(std::mt19937& random, std::string_view format) {
  auto list = Json::array();
  for (auto n = random() % 6; n > 0; --n) {
    const auto* first = first_names[skewed(random, first_names.size())];
    const auto* last = last_names[skewed(random, last_names.size())];
    list.push_back({{"name", fmt::format(fmt::runtime(format), first, last)}});
  }
  return list;
}

/// Names that are given, which count in any case, and behind the lead others in passing.
Json random_story(std::mt19937& random, int id) {
  std::string text = "Nothing is known of it, nor was anything heard of it on the day after. ";
  while (text.size() < 600) text += "It was said again, and at some length, that it is not known. ";
  if (id % 100 == 25) text += "Nobody but odd sods came. ";
  for (auto n = random() % 5; n > 0; --n) text += in_passing[random() % in_passing.size()];
  auto persons = names(random, "{} {}");
  if (id % 100 == 10 || id == 325) persons.push_back({{"name", "Ida Rarefield"}});
  if (id % 100 == 10) persons.push_back({{"name", "Jon Rarefield"}});
  return {{"uri", fmt::format("story:{}", id)},
          {"type", "text"},
          {"versioncreated", "2023-03-05T00:00:00Z"},
          {"headline", "Nothing known"},
          {"body_text", text},
          {"person", persons},
          {"organisation", names(random, "{} {} Bank")},
          {"place", names(random, "{} {} Falls")}};
}

/// Two segments, the first with dead rows; entities of several names, and such that are added.
const Workbench& named_stories() {
  static const Workbench bench;
  static const std::string problem = [] {
    std::mt19937 random(17);
    std::filesystem::create_directories(bench.db());
    write_bytes(bench.db() / "aliases.tsv",
                "merge\tperson\tBo Quill\tAnn Quill\n"
                "merge\tperson\tSergey Lavrov\tAnn Quill\n"
                "merge\tperson\tJon Rarefield\tIda Rarefield\n"
                "merge\torg\tBo Tarn Bank\tAnn Tarn Bank\n"
                "merge\tplace\tBeijing\tGeneva\n");
    write_bytes(bench.db() / "gazetteer.tsv",
                "add\torg\tacme widgets\tAnn Tarn Bank\nadd\tperson\todd sods\tIda Rarefield\n");
    std::string lines;
    std::vector<Json> stories;
    for (int i = 0; i < 400; ++i) stories.push_back(random_story(random, i));
    const auto write = [&] {
      for (std::size_t i = 0; i < stories.size(); ++i) {
        bench.write(fmt::format("{}.json", i), stories[i].dump());
      }
    };
    write();
    const auto first = bench.index();
    if (first.exit_code != 0) return first.err;
    for (int i = 0; i < 40; ++i) {
      const auto at = random() % stories.size();
      stories[at] = random_story(random, static_cast<int>(at));
    }
    write();
    const auto second = bench.index();
    return second.exit_code == 0 ? std::string() : second.err;
  }();
  REQUIRE(problem == "");
  return bench;
}

using Counts = std::vector<std::pair<std::string, std::uint32_t>>;

Counts counts_of(const GenerationTables& tables, const TopEntities& top) {
  Counts counts;
  for (const auto& e : top.entities) {
    counts.emplace_back(tables.entity_name(e.ordinal), e.articles);
  }
  return counts;
}

/// All entities of a range that count in the rows, counted article by article.
Counts counted_one_by_one(const IndexSnapshot& snapshot, const std::vector<Bitset>& rows,
                          Naming naming, EntityRange range) {
  std::map<std::string, std::uint32_t> by_name;
  for (std::size_t s = 0; s < rows.size(); ++s) {
    rows[s].for_each([&](std::size_t row) {
      for (const auto& use : snapshot.entities(s).of_row(static_cast<std::uint32_t>(row))) {
        const bool in_range = use.entity >= range.first && use.entity < range.end;
        if (!in_range || !counts_as(naming, use.weight)) continue;
        ++by_name[std::string(snapshot.tables().entity_name(use.entity))];
      }
    });
  }
  Counts counts(by_name.begin(), by_name.end());
  std::ranges::stable_sort(counts, std::greater<>{}, [](const auto& c) { return c.second; });
  return counts;
}

std::vector<Bitset> some_of(const IndexSnapshot& snapshot, std::mt19937& random, double share) {
  std::vector<Bitset> rows;
  for (std::size_t s = 0; s < snapshot.segment_count(); ++s) {
    auto& some = rows.emplace_back(snapshot.segment(s).rows());
    live_rows(snapshot, s).for_each([&](std::size_t row) {
      if (std::uniform_real_distribution<>(0, 1)(random) < share) some.set(row);
    });
  }
  return rows;
}

}  // namespace

TEST_CASE("the entities of most articles are those that counting one by one finds, in either way",
          "[cli][facets]") {
  const auto snapshot = IndexSnapshot::open(named_stories().db());
  const auto& tables = snapshot->tables();
  REQUIRE(snapshot->segment_count() == 2);
  REQUIRE(tables.dead(0).count() > 30);
  REQUIRE(tables.adding_up(0).count() > 30);
  REQUIRE_FALSE(tables.added(0).row.empty());

  constexpr std::array<std::size_t, 8> limits{0, 1, 2, 3, 5, 10, 30, 1'000};
  std::mt19937 random(3);
  std::size_t ties_at_the_limit = 0;
  std::size_t settled_by_entity = 0;
  for (const double share : {0.0, 0.005, 0.02, 0.1, 0.3, 0.6, 0.95, 1.0}) {
    for (const auto naming : all_namings) {
      const auto rows = some_of(*snapshot, random, share);
      EntityCounts counts(*snapshot, naming);
      for (std::size_t s = 0; s < rows.size(); ++s) counts.add(s, rows[s]);
      for (const auto facet : {Facet::person, Facet::org, Facet::place}) {
        const FacetNames names(tables, facet);
        const EntityRange range{names.first(), names.end()};
        const auto all = counted_one_by_one(*snapshot, rows, naming, range);
        for (const std::size_t limit : limits) {
          INFO(name_of(facet) << ", " << share << " of the articles, " << limit << " values");
          const Counts listed(
              all.begin(), all.begin() + static_cast<std::ptrdiff_t>(std::min(limit, all.size())));
          const bool more = all.size() > limit;
          if (limit > 0 && more && all[limit - 1].second == all[limit].second) ++ties_at_the_limit;
          const auto by_entity = counts.top_by_entity(range, limit, SIZE_MAX);
          REQUIRE(by_entity);
          CHECK(counts_of(tables, *by_entity) == listed);
          CHECK(by_entity->more == more);
          const auto by_row = counts.top_by_row(range, limit);
          CHECK(counts_of(tables, by_row) == listed);
          CHECK(by_row.more == more);
          const auto of_few = counts.top_of_few(range, limit);
          CHECK(counts_of(tables, of_few) == listed);
          CHECK(of_few.more == more);
          const auto top = counts.top(range, limit);
          CHECK(counts_of(tables, top) == listed);
          CHECK(top.more == more);
          if (counts.top_by_entity(range, limit, 400)) ++settled_by_entity;
        }
      }
    }
  }
  CHECK(ties_at_the_limit > 50);
  CHECK(settled_by_entity > 50);
}

TEST_CASE("the values listed are the same whether all are counted for their number or not",
          "[cli][facets]") {
  const auto& bench = GENERATE(0, 1) == 0 ? indexed_sample_set() : named_stories();
  const auto snapshot = IndexSnapshot::open(bench.db());
  FacetCheck requests(snapshot, 41);
  Searcher searcher(snapshot);
  std::size_t with_more = 0;
  for (int i = 0; i < 1'000; ++i) {
    auto request = requests.random_request();
    request.facet_order = FacetOrder::count;
    try {
      const auto unsized = searcher.search(request).facets;
      request.facet_sizes = true;
      const auto sized = searcher.search(request).facets;
      REQUIRE(unsized.size() == sized.size());
      for (std::size_t f = 0; f < sized.size(); ++f) {
        INFO(request.query << ": " << name_of(sized[f].asked.facet));
        CHECK_FALSE(unsized[f].size);
        CHECK(unsized[f].more == sized[f].more);
        REQUIRE(unsized[f].values.size() == sized[f].values.size());
        for (std::size_t v = 0; v < sized[f].values.size(); ++v) {
          CHECK(unsized[f].values[v].value == sized[f].values[v].value);
          CHECK(unsized[f].values[v].articles == sized[f].values[v].articles);
        }
        if (sized[f].more) ++with_more;
      }
    } catch (const Error& e) {
      REQUIRE(e.code() == ExitCode::usage);  // a query that stands for too much
    }
  }
  CHECK(with_more > 100);
}
