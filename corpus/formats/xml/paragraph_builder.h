// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "corpus/formats/paragraphs.h"

namespace dateline {

/// Divides text into paragraphs by the elements around it, which come in the order of the document.
/// Names of elements are local and in lower case; one that is unknown divides nothing.
class ParagraphBuilder {
 public:
  /// `keep_line_ends`: an empty line divides paragraphs.
  explicit ParagraphBuilder(bool keep_line_ends) : keep_line_ends_(keep_line_ends) {}

  void open(std::string_view element);
  void close(std::string_view element);
  void text(std::string_view utf8);
  std::vector<Paragraph> take();

 private:
  void end_paragraph();
  bool put_table(std::string lines);
  void close_row();
  void put(Paragraph&& paragraph);

  bool keep_line_ends_;
  std::string current_;
  std::vector<Paragraph> done_;
  std::vector<std::size_t> rows_;  ///< where in `done_` each open row begins
  std::size_t skipped_ = 0, preformatted_ = 0, headings_ = 0, captions_ = 0;
};

}  // namespace dateline
