// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>

#include <atomic>
#include <catch2/catch.hpp>
#include <random>
#include <thread>

#include "tests/support/articles.h"

using namespace dateline;
using namespace dateline::test;
using Catch::Matchers::Contains;

namespace {

std::string exported(const std::filesystem::path& index) {
  const auto run = dateline_index({"--db", index.string(), "--export"});
  INFO(run.err);
  REQUIRE(run.exit_code == 0);
  CHECK(run.err.empty());
  return run.out;
}

/// Hits, facets and whole texts of many queries, and every entity, without the generation's number.
std::string answers(const std::filesystem::path& index) {
  std::string queries =
      "{\"query\":\"\",\"date\":[\"2022..\",\"undated\"]}\n{\"query\":\"said\",\"sort\":\"newest\"}"
      "\n{\"query\":\"kyiv\",\"any\":true,\"n\":100}\n";
  for (const char* query : {"the", "storm", "harbour OR mayor", "\"the mayor\"", "title:storm",
                            "-bridge", "river NEAR/5 the", "xi", "body:moscow", "mar*", "zzz"})
    queries += std::string(query) + "\n";
  const auto run = dateline_search({"--db", index.string(), "--batch", "-", "-n", "200", "--full",
                                    "--format", "jsonl", "--facet-values", "200"},
                                   {.input = queries});
  INFO(run.err);
  REQUIRE(run.exit_code == 0);
  std::string text;
  for (auto record : json_records(run.out)) {
    record.erase("generation");
    text += record.dump() + "\n";
  }
  return text + dateline_index({"--db", index.string(), "--entities", "--format", "jsonl"}).out;
}

/// An index of an export, beside the export.
class Imported {
 public:
  explicit Imported(const std::string& lines) : file_(folder_.write("set/export.jsonl", lines)) {
    run_ = dateline_index({"--db", index().string(), file_.string()});
  }
  std::filesystem::path index() const { return folder_ / "index"; }
  const std::filesystem::path& file() const { return file_; }
  const Run& run() const { return run_; }

 private:
  TempDir folder_;
  std::filesystem::path file_;
  Run run_;
};

void check_same_after_import(const std::filesystem::path& index) {
  const auto lines = exported(index);
  const Imported imported(lines);
  INFO(imported.run().out << imported.run().err);
  CHECK(imported.run().exit_code == 0);
  CHECK(answers(imported.index()) == answers(index));
  CHECK(exported(imported.index()) == lines);
}

/// Articles in several formats, with every kind of value and of name.
void write_every_kind(const Workbench& bench) {
  bench.write("plain/2023-03-17-storm.txt",
              "Storm shuts harbour\n\nTwo ferries were damaged on Friday.\n\nThe harbour master "
              "said the river rose.\n\nSource: Al Jazeera and news agencies\n");
  bench.write(
      "plain/front.txt",
      "---\ntitle: The mayor's flood plan\nauthor: Ann Lee\ndate: 2022-09-01T10:30:00+02:00\n"
      "source: The Courier\n---\nThe mayor of Halverton said the bridge is safe.\n");
  bench.write("page.html",
              "<html lang=\"en\"><head><meta property=\"og:site_name\" content=\"New York Times - "
              "News\"><title>Storm shuts harbour</title></head><body><h1>Storm shuts harbour</h1>"
              "<p>HALVERTON (Reuters) - The harbour of Halverton was closed on Friday after a "
              "storm.</p><p>Two ferries were damaged, and the repairs will take until the end of "
              "the month.</p>");
  bench.write("wire/item.json",
              "{\"uri\":\"urn:x:1\",\"type\":\"text\",\"versioncreated\":\"2023-03-17T08:00:00Z\","
              "\"headline\":\"Xi to visit Moscow\",\"body_text\":\"Xi Jinping will visit Moscow.\","
              "\"person\":[{\"name\":\"Xi Jinping\"}],\"place\":[{\"name\":\"Moscow\"}],"
              "\"organisation\":[{\"name\":\"Kremlin\"}],\"subject\":[{\"name\":\"politics\"}]}");
  bench.write("table/metadata.csv",
              "path,source,date,url\nb.txt,Wire,2021-01-02,https://e.org/b\n");
  bench.write("table/b.txt", "Bridge opens\n\nThe bridge over the river opened.\n");
  bench.write("feed.rss",
              "<rss><channel><title>Courier</title><item><title>Café reopens</title><guid>g1</guid>"
              "<description>A deck.</description><pubDate>Fri, 17 Mar 2023 16:05:00 +0100</pubDate>"
              "</item></channel></rss>");
  bench.write("name with\nnewline \x1b]0;x\x07.txt", "Odd name\n\nThe name has a line end.\n");
  bench.write("bytes \xff\xfe.txt", "Bytes\n\nThe name is no UTF-8.\n");
  // Ten articles of one id, one date and one score: only what they say can order them.
  std::string same;
  for (int i = 0; i < 10; ++i)
    same += fmt::format("{{\"id\":\"same\",\"title\":\"Tie {}\",\"text\":\"The storm.\"}}\n", i);
  bench.write("same.jsonl", same);
  bench.write("rows.csv",
              "id,title,text,date,author\nr1,Row one,The river rose.,2020-02-29,Ann Lee\n"
              "r2,Row two,The river fell.,1969-07-20,\"Ann Lee, Bob Stone\"\n");
}

std::string random_record(std::mt19937& random, int number) {
  constexpr std::string_view words[] = {"storm", "harbour", "the",      "mayor",
                                        "said",  "Kyiv",    "Ann Lee",  "Halverton",
                                        "naïve", "北京",    "“quoted”", "\n\n"};
  const auto some = [&](std::size_t n) {
    std::string text;
    for (std::size_t i = 0; i < n; ++i) {
      text += words[random() % std::size(words)];
      text += ' ';
    }
    return text;
  };
  Json j{{"title", some(1 + random() % 6)}, {"text", some(1 + random() % 60)}};
  if (random() % 3 != 0) j["id"] = fmt::format("r{}", random() % 400);
  if (random() % 2 == 0) j["source"] = fmt::format("Paper {} - News", random() % 5);
  if (random() % 2 == 0)
    j["date"] = fmt::format("20{:02}-{:02}-{:02}T{:02}:00:00+05:30", random() % 24,
                            1 + random() % 12, 1 + random() % 28, random() % 24);
  if (random() % 4 == 0) j["author"] = "Ann Lee and Bob Stone";
  if (random() % 4 == 0) j["tags"] = Json::array({"a", "b, c", fmt::format("t{}", number % 7)});
  return j.dump() + "\n";
}

}  // namespace

TEST_CASE("export: an index of the sample set's export answers as the sample set's does",
          "[cli][export]") {
  check_same_after_import(indexed_sample_set().db());
}

TEST_CASE("export: every kind of value, and every kind of name, comes back from an export",
          "[cli][export]") {
  const Workbench bench;
  write_every_kind(bench);
  const auto run = bench.index();
  INFO(run.out << run.err);
  REQUIRE(run.exit_code == 0);
  check_same_after_import(bench.db());
  const Imported imported(exported(bench.db()));
  const auto hit =
      dateline_search({"--db", imported.index().string(), "--format", "jsonl", "title:name"});
  CHECK(json_records(hit.out).at(0)["path"] ==
        (bench.articles() / "name with\nnewline \x1b]0;x\x07.txt").string());
}

TEST_CASE("export: random articles come back from an export", "[cli][export]") {
  std::mt19937 random(10);
  const Workbench bench;
  for (int file = 0; file < 5; ++file) {
    std::string lines;
    for (int i = 0; i < 60; ++i) lines += random_record(random, i);
    bench.write(fmt::format("{}.jsonl", file), lines);
  }
  REQUIRE(bench.index().exit_code == 0);
  check_same_after_import(bench.db());
}

TEST_CASE("export: an updated index exports what a rebuilt one does", "[cli][export]") {
  std::mt19937 random(11);
  const Workbench updated;
  for (int round = 0; round < 6; ++round) {
    for (int file = 0; file < 3; ++file) {
      std::string lines;
      for (int i = 0; i < 20; ++i) lines += random_record(random, i);
      updated.write(fmt::format("{}.jsonl", random() % 5), lines);
    }
    REQUIRE(updated.index().exit_code == 0);
  }
  const auto before = exported(updated.db());
  REQUIRE(updated.index({"--rebuild"}).exit_code == 0);
  CHECK(exported(updated.db()) == before);
}

TEST_CASE("export: of a changed export only the lines that changed are taken up", "[cli][export]") {
  const auto lines = json_records(exported(indexed_sample_set().db()));
  std::string all;
  for (const auto& line : lines) all += line.dump() + "\n";
  const Imported imported(all);
  REQUIRE(imported.run().exit_code == 0);
  std::string edited;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    auto line = lines[i];
    if (i == 3) continue;
    if (i == 7) line["title"] = "A zeppelin over the bay";
    edited += line.dump() + "\n";
  }
  auto added = lines[0];
  added["id"] = "added-by-hand";
  edited += added.dump() + "\n";
  std::filesystem::remove(imported.file());
  const TempDir elsewhere;
  std::filesystem::copy_file(elsewhere.write("x", edited), imported.file());
  const auto run = dateline_index({"--db", imported.index().string(), "--format", "json"});
  REQUIRE(run.exit_code == 0);
  const auto report = Json::parse(run.out);
  CHECK(report["added"] == 1);
  CHECK(report["changed"] == 1);
  CHECK(report["removed"] == 1);
  CHECK(report["unchanged"] == lines.size() - 2);
  const auto found =
      dateline_search({"--db", imported.index().string(), "--format", "ids", "zeppelin"});
  CHECK(found.out == lines[7]["id"].get<std::string>() + "\n");
}

TEST_CASE("export: a line that somebody broke is refused by its number and costs no other",
          "[cli][export][hostile]") {
  const auto lines = exported(indexed_sample_set().db());
  const auto first = lines.substr(0, lines.find('\n') + 1);
  const Imported imported(first + "{\"dateline_export\":1,\"path\":\"../x\",\"id\":\"a\"}\n" +
                          "\xff\xfe\n" + lines.substr(first.size()));
  CHECK(imported.run().exit_code == 4);
  CHECK_THAT(imported.run().out, Contains("(line 2): its path is not that of a file") &&
                                     Contains("(line 3): not UTF-8") && Contains("2 refused"));
  CHECK(exported(imported.index()) == lines);
}

TEST_CASE("export: each article is explained under the name it has, not that of the export",
          "[cli][export]") {
  const TempDir folder;
  const auto file =
      folder.write("e.jsonl",
                   "{\"dateline_export\":1,\"path\":\"/news/a.txt\",\"record\":\"7\",\"id\":\"a\","
                   "\"title\":\"T\",\"provenance\":{\"title\":\"JSON-LD\"}}\n");
  CHECK_THAT(dateline_index({"--explain", file.string()}).out,
             Contains("/news/a.txt (7)") && Contains("T [JSON-LD]"));
  CHECK_THAT(dateline_index({"--list-formats"}).out, Contains("dateline's export"));
}

TEST_CASE("export: an article keeps its history from one index to the next", "[cli][export]") {
  const Json history{
      {"first_seen", 1'000'000'000}, {"last_changed", 1'100'000'000}, {"changes", 3}};
  Json line{{"dateline_export", 1}, {"path", "/news/a.txt"}, {"id", "a"}, {"title", "Zeppelin"}};
  line["history"] = history;
  const Imported imported(line.dump() + "\n");
  REQUIRE(imported.run().exit_code == 0);
  CHECK(json_records(exported(imported.index())).at(0)["history"] == history);
}

TEST_CASE("export: what it does nothing with is refused", "[cli][export]") {
  const auto db = indexed_sample_set().db().string();
  const std::vector<std::vector<std::string>> beside{
      {"PATH"}, {"--rebuild"}, {"--forget", "x"}, {"--format", "text"}, {"--entities"}};
  for (const auto& more : beside) {
    std::vector<std::string> arguments{"--db", db, "--export"};
    arguments.insert(arguments.end(), more.begin(), more.end());
    INFO(more[0]);
    const auto run = dateline_index(arguments);
    CHECK(run.exit_code == 2);
    CHECK(run.out.empty());
  }
  const TempDir empty;
  CHECK(dateline_index({"--db", (empty / "none").string(), "--export"}).exit_code == 3);
}

TEST_CASE("export: it holds one generation whole while others are published", "[cli][export]") {
  const Workbench bench;
  const auto publish = [&](int version) {
    std::string lines;
    for (int i = 0; i < 40; ++i)
      lines += json_line({std::to_string(i), fmt::format("Version {}", version), "Text.", "", ""});
    bench.write("a.jsonl", lines);
    return bench.index().exit_code == 0;
  };
  REQUIRE(publish(0));
  std::atomic<bool> done = false;
  std::atomic<bool> published = true;
  std::thread writer([&] {
    for (int version = 1; version <= 8; ++version) published = published && publish(version);
    done = true;
  });
  std::size_t exports = 0;
  std::size_t whole = 0;
  while (!done) {
    const auto run = dateline_index({"--db", bench.db().string(), "--export"});
    const auto lines = json_records(run.out);
    const bool same = run.exit_code == 0 && lines.size() == 40 &&
                      std::all_of(lines.begin(), lines.end(), [&](const Json& line) {
                        return line["title"] == lines[0]["title"];
                      });
    ++exports;
    whole += same ? 1U : 0U;
  }
  writer.join();
  CHECK(published);
  CHECK(exports > 3);
  CHECK(whole == exports);
}
