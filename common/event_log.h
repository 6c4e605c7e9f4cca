// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <string_view>

#include "common/file_io.h"
#include "common/json.h"

namespace dateline {

/// A log for programs to read: JSON Lines, each with `time` (RFC 3339, UTC), `level`, `event`,
/// `process` and what belongs to the event. A line is one write(2) to a file opened to append, so
/// that processes may share it. The file is made anew when another program has moved it away.
/// For one thread.
class EventLog {
 public:
  enum class Level { info, warning, error };

  /// `path`: created with mode 0600 if absent; "-" is stderr. Throws Error(usage) when it cannot be
  /// opened.
  explicit EventLog(const std::filesystem::path& path);

  /// Never throws for the log's sake: what cannot be written is missing, and stderr says so once.
  void write(Level level, std::string_view event, const Json& fields = Json::object());

  /// Absolute; "" for stderr.
  const std::filesystem::path& path() const { return path_; }

 private:
  bool open();
  void append(std::string_view line);
  void complain(int reason);

  std::filesystem::path path_;
  FileDescriptor file_;
  bool line_cut_ = false;
  bool complained_ = false;
};

}  // namespace dateline
