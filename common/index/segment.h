// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "common/entity.h"
#include "common/hash.h"
#include "common/index/article_history.h"
#include "common/index/attribute.h"
#include "common/index/column_file.h"
#include "common/index/entity_weight.h"
#include "common/index/ordinals.h"
#include "common/index/schema.h"

namespace dateline {

/// Rows that follow each other and are of one day; what is before and behind them is of another.
struct DayRun {
  std::int32_t day = 0;  ///< as in the column
  std::uint32_t first = 0;
  std::uint32_t end = 0;
};

/// What a segment knows of each of its articles besides words: arrays by row, mapped.
/// The rows of a published segment are in the order of newest_first(). Thread-safe.
class SegmentColumns {
 public:
  /// `words_in_order`: whether folded words and stems are those that this program makes of words.
  /// Throws as ColumnFile does, and Error(damaged_index) when the arrays do not fit each other.
  SegmentColumns(const std::filesystem::path& segment_folder, std::string name,
                 bool words_in_order = true);

  const std::string& name() const { return name_; }
  std::uint32_t rows() const { return static_cast<std::uint32_t>(day.size()); }

  const StringTable& names(Attribute attribute) const {
    return names_[static_cast<std::size_t>(attribute)];
  }
  /// The row's document in the segment's Xapian database.
  std::uint32_t document_of(std::uint32_t row) const {
    if (document_[row] == 0 || document_[row] > rows())
      refuse("holds a document that is not there");
    return document_[row];
  }

  /// Ordinals in names(attribute) of what the article states, ascending; empty: unknown.
  Ordinals stated(Attribute attribute, std::uint32_t row) const;
  /// The ordinal in names(Attribute::source); none: unknown.
  std::optional<std::uint32_t> source_of(std::uint32_t row) const {
    if (source[row] == schema::no_source) return std::nullopt;
    return Ordinals(source.subspan(row, 1), names(Attribute::source).size(), file_)[0];
  }
  /// Ordinal in languages, of an article that states none, too.
  std::uint32_t language_ordinal(std::uint32_t row) const {
    return Ordinals(language_.subspan(row, 1), names(Attribute::language).size(), file_)[0];
  }
  /// The article's language as it states it; "": unknown.
  std::string_view language_of(std::uint32_t row) const {
    return names(Attribute::language)[language_ordinal(row)];
  }

  /// The day of each run of rows; of a published segment the newest first, undated_day last.
  std::span<const std::int32_t> run_days() const { return day_run_day_; }
  DayRun day_run(std::size_t i) const;

  /// Ordinals of the entities that the article names: those that it is about, ascending, and behind
  /// them, for all mentions, those that it names in passing, ascending.
  Ordinals entities_of(std::uint32_t row, Naming naming = Naming::all_mentions) const {
    return {named(entity_ordinal, entity_at, row, naming), entities.size(), file_};
  }
  /// How it names them, in the same order.
  std::span<const std::uint8_t> entity_weights_of(std::uint32_t row) const {
    return named(entity_weight, entity_at, row, Naming::all_mentions);
  }
  /// Rows that name the entity: those about it, ascending, and behind them, for all mentions, those
  /// that name it in passing, ascending.
  Ordinals rows_naming(std::uint32_t entity, Naming naming = Naming::all_mentions) const {
    return {named(posting_row, posting_at, entity, naming), rows(), file_};
  }
  /// How they name it, in the same order.
  std::span<const std::uint8_t> weights_naming(std::uint32_t entity) const {
    return named(posting_weight, posting_at, entity, Naming::all_mentions);
  }
  /// In all rows together.
  std::size_t named_entities() const { return entity_ordinal.size(); }

  /// False: words_by_stem() and words_by_fold() are in an order that another analyser gave them.
  bool words_in_order() const { return words_in_order_; }
  /// Ordinals in words, of the articles of a language: in order of its stem.
  Ordinals words_by_stem(std::size_t of_language) const {
    return {part(stem_word_, stem_at_, of_language), words.size(), file_};
  }
  /// Ordinals in words, of all of them: in order of the word without diacritics.
  Ordinals words_by_fold() const { return {word_by_fold_, words.size(), file_}; }

  ArticleHistory history(std::uint32_t row) const {
    return {first_seen[row], last_changed[row], changes[row], changed_in[row]};
  }

  void verify() const { file_.verify(); }
  void verify_if_quick() const { file_.verify_if_quick(); }
  /// Throws Error(damaged_index) for what whoever reads the columns finds wrong with them.
  [[noreturn]] void refuse(const std::string& what) const { refuse_index_file(file_.path(), what); }
  std::size_t bytes() const { return file_.bytes(); }

 private:
  /// Values by row, in one array.
  struct Lists {
    std::span<const std::uint32_t> at;
    std::span<const std::uint32_t> ordinal;
  };

  /// Entries [at[i], at[i + 1]) of a column.
  template <class T>
  std::span<const T> part(std::span<const T> column, std::span<const std::uint32_t> at,
                          std::size_t i) const {
    return between(column, at[i], at[i + 1]);
  }

  /// Entries of the i-th pair of parts, the salient ones and those in passing: of the first part or
  /// of both.
  template <class T>
  std::span<const T> named(std::span<const T> column, std::span<const std::uint32_t> at,
                           std::size_t i, Naming naming) const {
    return between(column, at[2 * i], at[2 * i + (naming == Naming::salient ? 1 : 2)]);
  }

  template <class T>
  std::span<const T> between(std::span<const T> column, std::uint32_t begin,
                             std::uint32_t end) const {
    if (begin > end || end > column.size()) {
      refuse_index_file(file_.path(), "has offsets that leave their column");
    }
    return column.subspan(begin, end - begin);
  }

  std::string name_;
  bool words_in_order_;
  ColumnFile file_;

 public:
  // Meanings and units: schema.h.
  std::span<const std::int32_t> day;
  std::span<const std::int32_t> second;
  std::span<const std::uint32_t> source;
  std::span<const std::uint32_t> tokens;
  std::span<const std::uint32_t> title_tokens;
  std::span<const std::uint32_t> deck_tokens;
  std::span<const std::uint64_t> path_hash;
  std::span<const std::uint64_t> key_hash;
  std::span<const Digest> digest;
  std::span<const std::int64_t> first_seen;
  std::span<const std::int64_t> last_changed;
  std::span<const std::uint32_t> changes;
  std::span<const std::uint64_t> changed_in;
  StringTable id;
  StringTable entities;
  StringTable words;

 private:
  void check_shape() const;
  std::array<StringTable, all_attributes.size()> names_;
  std::span<const std::int32_t> day_run_day_;
  std::span<const std::uint32_t> day_run_at_;
  Lists authors_;
  Lists topics_;
  std::span<const std::uint32_t> document_;
  std::span<const std::uint32_t> language_;
  std::span<const std::uint32_t> word_by_fold_;
  std::span<const std::uint32_t> stem_at_;
  std::span<const std::uint32_t> stem_word_;
  std::span<const std::uint32_t> entity_at;
  std::span<const std::uint32_t> entity_ordinal;
  std::span<const std::uint8_t> entity_weight;
  std::span<const std::uint32_t> posting_at;
  std::span<const std::uint32_t> posting_row;
  std::span<const std::uint8_t> posting_weight;
};

/// Whether one article stands before another in the order of rows: by day and time, the undated
/// last, then by id, then by digest.
bool newest_first(const SegmentColumns& a, std::uint32_t row_a, const SegmentColumns& b,
                  std::uint32_t row_b);

/// The row of each document, document d at d - 1. Throws Error(damaged_index) where the rows do not
/// have each document once.
std::vector<std::uint32_t> rows_by_document(const SegmentColumns& columns);

/// How an entity stands in a dictionary: its type and name in one string, ordered by type first.
std::string entity_key(EntityType type, std::string_view name);
/// Throws Error(damaged_index) for what entity_key() never makes.
EntityType entity_key_type(std::string_view key);
std::string_view entity_key_name(std::string_view key);

}  // namespace dateline
