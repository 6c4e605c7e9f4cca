// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>

#include <catch2/catch.hpp>
#include <chrono>
#include <functional>
#include <set>

#include "tests/unit/corpus_fixture.h"

using namespace dateline;
using namespace dateline::test;
using Catch::Matchers::Contains;

namespace {

struct Member {
  std::string path, content;
  unsigned type = AE_IFREG;
};

using SetFormat = std::function<int(archive*)>;

std::string archive_of(const std::vector<Member>& members, const SetFormat& set_format) {
  std::string out(8 << 20, '\0');
  std::size_t used = 0;
  archive* writer = archive_write_new();
  REQUIRE(set_format(writer) == ARCHIVE_OK);
  archive_write_set_bytes_in_last_block(writer, 1);
  REQUIRE(archive_write_open_memory(writer, out.data(), out.size(), &used) == ARCHIVE_OK);
  for (const Member& member : members) {
    archive_entry* entry = archive_entry_new();
    archive_entry_set_pathname(entry, member.path.c_str());
    archive_entry_set_filetype(entry, member.type);
    archive_entry_set_perm(entry, 0644);
    archive_entry_set_size(entry, static_cast<la_int64_t>(member.content.size()));
    if (member.type == AE_IFLNK) archive_entry_set_symlink(entry, "/etc/passwd");
    REQUIRE(archive_write_header(writer, entry) >= ARCHIVE_WARN);
    archive_write_data(writer, member.content.data(), member.content.size());
    archive_entry_free(entry);
  }
  archive_write_close(writer);
  archive_write_free(writer);
  out.resize(used);
  return out;
}

std::string tar(const std::vector<Member>& members) {
  return archive_of(members, archive_write_set_format_gnutar);
}

std::string zip(const std::vector<Member>& members) {
  return archive_of(members, archive_write_set_format_zip);
}

std::string text(const std::string& title) {
  return title + "\n\nThe bridge over the river opened on Monday.\n";
}

CollectingSink read_bytes(const std::string& name, std::string_view content,
                          ReadOptions options = {}) {
  const TempDir folder;
  folder.write(name, content);
  return read_all(folder.path(), std::move(options));
}

std::vector<std::string> records(const CollectingSink& sink) {
  std::vector<std::string> names;
  for (const Article& article : sink.articles) names.push_back(article.record);
  return names;
}

using Names = std::vector<std::string>;

}  // namespace

TEST_CASE("the files in an archive are read each by its own format", "[corpus][archive]") {
  const std::vector<Member> members{
      {"a/", "", AE_IFDIR},
      {"a/b.txt", text("Bridge opens")},
      {"a/c.jsonl", "{\"id\":\"c1\",\"text\":\"One.\"}\n{broken\n{\"text\":\"Two.\"}\n"},
      {"d.txt.gz", packed(text("Packed"), Packer::gzip)},
      {"e.html", "<html><title>Page</title><body><p>The bridge opened on Monday.</p>"}};
  const std::map<std::string, std::string> archives{
      {"x.tar", tar(members)},
      {"x.tar.gz", packed(tar(members), Packer::gzip)},
      {"x.tgz", packed(tar(members), Packer::gzip)},
      {"x.tar.zst", packed(tar(members), Packer::zstd)},
      {"ustar.tar", archive_of(members, archive_write_set_format_ustar)},
      {"pax.tar", archive_of(members, archive_write_set_format_pax)},
      {"v7.tar", archive_of(members, archive_write_set_format_v7tar)},
      {"x.zip", zip(members)},
      {"x.zip.gz", packed(zip(members), Packer::gzip)}};
  for (const auto& [name, bytes] : archives) {
    INFO(name);
    const CollectingSink sink = read_bytes(name, bytes);
    CHECK(records(sink) ==
          Names{"a/b.txt", "a/c.jsonl c1", "a/c.jsonl line 3", "d.txt.gz", "e.html"});
    REQUIRE(sink.articles.size() == 5);
    CHECK(sink.articles[0].id.value == name + "/a/b.txt");
    CHECK(sink.articles[1].id.value == "c1");
    CHECK(sink.articles[2].id.value == name + "/a/c.jsonl#3");
    CHECK(sink.articles[3].title.value == "Packed");
    REQUIRE(sink.refusals.size() == 1);
    CHECK(sink.refusals[0].record == "a/c.jsonl line 2");
  }
}

TEST_CASE("archives in an archive are read, those in these are not", "[corpus][archive]") {
  const std::string inner = packed(tar({{"b.txt", text("Inner")}}), Packer::gzip);
  CHECK(records(read_bytes("x.zip", zip({{"in/a.tar.gz", inner}}))) == Names{"in/a.tar.gz b.txt"});
  const auto deeper = read_bytes("x.tar", tar({{"y.zip", zip({{"a.tgz", inner}})}}));
  CHECK(deeper.articles.empty());
  REQUIRE(deeper.refusals.size() == 1);
  CHECK(deeper.refusals[0].record == "y.zip a.tgz");
  CHECK(deeper.refusals[0].reason == "an archive in an archive in an archive");
}

TEST_CASE("hidden files, litter, links and devices in an archive are passed over",
          "[corpus][archive]") {
  const auto sink = read_bytes("x.tar", tar({{"./a.txt", text("A")},
                                             {".hidden.txt", text("Hidden")},
                                             {".git/b.txt", text("Hidden")},
                                             {"__MACOSX/a.txt", text("Litter")},
                                             {"c.txt~", text("Backup")},
                                             {"link.txt", "", AE_IFLNK},
                                             {"fifo.txt", "", AE_IFIFO}}));
  CHECK(records(sink) == Names{"a.txt"});
  CHECK(sink.refusals.empty());
}

TEST_CASE("the name of a member is a label and no more", "[corpus][archive]") {
  const auto sink = read_bytes("x.tar", tar({{"../../etc/passwd", text("Up")},
                                             {"/etc/shadow", text("Absolute")},
                                             {"a\x1B[2J.txt", text("Control")},
                                             {"b\xFF.txt", text("Bytes")},
                                             {"M\xC3\xA4rz.txt", text("UTF-8")}}));
  CHECK(records(sink) ==
        Names{"../../etc/passwd", "/etc/shadow", "a%1B[2J.txt", "b%FF.txt", "M\xC3\xA4rz.txt"});
}

TEST_CASE("names that a pax header gives in UTF-8 are kept", "[corpus][archive]") {
  const std::string path = "M\xC3\xA4rz/\xD0\x9C.txt";
  std::string length = " path=" + path + "\n";
  length = std::to_string(length.size() + 2) + length;
  std::string header = tar({{"PaxHeader", length}, {"x.txt", text("T")}});
  header[156] = 'x';
  int sum = 0;
  std::fill_n(header.begin() + 148, 8, ' ');
  for (int i = 0; i < 512; ++i)
    sum += static_cast<unsigned char>(header[static_cast<std::size_t>(i)]);
  header.replace(148, 8, fmt::format("{:06o}", sum) + std::string("\0 ", 2));
  CHECK(records(read_bytes("x.tar", header)) == Names{path});
}

TEST_CASE("members of one name are told apart", "[corpus][archive]") {
  CHECK(records(read_bytes("x.tar", tar({{"a.txt", text("A")}, {"a.txt", text("B")}}))) ==
        Names{"a.txt", "a.txt (member 2)"});
}

TEST_CASE("the table beside an archive tells the source of what is in it, but no title",
          "[corpus][archive]") {
  const TempDir folder;
  folder.write("meta.csv", "path,title,source\nx.tar,Of the archive,The Halverton Post\n");
  folder.write("x.tar", tar({{"a.txt", text("Bridge opens")}}));
  const auto sink = read_all(folder.path());
  REQUIRE(sink.articles.size() == 1);
  CHECK(sink.articles[0].title.value == "Bridge opens");
  CHECK(sink.articles[0].source.value == "The Halverton Post");
}

TEST_CASE("a metadata table in an archive is refused as such", "[corpus][archive]") {
  const auto sink = read_bytes("x.zip", zip({{"meta.csv", "path,title\na.txt,T\n"}}));
  REQUIRE(sink.refusals.size() == 1);
  CHECK(sink.refusals[0].record == "meta.csv");
  CHECK(sink.refusals[0].reason == "a metadata table in an archive is not read");
}

TEST_CASE("an encrypted member is refused and costs no other", "[corpus][archive]") {
  std::string bytes = zip({{"a.txt", text("A")}, {"b.txt", text("B")}});
  const auto set_flag = [&](const std::string& signature, std::size_t offset) {
    bytes[bytes.find(signature) + offset] |= 1;
  };
  set_flag("PK\x03\x04", 6);
  set_flag("PK\x01\x02", 8);
  const auto sink = read_bytes("x.zip", bytes);
  CHECK(records(sink) == Names{"b.txt"});
  REQUIRE(sink.refusals.size() == 1);
  CHECK(sink.refusals[0].record == "a.txt");
  CHECK(sink.refusals[0].reason == "encrypted");
}

TEST_CASE("what only calls itself an archive is refused", "[corpus][archive]") {
  CHECK_THAT(refusal_of("x.tar", text("No archive")).reason, Contains("cannot be read"));
  CHECK_THAT(refusal_of("x.zip", text("No archive")).reason, Contains("cannot be read"));
}

TEST_CASE("an archive is read up to the member that is one too many", "[corpus][archive]") {
  ReadOptions options;
  options.max_members = 2;
  const auto sink = read_bytes(
      "x.tar", tar({{"a.txt", text("A")}, {"b.txt", text("B")}, {"c.txt", text("C")}}), options);
  CHECK(sink.articles.size() == 2);
  REQUIRE(sink.refusals.size() == 1);
  CHECK_THAT(sink.refusals[0].reason, Contains("more than 2 members"));
}

TEST_CASE("what unpacks without end stops at the limit, however deep it is packed",
          "[corpus][archive]") {
  const std::string dense = packed(packed(std::string(70 << 20, 'x'), Packer::gzip), Packer::gzip);
  std::vector<Member> members(6, {"a.txt.gz", dense});
  members.push_back({"b.txt", text("After it")});
  const auto start = std::chrono::steady_clock::now();
  for (const std::string& bytes : {zip(members), tar({{"inner.zip", zip(members)}})}) {
    const auto sink = read_bytes("x.zip", bytes);
    CHECK(sink.articles.empty());
    REQUIRE_FALSE(sink.refusals.empty());
    CHECK_THAT(sink.refusals.back().reason, Contains("times its size"));
  }
  CHECK(std::chrono::steady_clock::now() - start < std::chrono::seconds(10));
}

TEST_CASE("members together stay within what a file may unpack to", "[corpus][archive]") {
  ReadOptions options;
  options.max_expanded_bytes = 5000;
  const std::string article = text("A") + std::string(2000, 'x');
  const auto sink = read_bytes(
      "x.zip", zip({{"a.txt", article}, {"b.txt", article}, {"c.txt", article}}), options);
  CHECK(sink.articles.size() == 2);
  REQUIRE(sink.refusals.size() == 1);
  CHECK_THAT(sink.refusals[0].reason, Contains("unpacks to more than"));
}

TEST_CASE("an archive cut anywhere gives what came before, and no crash", "[corpus][archive]") {
  const std::vector<Member> members{{"a.txt", text("A")}, {"b.txt", text("B")}};
  for (const auto& [name, whole] : std::map<std::string, std::string>{
           {"x.tar.gz", packed(tar(members), Packer::gzip)}, {"x.zip", zip(members)}}) {
    const TempDir folder;
    for (std::size_t length = 0; length < whole.size(); ++length) {
      folder.write(name, whole.substr(0, length));
      const auto sink = read_all(folder.path());
      if (sink.articles.size() > 2) FAIL(name << " cut at " << length);
      if (sink.articles.size() < 2 && sink.refusals.empty()) FAIL(name << " cut at " << length);
    }
  }
}
