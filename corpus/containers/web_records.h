// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <functional>
#include <string>

#include "corpus/bytes/byte_source.h"
#include "corpus/containers/byte_cursor.h"
#include "corpus/containers/header_fields.h"

namespace dateline {

/// The head of one record of a WARC or ARC file. Its content is taken from WebRecords.
struct WebRecord {
  enum class Kind {
    response,  ///< what a server answered, as it came over the wire
    resource,  ///< a page by itself
    other,     ///< no page: about the crawl, about another record
  };
  std::uint64_t number = 0;  ///< from 1, of all records
  Kind kind = Kind::other;
  std::string uri;           ///< where it was got from
  ContentType content_type;  ///< of the content as it stands in the file
  std::uint64_t length = 0;  ///< of the content, in bytes; 0 where `problem`
  std::string problem;       ///< why its content cannot be found; "" mostly
};

/// Cuts a WARC (0.17 to 1.1) or ARC (1 and 2) file into records, front to back. Holds one head at a
/// time. Throws Unreadable as ByteSource does.
class WebRecords {
 public:
  explicit WebRecords(ByteSource& source);

  /// The next record; false at the end. What is left of the record before is skipped; bytes that
  /// are no record are skipped up to the next one and told as a record with a `problem`, once.
  bool next(WebRecord& record);

  /// Gives the current record's content; where the file ends within it, or other records stand in
  /// it, the part up to there, and `cut` is set. next() goes on with those records.
  std::string take_content(bool& cut);

 private:
  bool next_head_line();
  void read_warc_head(WebRecord& record);
  void read_arc_head(WebRecord& record);

  ByteCursor cursor_;
  bool is_arc_;
  std::string line_;
  bool line_waits_ = false;  ///< `line_` begins a record that is still to be given
  std::uint64_t number_ = 0;
  std::uint64_t left_ = 0;  ///< bytes of the current content
  int wrong_lengths_ = 0;
};

}  // namespace dateline
