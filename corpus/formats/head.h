// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "common/date.h"
#include "corpus/formats/paragraphs.h"

namespace dateline {

/// What stands above the body of a plain news text.
struct Head {
  std::string title;  ///< "" where the text begins with an ordinary sentence
  std::string deck;
  std::vector<std::string> authors;
  std::optional<Timestamp> published;
  std::optional<Timestamp> modified;
};

/// Takes the head off `paragraphs`, which mark_boilerplate() has marked, and leaves the body with
/// at least one paragraph of text. Told by the layout alone: a first short line that does not end
/// as a sentence does, or that a byline or a date follows, is the title; bylines and dates above it
/// are understood too; a sentence below it is the deck only where a caption, byline,
/// date or dateline follows, a wider gap or emphasis sets it off, or it is much shorter than the
/// lead.
Head take_head(std::vector<Paragraph>& paragraphs, Day latest);

}  // namespace dateline
