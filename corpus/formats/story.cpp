// SPDX-License-Identifier: GPL-3.0-or-later
#include "corpus/formats/story.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>
#include <utility>
#include <variant>

#include "corpus/bytes/encoding.h"
#include "corpus/metadata/apply.h"
#include "corpus/metadata/names_of_people.h"

namespace dateline {
namespace {

constexpr std::size_t most_entities = 200;
constexpr std::size_t most_topics = 500;
constexpr std::size_t longest_entity = 200;  // bytes
constexpr std::size_t quoted_characters = 40;

using Texts = std::vector<std::string>;

void put(FieldValues& values, Field field, const std::string& text) {
  values.put({field, 0}, {text});
}

/// Seconds since 1970, in UTC where the zone is known.
std::int64_t instant(const Timestamp& time) {
  constexpr std::int64_t day_seconds = 86'400;
  return time.day.time_since_epoch().count() * day_seconds + time.second_of_day.value_or(0) -
         time.utc_offset_minutes.value_or(0) * 60;
}

/// The first of `texts` that is a date; where none is, the note says why the first is not.
void offer_first_date(const Texts& texts, Day latest, Sourced<Timestamp>& target, Texts& notes) {
  std::string problem;
  for (const std::string& text : texts) {
    if (tidy_value(text).empty()) continue;
    const ParsedDate parsed = parse_date(tidy_value(text), latest);
    if (const auto* time = std::get_if<Timestamp>(&parsed)) {
      target.offer(*time, Provenance::given);
      return;
    }
    if (problem.empty())
      problem = fmt::format("date '{}' {}", excerpt(text, quoted_characters),
                            std::get<DateProblem>(parsed).reason);
  }
  if (!problem.empty()) notes.push_back(std::move(problem));
}

std::optional<Timestamp> embargo_of(const Story& story) {
  if (story.embargo.empty()) return std::nullopt;
  const ParsedDate parsed = parse_date(tidy_value(story.embargo), latest_range_day());
  const auto* time = std::get_if<Timestamp>(&parsed);
  return time ? std::optional(*time) : std::nullopt;
}

/// A story is not published before its embargo ends.
void apply_embargo(const Timestamp& embargo, Article& article) {
  if (article.published && instant(embargo) <= instant(article.published.value)) return;
  article.published = {embargo, Provenance::given};
  article.notes.push_back("embargoed until " + format_timestamp(embargo));
}

/// "Press Association Political Correspondent" is no person where the outlet has that name.
bool names_outlet(const std::string& name, const Texts& sources) {
  const std::string folded = fold_words(name);
  return std::any_of(sources.begin(), sources.end(), [&](const std::string& source) {
    const std::string outlet = fold_words(source);
    return !outlet.empty() && (folded == outlet || folded.starts_with(outlet + ' '));
  });
}

/// Initials and codes as agencies sign with: "gr/bp", "VR-COM", "smith.ann", "MAR 04".
bool is_code(const std::string& name) {
  const auto is_plain = [](char c) { return c > ' ' && c <= '~'; };
  return name.find_first_of("@0123456789") != std::string::npos ||
         (std::all_of(name.begin(), name.end(), is_plain) &&
          name.find_first_of("/-._") != std::string::npos);
}

/// "Von Ann Lee" without the word that other languages have for "by".
std::string without_preposition(const std::string& byline) {
  constexpr std::array<std::string_view, 6> words{"Von ", "Par ", "Por ", "Av ", "Door ", "Fra "};
  for (const std::string_view word : words)
    if (byline.starts_with(word) && byline.find(' ', word.size()) != std::string::npos)
      return byline.substr(word.size());
  return byline;
}

Texts people(const Texts& items, bool is_list, const Texts& sources) {
  Texts clean;
  for (const std::string& item : items) clean.push_back(clean_text(item));
  Texts names = split_byline(clean, is_list);
  std::erase_if(
      names, [&](const std::string& name) { return is_code(name) || names_outlet(name, sources); });
  return names;
}

void offer_authors(const Story& story, Article& article) {
  Texts bylines;
  for (const std::string& byline : story.bylines)
    bylines.push_back(without_preposition(tidy_value(byline)));
  Texts names = people(bylines, false, story.sources);
  if (names.empty()) names = people(story.authors, true, story.sources);
  if (!names.empty()) article.authors.offer(std::move(names), Provenance::given);
}

/// A byline at the top of the text belongs to the head.
void take_byline(Story& story) {
  if (story.body.size() < 2 || !is_byline(story.body.front().text)) return;
  if (story.bylines.empty()) story.bylines.push_back(story.body.front().text);
  story.body.erase(story.body.begin());
}

/// Whether `deck` is no more than how the text begins, perhaps cut off.
bool begins_text(const std::string& deck, const std::vector<Paragraph>& text) {
  const auto end = deck.find_last_not_of(" .[]\x80\xA6\xE2");
  const std::string start = fold_words(deck.substr(0, end + 1));
  std::string folded;
  for (auto paragraph = text.begin(); paragraph != text.end() && folded.size() <= start.size();
       ++paragraph)
    if (paragraph->kind == ParagraphKind::text) folded += fold_words(paragraph->text) + ' ';
  return folded.starts_with(start);
}

/// A summary that only repeats is no deck, and costs the text nothing.
void settle_deck(Story& story) {
  if (story.body.empty()) return;
  const bool title_again = fold_words(story.deck) == fold_words(story.title);
  if (title_again || begins_text(story.deck, story.body)) story.deck.clear();
}

bool states_nothing(const std::string& name) {
  return says_nothing(name) || fold_words(name) == "no data available";
}

void add_entities(const Story& story, Article& article) {
  for (const GivenEntity& given : story.entities) {
    GivenEntity entity{given.type, tidy_value(given.name)};
    const bool known = std::find(article.entities.begin(), article.entities.end(), entity) !=
                       article.entities.end();
    const bool usable = !states_nothing(entity.name) && entity.name.size() <= longest_entity;
    if (usable && !known && article.entities.size() < most_entities)
      article.entities.push_back(std::move(entity));
  }
}

std::string first_usable_source(const Texts& sources) {
  for (const std::string& source : sources) {
    std::string tidy = tidy_value(source);
    if (!states_nothing(tidy)) return tidy;
  }
  return {};
}

FieldValues values_of(const Story& story) {
  FieldValues values;
  put(values, Field::id, story.id);
  put(values, Field::title, story.title);
  put(values, Field::deck, story.deck);
  put(values, Field::language, story.language);
  put(values, Field::url, story.url);
  put(values, Field::source, first_usable_source(story.sources));
  Texts topics = story.topics;
  topics.resize(std::min(topics.size(), most_topics));
  values.put({Field::topics, 0}, std::move(topics), true);
  return values;
}

RawRecord record_of(const FileInHand& in, const StoryPlace& at, Story& story) {
  RawRecord record;
  record.name = at.record;
  record.fallback_id = at.part;
  record.values = values_of(story);
  record.article.notes = std::move(story.notes);
  const Day latest = in.options.latest_day;
  Article& article = record.article;
  offer_first_date(story.published, latest, article.published, article.notes);
  offer_first_date(story.modified, latest, article.modified, article.notes);
  offer_authors(story, article);
  add_entities(story, article);
  return record;
}

struct KindRow {
  std::string_view kind, reason;
};

constexpr std::array<KindRow, 18> kinds{{{"picture", "a picture, not text"},
                                         {"photo", "a picture, not text"},
                                         {"image", "a picture, not text"},
                                         {"graphic", "a graphic, not text"},
                                         {"animation", "an animation, not text"},
                                         {"video", "a video, not text"},
                                         {"audio", "sound, not text"},
                                         {"package", "a package of items, not text"},
                                         {"planning", "a plan, not text"},
                                         {"event", "an event, not text"},
                                         {"concept", "a concept, not text"},
                                         {"data", "data, not text"},
                                         {"map", "a map, not text"},
                                         {"person", "a concept, not text"},
                                         {"organisation", "a concept, not text"},
                                         {"geoarea", "a concept, not text"},
                                         {"poi", "a concept, not text"},
                                         {"object", "a concept, not text"}}};

std::string lower_case(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  });
  return text;
}

}  // namespace

std::string StoryPlaces::place() const { return lone_ ? "" : fmt::format("item {}", number_); }

StoryPlace StoryPlaces::of(const Story& story) {
  if (lone_) return {};
  const std::string id = tidy_value(story.id);
  const bool usable = !id.empty() && id.size() <= longest_id;
  std::string name = names_.name(usable ? id : std::string(), place());
  return {std::move(name), place(), fmt::to_string(number_)};
}

void hand_over_story(const FileInHand& in, const StoryPlace& at, Story&& story) {
  const bool empty =
      tidy_value(story.title).empty() && tidy_value(story.deck).empty() && story.body.empty();
  if (empty && !story.may_be_empty) {
    in.sink.refused(at.place, "no text");
    return;
  }
  const auto embargo = embargo_of(story);
  if (embargo && embargo->day > in.options.latest_day) {
    in.sink.refused(at.place, "embargoed until " + format_timestamp(*embargo));
    return;
  }
  take_byline(story);
  settle_deck(story);
  RawRecord record = record_of(in, at, story);
  if (embargo) apply_embargo(*embargo, record.article);
  record.may_be_empty = story.may_be_empty;
  hand_over_paragraphs(in, std::move(record), std::move(story.body));
}

std::string reason_against_kind(std::string_view kind) {
  const std::string code = lower_case(code_of(kind));
  for (const KindRow& row : kinds)
    if (code == row.kind) return std::string(row.reason);
  return {};
}

std::string reason_against_status(std::string_view status) {
  const std::string code = lower_case(code_of(status));
  if (code == "canceled" || code == "cancelled") return "canceled by its publisher";
  if (code == "withheld") return "withheld by its publisher";
  return {};
}

std::string rights_holder(std::string_view notice) {
  constexpr std::size_t longest_holder = 60;  // bytes
  constexpr std::array<std::string_view, 4> marks{"Copyright", "copyright", "(c)", "\xC2\xA9"};
  const std::string line = tidy_value(notice);
  std::string_view rest = line;
  bool marked = false, found = true;
  while (found) {
    rest.remove_prefix(std::min(rest.find_first_not_of(" ,0123456789-"), rest.size()));
    found = false;
    for (const std::string_view mark : marks)
      if (rest.starts_with(mark)) {
        rest.remove_prefix(mark.size());
        marked = found = true;
      }
  }
  const std::string_view holder = rest.substr(0, rest.find_first_of(".,(;/"));
  return marked && holder.size() <= longest_holder ? tidy_value(holder) : std::string();
}

std::string code_of(std::string_view qualified) {
  return std::string(qualified.substr(qualified.find_last_of(":/") + 1));
}

}  // namespace dateline
