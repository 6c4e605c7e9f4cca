// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace dateline::ner {

/// What a name names. `misc` (nationalities, events, works, laws) never leaves the recogniser: it
/// is learned so that such names are not taken for people, organisations or places.
enum class Label : std::uint8_t { person, org, place, misc };

inline constexpr std::array<std::string_view, 4> label_names{"PER", "ORG", "LOC", "MISC"};

/// What the model says of a token: outside of any name (0), or in the first, an inner, the last or
/// the only token of a name of one label (BILOU).
using Tag = std::uint8_t;

enum class TagPosition : std::uint8_t { first, inner, last, only };

inline constexpr Tag outside = 0;
inline constexpr std::size_t tag_count = 1 + 4 * label_names.size();

constexpr Tag tag_of(Label label, TagPosition position) {
  return static_cast<Tag>(1 + 4 * static_cast<unsigned>(label) + static_cast<unsigned>(position));
}
constexpr Label label_of(Tag tag) { return static_cast<Label>((tag - 1) / 4); }
constexpr TagPosition position_of(Tag tag) { return static_cast<TagPosition>((tag - 1) % 4); }

/// Whether a name is still open after the tag.
constexpr bool goes_on(Tag tag) {
  return tag != outside &&
         (position_of(tag) == TagPosition::first || position_of(tag) == TagPosition::inner);
}

/// Whether `next` can stand right after `tag`.
constexpr bool may_follow(Tag tag, Tag next) {
  const bool continues = next != outside && (position_of(next) == TagPosition::inner ||
                                             position_of(next) == TagPosition::last);
  return goes_on(tag) ? continues && label_of(tag) == label_of(next) : !continues;
}

}  // namespace dateline::ner
