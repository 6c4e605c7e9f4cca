// SPDX-License-Identifier: GPL-3.0-or-later
#include <catch2/catch.hpp>
#include <fstream>
#include <sstream>

#include "tests/support/articles.h"

using namespace dateline;
using namespace dateline::test;
using Catch::Matchers::Contains;
namespace fs = std::filesystem;

namespace {

std::string story(const std::string& title) {
  return title + "\n\nThe bridge over the river opened on Monday.\n";
}

/// What a run says that changed nothing but this.
void check_counts(const Run& run, const std::string& counts) {
  INFO(run.out << run.err);
  CHECK(run.exit_code == 0);
  CHECK(run.out.find(counts) != std::string::npos);
}

}  // namespace

TEST_CASE("the paths of a list are indexed, however it is written", "[cli]") {
  const Workbench bench;
  const auto a = bench.write("a.txt", story("One")), b = bench.write("b c.txt", story("Two"));
  bench.write("d.txt", story("Not named"));
  const std::vector<std::string> db{"--db", bench.db().string()};
  const auto list = bench.write("../list", a.string() + "\r\n\n" + b.string());
  check_counts(dateline_index({db[0], db[1], "--files-from", list.string()}), "2 added");
  RunOptions input;
  input.input = a.string() + '\0' + b.string() + '\0';
  check_counts(dateline_index({db[0], db[1], "--files-from", "-", "-0"}, input),
               "0 added, 0 changed, 0 removed, 2 unchanged");
}

TEST_CASE("a list that names nothing, or is not there, is an error and changes nothing", "[cli]") {
  const Workbench bench;
  const auto empty = bench.write("list", "\n");
  for (const std::string& list : {empty.string(), (bench.articles() / "none").string()}) {
    const auto run = bench.index({"--files-from", list});
    CHECK(run.exit_code == 2);
    CHECK_THAT(run.err, Contains("list '" + list + "'"));
  }
  CHECK(bench.index({"--null", bench.articles().string()}).exit_code == 2);
}

TEST_CASE("standard input is explained, and not indexed", "[cli]") {
  RunOptions input;
  input.input = story("Bridge opens");
  const auto explained = dateline_index({"--explain", "--format", "jsonl", "-"}, input);
  CHECK(explained.exit_code == 0);
  CHECK(Json::parse(explained.out)["title"] == "Bridge opens");
  const Workbench bench;
  const auto indexed = bench.index({"-"});
  CHECK(indexed.exit_code == 2);
  CHECK_THAT(indexed.err, Contains("--explain -"));
}

TEST_CASE("what is excluded leaves the index, and this is remembered", "[cli]") {
  const Workbench bench;
  bench.write("a.txt", story("One"));
  bench.write("drafts/b.txt", story("Two"));
  const std::string set = bench.articles().string();
  check_counts(bench.index(), "2 added");
  check_counts(bench.index({"--exclude", "drafts", set}), "1 removed, 1 unchanged");
  check_counts(bench.index({set}), "0 added, 0 changed, 0 removed, 1 unchanged");
  check_counts(bench.index({"--exclude", "", set}), "1 added");
  check_counts(bench.index({"--include", "b.*", set}), "1 removed, 1 unchanged");
  check_counts(bench.index({"--include", "", set}), "1 added");
  bench.write(".datelineignore", "*.txt\n!/a.txt\n");
  check_counts(bench.index({set}), "1 removed, 1 unchanged");
}

TEST_CASE("a set by another name is the same set", "[cli]") {
  const Workbench bench;
  bench.write("in/a.txt", story("One"));
  const auto link = bench.articles().parent_path() / "link";
  fs::create_directory_symlink(bench.articles(), link);
  check_counts(bench.index({(bench.articles() / "in").string()}), "1 added");
  // Its id is its path in the set, which is a larger one now.
  check_counts(bench.index({link.string()}), "0 added, 1 changed, 0 removed");
  check_counts(bench.index({(link / "in").string()}), "0 added, 0 changed, 0 removed, 1 unchanged");
}

TEST_CASE("a page in a WARC file is found by its address", "[cli]") {
  const Workbench bench;
  const std::string page =
      "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<html><title>Storm</title><body><p>The "
      "harbour of Halverton was closed on Friday after a storm, its master said.</p>";
  const auto file = bench.write("c.warc",
                                "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: "
                                "https://e.org/storm\r\nContent-Type: application/http\r\n"
                                "Content-Length: " +
                                    std::to_string(page.size()) + "\r\n\r\n" + page + "\r\n\r\n");
  check_counts(bench.index(), "1 added");
  CHECK(bench.ids({"harbour"}) == std::vector<std::string>{"https://e.org/storm"});
  const auto explained = dateline_index({"--explain", file.string()});
  CHECK_THAT(explained.out, Contains("c.warc (https://e.org/storm)"));
}

TEST_CASE("explaining shows every value with where it comes from", "[cli]") {
  const Workbench bench;
  const auto file = bench.write(
      "2023-03-17.html",
      "<html lang=\"en\"><head><meta property=\"og:site_name\" content=\"New York Times - News\">"
      "<title>Storm shuts harbour</title></head><body><h1>Storm shuts harbour</h1>"
      "<p>HALVERTON (Reuters) - The harbour of Halverton was closed on Friday after a storm.</p>"
      "<p>Two ferries were damaged, and the repairs will take until the end of the month.</p>");
  const auto run = dateline_index({"--explain", "--format", "jsonl", file.string()});
  CHECK(run.exit_code == 0);
  const Json article = Json::parse(run.out);
  for (const char* key :
       {"path", "record", "id", "title", "deck", "body", "source", "source_raw", "published",
        "modified", "authors", "language", "url", "topics", "entities", "provenance", "notes"})
    CHECK(article.contains(key));
  CHECK(article["title"] == "Storm shuts harbour");
  CHECK(article["source"] == "The New York Times");
  CHECK(article["source_raw"] == "New York Times - News");
  CHECK(article["published"] == "2023-03-17");
  CHECK(article["modified"].is_null());
  CHECK(article["language"] == "en");
  CHECK(article["entities"][0]["name"] == "Halverton");
  CHECK(article["provenance"]["source"] == "meta tags");
  CHECK(article["provenance"]["published"] == "file name");
  CHECK(article["provenance"]["entities"] == "in the text");

  const auto text = dateline_index({"--explain", file.string()});
  CHECK_THAT(text.out,
             Contains("The New York Times (written \"New York Times - News\") [meta tags]"));
  CHECK_THAT(text.out, Contains("2023-03-17 [file name]") && Contains("Two ferries were damaged"));
}

TEST_CASE("explaining reports what is refused, and says so by its exit code", "[cli]") {
  const Workbench bench;
  bench.write("a.txt", story("One"));
  bench.write("b.json", "{broken");
  const auto run = dateline_index({"--explain", "--format", "jsonl", bench.articles().string()});
  CHECK(run.exit_code == 4);
  CHECK_THAT(run.out,
             Contains("\"refused\":") && Contains("b.json") && Contains("\"title\":\"One\""));
  CHECK(dateline_index({"--explain"}).exit_code == 2);
}

TEST_CASE("a table of source names is remembered, and read again when it changes", "[cli]") {
  const Workbench bench;
  bench.write("a.jsonl", json_lines({{"1", "One", "Storm text.", "Halv. Courier", "2023-03-17"}}));
  const auto table = bench.articles().parent_path() / "names.tsv";
  const auto write_table = [&](const std::string& name) {
    std::ofstream(table) << name << "\tHalv. Courier\n";
  };
  const std::string set = bench.articles().string();
  const auto source = [&] {
    return bench.answer({"storm"})["hits"][0]["source"].get<std::string>();
  };
  write_table("The Courier");
  check_counts(bench.index({"--source-names", table.string(), set}), "1 added");
  CHECK(source() == "The Courier");
  write_table("Courier of Halverton");
  check_counts(bench.index(), "1 changed");
  CHECK(source() == "Courier of Halverton");
  check_counts(bench.index(), "1 unchanged");
  check_counts(bench.index({"--source-names", "", set}), "1 changed");
  CHECK(source() == "Halv. Courier");
}

TEST_CASE("the list of formats names what is read, in 80 columns", "[cli]") {
  const auto run = dateline_index({"--list-formats"});
  CHECK(run.exit_code == 0);
  for (const char* format : {"HTML", "NewsML-G2", "NITF", "ninjs", "Atom", "WARC", "TREC", "CSV"})
    CHECK_THAT(run.out, Contains(format));
  std::istringstream lines(run.out);
  for (std::string line; std::getline(lines, line);) CHECK(line.size() <= 80);
}
