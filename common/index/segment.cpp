// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/index/segment.h"

#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <tuple>

#include "common/error.h"
#include "common/index/layout.h"
#include "common/index/schema.h"

namespace dateline {

SegmentColumns::SegmentColumns(const std::filesystem::path& segment_folder, std::string name,
                               bool words_in_order)
    : name_(std::move(name)),
      words_in_order_(words_in_order),
      file_(columns_of(segment_folder), name_) {
  file_.expect_scattered_reads();
  document_ = file_.column<std::uint32_t>(schema::document);
  day = file_.column<std::int32_t>(schema::day);
  day_run_day_ = file_.column<std::int32_t>(schema::day_run_day);
  day_run_at_ = file_.column<std::uint32_t>(schema::day_run_at);
  second = file_.column<std::int32_t>(schema::second);
  source = file_.column<std::uint32_t>(schema::source);
  language_ = file_.column<std::uint32_t>(schema::language);
  tokens = file_.column<std::uint32_t>(schema::tokens);
  title_tokens = file_.column<std::uint32_t>(schema::title_tokens);
  deck_tokens = file_.column<std::uint32_t>(schema::deck_tokens);
  path_hash = file_.column<std::uint64_t>(schema::path_hash);
  key_hash = file_.column<std::uint64_t>(schema::key_hash);
  digest = file_.column<Digest>(schema::digest);
  first_seen = file_.column<std::int64_t>(schema::first_seen);
  last_changed = file_.column<std::int64_t>(schema::last_changed);
  changes = file_.column<std::uint32_t>(schema::changes);
  changed_in = file_.column<std::uint64_t>(schema::changed_in);
  id = file_.strings(schema::id);
  for (const auto attribute : all_attributes) {
    names_[static_cast<std::size_t>(attribute)] = file_.strings(plural(attribute));
  }
  authors_ = {file_.column<std::uint32_t>(schema::author_at),
              file_.column<std::uint32_t>(schema::author_ordinal)};
  topics_ = {file_.column<std::uint32_t>(schema::topic_at),
             file_.column<std::uint32_t>(schema::topic_ordinal)};
  entities = file_.strings(schema::entities);
  words = file_.strings(schema::words);
  word_by_fold_ = file_.column<std::uint32_t>(schema::word_by_fold);
  stem_at_ = file_.column<std::uint32_t>(schema::stem_at);
  stem_word_ = file_.column<std::uint32_t>(schema::stem_word);
  entity_at = file_.column<std::uint32_t>(schema::entity_at);
  entity_ordinal = file_.column<std::uint32_t>(schema::entity_ordinal);
  entity_weight = file_.column<std::uint8_t>(schema::entity_weight);
  posting_at = file_.column<std::uint32_t>(schema::posting_at);
  posting_row = file_.column<std::uint32_t>(schema::posting_row);
  posting_weight = file_.column<std::uint8_t>(schema::posting_weight);
  check_shape();
}

void SegmentColumns::check_shape() const {
  const auto n = day.size();
  const bool rows_agree = document_.size() == n && second.size() == n && source.size() == n &&
                          language_.size() == n && tokens.size() == n && title_tokens.size() == n &&
                          deck_tokens.size() == n && path_hash.size() == n &&
                          key_hash.size() == n && digest.size() == n && first_seen.size() == n &&
                          last_changed.size() == n && changes.size() == n &&
                          changed_in.size() == n && id.size() == n;
  const bool days_agree = day_run_at_.size() == day_run_day_.size() + 1 &&
                          day_run_at_.front() == 0 && day_run_at_.back() == n;
  const bool entities_agree =
      entity_at.size() == 2 * n + 1 && entity_at.back() == entity_ordinal.size() &&
      entity_weight.size() == entity_ordinal.size() &&
      posting_at.size() == 2 * entities.size() + 1 && posting_at.back() == posting_row.size() &&
      posting_row.size() == entity_ordinal.size() && posting_weight.size() == posting_row.size();
  const auto fits = [n](const Lists& lists) {
    return lists.at.size() == n + 1 && lists.at[n] == lists.ordinal.size();
  };
  const bool words_agree = word_by_fold_.size() == words.size() &&
                           stem_at_.size() == names(Attribute::language).size() + 1 &&
                           stem_at_.back() == stem_word_.size();
  if (!rows_agree || !days_agree || !entities_agree || !words_agree || !fits(authors_) ||
      !fits(topics_)) {
    throw Error(ExitCode::damaged_index,
                fmt::format("the columns of segment '{}' do not fit each other", name_),
                "dateline-index --repair");
  }
}

DayRun SegmentColumns::day_run(std::size_t i) const {
  const DayRun run{day_run_day_[i], day_run_at_[i], day_run_at_[i + 1]};
  if (run.first >= run.end || run.end > rows()) refuse("has days that leave their rows");
  return run;
}

Ordinals SegmentColumns::stated(Attribute attribute, std::uint32_t row) const {
  const auto of_list = [&](const Lists& lists) {
    return Ordinals{part(lists.ordinal, lists.at, row), names(attribute).size(), file_};
  };
  switch (attribute) {
    case Attribute::source:
      return {source.subspan(row, source[row] == schema::no_source ? 0 : 1),
              names(attribute).size(), file_};
    case Attribute::language:
      return {language_.subspan(row, language_of(row).empty() ? 0 : 1), names(attribute).size(),
              file_};
    case Attribute::author:
      return of_list(authors_);
    case Attribute::topic:
      return of_list(topics_);
  }
  return {{}, 0, file_};
}

bool newest_first(const SegmentColumns& a, std::uint32_t row_a, const SegmentColumns& b,
                  std::uint32_t row_b) {
  static_assert(schema::undated_day == std::numeric_limits<std::int32_t>::min());
  if (a.day[row_a] != b.day[row_b]) return a.day[row_a] > b.day[row_b];
  if (a.second[row_a] != b.second[row_b]) return a.second[row_a] > b.second[row_b];
  if (const auto order = a.id[row_a].compare(b.id[row_b]); order != 0) return order < 0;
  return std::tie(a.digest[row_a].high, a.digest[row_a].low) <
         std::tie(b.digest[row_b].high, b.digest[row_b].low);
}

std::vector<std::uint32_t> rows_by_document(const SegmentColumns& columns) {
  constexpr auto none = std::numeric_limits<std::uint32_t>::max();
  std::vector<std::uint32_t> rows(columns.rows(), none);
  for (std::uint32_t row = 0; row < columns.rows(); ++row) {
    auto& known = rows[columns.document_of(row) - 1];
    if (known != none) columns.refuse("has rows that share a document");
    known = row;
  }
  return rows;
}

std::string entity_key(EntityType type, std::string_view name) {
  std::string key(1, static_cast<char>('0' + static_cast<int>(type)));
  key += name;
  return key;
}

EntityType entity_key_type(std::string_view key) {
  for (const auto type : all_entity_types) {
    if (!key.empty() && key.front() == static_cast<char>('0' + static_cast<int>(type))) return type;
  }
  throw Error(ExitCode::damaged_index, "the index has an entity of no known type",
              "dateline-index --repair");
}

std::string_view entity_key_name(std::string_view key) { return key.substr(key.empty() ? 0 : 1); }

}  // namespace dateline
