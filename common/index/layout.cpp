// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/index/layout.h"

#include <fmt/format.h>

#include <charconv>
#include <cstdlib>

#include "common/error.h"
#include "common/file_io.h"
#include "common/shell.h"

namespace dateline {

std::string numbered(std::string_view kind, std::uint64_t number) {
  return fmt::format("{}-{:06}", kind, number);
}

std::filesystem::path IndexLayout::manifest(std::uint64_t generation) const {
  return dir_ / numbered("manifest", generation);
}
std::filesystem::path IndexLayout::tables(std::uint64_t generation) const {
  return dir_ / numbered("tables", generation);
}
std::filesystem::path IndexLayout::catalogue(std::uint64_t generation) const {
  return dir_ / numbered("catalogue", generation);
}

bool IndexLayout::is_index() const {
  std::error_code problem;
  return (std::filesystem::exists(current(), problem) &&
          std::filesystem::exists(lock(), problem)) ||
         (std::filesystem::is_regular_file(backup_mark(), problem) &&
          std::filesystem::is_empty(backup_mark(), problem));
}

std::optional<std::uint64_t> IndexLayout::current_generation() const {
  if (!is_there(current())) return std::nullopt;
  constexpr std::uint64_t longest = 64;
  const bool is_plausible = std::filesystem::is_regular_file(current()) &&
                            std::filesystem::file_size(current()) <= longest;
  const auto text = is_plausible ? read_file(current(), longest) : std::string();
  std::uint64_t generation = 0;
  std::from_chars(text.data(), text.data() + text.size(), generation);
  if (generation == 0 || text != fmt::format("{}\n", generation)) {
    throw Error(ExitCode::damaged_index,
                fmt::format("'{}' names no generation", current().string()),
                fmt::format("dateline-index --db {} --repair", shell_word(dir_.string())));
  }
  return generation;
}

std::filesystem::path postings_of(const std::filesystem::path& segment_folder) {
  return segment_folder / "postings.glass";
}
std::filesystem::path word_lists_of(const std::filesystem::path& segment_folder) {
  return segment_folder / "lists";
}
std::filesystem::path columns_of(const std::filesystem::path& segment_folder) {
  return segment_folder / "columns";
}

std::filesystem::path index_directory(const std::string& option) {
  if (!option.empty()) return option;
  const auto from_environment = [](const char* name) {
    const char* value = std::getenv(name);
    return std::string(value == nullptr ? "" : value);
  };
  if (auto db = from_environment("DATELINE_DB"); !db.empty()) return db;
  if (auto data = from_environment("XDG_DATA_HOME"); !data.empty()) {
    return std::filesystem::path(data) / "dateline" / "index";
  }
  if (auto home = from_environment("HOME"); !home.empty()) {
    return std::filesystem::path(home) / ".local" / "share" / "dateline" / "index";
  }
  throw Error(ExitCode::usage, "no place for the index is known", "name one: --db DIR");
}

}  // namespace dateline
