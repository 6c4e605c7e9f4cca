// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

#include "common/article.h"
#include "corpus/article_set.h"
#include "corpus/bytes/byte_source.h"
#include "corpus/formats/paragraphs.h"
#include "corpus/metadata/fields.h"
#include "corpus/metadata/outlets.h"
#include "corpus/reader.h"

namespace dateline {

/// What every format's reader needs to know about the file at hand, or about the member at hand of
/// an archive; refers, owns nothing.
struct FileInHand {
  const SourceFile& file;  ///< a member's `relative` is the archive's with '/' and its own
  const ReadOptions& options;
  const FieldNames& names;
  const OutletNames& outlets;
  const FieldValues* table_row;    ///< the metadata table's row about the file; null without one
  std::string_view table_problem;  ///< why its metadata table could not be read; "" mostly
  ArticleSink& sink;
  ByteBudget& budget;     ///< of the file, for all that is packed in it
  std::string_view name;  ///< of the file or the member: decides the format, may tell a date
  std::string_view charset = {};  ///< as the archive states it; "" where it does not
  std::string_view url = {};      ///< where a web archive got it from
  int depth = 0;                  ///< archives around it
};

/// One record as its format states it.
struct RawRecord {
  std::string name;         ///< `Article::record`; "" when the file is one article
  std::string fallback_id;  ///< the id where the record states none; "" for the path alone
  FieldValues values;       ///< applied to `article` as given
  /// What the format's reader settled by itself: kept as it is. Its body is not looked at.
  Article article = {};
  /// The record has a number of its own in a collection, so that its lack of text is part of it.
  bool may_be_empty = false;
};

/// The article that is the whole file, of plain text below `values`.
void hand_over_text(const FileInHand& in, RawRecord&& record, std::string_view clean_text);

/// An article whose fields are all in `values`; refused where it has neither title nor text.
void hand_over_record(const FileInHand& in, RawRecord&& record);

/// An article whose body a markup divides into paragraphs: each on one line and clean, those that
/// are not the story's left out or marked by their `kind`.
void hand_over_paragraphs(const FileInHand& in, RawRecord&& record,
                          std::vector<Paragraph>&& paragraphs);

/// The id of an article that has none of its own: the relative path, with '#' and `part` where that
/// is not "". Bytes that are not UTF-8 and controls are written as %XX; what is over-long is cut
/// from the front and led by a hash of the whole.
std::string derived_id(std::string_view relative_path, std::string_view part);

/// A name from outside as UTF-8 without controls: other bytes are written as %XX.
std::string label_of(std::string_view name);

}  // namespace dateline
