// SPDX-License-Identifier: GPL-3.0-or-later
#include "corpus/formats/xml/feed_items.h"

#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <utility>

namespace dateline {
namespace {

constexpr std::uint64_t nowhere = std::numeric_limits<std::uint64_t>::max();
constexpr std::uint64_t longest_opening = 9;  // "<![CDATA["

bool ends_name(std::string_view tag, std::size_t at) {
  return at < tag.size() && std::string_view(" \t\r\n/>").find(tag[at]) != std::string_view::npos;
}

}  // namespace

FeedItems::FeedItems(std::string start, ByteSource& source, std::uint64_t most)
    : held_(std::move(start)), source_(source), most_(most) {}

std::string_view FeedItems::from(std::uint64_t position) const {
  return std::string_view(held_).substr(
      std::min<std::size_t>(static_cast<std::size_t>(position - base_), held_.size()));
}

/// Holds more of the file, and no longer what is before `keep_`, nor, where an item is too long,
/// what is before `from`.
bool FeedItems::fill(std::uint64_t from) {
  if (in_item_ && held_.size() - (keep_ - base_) > most_) too_long_ = true;
  if (too_long_) keep_ = from;
  const std::string_view more = source_.next();
  if (more.empty()) return false;
  held_.erase(0, static_cast<std::size_t>(keep_ - base_));
  base_ = keep_;
  held_ += more;
  return true;
}

std::uint64_t FeedItems::find(std::string_view what, std::uint64_t from) {
  while (true) {
    const auto at = held_.find(what, static_cast<std::size_t>(from - base_));
    if (at != std::string::npos) return base_ + at;
    const std::uint64_t end = base_ + held_.size();
    from = std::max(from, end - std::min<std::uint64_t>(end - base_, what.size() - 1));
    if (!fill(from)) return nowhere;
  }
}

void FeedItems::skip_past(std::string_view end, std::uint64_t from) {
  const std::uint64_t at = find(end, from);
  after_ = at == nowhere ? base_ + held_.size() : at + end.size();
}

FeedItems::Tag FeedItems::item_tag(std::string_view start) {
  for (const std::string_view name : {"item", "entry"}) {
    const bool opens = start.substr(1).starts_with(name) && ends_name(start, 1 + name.size());
    const bool closes = start.starts_with("</") && start.substr(2).starts_with(name) &&
                        ends_name(start, 2 + name.size());
    if (!opens && !closes) continue;
    skip_past(">", tag_);
    if (closes) return Tag::item_end;
    const bool empty =
        after_ - base_ >= 2 && held_[static_cast<std::size_t>(after_ - base_) - 2] == '/';
    return empty ? Tag::empty_item : Tag::item_start;
  }
  return Tag::other;
}

FeedItems::Tag FeedItems::next_tag() {
  tag_ = find("<", after_);
  if (tag_ == nowhere) return Tag::none;
  while (from(tag_).size() < longest_opening && fill(tag_)) continue;
  const std::string_view start = from(tag_).substr(0, longest_opening);
  after_ = tag_ + 1;
  if (start.starts_with("<![CDATA["))
    skip_past("]]>", tag_);
  else if (start.starts_with("<!--"))
    skip_past("-->", tag_);
  else
    return item_tag(start);
  return Tag::other;
}

std::string FeedItems::head() {
  Tag tag = next_tag();
  for (; tag == Tag::other || tag == Tag::item_end; tag = next_tag())
    if (after_ > most_) throw Unreadable(fmt::format("longer than {}", describe_size(most_)));
  first_ = tag;
  const std::uint64_t end = tag == Tag::none ? base_ + held_.size() : tag_;
  return held_.substr(0, static_cast<std::size_t>(end - base_));
}

/// Within an item an empty one ends nothing.
FeedItems::Tag FeedItems::next_inner_tag() {
  const Tag tag = next_tag();
  return tag == Tag::empty_item ? Tag::other : tag;
}

bool FeedItems::next(FeedItemText& item) {
  Tag tag = std::exchange(first_, Tag::other);
  while (tag == Tag::other || tag == Tag::item_end) {
    keep_ = after_;
    tag = next_tag();
  }
  if (tag == Tag::none) return false;
  keep_ = tag_;
  in_item_ = true;
  too_long_ = false;
  while (tag != Tag::item_end && tag != Tag::empty_item && tag != Tag::none) tag = next_inner_tag();
  const std::uint64_t end = tag == Tag::none ? base_ + held_.size() : after_;
  item.too_long = too_long_ || end - keep_ > most_;
  item.text.assign(item.too_long ? std::string_view()
                                 : from(keep_).substr(0, static_cast<std::size_t>(end - keep_)));
  in_item_ = too_long_ = false;
  keep_ = after_ = end;
  return true;
}

}  // namespace dateline
