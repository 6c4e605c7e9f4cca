// SPDX-License-Identifier: GPL-3.0-or-later
// Whatever the bytes of a column file: opening, verifying and every accessor answers from within
// it or refuses it as damaged. Once as they are, and once with checksums that fit them.
#include <cstdint>
#include <cstdlib>
#include <string>

#include "common/error.h"
#include "common/hash.h"
#include "common/index/column_file.h"
#include "tests/support/column_bytes.h"
#include "tests/support/temp_dir.h"

namespace {

using namespace dateline;

constexpr std::string_view owner = "seg-000001";

/// Calls it; what it throws is a refusal of the index.
template <class F>
void attempt(F&& f) {
  try {
    f();
  } catch (const Error& e) {
    const bool refused = e.code() == ExitCode::damaged_index || e.code() == ExitCode::no_index;
    if (!refused || e.remedy().empty()) std::abort();
  }
}

template <class T>
void read_column(const ColumnFile& file, const std::string& name) {
  attempt([&] {
    const auto column = file.column<T>(name);
    if (hash64({reinterpret_cast<const char*>(column.data()), column.size_bytes()}) == 0) return;
  });
}

void read_all(const std::string& bytes, const std::filesystem::path& path) {
  attempt([&] {
    const ColumnFile file(path, owner);
    attempt([&] { file.verify(); });
    for (const auto& section : test::column_sections(bytes)) {
      read_column<std::uint8_t>(file, section.name);
      read_column<std::uint32_t>(file, section.name);
      read_column<Digest>(file, section.name);
      attempt([&] {
        const auto strings = file.strings(section.name.substr(0, section.name.rfind('.')));
        for (std::size_t i = 0; i < strings.size(); ++i) {
          attempt([&] { (void)hash64(strings[i]); });
        }
      });
    }
  });
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const test::TempDir folder;
  std::string bytes(reinterpret_cast<const char*>(data), size);
  read_all(bytes, folder.write("columns", bytes));
  test::fit_checksums(bytes, owner);
  read_all(bytes, folder.write("columns", bytes));
  return 0;
}
