// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "corpus/formats/paragraphs.h"

namespace dateline {

/// Marks by `kind` the paragraphs that are of the page and not of the story. The rules are general
/// and shy: a sentence that might be the story's stays text. What follows a prompt for comments in
/// the second half is furniture, and so is a short author's box between a disclaimer near the end
/// and that prompt.
void mark_boilerplate(std::vector<Paragraph>& paragraphs);

/// What one paragraph by itself is; source_credit is told by its place, so never the answer here.
ParagraphKind classify_paragraph(std::string_view text);

/// What a line like "Source: Al Jazeera and news agencies" credits.
struct SourceCredit {
  std::string source;  ///< "Al Jazeera"; "" when it names none, as in "Source: agencies"
  std::string url;     ///< where it gives an address instead
};

/// The credit of the paragraph marked source_credit; both parts "" without one.
SourceCredit credited_source(const std::vector<Paragraph>& paragraphs);

}  // namespace dateline
