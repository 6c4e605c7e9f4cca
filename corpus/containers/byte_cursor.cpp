// SPDX-License-Identifier: GPL-3.0-or-later
#include "corpus/containers/byte_cursor.h"

#include <algorithm>
#include <utility>

namespace dateline {

bool ByteCursor::fill() {
  if (block_.empty()) block_ = source_.next();
  return !block_.empty();
}

bool ByteCursor::line(std::string& text, std::size_t longest) {
  text.clear();
  if (!fill()) return false;
  while (fill()) {
    const auto end = block_.find('\n');
    const std::string_view part = block_.substr(0, end);
    text.append(part.substr(0, longest - text.size()));
    block_.remove_prefix(end == std::string_view::npos ? block_.size() : end + 1);
    if (end != std::string_view::npos) break;
  }
  if (text.ends_with('\r')) text.pop_back();
  return true;
}

std::uint64_t ByteCursor::take(std::uint64_t bytes, std::string& out) {
  std::uint64_t taken = 0;
  while (taken < bytes && fill()) {
    const std::string_view part = block_.substr(0, bytes - taken);
    out.append(part);
    taken += part.size();
    block_.remove_prefix(part.size());
  }
  return taken;
}

std::uint64_t ByteCursor::skip(std::uint64_t bytes) {
  std::uint64_t skipped = 0;
  while (skipped < bytes && fill()) {
    const std::size_t part = std::min<std::uint64_t>(bytes - skipped, block_.size());
    skipped += part;
    block_.remove_prefix(part);
  }
  return skipped;
}

void ByteCursor::append_at_end(std::string bytes) {
  appended_ = std::move(bytes);
  block_ = appended_;
}

}  // namespace dateline
