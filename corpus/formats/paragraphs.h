// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace dateline {

/// What a paragraph of a news text is for.
enum class ParagraphKind : std::uint8_t {
  text,
  furniture,       ///< of the page and not of the story: share links, advertisements, copyright
  caption,         ///< of an image, with its credit
  disclaimer,      ///< after which an author's box may follow
  comment_prompt,  ///< "Leave a Reply": nothing of the story follows
  source_credit,   ///< "Source: Al Jazeera and news agencies"
};

struct Paragraph {
  std::string text;              ///< on one line
  std::size_t blank_before = 0;  ///< blank lines between it and the paragraph above
  bool heading = false;          ///< marked as one: "# ...", or underlined
  ParagraphKind kind = ParagraphKind::text;
};

/// The paragraphs of clean text (see clean_text()): divided by blank lines, by indents, and by
/// single line ends too unless the text is hard-wrapped, whose lines are joined. Rules ("***") are
/// left out.
std::vector<Paragraph> split_paragraphs(std::string_view clean);

/// Joins the paragraphs of kind text by blank lines.
std::string join_body(const std::vector<Paragraph>& paragraphs);

}  // namespace dateline
