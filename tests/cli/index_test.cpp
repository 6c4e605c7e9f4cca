// SPDX-License-Identifier: GPL-3.0-or-later
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>

#include <catch2/catch.hpp>

#include "common/file_io.h"
#include "tests/support/articles.h"

using namespace dateline;
using namespace dateline::test;
using Catch::Matchers::Contains;

TEST_CASE("indexing says what it did and what is not known of the articles", "[cli]") {
  const Workbench bench;
  bench.write("a.txt", "Bridge opens\n\nThe bridge over the river opened on Monday.\n");
  bench.write("b.txt", "Source: nobody");
  const auto run = bench.index();
  INFO(run.err);
  CHECK(run.out.find("2 added, 0 changed, 0 removed, 0 unchanged") != std::string::npos);
  CHECK_THAT(run.out, Contains("2 undated"));
  CHECK_THAT(run.out, Contains("of unknown source"));
}

TEST_CASE("the report is one JSON object with --format json", "[cli]") {
  const Workbench bench;
  bench.write("a.jsonl", json_lines({{"1", "One", "First text.", "Wire", "2023-03-17"},
                                     {"2", "Two", "Second text.", "", "31 Foo 2022"}}) +
                             "{broken\n");
  const auto run = bench.index({"--format", "json", bench.articles().string()});
  CHECK(run.exit_code == 4);
  const auto report = Json::parse(run.out);
  CHECK(report["added"] == 2);
  CHECK(report["articles"] == 2);
  CHECK(report["undated"] == 1);
  CHECK(report["without_source"] == 1);
  CHECK(report["refused"] == 1);
  REQUIRE(report["refusals"].size() == 1);
  CHECK_THAT(report["refusals"][0]["path"].get<std::string>(), Contains("a.jsonl"));
  CHECK(report["refusals"][0]["record"] == "line 3");
  CHECK_FALSE(report["refusals"][0]["reason"].get<std::string>().empty());
  REQUIRE(report["notes"].size() == 1);
  CHECK_THAT(report["notes"][0]["note"].get<std::string>(), Contains("31 Foo 2022"));
}

TEST_CASE("a refused article costs no other, and stays reported while it is there", "[cli]") {
  const Workbench bench;
  bench.write("good.txt", "Bridge opens\n\nThe bridge over the river opened on Monday.\n");
  bench.write("broken.json", "{\"title\": ");
  bench.write("image.png", std::string("\x89PNG\r\n\x1a\n\0\0", 10));
  for (int round = 0; round < 2; ++round) {
    const auto run = bench.index();
    CHECK(run.exit_code == 4);
    CHECK_THAT(run.out, Contains("broken.json") && Contains("image.png") && Contains("2 refused"));
  }
  CHECK(bench.answer({"bridge"})["total"] == 1);
}

TEST_CASE("a path that is not there is a usage error, and nothing is made", "[cli]") {
  const Workbench bench;
  const auto run = bench.index({(bench.articles() / "none").string()});
  CHECK(run.exit_code == 2);
  CHECK(run.out.empty());
  CHECK_THAT(run.err, Contains("no such file or folder") && Contains("try:"));
  CHECK_FALSE(std::filesystem::exists(bench.db()));
}

TEST_CASE("where no index is, and nothing to begin one with, none is begun", "[cli]") {
  const Workbench bench;
  const auto articles = bench.write("a.txt", "Bridge opens\n\nThe bridge opened.\n").string();
  const std::vector<std::vector<std::string>> asked{{"--quiet"},
                                                    {"--rebuild"},
                                                    {"--watch"},
                                                    {"--keep-generations", "3"},
                                                    {"--forget", articles},
                                                    {"--forget", articles, articles}};
  for (const bool is_folder_there : {false, true}) {
    if (is_folder_there) std::filesystem::create_directory(bench.db());
    for (const auto& options : asked) {
      const auto run = bench.index(options);
      INFO(options[0] << run.err);
      CHECK(run.exit_code == 3);
      CHECK_THAT(run.err, Contains("no index at") && Contains("try: dateline-index --db"));
      CHECK(std::filesystem::exists(bench.db()) == is_folder_there);
      CHECK((!is_folder_there || std::filesystem::is_empty(bench.db())));
    }
  }
}

TEST_CASE("an index that remembers no set any more has nothing to go over", "[cli]") {
  const Workbench bench;
  bench.write("a.txt", "Bridge opens\n\nThe bridge opened.\n");
  REQUIRE(bench.index().exit_code == 0);
  REQUIRE(bench.index({"--forget", bench.articles().string(), "--allow-mass-removal"}).exit_code ==
          0);
  const auto run = bench.index({"--quiet"});
  CHECK(run.exit_code == 2);
  CHECK_THAT(run.err, Contains("no article set is named"));
}

TEST_CASE("a second writer is refused and told who writes", "[cli]") {
  const Workbench bench;
  bench.write("a.txt", "Bridge opens\n\nThe bridge over the river opened on Monday.\n");
  REQUIRE(bench.index().exit_code == 0);
  const FileDescriptor lock(::open((bench.db() / "writer.lock").c_str(), O_RDWR | O_CLOEXEC));
  REQUIRE(lock);
  REQUIRE(::flock(lock.get(), LOCK_EX | LOCK_NB) == 0);
  const auto run = bench.index();
  CHECK(run.exit_code == 5);
  CHECK_THAT(run.err, Contains("is writing to the index"));
  CHECK(bench.search({"bridge"}).exit_code == 0);
}

TEST_CASE("a lock that a dead process left is no lock", "[cli]") {
  const Workbench bench;
  bench.write("a.txt", "Bridge opens\n\nThe bridge over the river opened on Monday.\n");
  std::filesystem::create_directories(bench.db());
  REQUIRE(
      run_program("/bin/sh", {"-c", "echo 99999 > \"$0\"", (bench.db() / "writer.lock").string()})
          .exit_code == 0);
  CHECK(bench.index().exit_code == 0);
}

TEST_CASE("a folder that is no index is never written to or swept", "[cli][hostile]") {
  const Workbench bench;
  bench.write("a.txt", "Bridge opens\n\nThe bridge over the river opened on Monday.\n");
  const TempDir home;
  const std::vector<std::string> kept{"work/thesis.txt", "seg-photos/a", "tables-2023.csv",
                                      "manifest-of-ship.txt"};
  for (const auto& name : kept) home.write(name, "precious");
  const auto run = dateline_index({"--db", home.path().string(), bench.articles().string()});
  CHECK(run.exit_code == 2);
  CHECK_THAT(run.err, Contains("is no index, and not empty"));
  for (const auto& name : kept) CHECK(read_text(home / name) == "precious");
  CHECK_FALSE(std::filesystem::exists(home / "writer.lock"));

  REQUIRE(bench.index().exit_code == 0);
  std::filesystem::create_directory(bench.db() / "work");
  std::filesystem::create_directory(bench.db() / "seg-photos");
  REQUIRE(bench.index({"--rebuild"}).exit_code == 0);
  CHECK(std::filesystem::exists(bench.db() / "work"));
  CHECK(std::filesystem::exists(bench.db() / "seg-photos"));
}

TEST_CASE("another index inside an article set is not read as articles", "[cli]") {
  const Workbench bench;
  bench.write("a.txt", "Bridge opens\n\nThe bridge over the river opened on Monday.\n");
  REQUIRE(dateline_index({"--db", (bench.articles() / "other.ix").string(),
                          (bench.articles() / "a.txt").string()})
              .exit_code == 0);
  const auto run = bench.index({"--format", "json", bench.articles().string()});
  CHECK(run.exit_code == 0);
  CHECK(Json::parse(run.out)["articles"] == 1);
}

TEST_CASE("options of reading belong to a set and are not lost to another", "[cli]") {
  const Workbench bench;
  bench.write("a/a.jsonl", R"({"id":"a","t1":"Apple storm","prose":"x"})"
                           "\n");
  bench.write("b/b.jsonl", R"({"id":"b","t2":"Berry storm","story":"y"})"
                           "\n");
  const auto a = (bench.articles() / "a").string();
  const auto b = (bench.articles() / "b").string();
  const std::vector<std::string> map_a{"--map", "title=t1", "--map", "text=prose", a};
  REQUIRE(bench.index(map_a).exit_code == 0);
  REQUIRE(bench.index({"--map", "title=t2", "--map", "text=story", b}).exit_code == 0);
  REQUIRE(bench.index({"--rebuild", "--map", "title=t1", "--map", "text=prose", a}).exit_code == 0);
  CHECK(bench.answer({"title:storm"})["total"] == 2);

  const auto outer = bench.index();
  CHECK(outer.exit_code == 2);
  CHECK_THAT(outer.err, Contains("is read with other options"));
  CHECK(bench.index({"--map", "title=t1"}).exit_code == 2);
  CHECK(bench.answer({"title:storm"})["total"] == 2);
}

TEST_CASE("fields of other names are mapped by option, and the mapping is remembered", "[cli]") {
  const Workbench bench;
  bench.write("a.jsonl", R"({"id":"1","hed1":"Bridge opens","prose":"It opened.","mast":"Wire"})"
                         "\n");
  const std::vector<std::string> mapping{"--map",
                                         "title=hed1",
                                         "--map",
                                         "text=prose",
                                         "--map",
                                         "source=mast",
                                         bench.articles().string()};
  REQUIRE(bench.index(mapping).exit_code == 0);
  CHECK(bench.answer({"bridge"})["hits"][0]["source"] == "Wire");
  bench.write("b.jsonl", R"({"id":"2","hed1":"Tunnel opens","prose":"It opened.","mast":"Wire"})"
                         "\n");
  REQUIRE(dateline_index({"--db", bench.db().string()}).exit_code == 0);
  CHECK(bench.answer({"title:tunnel"})["total"] == 1);

  const auto wrong = bench.index({"--map", "headline", bench.articles().string()});
  CHECK(wrong.exit_code == 2);
  CHECK_THAT(wrong.err, Contains("--map FIELD=NAME"));
}

TEST_CASE("an index inside its article set does not index itself", "[cli]") {
  const TempDir dir;
  dir.write("a.txt", "Bridge opens\n\nThe bridge over the river opened on Monday.\n");
  const auto db = (dir / "ix").string();
  for (int round = 0; round < 2; ++round) {
    const auto run = dateline_index({"--db", db, "--format", "json", dir.path().string()});
    CHECK(run.exit_code == 0);
    CHECK(Json::parse(run.out)["files"] == 1);
  }
}

TEST_CASE("metadata beside, in and on the files is found and its provenance told", "[cli]") {
  const Workbench bench;
  bench.write("set/metadata.csv",
              "path,source,date,title,url\n"
              "one.txt,Northern Wire,2022-05-01,\"One, \"\"quoted\"\"\",https://a.example/1\n");
  bench.write("set/one.txt", "The bridge over the river opened on Monday.\nIt is long.\n");
  bench.write("set/2022-07-14-two.txt",
              "Ferry sails\n\nThe ferry sailed on Monday.\n\nSource: Harbour Gazette\n");
  bench.write("set/three.md",
              "---\ntitle: Three\nsource: The Post\ndate: 2022-09-09\n---\nThe cat.\n");
  REQUIRE(bench.index().exit_code == 0);

  const auto one = bench.answer({"bridge"})["hits"][0];
  CHECK(one["title"] == "One, \"quoted\"");
  CHECK(one["source"] == "Northern Wire");
  CHECK(one["date"] == "2022-05-01");
  CHECK(one["provenance"]["date"] == "sidecar");
  const auto two = bench.answer({"ferry"})["hits"][0];
  CHECK(two["date"] == "2022-07-14");
  CHECK(two["provenance"]["date"] == "file name");
  CHECK(two["source"] == "Harbour Gazette");
  CHECK(two["provenance"]["source"] == "in the text");
  const auto three = bench.answer({"cat"})["hits"][0];
  CHECK(three["provenance"]["source"] == "given");
}

TEST_CASE("a date that is missing, malformed or absurd leaves the article undated", "[cli]") {
  const Workbench bench;
  std::vector<ArticleRecord> records;
  for (const auto* date :
       {"", "31 Foo 2022", "0001-01-01", "2199-01-01", "12/1/22", "2023-02-30"}) {
    records.push_back({std::to_string(records.size()), "Title", "Some bridge.", "Wire", date});
  }
  bench.write("a.jsonl", json_lines(records));
  REQUIRE(bench.index().exit_code == 0);
  const auto answer = bench.answer({"bridge"});
  CHECK(answer["total"] == 6);
  for (const auto& hit : answer["hits"]) CHECK(hit["date"].is_null());
  CHECK(answer["facets"]["date"] == Json::parse(R"([{"value":"undated","count":6}])"));
  CHECK(bench.answer({"--date", "undated"})["total"] == 6);
  CHECK(bench.answer({"--date", "1970"})["total"] == 0);
}

TEST_CASE("index files are readable by their owner alone", "[cli][hostile]") {
  const Workbench bench;
  bench.write("a.txt", "Bridge opens\n\nThe bridge over the river opened on Monday.\n");
  REQUIRE(bench.index().exit_code == 0);
  for (const auto& entry : std::filesystem::recursive_directory_iterator(bench.db())) {
    struct stat status {};
    REQUIRE(::stat(entry.path().c_str(), &status) == 0);
    INFO(entry.path());
    CHECK((status.st_mode & 077) == 0);
  }
}

TEST_CASE("the sample set is indexed whole, its languages and encodings told apart", "[cli]") {
  const Workbench bench;
  const auto run = bench.index({"--format", "json", sample_set().string()});
  CHECK(run.exit_code == 0);
  const auto report = Json::parse(run.out);
  CHECK(report["articles"] == 80);
  CHECK(report["refusals"] == Json::array());
  CHECK(bench.answer({"café lumière"})["total"] >= 1);

  const auto facets =
      bench.answer({"--date", "..9999", "--date", "undated", "--all-mentions"})["facets"];
  CHECK(facets["source"].size() >= 10);
  CHECK(facets["date"].size() >= 12);
  const auto count_of = [&](const char* facet, const std::string& value) {
    for (const auto& entry : facets[facet]) {
      if (entry["value"] == value) return entry["count"].get<int>();
    }
    return 0;
  };
  CHECK(count_of("person", "Xi Jinping") >= 5);
  CHECK(count_of("person", "Volodymyr Zelensky") >= 5);
  CHECK(count_of("place", "Kyiv") >= 5);
  CHECK(count_of("place", "Kiev") == 0);
  CHECK(count_of("org", "NATO") >= 5);
}

TEST_CASE("the user's own tables may be there before the index", "[cli]") {
  const Workbench bench;
  bench.write("a.txt", "Bridge opens\n\nThe bridge opened.\n");
  bench.write("../index/synonyms.tsv", "bridge\tviaduct\n");
  const auto run = bench.index();
  INFO(run.err);
  CHECK(run.exit_code == 0);
}
