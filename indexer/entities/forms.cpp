// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/entities/forms.h"

#include <algorithm>
#include <array>
#include <map>
#include <unordered_map>
#include <unordered_set>

#include "common/text/unicode.h"
#include "indexer/entities/known_names.h"

namespace dateline::ner {
namespace {

constexpr std::uint32_t weight_of_metadata = 1000;

bool is_space(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }

bool is_letter_byte(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || static_cast<unsigned char>(c) >= 0x80;
}

/// Of the marks beyond ASCII, those that stand around words are told from letters.
bool is_letter(char32_t c) {
  const bool mark = (c >= 0x2000 && c <= 0x206F) || (c >= 0x3000 && c <= 0x303F) ||
                    (c >= 0xFF00 && c <= 0xFF20) || c == 0xFFFD || c < 0xC0;
  return (c >= U'a' && c <= U'z') || (c >= U'A' && c <= U'Z') || !mark;
}

bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }
bool is_lower(char c) { return c >= 'a' && c <= 'z'; }

/// A name of a word of five letters or more, all capitals: set so by a headline.
bool shouts(std::string_view name) {
  constexpr long shortest_shouted_word = 5;
  if (std::any_of(name.begin(), name.end(), is_lower)) return false;
  for (const std::string_view word : words_of(name))
    if (std::count_if(word.begin(), word.end(), is_upper) >= shortest_shouted_word) return true;
  return words_of(name).size() > 1;
}

std::string in_ordinary_case(std::string_view name) {
  std::string out;
  bool inside = false;
  for (std::size_t at = 0; at < name.size();) {
    const std::size_t begin = at;
    next_code_point(name, at);
    const std::string_view letter = name.substr(begin, at - begin);
    out += inside ? lower_case(letter) : std::string(letter);
    inside = is_letter_byte(letter.front());
  }
  return out;
}

/// "Utah" of "\u25baUtah": without bullets and opening quotes before the name.
std::string_view without_marks_before(std::string_view name) {
  constexpr std::array<std::pair<std::string_view, std::string_view>, 7> marks{
      {{"\u25ba", ""},
       {"\u2022", ""},
       {"\u00b7", ""},
       {"*", ""},
       {"\u201c", "\u201d"},
       {"\u00ab", "\u00bb"},
       {"\"", "\""}}};
  for (const auto& [mark, closing] : marks) {
    if (name.size() <= mark.size() || !name.starts_with(mark)) continue;
    const std::string_view rest = name.substr(mark.size());
    return closing.empty() || rest.find(closing) == std::string_view::npos ? rest : name;
  }
  return name;
}

bool is_known_whole(std::string_view name) {
  const Gazetteer& gazetteer = Gazetteer::built_in();
  return gazetteer.find(name) != nullptr || !gazetteer.alias(name, EntityType::org).empty();
}

/// "Trump" of "TrumpGOP": the part of a word before a capital within it; empty if there is none.
std::string_view before_inner_capital(std::string_view name) {
  constexpr std::size_t shortest = 4;
  for (std::size_t at = name.size(); at > shortest && name[at - 1] != ' '; --at)
    if (is_upper(name[at - 1]) && is_lower(name[at - 2])) return name.substr(0, at - 1);
  return {};
}

/// "Putin, Vladimir" as catalogues write it.
std::string in_reading_order(const std::string& name) {
  const std::size_t comma = name.find(", ");
  if (comma == std::string::npos || name.find(',', comma + 1) != std::string::npos) return name;
  return name.substr(comma + 2) + " " + name.substr(0, comma);
}

void count_spelling(Form& form, const std::string& spelling) {
  for (auto& [known, count] : form.spellings)
    if (known == spelling) {
      ++count;
      return;
    }
  form.spellings.emplace_back(spelling, 1);
}

/// A name as found, before its type is settled.
struct Found {
  Use use;
  EntityType type;
  std::string name;
  bool royal = false;
};

class Collector {
 public:
  Collector(const Gazetteer& gazetteer, const ArticleText& text)
      : gazetteer_(gazetteer), text_(text) {}

  void add_given(const GivenEntity& entity) {
    const bool person = entity.type == EntityType::person;
    std::string name = tidy(person ? in_reading_order(entity.name) : entity.name);
    if (name.empty()) return;
    vote(name, entity.type, weight_of_metadata);
    found_.push_back({Use{}, entity.type, std::move(name), false});
  }

  void add(Use::Part part, const std::vector<Mention>& mentions) {
    for (std::size_t i = 0; i < mentions.size(); ++i) add(part, mentions[i], i);
  }

  Forms finish() {
    believe_full_names();
    complete_names();
    Forms out;
    for (Found& found : found_) {
      found.type = majority(found.name);
      found.use.form = form_of(found, out.forms);
      out.uses.push_back(found.use);
    }
    return out;
  }

 private:
  void add(Use::Part part, const Mention& mention, std::size_t number) {
    const std::string_view text = text_of(text_, part);
    if (mention.begin >= mention.end || mention.end > text.size()) return;
    std::string name = tidy(text.substr(mention.begin, mention.end - mention.begin));
    if (name.empty()) return;
    Found found{Use{0, part, mention.begin, mention.end, number}, mention.type, std::move(name),
                false};
    const std::string_view before = word_before(text, mention.begin);
    if (found.type == EntityType::person) {
      drop_titles(found.name);
      take_royal_title(found, before);
    }
    if (found.type == EntityType::org && before == "The") take_article(found);
    if (found.type == EntityType::org) take_nation(found, before);
    vote(found.name, found.type, 1);
    found_.push_back(std::move(found));
  }

  void complete_names() {
    std::unordered_set<std::string> of_full_names;
    for (const Found& found : found_) {
      const std::vector<std::string_view> words = words_of(found.name);
      if (words.size() < 2) continue;
      of_full_names.insert({std::string(words.front()), std::string(words.back())});
    }
    for (std::size_t i = 0; i < found_.size(); ++i) {
      if (found_[i].type != EntityType::person || found_[i].use.part == Use::Part::none) continue;
      separate_glued(found_[i]);
      if (i + 1 < found_.size() && !of_full_names.contains(found_[i].name)) share_family_name(i);
    }
  }

  /// A lone word that was taken for something else is a person where it is the family name of one
  /// named before, unless it is known or "in" stands before it.
  void believe_full_names() {
    std::unordered_set<std::string> family_names;
    for (Found& found : found_) {
      const std::vector<std::string_view> words = words_of(found.name);
      if (found.type == EntityType::person && words.size() > 1)
        family_names.insert(std::string(words.back()));
      if (found.type == EntityType::person || words.size() != 1) continue;
      if (!family_names.contains(found.name) || is_acronym(found.name)) continue;
      const std::string_view before = word_before(text_of(text_, found.use.part), found.use.begin);
      if (before == "in" || before == "In" || before == "near" || before == "the") continue;
      if (!known_name(gazetteer_, found.name, found.type).empty()) continue;
      vote(found.name, found.type, 0 - 1U);
      found.type = EntityType::person;
      vote(found.name, found.type, 1);
    }
  }

  /// "Ana PolkMayor", where links ran together, is Ana Polk if the article names a Polk elsewhere.
  void separate_glued(Found& found) {
    const std::string_view front = before_inner_capital(found.name);
    if (front.empty()) return;
    const std::string last(words_of(front).back());
    if (!votes_.contains(folded(front)) && !votes_.contains(folded(last))) return;
    found.name = std::string(front);
    vote(found.name, found.type, 1);
  }

  /// "Bill", in "Bill and Hillary Clinton", is Bill Clinton.
  void share_family_name(std::size_t i) {
    Found& found = found_[i];
    const Found& next = found_[i + 1];
    const std::vector<std::string_view> full = words_of(next.name);
    const std::uint32_t given = bit(WordClass::given) | bit(WordClass::given_ambiguous);
    if (next.type != EntityType::person || next.use.part != found.use.part || full.size() != 2)
      return;
    if (found.name.find(' ') != std::string::npos || next.use.begin < found.use.end) return;
    const std::string_view text = text_of(text_, found.use.part);
    if (text.substr(found.use.end, next.use.begin - found.use.end) != " and ") return;
    const std::uint32_t classes = gazetteer_.classes_of(found.name);
    if ((classes & given) == 0 || (classes & bit(WordClass::family)) != 0 ||
        (gazetteer_.classes_of(full.front()) & given) == 0)
      return;
    if (!known_name(gazetteer_, found.name, EntityType::person).empty()) return;
    found.name += " " + std::string(full.back());
    vote(found.name, found.type, 1);
  }

  /// "Xi Jinping" of "President Xi Jinping", unless it is known with its title.
  void drop_titles(std::string& name) const {
    constexpr std::uint32_t titles = bits(WordClass::honorific, WordClass::office);
    constexpr std::uint32_t names = bits(WordClass::given, WordClass::given_ambiguous,
                                         WordClass::family, WordClass::family_first);
    for (auto words = words_of(name); words.size() > 1; words = words_of(name)) {
      const std::uint32_t first = gazetteer_.classes_of(words[0]);
      const bool two = words.size() > 2 && (gazetteer_.classes_of(words[1]) & titles) != 0 &&
                       is_title(name.substr(0, words[0].size() + 1 + words[1].size()));
      const bool one = (first & titles) != 0 && (first & names) == 0 &&
                       std::any_of(words[0].begin(), words[0].end(), is_lower) &&
                       (words.size() > 2 || !may_belong_to_name(words[0], first));
      if ((!one && !two) || is_known_person(name)) return;
      name.erase(0, static_cast<std::size_t>(words[two ? 2 : 1].data() - words[0].data()));
    }
  }

  /// "Lady", "Sheikh", "Haji": with one word more they may be the name under which one is known.
  static bool may_belong_to_name(std::string_view word, std::uint32_t classes) {
    constexpr std::array<std::string_view, 8> never{"Mr", "Mrs",    "Ms",     "Miss",
                                                    "Mx", "Mister", "Messrs", "Dr"};
    const bool office = (classes & bit(WordClass::office)) != 0;
    return !office && !word.ends_with('.') &&
           std::find(never.begin(), never.end(), word) == never.end();
  }

  bool is_title(std::string_view words) const {
    const Phrase* phrase = gazetteer_.find(words);
    return phrase != nullptr && phrase->is(bits(WordClass::honorific, WordClass::office));
  }

  bool is_known_person(std::string_view name) const {
    return !known_name(gazetteer_, name, EntityType::person).empty() ||
           !gazetteer_.alias(name, EntityType::person).empty();
  }

  /// "Prince Charles": the title stays with a bare first name.
  void take_royal_title(Found& found, std::string_view before) const {
    const PersonName person = parse_person(gazetteer_, found.name);
    if (person.words.size() != 1 || before.empty() || !is_upper(before.front())) return;
    if ((gazetteer_.classes_of(before) & bit(WordClass::royal)) == 0) return;
    found.royal = true;
    found.name = std::string(before) + " " + found.name;
  }

  /// "The Hill": a name that is known with its article.
  void take_article(Found& found) const {
    const Phrase* known = gazetteer_.find("The " + found.name);
    if (known != nullptr && !known->sense(EntityType::org).name.empty())
      found.name = "The " + found.name;
  }

  /// "Russian Security Council": not the body that is known by the name without its nation.
  void take_nation(Found& found, std::string_view before) const {
    if (before.empty() || !is_upper(before.front()) || is_acronym(found.name)) return;
    if ((gazetteer_.classes_of(before) & bit(WordClass::nation)) == 0) return;
    const std::string_view known = known_name(gazetteer_, found.name, EntityType::org);
    if (!known.empty() && known != found.name && before != "American")
      found.name = std::string(before) + " " + found.name;
  }

  void vote(const std::string& name, EntityType type, std::uint32_t weight) {
    votes_[folded(name)][static_cast<std::size_t>(type)] += weight;
  }

  EntityType majority(const std::string& name) const {
    const auto& votes = votes_.at(folded(name));
    const auto most = std::max_element(votes.begin(), votes.end());
    return all_entity_types[static_cast<std::size_t>(most - votes.begin())];
  }

  std::size_t form_of(const Found& found, std::vector<Form>& forms) {
    const std::string name =
        found.type == EntityType::person ? respelled(gazetteer_, found.name) : found.name;
    std::string key = folded(name);
    const auto [place, added] = index_.try_emplace({found.type, key}, forms.size());
    if (added) {
      Form form;
      form.type = found.type;
      form.key = std::move(key);
      form.royal = found.royal;
      if (found.type == EntityType::person) form.person = parse_person(gazetteer_, name);
      form.canonical = known_name(gazetteer_, name, found.type);
      forms.push_back(std::move(form));
    }
    Form& form = forms[place->second];
    form.given = form.given || found.use.part == Use::Part::none;
    count_spelling(form, name);
    return place->second;
  }

  const Gazetteer& gazetteer_;
  const ArticleText& text_;
  std::vector<Found> found_;
  std::unordered_map<std::string, std::array<std::uint32_t, all_entity_types.size()>> votes_;
  std::map<std::pair<EntityType, std::string>, std::size_t> index_;
};

}  // namespace

std::string Form::shown() const {
  const auto rank = [](const std::pair<std::string, std::uint32_t>& spelling) {
    const std::string& name = spelling.first;
    const bool has_capital = std::any_of(name.begin(), name.end(), is_upper);
    const bool ordinary =
        !shouts(name) && (has_capital || !std::any_of(name.begin(), name.end(), is_lower));
    return std::pair(ordinary, spelling.second);
  };
  const auto better = [&rank](const auto& a, const auto& b) { return rank(a) < rank(b); };
  const std::string& name = std::max_element(spellings.begin(), spellings.end(), better)->first;
  return type != EntityType::org && shouts(name) ? in_ordinary_case(name) : name;
}

std::string_view text_of(const ArticleText& text, Use::Part part) {
  switch (part) {
    case Use::Part::title:
      return text.title;
    case Use::Part::deck:
      return text.deck;
    case Use::Part::body:
      return text.body;
    case Use::Part::none:
      return {};
  }
  return {};
}

std::string tidy(std::string_view name) {
  std::string out;
  name = without_marks_before(name);
  for (const char c : name) {
    if (!is_space(c)) {
      out += c;
    } else if (!out.empty() && out.back() != ' ') {
      out += ' ';
    }
  }
  while (!out.empty() && std::string_view(" ,;:").find(out.back()) != std::string_view::npos)
    out.pop_back();
  for (const std::string_view ending : {"'s", "\u2019s", "'S", "\u2019S"})
    if (out.ends_with(ending) && !is_known_whole(out)) out.resize(out.size() - ending.size());
  for (const std::string_view article : {"the ", "The "})
    if (out.starts_with(article) && !is_known_whole(out)) out.erase(0, article.size());
  return out;
}

std::string_view word_before(std::string_view text, std::size_t at) {
  std::size_t end = std::min(at, text.size());
  while (end > 0 && (text[end - 1] == ' ' || text[end - 1] == '\t')) --end;
  constexpr std::size_t longest = 64;
  std::size_t begin = end;
  while (begin > 0 && end - begin < longest) {
    std::size_t letter = begin - 1;
    while (letter > 0 && begin - letter < 4 && (text[letter] & 0xC0) == 0x80) --letter;
    std::size_t after = letter;
    if (!is_letter(next_code_point(text, after)) || after != begin) break;
    begin = letter;
  }
  return text.substr(begin, end - begin);
}

Forms collect_forms(const Gazetteer& gazetteer, const ArticleText& text,
                    const ArticleMentions& mentions, const std::vector<GivenEntity>& given) {
  Collector collector(gazetteer, text);
  for (const GivenEntity& entity : given) collector.add_given(entity);
  collector.add(Use::Part::title, mentions.title);
  collector.add(Use::Part::deck, mentions.deck);
  collector.add(Use::Part::body, mentions.body);
  return collector.finish();
}

}  // namespace dateline::ner
