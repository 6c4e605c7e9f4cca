// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <map>
#include <string>
#include <string_view>

namespace dateline {

/// Header fields as WARC and HTTP write them, by their names in lower case. Of repeated ones the
/// first counts.
class HeaderFields {
 public:
  static constexpr std::size_t longest_line = 64 << 10;  ///< bytes
  static constexpr std::size_t most_lines = 1000;        ///< those that follow are not kept

  /// One line of a header: "Name: value", or, with a blank before it, more of the last value.
  void add_line(std::string_view line);
  /// "" where there is none. `lower_name` is in lower case.
  std::string_view value(std::string_view lower_name) const;

 private:
  std::map<std::string, std::string, std::less<>> fields_;
  std::string last_;
  std::size_t lines_ = 0;
};

std::string lower_ascii(std::string_view text);
/// Without blanks at either end.
std::string_view trimmed(std::string_view text);

/// "text/html; charset=utf-8" taken apart; both in lower case.
struct ContentType {
  std::string type;
  std::string charset;
};
ContentType parse_content_type(std::string_view header);

}  // namespace dateline
