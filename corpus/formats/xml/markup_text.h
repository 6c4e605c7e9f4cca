// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <libxml/tree.h>

#include <string>
#include <string_view>
#include <vector>

#include "corpus/formats/paragraphs.h"

namespace dateline {

/// How the text of a markup is laid out beyond what its elements say.
enum class LineEnds {
  blanks,      ///< a line end is a blank
  paragraphs,  ///< an empty line divides paragraphs, as in what WordPress stores
};

/// The paragraphs of a piece of HTML as a browser would divide it: scripts, styles, forms and media
/// left out, captions marked as such, headings too, the cells of a row on one line. Never fails:
/// broken markup is read as it can be. `html` is UTF-8.
std::vector<Paragraph> html_paragraphs(std::string_view html, LineEnds ends = LineEnds::blanks);

/// The same for what is within an XML element (XHTML, NITF or anything alike), whatever the
/// namespaces. Null has none.
std::vector<Paragraph> element_paragraphs(const xmlNode* element);

/// The paragraphs of what may be HTML or plain text.
std::vector<Paragraph> text_or_html_paragraphs(const std::string& text);

/// What may be HTML or plain text, on one clean line.
std::string text_or_html_line(const std::string& text);

/// Whether `text` has a tag or a character reference of HTML: "a < b & c" has not.
bool looks_like_html(std::string_view text);

/// The paragraphs of kind text on one line.
std::string join_line(const std::vector<Paragraph>& paragraphs);

}  // namespace dateline
