// SPDX-License-Identifier: GPL-3.0-or-later
#include "corpus/formats/json_repair.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <optional>

namespace dateline {
namespace {

/// The longest run of digits that is sure to fit 64 bits; what is longer is kept as a string.
constexpr std::size_t longest_number = 18;

class Repair {
 public:
  explicit Repair(std::string_view json) : rest_(json) { out_.reserve(json.size() + 64); }

  std::string repaired() {
    while (!rest_.empty()) {
      if (in_string_)
        step_in_string();
      else
        step_outside();
    }
    return std::move(out_);
  }

 private:
  void copy(std::size_t count) {
    out_ += rest_.substr(0, count);
    rest_.remove_prefix(std::min(count, rest_.size()));
  }

  void replace(std::size_t count, std::string_view by) {
    out_ += by;
    rest_.remove_prefix(count);
  }

  void step_outside() {
    for (const std::string_view word : {"NaN", "-Infinity", "Infinity"})
      if (rest_.starts_with(word)) return replace(word.size(), "null");
    if (rest_.front() == '"') in_string_ = true;
    const auto number = std::min(rest_.find_first_not_of("+-.0123456789eE"), rest_.size());
    const bool is_number = rest_.front() == '-' || (rest_.front() >= '0' && rest_.front() <= '9');
    if (!is_number) return copy(1);
    if (number <= longest_number && !overflows(rest_.substr(0, number))) return copy(number);
    replace(number, fmt::format("\"{}\"", rest_.substr(0, number)));
  }

  static bool overflows(std::string_view number) {
    double value = 0;
    const auto read = std::from_chars(number.data(), number.data() + number.size(), value);
    return read.ec == std::errc::result_out_of_range;
  }

  void step_in_string() {
    const auto plain = std::find_if(rest_.begin(), rest_.end(), [](char c) {
      return c == '"' || c == '\\' || static_cast<unsigned char>(c) < 0x20;
    });
    copy(static_cast<std::size_t>(plain - rest_.begin()));
    if (rest_.empty()) return;
    const char c = rest_.front();
    if (c == '\\') return step_at_escape();
    if (c != '"') return replace(1, fmt::format("\\u{:04x}", static_cast<unsigned char>(c)));
    in_string_ = false;
    copy(1);
  }

  void step_at_escape() {
    if (rest_.size() < 2) return copy(1);
    if (rest_[1] == 'u') return step_at_code_unit();
    if (std::string_view("\"\\/bfnrt").find(rest_[1]) != std::string_view::npos) return copy(2);
    rest_.remove_prefix(1);
  }

  /// The number of a "\uXXXX" at `from`.
  std::optional<unsigned> code_unit(std::size_t from) const {
    if (rest_.size() < from + 6 || rest_[from] != '\\' || rest_[from + 1] != 'u')
      return std::nullopt;
    unsigned value = 0;
    const char* first = rest_.data() + from + 2;
    const auto read = std::from_chars(first, first + 4, value, 16);
    if (read.ec != std::errc{} || read.ptr != first + 4) return std::nullopt;
    return value;
  }

  void step_at_code_unit() {
    const auto unit = code_unit(0);
    if (!unit) return replace(2, "\\ufffdu");
    const bool high = *unit >= 0xD800 && *unit <= 0xDBFF;
    const bool low = *unit >= 0xDC00 && *unit <= 0xDFFF;
    const auto next = high ? code_unit(6) : std::nullopt;
    if (next && *next >= 0xDC00 && *next <= 0xDFFF) return copy(12);
    if (high || low) return replace(6, "\\ufffd");
    copy(6);
  }

  std::string_view rest_;
  std::string out_;
  bool in_string_ = false;
};

}  // namespace

std::string repair_json(std::string_view json) { return Repair(json).repaired(); }

}  // namespace dateline
