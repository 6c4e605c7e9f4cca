// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/names/merge_suggestions.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string_view>
#include <utility>

#include "common/text/edit_distance.h"
#include "common/text/tokenizer.h"
#include "common/text/unicode.h"

namespace dateline {
namespace {

/// Of a block of names that share a word, so many are compared with each other.
constexpr std::size_t block_size = 100;
/// Shorter words differ by more than a slip when one letter differs.
constexpr std::size_t shortest_alike = 5;
constexpr std::size_t shortest_alike_alone = 7;
constexpr std::size_t long_word = 9;
/// One article in so many may name two entities side by side that are one after all.
constexpr std::size_t side_by_side = 10;

/// One spelling for what transliterations write in several ways.
std::string transliterated(std::string_view word) {
  constexpr std::array<std::pair<std::string_view, std::string_view>, 10> same{{{"iy", "i"},
                                                                                {"yy", "i"},
                                                                                {"ij", "i"},
                                                                                {"kh", "h"},
                                                                                {"zh", "j"},
                                                                                {"ou", "u"},
                                                                                {"ks", "x"},
                                                                                {"w", "v"},
                                                                                {"y", "i"},
                                                                                {"q", "k"}}};
  std::string out;
  while (!word.empty()) {
    const auto rule =
        std::ranges::find_if(same, [&](const auto& r) { return word.starts_with(r.first); });
    const auto written = rule == same.end() ? word.substr(0, 1) : rule->second;
    if (out.empty() || out.back() != written.front()) out += written;
    word.remove_prefix(rule == same.end() ? 1 : rule->first.size());
  }
  return out;
}

bool has_digit(std::string_view text) {
  return text.find_first_of("0123456789") != std::string_view::npos;
}

bool is_acronym(std::string_view name) {
  return name.size() >= 3 && name.size() <= 8 &&
         std::ranges::all_of(name, [](char c) { return c >= 'A' && c <= 'Z'; });
}

/// A name as it is compared.
struct Comparable {
  std::vector<std::string> words;  ///< folded
  std::string letters;             ///< all of them in one
  std::string sound;               ///< transliterated, words kept apart
  std::string initials;            ///< of the words that begin with a capital, in lower case
  bool acronym = false;

  explicit Comparable(const std::string& name) : acronym(is_acronym(name)) {
    for (Tokenizer tokens(name); tokens.next();) {
      words.push_back(strip_diacritics(tokens.word()));
      letters += words.back();
      sound += transliterated(words.back()) + ' ';
      const auto first = name[tokens.span().begin];
      if (first >= 'A' && first <= 'Z') initials += static_cast<char>(first - 'A' + 'a');
    }
  }
};

/// Whether the words of `part` stand in `whole` in their order.
bool is_subset(const Comparable& part, const Comparable& whole) {
  auto at = whole.words.begin();
  for (const auto& word : part.words) {
    at = std::find(at, whole.words.end(), word);
    if (at == whole.words.end()) return false;
    ++at;
  }
  return part.words.size() < whole.words.size();
}

bool tells_people_apart(const std::string& word) {
  return word == "jr" || word == "sr" || word == "ii" || word == "iii" || word == "iv";
}

enum class Likeness { letters, sound, spelling, initial, more_words, acronym };

std::string_view reason_of(Likeness likeness) {
  switch (likeness) {
    case Likeness::letters:
      return "the same letters";
    case Likeness::sound:
      return "transliterated alike";
    case Likeness::spelling:
      return "spelled alike but for a letter or two";
    case Likeness::initial:
      return "the same but for an initial";
    case Likeness::more_words:
      return "the words of the one are in the other";
    case Likeness::acronym:
      return "the one abbreviates the other";
  }
  return "";
}

/// Such a pair is worth saying only if the shorter name could mean no other.
bool must_be_unique(Likeness likeness) {
  return likeness == Likeness::initial || likeness == Likeness::more_words ||
         likeness == Likeness::acronym;
}

bool spelled_alike(const Comparable& a, const Comparable& b) {
  if (a.words.size() != b.words.size()) return false;
  std::size_t differing = 0;
  bool alike = true;
  for (std::size_t i = 0; i < a.words.size(); ++i) {
    const auto& x = a.words[i];
    const auto& y = b.words[i];
    if (x == y) continue;
    ++differing;
    const auto shorter = std::min(x.size(), y.size());
    const auto least = a.words.size() == 1 ? shortest_alike_alone : shortest_alike;
    alike = alike && shorter >= least && !has_digit(x) && !has_digit(y) &&
            edit_distance(x, y) <= (shorter >= long_word ? 2U : 1U);
  }
  return differing == 1 && alike;
}

/// "J. Smith" for "John Smith".
bool is_initialled(const Comparable& part, const Comparable& whole) {
  return part.words.size() >= 2 && whole.words.size() >= 2 && part.words[0].size() == 1 &&
         whole.words[0].size() > 1 && whole.words[0][0] == part.words[0][0] &&
         std::equal(part.words.begin() + 1, part.words.end(), whole.words.begin() + 1,
                    whole.words.end());
}

bool has_more_words(EntityType type, const Comparable& part, const Comparable& whole) {
  if (type == EntityType::place || part.words.size() < 2) return false;
  if (!is_subset(part, whole) || whole.words.size() > part.words.size() + 2) return false;
  // "UN Security Council", but not "Bank of Boston Corp" for "Boston Corp".
  const bool one_before =
      std::equal(part.words.begin(), part.words.end(), whole.words.begin() + 1, whole.words.end());
  if (type == EntityType::org) return part.words[0] == whole.words[0] || one_before;
  return (part.words.back() == whole.words.back() && part.words[0] == whole.words[0] &&
          !tells_people_apart(whole.words.back()));
}

class Suggester {
 public:
  Suggester(const std::vector<ListedEntity>& entities, const NameRules& rules)
      : entities_(entities), rules_(rules) {
    for (const auto& entity : entities) names_.emplace_back(entity.name);
  }

  std::vector<MergeSuggestion> suggest() {
    for (const auto& [key, block] : blocks()) compare_all(block);
    std::vector<MergeSuggestion> suggestions;
    for (const auto& [pair, likeness] : pairs_) {
      if (is_contradicted(pair, likeness)) continue;
      if (auto suggestion = line_for(pair, likeness)) suggestions.push_back(std::move(*suggestion));
    }
    return suggestions;
  }

 private:
  using Pair = std::pair<std::size_t, std::size_t>;  ///< the more frequent first

  /// The entities come most frequent first, and stay so within a block.
  std::map<std::string, std::vector<std::size_t>> blocks() const {
    std::map<std::string, std::vector<std::size_t>> blocks;
    for (std::size_t i = 0; i < names_.size(); ++i) {
      const auto& name = names_[i];
      if (name.words.empty() || is_settled(i)) continue;
      const auto type =
          std::string(1, static_cast<char>('0' + static_cast<int>(entities_[i].type)));
      std::set<std::string> keys{type + "letters " + name.letters,
                                 type + "first " + transliterated(name.words.front()),
                                 type + "last " + transliterated(name.words.back())};
      if (name.words.size() == 1) keys.insert(type + "begins " + name.letters.substr(0, 4));
      if (name.acronym) keys.insert(type + "initials " + name.letters);
      if (name.words.size() > 2) keys.insert(type + "initials " + name.initials);
      for (const auto& key : keys) {
        auto& block = blocks[key];
        if (block.size() < block_size) block.push_back(i);
      }
    }
    return blocks;
  }

  /// What a user decided is not asked again; what cannot be written as a line is passed over.
  bool is_settled(std::size_t entity) const {
    const NameRules::Key key{entities_[entity].type, fold_name(entities_[entity].name)};
    return rules_.splits.contains(key) || rules_.renames.contains(key) ||
           rules_.merges.contains(key) || rules_.forbidden.contains(key) ||
           printable(entities_[entity].name) != entities_[entity].name;
  }

  void compare_all(const std::vector<std::size_t>& block) {
    for (std::size_t i = 0; i < block.size(); ++i) {
      for (std::size_t j = i + 1; j < block.size(); ++j) {
        if (const auto likeness = compare(block[i], block[j])) {
          pairs_.emplace(Pair{block[i], block[j]}, *likeness);
        }
      }
    }
  }

  std::optional<Likeness> compare(std::size_t i, std::size_t j) const {
    const auto& a = names_[i];
    const auto& b = names_[j];
    const auto type = entities_[i].type;
    if (fold_name(entities_[i].name) == fold_name(entities_[j].name)) return std::nullopt;
    if (a.letters == b.letters) return Likeness::letters;
    if (a.sound == b.sound && a.letters.size() >= shortest_alike) return Likeness::sound;
    if (spelled_alike(a, b)) return Likeness::spelling;
    if (type == EntityType::person && (is_initialled(a, b) || is_initialled(b, a))) {
      return Likeness::initial;
    }
    if (has_more_words(type, a, b) || has_more_words(type, b, a)) return Likeness::more_words;
    const bool abbreviates = (a.acronym && b.words.size() > 2 && a.letters == b.initials) ||
                             (b.acronym && a.words.size() > 2 && b.letters == a.initials);
    if (type == EntityType::org && abbreviates) return Likeness::acronym;
    return std::nullopt;
  }

  std::size_t shorter_of(const Pair& pair) const {
    const auto& [a, b] = pair;
    return names_[a].letters.size() < names_[b].letters.size() ? a : b;
  }

  bool is_contradicted(const Pair& pair, Likeness likeness) {
    if (must_be_unique(likeness) && others_like(shorter_of(pair)) > 1) return true;
    const auto& many = entities_[pair.first].articles;
    const auto& few = entities_[pair.second].articles;
    std::vector<std::uint32_t> shared;
    std::ranges::set_intersection(many, few, std::back_inserter(shared));
    return shared.size() * side_by_side > few.size();
  }

  /// How many names a short one could stand for.
  std::size_t others_like(std::size_t entity) {
    if (fuller_names_.empty()) {
      for (const auto& [pair, likeness] : pairs_) {
        if (must_be_unique(likeness)) ++fuller_names_[shorter_of(pair)];
      }
    }
    return fuller_names_[entity];
  }

  /// The rarer name goes into the more frequent one, an initialled name into the full one; none
  /// goes into two, or in a circle.
  std::optional<MergeSuggestion> line_for(const Pair& pair, Likeness likeness) {
    auto [into, from] = pair;
    if (likeness == Likeness::initial && shorter_of(pair) == into) std::swap(into, from);
    if (goes_to_.contains(from)) return std::nullopt;
    for (auto at = goes_to_.find(into); at != goes_to_.end(); at = goes_to_.find(at->second)) {
      if (at->second == from) return std::nullopt;
    }
    goes_to_.emplace(from, into);
    return MergeSuggestion{entities_[from].type, entities_[from].name, entities_[into].name,
                           std::string(reason_of(likeness))};
  }

  const std::vector<ListedEntity>& entities_;
  const NameRules& rules_;
  std::vector<Comparable> names_;
  std::map<Pair, Likeness> pairs_;
  std::map<std::size_t, std::size_t> fuller_names_;
  std::map<std::size_t, std::size_t> goes_to_;
};

}  // namespace

std::vector<MergeSuggestion> suggest_merges(const std::vector<ListedEntity>& entities,
                                            const NameRules& rules) {
  return Suggester(entities, rules).suggest();
}

}  // namespace dateline
