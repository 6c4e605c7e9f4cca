// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "common/terminal.h"
#include "searcher/engine/request.h"

namespace dateline {

/// A value of a facet that the asker has chosen.
struct Selection {
  Facet facet = Facet::source;
  std::string value;             ///< as the facet shows it
  std::optional<DateUnit> unit;  ///< of a date: the length of its period
  friend bool operator==(const Selection&, const Selection&) = default;
};

/// Adds a selection to those of a request. Throws Error(usage) for a period that is no date.
void apply(const Selection& selection, Filters& filters);

/// `selections` with `chosen` among them, or without it if it was. A period inside a selected one
/// takes its place.
std::vector<Selection> toggled(std::vector<Selection> selections, const Selection& chosen);

/// Facet values on a screen, each with a number from 1 by which it is selected.
class FacetList {
 public:
  /// Appends the values of a facet from position `first` on; of a date with more periods than
  /// `limit`, those with the most articles.
  void add(const FacetResult& facet, const std::vector<Selection>& selections, std::size_t first,
           std::size_t limit);

  /// The value of that number. Throws Error(usage) where there is none.
  const Selection& numbered(std::size_t number) const;
  bool empty() const { return values_.empty(); }

  /// "source  +1 Gazette 12 · +2 Wire 3", in lines of at most `width` columns.
  std::string text(const Palette& palette, std::size_t width) const;

 private:
  struct Value {
    Selection selection;
    std::uint64_t articles = 0;
    bool selected = false;
  };
  struct Row {
    Facet facet = Facet::source;
    std::size_t first = 0;   ///< of values_
    std::size_t count = 0;   ///< of values_
    std::uint64_t more = 0;  ///< values that come after these
  };
  std::string row_text(const Row& row, const Palette& palette, std::size_t width) const;

  std::vector<Value> values_;
  std::vector<Row> rows_;
};

}  // namespace dateline
