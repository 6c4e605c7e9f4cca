// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/entities/person_names.h"

#include <algorithm>
#include <utility>

namespace dateline::ner {
namespace {

std::string without_stops(std::string word) {
  std::erase(word, '.');
  std::erase(word, ',');
  return word;
}

/// "j" and "james", or the same word.
bool agree(std::string_view a, std::string_view b) {
  if (a == b) return true;
  if (a.empty() || b.empty()) return false;
  return (a.size() == 1 || b.size() == 1) && a.front() == b.front();
}

}  // namespace

std::vector<std::string_view> words_of(std::string_view name) {
  std::vector<std::string_view> words;
  while (true) {
    const std::size_t begin = name.find_first_not_of(' ');
    if (begin == std::string_view::npos) return words;
    const std::size_t end = std::min(name.find(' ', begin), name.size());
    words.push_back(name.substr(begin, end - begin));
    name.remove_prefix(end);
  }
}

PersonName parse_person(const Gazetteer& gazetteer, std::string_view name) {
  PersonName person;
  for (const std::string_view word : words_of(name)) {
    std::string form = without_stops(folded(gazetteer.spelling(word, false)));
    if (!form.empty()) person.words.push_back(std::move(form));
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
  if (part.words.empty() || part.words.size() >= full.words.size()) return false;
  if (!part.suffix.empty() && part.suffix != full.suffix) return false;
  return std::equal(part.words.rbegin(), part.words.rend(), full.words.rbegin());
}

bool begins_with_name(const PersonName& full, const PersonName& part) {
  if (part.words.empty() || part.words.size() >= full.words.size()) return false;
  return part.suffix.empty() &&
         std::equal(part.words.begin(), part.words.end(), full.words.begin());
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
