// SPDX-License-Identifier: GPL-3.0-or-later
#include "searcher/output/histogram.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>
#include <string_view>
#include <vector>

#include "common/text/unicode.h"

namespace dateline {
namespace {

using namespace std::string_view_literals;

constexpr std::array blocks{"▁"sv, "▂"sv, "▃"sv, "▄"sv, "▅"sv, "▆"sv, "▇"sv, "█"sv};
constexpr std::array plain_blocks{"_"sv, "-"sv, "="sv, "+"sv, "*"sv, "%"sv, "#"sv, "@"sv};

/// Where one period stands in the drawing.
struct Place {
  std::string row;         ///< "2023-02" of a day
  std::size_t column = 0;  ///< in the row
};

std::optional<std::size_t> number_in(std::string_view text, std::size_t at, std::size_t length) {
  if (text.size() < at + length) return std::nullopt;
  std::size_t n = 0;
  const auto* begin = text.data() + at;
  const auto [end, problem] = std::from_chars(begin, begin + length, n);
  if (problem != std::errc{} || end != begin + length) return std::nullopt;
  return n;
}

std::size_t week_of(Day day) {
  const std::chrono::year_month_day date(day);
  const Day new_year = date.year() / std::chrono::January / 1;
  return static_cast<std::size_t>((day - new_year).count()) / 7;
}

std::optional<Place> week_place(const std::string& value) {
  if (const auto number = number_in(value, 6, 2); number && *number > 0 && value[5] == 'W') {
    return Place{value.substr(0, 4), *number - 1};
  }
  const auto days = parse_day_range(value);
  if (!days) return std::nullopt;
  return Place{value.substr(0, 4), week_of(days->first)};
}

/// None for what is no period: "undated".
std::optional<Place> place_of(const std::string& value, DateUnit unit) {
  const auto year = number_in(value, 0, 4);
  if (!year) return std::nullopt;
  switch (unit) {
    case DateUnit::year: {
      const auto decade = *year - *year % 10;
      return Place{fmt::format("{}-{}", decade, decade + 9), *year % 10};
    }
    case DateUnit::week:
      return week_place(value);
    case DateUnit::month:
      if (const auto month = number_in(value, 5, 2); month && *month > 0) {
        return Place{value.substr(0, 4), *month - 1};
      }
      return std::nullopt;
    case DateUnit::day:
      if (const auto day = number_in(value, 8, 2); day && *day > 0) {
        return Place{value.substr(0, 7), *day - 1};
      }
      return std::nullopt;
  }
  return std::nullopt;
}

DateUnit unit_of(const FacetResult& facet) {
  if (facet.unit) return *facet.unit;
  const auto length = facet.values.empty() ? 0 : facet.values.front().value.size();
  if (length >= 10) return DateUnit::day;
  return length >= 7 ? DateUnit::month : DateUnit::year;
}

std::string_view name_of(DateUnit unit) {
  switch (unit) {
    case DateUnit::year:
      return "year";
    case DateUnit::month:
      return "month";
    case DateUnit::week:
      return "week";
    case DateUnit::day:
      return "day";
  }
  return "";
}

struct Row {
  std::string label;
  std::vector<std::optional<std::uint64_t>> cells;  ///< none: outside of what was counted
  std::uint64_t articles = 0;
  bool selected = false;
};

std::size_t columns_of(DateUnit unit, const std::string& label) {
  switch (unit) {
    case DateUnit::year:
      return 10;
    case DateUnit::month:
      return 12;
    case DateUnit::week:
      return 52;
    case DateUnit::day:
      break;
  }
  const auto month = parse_day_range(label);
  return month ? static_cast<std::size_t>((month->last - month->first).count()) + 1 : 31;
}

std::vector<Row> rows_of(const FacetResult& facet, DateUnit unit) {
  std::vector<Row> rows;
  for (const auto& value : facet.values) {
    const auto place = place_of(value.value, unit);
    if (!place) continue;
    if (rows.empty() || rows.back().label != place->row) {
      if (!rows.empty()) {  // the row before goes on to its end
        auto& cells = rows.back().cells;
        cells.resize(std::max(cells.size(), columns_of(unit, rows.back().label)), 0);
      }
      const bool first = rows.empty();
      rows.push_back({place->row, {}, 0, false});
      rows.back().cells.resize(place->column,
                               first ? std::nullopt : std::optional<std::uint64_t>(0));
    }
    auto& row = rows.back();
    row.cells.resize(std::max(row.cells.size(), place->column + 1), 0);
    row.cells[place->column] = row.cells[place->column].value_or(0) + value.articles;
    row.articles += value.articles;
    row.selected = row.selected || value.selected;
  }
  return rows;
}

/// Draws cells against the fullest of all.
class Bars {
 public:
  Bars(const std::vector<Row>& rows, const Palette& palette, bool utf8)
      : palette_(palette), blocks_(utf8 ? blocks : plain_blocks), empty_(utf8 ? "·" : ".") {
    for (const auto& row : rows) {
      for (const auto& cell : row.cells) most_ = std::max(most_, cell.value_or(0));
    }
  }

  std::uint64_t most() const { return most_; }
  std::string_view fullest() const { return blocks_.back(); }

  std::string drawn(const Row& row, std::size_t from, std::size_t to) const {
    std::string out;
    for (auto i = from; i < std::min(to, row.cells.size()); ++i) {
      const auto& cell = row.cells[i];
      if (!cell) {
        out += ' ';
      } else if (*cell == 0) {
        out += palette_.quiet(empty_);
      } else {
        out += palette_.match(blocks_[(*cell * blocks_.size() - 1) / most_]);
      }
    }
    return out;
  }

 private:
  const Palette& palette_;
  const std::array<std::string_view, 8>& blocks_;
  std::string_view empty_;
  std::uint64_t most_ = 1;
};

}  // namespace

std::string date_histogram(const FacetResult& facet, const Palette& palette, std::size_t indent,
                           std::size_t width, bool utf8) {
  const auto unit = unit_of(facet);
  const auto rows = rows_of(facet, unit);
  const Bars bars(rows, palette, utf8);
  const std::string margin(indent, ' ');
  std::string out;
  if (!rows.empty()) {
    const auto legend = fmt::format("by {}; {} is {}", name_of(unit), bars.fullest(), bars.most());
    out += palette.quiet(ellipsize(legend, width - indent)) + '\n';
  }
  std::size_t longest = 0;
  for (const auto& row : rows) longest = std::max(longest, row.cells.size());
  for (const auto& row : rows) {
    const auto label = fmt::format("{:<9}", row.selected ? '[' + row.label + ']' : row.label);
    const auto total = std::to_string(row.articles);
    const auto room = width - indent - label.size() - total.size() - 4;
    for (std::size_t from = 0; from < row.cells.size(); from += room) {
      const bool last = from + room >= row.cells.size();
      const auto columns = std::min(longest - from, room);
      const auto missing = columns - std::min(columns, row.cells.size() - from);
      out += margin + (from == 0 ? label : std::string(label.size(), ' ')) + "  " +
             bars.drawn(row, from, from + room) +
             (last ? std::string(missing + 2, ' ') + palette.quiet(total) : std::string()) + '\n';
    }
  }
  for (const auto& value : facet.values) {
    if (place_of(value.value, unit)) continue;
    const auto name = value.selected ? '[' + value.value + ']' : value.value;
    out += fmt::format("{}{:<9}  {}\n", out.empty() ? "" : margin, printable(name),
                       palette.quiet(std::to_string(value.articles)));
  }
  return out;
}

}  // namespace dateline
