// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace dateline {

enum class ColourChoice { automatic, always, never };

/// Whether to colour what goes to `file_descriptor`: as chosen; by itself only on a terminal that
/// is not "dumb", and not when $NO_COLOR is set and not empty (https://no-color.org).
bool use_colour(ColourChoice choice, int file_descriptor);

bool is_terminal(int file_descriptor);

/// Columns of the terminal at `file_descriptor`, else $COLUMNS, else 80; 40 to 200.
std::size_t terminal_width(int file_descriptor);

/// Lines of the terminal at `file_descriptor`; 0 where it is none.
std::size_t terminal_height(int file_descriptor);

/// Whether the locale's characters are UTF-8, by $LC_ALL, $LC_CTYPE and $LANG.
bool utf8_locale();

enum class LinkChoice { automatic, always, never };

/// Whether text that goes to `file_descriptor` may be a hyperlink (OSC 8): as chosen; by itself
/// only on a terminal that is neither "dumb" nor the Linux console.
bool use_links(LinkChoice choice, int file_descriptor);

/// `text` as a hyperlink to `address`, which must be printable ASCII.
std::string hyperlink(std::string_view text, std::string_view address);

/// Wraps text in escape sequences, or leaves it alone.
class Palette {
 public:
  explicit Palette(bool colour) : colour_(colour) {}
  bool colour() const { return colour_; }
  std::string title(std::string_view text) const { return wrap(text, "1"); }
  std::string match(std::string_view text) const { return wrap(text, "1;35"); }
  std::string quiet(std::string_view text) const { return wrap(text, "2"); }
  std::string heading(std::string_view text) const { return wrap(text, "1;36"); }
  std::string problem(std::string_view text) const { return wrap(text, "1;31"); }

 private:
  std::string wrap(std::string_view text, std::string_view code) const;
  bool colour_;
};

}  // namespace dateline
