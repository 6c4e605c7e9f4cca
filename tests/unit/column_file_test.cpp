// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/index/column_file.h"

#include <catch2/catch.hpp>
#include <fstream>

#include "common/error.h"
#include "tests/support/temp_dir.h"

using namespace dateline;
using dateline::test::TempDir;

namespace {

std::filesystem::path write_sample(const TempDir& dir) {
  const auto path = dir / "columns";
  ColumnFileWriter file;
  file.add("day", std::vector<std::int32_t>{-1, 0, 19433});
  file.add_strings("id", {"a", "", "long id"});
  file.write(path, "seg-000001");
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

TEST_CASE("a column file that was cut or altered anywhere is refused", "[index][hostile]") {
  const TempDir dir;
  const auto path = write_sample(dir);
  const auto whole = test::read_text(path);
  for (std::size_t length = 0; length < whole.size(); length += 7) {
    dir.write("columns", whole.substr(0, length));
    CHECK(code_of_opening(path, "seg-000001") == ExitCode::damaged_index);
  }
  // Padding between sections may hold anything; every other byte is vouched for.
  std::size_t unnoticed = 0;
  for (std::size_t at = 0; at < whole.size(); ++at) {
    auto altered = whole;
    altered[at] = static_cast<char>(altered[at] ^ 0x20);
    dir.write("columns", altered);
    if (code_of_opening(path, "seg-000001") == ExitCode::ok) ++unnoticed;
  }
  const std::size_t used = 40 + 3 * 48 + 3 * 4 + 4 * 8 + 8;
  CHECK(unnoticed == whole.size() - used);
}
