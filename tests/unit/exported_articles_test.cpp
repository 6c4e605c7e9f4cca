// SPDX-License-Identifier: GPL-3.0-or-later
#include "corpus/formats/exported_articles.h"

#include <catch2/catch.hpp>
#include <random>

#include "common/index/stored_article.h"
#include "common/json.h"
#include "tests/unit/corpus_fixture.h"

using namespace dateline;
using namespace dateline::test;
using Catch::Matchers::Contains;

namespace {

CollectingSink read_lines(const std::string& lines) {
  CollectingSink sink;
  const ArticleReader reader;
  const SourceFile named{"/import/export.jsonl", "/import", "export.jsonl", {}};
  reader.read(named, bytes_in_memory(lines), sink);
  return sink;
}

/// Articles of every shape that readers make, and of some that they do not.
class RandomArticles {
 public:
  explicit RandomArticles(std::uint32_t seed) : random_(seed) {}

  Article next() {
    Article a;
    a.path = "/news/" + text(6);
    if (one_in(8)) a.path += "\xff\xfe \x1b]0;x\x07\n";
    if (one_in(2)) a.record = text(4);
    a.id = {"i" + text(10), provenance()};
    maybe(a.title, 40);
    maybe(a.deck, 60);
    a.body = text(200) + "\n\n" + text(300);
    maybe(a.source, 20);
    a.source_raw = one_in(2) ? a.source.value : text(12);
    maybe(a.published);
    maybe(a.modified);
    maybe(a.authors);
    maybe(a.topics);
    if (one_in(2)) a.language = {one_in(2) ? "en" : "zh", provenance()};
    maybe(a.url, 40);
    for (auto n = below(4); n > 0; --n)
      a.entities.push_back({all_entity_types[below(3)], text(12), provenance()});
    return a;
  }

 private:
  std::size_t below(std::size_t bound) { return random_() % bound; }
  bool one_in(std::size_t n) { return below(n) == 0; }

  std::string text(std::size_t characters) {
    constexpr std::string_view pieces[] = {"a",      "Z",      " ", "\"", "\\",    "/",
                                           "{",      "é",      "ß", "北", "ع",     "😀",
                                           "\u202E", "\u2028", "'", "=",  "\u200D"};
    std::string made;
    for (std::size_t i = 0; i < characters; ++i) made += pieces[below(std::size(pieces))];
    return made;
  }
  Provenance provenance() { return static_cast<Provenance>(1 + below(12)); }

  void maybe(Sourced<std::string>& value, std::size_t characters) {
    if (one_in(2)) value = {text(characters), provenance()};
  }
  void maybe(Sourced<std::vector<std::string>>& values) {
    if (one_in(2)) values = {{text(8), text(8)}, provenance()};
  }
  void maybe(Sourced<Timestamp>& value) {
    if (one_in(3)) return;
    Timestamp t{earliest_day() + std::chrono::days{below(150'000)}, {}, {}};
    if (one_in(2)) t.second_of_day = static_cast<std::int32_t>(below(86'401));
    if (t.second_of_day && one_in(2))
      t.utc_offset_minutes = static_cast<std::int32_t>(below(1'441)) - 720;
    value = {t, provenance()};
  }

  std::mt19937 random_;
};

/// One line of a sound export with one of its values replaced.
std::string line_with(const char* name, const Json& value) {
  Json line{{"dateline_export", 1}, {"path", "/news/a.txt"}, {"record", ""},    {"id", "a"},
            {"title", "A title"},   {"body", "A body."},     {"language", "en"}};
  line[name] = value;
  return line.dump() + "\n";
}

std::string reason_against(const std::string& line) {
  const auto sink = read_lines("{\"dateline_export\":1,\"path\":\"/a\",\"id\":\"first\"}\n" + line);
  REQUIRE(sink.articles.size() == 1);
  REQUIRE(sink.refusals.size() == 1);
  CHECK(sink.refusals[0].record == "line 2");
  return sink.refusals[0].reason;
}

}  // namespace

TEST_CASE("an article comes out of an export as it went in, every value and its origin",
          "[export]") {
  RandomArticles random(6);
  std::string lines;
  std::vector<std::string> stored;
  for (int i = 0; i < 2'000; ++i) {
    const auto article = random.next();
    stored.push_back(store_article(article));
    lines += export_line(article) + "\n";
  }
  const auto sink = read_lines(lines);
  CHECK(sink.refusals.empty());
  REQUIRE(sink.articles.size() == stored.size());
  std::size_t same = 0;
  for (std::size_t i = 0; i < stored.size(); ++i) {
    CHECK(sink.articles[i].path == "/import/export.jsonl");
    CHECK(sink.articles[i].notes.empty());
    same += store_article(sink.articles[i]) == stored[i] ? 1U : 0U;
  }
  CHECK(same == stored.size());
}

TEST_CASE("a line of an export that states what no article has is refused with its reason",
          "[export][hostile]") {
  const std::string long_id(201, 'x');
  const std::vector<std::pair<std::string, std::string>> lines{
      {line_with("title", 5), "its title is no text"},
      {line_with("body", Json::array({"a"})), "its body is no text"},
      {line_with("authors", "Ann"), "its authors is no list"},
      {line_with("topics", Json::array({1})), "its topics is no text"},
      {line_with("entities", Json::array({"Ann"})), "its entities is not a list of names"},
      {line_with("entities", Json::array({{{"type", "ship"}, {"name", "Ann"}}})), "person, org"},
      {line_with("provenance", "given"), "its provenance is no object"},
      {line_with("provenance", {{"title", "hearsay"}}), "none that this program knows"},
      {line_with("id", nullptr), "it has no id"},
      {line_with("id", ""), "it has no id"},
      {line_with("id", long_id), "longer than 200 bytes"},
      {line_with("path", 5), "its path is no text"},
      {line_with("path", "../../etc/passwd"), "not that of a file"},
      {line_with("path", "/news/../etc/passwd"), "not that of a file"},
      {line_with("path", "news/a.txt"), "not that of a file"},
      {line_with("path_bytes", "2f6"), "not hexadecimal"},
      {line_with("path_bytes", "zz"), "not hexadecimal"},
      {line_with("language", "en; DROP"), "no tag of a language"},
      {line_with("source", std::string(2'000, 's')), "longer than 1000 bytes"},
      {line_with("dateline_export", 2), "version 2"},
      {line_with("dateline_export", "1"), "not a line of an export"},
      {"{\"title\":\"no export\",\"text\":\"x\"}\n", "not a line of an export"},
      {"[1]\n", "not a JSON object"},
      {"{\"dateline_export\":1,\n", "not JSON"},
      {"{\"dateline_export\":1,\"path\":\"/a\",\"id\":\"\xff\"}\n", "not UTF-8"},
      {"{\"dateline_export\":1,\"x\":" + std::string(50, '[') + std::string(50, ']') + "}\n",
       "nested"},
  };
  for (const auto& [line, reason] : lines) {
    INFO(line);
    CHECK_THAT(reason_against(line), Contains(reason));
  }
}

TEST_CASE("the history of an article comes back from an export, and none that it cannot have",
          "[export]") {
  const Json history{
      {"first_seen", 1'000'000'000}, {"last_changed", 1'100'000'000}, {"changes", 3}};
  const auto sink = read_lines(line_with("history", history));
  REQUIRE(sink.articles.size() == 1);
  CHECK(sink.articles[0].history == ArticleHistory{1'000'000'000, 1'100'000'000, 3, 0});
  CHECK(Json::parse(export_line(sink.articles[0]))["history"] == history);
  for (const auto& [name, value] :
       std::vector<std::pair<const char*, Json>>{{"first_seen", -1},
                                                 {"first_seen", 1'200'000'000},
                                                 {"last_changed", 99'000'000'000},
                                                 {"changes", -1},
                                                 {"changes", 5'000'000'000},
                                                 {"changes", "3"}}) {
    auto wrong = history;
    wrong[name] = value;
    CHECK_THAT(reason_against(line_with("history", wrong)), Contains("none that an article can"));
  }
}

TEST_CASE("a day that no article may have leaves an exported article undated, with a note",
          "[export][hostile]") {
  for (const char* date : {"9999-01-01", "0001-01-01", "2023-02-30", "2023-3-7", "yesterday",
                           "2023-03-17T25:00:00", "2023-03-17T10:00:61", "2023-03-17T10:00:00Z",
                           "2023-03-17T10:00:00+99:00", "2023-03-17 "}) {
    INFO(date);
    const auto sink = read_lines(line_with("published", date));
    REQUIRE(sink.articles.size() == 1);
    CHECK_FALSE(sink.articles[0].published);
    REQUIRE(sink.articles[0].notes.size() == 1);
    CHECK_THAT(sink.articles[0].notes[0], Contains("is no date of an article"));
  }
}

TEST_CASE("control characters that somebody wrote into an export are left out of its texts",
          "[export][hostile]") {
  const auto sink = read_lines(line_with("title", std::string("a\0b\x1b[31mc\u009d\x7f\td", 14)) +
                               line_with("body", "one\r\ntwo\x07"));
  REQUIRE(sink.articles.size() == 2);
  for (const auto& article : sink.articles) {
    for (const auto& text : {article.title.value, article.body}) {
      INFO(Json(text).dump());
      CHECK(text.find_first_of(std::string_view("\0\x07\x1b\x7f\r\t", 6)) == text.npos);
      CHECK(text.find("\u009d") == text.npos);
    }
  }
  CHECK(sink.articles[1].body == "one\ntwo");
  CHECK(read_lines(line_with("title", " a\n b")).articles.at(0).title.value == "a b");
}

TEST_CASE("an export is known by how it begins, whatever the file is called, and however packed",
          "[export]") {
  const auto line = line_with("title", "A title");
  for (const char* name : {"export.jsonl", "export.txt", "export", "export.csv"}) {
    INFO(name);
    CHECK(read_one(name, line).origin == Origin{"/news/a.txt", ""});
    CHECK(read_one(std::string(name) + ".zst", packed(line, Packer::zstd)).origin.has_value());
  }
  CHECK_FALSE(read_one("a.jsonl", "{\"title\":\"x\",\"text\":\"y\",\"dateline_export\":1}\n{}")
                  .origin.has_value());
}
