// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace dateline {

/// $XDG_STATE_HOME/dateline/history, else ~/.local/state/dateline/history; none where neither
/// folder is known.
std::optional<std::filesystem::path> history_path();

/// Lines typed in earlier dialogues, kept in a file that only its owner can read. Several programs
/// may share it. A file that cannot be read or written is no failure: nothing is kept then.
class HistoryFile {
 public:
  static constexpr std::size_t max_lines = 1'000;

  /// None: nothing is kept.
  explicit HistoryFile(std::optional<std::filesystem::path> path);

  /// The last max_lines lines, the oldest first; the file is cut to them. Without what would not
  /// print.
  std::vector<std::string> load() const;
  void append(std::string_view line) const;

 private:
  std::optional<std::filesystem::path> path_;
};

}  // namespace dateline
