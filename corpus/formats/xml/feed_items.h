// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "corpus/bytes/byte_source.h"

namespace dateline {

/// One item of a feed as it is written.
struct FeedItemText {
  std::string text;  ///< from its first tag to its last; "" where it is too long
  bool too_long = false;
};

/// Takes a feed of any size apart without parsing it: into what stands before the first item, and
/// the items ("item" and "entry"). Holds one item at a time. Throws Unreadable as ByteSource does.
class FeedItems {
 public:
  /// `start` has been read from `source` already. An item of more than `most` bytes is too long.
  FeedItems(std::string start, ByteSource& source, std::uint64_t most);

  /// Throws Unreadable where it is longer than `most` bytes.
  std::string head();
  /// The next item, after head(). One that the file ends within is what there is of it.
  bool next(FeedItemText& item);

 private:
  enum class Tag { item_start, item_end, empty_item, other, none };

  Tag next_tag();
  Tag next_inner_tag();
  Tag item_tag(std::string_view start);
  std::uint64_t find(std::string_view what, std::uint64_t from);
  bool fill(std::uint64_t from);
  std::string_view from(std::uint64_t position) const;
  void skip_past(std::string_view end, std::uint64_t from);

  std::string held_;
  ByteSource& source_;
  std::uint64_t most_;
  /// Places in the file: of the first byte held, of the first that is needed, of a tag's two ends.
  std::uint64_t base_ = 0, keep_ = 0, tag_ = 0, after_ = 0;
  bool in_item_ = false, too_long_ = false;
  Tag first_ = Tag::other;  ///< the one that ended the head
};

}  // namespace dateline
