// SPDX-License-Identifier: GPL-3.0-or-later
#include "corpus/formats/json_records.h"

#include <utility>

namespace dateline {
namespace {

bool is_json_blank(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

/// Follows one value through its brackets and strings, byte by byte.
class ValueTracker {
 public:
  /// Whether `c` is still of the value; a number or a word ends before the byte that is not.
  bool belongs(char c) {
    if (in_string_) return step_in_string(c);
    if (depth_ == 0 && started_ && (closed_ || is_json_blank(c) || c == ',' || c == ']'))
      return false;
    started_ = true;
    if (c == '"') in_string_ = true;
    if (c == '{' || c == '[') ++depth_;
    if ((c == '}' || c == ']') && --depth_ == 0) closed_ = true;
    return true;
  }

  /// Whether a bracket or a quote is still open.
  bool open() const { return in_string_ || depth_ > 0; }

 private:
  bool step_in_string(char c) {
    if (escaped_) {
      escaped_ = false;
    } else if (c == '\\') {
      escaped_ = true;
    } else if (c == '"') {
      in_string_ = false;
      if (depth_ == 0) closed_ = true;
    }
    return true;
  }

  std::int64_t depth_ = 0;
  bool in_string_ = false, escaped_ = false, started_ = false, closed_ = false;
};

}  // namespace

bool JsonLines::next(JsonRecord& record) {
  std::swap(record.text, line_.text);
  do {
    if (!lines_.next(line_)) return false;
  } while (!line_.too_long && line_.text.find_first_not_of(" \t") == std::string::npos);
  std::swap(record.text, line_.text);
  record.number = line_.number;
  record.state = line_.too_long ? JsonRecord::State::too_long : JsonRecord::State::whole;
  return true;
}

bool JsonItems::fill() {
  if (block_.empty()) block_ = source_.next();
  return !block_.empty();
}

/// Goes to the first byte of the next record.
bool JsonItems::find_start() {
  while (fill()) {
    const char c = block_.front();
    if (is_json_blank(c) || c == ',') {
      block_.remove_prefix(1);
    } else if (c == '[' && !open_ && (in_array_ || !started_)) {
      started_ = in_array_ = open_ = true;
      block_.remove_prefix(1);
    } else if (c == ']' && open_) {
      open_ = false;
      block_.remove_prefix(1);
    } else {
      started_ = true;
      return true;
    }
  }
  return false;
}

void JsonItems::take(JsonRecord& record, std::size_t bytes) {
  if (record.state == JsonRecord::State::whole && record.text.size() + bytes > longest_) {
    record.state = JsonRecord::State::too_long;
    record.text.clear();
  }
  if (record.state == JsonRecord::State::whole) record.text.append(block_.substr(0, bytes));
  block_.remove_prefix(bytes);
}

/// False where the file ends within the record.
bool JsonItems::take_to_end(JsonRecord& record) {
  ValueTracker tracker;
  while (fill()) {
    std::size_t bytes = 0;
    while (bytes < block_.size() && tracker.belongs(block_[bytes])) ++bytes;
    const bool ended = bytes < block_.size();
    take(record, bytes);
    if (ended) return true;
  }
  return !tracker.open();
}

bool JsonItems::next(JsonRecord& record) {
  record.text.clear();
  record.state = JsonRecord::State::whole;
  if (!find_start()) return false;
  record.number = ++number_;
  if (!take_to_end(record) && record.state == JsonRecord::State::whole) {
    record.state = JsonRecord::State::cut_off;
    record.text.clear();
  }
  return true;
}

}  // namespace dateline
