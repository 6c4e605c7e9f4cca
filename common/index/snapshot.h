// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <xapian.h>

#include <cstdint>
#include <filesystem>
#include <memory>
#include <vector>

#include "common/article.h"
#include "common/index/layout.h"
#include "common/index/manifest.h"
#include "common/index/segment.h"
#include "common/index/segment_entities.h"
#include "common/index/tables.h"
#include "common/index/word_lists.h"

namespace dateline {

/// One generation of an index, opened: consistent for as long as it lives, whatever a writer
/// publishes or removes meanwhile. Thread-safe but for the databases, one set of which belongs to
/// each thread (Xapian's rule).
class IndexSnapshot {
 public:
  using Databases = std::vector<Xapian::Database>;  ///< one a segment, in the manifest's order

  /// Opens the generation in force, with a set of databases for each of `threads` threads. What
  /// is damaged is refused, not trusted, as far as that can be told quickly: columns, lists and
  /// tables of up to ColumnFile::quickly_verified bytes are compared with their checksums, numbers
  /// in larger ones as they are read. Throws Error(no_index) where there is none,
  /// Error(damaged_index), Error(system_failure), and as read_synonym_file().
  static std::shared_ptr<const IndexSnapshot> open(const std::filesystem::path& dir,
                                                   std::size_t threads = 1);

  /// The same of one generation. Throws Error(no_index) where it is not there any more, or not yet.
  static std::shared_ptr<const IndexSnapshot> open_generation(const std::filesystem::path& dir,
                                                              std::uint64_t generation,
                                                              std::size_t threads = 1);

  const Manifest& manifest() const { return manifest_; }
  /// Whether words are folded and stemmed by the libraries that the index was made with. Else each
  /// word is looked at to find another's forms: as right, and slower.
  bool words_in_order() const { return words_in_order_; }
  const GenerationTables& tables() const { return tables_; }
  /// The user's synonyms.tsv.
  const std::vector<std::vector<std::string>>& user_synonyms() const { return user_synonyms_; }
  std::size_t segment_count() const { return segments_.size(); }
  const SegmentColumns& segment(std::size_t i) const { return segments_[i]; }
  const SegmentWordLists& word_lists(std::size_t segment) const { return word_lists_[segment]; }
  /// The canonical entities of a segment's articles; refers to this snapshot.
  SegmentEntities entities(std::size_t segment) const {
    return {segments_[segment], tables_, segment};
  }
  /// Compares all columns and tables with their checksums, however large: for who makes a new
  /// generation of this one, so that no damage gets a checksum of its own. Throws
  /// Error(damaged_index).
  void verify() const;

  /// An article as it is stored. Throws Error(damaged_index) when it is not the one that was
  /// indexed.
  Article article(std::size_t thread, std::size_t segment, std::uint32_t row) const;
  /// The databases of thread `thread` (below the number given to open).
  const Databases& databases(std::size_t thread) const { return databases_[thread]; }

 private:
  IndexSnapshot(const IndexLayout& layout, Manifest manifest, std::size_t threads);
  static std::shared_ptr<const IndexSnapshot> open_current(const IndexLayout& layout,
                                                           std::size_t threads);

  Manifest manifest_;
  GenerationTables tables_;
  std::vector<std::vector<std::string>> user_synonyms_;
  bool words_in_order_;
  std::vector<SegmentColumns> segments_;
  std::vector<SegmentWordLists> word_lists_;
  std::vector<Databases> databases_;
};

/// The manifest in force; Error(no_index) where there is none, or none of format `oldest` or newer.
Manifest read_current_manifest(const IndexLayout& layout,
                               std::uint32_t oldest = schema::format_version);

}  // namespace dateline
