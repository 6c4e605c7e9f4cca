// SPDX-License-Identifier: GPL-3.0-or-later
#include <catch2/catch.hpp>

#include "common/error.h"
#include "corpus/metadata/dateline.h"
#include "corpus/metadata/outlets.h"
#include "corpus/metadata/url_date.h"
#include "tests/unit/corpus_fixture.h"

using namespace dateline;
using namespace dateline::test;
using Catch::Matchers::Contains;

namespace {

const std::string story =
    "<p>The harbour of Halverton was closed on Friday after a storm, the port's master said.</p>"
    "<p>Two ferries were damaged, and the repairs will take until the end of the month, he "
    "added.</p>"
    "<p>Nobody was hurt, but some three hundred passengers spent the night in the sports hall.</p>";

Article page(const std::string& head, const std::string& body) {
  return read_one("page.html",
                  "<!doctype html><html><head>" + head + "</head><body>" + body + "</body></html>");
}

std::string json_ld(const std::string& json) {
  return "<script type=\"application/ld+json\">" + json + "</script>";
}

std::string meta(const std::string& name, const std::string& content) {
  return "<meta property=\"" + name + "\" content=\"" + content + "\">";
}

}  // namespace

TEST_CASE("a page's JSON-LD gives its article, also out of a graph", "[corpus][html]") {
  const Article a =
      page(json_ld(R"({"@context":"https://schema.org","@graph":[{"@type":"WebSite","name":"Shop"},
        {"@type":"Person","@id":"#ann","name":"Ann Lee"},
        {"@type":["NewsArticle"],"headline":"Storm shuts harbour &amp; port",
         "datePublished":"2023-03-17T16:05:00+01:00","dateModified":"2023-03-18",
         "author":[{"@id":"#ann"},{"@type":"Person","name":"Bo Ray"}],
         "publisher":{"@type":"Organization","name":"Halverton Courier"},
         "inLanguage":"en-GB","keywords":["storm","harbour"],
         "mainEntityOfPage":"https://courier.example/a"}]})"),
           "<h1>Storm shuts harbour &amp; port</h1>" + story);
  CHECK(a.title.value == "Storm shuts harbour & port");
  CHECK(a.title.from == Provenance::json_ld);
  CHECK(format_timestamp(a.published.value) == "2023-03-17T16:05:00+01:00");
  CHECK(a.published.from == Provenance::json_ld);
  CHECK(format_timestamp(a.modified.value) == "2023-03-18");
  CHECK(a.authors.value == std::vector<std::string>{"Ann Lee", "Bo Ray"});
  CHECK(a.source.value == "Halverton Courier");
  CHECK(a.language.value == "en");
  CHECK(a.topics.value == std::vector<std::string>{"storm", "harbour"});
  CHECK(a.url.value == "https://courier.example/a");
  CHECK_THAT(a.body, Contains("Two ferries were damaged"));
}

TEST_CASE("JSON-LD with the usual slips is mended, and beyond that said so", "[corpus][html]") {
  for (const std::string& script :
       {std::string("{\"@type\":\"NewsArticle\",\"headline\":\"Storm\nshuts harbour\",}"),
        std::string("<!--\n{\"@type\":\"NewsArticle\",\"headline\":\"Storm shuts harbour\"};\n-->"),
        std::string("//<![CDATA[\n{\"@type\":\"NewsArticle\",,\"headline\":\"Storm shuts "
                    "harbour\"}\n//]]>"),
        std::string("{\"@type\":\"WebSite\"}{\"@type\":\"NewsArticle\",\"headline\":\"Storm shuts "
                    "harbour\"}")}) {
    INFO(script);
    const Article a = page(json_ld(script), story);
    CHECK(a.title.value == "Storm shuts harbour");
  }
  const Article quoted =
      page(json_ld(R"({"@type":"NewsArticle","headline":"The "storm" shuts harbour","image":[]})"),
           story);
  CHECK(quoted.title.value == "The \"storm\" shuts harbour");
  const Article hopeless = page(json_ld("{\"@type\": NewsArticle oops"), "<h1>Storm</h1>" + story);
  CHECK(hopeless.title.value == "Storm");
}

TEST_CASE("meta tags, microdata, time elements and addresses speak where JSON-LD does not",
          "[corpus][html]") {
  const Article a = page(meta("og:title", "Storm shuts harbour | Halverton Courier") +
                             meta("og:site_name", "Halverton Courier") +
                             meta("article:published_time", "2023-03-17T16:05:00Z") +
                             meta("author", "Von Ann Lee und Bo Ray") +
                             meta("og:url", "https://courier.example/x"),
                         "<h1>Storm shuts harbour</h1>" + story);
  CHECK(a.title.value == "Storm shuts harbour");
  CHECK(a.title.from == Provenance::meta_tags);
  CHECK(format_timestamp(a.published.value) == "2023-03-17T16:05:00+00:00");
  CHECK(a.authors.value == std::vector<std::string>{"Ann Lee", "Bo Ray"});

  const Article micro = page("",
                             "<div itemscope itemtype=\"https://schema.org/NewsArticle\">"
                             "<h1 itemprop=\"headline\">Storm shuts harbour</h1>"
                             "<span itemprop=\"author\"><b itemprop=\"name\">Ann Lee</b></span>"
                             "<meta itemprop=\"datePublished\" content=\"2023-03-17\">" +
                                 story + "</div>");
  CHECK(micro.published.from == Provenance::microdata);
  CHECK(micro.authors.value == std::vector<std::string>{"Ann Lee"});

  const Article timed =
      page("", "<h1>Storm</h1><time datetime=\"2023-03-17T09:00\">today</time>" + story);
  CHECK(timed.published.from == Provenance::page);
  CHECK(format_timestamp(timed.published.value) == "2023-03-17T09:00:00");

  const Article addressed =
      page("<link rel=\"canonical\" href=\"https://www.courier.example/2023/03/17/storm\">", story);
  CHECK(addressed.published.from == Provenance::url);
  CHECK(format_timestamp(addressed.published.value) == "2023-03-17");
  CHECK(addressed.source.value == "courier.example");
  CHECK(addressed.source.from == Provenance::url);
}

TEST_CASE("a page that states nothing still gives a title and a body", "[corpus][html]") {
  const Article a = page("<title>Storm shuts harbour</title>", story);
  CHECK(a.title.value == "Storm shuts harbour");
  CHECK_THAT(a.body, Contains("Nobody was hurt"));
  CHECK_FALSE(a.published);
  CHECK_FALSE(a.source);
}

TEST_CASE("navigation, teasers, banners and comments are no part of the body", "[corpus][html]") {
  const std::string teaser =
      "<p>Another story altogether is told on another page, and here is only its first "
      "sentence.</p>";
  const Article a = page(
      "",
      "<nav><ul><li><a href=/>Home</a></li><li><a href=/s>Sport</a></li></ul></nav>"
      "<div class=\"cookie-banner\"><p>We use cookies to improve what you see here, "
      "friend.</p></div>"
      "<main><h1>Storm shuts harbour</h1><p class=\"standfirst\">Ferries stay in port.</p>" +
          story +
          "<figure><img src=x><figcaption>A wave breaks over the mole. Photo: B. Ray</figcaption>"
          "</figure><div class=\"share-tools\"><a href=#>Share this</a></div></main>"
          "<section class=\"related-stories\">" +
          teaser +
          "</section><div id=\"comments\"><p>First! I was there and saw it all myself, "
          "what a night it was.</p></div><footer><p>All rights of this page are reserved "
          "by its publisher.</p></footer>");
  CHECK_THAT(a.body, Contains("The harbour of Halverton"));
  CHECK_THAT(a.body, Contains("three hundred passengers"));
  for (const char* foreign : {"Sport", "cookies", "wave breaks", "Share", "Another story", "First!",
                              "rights", "Storm shuts harbour"})
    CHECK_THAT(a.body, !Contains(foreign));
}

TEST_CASE("an element that holds the story is no furniture in spite of its name",
          "[corpus][html]") {
  const Article a = page("", "<div class=\"paywall-teaser share\">" + story + "</div>");
  CHECK_THAT(a.body, Contains("Two ferries were damaged"));
}

TEST_CASE("the date of a page is refused with a reason, not guessed", "[corpus][html]") {
  const Article a = page(meta("article:published_time", "2923-03-17"), story);
  CHECK_FALSE(a.published);
  REQUIRE_FALSE(a.notes.empty());
  CHECK_THAT(a.notes.front(), Contains("2923-03-17"));
}

TEST_CASE("a page in another encoding is read by what it declares", "[corpus][html]") {
  const Article a =
      read_one("page.html",
               "<html><head><meta charset=\"iso-8859-2\"></head><body><h1>\xA3\xF3\x64\xBC</h1>" +
                   story + "</body></html>");
  CHECK(a.title.value == "Łódź");
}

TEST_CASE("the text decides the language where the template states another", "[corpus][html]") {
  const std::string german =
      "<p>Der Hafen von Halverton wurde am Freitag nach einem schweren Sturm geschlossen, sagte "
      "der "
      "Hafenmeister am Abend.</p><p>Zwei Fähren wurden beschädigt, und die Reparaturen werden wohl "
      "noch bis zum Ende des Monats dauern, fügte er hinzu.</p><p>Verletzt wurde niemand, aber "
      "etwa "
      "dreihundert Reisende verbrachten die Nacht in der Sporthalle der Stadt.</p>";
  const Article a = read_one("page.html", "<html lang=\"en\"><body>" + german + "</body></html>");
  CHECK(a.language.value == "de");
  CHECK(a.language.from == Provenance::detected);
}

TEST_CASE("hostile pages are read or refused within bounds", "[corpus][html]") {
  std::string deep;
  for (int i = 0; i < 100'000; ++i) deep += "<div>";
  CHECK_NOTHROW(read_one("deep.html", "<html><body>" + story + deep + "x"));
  std::string nested(50'000, '[');
  CHECK_NOTHROW(page(json_ld(nested), story));
  CHECK_NOTHROW(page(json_ld("{\"@type\":\"NewsArticle\",\"author\":" + nested), story));
  const Article escape = page("<title>a\x1b[31mred</title>", story);
  CHECK(escape.title.value == "a[31mred");
}

TEST_CASE("every truncation of a page is survived", "[corpus][html]") {
  const std::string whole = "<html><head>" +
                            json_ld("{\"@type\":\"NewsArticle\",\"headline\":\"T\"}") +
                            meta("og:title", "T") + "</head><body><h1>T</h1>" + story;
  for (std::size_t length = 1; length < whole.size(); length += 3) {
    const TempDir folder;
    folder.write("page.html", whole.substr(0, length));
    const CollectingSink sink = read_all(folder.path());
    CHECK(sink.articles.size() + sink.refusals.size() == 1);
  }
}

TEST_CASE("one outlet under several spellings has one name", "[corpus][outlets]") {
  const OutletNames outlets;
  for (const char* spelling : {"nytimes.com", "www.nytimes.com", "New York Times - News",
                               "The New York Times", "new york times", "https://www.nytimes.com/",
                               "New York Times (Online News)", "New York Times - Opinion"})
    CHECK(outlets.name_of(spelling, "") == "The New York Times");
  CHECK(outlets.name_of("TheBlaze.com", "") == "The Blaze");
  CHECK(outlets.name_of("CNN (Web News)", "") == "CNN");
  CHECK(outlets.name_of("Deutsche Presse-Agentur GmbH", "") == "dpa");
}

TEST_CASE("an outlet that no table knows keeps its name, without what is none of it",
          "[corpus][outlets]") {
  const OutletNames outlets;
  CHECK(outlets.name_of("Halverton Courier - News", "") == "Halverton Courier");
  CHECK(outlets.name_of("The Halverton Courier", "") == "The Halverton Courier");
  CHECK(outlets.name_of("www.Halverton.example", "") == "halverton.example");
  CHECK(outlets.name_of("Wire", "") == "Wire");
  CHECK(outlets.name_of("Halverton Media Ltd", "") == "Halverton Media Ltd");
}

TEST_CASE("the address decides between outlets of one name", "[corpus][outlets]") {
  const OutletNames outlets;
  CHECK(outlets.name_of("ABC News", "https://www.abc.net.au/news/1") == "ABC News");
  CHECK(outlets.name_of_site("https://www.abc.net.au/news/1") == "ABC News (Australia)");
  CHECK(outlets.name_of_site("https://news.bbc.co.uk/2/hi") == "BBC News");
  CHECK(outlets.name_of_site("https://unheard-of.example/") == "");
}

TEST_CASE("a user's own table of source names wins", "[corpus][outlets]") {
  const TempDir folder;
  const auto file = folder.write("own.tsv",
                                 "# ours\nThe Courier\tHalverton Courier\tcourier.example\n"
                                 "NYT\tThe New York Times\n");
  const OutletNames outlets(file);
  CHECK(outlets.name_of("halverton courier", "") == "The Courier");
  CHECK(outlets.name_of("www.courier.example", "") == "The Courier");
  CHECK(outlets.name_of("New York Times", "") == "NYT");
  CHECK(outlets.name_of("BBC", "") == "BBC News");
  CHECK_THROWS_AS(OutletNames(folder.path() / "missing.tsv"), Error);
  CHECK_THROWS_AS(OutletNames(folder.write("bad.tsv", "\talias\n")), Error);
}

TEST_CASE("addresses tell dates only where they are beyond doubt", "[corpus][html]") {
  const Day latest = latest_plausible_day();
  const auto day = [&](const char* url) {
    const auto found = date_in_url(url, latest);
    return found ? format_day(*found) : std::string();
  };
  CHECK(day("https://e.org/2023/03/17/storm") == "2023-03-17");
  CHECK(day("https://e.org/world/2023/mar/17/storm") == "2023-03-17");
  CHECK(day("https://e.org/a/2023-03-17-storm.html") == "2023-03-17");
  CHECK(day("https://e.org/a/20230317/storm") == "2023-03-17");
  CHECK(day("https://e.org/2023/13/17/storm") == "");
  CHECK(day("https://e.org/12345678") == "");
  CHECK(day("https://e.org/story?date=2023-03-17") == "");
}

TEST_CASE("a headline keeps its second half where that only holds the site's name",
          "[corpus][html]") {
  const auto titled = [](const std::string& site, const std::string& title) {
    return page(meta("og:site_name", site) + meta("og:title", title), story).title.value;
  };
  CHECK(titled("TIME", "War in Gaza - this time it is different") ==
        "War in Gaza - this time it is different");
  CHECK(titled("Metro", "Storm hits London - Metro lines closed") ==
        "Storm hits London - Metro lines closed");
  CHECK(titled("The Washington Post", "Shutdown looms - Washington") ==
        "Shutdown looms - Washington");
  CHECK(titled("Forbes", "Forbes 400 list: who is new") == "Forbes 400 list: who is new");
  CHECK(titled("Courier", "Storm shuts harbour - Courier") == "Storm shuts harbour");
  CHECK(titled("Courier", "Storm shuts harbour | The Halverton Courier") == "Storm shuts harbour");
}

TEST_CASE("a page may leave its head and body tags out", "[corpus][html]") {
  const Article a =
      read_one("page.html", "<title>Storm shuts harbour</title><main>" + story + "</main>");
  CHECK(a.title.value == "Storm shuts harbour");
  CHECK_THAT(a.body, Contains("Two ferries were damaged") && !Contains("Storm shuts"));
}

TEST_CASE("what a page hides is no part of the body, however it is written", "[corpus][html]") {
  for (const char* style : {"DISPLAY: NONE", "visibility:hidden", "color:red; display : none"}) {
    const Article a = page("", story + "<p style=\"" + style +
                                   "\">This sentence is hidden from all readers of the page.</p>");
    CHECK_THAT(a.body, Contains("Two ferries") && !Contains("hidden from all"));
  }
}

TEST_CASE("a dateline gives place and agency, and other beginnings do not", "[corpus][html]") {
  const OutletNames outlets;
  const auto read = [&](const char* text) {
    const Dateline dateline = read_dateline(text, outlets);
    return dateline.place + "|" + dateline.source;
  };
  CHECK(read("MOSCOW (Reuters) - Xi arrived.") == "Moscow|Reuters");
  CHECK(read("NEW YORK, March 17 (AP) — Xi arrived.") == "New York|AP");
  CHECK(read("HALVERTON, Oct. 6, 2022 (Northern Wire) - The mayor spoke.") ==
        "Halverton|Northern Wire");
  CHECK(read("КИЕВ, 12 мая (Reuters) - Text.") == "Киев|Reuters");
  CHECK(read("(Reuters) - Xi arrived.") == "|Reuters");
  for (const char* text :
       {"Apple (AAPL) - The company said it would.", "The Fed (FED) - It raised its rate.",
        "International Business Machines (IBM) shares fell.", "EXCLUSIVE - Xi arrived.",
        "OPINION — Xi arrived.", "Он сказал — мы победим.", "岸田首相は – 述べた。",
        "World Health Organization (WHO) - It warned."})
    CHECK(read(text) == "|");
}

TEST_CASE("names are told from bylines in many scripts", "[corpus][html]") {
  const auto authors = [](const std::string& written) {
    return page(meta("author", written), story).authors.value;
  };
  using Names = std::vector<std::string>;
  CHECK(authors("De Niro Robert") == Names{"De Niro Robert"});
  CHECK(authors("陈小明、李四") == Names{"陈小明", "李四"});
  CHECK(authors("Von Ann Lee") == Names{"Ann Lee"});
  CHECK(authors("12345") == Names{});
}

TEST_CASE("hostile pages take time and memory in proportion to their size", "[corpus][html]") {
  std::string marks = "a";
  for (int i = 0; i < 100'000; ++i) marks += "\u0301\u0323";
  CHECK_NOTHROW(page("", story + "<p>" + marks));
  std::string topics;
  for (int i = 0; i < 100'000; ++i) topics += "kw " + std::to_string(i) + ",";
  CHECK(page("<meta name=\"keywords\" content=\"" + topics + "\">", story).topics.value.size() ==
        1000);
  std::string tag = "<div";
  for (int i = 0; i < 50'000; ++i) tag += " a" + std::to_string(i) + "=1";
  const TempDir folder;
  folder.write("page.html", "<html><body>" + story + tag + ">x</div>");
  CHECK(read_all(folder.path()).refusals.size() == 1);
  std::string nested;
  for (int i = 0; i < 200; ++i) nested += "<div itemprop=\"headline publisher datePublished\">";
  CHECK_NOTHROW(page("", nested + std::string(1'000'000, 'x')));
}
