// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/index/column_file.h"

#include <catch2/catch.hpp>
#include <fstream>

#include "common/error.h"
#include "common/index/ordinals.h"
#include "indexer/update/catalogue.h"
#include "tests/support/column_bytes.h"
#include "tests/support/temp_dir.h"

using namespace dateline;
using dateline::test::TempDir;

namespace {

std::filesystem::path write_sample(const TempDir& dir) {
  const auto path = dir / "columns";
  ColumnFileWriter file(path, "seg-000001");
  file.add("day", std::vector<std::int32_t>{-1, 0, 19433});
  file.add_strings("id", std::vector<std::string>{"a", "", "long id"});
  file.finish();
  return path;
}

ExitCode code_of_opening(const std::filesystem::path& path, std::string_view owner) {
  try {
    const ColumnFile file(path, owner);
    file.verify();
  } catch (const Error& e) {
    return e.code();
  }
  return ExitCode::ok;
}

template <class F>
ExitCode refusal_of(F&& read) {
  try {
    read();
  } catch (const Error& e) {
    return e.code();
  }
  return ExitCode::ok;
}

}  // namespace

TEST_CASE("columns and strings are read back as written", "[index]") {
  const TempDir dir;
  const ColumnFile file(write_sample(dir), "seg-000001");
  const auto day = file.column<std::int32_t>("day");
  CHECK(std::vector<std::int32_t>(day.begin(), day.end()) ==
        std::vector<std::int32_t>{-1, 0, 19433});
  const auto ids = file.strings("id");
  REQUIRE(ids.size() == 3);
  CHECK(ids[0] == "a");
  CHECK(ids[1].empty());
  CHECK(ids[2] == "long id");
  CHECK_THROWS_AS(file.column<std::int32_t>("no such"), Error);
}

TEST_CASE("a column file in another segment's place is refused", "[index][hostile]") {
  const TempDir dir;
  CHECK(code_of_opening(write_sample(dir), "seg-000001") == ExitCode::ok);
  CHECK(code_of_opening(write_sample(dir), "seg-000002") == ExitCode::damaged_index);
}

TEST_CASE("strings whose offsets leave their text are refused, though the checksums fit",
          "[index][hostile]") {
  const TempDir dir;
  const auto path = write_sample(dir);
  const auto whole = test::read_text(path);
  for (const std::uint64_t offset : {std::uint64_t{2}, std::uint64_t{9}, ~std::uint64_t{0}}) {
    INFO(offset);
    test::write_bytes(path, test::with_number(whole, "seg-000001", "id.at", 1, offset));
    const ColumnFile file(path, "seg-000001");
    file.verify();
    const auto ids = file.strings("id");
    CHECK((offset == 2 || refusal_of([&] { ids[0]; }) == ExitCode::damaged_index));
    CHECK(refusal_of([&] { ids[1]; }) == ExitCode::damaged_index);
    CHECK(ids[2] == "long id");
  }
}

TEST_CASE("an ordinal beyond its list is refused as it is read", "[index][hostile]") {
  const TempDir dir;
  ColumnFileWriter writer(dir / "columns", "seg-000001");
  writer.add("row", std::vector<std::uint32_t>{0, 2, 3});
  writer.finish();
  const ColumnFile file(dir / "columns", "seg-000001");
  const Ordinals rows(file.column<std::uint32_t>("row"), 3, file);
  CHECK(rows.size() == 3);
  CHECK(rows[1] == 2);
  CHECK(std::vector<std::uint32_t>(rows.begin(), rows.begin() + 2) ==
        std::vector<std::uint32_t>{0, 2});
  CHECK(refusal_of([&] { (void)rows[2]; }) == ExitCode::damaged_index);
}

TEST_CASE("a catalogue whose lists do not fit each other is refused, though its checksums fit",
          "[index][hostile]") {
  const TempDir dir;
  const auto path = dir / "catalogue-000001";
  FileEntry entry;
  entry.articles = 2;
  entry.refusals.push_back({"3", "it has no text"});
  write_catalogue(path, 1, {{"/set/a.jsonl", entry}});
  CHECK(read_catalogue(path, 1).at("/set/a.jsonl").refusals.size() == 1);
  const auto whole = test::read_text(path);
  for (const std::uint32_t refusals : {0U, 2U, 0xFFFFFFFFU}) {
    INFO(refusals);
    test::write_bytes(path, test::with_number(whole, "catalogue-000001", "refusals", 0, refusals));
    CHECK(refusal_of([&] { read_catalogue(path, 1); }) == ExitCode::damaged_index);
  }
}

TEST_CASE("a column file that was cut or altered anywhere is refused", "[index][hostile]") {
  const TempDir dir;
  const auto path = write_sample(dir);
  const auto whole = test::read_text(path);
  for (std::size_t length = 0; length < whole.size(); length += 7) {
    dir.write("columns", whole.substr(0, length));
    CHECK(code_of_opening(path, "seg-000001") == ExitCode::damaged_index);
  }
  std::size_t unnoticed = 0;
  for (std::size_t at = 0; at < whole.size(); ++at) {
    auto altered = whole;
    altered[at] = static_cast<char>(altered[at] ^ 0x20);
    dir.write("columns", altered);
    if (code_of_opening(path, "seg-000001") == ExitCode::ok) ++unnoticed;
  }
  CHECK(unnoticed == 0);
}
