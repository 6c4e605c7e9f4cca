// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstddef>
#include <string_view>

namespace dateline {

/// What an article states of itself, by names that the whole index shares.
enum class Attribute { source, author, topic, language };

inline constexpr std::array all_attributes{Attribute::source, Attribute::author, Attribute::topic,
                                           Attribute::language};

/// In the column files.
constexpr std::string_view singular(Attribute attribute) {
  constexpr std::array<std::string_view, all_attributes.size()> names{"source", "author", "topic",
                                                                      "language"};
  return names[static_cast<std::size_t>(attribute)];
}
constexpr std::string_view plural(Attribute attribute) {
  constexpr std::array<std::string_view, all_attributes.size()> names{"sources", "authors",
                                                                      "topics", "languages"};
  return names[static_cast<std::size_t>(attribute)];
}

}  // namespace dateline
