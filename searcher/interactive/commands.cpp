// SPDX-License-Identifier: GPL-3.0-or-later
#include "searcher/interactive/commands.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>

#include "common/error.h"
#include "common/text/edit_distance.h"

namespace dateline {
namespace {

using namespace std::string_view_literals;
using Kind = Command::Kind;

constexpr std::array rows{
    CommandRow{Kind::back, "back", "", "undo the last query, selection or order"},
    CommandRow{Kind::next, "next", "", "the next page of articles"},
    CommandRow{Kind::previous, "prev", "", "the page before"},
    CommandRow{Kind::drop, "drop", "[N]", "take selection N back, or the last one"},
    CommandRow{Kind::clear, "clear", "", "take all selections back"},
    CommandRow{Kind::sort, "sort", "ORDER", "by relevance, newest, oldest or changed"},
    CommandRow{Kind::facets, "facets", "[NAME [BEGINNING]]",
               "more values of all facets, or of one"},
    CommandRow{Kind::more, "more", "", "go on with that list"},
    CommandRow{Kind::similar, "similar", "N", "articles like the one of rank N"},
    CommandRow{Kind::explain, "explain", "", "the page again, with what its scores are made of"},
    CommandRow{Kind::help, "help", "", "this list"},
    CommandRow{Kind::quit, "quit", "", "end; so does Ctrl-D"},
};

constexpr std::array orders{"relevance"sv, "newest"sv, "oldest"sv, "changed"sv};
constexpr std::string_view blanks = " \t\r\n\v\f";

std::string_view trimmed(std::string_view text) {
  const auto first = text.find_first_not_of(blanks);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(blanks) - first + 1);
}

std::vector<std::string_view> words_of(std::string_view text) {
  std::vector<std::string_view> words;
  for (text = trimmed(text); !text.empty(); text = trimmed(text)) {
    words.push_back(text.substr(0, text.find_first_of(blanks)));
    text.remove_prefix(words.back().size());
  }
  return words;
}

std::optional<std::size_t> number_of(std::string_view text) {
  std::size_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return number;
}

/// "+12 +15"
std::optional<std::vector<std::size_t>> numbers_with_plus(
    const std::vector<std::string_view>& words) {
  std::vector<std::size_t> numbers;
  for (const auto word : words) {
    const auto number = word.starts_with('+') ? number_of(word.substr(1)) : std::nullopt;
    if (!number) return std::nullopt;
    numbers.push_back(*number);
  }
  return numbers;
}

const CommandRow& nearest_row(std::string_view name) {
  const auto distance = [&](const CommandRow& row) { return edit_distance(name, row.name); };
  const auto& nearest = *std::ranges::min_element(rows, {}, distance);
  const bool misspelt = 2 * distance(nearest) <= name.size();
  return misspelt ? nearest : *std::ranges::find(rows, Kind::help, &CommandRow::kind);
}

std::string usage_of(const CommandRow& row) {
  return fmt::format("/{}{}{}", row.name, row.argument.empty() ? "" : " ", row.argument);
}

const CommandRow& row_named(std::string_view name) {
  const auto exact = std::ranges::find(rows, name, &CommandRow::name);
  if (exact != rows.end()) return *exact;
  const auto begins_so = [&](const CommandRow& row) { return row.name.starts_with(name); };
  const auto found = std::ranges::find_if(rows, begins_so);
  if (found == rows.end()) {
    throw Error(ExitCode::usage, fmt::format("there is no command '/{}'", name),
                usage_of(nearest_row(name)));
  }
  if (std::ranges::count_if(rows, begins_so) == 1) return *found;
  std::string meant;
  for (const auto& row : rows) {
    if (begins_so(row)) meant += fmt::format("{}/{}", meant.empty() ? "" : ", ", row.name);
  }
  throw Error(ExitCode::usage, fmt::format("several commands begin with '/{}'", name), meant);
}

[[noreturn]] void refuse(const CommandRow& row, const std::string& cause) {
  throw Error(ExitCode::usage, cause, usage_of(row));
}

Facet facet_argument(const CommandRow& row, std::string_view name) {
  if (const auto facet = facet_named(name)) return *facet;
  std::string names;
  for (const auto facet : all_facets) {
    names += fmt::format("{}{}", names.empty() ? "" : ", ", name_of(facet));
  }
  refuse(row, fmt::format("there is no facet '{}', but {}", name, names));
}

SortOrder order_argument(const CommandRow& row, std::string_view name) {
  const auto found = std::ranges::find(orders, name);
  if (found == orders.end()) {
    refuse(row, fmt::format("/sort takes one of: {}", fmt::join(orders, ", ")));
  }
  return static_cast<SortOrder>(found - orders.begin());
}

std::vector<std::size_t> number_argument(const CommandRow& row,
                                         const std::vector<std::string_view>& words) {
  if (words.empty() && row.argument.starts_with('[')) return {};
  const auto number = words.size() == 1 ? number_of(words[0]) : std::nullopt;
  if (!number) refuse(row, fmt::format("/{} takes one number", row.name));
  return {*number};
}

Command command_of(const CommandRow& row, std::string_view arguments) {
  Command command{row.kind, {}, {}, {}, {}};
  const auto words = words_of(arguments);
  if (row.argument.empty() && !words.empty()) {
    refuse(row, fmt::format("/{} stands alone", row.name));
  }
  if (row.kind == Kind::sort) {
    command.order = order_argument(row, trimmed(arguments));
  } else if (row.kind == Kind::facets && !words.empty()) {
    command.facet = facet_argument(row, words[0]);
    command.text = trimmed(trimmed(arguments).substr(words[0].size()));
  } else if (row.kind == Kind::drop || row.kind == Kind::similar) {
    command.numbers = number_argument(row, words);
  }
  return command;
}

}  // namespace

std::span<const CommandRow> command_rows() { return rows; }
std::span<const std::string_view> sort_names() { return orders; }

Command parse_command(std::string_view line) {
  const auto text = trimmed(line);
  if (text.empty()) return {};
  if (text.starts_with('/')) {
    const auto name = text.substr(1, text.find_first_of(blanks) - 1);
    return command_of(row_named(name), text.substr(1 + name.size()));
  }
  if (const auto rank = number_of(text)) return {Kind::open, {}, {*rank}, {}, {}};
  if (auto numbers = numbers_with_plus(words_of(text))) {
    return {Kind::toggle, {}, std::move(*numbers), {}, {}};
  }
  return {Kind::query, std::string(text), {}, {}, {}};
}

}  // namespace dateline
