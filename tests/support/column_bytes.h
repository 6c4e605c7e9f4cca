// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace dateline::test {

// Column files as bytes, for damage that no checksum tells.

struct ColumnSection {
  std::string name;
  std::size_t offset = 0;
  std::size_t bytes = 0;
};

/// The sections of a column file that lie inside it.
std::vector<ColumnSection> column_sections(std::string_view file);

/// Makes everything that vouches for a column file fit what it holds: magic, versions, owner, size
/// and all checksums.
void fit_checksums(std::string& file, std::string_view owner);

/// Makes or overwrites a file. The folders above it are there.
void write_bytes(const std::filesystem::path& path, std::string_view bytes);

/// The file with `value` in place of the u32 or u64 number `at` of a section, its checksums made to
/// fit. REQUIRES: there is such a number.
template <class T>
std::string with_number(std::string file, std::string_view owner, std::string_view section,
                        std::size_t at, T value) {
  for (const auto& s : column_sections(file)) {
    if (s.name != section) continue;
    file.replace(s.offset + at * sizeof value, sizeof value,
                 std::string_view(reinterpret_cast<const char*>(&value), sizeof value));
  }
  fit_checksums(file, owner);
  return file;
}

}  // namespace dateline::test
