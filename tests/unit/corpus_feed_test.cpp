// SPDX-License-Identifier: GPL-3.0-or-later
#include <catch2/catch.hpp>

#include "tests/unit/corpus_fixture.h"

using namespace dateline;
using namespace dateline::test;
using Catch::Matchers::Contains;

namespace {

CollectingSink read_feed_file(std::string_view content, ReadOptions options = {}) {
  const TempDir folder;
  folder.write("feed.xml", content);
  return read_all(folder.path(), std::move(options));
}

Article only_item(const std::string& item, const std::string& channel = "<title>The Post</title>") {
  return read_one("feed.xml",
                  "<rss version='2.0' xmlns:dc='http://purl.org/dc/elements/1.1/'"
                  " xmlns:content='http://purl.org/rss/1.0/modules/content/'><channel>" +
                      channel + "<item>" + item + "</item></channel></rss>");
}

Article only_entry(const std::string& entry) {
  return read_one("feed.xml",
                  "<feed xmlns='http://www.w3.org/2005/Atom' xml:lang='en-GB'"
                  " xml:base='https://e.org/news/'><title>The Wire</title><author><name>Desk Lee"
                  "</name></author><entry>" +
                      entry + "</entry></feed>");
}

}  // namespace

TEST_CASE("an RSS item is an article of its channel", "[corpus][feed]") {
  const Article article = only_item(
      "<title>Bridge &amp; tunnel close</title><link>https://e.org/1</link>"
      "<guid isPermaLink='false'>e-1</guid><pubDate>Fri, 17 Mar 2023 16:05:00 +0100</pubDate>"
      "<author>ann@e.org (Ann Lee)</author><category>Traffic</category><category>City</category>"
      "<description>Both will be shut for weeks.</description>",
      "<title>The Post</title><language>en-us</language>");
  CHECK(article.id.value == "e-1");
  CHECK(article.record == "e-1");
  CHECK(article.title.value == "Bridge & tunnel close");
  CHECK(article.title.from == Provenance::given);
  CHECK(article.url.value == "https://e.org/1");
  CHECK(format_timestamp(article.published.value) == "2023-03-17T16:05:00+01:00");
  CHECK(article.authors.value == std::vector<std::string>{"Ann Lee"});
  CHECK(article.topics.value == std::vector<std::string>{"Traffic", "City"});
  CHECK(article.source.value == "The Post");
  CHECK(article.language.value == "en");
  CHECK(article.body == "Both will be shut for weeks.");
  CHECK(article.notes.empty());
}

TEST_CASE("a feed's full text is the body and its summary the deck", "[corpus][feed]") {
  const Article article = only_item(
      "<title>T</title><description>A word on it.</description>"
      "<content:encoded><![CDATA[<p>First &eacute;tape.</p><script>x()</script>"
      "<p>Second<br>line of it.</p><ul><li>one</li><li>two</li></ul>"
      "<table><tr><td>a</td><td>1</td></tr></table>]]></content:encoded>");
  CHECK(article.deck.value == "A word on it.");
  CHECK(article.body == "First étape.\n\nSecond\n\nline of it.\n\none\n\ntwo\n\na | 1");
  const Article cut_off = only_item(
      "<title>T</title><description>First step of [...]</description>"
      "<content:encoded>&lt;p&gt;First step of many.&lt;/p&gt;</content:encoded>");
  CHECK_FALSE(cut_off.deck);
  CHECK(cut_off.body == "First step of many.");
}

TEST_CASE("an Atom entry's parts are read by their types", "[corpus][feed]") {
  const Article article = only_entry(
      "<id>tag:e.org,2023:1</id><title type='html'>Rain &amp;amp; &lt;b&gt;wind&lt;/b&gt;</title>"
      "<link rel='edit' href='https://e.org/edit'/><link href='2023/rain'/>"
      "<published>2023-03-17T16:05:00Z</published><updated>2023-03-18T09:00:00Z</updated>"
      "<category term='weather' label='Weather'/><source><title>The Origin</title></source>"
      "<content type='xhtml'><div xmlns='http://www.w3.org/1999/xhtml'><p>It <em>rained</em>.</p>"
      "<p>Then wind.</p></div></content>");
  CHECK(article.title.value == "Rain & wind");
  CHECK(article.url.value == "https://e.org/news/2023/rain");
  CHECK(format_timestamp(article.published.value) == "2023-03-17T16:05:00+00:00");
  CHECK(format_timestamp(article.modified.value) == "2023-03-18T09:00:00+00:00");
  CHECK(article.topics.value == std::vector<std::string>{"Weather"});
  CHECK(article.source.value == "The Origin");
  CHECK(article.authors.value == std::vector<std::string>{"Desk Lee"});
  CHECK(article.language.value == "en");
  CHECK(article.body == "It rained.\n\nThen wind.");
  CHECK(only_entry("<title type='text'>a &lt;b&gt; c</title>").title.value == "a <b> c");
  CHECK(only_entry("<title>T</title><updated>2023-03-18T09:00:00Z</updated>").published);
}

TEST_CASE("RSS 1.0 keeps its items beside the channel", "[corpus][feed]") {
  const Article article = read_one(
      "news.rdf",
      "<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'"
      " xmlns='http://purl.org/rss/1.0/' xmlns:dc='http://purl.org/dc/elements/1.1/'>"
      "<channel><title>Old Post</title></channel><item rdf:about='https://e.org/1'>"
      "<title>T</title><dc:date>2003-05-06T07:08:09Z</dc:date><dc:creator>Bo Ray</dc:creator>"
      "<dc:subject>Sea</dc:subject></item></rdf:RDF>");
  CHECK(article.url.value == "https://e.org/1");
  CHECK(format_day(article.published.value.day) == "2003-05-06");
  CHECK(article.authors.value == std::vector<std::string>{"Bo Ray"});
  CHECK(article.topics.value == std::vector<std::string>{"Sea"});
  CHECK(article.source.value == "Old Post");
}

TEST_CASE("of a WordPress export what was published is read", "[corpus][feed]") {
  const std::string item_of =
      "<item><title>{}</title><content:encoded><![CDATA[[gallery ids=\"1,2\"]\nOne [sic] "
      "day.\n\nNext [b]day[/b].]]></content:encoded><excerpt:encoded>In short.</excerpt:encoded>";
  const auto item = [&](const std::string& type, const std::string& status) {
    std::string text = item_of;
    text.replace(text.find("{}"), 2, type);
    return text + "<wp:post_type>" + type + "</wp:post_type><wp:status>" + status +
           "</wp:status></item>";
  };
  const CollectingSink sink = read_feed_file(
      "<rss version='2.0' xmlns:content='http://purl.org/rss/1.0/modules/content/'"
      " xmlns:excerpt='http://wordpress.org/export/1.2/excerpt/'"
      " xmlns:wp='http://wordpress.org/export/1.2/'><channel><title>Blog</title>" +
      item("post", "publish") + item("page", "publish") + item("post", "draft") +
      item("attachment", "inherit") + item("product", "publish") + "</channel></rss>");
  REQUIRE(sink.articles.size() == 2);
  CHECK(sink.articles[0].body == "One [sic] day.\n\nNext day.");
  CHECK(sink.articles[0].deck.value == "In short.");
  REQUIRE(sink.refusals.size() == 2);
  CHECK(sink.refusals[0].record == "item 3");
  CHECK_THAT(sink.refusals[0].reason, Contains("draft"));
  CHECK_THAT(sink.refusals[1].reason, Contains("product"));
}

TEST_CASE("items are unique in a feed, and those that say nothing are refused", "[corpus][feed]") {
  const CollectingSink sink = read_feed_file(
      "<rss><channel><item><guid>a</guid><title>1</title></item><item><guid>a</guid>"
      "<title>2</title></item><item><title>3</title></item><item><comments>4</comments></item>"
      "<item><link>https://e.org/5</link></item></channel></rss>");
  REQUIRE(sink.articles.size() == 4);
  CHECK(sink.articles[0].record == "a");
  CHECK(sink.articles[1].record == "a (item 2)");
  CHECK(sink.articles[2].record == "item 3");
  CHECK(sink.articles[2].id.value == "feed.xml#3");
  CHECK(sink.articles[3].url.value == "https://e.org/5");
  CHECK(sink.articles[3].notes == std::vector<std::string>{"no text"});
  REQUIRE(sink.refusals.size() == 1);
  CHECK(sink.refusals[0].record == "item 4");
  CHECK(refusal_of("feed.xml", "<rss><channel><title>T</title></channel></rss>").reason ==
        "a feed without articles");
}

TEST_CASE("an ill-formed feed is read as far as it goes", "[corpus][feed]") {
  const CollectingSink sink = read_feed_file(
      "<rss><channel><title>P & Q</title>\n<item><title>A &amp; B & C&nbsp;D</title>"
      "<link>https://e.org/?a=1&b=2</link></item><item><title>Next</title><description>cut");
  REQUIRE(sink.articles.size() == 2);
  CHECK(sink.articles[0].title.value == "A & B & C D");
  CHECK(sink.articles[0].url.value == "https://e.org/?a=1&b=2");
  CHECK(sink.articles[0].source.value == "P & Q");
  REQUIRE_FALSE(sink.articles[0].notes.empty());
  CHECK_THAT(sink.articles[0].notes[0], Contains("not well-formed"));
  CHECK(sink.articles[1].title.value == "Next");
}

TEST_CASE("HTML's entities need no declaration, and a document may declare its own",
          "[corpus][feed]") {
  CHECK(only_item("<title>Caf&eacute; &hellip; &#8364;</title>").title.value == "Café … €");
  const Article article = read_one("feed.xml",
                                   "<!DOCTYPE rss [<!ENTITY city 'Orle'><!ENTITY eacute 'E'>]>"
                                   "<rss><item><title>&city;, &eacute;</title></item></rss>");
  CHECK(article.title.value == "Orle, E");
  CHECK(article.notes == std::vector<std::string>{"no text found, only a title"});
}

TEST_CASE("a feed is read in the encoding it declares or shows", "[corpus][feed]") {
  CHECK(read_one("feed.xml",
                 "<?xml version='1.0' encoding='iso-8859-2'?><rss><item><title>"
                 "\xB1\xE6</title></item></rss>")
            .title.value == "ąć");
  const std::string narrow =
      "<?xml version='1.0' encoding='utf-16'?><rss><item><title>Wide</title></item></rss>";
  std::string wide;
  for (const char c : narrow) wide += {c, '\0'};
  CHECK(read_one("feed.xml", wide).title.value == "Wide");
  CHECK(read_one("feed.xml", "\xFF\xFE" + wide).title.value == "Wide");
}

TEST_CASE("entities neither expand without bound nor reach into other files", "[corpus][feed]") {
  std::string laughs = "<!DOCTYPE rss [<!ENTITY a 'laughs and laughs and laughs'>";
  for (char name = 'b'; name <= 'k'; ++name) {
    laughs += std::string("<!ENTITY ") + name + " '";
    for (int i = 0; i < 10; ++i) laughs += std::string("&") + static_cast<char>(name - 1) + ";";
    laughs += "'>";
  }
  laughs += "]><rss><item><title>&k;</title></item></rss>";
  CHECK_THAT(refusal_of("feed.xml", laughs).reason, Contains("XML refused"));
  for (const char* declaration :
       {"<!ENTITY e SYSTEM 'file:///etc/passwd'>", "<!ENTITY e SYSTEM '/etc/passwd'>",
        "<!ENTITY % p SYSTEM 'file:///etc/passwd'> %p;"}) {
    const CollectingSink sink = read_feed_file(
        std::string("<!DOCTYPE rss [") + declaration +
        "]><rss><item><title>T</title><description>x&e;y</description></item></rss>");
    for (const Article& article : sink.articles) CHECK_THAT(article.body, !Contains("root"));
  }
}

TEST_CASE("elements nested without end cost neither the stack nor the run", "[corpus][feed]") {
  std::string deep = "<rss><item><title>T</title>";
  for (int i = 0; i < 100'000; ++i) deep += "<a>";
  CHECK(read_feed_file(deep).refusals.size() == 1);
  std::string html = "<rss><item><title>T</title><description><![CDATA[<p>Before.</p>";
  for (int i = 0; i < 100'000; ++i) html += "<b>";
  html += "x]]></description></item></rss>";
  const CollectingSink sink = read_feed_file(html);
  REQUIRE(sink.articles.size() == 1);
  CHECK_THAT(sink.articles[0].body, Contains("Before."));
  const std::string brackets = "<![CDATA[" + std::string(1'000'000, '<') + "]]>";
  CHECK(only_item("<title>T</title><description>" + brackets + "</description>").title.value ==
        "T");
}

TEST_CASE("a feed cut off anywhere is read or refused", "[corpus][feed]") {
  const std::string whole =
      "<?xml version='1.0'?><!DOCTYPE rss [<!ENTITY x 'y'>]><rss xmlns:a='b'><channel><title>P"
      "</title><item><title>T&amp;&eacute;&x;</title><description><![CDATA[<p>a</p>]]>"
      "</description><!-- c --></item></channel></rss>";
  for (std::size_t size = 1; size < whole.size(); ++size) {
    const CollectingSink sink = read_feed_file(whole.substr(0, size));
    CHECK(sink.articles.size() + sink.refusals.size() == 1);
  }
}

TEST_CASE("a feed larger than one record may be is read item by item", "[corpus][feed]") {
  std::string feed =
      "<?xml version='1.0' encoding='iso-8859-1'?>\n<!-- <item> --><rss xmlns:dc='d'><channel>"
      "<title>Caf\xE9 Post</title>";
  for (int i = 1; i <= 500; ++i)
    feed += "<item><guid>" + std::to_string(i) + "</guid><title>No. " + std::to_string(i) +
            "</title><dc:creator>Zo\xEB Ray</dc:creator><description><![CDATA[a </item> <item>]]>"
            "</description></item><!-- <item>x</item> --><item/>\n";
  feed += "<item><title>" + std::string(5000, 'x') + "</title></item><item><title>Last</title>";
  ReadOptions options;
  options.max_record_bytes = 2000;
  const CollectingSink sink = read_feed_file(feed, options);
  REQUIRE(sink.articles.size() == 501);
  CHECK(sink.articles[6].id.value == "7");
  CHECK(sink.articles[6].title.value == "No. 7");
  CHECK(sink.articles[6].source.value == "Café Post");
  CHECK(sink.articles[6].authors.value == std::vector<std::string>{"Zoë Ray"});
  CHECK_THAT(sink.articles[6].body, Contains("a"));
  CHECK(sink.articles[500].title.value == "Last");
  REQUIRE(sink.refusals.size() == 501);
  CHECK(sink.refusals[0].record == "item 2");
  CHECK(sink.refusals[0].reason == "no text");
  CHECK(sink.refusals[500].record == "item 1001");
  CHECK_THAT(sink.refusals[500].reason, Contains("longer than"));
  CHECK_THAT(
      refusal_of("a.xml", "<?xml version='1.0'?><nitf>" + std::string(5000, 'x'), options).reason,
      Contains("longer than"));
}

TEST_CASE("XML that is no news is refused by its root", "[corpus][feed]") {
  CHECK_THAT(refusal_of("a.xml", "<?xml version='1.0'?><project/>").reason, Contains("<project>"));
}
