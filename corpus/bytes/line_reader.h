// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "corpus/bytes/byte_source.h"

namespace dateline {

struct Line {
  std::string text;          ///< without its end; empty when `too_long`
  std::uint64_t number = 0;  ///< from 1
  bool too_long = false;     ///< longer than allowed, and skipped without being stored
};

/// Reads `source` line by line (LF or CRLF), holding one line of at most `longest` bytes.
class LineReader {
 public:
  LineReader(ByteSource& source, std::uint64_t longest) : source_(source), longest_(longest) {}

  /// False at the end. Throws Unreadable as ByteSource does, after which the end is reached. Keeps
  /// the capacity of `line.text`.
  bool next(Line& line);

 private:
  void take(Line& line, std::string_view part) const;

  ByteSource& source_;
  std::uint64_t longest_;
  std::uint64_t number_ = 0;
  std::string_view block_;
};

}  // namespace dateline
