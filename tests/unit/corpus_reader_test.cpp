// SPDX-License-Identifier: GPL-3.0-or-later
#include <catch2/catch.hpp>
#include <fstream>
#include <set>

#include "common/error.h"
#include "tests/unit/corpus_fixture.h"

using namespace dateline;
using namespace dateline::test;
using Catch::Matchers::Contains;

namespace {

std::vector<std::string> records(const CollectingSink& sink) {
  std::vector<std::string> names;
  for (const Article& article : sink.articles) names.push_back(article.record);
  return names;
}

CollectingSink read_content(const std::string& name, std::string_view content,
                            ReadOptions options = {}) {
  const TempDir folder;
  folder.write(name, content);
  return read_all(folder.path(), std::move(options));
}

}  // namespace

TEST_CASE("JSON Lines give an article a line", "[corpus][reader]") {
  const Article article = read_one(
      "a.jsonl", R"({"ID": "x1", "headline": "T", "text": "One.\n\nTwo.", "outlet": "The Post",)"
                 R"( "date": "2023-03-17", "authors": "Ann Lee, Bo Ray", "url": "https://e.org/1",)"
                 R"( "topic": "world", "lang": "en-GB"})"
                 "\n");
  CHECK(article.record == "x1");
  CHECK(article.id.value == "x1");
  CHECK(article.id.from == Provenance::given);
  CHECK(article.title.value == "T");
  CHECK(article.body == "One.\n\nTwo.");
  CHECK(article.source.value == "The Post");
  CHECK(format_timestamp(article.published.value) == "2023-03-17");
  CHECK(article.authors.value == std::vector<std::string>{"Ann Lee", "Bo Ray"});
  CHECK(article.topics.value == std::vector<std::string>{"world"});
  CHECK(article.language.value == "en");
  CHECK(article.url.value == "https://e.org/1");
  CHECK(article.notes.empty());
}

TEST_CASE("a broken line is refused by its number and costs no other", "[corpus][reader]") {
  const CollectingSink sink = read_content("a.jsonl",
                                           "{\"id\":1,\"text\":\"a\"}\n\n{\"id\":2,\"te\n"
                                           "[1]\n{\"id\":3}\n{\"id\":4,\"text\":\"d\"}");
  CHECK(records(sink) == std::vector<std::string>{"1", "4"});
  REQUIRE(sink.refusals.size() == 3);
  CHECK(sink.refusals[0].record == "line 3");
  CHECK_THAT(sink.refusals[0].reason, Contains("not JSON"));
  CHECK(sink.refusals[1].record == "line 4");
  CHECK(sink.refusals[2].record == "line 5");
  CHECK(sink.refusals[2].reason == "no text");
}

TEST_CASE("records are unique in a file though ids are not", "[corpus][reader]") {
  const CollectingSink sink = read_content("a.jsonl",
                                           "{\"id\":\"line 2\",\"text\":\"a\"}\n"
                                           "{\"text\":\"b\"}\n"
                                           "{\"id\":\"x\",\"text\":\"c\"}\n"
                                           "{\"id\":\"x\",\"text\":\"d\"}\n");
  REQUIRE(sink.articles.size() == 4);
  const auto names = records(sink);
  CHECK(std::set<std::string>(names.begin(), names.end()).size() == 4);
  CHECK(names[3] == "x (line 4)");
  CHECK(sink.articles[3].id.value == "x");
  CHECK(sink.articles[1].id.value == "a.jsonl#2");
  CHECK(sink.articles[1].id.from == Provenance::file_name);
}

TEST_CASE("an over-long line is refused by its number", "[corpus][reader]") {
  const CollectingSink sink =
      read_content("a.jsonl", "{\"text\":\"" + std::string(5000, 'x') + "\"}\n{\"text\":\"b\"}\n",
                   {.field_names = {}, .max_record_bytes = 1000});
  REQUIRE(sink.refusals.size() == 1);
  CHECK(sink.refusals[0].record == "line 1");
  CHECK_THAT(sink.refusals[0].reason, Contains("longer than"));
  CHECK(records(sink) == std::vector<std::string>{"line 2"});
}

TEST_CASE("an array gives an article an item, also cut off", "[corpus][reader]") {
  const CollectingSink sink = read_content(
      "a.json", "[ {\"id\": 7, \"text\": \"a [ { \\\" }\"}, {\"text\": \"b\"} , 5, {\"text\": \"c");
  CHECK(records(sink) == std::vector<std::string>{"7", "item 2"});
  CHECK(sink.articles[0].body == "a [ { \" }");
  REQUIRE(sink.refusals.size() == 2);
  CHECK(sink.refusals[0].record == "item 3");
  CHECK(sink.refusals[1].record == "item 4");
  CHECK_THAT(sink.refusals[1].reason, Contains("ends within"));
}

TEST_CASE("an object with one array of articles gives these", "[corpus][reader]") {
  for (const char* name : {"articles", "items", "banana"})
    CHECK(read_content("a.json", std::string("{\"status\":\"ok\",\"") + name +
                                     "\":[{\"text\":\"a\"},{\"text\":\"b\"}]}")
              .articles.size() == 2);
}

TEST_CASE("a single object is one article with the file's name as id", "[corpus][reader]") {
  const Article article = read_one("sub/a.json", "{\n \"title\": \"T\",\n \"text\": \"a\"\n}\n");
  CHECK(article.record.empty());
  CHECK(article.id.value == "sub/a.json");
}

TEST_CASE("JSON Lines under the name .json and objects in sequence are read", "[corpus][reader]") {
  CHECK(records(read_content("a.json", "{\"text\":\"a\"}\n{\"text\":\"b\"}\n")) ==
        std::vector<std::string>{"line 1", "line 2"});
  CHECK(records(read_content("a.json", "{\n\"text\":\"a\"}\n{\n\"text\":\"b\"}\n")) ==
        std::vector<std::string>{"item 1", "item 2"});
}

TEST_CASE("values that are objects or lists are read by their names", "[corpus][reader]") {
  const Article article =
      read_one("a.json", R"({"_id": {"$oid": "abc"}, "source": {"id": null, "name": "The Post"},)"
                         R"( "author": [{"name": "Ann Lee"}, "Bo Ray"], "text": ["One.", "Two."],)"
                         R"( "published_at": 1679069100, "title": "T"})");
  CHECK(article.id.value == "abc");
  CHECK(article.source.value == "The Post");
  CHECK(article.authors.value == std::vector<std::string>{"Ann Lee", "Bo Ray"});
  CHECK(article.body == "One.\n\nTwo.");
  CHECK(format_timestamp(article.published.value) == "2023-03-17T16:05:00+00:00");
}

TEST_CASE("a body made of blocks or of an object is read", "[corpus][reader]") {
  const auto body = [](const std::string& json) {
    return read_one("a.json", R"({"title":"L","body":)" + json + "}").body;
  };
  CHECK(body(R"([{"type":"p","text":"storm one"},{"type":"p","content":"storm two"}])") ==
        "storm one\n\nstorm two");
  CHECK(body(R"({"content":"storm"})") == "storm");
  CHECK(body(R"({"text":null,"value":"storm"})") == "storm");
  CHECK(body(R"([{"content":[{"type":"p","content":[{"type":"text","text":"storm"}]}]}])") ==
        "storm");
  CHECK(body(R"([{"type":"image","src":"a.png"},{"html":"storm"}])") == "storm");
}

TEST_CASE("a list of articles under a name of the body is no body", "[corpus][reader]") {
  CHECK(read_content("a.json", R"({"content":[{"title":"A","text":"a"},{"title":"B","text":"b"}]})")
            .articles.size() == 2);
}

TEST_CASE("an article that is only a title says so", "[corpus][reader]") {
  CHECK(read_one("a.json", R"({"title":"Only"})").notes ==
        std::vector<std::string>{"no text found, only a title"});
  CHECK(read_one("a.json", R"({"title":"T","text":"a"})").notes.empty());
}

TEST_CASE("a source that says only that it is unknown is none", "[corpus][reader]") {
  for (const char* source : {"unknown", "Unknown", "N/A", "none", "-"}) {
    INFO(source);
    CHECK_FALSE(
        read_one("a.json", std::string(R"({"text":"a","source":")") + source + "\"}").source);
    CHECK_FALSE(read_one("a.txt", std::string("Title: T\nSource: ") + source + "\n\nText.").source);
    const TempDir folder;
    folder.write("meta.csv", std::string("path,source\na.txt,") + source + "\n");
    folder.write("a.txt", "Just a story.");
    CHECK_FALSE(read_all(folder.path()).articles.at(0).source);
  }
  CHECK_FALSE(read_one("a.txt", "It rained all night.\n\nSource: Unknown\n").source);
}

TEST_CASE("text in a field of the front matter comes before the rest of it", "[corpus][reader]") {
  const Article headers = read_one(
      "a.txt", "TITLE: Fish\nDATE: 2022-05-05\nTEXT: The zebrafish swam.\n\nIt swam on.\n");
  CHECK(headers.title.value == "Fish");
  CHECK(headers.body == "The zebrafish swam.\n\nIt swam on.");
  const Article yaml = read_one(
      "a.md",
      "---\ntitle: Fish\ncontent: |\n  The zebrafish swam.\n\n  It swam on.\n---\nAnd on.\n");
  CHECK(yaml.body == "The zebrafish swam.\n\nIt swam on.\n\nAnd on.");
}

TEST_CASE("a description is the text where there is none", "[corpus][reader]") {
  const Article article = read_one("a.json", R"({"title": "T", "description": "D."})");
  CHECK(article.body == "D.");
  CHECK_FALSE(article.deck);
}

TEST_CASE("a body that begins with its title loses it", "[corpus][reader]") {
  CHECK(read_one("a.json", R"({"title": "The Title", "text": "THE TITLE\n\nBody."})").body ==
        "Body.");
  CHECK(read_one("a.json", R"({"title": "The", "text": "The end is near."})").body ==
        "The end is near.");
}

TEST_CASE("a record without any text is refused", "[corpus][reader]") {
  CHECK(refusal_of("a.json", R"({"id": "x", "date": "2023-03-17"})").reason == "no text");
  CHECK(refusal_of("a.json", R"({"id": "x", "text": " \u0000 "})").reason == "no text");
}

TEST_CASE("own field names are tried before the well-known ones", "[corpus][reader]") {
  const Article article = read_one("a.json", R"({"title": "t", "hl": "Own", "text": "x"})",
                                   {.field_names = {{"title", "hl"}}});
  CHECK(article.title.value == "Own");
}

TEST_CASE("deep JSON is refused", "[corpus][reader]") {
  const std::string deep(100'000, '[');
  CHECK_THAT(refusal_of("a.jsonl", "{\"a\":" + deep + std::string(100'000, ']') + "}").reason,
             Contains("deep"));
}

TEST_CASE("a text of more lines than any article has is refused", "[corpus][reader]") {
  std::string lines;
  for (int i = 0; i < 600'000; ++i) lines += "a\n";
  CHECK_THAT(refusal_of("a.txt", lines).reason, Contains("lines"));
}

TEST_CASE("JSON that is not UTF-8 is converted, and said so", "[corpus][reader]") {
  const Article article =
      read_one("a.jsonl", "{\"text\":\"Le Caf\xE9 d\xE9j\xE0 vu \x96 \xE9t\xE9\"}");
  CHECK(article.body == "Le Café déjà vu – été");
  CHECK(article.notes == std::vector<std::string>{"text taken to be windows-1252"});
}

TEST_CASE("packed files are read like others", "[corpus][reader]") {
  const std::string lines = "{\"text\":\"a\"}\n{\"text\":\"b\"}\n";
  for (const auto& [name, packer] :
       std::vector<std::pair<std::string, Packer>>{{"a.jsonl.gz", Packer::gzip},
                                                   {"a.jsonl.zst", Packer::zstd},
                                                   {"a.json.xz", Packer::xz},
                                                   {"a.ndjson.bz2", Packer::bzip2}})
    CHECK(read_content(name, packed(lines, packer)).articles.size() == 2);
  CHECK(read_one("story.txt.gz", packed("Just a story.", Packer::gzip)).body == "Just a story.");
}

TEST_CASE("a packed file cut short gives what came before the cut", "[corpus][reader]") {
  std::string lines;
  for (int i = 0; i < 100'000; ++i)
    lines += "{\"text\":\"story " + std::to_string(i * 7919) + "\"}\n";
  std::string bytes = packed(lines, Packer::gzip);
  bytes.resize(bytes.size() - bytes.size() / 4);
  const CollectingSink sink = read_content("a.jsonl.gz", bytes);
  CHECK(sink.articles.size() > 10'000);
  REQUIRE_FALSE(sink.refusals.empty());
  CHECK(sink.refusals.back().record.empty());
}

TEST_CASE("a bomb gives what came before the limit", "[corpus][reader]") {
  std::string lines;
  for (int i = 0; i < 10'000; ++i) lines += "{\"text\":\"always the same story\"}\n";
  const CollectingSink sink = read_content("a.jsonl.gz", packed(lines, Packer::gzip),
                                           {.field_names = {}, .max_expanded_bytes = 200'000});
  CHECK(sink.articles.size() > 1000);
  CHECK(sink.articles.size() < 10'000);
  CHECK_THAT(sink.refusals.back().reason, Contains("unpacks to more than"));
}

TEST_CASE("what is no article is refused with a reason", "[corpus][reader]") {
  using namespace std::string_literals;
  CHECK(refusal_of("a.txt", "").reason == "empty");
  CHECK(refusal_of("a.jsonl.gz", packed("", Packer::gzip)).reason == "empty");
  CHECK(refusal_of("a.txt", " \n\n ").reason == "no text");
  CHECK(refusal_of("a.story", "WARC/1.0\r\n").reason == "the file ends within it");
  CHECK(refusal_of("a.dat", "\1\2\3\0\0\0\0abc"s).reason == "format not read: binary");
  CHECK(refusal_of("a.pdf", "%PDF-1.4").reason == "format not read: PDF");
  CHECK_THAT(refusal_of("a.csv", "title,text\n").reason, Contains("holds no articles"));
  CHECK(refusal_of("a.csv", "price,volume\n1,2\n").reason ==
        "format not read: CSV that holds no articles (no column is title or text)");
  CHECK_THAT(refusal_of("a.json", "[1, 2, 3]").reason, Contains("no article"));
  CHECK_THAT(refusal_of("a.json", "[]").reason, Contains("no articles"));
  CHECK_THAT(refusal_of("a.json", "{\"text\": \"a").reason, Contains("ends too early"));
}

TEST_CASE("a file that is not there when it is read is refused", "[corpus][reader]") {
  CollectingSink sink;
  ArticleReader().read({"/nonexistent/a.txt", "/nonexistent", "a.txt", {}}, sink);
  REQUIRE(sink.refusals.size() == 1);
  CHECK_THAT(sink.refusals[0].reason, Contains("No such file"));
}

TEST_CASE("an unknown extension is read as what the content looks like", "[corpus][reader]") {
  CHECK(read_one("a.story", "Just a story.").body == "Just a story.");
  CHECK(read_one("a.story", "{\"text\": \"a\"}").body == "a");
  CHECK(read_one("README", "Just a story.").body == "Just a story.");
}

TEST_CASE("what the sink throws comes through", "[corpus][reader]") {
  class ThrowingSink : public CollectingSink {
    void article(Article&&) override { throw Error(ExitCode::system_failure, "disk full"); }
  };
  const TempDir folder;
  const auto file = folder.write("a.txt", "Just a story.");
  ThrowingSink sink;
  CHECK_THROWS_WITH(ArticleReader().read({file, folder.path(), "a.txt", {}}, sink), "disk full");
}

TEST_CASE("front matter is preferred to the table, the table to the text and the file's name",
          "[corpus][reader]") {
  const TempDir folder;
  folder.write("meta.csv",
               "path,source,date,title\n"
               "2020-01-01-a.txt,Table Times,2022-02-02,Table title\n"
               "2020-01-01-b.txt,,,\n");
  folder.write("2020-01-01-a.txt",
               "Source: Front Post\nTitle: Front title\n\nText of it.\n\nSource: Text News\n");
  folder.write("2020-01-01-b.txt", "Own title\n\nText of it is here.\n\nSource: Text News\n");
  const CollectingSink sink = read_all(folder.path());
  REQUIRE(sink.articles.size() == 2);
  const Article& a = sink.articles[0];
  CHECK(a.source.value == "Front Post");
  CHECK(a.source.from == Provenance::given);
  CHECK(format_timestamp(a.published.value) == "2022-02-02");
  CHECK(a.published.from == Provenance::sidecar);
  CHECK(a.body == "Text of it.");
  const Article& b = sink.articles[1];
  CHECK(b.title.value == "Own title");
  CHECK(b.title.from == Provenance::in_text);
  CHECK(b.source.value == "Text News");
  CHECK(b.source.from == Provenance::in_text);
  CHECK(format_timestamp(b.published.value) == "2020-01-01");
  CHECK(b.published.from == Provenance::file_name);
}

TEST_CASE("the first line stays in the body where another title is given", "[corpus][reader]") {
  const TempDir folder;
  folder.write("meta.csv", "path,title\na.txt,Given title\nb.txt,given TITLE!\n");
  folder.write("a.txt", "What the text says\n\nText of it is here.\n");
  folder.write("b.txt", "Given title\n\nText of it is here.\n");
  const CollectingSink sink = read_all(folder.path());
  REQUIRE(sink.articles.size() == 2);
  CHECK(sink.articles[0].title.value == "Given title");
  CHECK(sink.articles[0].body == "What the text says\n\nText of it is here.");
  CHECK(sink.articles[1].body == "Text of it is here.");
}

TEST_CASE("a table's row about a file of many records gives what they share", "[corpus][reader]") {
  const TempDir folder;
  folder.write("meta.csv", "path,title,source\na.jsonl,T,The Post\n");
  folder.write("a.jsonl", "{\"text\":\"a\"}\n{\"text\":\"b\",\"source\":\"Own\"}\n");
  const CollectingSink sink = read_all(folder.path());
  REQUIRE(sink.articles.size() == 2);
  CHECK(sink.articles[0].source.value == "The Post");
  CHECK(sink.articles[1].source.value == "Own");
  CHECK_FALSE(sink.articles[0].title);
}

TEST_CASE("a table that cannot be read is a note, not a loss", "[corpus][reader]") {
  const TempDir folder;
  const auto file = folder.write("a.txt", "Just a story.");
  CollectingSink sink;
  ArticleReader().read({file, folder.path(), "a.txt", folder.path() / "gone.csv"}, sink);
  REQUIRE(sink.articles.size() == 1);
  CHECK(sink.articles[0].notes.size() == 1);
}

TEST_CASE("a file's name dates its one article, not its many records", "[corpus][reader]") {
  const std::string lines = "{\"text\":\"a\"}\n{\"text\":\"b\"}\n";
  CHECK_FALSE(read_content("2022-07-14.jsonl", lines).articles.at(0).published);
  CHECK(read_one("2022-07-14.json", "{\"text\":\"a\"}").published.from == Provenance::file_name);
}

TEST_CASE("a file's time dates an article only when asked for", "[corpus][reader]") {
  CHECK_FALSE(read_one("a.txt", "Just a story.").published);
  ReadOptions options;
  options.date_from_file_time = true;
  CHECK(read_one("a.txt", "Just a story.", options).published.from == Provenance::file_time);
}

TEST_CASE("derived ids are printable and at most 200 bytes", "[corpus][reader]") {
  const std::string folder_name(120, 'd');
  const Article deep = read_one(folder_name + "/" + folder_name + "/a.txt", "Just a story.");
  CHECK(deep.id.value.size() <= 200);
  CHECK_THAT(deep.id.value, Catch::Matchers::EndsWith("/a.txt"));
  CHECK(read_one("caf\xE9\x1B.txt", "Just a story.").id.value == "caf%E9%1B.txt");
  CHECK(read_one("café.txt", "Just a story.").id.value == "café.txt");
}

TEST_CASE("the five stories are told apart into title, deck and body", "[corpus][reader][shared]") {
  const std::filesystem::path stories =
      std::filesystem::path(DATELINE_SOURCE_DIR) / "../shared/articles";
  if (!std::filesystem::is_directory(stories)) {
    WARN("not checked: no folder " << stories);
    return;
  }
  const CollectingSink sink = read_all(stories);
  REQUIRE(sink.articles.size() == 5);
  const auto& articles = sink.articles;
  CHECK(articles[0].title.value.empty());
  const auto first_line = [](const Article& article) {
    std::ifstream file(article.path);
    std::string line;
    std::getline(file, line);
    return line;
  };
  CHECK(articles[1].title.value == first_line(articles[1]));
  CHECK_THAT(articles[2].title.value, Catch::Matchers::StartsWith("Putin invited and Xi accepted"));
  CHECK_THAT(articles[2].title.value, Catch::Matchers::EndsWith("president to Russia"));
  CHECK(articles[3].title.value == first_line(articles[3]));
  CHECK(articles[4].title.value.empty());
  CHECK_THAT(articles[3].deck.value, Catch::Matchers::StartsWith("Top diplomat Wang Yi"));
  for (const std::size_t without_deck : {0u, 1u, 2u, 4u}) CHECK_FALSE(articles[without_deck].deck);
  CHECK(articles[3].source.value == "Al Jazeera");
  CHECK(articles[3].source.from == Provenance::in_text);
  for (const Article& article : articles) {
    CHECK_FALSE(article.published);
    CHECK(article.notes.empty());
    for (const char* furniture :
         {"Leave a", "Disclaimer", "Deborah", "epic fantasy", "[File:", "Source:", "A portrait"})
      CHECK_THAT(article.body, !Contains(furniture));
  }
  const auto paragraphs = [](const Article& article) {
    std::size_t count = 1;
    for (auto at = article.body.find("\n\n"); at != std::string::npos;
         at = article.body.find("\n\n", at + 2))
      ++count;
    return count;
  };
  CHECK(paragraphs(articles[0]) == 12);
  CHECK(paragraphs(articles[1]) == 21);
  CHECK(paragraphs(articles[2]) == 9);
  CHECK(paragraphs(articles[3]) == 14);
  CHECK(paragraphs(articles[4]) == 19);
}
