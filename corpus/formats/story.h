// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "corpus/formats/assembly.h"
#include "corpus/formats/record_names.h"

namespace dateline {

/// What an item of a news agency or of a feed states, as it writes it. Of several values for one
/// thing the first that can be used is taken.
struct Story {
  std::string id;
  std::string title;
  std::string deck;
  std::string language;
  std::string url;
  std::vector<std::string> sources;
  std::vector<std::string> published;
  std::vector<std::string> modified;
  std::string embargo;               ///< until when the story is not to be published
  std::vector<std::string> bylines;  ///< "By Ann Lee and Bo Ray"; they may name the outlet too
  std::vector<std::string> authors;  ///< a name each, where there is no byline
  std::vector<std::string> topics;
  std::vector<GivenEntity> entities;
  std::vector<std::string> notes;
  std::vector<Paragraph> body;
  /// Its address or its date is worth keeping where it has no text.
  bool may_be_empty = false;
};

/// Where in a file a story stands.
struct StoryPlace {
  std::string record;  ///< `Article::record`
  std::string place;   ///< for refusals: "item 17"; "" where the file is one article
  std::string part;    ///< for an id where the story has none: "17"
};

/// Counts the stories of a file, and gives each a name that no other has.
class StoryPlaces {
 public:
  /// `lone`: the file is one article.
  explicit StoryPlaces(bool lone) : lone_(lone) {}

  /// To be called once for each item of the file, read or refused.
  void next() { ++number_; }
  /// "item 17"; "" where the file is one article.
  std::string place() const;
  StoryPlace of(const Story& story);

 private:
  bool lone_;
  std::uint64_t number_ = 0;
  RecordNames names_;
};

/// Hands the article over, or refuses it: where there is neither title nor text, or where its
/// embargo lies beyond the latest day of the reading.
void hand_over_story(const FileInHand& in, const StoryPlace& at, Story&& story);

/// The reason why an item of one of the agencies' kinds ("picture", "icls:video") is no article;
/// "" where it may be one.
std::string reason_against_kind(std::string_view kind);

/// The same for an item's status ("canceled", "stat:withheld").
std::string reason_against_status(std::string_view status);

/// Whom a line about rights names: "Ann Press" of "Copyright 2021 Ann Press. All rights reserved."
/// "" for none.
std::string rights_holder(std::string_view notice);

/// What follows the last of a code's colons and slashes: "REUTERS" of "nprov:REUTERS".
std::string code_of(std::string_view qualified);

}  // namespace dateline
