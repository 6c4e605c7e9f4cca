// SPDX-License-Identifier: GPL-3.0-or-later
#include "corpus/bytes/line_reader.h"

namespace dateline {

bool LineReader::next(Line& line) {
  line.text.clear();
  line.too_long = false;
  if (block_.empty()) block_ = source_.next();
  if (block_.empty()) return false;
  line.number = ++number_;
  while (!block_.empty()) {
    const auto end = block_.find('\n');
    take(line, block_.substr(0, end));
    if (end != std::string_view::npos) {
      block_.remove_prefix(end + 1);
      break;
    }
    block_ = {};
    block_ = source_.next();
  }
  if (line.text.ends_with('\r')) line.text.pop_back();
  return true;
}

void LineReader::take(Line& line, std::string_view part) const {
  if (line.too_long) return;
  if (line.text.size() + part.size() > longest_) {
    line.too_long = true;
    line.text.clear();
    return;
  }
  line.text.append(part);
}

}  // namespace dateline
