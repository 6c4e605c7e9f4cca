// SPDX-License-Identifier: GPL-3.0-or-later
#include <fcntl.h>
#include <fmt/format.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>
#include <zlib.h>

#include <atomic>
#include <catch2/catch.hpp>
#include <cstring>
#include <fstream>
#include <regex>
#include <thread>

#include "common/text/unicode.h"
#include "tests/support/articles.h"
#include "tests/support/sanitized.h"

using namespace dateline;
using namespace dateline::test;
using Catch::Matchers::Contains;
namespace fs = std::filesystem;

namespace {

constexpr int timed_out = 124;
constexpr long kilobytes_of_mb = 1024;

/// Runs a program that may take two minutes; `timed_out` where it takes more.
Run bounded(const fs::path& program, std::vector<std::string> arguments,
            const RunOptions& options = {}) {
  arguments.insert(arguments.begin(), {"120", program.string()});
  return run_program("/usr/bin/timeout", arguments, options);
}

Run bounded_index(const Workbench& bench, std::vector<std::string> arguments = {},
                  const RunOptions& options = {}) {
  if (arguments.empty()) arguments = {bench.articles().string()};
  arguments.insert(arguments.begin(), {"--db", bench.db().string()});
  return bounded(index_program(), arguments, options);
}

struct Measured {
  int exit_code = -1;
  long peak_kilobytes = 0;  ///< resident
};

/// Runs dateline-index and measures it; what it prints is dropped.
Measured measured_index(const std::vector<std::string>& arguments) {
  auto words = arguments;
  words.insert(words.begin(), index_program().string());
  std::vector<char*> pointers;
  for (auto& word : words) pointers.push_back(word.data());
  pointers.push_back(nullptr);
  const auto child = ::fork();
  if (child == 0) {
    const int nowhere = ::open("/dev/null", O_RDWR);
    for (const int stream : {0, 1, 2}) ::dup2(nowhere, stream);
    ::execv(pointers[0], pointers.data());
    ::_exit(127);
  }
  int status = 0;
  rusage usage{};
  ::wait4(child, &status, 0, &usage);
  return {WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status), usage.ru_maxrss};
}

void check_peak(const Measured& measured, long megabytes) {
  const long peak = measured.peak_kilobytes / kilobytes_of_mb;
  if (sanitized) {
    WARN("memory is not measured under a sanitizer");
    return;
  }
  WARN("peak of resident memory: " << peak << " MB of " << megabytes);
  CHECK(peak < megabytes);
}

void make_fifo(const fs::path& path) {
  fs::create_directories(path.parent_path());
  fs::remove(path);
  REQUIRE(::mkfifo(path.c_str(), 0600) == 0);
}

void make_socket(const fs::path& path) {
  const int socket = ::socket(AF_UNIX, SOCK_STREAM, 0);
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  REQUIRE(path.native().size() < sizeof address.sun_path);
  std::strcpy(address.sun_path, path.c_str());
  REQUIRE(::bind(socket, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0);
  ::close(socket);
}

/// Deeper than any path can name.
void make_nested_folders(const fs::path& top, int depth) {
  int folder = ::open(top.c_str(), O_RDONLY | O_DIRECTORY);
  for (int i = 0; i < depth; ++i) {
    REQUIRE(::mkdirat(folder, "d", 0700) == 0);
    const int inner = ::openat(folder, "d", O_RDONLY | O_DIRECTORY);
    ::close(folder);
    folder = inner;
  }
  ::close(folder);
}

std::string story(const std::string& title) {
  return title + "\n\nThe lighthouse keeper of Halverton was found safe on Monday.\n";
}

/// That a file beside hostile ones is indexed as if it were alone.
void check_neighbour(const Workbench& bench) { CHECK(bench.answer({"lighthouse"})["total"] == 1); }

/// One gzip member of `block`, as often as it takes to unpack to `bytes`, between two texts.
std::string packed_many(const std::string& first, const std::string& block, std::uint64_t bytes,
                        const std::string& last) {
  const auto member = [](const std::string& text) {
    std::string out(::compressBound(text.size()) + 64, '\0');
    z_stream stream{};
    REQUIRE(::deflateInit2(&stream, 6, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY) == Z_OK);
    stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(text.data()));
    stream.avail_in = static_cast<uInt>(text.size());
    stream.next_out = reinterpret_cast<Bytef*>(out.data());
    stream.avail_out = static_cast<uInt>(out.size());
    REQUIRE(::deflate(&stream, Z_FINISH) == Z_STREAM_END);
    out.resize(stream.total_out);
    ::deflateEnd(&stream);
    return out;
  };
  auto all = member(first);
  const auto middle = member(block);
  for (std::uint64_t i = 0; i < bytes / block.size(); ++i) all += middle;
  return all + member(last);
}

/// A megabyte of words that packs to a hundredth or so, so that it is no bomb.
std::string megabyte_of_words(char line_end) {
  std::string text;
  for (unsigned i = 0; text.size() < (1U << 20); ++i) {
    text += fmt::format("word{} ", (i * 2654435761U) % 9973);
    if (i % 12 == 11) text.back() = line_end;
  }
  text.resize(1U << 20);
  return text;
}

/// What a program prints without what it may send to a terminal by itself: colours and links.
std::string without_own_sequences(const std::string& out) {
  static const std::regex own("\x1b\\[[0-9;]*m|\x1b\\]8;;[!-~]*\x1b\\\\");
  return std::regex_replace(out, own, "");
}

/// Characters that could control or deceive a terminal, as U+XXXX; "" for none.
std::string controls_in(const std::string& out) {
  std::string found;
  for (std::size_t i = 0; i < out.size();) {
    const auto c = next_code_point(out, i);
    const bool layout = c == U'\n' || c == U'\t';
    if (is_unprintable(c) && !layout) found += fmt::format("U+{:04X} ", static_cast<unsigned>(c));
  }
  return found;
}

bool is_valid_utf8(const std::string& text) {
  for (std::size_t i = 0; i < text.size();) {
    const auto start = i;
    if (next_code_point(text, i) == U'\uFFFD' && text.compare(start, 3, "\uFFFD") != 0)
      return false;
  }
  return true;
}

const std::string deceit =
    "\x1b]0;owned\x07\x1b[2J\u009b31m\u202Egnp.\u2066x\u2069\u200B\uFEFF\u2028\u2029\x7f";

/// Articles whose every value, and whose names, try to control a terminal or a spreadsheet.
const Workbench& deceitful() {
  static const Workbench bench;
  static const bool ready = [] {
    Json j{{"id", "=1+1" + deceit},
           {"title", "=HYPERLINK(\"http://e.org\";\"x\")" + deceit + " Ann Lee"},
           {"deck", "+1" + deceit},
           {"text", "-2 zeppelin" + deceit + " by Ann" + deceit + "Lee.\n\n@SUM(A1) Ann Lee said."},
           {"source", "@Source" + deceit},
           {"author", "+Ann\tLee" + deceit},
           {"tags", Json::array({"=topic" + deceit, "b\r\nc"})},
           {"url", "https://e.org/\x1b]8;;x\x07" + deceit},
           {"date", "2023-03-17" + deceit}};
    bench.write("a" + deceit + "\n=x.jsonl",
                j.dump() + "\n" + "{\"id\":\"b\",\"title\":5" + deceit);
    bench.write("bytes \xff\xfe\x80.txt", "Zeppelin\n\nA zeppelin was seen.\n");
    // What readers clean away can still be written into an export by hand.
    Json line{{"dateline_export", 1},
              {"path", "/n/" + deceit + "\n/x"},
              {"record", "r" + deceit},
              {"id", "-e" + deceit},
              {"title", "\tzeppelin" + deceit},
              {"body", "A zeppelin" + deceit},
              {"source", "=source" + deceit},
              {"source_raw", deceit},
              {"authors", Json::array({"=author" + deceit})},
              {"topics", Json::array({"-topic" + deceit})},
              {"url", "https://e.org/" + deceit},
              {"entities", Json::array({{{"type", "person"}, {"name", "=Ann Lee" + deceit}}})}};
    bench.write("export.jsonl", line.dump() + "\n{" + deceit + "\n");
    return bench.index().exit_code == 4;
  }();
  REQUIRE(ready);
  return bench;
}

void check_no_controls(const std::string& what, const Run& run) {
  INFO(what << "\n" << run.out << run.err);
  CHECK(run.exit_code != timed_out);
  CHECK_FALSE((run.out + run.err).empty());
  CHECK(controls_in(without_own_sequences(run.out)) == "");
  CHECK(controls_in(without_own_sequences(run.err)) == "");
  CHECK(is_valid_utf8(run.out));
}

}  // namespace

TEST_CASE("hostile: a FIFO, socket or device in a set is never waited for", "[cli][hostile]") {
  const Workbench bench;
  bench.write("a.txt", story("Keeper safe"));
  make_fifo(bench.articles() / "b.txt");
  make_fifo(bench.articles() / "metadata.csv");
  make_fifo(bench.articles() / "sub" / ".datelineignore");
  make_socket(bench.articles() / "s.txt");
  fs::create_symlink("/dev/zero", bench.articles() / "zero.txt");
  const auto run = bounded_index(bench, {"--follow-symlinks", "yes", bench.articles().string()});
  INFO(run.out << run.err);
  CHECK(run.exit_code == 4);
  CHECK_THAT(run.out, Contains(".datelineignore: not a regular file"));
  check_neighbour(bench);
}

TEST_CASE("hostile: a FIFO or device that is named in place of a file is refused, not waited for",
          "[cli][hostile]") {
  const Workbench bench;
  bench.write("a.txt", story("Keeper safe"));
  const auto set = bench.articles().string();
  REQUIRE(bench.index().exit_code == 0);
  const auto fifo = bench.articles().parent_path() / "fifo";
  make_fifo(fifo);
  for (const std::string& name : {fifo.string(), std::string("/dev/zero")}) {
    const std::vector<std::vector<std::string>> uses{{name},
                                                     {"--files-from", name},
                                                     {"--source-names", name, set},
                                                     {"--tag", name},
                                                     {"--explain", name}};
    for (const auto& arguments : uses) {
      const auto run = bounded_index(bench, arguments);
      INFO(arguments[0] << " " << run.out << run.err);
      CHECK((run.exit_code == 2 || run.exit_code == 4));
      CHECK_THAT(run.out + run.err, Contains("not a regular file"));
    }
  }
  bench.index({"--forget", fifo.string()});
  bench.index({"--forget", "/dev/zero"});
}

TEST_CASE(
    "hostile: a FIFO in place of a configuration file or a file of the index is not waited for",
    "[cli][hostile]") {
  const Workbench bench;
  bench.write("a.txt", story("Keeper safe"));
  REQUIRE(bench.index().exit_code == 0);
  const auto folder = bench.articles().parent_path() / "config";
  make_fifo(folder / "dateline" / "config");
  const RunOptions configured{.environment = {{"XDG_CONFIG_HOME", folder.string()}}};
  const auto search = [&](const RunOptions& options) {
    return bounded(search_program(), {"--db", bench.db().string(), "lighthouse"}, options);
  };
  for (const auto& run : {bounded_index(bench, {}, configured), search(configured)}) {
    INFO(run.err);
    CHECK(run.exit_code == 7);
    CHECK_THAT(run.err, Contains("dateline/config' is no regular file"));
  }
  for (const char* name : {"aliases.tsv", "gazetteer.tsv"}) {
    make_fifo(bench.db() / name);
    const auto run = bounded_index(bench);
    INFO(name << run.err);
    CHECK(run.exit_code == 2);
    CHECK_THAT(run.err, Contains("is no file"));
    fs::remove(bench.db() / name);
  }
  make_fifo(bench.db() / "synonyms.tsv");
  CHECK(search({}).exit_code == 7);
  fs::remove(bench.db() / "synonyms.tsv");
  check_neighbour(bench);
  for (const char* name : {"CURRENT", "manifest-000001", "tables-000001", "seg-000001/columns"}) {
    const Workbench broken;
    broken.write("a.txt", story("Keeper safe"));
    REQUIRE(broken.index().exit_code == 0);
    make_fifo(broken.db() / name);
    const auto run = bounded(search_program(), {"--db", broken.db().string(), "lighthouse"});
    INFO(name << run.err);
    CHECK((run.exit_code == 6 || run.exit_code == 7));
  }
}

TEST_CASE("hostile: a file that has no size, as those of /proc have none, is refused as empty",
          "[cli][hostile]") {
  if (!fs::exists("/proc/self/status")) {
    WARN("there is no /proc here");
    return;
  }
  const Workbench bench;
  const auto run = bounded_index(bench, {"/proc/self/status"});
  INFO(run.out << run.err);
  CHECK(run.exit_code == 4);
  CHECK_THAT(run.out, Contains("/proc/self/status: empty"));
}

TEST_CASE(
    "hostile: a file that grows while it is read is read to an end, and again by the next run",
    "[cli][hostile]") {
  const Workbench bench;
  const auto file =
      bench.write("a.jsonl", json_line({"0", "Keeper safe", "A lighthouse.", "", ""}));
  std::atomic<bool> stop = false;
  std::uint64_t lines = 0;
  std::thread writer([&] {
    std::ofstream out(file, std::ios::app);
    while (!stop && lines < 400'000) out << "{\"id\":\"" << ++lines << "\",\"title\":\"" << '\n';
  });
  const auto run = bounded_index(bench);
  stop = true;
  writer.join();
  INFO(run.err);
  CHECK((run.exit_code == 0 || run.exit_code == 4));
  check_neighbour(bench);
  const auto next = bench.index({"--format", "json"});
  CHECK(Json::parse(next.out)["refused"] == lines);
}

TEST_CASE("hostile: a folder of 100,000 files costs its listing, and every refusal is counted",
          "[cli][hostile]") {
  const Workbench bench;
  bench.write("a.txt", story("Keeper safe"));
  for (int i = 0; i < 100'000; ++i) {
    const auto name = bench.articles() / fmt::format("{:06}.png", i);
    ::close(::open(name.c_str(), O_CREAT | O_WRONLY, 0600));
  }
  const auto run = bounded_index(bench, {"--format", "json", bench.articles().string()});
  INFO(run.err);
  CHECK(run.exit_code == 4);
  const auto report = Json::parse(run.out);
  CHECK(report["refused"] == 100'000);
  CHECK(report["added"] == 1);
  check_neighbour(bench);
}

TEST_CASE("hostile: folders nested 5,000 deep are given up with a reason", "[cli][hostile]") {
  const Workbench bench;
  bench.write("a.txt", story("Keeper safe"));
  make_nested_folders(bench.articles(), 5'000);
  const auto run = bounded_index(bench);
  INFO(run.out << run.err);
  CHECK(run.exit_code == 4);
  CHECK_THAT(run.out, Contains("more than 100 folders deep") && Contains("1 added"));
  check_neighbour(bench);
  CHECK(run_program("/bin/rm", {"-rf", (bench.articles() / "d").string()}).exit_code == 0);
}

TEST_CASE("hostile: an article of 1 GB is refused within 400 MB, as text and as a line of JSON",
          "[cli][hostile]") {
  constexpr std::uint64_t gigabyte = 1ULL << 30;
  const Workbench bench;
  bench.write("a.txt", story("Keeper safe"));
  bench.write("text.txt.gz", packed_many("Title\n\n", megabyte_of_words('\n'), gigabyte, "end"));
  bench.write("line.jsonl.gz",
              packed_many("{\"id\":\"big\",\"text\":\"", megabyte_of_words(' '), gigabyte,
                          "\"}\n" + json_line({"small", "Small", "A small zeppelin.", "", ""})));
  const auto measured = measured_index({"--db", bench.db().string(), bench.articles().string()});
  CHECK(measured.exit_code == 4);
  check_peak(measured, 400);
  const auto report = Json::parse(bench.index({"--format", "json"}).out);
  REQUIRE(report["refused"] == 2);
  for (const auto& refusal : report["refusals"]) CHECK(refusal["reason"] == "longer than 64 MB");
  CHECK(bench.answer({"zeppelin"})["total"] == 1);
  check_neighbour(bench);
}

TEST_CASE("hostile: a bomb is cut off where it unpacks to a thousand times its size, within 300 MB",
          "[cli][hostile]") {
  const Workbench bench;
  bench.write("a.txt", story("Keeper safe"));
  const std::string zeros(8U << 20, ' ');
  const auto bomb = packed_many("", zeros, 600ULL << 20, "");
  bench.write("bomb.txt.gz", bomb);
  bench.write("twice.txt.gz", packed_many("", bomb, bomb.size(), ""));
  const auto measured = measured_index({"--db", bench.db().string(), bench.articles().string()});
  CHECK(measured.exit_code == 4);
  check_peak(measured, 300);
  check_neighbour(bench);
}

TEST_CASE("hostile: nesting without end costs neither the stack nor another article",
          "[cli][hostile]") {
  constexpr std::size_t deep = 200'000;
  const auto repeated = [](std::string_view piece) {
    std::string text;
    for (std::size_t i = 0; i < deep; ++i) text += piece;
    return text;
  };
  const Workbench bench;
  bench.write("a.txt", story("Keeper safe"));
  bench.write("json.json", repeated("[") + repeated("]"));
  bench.write("object.json", repeated("{\"a\":"));
  bench.write("lines.jsonl", "{\"text\":" + repeated("[") + repeated("]") + "}\n{}\n");
  bench.write("export.jsonl",
              "{\"dateline_export\":1,\"x\":" + repeated("[") + repeated("]") + "}");
  bench.write("xml.xml", "<rss><channel><item>" + repeated("<a>") + "x");
  bench.write("html.html", "<html><body>" + repeated("<div>") + "x");
  bench.write("ld.html", "<html><script type=\"application/ld+json\">" + repeated("[{\"a\":") +
                             "</script><body><p>x</p>");
  bench.write("front.txt", "---\n" + repeated("[") + "\n---\nText\n");
  bench.write("sgml.sgml", "<DOC>" + repeated("<TEXT>") + "x</DOC>");
  const auto run = bounded_index(bench);
  INFO(run.out << run.err);
  CHECK((run.exit_code == 0 || run.exit_code == 4));
  check_neighbour(bench);
}

TEST_CASE("hostile: entities neither expand without bound nor read another file",
          "[cli][hostile]") {
  const Workbench bench;
  bench.write("a.txt", story("Keeper safe"));
  const auto secret = bench.articles().parent_path() / "secret";
  std::ofstream(secret) << "zanzibar";
  std::string laughs = "<!DOCTYPE rss [<!ENTITY l0 \"lol\">";
  for (int i = 1; i < 30; ++i) {
    laughs += fmt::format("<!ENTITY l{} \"", i);
    for (int j = 0; j < 10; ++j) laughs += fmt::format("&l{};", i - 1);
    laughs += "\">";
  }
  bench.write("laughs.xml",
              "<?xml version=\"1.0\"?>" + laughs +
                  "]><rss><channel><item><title>&l29;</title></item></channel></rss>");
  bench.write("external.xml",
              fmt::format("<?xml version=\"1.0\"?><!DOCTYPE rss [<!ENTITY x SYSTEM \"file://{0}\">"
                          "<!ENTITY % p SYSTEM \"file://{0}\">%p;]><rss xmlns:xi="
                          "\"http://www.w3.org/2001/XInclude\"><channel><item><title>Outside &x;"
                          "</title><description><xi:include href=\"file://{0}\" parse=\"text\"/>"
                          "&x;</description></item></channel></rss>",
                          secret.string()));
  const auto measured = measured_index({"--db", bench.db().string(), bench.articles().string()});
  CHECK((measured.exit_code == 0 || measured.exit_code == 4));
  check_peak(measured, 300);
  CHECK(bench.answer({"zanzibar"})["total"] == 0);
  check_neighbour(bench);
}

TEST_CASE("hostile: NULs and bytes that are no text are refused or read as text",
          "[cli][hostile]") {
  const Workbench bench;
  bench.write("a.txt", story("Keeper safe"));
  bench.write("nuls.txt", std::string(100'000, '\0'));
  bench.write("nul.txt", std::string("Zeppelin\0 seen\n\nA zeppelin was seen over the bay.\n", 50));
  bench.write("bytes.txt", "Zeppelin \xff\xfe\xc0\xaf\xed\xa0\x80 seen\n\nA zeppelin was seen.\n");
  bench.write("bytes.jsonl",
              "{\"id\":\"j\",\"title\":\"Zeppelin\xff\",\"text\":\"A \xc3 zeppelin\"}\n");
  const auto run = bounded_index(bench);
  INFO(run.out << run.err);
  CHECK(run.exit_code == 4);
  CHECK_THAT(run.out, Contains("nuls.txt") && Contains("binary"));
  const auto found = bench.search({"--format", "jsonl", "--full", "zeppelin"});
  CHECK(json_records(found.out).size() == 3);
  CHECK(is_valid_utf8(found.out));
  CHECK(found.out.find("\\u0000") == std::string::npos);
  check_neighbour(bench);
}

TEST_CASE("hostile: names of any bytes and of any length are read, and told on one line each",
          "[cli][hostile]") {
  const Workbench bench;
  const std::vector<std::string> names{
      "line\nend.txt",     "esc\x1b[2J.txt", "bidi\u202E.txt",  "c1\u009b.txt",
      "bytes\xff\xfe.txt", "-rf.txt",        "$(touch x);.txt", std::string(251, 'n') + ".txt"};
  for (const auto& name : names) bench.write(name, "Zeppelin\n\nA zeppelin was seen.\n");
  for (const auto& name : names) bench.write("bad" + name.substr(0, 200) + ".pdf", "%PDF-1.4 x");
  const auto run = bounded_index(bench);
  INFO(run.out << run.err);
  CHECK(run.exit_code == 4);
  CHECK(controls_in(run.out) == "");
  CHECK(std::ranges::count(run.out, '\n') == static_cast<long>(names.size()) + 3);
  CHECK(bench.answer({"zeppelin"})["total"] == names.size());
  const auto ids = bench.search({"--format", "ids", "zeppelin"});
  CHECK(std::ranges::count(ids.out, '\n') == static_cast<long>(names.size()));
  CHECK(controls_in(ids.out) == "");
}

TEST_CASE("hostile: symbolic links out of a set are not followed unless that is asked for",
          "[cli][hostile]") {
  const Workbench bench;
  const auto outside = bench.articles().parent_path() / "outside";
  fs::create_directories(outside / "deep");
  std::ofstream(outside / "deep" / "o.txt") << story("Outside");
  std::ofstream(outside / "single.txt") << "Zeppelin\n\nA zeppelin was seen.\n";
  bench.write("in/z.txt", "Inside\n\nA harbour was closed.\n");
  fs::create_directory_symlink(outside, bench.articles() / "a-link");
  fs::create_directory_symlink(outside / "deep", bench.articles() / "b-link");
  fs::create_symlink(outside / "single.txt", bench.articles() / "c.txt");
  fs::create_symlink(outside / "single.txt", bench.articles() / "d.txt");
  fs::create_symlink(bench.articles() / "in" / "z.txt", bench.articles() / "again.txt");
  fs::create_symlink("nowhere", bench.articles() / "gone.txt");
  fs::create_directory_symlink("..", bench.articles() / "in" / "loop");
  fs::create_directory_symlink(bench.articles(), outside / "back");
  const auto set = bench.articles().string();
  CHECK(bench.index().exit_code == 0);
  CHECK(bench.answer({"--all"})["total"] == 1);

  const auto run = bounded_index(bench, {"--follow-symlinks", "yes", set});
  INFO(run.out << run.err);
  CHECK(run.exit_code == 4);
  CHECK_THAT(run.out, Contains("gone.txt: a symbolic link that leads nowhere"));
  CHECK_THAT(run.out, Contains("2 added, 0 changed, 0 removed, 1 unchanged"));
  check_neighbour(bench);
  CHECK(bench.ids({"--all", "--sort", "oldest"}) ==
        std::vector<std::string>{"a-link/deep/o.txt", "a-link/single.txt", "in/z.txt"});
  // Remembered, and taken back.
  CHECK_THAT(bench.index({set}).out, Contains("0 added, 0 changed, 0 removed, 3 unchanged"));
  CHECK_THAT(bench.index({"--follow-symlinks", "no", "--allow-mass-removal", set}).out,
             Contains("2 removed"));
}

TEST_CASE("hostile: two hard links are two articles", "[cli][hostile]") {
  const Workbench bench;
  const auto file = bench.write("a.txt", story("Keeper safe"));
  fs::create_hard_link(file, bench.articles() / "b.txt");
  for (const char* policy : {"no", "yes"}) {
    CHECK(bench.index({"--follow-symlinks", policy, bench.articles().string()}).exit_code == 0);
    CHECK(bench.answer({"lighthouse"})["total"] == 2);
  }
}

TEST_CASE("hostile: nothing that an article, its id or its path says reaches a terminal raw",
          "[cli][hostile]") {
  const auto& bench = deceitful();
  const std::vector<std::vector<std::string>> searches{
      {"zeppelin"},
      {"zeppelin", "--full"},
      {"zeppelin", "--explain"},
      {"zeppelin", "--fields", "id,title,path,record,source,authors,topics,url,entities,snippet"},
      {"zeppelin", "--open", "1", "--sort", "oldest"},
      {"zeppelin", "--open", "2", "--sort", "oldest"},
      {"zeppelin", "--open", "3", "--sort", "oldest"},
      {"zeppelin", "--facets-only"},
      {"zeppelin", "--facet", "author", "--facet", "topic"},
      {"zeppelin", "--format", "tsv", "--header"},
      {"zeppelin", "--format", "csv", "--raw-cells"},
      {"zeppelin", "--format", "trec"},
      {"zeppelin", "--format", "ids"},
      {"zeppelin", "--format", "json"},
      {"zeppelin", "--format", "jsonl", "--full"},
      {"zeppelin" + deceit},
      {"zepelin" + deceit + " (("},
      {"--source", "@Sour" + deceit},
      {"--like", "=1+1" + deceit},
      {"--person", "Ann" + deceit},
      {"--profile", "Ann Lee"},
      {"zepelin"}};
  for (auto arguments : searches) {
    const auto what = arguments[0] + " " + arguments.back();
    check_no_controls(what, bench.search(arguments, {.environment = {{"BROWSER", "/bin/false"}}}));
    arguments.insert(arguments.end(), {"--color", "always", "--links", "always"});
    check_no_controls(what, bench.search(arguments, {.environment = {{"BROWSER", "/bin/false"}}}));
  }
  check_no_controls(
      "batch", bench.search({"--batch", "-"},
                            {.input = "q" + deceit + "\tzeppelin\n" + "\xff\t((" + deceit + "\n"}));
  const std::vector<std::vector<std::string>> runs{
      {"--rebuild"},
      {"--rebuild", "--format", "json"},
      {"--explain", bench.articles().string()},
      {"--explain", "--format", "jsonl", bench.articles().string()},
      {"--entities"},
      {"--entities", "--format", "tsv"},
      {"--entities", "--format", "jsonl"},
      {"--export"},
      {"/no/" + deceit},
      {"--forget", "/no/" + deceit},
      {"--files-from", "/no/" + deceit},
      {"--source-names", "/no/" + deceit, "."},
      {"--map", "title" + deceit}};
  for (auto arguments : runs) {
    const auto what = arguments[0];
    check_no_controls(what, bench.index(arguments));
    arguments.insert(arguments.end(), {"--color", "always"});
    check_no_controls(what, bench.index(arguments));
  }
  const TempDir folder;
  const auto documents = folder.write(
      deceit.substr(0, 4) + "tag.jsonl",
      Json{{"doc", "d" + deceit}, {"text", "Ann Lee" + deceit + " said."}}.dump() + "\n{" + deceit);
  check_no_controls("tag", dateline_index({"--tag", documents.string()}));
}

TEST_CASE("hostile: a web address with controls is no link and is not opened", "[cli][hostile]") {
  const TempDir folder;
  const auto said = folder / "said";
  const auto browser =
      folder.write("browser", "#!/bin/sh\necho \"$@\" > '" + said.string() + "'\n");
  fs::permissions(browser, fs::perms::owner_all);
  const Workbench bench;
  std::string lines;
  const std::vector<std::string> addresses{"https://e.org/\u202Egnp", "file:///etc/passwd",
                                           "javascript:alert(1)",     "-remote",
                                           "data:text/html,x",        "HTTPS://e.org/\u200B"};
  for (std::size_t i = 0; i < addresses.size(); ++i)
    lines += Json{{"dateline_export", 1}, {"path", "/n/a"},        {"id", fmt::format("{}", i)},
                  {"title", "Zeppelin"},  {"body", "A zeppelin."}, {"url", addresses[i]}}
                 .dump() +
             "\n";
  bench.write("e.jsonl", lines);
  REQUIRE(bench.index().exit_code == 0);
  for (std::size_t i = 1; i <= addresses.size(); ++i) {
    const auto run = bench.search({"zeppelin", "--open", std::to_string(i)},
                                  {.environment = {{"BROWSER", browser.string()}}});
    CHECK(run.exit_code == 0);
    CHECK_THAT(run.out, Contains("A zeppelin."));
    CHECK_FALSE(fs::exists(said));
  }
  const auto page = bench.search({"zeppelin", "--links", "always"});
  CHECK(page.out.find("\x1b]8;;https") == std::string::npos);
  CHECK(page.out.find("\x1b]8;;java") == std::string::npos);
}

TEST_CASE("hostile: no cell of TSV or CSV is a formula, and numbers stay numbers",
          "[cli][hostile]") {
  const auto& bench = deceitful();
  const std::vector<std::string> asked{"zeppelin", "--fields",
                                       "id,title,source,authors,topics,score", "--format"};
  for (const char* format : {"tsv", "csv"}) {
    auto arguments = asked;
    arguments.emplace_back(format);
    const auto safe = bench.search(arguments).out;
    INFO(safe);
    CHECK(safe.find("'=1+1") != std::string::npos);
    CHECK(safe.find("'-e") != std::string::npos);
    CHECK(safe.find("'@Source") != std::string::npos);
    CHECK(safe.find("'+Ann") != std::string::npos);
    CHECK(safe.find("'=topic") != std::string::npos);
    const std::regex formula("(^|[\t,\n]\"?) *[=+@-]");
    CHECK_FALSE(std::regex_search(safe, formula));
    CHECK(std::regex_search(safe, std::regex("[\t,][0-9]+\\.[0-9]{4}\n")));
    arguments.emplace_back("--raw-cells");
    const auto raw = bench.search(arguments).out;
    INFO(raw);
    CHECK(std::regex_search(raw, formula));
    CHECK(raw.find("'=1+1") == std::string::npos);
  }
  const auto facets = bench.search(
      {"zeppelin", "--facets-only", "--facet", "source", "--facet", "topic", "--format", "tsv"});
  CHECK_THAT(facets.out, Contains("source\t'@Source") && Contains("topic\t'=topic"));
  const auto entities = bench.index({"--entities", "--format", "tsv"});
  CHECK_THAT(entities.out, Contains("person\t'=Ann Lee"));
  CHECK_THAT(bench.index({"--entities", "--format", "tsv", "--raw-cells"}).out,
             Contains("person\t=Ann Lee"));
  CHECK(bench.search({"zeppelin", "--raw-cells"}).exit_code == 2);
  CHECK(bench.index({"--entities", "--raw-cells"}).exit_code == 2);
}

TEST_CASE("hostile: a row of TSV or CSV is one line, whatever stands in its cells",
          "[cli][hostile]") {
  const auto& bench = deceitful();
  const auto fields = "id,title,path,record,source,authors,topics,url,text";
  const auto tsv = bench.search({"zeppelin", "--fields", fields, "--format", "tsv"}).out;
  CHECK(std::ranges::count(tsv, '\n') == 3);
  CHECK(std::ranges::count(tsv, '\t') == 3 * 8);
  const auto csv = bench.search({"zeppelin", "--fields", fields, "--format", "csv"}).out;
  CHECK(std::ranges::count(csv, '\n') == 4);
  CHECK(csv.find('\r') == std::string::npos);
}

TEST_CASE("hostile: files of an index are their owner's alone, whatever the umask",
          "[cli][hostile]") {
  const Workbench bench;
  bench.write("a.txt", story("Keeper safe"));
  const auto script = fmt::format("umask 000; exec '{}' --db '{}' '{}'", index_program().string(),
                                  bench.db().string(), bench.articles().string());
  REQUIRE(run_program("/bin/sh", {"-c", script}).exit_code == 0);
  bench.write("b.txt", story("Second"));
  REQUIRE(run_program("/bin/sh", {"-c", script}).exit_code == 0);
  std::size_t files = 0;
  const auto check = [&](const fs::path& path) {
    INFO(path);
    const auto mode = fs::status(path).permissions();
    CHECK(mode == (fs::is_directory(path) ? fs::perms::owner_all
                                          : fs::perms::owner_read | fs::perms::owner_write));
    ++files;
  };
  check(bench.db());
  for (const auto& entry : fs::recursive_directory_iterator(bench.db())) check(entry.path());
  CHECK(files > 8);
}

TEST_CASE("hostile: judgements and standing queries without end are refused, not read",
          "[cli][hostile]") {
  const auto& bench = indexed_sample_set();
  const TempDir dir;
  const auto queries = dir.write("queries", "storm\n");
  for (const auto* file : {"/dev/zero", "/dev/full"}) {
    const auto run = bench.search({"--batch", queries.string(), "--qrels", file});
    CHECK(run.exit_code == 2);
    CHECK_THAT(run.err, Contains("it is no regular file"));
  }
  fs::resize_file(queries, std::uintmax_t{2} << 30);
  const auto rated = bench.search({"--batch", "/dev/null", "--qrels", queries.string()});
  CHECK(rated.exit_code == 2);
  CHECK_THAT(rated.err, Contains("is larger than 1 GiB"));
  const Workbench own;
  const auto alerting = own.index({"--alerts", queries.string(), own.articles().string()});
  CHECK(alerting.exit_code == 2);
  CHECK_THAT(alerting.err, Contains("is larger than 64 MiB"));
}
