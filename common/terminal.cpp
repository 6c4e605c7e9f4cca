// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/terminal.h"

#include <fmt/format.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <cctype>
#include <cstdlib>
#include <cstring>

namespace dateline {
namespace {

constexpr std::size_t default_width = 80;
constexpr std::size_t min_width = 40;
constexpr std::size_t max_width = 200;

std::string_view environment(const char* name) {
  const char* value = std::getenv(name);
  return value == nullptr ? std::string_view{} : value;
}

}  // namespace

bool is_terminal(int file_descriptor) { return ::isatty(file_descriptor) == 1; }

bool use_colour(ColourChoice choice, int file_descriptor) {
  switch (choice) {
    case ColourChoice::always:
      return true;
    case ColourChoice::never:
      return false;
    case ColourChoice::automatic:
      break;
  }
  return is_terminal(file_descriptor) && environment("NO_COLOR").empty() &&
         environment("TERM") != "dumb";
}

std::size_t terminal_width(int file_descriptor) {
  winsize size{};
  std::size_t width = 0;
  if (::ioctl(file_descriptor, TIOCGWINSZ, &size) == 0) width = size.ws_col;
  if (width == 0) width = std::strtoul(std::string(environment("COLUMNS")).c_str(), nullptr, 10);
  if (width == 0) width = default_width;
  return std::clamp(width, min_width, max_width);
}

std::size_t terminal_height(int file_descriptor) {
  winsize size{};
  return ::ioctl(file_descriptor, TIOCGWINSZ, &size) == 0 ? size.ws_row : 0;
}

bool utf8_locale() {
  for (const auto* name : {"LC_ALL", "LC_CTYPE", "LANG"}) {
    std::string value(environment(name));
    if (value.empty()) continue;
    std::ranges::transform(value, value.begin(),
                           [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return value.find("utf-8") != std::string::npos || value.find("utf8") != std::string::npos;
  }
  return false;
}

bool use_links(LinkChoice choice, int file_descriptor) {
  switch (choice) {
    case LinkChoice::always:
      return true;
    case LinkChoice::never:
      return false;
    case LinkChoice::automatic:
      break;
  }
  const auto terminal = environment("TERM");
  return is_terminal(file_descriptor) && !terminal.empty() && terminal != "dumb" &&
         terminal != "linux";
}

std::string hyperlink(std::string_view text, std::string_view address) {
  return fmt::format("\x1b]8;;{}\x1b\\{}\x1b]8;;\x1b\\", address, text);
}

std::string Palette::wrap(std::string_view text, std::string_view code) const {
  return colour_ ? fmt::format("\x1b[{}m{}\x1b[0m", code, text) : std::string(text);
}

}  // namespace dateline
