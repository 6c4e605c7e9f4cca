// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "searcher/interactive/completion.h"

namespace dateline {

/// Lines typed on the terminal at stdin, edited with GNU readline: the one file that knows it. One
/// at a time in a process. While it lives SIGINT ends nothing: it drops the line being typed.
/// SIGTERM and SIGHUP end the input.
class LineEditor {
 public:
  using Completer = std::function<Completion(std::string_view line)>;

  explicit LineEditor(Completer completer);
  ~LineEditor();  ///< the terminal and the signals are as they were
  LineEditor(const LineEditor&) = delete;
  LineEditor& operator=(const LineEditor&) = delete;

  /// Lines of earlier times, the oldest first.
  void remember(const std::vector<std::string>& lines);
  /// A line that was typed; false when it is blank or the same as the last.
  bool remember(const std::string& line);

  /// The next line, on one line and without what would not print; none at the end of the input.
  std::optional<std::string> read(std::string_view prompt, bool colour);
  /// The input ended by a signal rather than by Ctrl-D.
  bool was_stopped() const { return stopped_; }

 private:
  bool handle_signals();
  bool stopped_ = false;
};

}  // namespace dateline
