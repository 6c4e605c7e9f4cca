// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/entities/canonical.h"

#include <algorithm>
#include <limits>
#include <span>
#include <string_view>
#include <tuple>
#include <utility>

#include "indexer/entities/gazetteer.h"
#include "indexer/entities/known_names.h"
#include "indexer/entities/name_words.h"
#include "indexer/entities/person_names.h"
#include "indexer/entities/tokens.h"

namespace dateline {
namespace {

using namespace ner;

/// What part of the articles must agree before a name is read as another or under another type.
constexpr std::uint64_t agreement_percent = 80;
/// Articles that must name a person in full before a bare name elsewhere is read as that person;
/// one is enough in an index of few names.
constexpr std::uint64_t full_name_articles = 2;
constexpr std::size_t few_names = 1000;

bool agrees(std::uint64_t part, std::uint64_t whole) {
  return part * 100 >= whole * agreement_percent;
}

/// A row, with the key of its name as it is compared: case, diacritics, full stops and known
/// spellings are no difference.
struct Row {
  std::uint64_t key = 0;
  std::size_t index = 0;  ///< in the input
};

/// All rows that read the same under one type.
struct Group {
  std::uint64_t key = 0;
  EntityType type = EntityType::person;
  std::uint64_t articles = 0;
  std::string_view shown;   ///< the spelling that most articles have
  std::size_t joined = 0;   ///< the group under whose name this one is shown; itself if none
  std::uint64_t first = 0;  ///< for people named in full: keys of the first and the last word,
  std::uint64_t last = 0;   ///< and of the suffix
  std::uint64_t suffix = 0;
};

/// Calls `use` with each run of items for which `same` holds between neighbours.
template <typename Item, typename Same, typename Use>
void for_each_run(std::span<const Item> items, Same same, Use use) {
  for (std::size_t first = 0; first < items.size();) {
    std::size_t last = first + 1;
    while (last < items.size() && same(items[first], items[last])) ++last;
    use(items.subspan(first, last - first));
    first = last;
  }
}

class Canonicaliser {
 public:
  Canonicaliser(const Gazetteer& gazetteer, const std::vector<NameUse>& uses)
      : gazetteer_(gazetteer), uses_(uses), group_of_row_(uses.size()) {
    make_groups();
    choose_types();
    join_full_names();
    name_bare_people();
  }

  CanonicalName of_row(std::size_t row) const {
    std::size_t group = group_of_row_[row];
    while (groups_[group].joined != group) group = groups_[group].joined;
    return {groups_[group].type, std::string(groups_[group].shown)};
  }

 private:
  /// One key that several groups share, such as a family name.
  using Shared = std::pair<std::uint64_t, std::size_t>;

  static std::uint64_t key_of_words(const std::vector<std::string>& words, std::size_t first = 0) {
    std::uint64_t key = 0;
    for (std::size_t i = first; i < words.size(); ++i) key = phrase_key(key, key_of(words[i]));
    return key;
  }

  std::uint64_t comparable(const NameUse& use) const {
    if (use.type == EntityType::person) return key_of_person(parse_person(gazetteer_, use.name));
    return use.type == EntityType::org ? key_of_org(use.name) : name_key(use.name);
  }

  static std::uint64_t key_of_person(const PersonName& person) {
    const std::uint64_t key = key_of_words(person.words);
    return person.suffix.empty() ? key : phrase_key(key, key_of(person.suffix));
  }

  /// "The Globe", "Globe Corp." and "Globe" are one; so are a Centre and a Center.
  std::uint64_t key_of_org(std::string_view name) const {
    std::vector<std::string_view> words = words_of(name);
    if (words.empty()) return 0;
    words.resize(words.size() - legal_words(words));
    const bool has_article = words.size() > 1 && (words[0] == "The" || words[0] == "the") &&
                             (gazetteer_.classes_of(words[1]) & bit(WordClass::org_short)) == 0;
    std::string plain;
    for (std::size_t i = has_article ? 1 : 0; i < words.size(); ++i)
      plain.append(gazetteer_.spelling(words[i], false)).append(" ");
    return name_key(plain);
  }

  void make_groups() {
    std::vector<Row> rows;
    rows.reserve(uses_.size());
    for (std::size_t i = 0; i < uses_.size(); ++i) rows.push_back({comparable(uses_[i]), i});
    std::sort(rows.begin(), rows.end(), [this](const Row& a, const Row& b) {
      if (a.key != b.key) return a.key < b.key;
      const NameUse& x = uses_[a.index];
      const NameUse& y = uses_[b.index];
      return std::tie(x.type, x.name, a.index) < std::tie(y.type, y.name, b.index);
    });
    const auto same = [this](const Row& a, const Row& b) {
      return a.key == b.key && uses_[a.index].type == uses_[b.index].type;
    };
    for_each_run<Row>(rows, same, [this](std::span<const Row> run) { add_group(run); });
  }

  /// Rows of one group, in byte order of their spellings.
  void add_group(std::span<const Row> rows) {
    Group group;
    group.key = rows.front().key;
    group.type = uses_[rows.front().index].type;
    group.joined = groups_.size();
    std::uint64_t most = 0;
    const bool one_spelling = uses_[rows.front().index].name == uses_[rows.back().index].name;
    const auto same_spelling = [this](const Row& a, const Row& b) {
      return uses_[a.index].name == uses_[b.index].name;
    };
    for_each_run<Row>(rows, same_spelling, [&, this](std::span<const Row> run) {
      std::uint64_t articles = 0;
      for (const Row& row : run) {
        articles += uses_[row.index].articles;
        group_of_row_[row.index] = groups_.size();
      }
      group.articles += articles;
      const std::string& name = uses_[run.front().index].name;
      const std::uint64_t weight = !one_spelling && is_known(name, group.type)
                                       ? std::uint64_t{UINT32_MAX} + articles
                                       : articles;
      if (!group.shown.empty() && weight <= most) return;
      most = weight;
      group.shown = name;
    });
    if (group.type == EntityType::person) note_words(group);
    groups_.push_back(group);
  }

  /// Whether the tables show exactly this spelling.
  bool is_known(std::string_view name, EntityType type) const {
    return known_name(gazetteer_, name, type) == name || gazetteer_.alias(name, type) == name;
  }

  void note_words(Group& group) const {
    const PersonName person = parse_person(gazetteer_, group.shown);
    if (!person.suffix.empty()) group.suffix = key_of(person.suffix);
    if (!person.is_full()) return;
    group.first = key_of(person.words.front());
    group.last = key_of(person.words.back());
  }

  static bool is_full(const Group& group) { return group.last != 0; }

  /// One name under several types goes to the type of nearly all articles, if there is one.
  void choose_types() {
    const auto same = [](const Group& a, const Group& b) { return a.key == b.key; };
    for_each_run<Group>(groups_, same, [this](std::span<const Group> run) {
      std::uint64_t all = 0;
      for (const Group& group : run) all += group.articles;
      const auto most =
          std::max_element(run.begin(), run.end(),
                           [](const Group& a, const Group& b) { return a.articles < b.articles; });
      if (!agrees(most->articles, all)) return;
      const std::size_t first = run.front().joined;
      const auto best = first + static_cast<std::size_t>(most - run.begin());
      for (std::size_t i = first; i < first + run.size(); ++i) groups_[i].joined = best;
    });
  }

  static bool same_key(const Shared& a, const Shared& b) { return a.first == b.first; }

  /// "John A. Boehner" and "John Boehner" become one unless a third name between them, as in
  /// "George W. Bush" and "George H.W. Bush", shows that there are several people.
  void join_full_names() {
    std::vector<Shared> namesakes;
    for (std::size_t i = 0; i < groups_.size(); ++i) {
      const Group& group = groups_[i];
      if (group.joined != i || !is_full(group)) continue;
      const std::uint64_t name = phrase_key(phrase_key(group.suffix, group.first), group.last);
      namesakes.emplace_back(name, i);
    }
    std::sort(namesakes.begin(), namesakes.end());
    for_each_run<Shared>(namesakes, same_key, [this](std::span<const Shared> run) {
      if (run.size() > 1 && are_one_person(run)) join_to_most_frequent(run);
    });
  }

  bool are_one_person(std::span<const Shared> run) const {
    std::vector<PersonName> people;
    for (const auto& [name, group] : run)
      people.push_back(parse_person(gazetteer_, groups_[group].shown));
    const PersonName& fullest = *std::max_element(
        people.begin(), people.end(),
        [](const PersonName& a, const PersonName& b) { return a.words.size() < b.words.size(); });
    return std::all_of(people.begin(), people.end(),
                       [&fullest](const PersonName& other) { return same_person(fullest, other); });
  }

  bool rarer(std::size_t a, std::size_t b) const {
    if (groups_[a].articles != groups_[b].articles)
      return groups_[a].articles < groups_[b].articles;
    return groups_[a].shown > groups_[b].shown;
  }

  std::size_t most_frequent(std::span<const Shared> run) const {
    return std::max_element(
               run.begin(), run.end(),
               [this](const Shared& a, const Shared& b) { return rarer(a.second, b.second); })
        ->second;
  }

  void join_to_most_frequent(std::span<const Shared> run) {
    const std::size_t most = most_frequent(run);
    for (const auto& [name, group] : run) {
      groups_[group].joined = most;
      if (group != most) groups_[most].articles += groups_[group].articles;
    }
  }

  /// "Kuleba" becomes "Dmytro Kuleba" if nearly all who bear that name are he; a name that nobody
  /// bears in full becomes what it is known for.
  void name_bare_people() {
    const std::vector<Shared> bearers = bearers_by_name();
    const std::uint64_t needed = groups_.size() < few_names ? 1 : full_name_articles;
    for (std::size_t i = 0; i < groups_.size(); ++i) {
      Group& group = groups_[i];
      if (group.type != EntityType::person || group.joined != i) continue;
      const auto [first, last] =
          std::equal_range(bearers.begin(), bearers.end(), Shared{group.key, 0},
                           [](const Shared& a, const Shared& b) { return a.first < b.first; });
      if (first == last) {
        const std::string_view known = gazetteer_.alias(group.shown, EntityType::person);
        if (!known.empty()) group.shown = known;
      } else if (const auto found = bearer_of_most({first, last}, needed); found != nobody) {
        group.joined = found;
      }
    }
  }

  /// The one of some bearers of a name whom nearly all their articles mean.
  std::size_t bearer_of_most(std::span<const Shared> bearers, std::uint64_t needed) const {
    const std::size_t best = most_frequent(bearers);
    std::uint64_t all = 0;
    for (const Shared& bearer : bearers) all += groups_[bearer.second].articles;
    const std::uint64_t articles = groups_[best].articles;
    return articles >= needed && agrees(articles, all) ? best : nobody;
  }

  /// The people named in full, by each name that can stand for them: the family name, and of
  /// "Andrés Manuel López Obrador" also "López Obrador".
  std::vector<Shared> bearers_by_name() const {
    std::vector<Shared> bearers;
    for (std::size_t i = 0; i < groups_.size(); ++i) {
      const Group& group = groups_[i];
      if (group.joined != i || !is_full(group)) continue;
      const std::vector<std::string> words = parse_person(gazetteer_, group.shown).words;
      bearers.emplace_back(phrase_key(0, group.last), i);
      if (words.size() > 2 && may_be_family_names(words))
        bearers.emplace_back(key_of_words(words, words.size() - 2), i);
      const bool family_first =
          (gazetteer_.classes_of(words.front()) & bit(WordClass::family_first)) != 0;
      if (family_first && group.first != group.last)
        bearers.emplace_back(phrase_key(0, group.first), i);
    }
    std::sort(bearers.begin(), bearers.end());
    return bearers;
  }

  /// Whether the last two words can be two family names, or one with its particle.
  bool may_be_family_names(const std::vector<std::string>& words) const {
    const std::uint32_t classes = gazetteer_.classes_of(words[words.size() - 2]);
    return (classes & bits(WordClass::family, WordClass::particle)) != 0 &&
           (classes & bits(WordClass::given, WordClass::given_ambiguous)) == 0;
  }

  static constexpr std::size_t nobody = std::numeric_limits<std::size_t>::max();

  const Gazetteer& gazetteer_;
  const std::vector<NameUse>& uses_;
  std::vector<Group> groups_;  ///< those of one key side by side
  std::vector<std::size_t> group_of_row_;
};

}  // namespace

std::vector<CanonicalName> canonicalise(const std::vector<NameUse>& uses) {
  const Canonicaliser canonicaliser(Gazetteer::built_in(), uses);
  std::vector<CanonicalName> names;
  names.reserve(uses.size());
  for (std::size_t row = 0; row < uses.size(); ++row) names.push_back(canonicaliser.of_row(row));
  return names;
}

}  // namespace dateline
