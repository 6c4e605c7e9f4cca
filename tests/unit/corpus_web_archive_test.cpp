// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>
#include <zlib.h>

#include <catch2/catch.hpp>

#include "corpus/containers/http_message.h"
#include "tests/unit/corpus_fixture.h"

using namespace dateline;
using namespace dateline::test;
using Catch::Matchers::Contains;

namespace {

std::string page(const std::string& title) {
  return "<!doctype html><html><head><title>" + title + "</title></head><body><article><h1>" +
         title +
         "</h1><p>The harbour of Halverton was closed on Friday after a storm, the port's master "
         "said.</p><p>Two ferries were damaged, and repairs will take until the end of the month, "
         "he added.</p></article></body></html>";
}

std::string warc_record(const std::string& type, const std::string& uri,
                        const std::string& content_type, const std::string& content) {
  return "WARC/1.0\r\nWARC-Type: " + type + "\r\nWARC-Target-URI: " + uri +
         "\r\nWARC-Date: 2019-05-06T07:08:09Z\r\nContent-Type: " + content_type +
         "\r\nContent-Length: " + std::to_string(content.size()) + "\r\n\r\n" + content +
         "\r\n\r\n";
}

/// `header`: lines that end in CRLF, without that of the status.
std::string answer(const std::string& uri, const std::string& header, const std::string& body,
                   const std::string& status = "200 OK") {
  return warc_record("response", uri, "application/http; msgtype=response",
                     "HTTP/1.1 " + status + "\r\n" + header + "\r\n" + body);
}

std::string html_answer(const std::string& uri, const std::string& title) {
  return answer(uri, "Content-Type: text/html; charset=utf-8\r\n", page(title));
}

CollectingSink read_bytes(const std::string& name, std::string_view content,
                          ReadOptions options = {}) {
  const TempDir folder;
  folder.write(name, content);
  return read_all(folder.path(), std::move(options));
}

Article only(const CollectingSink& sink) {
  for (const auto& refusal : sink.refusals) UNSCOPED_INFO(refusal.record + ": " + refusal.reason);
  REQUIRE(sink.articles.size() == 1);
  REQUIRE(sink.refusals.empty());
  return sink.articles.front();
}

std::string deflated(std::string text, int window_bits) {
  z_stream stream{};
  REQUIRE(deflateInit2(&stream, 6, Z_DEFLATED, window_bits, 8, Z_DEFAULT_STRATEGY) == Z_OK);
  std::string out(text.size() + 1000, '\0');
  stream.next_in = reinterpret_cast<Bytef*>(text.data());
  stream.avail_in = static_cast<uInt>(text.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  REQUIRE(deflate(&stream, Z_FINISH) == Z_STREAM_END);
  out.resize(stream.total_out);
  deflateEnd(&stream);
  return out;
}

}  // namespace

TEST_CASE("a WARC file gives its pages, by their addresses", "[corpus][warc]") {
  const std::string uri = "https://news.example.org/storm";
  const Article a = only(read_bytes("crawl.warc", html_answer(uri, "Storm shuts harbour")));
  CHECK(a.record == uri);
  CHECK(a.id.value == uri);
  CHECK(a.url.value == uri);
  CHECK(a.title.value == "Storm shuts harbour");
  CHECK_THAT(a.body, Contains("Two ferries were damaged"));
}

TEST_CASE("the day of the crawl is no date of the article", "[corpus][warc]") {
  CHECK_FALSE(only(read_bytes("c.warc", html_answer("https://example.org/a", "A"))).published);
}

TEST_CASE("what is no page in a WARC file is passed over in silence", "[corpus][warc]") {
  const std::string html = "Content-Type: text/html\r\n";
  const CollectingSink sink = read_bytes(
      "c.warc",
      warc_record("warcinfo", "", "application/warc-fields", "software: x\r\n") +
          warc_record("request", "https://example.org/", "application/http", "GET / HTTP/1.1\r\n") +
          warc_record("metadata", "https://example.org/", "text/plain", "via: x") +
          warc_record("response", "dns:example.org", "text/dns", "example.org 192.0.2.1") +
          warc_record("revisit", "https://example.org/", "application/http",
                      "HTTP/1.1 200 OK\r\n") +
          warc_record("resource", "metadata://crawler/log", "text/plain", "The log.") +
          answer("https://example.org/robots.txt", "Content-Type: text/plain\r\n",
                 "User-agent: *") +
          answer("https://example.org/a.css", "Content-Type: text/css\r\n", "a{}") +
          answer("https://example.org/a.png", "Content-Type: image/png\r\n", "\x89PNG") +
          answer("https://example.org/no", html, page("No"), "404 Not Found") +
          answer("https://example.org/to", html, page("To"), "302 Found"));
  CHECK(sink.articles.empty());
  CHECK(sink.refusals.empty());
}

TEST_CASE("a page that stands in a WARC file by itself is read", "[corpus][warc]") {
  const Article a = only(read_bytes(
      "c.warc", warc_record("resource", "<https://example.org/a>", "text/html", page("Storm"))));
  CHECK(a.record == "https://example.org/a");
}

TEST_CASE("pages of one address are told apart", "[corpus][warc]") {
  const std::string uri = "https://example.org/a";
  const auto sink = read_bytes("c.warc", html_answer(uri, "One") + html_answer(uri, "Two"));
  REQUIRE(sink.articles.size() == 2);
  CHECK(sink.articles[0].record == uri);
  CHECK(sink.articles[1].record == uri + " (record 2)");
}

TEST_CASE("an over-long address is cut to an id, and one of bytes is made text", "[corpus][warc]") {
  const std::string uri = "https://example.org/" + std::string(5000, 'x');
  const Article lengthy = only(read_bytes("c.warc", html_answer(uri, "One")));
  CHECK(lengthy.id.value.size() <= 200);
  CHECK(lengthy.record.size() <= 200);
  const Article odd = only(read_bytes("c.warc", html_answer("https://e.org/\xFF\x1B[2J", "One")));
  CHECK(odd.record == "https://e.org/%FF%1B[2J");
}

TEST_CASE("chunks are joined, and broken ones read as far as they go", "[corpus][warc]") {
  const std::string header = "Content-Type: text/html\r\nTransfer-Encoding: chunked\r\n";
  const std::string html = page("Storm");
  const auto chunk = [](const std::string& part, const std::string& length) {
    return length + "\r\n" + part + "\r\n";
  };
  const std::string first = html.substr(0, 200), second = html.substr(200);
  const auto length = [](const std::string& part) {
    return fmt::format("{:x};ext=1", part.size());
  };
  const auto whole = chunk(first, length(first)) + chunk(second, length(second));

  const Article joined =
      only(read_bytes("c.warc", answer("https://e.org/a", header, whole + "0\r\n\r\n")));
  CHECK_THAT(joined.body, Contains("Two ferries were damaged"));
  CHECK(joined.notes.empty());

  const Article broken = only(
      read_bytes("c.warc", answer("https://e.org/a", header, whole + "zz\r\n<p>Lost words.</p>")));
  CHECK_THAT(broken.body, Contains("Two ferries were damaged") && !Contains("Lost words"));
  REQUIRE(broken.notes.size() == 1);
  CHECK_THAT(broken.notes[0], Contains("chunks are broken"));

  const Article none = only(read_bytes("c.warc", answer("https://e.org/a", header, html)));
  CHECK_THAT(none.body, Contains("Two ferries were damaged"));
}

TEST_CASE("content encodings are undone, and those that are not read are named", "[corpus][warc]") {
  const auto read_encoded = [](const std::string& encoding, const std::string& body) {
    const std::string header = "Content-Type: text/html\r\nContent-Encoding: " + encoding + "\r\n";
    return read_bytes("c.warc", answer("https://e.org/a", header, body));
  };
  const std::string html = page("Storm");
  for (const auto& [encoding, body] : std::map<std::string, std::string>{
           {"gzip", packed(html, Packer::gzip)}, {"identity", html}, {"x-gzip", html}}) {
    INFO(encoding);
    CHECK(only(read_encoded(encoding, body)).title.value == "Storm");
  }
  CHECK(only(read_encoded("deflate", deflated(html, 15))).title.value == "Storm");
  CHECK(only(read_encoded("deflate", deflated(html, -15))).title.value == "Storm");
  const auto brotli = read_encoded("br", "...");
  REQUIRE(brotli.refusals.size() == 1);
  CHECK(brotli.refusals[0].record == "https://e.org/a");
  CHECK(brotli.refusals[0].reason == "its content encoding is not read: br");
  const auto damaged = read_encoded("deflate", "\x78\x9c nothing");
  REQUIRE(damaged.refusals.size() == 1);
  CHECK_THAT(damaged.refusals[0].reason, Contains("damaged"));
}

TEST_CASE("a deflated page stops at the limit of a record", "[corpus][warc]") {
  const std::string bomb = deflated(std::string(10 << 20, ' '), 15);
  CHECK_THROWS_WITH(without_encoding(std::string(bomb), "deflate", 1 << 20),
                    Contains("longer than 1 MB"));
}

TEST_CASE("the header's charset decides where the page is silent", "[corpus][warc]") {
  const std::string body =
      "<html><body><h1>B\xE1t\xE1n</h1><p>\xD8\xE1t se vr\xE1til do m\xEC"
      "sta a v\xBA"
      "ichni byli r\xE1"
      "di, \xBE"
      "e je zp\xEC"
      "t.</p></body></html>";
  const Article a = only(read_bytes(
      "c.warc",
      answer("https://e.org/a", "Content-Type: text/html; charset=\"ISO-8859-2\"\r\n", body)));
  CHECK_THAT(a.body, Contains("Řát se vrátil do města"));
}

TEST_CASE("JSON and text in a WARC file are read as such", "[corpus][warc]") {
  const CollectingSink sink =
      read_bytes("c.warc", answer("https://e.org/a", "Content-Type: application/json\r\n",
                                  R"({"id":"j1","title":"T","text":"Of JSON."})") +
                               answer("https://e.org/b", "Content-Type: text/plain\r\n",
                                      "Bridge opens\n\nThe bridge opened on Monday.\n"));
  REQUIRE(sink.articles.size() == 2);
  CHECK(sink.articles[0].id.value == "j1");
  CHECK(sink.articles[1].id.value == "https://e.org/b");
  CHECK(sink.articles[1].title.value == "Bridge opens");
}

TEST_CASE("a record with a bad length costs no record after it", "[corpus][warc]") {
  std::string bad = html_answer("https://e.org/bad", "Bad");
  const auto at = bad.find("Content-Length: ");
  for (const std::string length : {"x", "-1", "99999999999999999999999", "40", "5000"}) {
    INFO(length);
    std::string record = bad;
    record.replace(at, record.find("\r\n", at) - at, "Content-Length: " + length);
    const auto sink = read_bytes("c.warc", html_answer("https://e.org/1", "One") + record +
                                               html_answer("https://e.org/2", "Two"));
    REQUIRE_FALSE(sink.articles.empty());
    CHECK(sink.articles.back().title.value == "Two");
    if (length == "5000") {
      REQUIRE(sink.articles.size() == 3);
      CHECK(sink.refusals.empty());
      REQUIRE(sink.articles[1].notes.size() == 1);
      CHECK_THAT(sink.articles[1].notes[0], Contains("cut short"));
      continue;
    }
    CHECK(sink.articles.size() == 2);
    REQUIRE_FALSE(sink.refusals.empty());
    CHECK(sink.refusals.size() <= 2);
    if (length != "40") CHECK(sink.refusals[0].record == "https://e.org/bad");
    CHECK_THAT(sink.refusals.back().reason, Contains("no record"));
  }
}

TEST_CASE("a record too long for memory is refused and passed over", "[corpus][warc]") {
  ReadOptions options;
  options.max_record_bytes = 4000;
  const auto sink =
      read_bytes("c.warc",
                 answer("https://e.org/l", "Content-Type: text/html\r\n", std::string(9000, 'x')) +
                     html_answer("https://e.org/2", "Two"),
                 options);
  REQUIRE(sink.articles.size() == 1);
  REQUIRE(sink.refusals.size() == 1);
  CHECK_THAT(sink.refusals[0].reason, Contains("longer than"));
}

TEST_CASE("an ARC file gives its pages", "[corpus][warc]") {
  const std::string version =
      "1 0 Crawler\nURL IP-address Archive-date Content-type Archive-length\n";
  const std::string html = page("Storm");
  const std::string http = "HTTP/1.0 200 OK\r\nContent-Type: text/html\r\n\r\n" + html;
  const auto line = [&](const std::string& middle) {
    return "http://e.org/a b?c=1 192.0.2.1 20140216050221 text/html " + middle +
           std::to_string(http.size()) + "\n" + http + "\n";
  };
  const std::string head = "filedesc://c.arc 0.0.0.0 20140216050221 text/plain ";
  const auto one = read_bytes("c.arc", head + std::to_string(version.size()) + "\n" + version +
                                           "\n" + line("") + line("200 CHECKSUM - 12 c.arc "));
  REQUIRE(one.refusals.empty());
  REQUIRE(one.articles.size() == 2);
  CHECK(one.articles[0].record == "http://e.org/a b?c=1");
  CHECK(one.articles[1].title.value == "Storm");
}

TEST_CASE("a WARC file of packed members is one", "[corpus][warc]") {
  const auto sink =
      read_bytes("c.warc.gz", packed(html_answer("https://e.org/1", "One"), Packer::gzip) +
                                  packed(html_answer("https://e.org/2", "Two"), Packer::gzip));
  CHECK(sink.articles.size() == 2);
  CHECK(sink.refusals.empty());
}

TEST_CASE("a WARC file cut anywhere gives what came before, and says that it is cut",
          "[corpus][warc]") {
  const std::string first = html_answer("https://e.org/1", "One");
  const std::string whole = first + html_answer("https://e.org/2", "Two");
  const std::size_t blank_end = 4;
  const TempDir folder;
  for (std::size_t length = 1; length < whole.size() - blank_end; ++length) {
    folder.write("c.warc", whole.substr(0, length));
    const auto sink = read_all(folder.path());
    const bool first_is_whole = length >= first.size() - blank_end;
    const bool between = length >= first.size() - blank_end && length <= first.size();
    INFO(length);
    const bool last_is_noted = !sink.articles.empty() && !sink.articles.back().notes.empty();
    if (sink.articles.size() - (last_is_noted ? 1 : 0) != (first_is_whole ? 1 : 0))
      FAIL("articles");
    if ((sink.refusals.empty() && !last_is_noted) != between) FAIL("what is cut");
  }
}
