// SPDX-License-Identifier: GPL-3.0-or-later
#include "corpus/metadata/apply.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>
#include <unordered_set>
#include <utility>
#include <variant>

#include "corpus/bytes/encoding.h"
#include "corpus/metadata/names_of_people.h"

namespace dateline {
namespace {

constexpr std::size_t quoted_characters = 40;
constexpr std::size_t most_topics = 1'000;

std::string first_item(const FieldValues& values, Field field) {
  const auto* value = values.find(field);
  return value ? tidy_value(value->items.front()) : std::string();
}

void offer_text(Sourced<std::string>& target, std::string text, Provenance from) {
  if (!text.empty()) target.offer(std::move(text), from);
}

void offer_id(const FieldValues& values, Provenance from, Article& article) {
  std::string id = first_item(values, Field::id);
  if (id.size() > longest_id) {
    article.notes.push_back(
        fmt::format("id '{}' is longer than {} bytes", excerpt(id, quoted_characters), longest_id));
    return;
  }
  offer_text(article.id, std::move(id), from);
}

/// The best value that says anything.
void offer_source(const FieldValues& values, Provenance from, Article& article) {
  for (const auto* value : values.all(Field::source)) {
    std::string source = tidy_value(value->items.front());
    if (source.size() > longest_source) {
      article.notes.push_back(fmt::format("source '{}' is longer than {} bytes",
                                          excerpt(source, quoted_characters), longest_source));
      continue;
    }
    if (source.empty() || says_nothing(source)) continue;
    if (!article.source && value->items.size() > 1)
      article.notes.push_back(fmt::format("source '{}' left out: an article has one",
                                          excerpt(tidy_value(value->items[1]), quoted_characters)));
    offer_text(article.source, std::move(source), from);
    return;
  }
}

/// The best value that is a date; those before it are noted.
void offer_date(const FieldValues& values, Field field, Provenance from, Day latest,
                Sourced<Timestamp>& target, std::vector<std::string>& notes) {
  if (target) return;
  const std::string language = first_item(values, Field::language);
  for (const auto* value : values.all(field)) {
    const std::string text = tidy_value(value->items.front());
    if (text.empty()) continue;
    const ParsedDate parsed = parse_date(text, DateContext{.latest = latest, .language = language});
    if (const auto* timestamp = std::get_if<Timestamp>(&parsed)) {
      target.offer(*timestamp, from);
      return;
    }
    notes.push_back(fmt::format("date '{}' {}", excerpt(text, quoted_characters),
                                std::get<DateProblem>(parsed).reason));
  }
}

void offer_authors(const FieldValues& values, Provenance from, Article& article) {
  const auto* value = values.find(Field::authors);
  if (!value) return;
  std::vector<std::string> items;
  for (const std::string& item : value->items) items.push_back(clean_text(item));
  auto names = split_byline(items, value->is_list);
  if (!names.empty()) article.authors.offer(std::move(names), from);
}

std::vector<std::string> topics_in(const std::vector<std::string>& items, bool separated) {
  std::vector<std::string> topics;
  std::unordered_set<std::string> known;
  const auto add = [&](std::string_view text) {
    if (topics.size() == most_topics) return;
    std::string topic = tidy_value(text);
    if (!topic.empty() && known.insert(topic).second) topics.push_back(std::move(topic));
  };
  for (const std::string& item : items) {
    std::string_view rest = item;
    while (!separated && rest.find_first_of(",;") != std::string_view::npos) {
      const auto at = rest.find_first_of(",;");
      add(rest.substr(0, at));
      rest.remove_prefix(at + 1);
    }
    add(rest);
  }
  return topics;
}

void offer_topics(const FieldValues& values, Provenance from, Article& article) {
  const auto* value = values.find(Field::topics);
  if (!value) return;
  std::vector<std::string> topics = topics_in(value->items, value->is_list);
  if (!topics.empty()) article.topics.offer(std::move(topics), from);
}

bool is_letter(char c) { return c >= 'a' && c <= 'z'; }

std::string primary_subtag(std::string_view tag) {
  std::string subtag(tag.substr(0, tag.find_first_of("-_")));
  std::transform(subtag.begin(), subtag.end(), subtag.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  });
  const bool fits = (subtag.size() == 2 || subtag.size() == 3) &&
                    std::all_of(subtag.begin(), subtag.end(), is_letter);
  if (fits) return subtag;
  constexpr std::array<std::pair<std::string_view, std::string_view>, 10> names{
      {{"english", "en"},
       {"german", "de"},
       {"french", "fr"},
       {"spanish", "es"},
       {"italian", "it"},
       {"portuguese", "pt"},
       {"dutch", "nl"},
       {"russian", "ru"},
       {"chinese", "zh"},
       {"arabic", "ar"}}};
  const auto named = std::find_if(names.begin(), names.end(),
                                  [&](const auto& row) { return row.first == subtag; });
  return named == names.end() ? std::string() : std::string(named->second);
}

void offer_language(const FieldValues& values, Provenance from, Article& article) {
  const std::string tag = first_item(values, Field::language);
  if (tag.empty()) return;
  std::string language = primary_subtag(tag);
  if (language.empty())
    article.notes.push_back(
        fmt::format("language '{}' is no language tag", excerpt(tag, quoted_characters)));
  else
    article.language.offer(std::move(language), from);
}

}  // namespace

std::string primary_language(std::string_view tag) { return primary_subtag(tag); }

std::vector<std::string> split_topics(const std::vector<std::string>& lists) {
  return topics_in(lists, false);
}

bool says_nothing(std::string_view source) {
  const std::string words = fold_words(source);
  return words.empty() || words == "unknown" || words == "n a" || words == "none";
}

std::string tidy_value(std::string_view utf8) { return single_line(clean_text(std::string(utf8))); }

void apply_shared_values(const FieldValues& values, Provenance from, Day latest, Article& article) {
  offer_source(values, from, article);
  offer_date(values, Field::published, from, latest, article.published, article.notes);
  offer_date(values, Field::modified, from, latest, article.modified, article.notes);
  offer_language(values, from, article);
  offer_topics(values, from, article);
}

void apply_values(const FieldValues& values, Provenance from, Day latest, Article& article) {
  offer_id(values, from, article);
  offer_text(article.title, tidy_value(values.text(Field::title)), from);
  offer_text(article.deck, tidy_value(values.text(Field::deck)), from);
  apply_shared_values(values, from, latest, article);
  offer_authors(values, from, article);
  offer_text(article.url, first_item(values, Field::url), from);
}

}  // namespace dateline
