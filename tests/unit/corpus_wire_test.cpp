// SPDX-License-Identifier: GPL-3.0-or-later
#include <catch2/catch.hpp>

#include "tests/unit/corpus_fixture.h"

using namespace dateline;
using namespace dateline::test;
using Catch::Matchers::Contains;

namespace {

struct G2Parts {
  std::string item_meta, content_meta, content;
};

std::string g2_item(const G2Parts& parts, const std::string& guid = "urn:e:1") {
  return "<newsItem xmlns='http://iptc.org/std/nar/2006-10-01/' guid='" + guid +
         "' xml:lang='en-GB'><rightsInfo><copyrightHolder literal='Holder Ltd'/></rightsInfo>"
         "<itemMeta>" +
         parts.item_meta + "</itemMeta><contentMeta>" + parts.content_meta +
         "</contentMeta><contentSet>" + parts.content + "</contentSet></newsItem>";
}

std::string inline_body(const std::string& body) {
  return "<inlineXML><html xmlns='http://www.w3.org/1999/xhtml'><head><title>x</title></head>"
         "<body>" +
         body + "</body></html></inlineXML>";
}

CollectingSink read_file(const std::string& name, const std::string& content,
                         ReadOptions options = {}) {
  const TempDir folder;
  folder.write(name, content);
  return read_all(folder.path(), std::move(options));
}

std::vector<std::string> names(const Article& article, EntityType type) {
  std::vector<std::string> found;
  for (const GivenEntity& entity : article.entities)
    if (entity.type == type) found.push_back(entity.name);
  return found;
}

using Strings = std::vector<std::string>;

}  // namespace

TEST_CASE("a NewsML-G2 item is an article", "[corpus][wire]") {
  const Article article = read_one(
      "item.xml",
      g2_item({"<itemClass qcode='ninat:text'/><provider qcode='p:1'><name>North Wire</name>"
               "</provider><versionCreated>2021-05-02T10:00:00+02:00</versionCreated>"
               "<firstCreated>2021-05-01T09:00:00+02:00</firstCreated>",
               "<located><name>Orle</name></located><by>By Ann Lee, North Wire</by>"
               "<subject type='cpnat:abstract' qcode='m:1'><name xml:lang='de'>Verkehr</name>"
               "<name xml:lang='en'>traffic</name></subject>"
               "<subject type='cpnat:person' qcode='w:7'/><subject type='cpnat:organisation'>"
               "<name>Orle Ferries</name></subject><subject qcode='m:04000000'/>"
               "<slugline>FERRY</slugline><headline>Ferry runs again</headline>"
               "<headline role='h:subHeadline'>After two weeks</headline>",
               inline_body("<header><h1>Ferry runs again</h1></header><p>By Ann Lee</p>"
                           "<p>The <Company>Orle</Company> ferry runs.</p><p>Daily.</p>")}) +
          "");
  CHECK(article.record.empty());
  CHECK(article.id.value == "urn:e:1");
  CHECK(article.title.value == "Ferry runs again");
  CHECK(article.deck.value == "After two weeks");
  CHECK(article.source.value == "North Wire");
  CHECK(format_timestamp(article.published.value) == "2021-05-01T09:00:00+02:00");
  CHECK(format_timestamp(article.modified.value) == "2021-05-02T10:00:00+02:00");
  CHECK(article.authors.value == Strings{"Ann Lee"});
  CHECK(article.language.value == "en");
  CHECK(article.topics.value == Strings{"traffic"});
  CHECK(names(article, EntityType::org) == Strings{"Orle Ferries"});
  CHECK(names(article, EntityType::place) == Strings{"Orle"});
  CHECK(article.body == "The Orle ferry runs.\n\nDaily.");
  CHECK(article.notes.empty());
}

TEST_CASE("text that an agency escaped twice, or gave no paragraphs, is read as it was meant",
          "[corpus][wire]") {
  const auto body_of = [](const std::string& body) {
    return read_one("a.xml", g2_item({"", "<headline>T</headline>", inline_body(body)})).body;
  };
  CHECK(body_of("<p>At 4 o&amp;#39;clock, &amp;quot;all&amp;quot; &amp; more</p>") ==
        "At 4 o'clock, \"all\" & more");
  CHECK(body_of("Results\n\nOrle 2 Lanz 0\nHarbour 1 Bay 1\n") ==
        "Results\n\nOrle 2 Lanz 0\n\nHarbour 1 Bay 1");
  CHECK(body_of("<p>Standings\nOrle     2  Lanz  0\nHarbour  1  Bay   1\n-----\nNorth    3  West  3"
                "\nEast     0  Lea   4</p>") ==
        "Standings\n\nOrle 2 Lanz 0\n\nHarbour 1 Bay 1\n\nNorth 3 West 3\n\nEast 0 Lea 4");
}

TEST_CASE("a name that a NewsML-G2 subject lacks is taken from what is asserted",
          "[corpus][wire]") {
  std::string item =
      g2_item({"", "<subject type='cpnat:person' qcode='w:7'/><headline>T</headline>",
               inline_body("<p>a</p>")});
  const std::string end = "</newsItem>";
  item.replace(item.find(end), end.size(),
               "<assert qcode='w:7'><name>Bo Ray</name></assert></newsItem>");
  const Article article = read_one("item.xml", item);
  CHECK(names(article, EntityType::person) == Strings{"Bo Ray"});
  CHECK(article.source.value == "Holder Ltd");
}

TEST_CASE("a NewsML-G2 item without a headline has that of its text", "[corpus][wire]") {
  CHECK(read_one("a.xml",
                 g2_item({"", "<slugline>S</slugline>", inline_body("<h1>Head</h1><p>Text.</p>")}))
            .title.value == "Head");
  const Article slug = read_one("a.xml", g2_item({"", "<slugline>S-1</slugline>", ""}));
  CHECK(slug.title.value == "S-1");
  CHECK_THAT(slug.notes.at(0), Contains("slugline"));
}

TEST_CASE("of a NewsML-G2 message the texts are read and the rest refused by what it is",
          "[corpus][wire]") {
  const std::string text = g2_item({"", "<headline>T</headline>", inline_body("<p>a</p>")});
  const auto refused = [](const std::string& meta) {
    return g2_item({meta, "<headline>T</headline>", ""}, "x");
  };
  const CollectingSink sink = read_file(
      "message.xml", "<newsMessage><header/><itemSet>" + text + text +
                         refused("<itemClass qcode='ninat:picture'/>") +
                         refused("<itemClass qcode='icls:video'/>") +
                         refused("<pubStatus qcode='stat:canceled'/>") +
                         refused("<pubStatus qcode='stat:withheld'/>") +
                         "<packageItem guid='p'/><conceptItem guid='c'/></itemSet></newsMessage>");
  REQUIRE(sink.articles.size() == 2);
  CHECK(sink.articles[0].record == "urn:e:1");
  CHECK(sink.articles[1].record == "urn:e:1 (item 2)");
  Strings reasons;
  for (const Refusal& refusal : sink.refusals) reasons.push_back(refusal.reason);
  CHECK(reasons == Strings{"a picture, not text", "a video, not text", "canceled by its publisher",
                           "withheld by its publisher", "a package of items, not text",
                           "a concept, not text"});
  CHECK(sink.refusals[0].record == "item 3");
}

TEST_CASE("an embargo dates a story, and keeps one back that it still covers", "[corpus][wire]") {
  const auto embargoed = [](const std::string& until) {
    return g2_item({"<versionCreated>2021-05-01T10:00:00Z</versionCreated><embargoed>" + until +
                        "</embargoed>",
                    "<headline>T</headline>", inline_body("<p>a</p>")});
  };
  const Article article = read_one("a.xml", embargoed("2021-05-03T00:01:00Z"));
  CHECK(format_timestamp(article.published.value) == "2021-05-03T00:01:00+00:00");
  CHECK(article.notes == Strings{"embargoed until 2021-05-03T00:01:00+00:00"});
  CHECK(format_day(read_one("a.xml", embargoed("2021-04-30T00:01:00Z")).published.value.day) ==
        "2021-05-01");
  CHECK_THAT(refusal_of("a.xml", embargoed("2999-01-01T00:00:00Z")).reason,
             Contains("embargoed until 2999-01-01"));
}

TEST_CASE("a NITF document is an article", "[corpus][wire]") {
  const Article article = read_one(
      "a.nitf",
      "<nitf><head><title>Slug</title><tobject><tobject.subject tobject.subject.type='Health'"
      " tobject.subject.matter='Nursing'/></tobject><docdata><doc-id id-string='n-1'/>"
      "<date.issue norm='20210501T090000+0200'/><date.release norm='YYYYMMDD'/>"
      "<key-list><keyword key='wards'/></key-list><doc.copyright holder='Wire. All rights"
      " reserved.'/><identified-content><org>Orle Clinic</org><location>Orle</location>"
      "</identified-content></docdata></head><body><body.head><hedline><hl1>Ward opens</hl1>"
      "<hl2>Beds for forty</hl2></hedline><byline>By <person>Ann Lee</person>"
      "<byttl>Staff</byttl></byline><distributor>North Wire</distributor></body.head>"
      "<body.content><block><p>It opened.</p><hl2>Cost</hl2><p>In <person>Bo Ray</person>'s"
      " view, much.</p><media><media-caption>A bed</media-caption></media><table><tr><td>Beds"
      "</td><td>40</td></tr></table></block></body.content></body></nitf>");
  CHECK(article.id.value == "n-1");
  CHECK(article.title.value == "Ward opens");
  CHECK(article.deck.value == "Beds for forty");
  CHECK(article.authors.value == Strings{"Ann Lee"});
  CHECK(article.source.value == "North Wire");
  CHECK(format_timestamp(article.published.value) == "2021-05-01T09:00:00+02:00");
  CHECK(article.topics.value == Strings{"Health", "Nursing", "wards"});
  CHECK(names(article, EntityType::org) == Strings{"Orle Clinic"});
  CHECK(names(article, EntityType::person) == Strings{"Bo Ray"});
  CHECK(article.body == "It opened.\n\nCost\n\nIn Bo Ray's view, much.\n\nBeds | 40");
}

TEST_CASE("NITF keeps wrapped lines together and a repeated lead once", "[corpus][wire]") {
  const auto body_of = [](const std::string& content) {
    return read_one("a.xml",
                    "<nitf><body><body.head><hedline><hl1>T</hl1></hedline></body.head>"
                    "<body.content>" +
                        content + "</body.content></body></nitf>")
        .body;
  };
  CHECK(body_of("<p>The first of the lines was filled up to its very <br/>end.</p>") ==
        "The first of the lines was filled up to its very end.");
  CHECK(body_of("<block class='lead_paragraph'><p>a</p></block><block class='full_text'><p>a</p>"
                "<p>b</p></block>") == "a\n\nb");
}

TEST_CASE("a NewsML 1 item is an article, its pictures are none", "[corpus][wire]") {
  const auto news_item = [](const std::string& components) {
    return "<NewsItem><Identification><NewsIdentifier><ProviderId>e.org</ProviderId>"
           "<PublicIdentifier>urn:e:" +
           std::to_string(components.size()) +
           "</PublicIdentifier></NewsIdentifier></Identification><NewsManagement>"
           "<FirstCreated>20050601T080000+0000</FirstCreated><ThisRevisionCreated>"
           "20050602T080000+0000</ThisRevisionCreated><Status FormalName='Usable'/>"
           "</NewsManagement>" +
           components + "</NewsItem>";
  };
  const std::string story =
      "<NewsComponent><NewsLines><HeadLine>Port grows</HeadLine><ByLine>By Ann Lee</ByLine>"
      "</NewsLines><AdministrativeMetadata><Provider><Party FormalName='North Wire'/></Provider>"
      "</AdministrativeMetadata><DescriptiveMetadata><Language FormalName='en'/><Location>"
      "<Property FormalName='City' Value='Orle'/></Location></DescriptiveMetadata>"
      "<NewsComponent><Role FormalName='Photo'/><NewsLines><HeadLine>A crane</HeadLine></NewsLines>"
      "</NewsComponent><NewsComponent><Role FormalName='Main'/><ContentItem><DataContent>"
      "<html><body><p>It grows.</p><p>Much.</p></body></html></DataContent></ContentItem>"
      "</NewsComponent></NewsComponent>";
  const std::string picture =
      "<NewsComponent><ContentItem Href='a.jpg'><MediaType FormalName='Photo'/></ContentItem>"
      "</NewsComponent>";
  const CollectingSink sink =
      read_file("a.xml",
                "<NewsML><NewsEnvelope><DateAndTime>20050603T080000+0000</DateAndTime>"
                "</NewsEnvelope>" +
                    news_item(story) + news_item(picture) + "</NewsML>");
  REQUIRE(sink.articles.size() == 1);
  const Article& article = sink.articles[0];
  CHECK(article.title.value == "Port grows");
  CHECK(article.source.value == "North Wire");
  CHECK(article.authors.value == Strings{"Ann Lee"});
  CHECK(format_day(article.published.value.day) == "2005-06-01");
  CHECK(format_day(article.modified.value.day) == "2005-06-02");
  CHECK(article.language.value == "en");
  CHECK(names(article, EntityType::place) == Strings{"Orle"});
  CHECK(article.body == "It grows.\n\nMuch.");
  REQUIRE(sink.refusals.size() == 1);
  CHECK(sink.refusals[0].reason == "a picture, not text");
}

TEST_CASE("a ninjs item is an article in all its versions", "[corpus][wire]") {
  const Article first = read_one(
      "a.json", R"({"uri": "https://e.org/n/1", "type": "text", "pubstatus": "usable",)"
                R"( "versioncreated": "2021-05-02T10:00:00Z", "firstcreated":)"
                R"( "2021-05-01T10:00:00Z", "byline": "Ann Lee", "headline": "Ward opens",)"
                R"( "copyrightnotice": "Copyright 2021 North Wire. All rights reserved.",)"
                R"( "person": [{"name": "Bo Ray"}], "place": [{"name": "Orle"}],)"
                R"( "subject": [{"code": "1", "name": "health"}], "language": "en",)"
                R"( "body_text": "flat", "body_xhtml": "<p>It &amp; that.</p><p>Two.</p>"})");
  CHECK(first.id.value == "https://e.org/n/1");
  CHECK(first.title.value == "Ward opens");
  CHECK(first.source.value == "North Wire");
  CHECK(format_day(first.published.value.day) == "2021-05-01");
  CHECK(format_day(first.modified.value.day) == "2021-05-02");
  CHECK(first.authors.value == Strings{"Ann Lee"});
  CHECK(first.topics.value == Strings{"health"});
  CHECK(names(first, EntityType::person) == Strings{"Bo Ray"});
  CHECK(first.body == "It & that.\n\nTwo.");
  const Article third = read_one(
      "a.json", R"({"uri": "urn:e:3", "versionCreated": "2021-05-02T10:00:00Z", "by": "Von Ann)"
                R"( Lee, north", "headlines": [{"role": "sub", "value": "S"}, {"role": "main",)"
                R"( "value": "Main"}], "infoSources": [{"name": "north"}], "bodies": [{"role":)"
                R"( "text", "contentType": "text/plain", "value": "flat"}, {"contentType":)"
                R"( "text/html", "value": "<section><p>One.</p><p>Two.</p></section>"}]})");
  CHECK(third.title.value == "Main");
  CHECK(third.source.value == "north");
  CHECK(third.authors.value == Strings{"Ann Lee"});
  CHECK(format_day(third.published.value.day) == "2021-05-02");
  CHECK(third.body == "One.\n\nTwo.");
}

TEST_CASE("ninjs that is no text to publish is refused by what it is", "[corpus][wire]") {
  const CollectingSink sink = read_file(
      "a.json",
      R"([{"uri": "1", "type": "picture", "versioncreated": "2021-05-02", "headline": "T"},)"
      R"( {"uri": "2", "type": "text", "pubstatus": "canceled", "headline": "T"},)"
      R"( {"uri": "3", "pubstatus": "usable", "embargoed": "2999-01-01T00:00:00Z", "headline":)"
      R"( "T"}, {"uri": "4", "pubstatus": "usable", "headline": "T", "body_html": "<p>a</p>"}])");
  REQUIRE(sink.articles.size() == 1);
  CHECK(sink.articles[0].record == "4");
  REQUIRE(sink.refusals.size() == 3);
  CHECK(sink.refusals[0].reason == "a picture, not text");
  CHECK(sink.refusals[0].record == "item 1");
  CHECK(sink.refusals[1].reason == "canceled by its publisher");
  CHECK_THAT(sink.refusals[2].reason, Contains("embargoed until 2999"));
}

TEST_CASE("a wire document cut off anywhere is read or refused", "[corpus][wire]") {
  const std::string whole = g2_item({"<provider literal='W'/>", "<headline>T &amp; U</headline>",
                                     inline_body("<p>One.</p><table><tr><td>a</td></tr></table>")});
  for (std::size_t size = 1; size < whole.size(); ++size) {
    const CollectingSink sink = read_file("a.xml", whole.substr(0, size));
    CHECK(sink.articles.size() + sink.refusals.size() == 1);
  }
}
