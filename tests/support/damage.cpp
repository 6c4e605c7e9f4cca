// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/damage.h"

#include <algorithm>
#include <fstream>
#include <stdexcept>

namespace dateline::test {

namespace fs = std::filesystem;

std::vector<fs::path> files_of_index(const fs::path& db) {
  std::vector<fs::path> files;
  for (const auto& entry : fs::recursive_directory_iterator(db)) {
    const auto name = entry.path().filename();
    if (entry.is_regular_file() && name != "writer.lock" && name != "last-run.json" &&
        name != "stamps" && name != "BACKUP")
      files.push_back(entry.path());
  }
  std::ranges::sort(files);
  return files;
}

void flip(const fs::path& file, std::uint64_t offset, std::uint8_t bits) {
  std::fstream stream(file, std::ios::in | std::ios::out | std::ios::binary);
  stream.seekg(static_cast<std::streamoff>(offset));
  const auto byte = static_cast<char>(stream.get() ^ bits);
  stream.seekp(static_cast<std::streamoff>(offset));
  stream.put(byte);
  if (!stream.flush()) throw std::runtime_error("cannot damage " + file.string());
}

void copy_folder(const fs::path& from, const fs::path& to) {
  fs::remove_all(to);
  fs::copy(from, to, fs::copy_options::recursive);
}

}  // namespace dateline::test
