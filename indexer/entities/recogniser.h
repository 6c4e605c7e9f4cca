// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <memory>
#include <string_view>
#include <vector>

#include "common/entity.h"

namespace dateline {

/// A name as it stands in a text: bytes [begin, end), without titles ("President"), a leading
/// "the" and a trailing "'s".
struct Mention {
  std::size_t begin = 0;
  std::size_t end = 0;
  EntityType type = EntityType::person;
  friend bool operator==(const Mention&, const Mention&) = default;
};

/// The texts of one article, as the recogniser sees them together: what a name is in the body
/// helps to read it in the headline.
struct ArticleText {
  std::string_view title;
  std::string_view deck;
  std::string_view body;
  std::string_view language = {};  ///< ISO 639; empty if nobody said: English
};

struct ArticleMentions {
  std::vector<Mention> title;  ///< offsets into ArticleText::title; in order, never overlapping
  std::vector<Mention> deck;
  std::vector<Mention> body;
};

/// Names are looked for in so much of each text: a book has no more, and memory is bounded (a few
/// hundred bytes a token).
inline constexpr std::size_t most_recognised_bytes = 1U << 20;

/// Finds the people, organisations and places that an article names.
/// The one door to recognition: what stands behind it can be replaced without touching the rest.
class EntityRecogniser {
 public:
  virtual ~EntityRecogniser() = default;
  /// Any bytes are accepted. Thread-safe.
  virtual ArticleMentions recognise(const ArticleText& text) const = 0;
  /// Changes whenever the same text might give other mentions; kept in the manifest so that an
  /// index made by another recogniser is noticed.
  virtual std::string_view fingerprint() const = 0;
};

/// The recogniser by a trained model (indexer/entities/model/). Loading is done once.
std::unique_ptr<EntityRecogniser> make_recogniser();

/// One that finds none, for an index without names but those that metadata gives.
std::unique_ptr<EntityRecogniser> make_no_recogniser();

}  // namespace dateline
