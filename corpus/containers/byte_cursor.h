// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "corpus/bytes/byte_source.h"

namespace dateline {

/// Takes lines and counted bytes from a source in turn, holding no more than one block of it.
/// Throws Unreadable as ByteSource does.
class ByteCursor {
 public:
  explicit ByteCursor(ByteSource& source) : source_(source) {}

  /// The next line without its end (LF or CRLF), cut after `longest` bytes; false at the end.
  bool line(std::string& text, std::size_t longest);
  /// Appends the next `bytes` to `out`; gives how many there were.
  std::uint64_t take(std::uint64_t bytes, std::string& out);
  /// The same without keeping them.
  std::uint64_t skip(std::uint64_t bytes);
  /// At the end of the source: puts `bytes` there, to be read next.
  void append_at_end(std::string bytes);

 private:
  bool fill();

  ByteSource& source_;
  std::string appended_;
  std::string_view block_;
};

}  // namespace dateline
