// SPDX-License-Identifier: GPL-3.0-or-later
#include <sys/stat.h>

#include <catch2/catch.hpp>

#include "corpus/bytes/byte_source.h"
#include "corpus/bytes/encoding.h"
#include "corpus/bytes/line_reader.h"
#include "tests/unit/corpus_fixture.h"

using namespace dateline;
using namespace dateline::test;
using Catch::Matchers::Contains;

namespace {

std::string content_of(const std::filesystem::path& file, const ByteLimits& limits = {}) {
  ByteSource source(file, limits);
  return read_to_end(source, 1u << 30);
}

std::string many_lines(std::size_t count) {
  std::string text;
  for (std::size_t i = 0; i < count; ++i) text += "line " + std::to_string(i * 7919) + "\n";
  return text;
}

}  // namespace

TEST_CASE("packed files are unpacked, whatever their name", "[corpus][bytes]") {
  const TempDir folder;
  const std::string text = many_lines(50'000);
  for (const Packer packer : {Packer::gzip, Packer::zstd, Packer::xz, Packer::bzip2})
    CHECK(content_of(folder.write("any-name", packed(text, packer))) == text);
}

TEST_CASE("a packed file of several members is read to its end", "[corpus][bytes]") {
  const TempDir folder;
  for (const Packer packer : {Packer::gzip, Packer::zstd, Packer::xz, Packer::bzip2}) {
    const std::string two = packed("first\n", packer) + packed("second\n", packer);
    CHECK(content_of(folder.write("two", two)) == "first\nsecond\n");
  }
}

TEST_CASE("a damaged packed file is unreadable from there on", "[corpus][bytes]") {
  const TempDir folder;
  for (const Packer packer : {Packer::gzip, Packer::zstd, Packer::xz, Packer::bzip2}) {
    std::string bytes = packed(many_lines(200'000), packer);
    bytes.resize(bytes.size() / 2);
    const auto file = folder.write("cut", bytes);
    CHECK_THROWS_AS(content_of(file), Unreadable);
  }
}

TEST_CASE("a bomb is cut off where it passes a limit", "[corpus][bytes]") {
  const TempDir folder;
  const auto bomb = folder.write("bomb.gz", packed(std::string(40 << 20, 'a'), Packer::gzip));
  CHECK_THROWS_WITH(content_of(bomb, {.expanded_bytes = 1 << 20}), Contains("more than 1 MB"));
  CHECK_THROWS_WITH(content_of(bomb, {.expansion_ratio = 100, .ratio_from_bytes = 1 << 20}),
                    Contains("more than 100 times"));
}

TEST_CASE("only regular files are read, and a FIFO does not block", "[corpus][bytes]") {
  const TempDir folder;
  const auto fifo = folder.path() / "fifo";
  REQUIRE(::mkfifo(fifo.c_str(), 0600) == 0);
  CHECK_THROWS_WITH(ByteSource(fifo), "not a regular file");
  CHECK_THROWS_WITH(ByteSource("/dev/zero"), "not a regular file");
  CHECK_THROWS_WITH(ByteSource(folder.path()), "not a regular file");
  CHECK_THROWS_WITH(ByteSource(folder.path() / "none"), Contains("No such file"));
}

TEST_CASE("byte order marks are understood and left out", "[corpus][bytes]") {
  using namespace std::string_literals;
  const TempDir folder;
  CHECK(content_of(folder.write("u8", "\xEF\xBB\xBFG\xC3\xBCte")) == "G\xC3\xBCte");
  CHECK(content_of(folder.write("u16le", "\xFF\xFEG\0\xFC\0"s)) == "G\xC3\xBC");
  CHECK(content_of(folder.write("u16be", "\xFE\xFF\0G\0\xFC"s)) == "G\xC3\xBC");
  CHECK(content_of(folder.write("only-bom", "\xEF\xBB\xBF")).empty());
}

TEST_CASE("UTF-16 is decoded across block ends", "[corpus][bytes]") {
  std::string wide = "\xFF\xFE";
  std::string narrow;
  for (int i = 0; i < 300'000; ++i) {
    wide += std::string("\x3D\xD8\x00\xDE", 4);
    narrow += "\xF0\x9F\x98\x80";
  }
  const TempDir folder;
  CHECK(content_of(folder.write("wide", wide)) == narrow);
}

TEST_CASE("an over-long line is skipped without being stored, and counted", "[corpus][bytes]") {
  const TempDir folder;
  const auto file = folder.write("lines", "one\r\n" + std::string(5 << 20, 'x') + "\n\nfour");
  ByteSource source(file);
  LineReader reader(source, 1000);
  Line line;
  REQUIRE(reader.next(line));
  CHECK(line.text == "one");
  REQUIRE(reader.next(line));
  CHECK(line.too_long);
  CHECK(line.text.empty());
  CHECK(line.text.capacity() < (1 << 20));
  REQUIRE(reader.next(line));
  CHECK(line.text.empty());
  CHECK_FALSE(line.too_long);
  REQUIRE(reader.next(line));
  CHECK(line.text == "four");
  CHECK(line.number == 4);
  CHECK_FALSE(reader.next(line));
}

TEST_CASE("bytes that are not UTF-8 are taken to be what they most likely are",
          "[corpus][encoding]") {
  const Decoded western = to_utf8("Caf\xE9 Lumi\xE8re \x96 d\xE9j\xE0 vu, na\xEFve \x93quotes\x94");
  CHECK(western.text == "Café Lumière – déjà vu, naïve “quotes”");
  CHECK(western.assumed == "windows-1252");

  CHECK(to_utf8("Le Caf\xE9 d\xE9j\xE0 vu \xE0 l'\xE9t\xE9").assumed == "windows-1252");

  const Decoded russian = to_utf8(
      "\xCF\xF0\xE5\xE7\xE8\xE4\xE5\xED\xF2 \xD0\xEE\xF1\xF1\xE8\xE8 \xE7\xE0\xFF\xE2\xE8\xEB, "
      "\xF7\xF2\xEE \xE2\xF1\xF2\xF0\xE5\xF7\xE0 \xF1\xEE\xF1\xF2\xEE\xE8\xF2\xF1\xFF");
  CHECK(russian.assumed == "windows-1251");
  CHECK_THAT(russian.text, Contains("Президент России"));
}

TEST_CASE("UTF-8 with a stray byte stays UTF-8", "[corpus][encoding]") {
  const Decoded decoded = to_utf8("Größe und Öl \xFF für Kraków");
  CHECK(decoded.text == "Größe und Öl \xEF\xBF\xBD für Kraków");
  CHECK(decoded.assumed.empty());
  CHECK(decoded.damaged);
}

TEST_CASE("whatever the bytes, the text is UTF-8", "[corpus][encoding]") {
  std::string all;
  for (int byte = 0; byte < 256; ++byte) all += static_cast<char>(byte);
  CHECK(is_utf8(to_utf8(all).text));
  CHECK(is_utf8(clean_text(to_utf8(all).text)));
  CHECK(is_utf8(to_utf8(std::string(100'000, '\x80')).text));
}

TEST_CASE("clean text has no controls, soft hyphens or zero-width spaces", "[corpus][encoding]") {
  using namespace std::string_literals;
  CHECK(clean_text("a\0b\x1B[31mc\x7F"s) == "ab[31mc");
  CHECK(clean_text("one\r\ntwo\rthree\xE2\x80\xA8"
                   "four") == "one\ntwo\nthree\nfour");
  CHECK(clean_text("soft\xC2\xADhyphen zero\xE2\x80\x8Bwidth \xEF\xBB\xBF.") ==
        "softhyphen zerowidth .");
  CHECK(clean_text("a\xC2\xA0"
                   "b\tc\xE3\x80\x80"
                   "d") == "a b c d");
}

TEST_CASE("C1 controls are the windows-1252 characters they were meant to be",
          "[corpus][encoding]") {
  CHECK(clean_text("China\xC2\x92s \xC2\x93plan\xC2\x94\xC2\x81") == "China’s “plan”");
}

TEST_CASE("clean text is in NFC", "[corpus][encoding]") {
  CHECK(clean_text("Cafe\xCC\x81") == "Caf\xC3\xA9");
}

TEST_CASE("an excerpt is cut between characters", "[corpus][encoding]") {
  CHECK(excerpt("äöü\nabc", 4) == "äöü ...");
  CHECK(excerpt("äöü", 3) == "äöü");
}

TEST_CASE("folded words ignore case and punctuation in every script", "[corpus][encoding]") {
  CHECK(fold_words("  READ more: ») ") == "read more");
  CHECK(fold_words("Читайте ТАКЖЕ!") == "читайте также");
  CHECK(fold_words("À lire… aussi") == "à lire aussi");
}

TEST_CASE("bytes that look like a mainframe's are read all the same", "[corpus][bytes]") {
  const Decoded decoded = to_utf8("\x80P\xB9");
  CHECK(is_utf8(decoded.text));
  CHECK(decoded.assumed == "windows-1252");
}
