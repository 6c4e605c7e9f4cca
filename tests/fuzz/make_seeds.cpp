// SPDX-License-Identifier: GPL-3.0-or-later
// make_seeds FOLDER: writes small valid inputs for every fuzz target, one folder each. What the
// product writes itself is written by it: the files of an index, stored articles. The rest is
// composed here: articles in every format that --list-formats names, and the files of users.
#include <archive.h>
#include <archive_entry.h>

#include <cstdio>
#include <filesystem>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "common/article.h"
#include "common/index/column_file.h"
#include "common/index/stored_article.h"
#include "tests/fuzz/small_index.h"
#include "tests/support/column_bytes.h"
#include "tests/support/temp_dir.h"

namespace {

using namespace dateline;

using Seed = std::pair<const char*, std::string>;  ///< name and bytes

void put(const std::filesystem::path& out, std::string_view target,
         const std::vector<Seed>& seeds) {
  std::filesystem::create_directories(out / target);
  for (const auto& [name, bytes] : seeds) test::write_bytes(out / target / name, bytes);
}

// --- articles ------------------------------------------------------------------------------------

const std::string plain = R"(---
title: Storm shuts harbour
date: 2023-03-17
source: Example Courier
---
HALVERTON, March 17 (Northern Wire) - The harbour was closed on Friday.

By Ann Lee and Bo Ray

Two ferries were damaged.

Source: Northern Wire and news agencies

Leave a Comment
)";

const std::string page = R"(<!doctype html><html lang="en"><head><meta charset="utf-8">
<title>Storm | Courier</title><meta property="og:title" content="Storm shuts harbour">
<link rel="canonical" href="https://courier.example/2023/03/17/storm">
<script type="application/ld+json">{"@graph":[{"@type":"NewsArticle","headline":"Storm",
"datePublished":"2023-03-17T10:00:00+01:00","author":{"@id":"#a"}},{"@id":"#a","name":"Ann Lee"}]}</script>
</head><body><nav><a href="/">Home</a></nav><article itemscope itemtype="https://schema.org/NewsArticle">
<h1 itemprop="headline">Storm shuts harbour</h1><p class="byline">By Ann Lee</p>
<p>The harbour of Halverton was closed on Friday, the port&#8217;s master said.</p>
<table><tr><td>Ferries</td><td>2</td></tr></table><ul><li>One</li></ul></article>
<div class="related"><p>Another story.</p></div></body></html>)";

const std::string page_in_utf16 = [] {
  std::string wide = "\xFF\xFE";
  for (const char c : std::string("<html><title>Storm</title><p>The harbour was closed.</p>")) {
    wide += c;
    wide += '\0';
  }
  return wide;
}();

const std::string json =
    R"({"articles":[{"id":7,"headline":{"main":"Storm"},"text":["One.","Two."],"date":"17 March 2023","authors":[{"name":"Ann Lee"}]},{"type":"text","uri":"urn:1","headline":"N","body_html":"<p>x</p>","versioncreated":"2023-03-17T10:00:00Z"}]})";
const std::string ninjs =
    R"({"uri":"urn:2","type":"text","standard":{"name":"ninjs","version":"3.0"},"headlines":[{"role":"main","value":"Storm"}],"bodies":[{"role":"main","contentType":"text/html","value":"<p>The harbour was closed.</p>"}],"by":"Ann Lee","people":[{"name":"Bo Ray"}],"versionCreated":"2023-03-17T10:00:00Z"})";
const std::string json_lines =
    "{\"id\":1,\"title\":\"Storm\",\"text\":\"The harbour was closed.\",\"date\":\"2023-03-17\"}\n"
    "{'id':2,'title':'Rain','text':'A second \\u00e9dition',}\n{\"id\":3,\"te";
const std::string csv =
    "id,title,text,date\n1,Storm,\"The harbour\nwas \"\"closed\"\".\",2023-03-17\n2,,,\n";
const std::string tsv = "id\ttitle\ttext\n1\tStorm\tThe harbour was closed.\n";

const std::string rss =
    R"(<?xml version="1.0"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>Courier</title><item><title>Storm &amp; rain</title><link>https://courier.example/1</link><pubDate>Fri, 17 Mar 2023 10:00:00 +0100</pubDate><content:encoded><![CDATA[<p>The harbour.</p>]]></content:encoded></item></channel></rss>)";
const std::string rdf =
    R"(<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel rdf:about="c"><title>Courier</title></channel><item rdf:about="i"><title>Storm</title><description>The harbour.</description><dc:date>2023-03-17</dc:date><dc:creator>Ann Lee</dc:creator></item></rdf:RDF>)";
const std::string atom =
    R"(<feed xmlns="http://www.w3.org/2005/Atom"><title>Courier</title><entry><title type="html">&lt;b&gt;Storm&lt;/b&gt;</title><id>urn:1</id><updated>2023-03-17T10:00:00Z</updated><content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>x</p></div></content></entry></feed>)";
const std::string wordpress =
    R"(<rss version="2.0" xmlns:wp="http://wordpress.org/export/1.2/" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>Courier</title><wp:wxr_version>1.2</wp:wxr_version><wp:author><wp:author_login>al</wp:author_login><wp:author_display_name>Ann Lee</wp:author_display_name></wp:author><item><title>Storm</title><dc:creator>al</dc:creator><content:encoded><![CDATA[<p>The harbour.</p>[caption]x[/caption]]]></content:encoded><wp:post_id>1</wp:post_id><wp:post_date>2023-03-17 10:00:00</wp:post_date><wp:post_type>post</wp:post_type><wp:status>publish</wp:status><category domain="post_tag" nicename="w">Weather</category></item></channel></rss>)";
const std::string newsml_g2 =
    R"(<newsMessage xmlns="http://iptc.org/std/nar/2006-10-01/"><itemSet><newsItem guid="urn:1" version="1"><itemMeta><itemClass qcode="ninat:text"/><provider literal="Northern Wire"/><versionCreated>2023-03-17T10:00:00Z</versionCreated></itemMeta><contentMeta><headline>Storm</headline><subject type="cpnat:person"><name>Ann Lee</name></subject></contentMeta><contentSet><inlineXML contenttype="application/xhtml+xml"><html><body><p>The harbour.</p></body></html></inlineXML></contentSet></newsItem></itemSet></newsMessage>)";
const std::string newsml_1 =
    R"(<NewsML><NewsEnvelope><DateAndTime>20230317T100000Z</DateAndTime></NewsEnvelope><NewsItem><Identification><NewsIdentifier><ProviderId>wire.example</ProviderId><NewsItemId>1</NewsItemId></NewsIdentifier></Identification><NewsManagement><FirstCreated>20230317T100000Z</FirstCreated></NewsManagement><NewsComponent><NewsLines><HeadLine>Storm</HeadLine><ByLine>By Ann Lee</ByLine></NewsLines><ContentItem><DataContent><p>The harbour.</p></DataContent></ContentItem></NewsComponent></NewsItem></NewsML>)";
const std::string nitf =
    R"(<nitf><head><title>Storm</title><docdata><date.issue norm="20230317T100000+0100"/></docdata></head><body><body.head><hedline><hl1>Storm</hl1></hedline><byline>By <person>Ann Lee</person></byline><dateline><location>Halverton</location></dateline></body.head><body.content><p>The harbour.</p></body.content></body></nitf>)";

const std::string reuters = R"(<!DOCTYPE lewis SYSTEM "lewis.dtd">
<REUTERS TOPICS="YES" NEWID="1">
<DATE>17-MAR-1987 10:00:00.00</DATE>
<TOPICS><D>grain</D></TOPICS><PLACES><D>usa</D></PLACES>
<TEXT>&#2;
<TITLE>STORM</TITLE><DATELINE>    HALVERTON, March 17 - </DATELINE><BODY>The harbour
was closed.
 Reuter
&#3;</BODY></TEXT>
</REUTERS>
)";
const std::string trec = R"(<DOC>
<DOCNO> A-1 </DOCNO>
<DATE>March 17, 1987</DATE>
<HEADLINE>Storm</HEADLINE>
<TEXT>
<P>
The harbour.
</P>
</TEXT>
</DOC>
)";

std::string http_response() {
  return "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n"
         "Transfer-Encoding: chunked\r\n\r\n1b\r\n<html><p>The harbour.</html>\r\n0\r\n\r\n";
}

std::string warc() {
  const auto body = http_response();
  return "WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:1>\r\n"
         "WARC-Target-URI: https://courier.example/1\r\nWARC-Date: 2023-03-17T10:00:00Z\r\n"
         "Content-Type: application/http; msgtype=response\r\nContent-Length: " +
         std::to_string(body.size()) + "\r\n\r\n" + body + "\r\n\r\n";
}

std::string arc() {
  const std::string version =
      "1 0 Example\nURL IP-address Archive-date Content-type "
      "Archive-length\n\n";
  const auto body = http_response();
  return "filedesc://a.arc 0.0.0.0 20230317100000 text/plain " + std::to_string(version.size()) +
         "\n" + version + "\nhttps://courier.example/1 192.0.2.1 20230317100000 text/html " +
         std::to_string(body.size()) + "\n" + body + "\n";
}

// --- archives ------------------------------------------------------------------------------------

using Member = std::pair<const char*, std::string_view>;

/// `format`: one of libarchive's writers; `filter`: one of its compressions, or
/// ARCHIVE_FILTER_NONE.
std::string archive(int format, int filter, const std::vector<Member>& members) {
  std::string bytes(1U << 16, '\0');
  std::size_t used = 0;
  ::archive* writer = archive_write_new();
  archive_write_set_format(writer, format);
  archive_write_add_filter(writer, filter);
  archive_write_set_bytes_in_last_block(writer, 1);
  if (archive_write_open_memory(writer, bytes.data(), bytes.size(), &used) != ARCHIVE_OK)
    throw std::runtime_error(archive_error_string(writer));
  for (const auto& [name, content] : members) {
    ::archive_entry* entry = archive_entry_new();
    archive_entry_set_pathname(entry, name);
    archive_entry_set_size(entry, static_cast<la_int64_t>(content.size()));
    archive_entry_set_filetype(entry, AE_IFREG);
    archive_entry_set_perm(entry, 0644);
    if (archive_write_header(writer, entry) != ARCHIVE_OK)
      throw std::runtime_error(archive_error_string(writer));
    archive_write_data(writer, content.data(), content.size());
    archive_entry_free(entry);
  }
  archive_write_close(writer);
  archive_write_free(writer);
  bytes.resize(used);
  return bytes;
}

std::string packed(int filter, std::string_view content) {
  return archive(ARCHIVE_FORMAT_RAW, filter, {{"data", content}});
}

void put_articles(const std::filesystem::path& out) {
  put(out, "text", {{"front_matter", plain}, {"gzip", packed(ARCHIVE_FILTER_GZIP, plain)}});
  put(out, "html", {{"page", page}, {"utf16", page_in_utf16}});
  put(out, "json", {{"articles", json}, {"ninjs", ninjs}});
  put(out, "json_lines", {{"lines", json_lines}, {"few", std::string(test::few_articles)}});
  put(out, "csv", {{"comma", csv}, {"tab", tsv}});
  put(out, "xml",
      {{"rss", rss},
       {"rdf", rdf},
       {"atom", atom},
       {"wordpress", wordpress},
       {"newsml_g2", newsml_g2},
       {"newsml_1", newsml_1},
       {"nitf", nitf}});
  put(out, "sgml", {{"reuters", reuters}, {"trec", trec}});
  put(out, "web_archive",
      {{"warc", warc()}, {"arc", arc()}, {"warc_gz", packed(ARCHIVE_FILTER_GZIP, warc())}});
  const std::vector<Member> members{
      {"a/story.md", plain}, {"b.html", page}, {"c.jsonl", json_lines}};
  const auto tar = archive(ARCHIVE_FORMAT_TAR_PAX_RESTRICTED, ARCHIVE_FILTER_NONE, members);
  put(out, "archive",
      {{"tar", tar},
       {"tgz", packed(ARCHIVE_FILTER_GZIP, tar)},
       {"zip", archive(ARCHIVE_FORMAT_ZIP, ARCHIVE_FILTER_NONE, members)},
       {"nested", archive(ARCHIVE_FORMAT_ZIP, ARCHIVE_FILTER_NONE, {{"inner.tar", tar}})},
       {"gzip", packed(ARCHIVE_FILTER_GZIP, json_lines)},
       {"zstd", packed(ARCHIVE_FILTER_ZSTD, json_lines)},
       {"xz", packed(ARCHIVE_FILTER_XZ, json_lines)},
       {"bzip2", packed(ARCHIVE_FILTER_BZIP2, json_lines)}});
}

// --- the index -----------------------------------------------------------------------------------

std::string column_file() {
  const test::TempDir folder;
  ColumnFileWriter file(folder / "columns", "seg-000001");
  file.add("day", std::vector<std::int32_t>{-1, 0, 19433});
  file.add("row", std::vector<std::uint32_t>{0, 2, 1});
  file.add_strings("id", std::vector<std::string>{"a", "", "long id"});
  file.finish();
  return test::read_text(folder / "columns");
}

std::string stored_article() {
  Article article;
  article.path = "/set/few.jsonl";
  article.record = "1";
  article.id = {"a1", Provenance::given};
  article.title = {"Storm shuts harbour", Provenance::given};
  article.deck = {"Ferries stay", Provenance::in_text};
  article.body = "The harbour was closed.\n\nTwo ferries were damaged.";
  article.source = {"Example Courier", Provenance::page};
  article.source_raw = "courier.example";
  article.published = {{Day{std::chrono::days{19'433}}, 36'000, 60}, Provenance::given};
  article.authors = {{"Ann Lee", "Bo Ray"}, Provenance::given};
  article.topics = {{"Weather"}, Provenance::given};
  article.language = {"en", Provenance::detected};
  article.entities.push_back({EntityType::place, "Halverton", Provenance::given});
  return store_article(article);
}

void put_index(const std::filesystem::path& out) {
  const test::SmallIndex index;
  const auto file = [&](const char* name) { return test::read_text(index.folder() / name); };
  put(out, "column_file", {{"three", column_file()}, {"catalogue", file("catalogue-000001")}});
  put(out, "columns", {{"few", file("seg-000001/columns")}});
  put(out, "tables", {{"few", file("tables-000001")}});
  put(out, "manifest", {{"few", file("manifest-000001")}});
  put(out, "current", {{"few", file("CURRENT")}});
  put(out, "catalogue", {{"few", file("catalogue-000001")}});
  put(out, "stored_article", {{"all_fields", stored_article()}});
}

// --- what users write ----------------------------------------------------------------------------

void put_questions(const std::filesystem::path& out) {
  put(out, "date",
      {{"iso", "2023-03-17T10:00:00+01:00"},
       {"mail", "Fri, 17 Mar 2023 10:00:00 GMT"},
       {"words", "March 17, 2023 at 10:05 a.m. EST"},
       {"numbers", "17/03/2023"},
       {"german", "17. März 2023, 10:00 Uhr"},
       {"unix", "1679047200"},
       {"compact", "20230317"},
       {"month", "2023-03"}});
  put(out, "query",
      {{"counted", "ATLEAST/3 covid-19 ATLEAST2(a) FIRST/50 (xi W/9 putin) PRE/3 c^0.5"},
       {"near",
        "(oil NEAR/5 gas ADJ/3 pipe*) SENTENCE (russia OR putin) PARAGRAPH x W/S y W/P z "
        "SAME near5"},
       {"text", "title:(storm OR \"wind farm\")^2 harbour* -~boats NOT body:\"den* ~war\""},
       {"values",
        "source:(cnn OR \"New York*\") author:unknown entity:“Xi \"X\" J” "
        "date:(2023-03..yesterday OR \"last 3 weeks\" OR undated) topic:(a -b)"}});
  put(out, "batch_line",
      {{"object",
        R"({"id":"q1","query":"storm OR rain","limit":3,"source":["Example Courier"],"date":["2023-03"],"facets":["source","date"],"sort":"newest","any":true})"},
       {"trec", "q1\tstorm harbour"},
       {"plain", "storm harbour"}});
  put(out, "judgements", {{"qrels", "q1 0 a1 1\nq1 0 a2 0\nq2 Q0 a3 2\n"}});
}

void put_user_files(const std::filesystem::path& out) {
  put(out, "aliases",
      {{"actions",
        "# names\nmerge\tperson\tA. Lee\tAnn Lee\nsplit\torg\tExample Corp\n"
        "rename\tplace\tHalverton\tHalverton City\nforbid\tperson\tStorm\n"
        "type\torg\tExample Shipping\n"}});
  put(out, "gazetteer", {{"names", "org\tExample Shipping\nplace\tHalverton\tPort Halverton\n"}});
  put(out, "synonyms", {{"groups", "# groups\nEU\tEuropean Union\nferry\tboat\tship\n"}});
  put(out, "source_names",
      {{"outlets",
        "Example Courier\tThe Courier\tcourier.example\n# x\nNorthern Wire\twire.example\n"}});
  put(out, "configuration",
      {{"sections",
        "# settings\n[common]\ndb = /tmp/index\n[search]\nlimit = 5\nformat = json\n"
        "[index]\nthreads = 2\n"}});
  put(out, "ignore_rules",
      {{"lines", "# drafts\ndrafts/\n*.html\n!keep.html\n/2023/**/a[0-9]?.txt\n\\#x\n"}});
  put(out, "path_list",
      {{"lines", "a.txt\n\nb c.html\r\n"}, {"nul", std::string("a.txt\0b\nc\0", 10)}});
}

}  // namespace

int main(int argc, char** argv) try {
  if (argc != 2) throw std::runtime_error("usage: make_seeds FOLDER");
  const std::filesystem::path out(argv[1]);
  put_articles(out);
  put_index(out);
  put_questions(out);
  put_user_files(out);
} catch (const std::exception& e) {
  std::fprintf(stderr, "make_seeds: %s\n", e.what());
  return 1;
}
