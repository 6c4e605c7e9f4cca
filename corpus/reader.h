// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <string>

#include "common/article.h"
#include "corpus/article_set.h"
#include "corpus/bytes/byte_source.h"

namespace dateline {

/// Raised when the same bytes would be read differently, also by another table of outlets, so that
/// an index knows to read them again.
inline constexpr int reading_version = 3;

/// Receives what a reader finds, in file order. Neither call may throw for reasons of its own
/// input.
class ArticleSink {
 public:
  virtual ~ArticleSink() = default;
  /// `article.path` and `article.id` are set; `article.record` is unique within the file: the
  /// record's own id where it is the first with it, else "line 17" or "item 17" (from 1); "" where
  /// the file is one article.
  virtual void article(Article&& article) = 0;
  /// `record` names the place in the file ("line 17", "item 17", or "" for the file from where it
  /// had been read to).
  virtual void refused(const std::string& record, const std::string& reason) = 0;
  /// The system would not let the file, or the metadata table beside it, be read (any further):
  /// what else the file holds is not known. At most once, and last.
  virtual void unreadable(const std::string& reason) { refused("", reason); }
};

/// What a user can say about an article set's files.
struct ReadOptions {
  /// Own field names of JSON, front matter and sidecar columns: our field -> theirs,
  /// e.g. {"title", "hl"}. Tried before the well-known names.
  std::map<std::string, std::string> field_names;
  /// The user's table of source names, "" for none: see corpus/metadata/outlets.h.
  std::filesystem::path outlets = {};
  Day latest_day = latest_plausible_day();     ///< a date after it is refused as a date
  bool date_from_file_time = false;            ///< last resort for a date, said as such
  std::uint64_t max_record_bytes = 64u << 20;  ///< a longer article is refused
  /// A file that unpacks to more, all that is packed in it taken together, is cut off there.
  std::uint64_t max_expanded_bytes = 64ull << 30;
  /// Likewise one that unpacks to so many times its size, from 256 MB unpacked on.
  std::uint64_t max_expansion_ratio = 1000;
  std::uint64_t max_members = 1'000'000;  ///< an archive is read up to there
};

/// Reads the articles of files: picks the format by name and content, unpacks .gz, .zst, .xz and
/// .bz2. Keeps the metadata tables it meets, so that each is read once.
///
/// Article ids: the record's own id field where it has one of 1 to 200 bytes; else the path
/// relative to the set's root, with '#' and the record's number for a file of many records. Not
/// checked to be unique: that is the indexer's to settle.
///
/// A value is the most trusted of those there are: the article's own fields, the metadata table,
/// the text, the file's name (a file of one article only), the file's time.
class ArticleReader {
 public:
  /// Error(ExitCode::usage) where `options.field_names` names a field that no article has, or
  /// `options.outlets` cannot be read.
  explicit ArticleReader(ReadOptions options = {});
  ~ArticleReader();
  ArticleReader(const ArticleReader&) = delete;
  ArticleReader& operator=(const ArticleReader&) = delete;

  /// Hands every article of `file` to `sink`. Whatever is wrong with the file goes to
  /// `sink.refused`; throws only what `sink` throws, and std::bad_alloc. Many threads may call it
  /// at once, each with a sink of its own. Memory: about fifteen times the longest record.
  void read(const SourceFile& file, ArticleSink& sink) const;

  /// The same of bytes that are no file: `named` says what to call them.
  void read(const SourceFile& named, std::unique_ptr<RawBytes> bytes, ArticleSink& sink) const;

 private:
  struct Parts;
  std::unique_ptr<Parts> parts_;
};

}  // namespace dateline
