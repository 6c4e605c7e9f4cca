// SPDX-License-Identifier: GPL-3.0-or-later
#include "searcher/interactive/facet_list.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>

#include "common/error.h"
#include "common/text/unicode.h"

namespace dateline {
namespace {

constexpr std::size_t indent = 4;
constexpr std::size_t label_columns = 8;
constexpr std::size_t value_columns = 40;

/// The days of a selected date; none: undated.
std::optional<DayRange> days_of(const Selection& selection) {
  if (selection.value == undated_value) return std::nullopt;
  auto days = parse_day_range(selection.value);
  if (!days) {
    throw Error(ExitCode::usage, fmt::format("'{}' is no date", selection.value),
                "--date with a year, month or day");
  }
  if (selection.unit == DateUnit::week) days->last = days->first + std::chrono::days{6};
  return days;
}

bool is_inside(const Selection& inner, const Selection& outer) {
  if (inner.facet != Facet::date || outer.facet != Facet::date) return false;
  const auto a = days_of(inner);
  const auto b = days_of(outer);
  return a && b && b->first <= a->first && a->last <= b->last;
}

/// The positions of the periods with the most articles, at most `limit`, in order of time.
std::vector<std::size_t> fullest(const std::vector<FacetCount>& periods, std::size_t limit) {
  std::vector<std::size_t> positions;
  for (std::size_t i = 0; i < periods.size(); ++i) {
    if (periods[i].articles > 0) positions.push_back(i);
  }
  const auto by_articles = [&](std::size_t i) { return periods[i].articles; };
  std::ranges::stable_sort(positions, std::ranges::greater{}, by_articles);
  positions.resize(std::min(positions.size(), limit));
  std::ranges::sort(positions);
  return positions;
}

std::vector<std::size_t> positions_from(std::size_t first, std::size_t size) {
  std::vector<std::size_t> positions;
  for (auto i = first; i < size; ++i) positions.push_back(i);
  return positions;
}

}  // namespace

void apply(const Selection& selection, Filters& filters) {
  if (selection.facet != Facet::date) {
    filters.values[selection.facet].push_back(selection.value);
  } else if (const auto days = days_of(selection)) {
    filters.dates.push_back(*days);
  } else {
    filters.undated = true;
  }
}

std::vector<Selection> toggled(std::vector<Selection> selections, const Selection& chosen) {
  if (std::erase(selections, chosen) > 0) return selections;
  std::erase_if(selections, [&](const Selection& other) { return is_inside(chosen, other); });
  selections.push_back(chosen);
  return selections;
}

void FacetList::add(const FacetResult& facet, const std::vector<Selection>& selections,
                    std::size_t first, std::size_t limit) {
  const bool is_date = facet.asked.facet == Facet::date;
  const auto shown = is_date ? fullest(facet.values, limit)
                             : positions_from(first, std::min(first + limit, facet.values.size()));
  Row row{facet.asked.facet, values_.size(), shown.size(), 0};
  for (const auto i : shown) {
    const auto& value = facet.values[i];
    Selection selection{row.facet, value.value, facet.unit};
    const bool selected = value.selected || std::ranges::count(selections, selection) > 0;
    values_.push_back({std::move(selection), value.articles, selected});
  }
  const auto all = is_date ? fullest(facet.values, facet.values.size()).size()
                           : facet.size.value_or(facet.values.size());
  row.more = all - std::min<std::uint64_t>(all, first + shown.size());
  rows_.push_back(row);
}

const Selection& FacetList::numbered(std::size_t number) const {
  if (values_.empty()) {
    throw Error(ExitCode::usage, "no facet values are on the screen", "/facets");
  }
  if (number == 0 || number > values_.size()) {
    throw Error(ExitCode::usage, fmt::format("there is no facet value +{}", number),
                fmt::format("+1 to +{}", values_.size()));
  }
  return values_[number - 1].selection;
}

std::string FacetList::text(const Palette& palette, std::size_t width) const {
  std::string out;
  for (const auto& row : rows_) out += row_text(row, palette, width);
  return out;
}

std::string FacetList::row_text(const Row& row, const Palette& palette, std::size_t width) const {
  const auto label = name_of(row.facet);
  constexpr auto margin = indent + label_columns;
  auto out = std::string(indent, ' ') + palette.heading(label) +
             std::string(label_columns - label.size(), ' ');
  std::size_t column = margin;
  const auto put = [&](std::string_view text, std::size_t columns) {
    if (column > margin && column + 2 + columns > width) {
      out += '\n' + std::string(margin, ' ');
      column = margin;
    } else if (column > margin) {
      out += "  ";
      column += 2;
    }
    out += text;
    column += columns;
  };
  for (auto i = row.first; i < row.first + row.count; ++i) {
    const auto& value = values_[i];
    const auto number = fmt::format("+{}", i + 1);
    const auto count = fmt::format("({})", value.articles);
    constexpr std::size_t mark_and_blanks = 3;
    const auto room = width - margin - number.size() - count.size() - mark_and_blanks;
    const auto name = ellipsize(printable(value.selection.value), std::min(value_columns, room));
    const std::string_view mark = value.selected ? "✓" : "";
    put(fmt::format("{} {}{} {}", palette.match(number), mark,
                    value.selected ? palette.title(name) : name, palette.quiet(count)),
        number.size() + display_width(mark) + display_width(name) + count.size() + 2);
  }
  if (row.more > 0) {
    const auto more = fmt::format("{} more", row.more);
    put(palette.quiet(more), more.size());
  }
  if (row.count == 0) out += palette.quiet("none");
  return out + '\n';
}

}  // namespace dateline
