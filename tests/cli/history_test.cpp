// SPDX-License-Identifier: GPL-3.0-or-later
#include <catch2/catch.hpp>
#include <chrono>
#include <filesystem>
#include <thread>

#include "tests/support/articles.h"

using namespace dateline;
using namespace dateline::test;
using Catch::Matchers::Contains;

namespace {

using Ids = std::vector<std::string>;

void let_a_second_pass() {
  const auto now = [] {
    return std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
  };
  const auto before = now();
  while (now() == before) std::this_thread::sleep_for(std::chrono::milliseconds(10));
}

/// Two generations: the second changed b.txt, moved c.txt and brought d.txt.
class TwoGenerations {
 public:
  TwoGenerations() {
    for (const auto* name : {"a", "b", "c"}) {
      bench.write(std::string(name) + ".txt",
                  "Harbour story\n\nThe crane " + std::string(name) + " fell.\n");
    }
    REQUIRE(bench.index().exit_code == 0);
    let_a_second_pass();
    bench.write("b.txt", "Harbour story\n\nThe crane b was lifted.\n");
    std::filesystem::rename(bench.articles() / "c.txt", bench.articles() / "moved.txt");
    bench.write("d.txt", "Harbour story\n\nThe crane d fell.\n");
    REQUIRE(bench.index().exit_code == 0);
  }

  Json told_of(const std::string& id) const {
    const auto run = bench.search({"--all", "--format", "jsonl", "--fields",
                                   "id,first_seen,last_changed,changes,generation", "-n", "10"});
    for (const auto& record : json_records(run.out)) {
      if (record["id"] == id) return record;
    }
    FAIL("no article " << id);
    return {};
  }

  Workbench bench;
};

}  // namespace

TEST_CASE("a search finds what is new or changed after a generation, and nothing that only moved",
          "[cli][history]") {
  const TwoGenerations index;
  const auto since = [&](const std::string& when) {
    auto ids = index.bench.ids({"--changed-since", when});
    std::ranges::sort(ids);
    return ids;
  };
  CHECK(since("generation:1") == Ids{"b.txt", "d.txt"});
  CHECK(since("#1") == Ids{"b.txt", "d.txt"});
  CHECK(since("#0") == Ids{"a.txt", "b.txt", "d.txt", "moved.txt"});
  CHECK(since("#2").empty());
  CHECK(index.bench.ids({"fell", "--changed-since", "#1"}) == Ids{"d.txt"});
  CHECK(index.bench.search({"--count", "--changed-since", "#1"}).out == "2\n");
  CHECK(index.bench.answer({"--changed-since", "#1"})["facets"]["date"][0]["count"] == 2);
  CHECK(index.bench.search({"--changed-since", "#7"}).err ==
        "note: generation 7 is not there yet: the index is at 2\n");
}

TEST_CASE("a search finds what changed at a time or later, which is local where it has no zone",
          "[cli][history]") {
  const TwoGenerations index;
  const auto changed = index.told_of("b.txt")["last_changed"].get<std::string>();
  const auto first = index.told_of("b.txt")["first_seen"].get<std::string>();
  CHECK(first < changed);
  CHECK(index.bench.ids({"--changed-since", changed, "--sort", "changed"}).size() == 2);
  CHECK(index.bench.ids({"--changed-since", first}).size() == 4);
  CHECK(index.bench.ids({"--changed-since", "2020"}).size() == 4);
  CHECK(index.bench.ids({"--changed-since", "last-2-days"}).size() == 4);
  CHECK(index.bench.ids({"--changed-since", "9998-01-01"}).empty());
  const auto without_zone = changed.substr(0, changed.size() - 1);
  const auto count_in = [&](const std::string& zone) {
    return index.bench
        .search({"--count", "--changed-since", without_zone}, {.environment = {{"TZ", zone}}})
        .out;
  };
  CHECK(count_in("UTC0") == "2\n");
  CHECK(count_in("EAST-9") == "4\n");
  CHECK(count_in("WEST9") == "0\n");
}

TEST_CASE("what changed last comes first by --sort changed", "[cli][history]") {
  const TwoGenerations index;
  CHECK(index.bench.ids({"harbour", "--sort", "changed"}) ==
        Ids{"b.txt", "d.txt", "a.txt", "moved.txt"});
}

TEST_CASE("an article's history is among its fields, and not among those that are usual",
          "[cli][history]") {
  const TwoGenerations index;
  const auto changed = index.told_of("b.txt");
  CHECK(changed["changes"] == 1);
  const auto fresh = index.told_of("d.txt");
  CHECK(fresh["changes"] == 0);
  CHECK(fresh["first_seen"] == fresh["last_changed"]);
  CHECK(fresh["first_seen"] == changed["last_changed"]);
  CHECK(index.told_of("moved.txt")["first_seen"] == changed["first_seen"]);
  const auto usual = json_records(index.bench.search({"--all", "--format", "jsonl"}).out);
  REQUIRE(usual.size() == 4);
  for (const auto* field : {"first_seen", "last_changed", "changes"})
    CHECK_FALSE(usual[0].contains(field));
}

TEST_CASE("a query of a batch has its own changed_since", "[cli][history]") {
  const TwoGenerations index;
  const auto run = index.bench.search({"--batch", "-"},
                                      {.input = "{\"changed_since\":\"#1\"}\n"
                                                "{\"query\":\"fell\",\"changed_since\":\"#1\"}\n"
                                                "{\"changed_since\":\"soon\"}\n"});
  CHECK(run.exit_code == 2);
  const auto records = json_records(run.out);
  REQUIRE(records.size() == 3);
  CHECK(records[0]["total"] == 2);
  CHECK(records[1]["total"] == 1);
  CHECK(records[2]["error"]["message"] == "--changed-since does not understand 'soon'");
}

TEST_CASE("a time or generation that is none is refused with what to give", "[cli][history]") {
  const TwoGenerations index;
  for (const auto* when : {"soon", "#", "#x", "#-1", "generation:", "2026-11-22T25:00", "2026-13",
                           "2026-11..2026-12", "T10:30", "17"}) {
    INFO(when);
    const auto run = index.bench.search({"--changed-since", when});
    CHECK(run.exit_code == 2);
    CHECK(run.out.empty());
    CHECK_THAT(run.err, Contains("--changed-since does not understand"));
    CHECK_THAT(run.err, Contains("generation:17"));
  }
}

TEST_CASE("where nothing matches, the advice counts what --changed-since costs", "[cli][history]") {
  const TwoGenerations index;
  const auto advice = index.bench.answer({"harbour", "--changed-since", "#2"})["advice"];
  CHECK(advice["costliest_filter"] == "--changed-since #2");
  CHECK(advice["without_it"] == 4);
}
