// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/segments/join_names.h"

#include <functional>
#include <queue>

namespace dateline {
namespace {

/// The first name of a dictionary that is not taken yet.
struct Next {
  std::string_view name;
  std::size_t dictionary = 0;
  std::uint32_t ordinal = 0;
  bool operator>(const Next& other) const { return name > other.name; }
};

}  // namespace

JoinedNames join_names(const std::vector<const StringTable*>& dictionaries,
                       const std::vector<Bitset>& used) {
  JoinedNames joined;
  std::priority_queue<Next, std::vector<Next>, std::greater<>> next;
  const auto push_used = [&](std::size_t dictionary, std::uint32_t ordinal) {
    while (ordinal < used[dictionary].size() && !used[dictionary].test(ordinal)) ++ordinal;
    if (ordinal == used[dictionary].size()) return;
    next.push({(*dictionaries[dictionary])[ordinal], dictionary, ordinal});
  };
  for (std::size_t d = 0; d < dictionaries.size(); ++d) {
    joined.place.emplace_back(dictionaries[d]->size(), JoinedNames::unused);
    push_used(d, 0);
  }
  while (!next.empty()) {
    const auto first = next.top();
    next.pop();
    if (joined.names.empty() || joined.names.back() != first.name) {
      joined.names.push_back(first.name);
    }
    joined.place[first.dictionary][first.ordinal] =
        static_cast<std::uint32_t>(joined.names.size() - 1);
    push_used(first.dictionary, first.ordinal + 1);
  }
  return joined;
}

}  // namespace dateline
