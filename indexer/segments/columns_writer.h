// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "common/hash.h"
#include "common/index/attribute.h"
#include "common/index/column_file.h"
#include "common/index/segment.h"
#include "indexer/segments/analyse.h"
#include "indexer/segments/words_writer.h"

namespace dateline {

/// Collects the columns of a new segment, row by row, and writes them. One thread.
class ColumnsBuilder {
 public:
  /// But for its words. Its document is that of its row: the first is 1.
  void add(const AnalysedArticle& article);

  std::uint32_t rows() const { return static_cast<std::uint32_t>(day_.size()); }
  /// Writes the column file of the segment `name` into `folder`, durably. `words`: of the articles.
  void write(const std::filesystem::path& folder, const std::string& name,
             const SegmentWords& words) const;

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
    void add_row(const std::vector<std::string>& of_row);
    void write(ColumnFileWriter& file, Attribute attribute) const;
  };
  std::uint32_t source_ordinal(std::string_view source);
  void add_history(const ArticleHistory& history);
  std::vector<EntityUse> ranked_entities() const;
  void write_entities(ColumnFileWriter& file) const;

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
  std::vector<std::uint32_t> entity_at_{0};  ///< by row
  std::vector<EntityUse> entity_;
  Dictionary sources_;
  Dictionary entities_;
  Dictionary languages_;
  Lists authors_;
  Lists topics_;
};

}  // namespace dateline
