// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "common/date.h"
#include "common/entity.h"
#include "common/index/article_history.h"
#include "common/provenance.h"

namespace dateline {

/// A metadata value and where it comes from; `from == Provenance::none` means there is none.
template <class T>
struct Sourced {
  T value{};
  Provenance from = Provenance::none;

  explicit operator bool() const { return from != Provenance::none; }
  /// Takes `v` unless there is a value already: call in order of trust.
  void offer(T v, Provenance p) {
    if (from != Provenance::none) return;
    value = std::move(v);
    from = p;
  }
  friend bool operator==(const Sourced&, const Sourced&) = default;
};

/// Where an article stood that comes out of an export: what is shown of it in place of the export.
struct Origin {
  std::string path;    ///< absolute path of the file it was first read from
  std::string record;  ///< which record of that file; "" when the file was one article
  friend bool operator==(const Origin&, const Origin&) = default;
};

/// One news article as it was read: all text UTF-8 (valid), NFC, without control characters other
/// than '\n'. Readers in corpus/ make it, the indexer analyses it, nothing changes it in between.
struct Article {
  std::string path;    ///< absolute path of the file it was read from
  std::string record;  ///< which record of that file, unique there; "" when the file is one article
  std::optional<Origin> origin;           ///< of an article read from an export
  std::optional<ArticleHistory> history;  ///< likewise, where it is stated; without changed_in

  Sourced<std::string> id;  ///< what users and scripts call it; see corpus/article_set.h
  Sourced<std::string> title;
  Sourced<std::string> deck;  ///< the standfirst under the title
  std::string body;           ///< paragraphs separated by one blank line, boilerplate left out

  Sourced<std::string> source;  ///< the outlet, by the one name it has in the index: "Al Jazeera"
  std::string source_raw;       ///< the outlet as the article writes it: "Al Jazeera English"
  Sourced<Timestamp> published;
  Sourced<Timestamp> modified;
  Sourced<std::vector<std::string>> authors;
  Sourced<std::vector<std::string>> topics;
  Sourced<std::string> language;  ///< BCP 47 primary tag in lower case, e.g. "en"
  Sourced<std::string> url;
  std::vector<GivenEntity> entities;  ///< names that the article's metadata or dateline state

  /// What a user should know about the reading, e.g. "date '31 Foo 2022' names no month".
  std::vector<std::string> notes;

  /// What users see, and the stored article keeps, as its path and record.
  const std::string& shown_path() const { return origin ? origin->path : path; }
  const std::string& shown_record() const { return origin ? origin->record : record; }

  friend bool operator==(const Article&, const Article&) = default;
};

}  // namespace dateline
