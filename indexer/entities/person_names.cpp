// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/entities/person_names.h"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

namespace dateline::ner {
namespace {

std::string without_marks(const std::string& word) {
  std::string plain = without_apostrophes(word);
  std::erase(plain, '.');
  std::erase(plain, ',');
  return plain;
}

/// "j" and "james", or the same word.
bool agree(std::string_view a, std::string_view b) {
  if (a == b) return true;
  if (a.empty() || b.empty()) return false;
  return (a.size() == 1 || b.size() == 1) && a.front() == b.front();
}

/// "mashat" of "al-mashat".
void drop_article(std::string& word) {
  constexpr std::array<std::string_view, 9> articles{"al-",  "el-", "ad-", "an-", "ar-",
                                                     "ash-", "as-", "at-", "az-"};
  constexpr std::size_t shortest_rest = 3;
  for (const std::string_view article : articles)
    if (word.starts_with(article) && word.size() >= article.size() + shortest_rest) {
      word.erase(0, article.size());
      return;
    }
}

bool is_lone_article(std::string_view word) { return word == "al" || word == "el"; }

/// "\"", "(" or their typographic forms, with what closes them.
std::string_view closing_of(std::string_view word) {
  if (word.starts_with('"')) return "\"";
  if (word.starts_with('(')) return ")";
  if (word.starts_with("\u201c")) return "\u201d";
  return {};
}

/// Takes the words in quotes or brackets out of a name and returns them, folded.
std::string take_nickname(std::vector<std::string_view>& words) {
  const auto opens = [](std::string_view word) { return !closing_of(word).empty(); };
  const auto first = std::find_if(words.begin(), words.end(), opens);
  if (first == words.end() || first == words.begin()) return {};
  const std::string_view closing = closing_of(*first);
  const auto last = std::find_if(
      first, words.end(), [closing](std::string_view word) { return word.ends_with(closing); });
  if (last == words.end() || last + 1 == words.end()) return {};
  std::string nickname(first->data(), static_cast<std::size_t>(last->end() - first->begin()));
  nickname = folded(std::string_view(nickname).substr(closing.size()));
  nickname.resize(nickname.size() - std::min(nickname.size(), closing.size()));
  words.erase(first, last + 1);
  return nickname.starts_with("the ") ? nickname.substr(4) : nickname;
}

}  // namespace

PersonName parse_person(const Gazetteer& gazetteer, std::string_view name) {
  PersonName person;
  std::vector<std::string_view> words = words_of(name);
  person.nickname = take_nickname(words);
  bool only_initials = false;
  for (const std::string_view word : words) {
    std::string form = without_marks(folded(gazetteer.spelling(word, false)));
    const bool small = word.front() == 'a' || word.front() == 'e';
    if (is_lone_article(form) && words.size() > 1 && (small || !person.words.empty())) continue;
    drop_article(form);
    if (person.words.empty()) person.first = folded(word);
    const bool initial = form.size() == 1;
    if (initial && only_initials) {
      person.words.back() += form;
    } else if (!form.empty()) {
      only_initials = initial && person.words.empty();
      person.words.push_back(std::move(form));
    }
  }
  if (person.words.size() >= 2 &&
      (gazetteer.classes_of(person.words.back()) & bit(WordClass::suffix)) != 0) {
    person.suffix = std::move(person.words.back());
    person.words.pop_back();
  }
  return person;
}

bool same_person(const PersonName& a, const PersonName& b) {
  if (!a.is_full() || !b.is_full() || a.suffix != b.suffix) return false;
  if (a.words.front() != b.words.front() || a.words.back() != b.words.back()) return false;
  const PersonName& fewer = a.words.size() <= b.words.size() ? a : b;
  const PersonName& more = a.words.size() <= b.words.size() ? b : a;
  auto next = more.words.begin() + 1;
  for (auto word = fewer.words.begin() + 1; word + 1 < fewer.words.end(); ++word, ++next) {
    next = std::find_if(next, more.words.end() - 1,
                        [&word](const std::string& other) { return agree(*word, other); });
    if (next == more.words.end() - 1) return false;
  }
  return true;
}

bool ends_with_name(const PersonName& full, const PersonName& part) {
  const bool article = part.is_full() && is_lone_article(part.words.front());  // "Al Hajri"
  const auto end = part.words.rend() - (article ? 1 : 0);
  const auto length = static_cast<std::size_t>(end - part.words.rbegin());
  if (length == 0 || length >= full.words.size()) return false;
  if (!part.suffix.empty() && part.suffix != full.suffix) return false;
  return std::equal(part.words.rbegin(), end, full.words.rbegin());
}

bool begins_with_name(const PersonName& full, const PersonName& part) {
  if (part.words.empty() || part.words.size() >= full.words.size()) return false;
  return part.suffix.empty() &&
         std::equal(part.words.begin(), part.words.end(), full.words.begin());
}

bool holds_name(const PersonName& full, const PersonName& part) {
  if (part.words.empty() || part.words.size() >= full.words.size()) return false;
  return std::search(full.words.begin(), full.words.end(), part.words.begin(), part.words.end()) !=
         full.words.end();
}

std::string respelled(const Gazetteer& gazetteer, std::string_view name) {
  std::string out;
  for (const std::string_view word : words_of(name)) {
    if (!out.empty()) out += ' ';
    out += gazetteer.spelling(word, true);
  }
  return out;
}

}  // namespace dateline::ner
