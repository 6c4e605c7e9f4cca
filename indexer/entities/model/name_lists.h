// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace dateline::ner {

/// Lists that a word or phrase stands in. Bits.
enum NameList : std::uint16_t {
  first_name = 1U << 0,
  surname = 1U << 1,
  ordinary = 1U << 2,       ///< a dictionary has it in small letters
  capitalised = 1U << 3,    ///< a dictionary has it with a capital
  inside_names = 1U << 4,   ///< stands in names although it has no capital: "of", "&", "de"
  phrase_begins = 1U << 5,  ///< a listed name of several words begins with it
  // Lists of whole names, of one word or several.
  city = 1U << 8,
  region = 1U << 9,
  organisation = 1U << 10,
  outlet = 1U << 11,
  other_name = 1U << 12,  ///< languages, events, works, peoples
};

inline constexpr std::uint16_t word_lists = 0x1F;
inline constexpr std::uint16_t phrase_lists = 0x1F00;

/// Large lists of words, as a set of hashes. Immutable once made; thread-safe.
class NameLists {
 public:
  struct Entry {
    std::uint32_t hash = 0;
    std::uint16_t lists = 0;
    friend bool operator==(const Entry&, const Entry&) = default;
  };

  NameLists() = default;
  /// Entries of one hash are joined.
  explicit NameLists(std::vector<Entry> entries);

  /// Bits of NameList; `key` is a phrase_key(). About one word in 20,000 that stands in no list
  /// shares a hash with one that does.
  std::uint16_t of(std::uint64_t key) const;

  /// In order of hash.
  const std::vector<Entry>& entries() const { return entries_; }
  static std::uint32_t hash_of(std::uint64_t key) {
    return static_cast<std::uint32_t>(key * 0x9E3779B97F4A7C15U >> 32U);
  }

 private:
  std::vector<Entry> entries_;
  std::vector<Entry> slots_;  ///< open addressing; without lists: free
};

}  // namespace dateline::ner
