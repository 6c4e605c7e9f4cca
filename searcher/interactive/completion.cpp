// SPDX-License-Identifier: GPL-3.0-or-later
#include "searcher/interactive/completion.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "searcher/interactive/commands.h"

namespace dateline {
namespace {

using namespace std::string_view_literals;

/// Fields of the query language that are no facets.
constexpr std::array other_fields{"title"sv, "body"sv};
constexpr std::string_view any_entity = "entity";

bool is_plain(std::string_view value) {
  return std::ranges::all_of(value, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
           (static_cast<unsigned char>(c) & 0x80U) != 0;
  });
}

/// Where the word before the cursor begins: behind the last space or parenthesis outside of quotes.
std::size_t word_begin(std::string_view line) {
  std::size_t begin = 0;
  bool quoted = false;
  for (std::size_t i = 0; i < line.size(); ++i) {
    if (line[i] == '"') quoted = !quoted;
    if (!quoted && (line[i] == ' ' || line[i] == '\t' || line[i] == '(')) begin = i + 1;
  }
  return begin + (line.substr(begin).starts_with('-') ? 1 : 0);
}

/// The longest whole characters that all offers begin with.
std::string common_beginning(const std::vector<std::string>& offers) {
  std::string_view common = offers.front();
  for (const auto& offer : offers) {
    const auto differs = std::ranges::mismatch(common, offer);
    common = common.substr(0, static_cast<std::size_t>(differs.in1 - common.begin()));
  }
  auto length = common.size();
  const auto splits_character = [&](std::size_t at) {
    return at < offers.front().size() &&
           (static_cast<unsigned char>(offers.front()[at]) & 0xC0U) == 0x80U;
  };
  while (length > 0 && splits_character(length)) --length;
  return std::string(common.substr(0, length));
}

Completion completion_of(std::string_view line, std::size_t begin, std::vector<std::string> offers,
                         bool ends_word) {
  Completion completion{begin, std::move(offers), std::string(line.substr(begin)), ends_word};
  if (completion.offers.empty()) return completion;
  auto common = completion.offers.size() == 1 ? completion.offers.front()
                                              : common_beginning(completion.offers);
  if (completion.offers.size() == 1 || common.size() >= completion.common.size()) {
    completion.common = std::move(common);
  }
  return completion;
}

template <class Names>
void offer_beginning(std::string_view beginning, const Names& names,
                     std::vector<std::string>& offers) {
  for (const auto name : names) {
    if (name.starts_with(beginning)) offers.emplace_back(name);
  }
}

std::vector<std::string_view> facet_names() {
  std::vector<std::string_view> names;
  for (const auto facet : all_facets) names.push_back(name_of(facet));
  return names;
}

Completion complete_command(std::string_view line) {
  std::vector<std::string> offers;
  const auto space = line.find(' ');
  if (space == std::string_view::npos) {
    for (const auto& row : command_rows()) {
      const auto name = fmt::format("/{}", row.name);
      if (name.starts_with(line)) offers.push_back(name);
    }
    return completion_of(line, 0, std::move(offers), true);
  }
  const auto argument = line.substr(space + 1);
  if (line.substr(0, space) == "/sort") offer_beginning(argument, sort_names(), offers);
  if (line.substr(0, space) == "/facets") {
    offer_beginning(argument, facet_names(), offers);
  }
  return completion_of(line, space + 1, std::move(offers), true);
}

Completion complete_field(std::string_view line, std::size_t begin) {
  auto fields = facet_names();
  fields.push_back(any_entity);
  fields.insert(fields.end(), other_fields.begin(), other_fields.end());
  std::vector<std::string> offers;
  offer_beginning(line.substr(begin), fields, offers);
  for (auto& offer : offers) offer += ':';
  return completion_of(line, begin, std::move(offers), false);
}

Completion complete_value(std::string_view line, std::size_t begin, std::optional<Facet> facet,
                          ValueNames& names) {
  auto typed = line.substr(begin);
  const bool quote_typed = typed.starts_with('"');
  if (quote_typed) typed.remove_prefix(1);
  auto offers = names.beginning_with(facet, typed, max_offers);
  if (quote_typed || !std::ranges::all_of(offers, is_plain)) {
    for (auto& offer : offers) offer = fmt::format("\"{}\"", offer);
  }
  return completion_of(line, begin, std::move(offers), true);
}

}  // namespace

Completion complete(std::string_view line, ValueNames& names) {
  if (line.starts_with('/')) return complete_command(line);
  const auto begin = word_begin(line);
  const auto word = line.substr(begin);
  const auto colon = word.find(':');
  if (colon == std::string_view::npos) return complete_field(line, begin);
  const auto field = word.substr(0, colon);
  const auto facet = facet_named(field);
  const bool has_names = field == any_entity || (facet && *facet != Facet::date);
  if (!has_names) return {line.size(), {}, {}, false};
  return complete_value(line, begin + colon + 1, facet, names);
}

}  // namespace dateline
