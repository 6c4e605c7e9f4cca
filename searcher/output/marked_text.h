// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "common/terminal.h"
#include "searcher/engine/request.h"

namespace dateline {

/// Text with marked stretches, cut into words that wrap. Fit for a terminal whatever the text.
/// Without colour, marked stretches stand between asterisks.
class MarkedText {
 public:
  /// Refers to `palette`.
  MarkedText(std::string_view text, const Marks& marks, const Palette& palette);

  /// Lines of at most `width` columns; at most `lines` of them, the last with "…" where cut.
  std::vector<std::string> lines(std::size_t width, std::size_t lines, bool bold) const;

 private:
  struct Word {
    std::string plain;
    std::string bold;
    std::size_t columns = 0;
    bool glued = false;  ///< no space before it: part of what is too long for a line, or Chinese
  };
  void add(std::string_view text, bool marked);
  void append(std::string_view piece, bool marked);
  void put(std::string_view piece, bool marked);
  void flush(bool glued);

  const Palette& palette_;
  std::vector<Word> words_;
  Word current_;
};

}  // namespace dateline
