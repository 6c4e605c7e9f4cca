// SPDX-License-Identifier: GPL-3.0-or-later
#include "searcher/interactive/history_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>

#include "common/error.h"
#include "common/file_io.h"
#include "common/text/unicode.h"

namespace dateline {
namespace {

constexpr std::uint64_t max_bytes = 16U << 20;
constexpr mode_t owner_only = S_IRUSR | S_IWUSR;

std::filesystem::path environment_path(const char* name) {
  const char* value = std::getenv(name);
  return value == nullptr ? std::filesystem::path{} : std::filesystem::path(value);
}

std::vector<std::string> lines_of(std::string_view text) {
  std::vector<std::string> lines;
  while (!text.empty()) {
    const auto line = text.substr(0, text.find('\n'));
    text.remove_prefix(std::min(text.size(), line.size() + 1));
    lines.emplace_back(line);
  }
  return lines;
}

}  // namespace

std::optional<std::filesystem::path> history_path() {
  auto state = environment_path("XDG_STATE_HOME");
  if (!state.is_absolute()) {
    const auto home = environment_path("HOME");
    if (!home.is_absolute()) return std::nullopt;
    state = home / ".local" / "state";
  }
  return state / "dateline" / "history";
}

HistoryFile::HistoryFile(std::optional<std::filesystem::path> path) : path_(std::move(path)) {}

std::vector<std::string> HistoryFile::load() const {
  if (!path_) return {};
  try {
    if (!std::filesystem::is_regular_file(*path_)) return {};
    auto lines = lines_of(read_file(*path_, max_bytes));
    if (lines.size() > max_lines) {
      lines.erase(lines.begin(), lines.end() - static_cast<std::ptrdiff_t>(max_lines));
      std::string kept;
      for (const auto& line : lines) kept += line + '\n';
      replace_file(*path_, kept);
    }
    std::erase_if(lines, [](const std::string& line) { return printable_text(line) != line; });
    return lines;
  } catch (const std::exception&) {
    return {};
  }
}

void HistoryFile::append(std::string_view line) const {
  if (!path_) return;
  std::error_code failed;
  std::filesystem::create_directories(path_->parent_path(), failed);
  const FileDescriptor file(
      ::open(path_->c_str(), O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC | O_NONBLOCK, owner_only));
  if (!file || ::fchmod(file.get(), owner_only) != 0) return;
  const auto record = std::string(line) + '\n';
  [[maybe_unused]] const auto written = ::write(file.get(), record.data(), record.size());
}

}  // namespace dateline
