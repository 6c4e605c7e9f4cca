// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <span>
#include <string>

#include "common/entity.h"
#include "common/hash.h"
#include "common/index/article_history.h"
#include "common/index/attribute.h"
#include "common/index/column_file.h"

namespace dateline {

/// What a segment knows of each of its articles besides words: arrays by row, mapped.
/// Row r is document r+1 of the segment's Xapian database. Thread-safe.
class SegmentColumns {
 public:
  /// Throws as ColumnFile does, and Error(damaged_index) when the arrays do not fit each other.
  SegmentColumns(const std::filesystem::path& segment_folder, std::string name);

  const std::string& name() const { return name_; }
  std::uint32_t rows() const { return static_cast<std::uint32_t>(day.size()); }

  const StringTable& names(Attribute attribute) const {
    return names_[static_cast<std::size_t>(attribute)];
  }
  /// Ordinals in names(attribute) of what the article states, ascending; empty: unknown.
  std::span<const std::uint32_t> stated(Attribute attribute, std::uint32_t row) const;

  /// Ordinals of the entities that the article names, ascending.
  std::span<const std::uint32_t> entities_of(std::uint32_t row) const {
    return entity_ordinal.subspan(entity_at[row], entity_at[row + 1] - entity_at[row]);
  }
  std::span<const std::uint8_t> entity_weights_of(std::uint32_t row) const {
    return entity_weight.subspan(entity_at[row], entity_at[row + 1] - entity_at[row]);
  }
  /// Rows that name the entity, ascending.
  std::span<const std::uint32_t> rows_naming(std::uint32_t entity) const {
    return posting_row.subspan(posting_at[entity], posting_at[entity + 1] - posting_at[entity]);
  }

  /// Ordinals in words, of the articles of a language: in order of its stem.
  std::span<const std::uint32_t> words_by_stem(std::size_t of_language) const {
    return stem_word_.subspan(stem_at_[of_language],
                              stem_at_[of_language + 1] - stem_at_[of_language]);
  }

  ArticleHistory history(std::uint32_t row) const {
    return {first_seen[row], last_changed[row], changes[row], changed_in[row]};
  }

  void verify() const { file_.verify(); }
  std::size_t bytes() const { return file_.bytes(); }

 private:
  /// Values by row, in one array.
  struct Lists {
    std::span<const std::uint32_t> at;
    std::span<const std::uint32_t> ordinal;
    std::span<const std::uint32_t> of(std::uint32_t row) const {
      return ordinal.subspan(at[row], at[row + 1] - at[row]);
    }
  };

  std::string name_;
  ColumnFile file_;

 public:
  // Meanings and units: schema.h.
  std::span<const std::int32_t> day;
  std::span<const std::int32_t> second;
  std::span<const std::uint32_t> source;
  std::span<const std::uint32_t> language;
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
  std::span<const std::uint32_t> word_by_fold;

 private:
  void check_shape() const;
  std::array<StringTable, all_attributes.size()> names_;
  Lists authors_;
  Lists topics_;
  std::span<const std::uint32_t> stem_at_;
  std::span<const std::uint32_t> stem_word_;
  std::span<const std::uint32_t> entity_at;
  std::span<const std::uint32_t> entity_ordinal;
  std::span<const std::uint8_t> entity_weight;
  std::span<const std::uint32_t> posting_at;
  std::span<const std::uint32_t> posting_row;
};

/// How an entity stands in a dictionary: its type and name in one string, ordered by type first.
std::string entity_key(EntityType type, std::string_view name);
EntityType entity_key_type(std::string_view key);
std::string_view entity_key_name(std::string_view key);

}  // namespace dateline
