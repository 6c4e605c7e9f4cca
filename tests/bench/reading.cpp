// SPDX-License-Identifier: GPL-3.0-or-later
// Measures how fast each format is read, without indexing, and in how much memory: writes the
// articles of a set over and over in each format, and reads them back.
// Usage: dateline-reading-bench ARTICLES [MEGABYTES [FORMAT...]]
#include <archive.h>
#include <archive_entry.h>
#include <fmt/format.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <functional>
#include <map>
#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

#include "common/json.h"
#include "corpus/bytes/byte_source.h"
#include "corpus/reader.h"
#include "tests/bench/child.h"

namespace {

namespace fs = std::filesystem;
using dateline::Article;
using Clock = std::chrono::steady_clock;

constexpr double megabyte = 1e6;

class Pool : public dateline::ArticleSink {
 public:
  void article(Article&& article) override { articles.push_back(std::move(article)); }
  void refused(const std::string&, const std::string&) override {}
  std::vector<Article> articles;
};

class Counter : public dateline::ArticleSink {
 public:
  void article(Article&& article) override {
    ++articles;
    text_bytes += article.body.size();
  }
  void refused(const std::string&, const std::string& reason) override {
    throw std::runtime_error("refused: " + reason);
  }
  std::uint64_t articles = 0;
  std::uint64_t text_bytes = 0;
};

std::string replaced(std::string_view text, const std::map<char, std::string>& by) {
  std::string out;
  for (const char c : text) {
    const auto found = by.find(c);
    out += found == by.end() ? std::string(1, c) : found->second;
  }
  return out;
}

std::string escaped(std::string_view text) {
  return replaced(text, {{'&', "&amp;"}, {'<', "&lt;"}, {'>', "&gt;"}});
}

std::string in_paragraphs(std::string_view body) {
  std::string out = "<p>";
  for (const char c : escaped(body)) {
    const bool second = c == '\n' && out.ends_with('\n');
    if (second) out.pop_back();
    out += second ? "</p>\n<p>" : std::string(1, c);
  }
  return out + "</p>";
}

std::string page(const Article& a, std::uint64_t number) {
  return fmt::format(
      "<!doctype html><html><head><title>{0} | Courier</title><meta property=\"og:title\" "
      "content=\"{0}\"><link rel=\"canonical\" href=\"https://courier.example/{1}\"></head><body>"
      "<nav><a href=\"/\">Home</a> <a href=\"/sport\">Sport</a></nav><main><h1>{0}</h1>{2}</main>"
      "<footer>All rights reserved</footer></body></html>",
      escaped(a.title.value), number, in_paragraphs(a.body));
}

/// How a format begins, writes one article, and ends.
struct Writer {
  std::string file;
  std::string start;
  std::function<std::string(const Article&, std::uint64_t)> record;
  std::string end;
};

std::string json(const Article& a, std::uint64_t number) {
  return dateline::dump_json({{"id", number}, {"title", a.title.value}, {"text", a.body}});
}

std::string warc_record(const Article& a, std::uint64_t number) {
  const std::string http =
      "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + page(a, number);
  return fmt::format(
      "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://courier.example/{}\r\n"
      "WARC-Date: 2023-03-17T10:00:00Z\r\nContent-Type: application/http; msgtype=response\r\n"
      "Content-Length: {}\r\n\r\n{}\r\n\r\n",
      number, http.size(), http);
}

std::vector<Writer> writers() {
  const auto quoted = [](std::string_view text) {
    return '"' + replaced(text, {{'"', "\"\""}}) + '"';
  };
  return {
      {"stories.jsonl", "", [](const Article& a, std::uint64_t n) { return json(a, n) + "\n"; },
       ""},
      {"stories.json", "[\n",
       [](const Article& a, std::uint64_t n) { return (n > 0 ? ",\n" : "") + json(a, n); }, "]\n"},
      {"stories.csv", "id,title,text\n",
       [quoted](const Article& a, std::uint64_t n) {
         return fmt::format("{},{},{}\n", n, quoted(a.title.value), quoted(a.body));
       },
       ""},
      {"stories.sgm", "",
       [](const Article& a, std::uint64_t n) {
         return fmt::format(
             "<DOC>\n<DOCNO> {} </DOCNO>\n<HEADLINE>{}</HEADLINE>\n<TEXT>\n{}\n"
             "</TEXT>\n</DOC>\n",
             n, escaped(a.title.value), in_paragraphs(a.body));
       },
       ""},
      {"feed.rss", "<?xml version=\"1.0\"?><rss version=\"2.0\"><channel><title>Courier</title>\n",
       [](const Article& a, std::uint64_t n) {
         return fmt::format(
             "<item><guid>{}</guid><title>{}</title><description>{}</description></item>\n", n,
             escaped(a.title.value), escaped(in_paragraphs(a.body)));
       },
       "</channel></rss>\n"},
      {"pages.warc", "", warc_record, ""},
  };
}

void write_stream(const Writer& writer, const std::vector<Article>& pool, const fs::path& path,
                  double megabytes) {
  std::ofstream out(path, std::ios::binary);
  out << writer.start;
  for (std::uint64_t n = 0; static_cast<double>(out.tellp()) < megabytes * megabyte; ++n)
    out << writer.record(pool[n % pool.size()], n);
  out << writer.end;
}

/// As many files, each of its own format, in an archive.
void write_archive(const std::vector<Article>& pool, const fs::path& path, bool zip,
                   const std::string& ending, double megabytes) {
  const std::unique_ptr<archive, int (*)(archive*)> out(archive_write_new(), archive_write_free);
  if (zip)
    archive_write_set_format_zip(out.get());
  else
    archive_write_set_format_pax_restricted(out.get());
  if (archive_write_open_filename(out.get(), path.c_str()) != ARCHIVE_OK)
    throw std::runtime_error("cannot write " + path.string());
  double written = 0;
  for (std::uint64_t n = 0; written < megabytes * megabyte; ++n) {
    const Article& a = pool[n % pool.size()];
    const std::string content =
        ending == ".html" ? page(a, n) : a.title.value + "\n\n" + a.body + "\n";
    const std::unique_ptr<archive_entry, void (*)(archive_entry*)> entry(archive_entry_new(),
                                                                         archive_entry_free);
    archive_entry_set_pathname(entry.get(), fmt::format("{}{}", n, ending).c_str());
    archive_entry_set_size(entry.get(), static_cast<la_int64_t>(content.size()));
    archive_entry_set_filetype(entry.get(), AE_IFREG);
    archive_entry_set_perm(entry.get(), 0644);
    archive_write_header(out.get(), entry.get());
    archive_write_data(out.get(), content.data(), content.size());
    written += static_cast<double>(content.size());
  }
}

double seconds_of(const std::function<void()>& work) {
  const auto start = Clock::now();
  work();
  return std::chrono::duration<double>(Clock::now() - start).count();
}

struct Reading {
  double floor = 0;    ///< seconds for the bytes alone
  double seconds = 0;  ///< for the articles
  std::uint64_t articles = 0;
};

Reading read_here(const fs::path& path) {
  Reading reading;
  reading.floor = seconds_of([&] {
    dateline::ByteSource source(path);
    while (!source.next().empty()) continue;
  });
  Counter counter;
  reading.seconds = seconds_of([&] {
    const dateline::ArticleReader reader;
    for (const auto& file : dateline::list_article_set({path}).files) reader.read(file, counter);
  });
  reading.articles = counter.articles;
  return reading;
}

/// In a process of its own: the peak of a child's memory counts from its parent's at the fork.
Reading read_apart(const fs::path& path) {
  std::array<int, 2> ends{};
  if (::pipe(ends.data()) != 0) throw std::runtime_error("no pipe");
  const auto child = ::fork();
  if (child == 0) {
    const Reading reading = read_here(path);
    const auto written = ::write(ends[1], &reading, sizeof reading);
    ::_exit(written == sizeof reading ? 0 : 1);
  }
  ::close(ends[1]);
  Reading reading;
  const auto got = ::read(ends[0], &reading, sizeof reading);
  ::close(ends[0]);
  ::waitpid(child, nullptr, 0);
  if (got != sizeof reading) throw std::runtime_error("reading failed: " + path.string());
  return reading;
}

void measure(const fs::path& path) {
  const Reading reading = read_apart(path);
  const auto child = dateline::bench::run(DATELINE_INDEX_PROGRAM,
                                          {"--explain", "--format", "jsonl", path.string()});
  const double size = static_cast<double>(fs::file_size(path)) / megabyte;
  fmt::print("| {} | {} | {:.1f} MB | {:.1f} MB/s | {:.0f} | {:.1f} MB |\n",
             path.filename().string(), reading.articles, size, size / reading.seconds,
             reading.seconds / reading.floor, child.peak_megabytes);
  std::fflush(stdout);
}

std::vector<Article> pool_of(const fs::path& articles) {
  Pool pool;
  const dateline::ArticleReader reader;
  for (const auto& file : dateline::list_article_set({articles}).files) reader.read(file, pool);
  std::erase_if(pool.articles,
                [](const Article& a) { return a.title.value.empty() || a.body.empty(); });
  if (pool.articles.empty()) throw std::runtime_error("the set has no articles to write");
  return pool.articles;
}

void measure_all(const fs::path& articles, double megabytes, const std::vector<std::string>& only,
                 const fs::path& work) {
  const std::vector<Article> pool = pool_of(articles);
  const auto wanted = [&](const std::string& file) {
    return only.empty() || std::find(only.begin(), only.end(), file) != only.end();
  };
  const auto measured = [&](const std::string& file,
                            const std::function<void(const fs::path&)>& write) {
    if (!wanted(file)) return;
    write(work / file);
    measure(work / file);
    fs::remove(work / file);
  };
  fmt::print(
      "| file | articles | size | read | times as long as its bytes alone | memory of "
      "--explain |\n|---|---:|---:|---:|---:|---:|\n");
  for (const Writer& writer : writers())
    measured(writer.file, [&](const fs::path& p) { write_stream(writer, pool, p, megabytes); });
  measured("texts.tar",
           [&](const fs::path& p) { write_archive(pool, p, false, ".txt", megabytes); });
  measured("pages.tar",
           [&](const fs::path& p) { write_archive(pool, p, false, ".html", megabytes); });
  measured("pages.zip",
           [&](const fs::path& p) { write_archive(pool, p, true, ".html", megabytes); });
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 2) {
    fmt::print(stderr, "usage: dateline-reading-bench ARTICLES [MEGABYTES [FILE...]]\n");
    return 2;
  }
  const fs::path work = fs::temp_directory_path() / fmt::format("dateline-reading-{}", ::getpid());
  try {
    fs::create_directories(work);
    measure_all(fs::absolute(argv[1]), argc > 2 ? std::stod(argv[2]) : 20.0,
                {argv + std::min(argc, 3), argv + argc}, work);
    fs::remove_all(work);
  } catch (const std::exception& e) {
    fs::remove_all(work);
    fmt::print(stderr, "dateline-reading-bench: {}\n", e.what());
    return 1;
  }
  return 0;
}
