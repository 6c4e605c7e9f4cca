// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <xapian.h>

#include <cstdint>
#include <filesystem>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "common/hash.h"
#include "common/index/attribute.h"
#include "common/index/column_file.h"
#include "common/index/segment.h"
#include "indexer/segments/analyse.h"
#include "indexer/segments/word_lists_writer.h"

namespace dateline {

/// Collects the columns of a segment, row by row, and writes them. One thread.
class ColumnsBuilder {
 public:
  /// Takes memory for so many rows at once: growing by doubling would take up to thrice as much.
  void reserve(std::uint32_t rows, std::size_t entities);
  /// But for its words. Its document is that of its row: the first is 1.
  void add(const AnalysedArticle& article);
  /// Copies a row of a finished segment, but for its words.
  void add(const SegmentColumns& from, std::uint32_t row, std::uint32_t document);
  /// A word that articles of a language hold; any number of times.
  void add_word(std::string_view language, const std::string& word);
  /// All words of a finished segment.
  void add_words(const SegmentColumns& from);

  std::uint32_t rows() const { return static_cast<std::uint32_t>(day_.size()); }
  /// Writes the column file of the segment `name` into `folder`, durably.
  void write(const std::filesystem::path& folder, const std::string& name) const;

 private:
  struct EntityUse {
    std::uint32_t ordinal = 0;  ///< in order of first use, until write() sorts the names
    std::uint8_t weight = 0;
  };
  /// Names in order of first use, with their ordinals.
  struct Dictionary {
    std::map<std::string, std::uint32_t, std::less<>> ordinals;
    std::uint32_t ordinal_of(std::string_view name);
    /// For each ordinal in order of first use, the ordinal in byte order.
    std::vector<std::uint32_t> ranks() const;
    std::vector<std::string> names() const;
  };
  /// Ordinals in a dictionary, by row.
  struct Lists {
    std::vector<std::uint32_t> at{0};
    std::vector<std::uint32_t> ordinal;
    Dictionary names;
    template <class Names>
    void add_row(const Names& of_row);
    void write(ColumnFileWriter& file, Attribute attribute) const;
  };
  std::unordered_set<std::string>& words_in(std::string_view language);
  std::uint32_t source_ordinal(std::string_view source);
  void add_history(const ArticleHistory& history);
  void close_row();
  void write_words(ColumnFileWriter& file) const;

  std::vector<std::uint32_t> document_;
  std::vector<std::int32_t> day_;
  std::vector<std::int32_t> second_;
  std::vector<std::uint32_t> source_;
  std::vector<std::uint32_t> language_;
  std::vector<std::uint32_t> tokens_;
  std::vector<std::uint32_t> title_tokens_;
  std::vector<std::uint32_t> deck_tokens_;
  std::vector<std::uint64_t> path_hash_;
  std::vector<std::uint64_t> key_hash_;
  std::vector<Digest> digest_;
  std::vector<std::int64_t> first_seen_;
  std::vector<std::int64_t> last_changed_;
  std::vector<std::uint32_t> changes_;
  std::vector<std::uint64_t> changed_in_;
  std::vector<std::string> id_;
  std::vector<std::uint32_t> entity_at_{0};
  std::vector<EntityUse> entity_;
  Dictionary sources_;
  Dictionary entities_;
  Dictionary languages_;
  Lists authors_;
  Lists topics_;
  /// By language.
  std::map<std::string, std::unordered_set<std::string>, std::less<>> words_;
};

/// Writes articles as one segment in a new folder: rows in the order of put(). One thread.
/// Nothing is published here: what was not finished is worth nothing and is swept. Throws
/// Xapian::Error when the database cannot be written.
class SegmentWriter {
 public:
  SegmentWriter(std::filesystem::path folder, std::string name);

  void put(const AnalysedArticle& article);
  /// Copies a row of another segment, whose article is `stored`; nothing but its words is looked
  /// for again.
  void put(const std::string& stored, const SegmentColumns& from, std::uint32_t row);

  std::uint32_t rows() const { return columns_.rows(); }
  void finish();

 private:
  void add_text(const AnalysedText& text, std::string_view language, const std::string& stored);

  std::filesystem::path folder_;
  std::string name_;
  Xapian::WritableDatabase database_;
  ColumnsBuilder columns_;
  WordListsBuilder lists_;
  std::uint32_t unflushed_ = 0;
};

}  // namespace dateline
