// SPDX-License-Identifier: GPL-3.0-or-later
#include "searcher/engine/places.h"

#include <algorithm>
#include <utility>

#include "common/index/schema.h"

namespace dateline {
namespace {

using Kind = QueryNode::Kind;

void sort_unique(std::vector<Place>& places) {
  std::ranges::sort(places);
  places.erase(std::ranges::unique(places).begin(), places.end());
}

Place joined(const Place& a, const Place& b) {
  return {std::min(a.first, b.first), std::max(a.last, b.last)};
}

/// For each place of `a`, with the nearest of `b` before and behind it that `accept` takes.
template <class Accept>
std::vector<Place> pairs(const std::vector<Place>& a, const std::vector<Place>& b,
                         Accept&& accept) {
  std::vector<Place> found;
  for (const auto& place : a) {
    const auto behind = std::ranges::upper_bound(b, place.last, {}, &Place::first);
    if (behind != b.end() && accept(place, *behind)) found.push_back(joined(place, *behind));
    // Places of a phrase may overlap; the first that ends before this one is seldom far.
    for (auto before = std::ranges::lower_bound(b, place.first, {}, &Place::first);
         before != b.begin();) {
      --before;
      if (before->last >= place.first) continue;
      if (accept(*before, place)) found.push_back(joined(*before, place));
      break;
    }
  }
  sort_unique(found);
  return found;
}

/// Looking a term up in an article costs more than going past one of the article's own.
constexpr std::size_t most_looked_up = 32;

}  // namespace

bool needs_places(const PlanNode& node) {
  switch (node.kind) {
    case Kind::phrase:
    case Kind::near:
    case Kind::ordered:
    case Kind::sentence:
    case Kind::paragraph:
    case Kind::at_least:
    case Kind::first:
      return true;
    default:
      return std::ranges::any_of(node.children, needs_places);
  }
}

PlaceFinder::PlaceFinder(const IndexSnapshot& snapshot, std::size_t thread, std::size_t segment,
                         const QueryPlan& plan)
    : columns_(snapshot.segment(segment)),
      database_(snapshot.databases(thread)[segment]),
      plan_(plan) {}

std::vector<Place> PlaceFinder::find(std::uint32_t row, const PlanNode& node) const {
  switch (node.kind) {
    case Kind::word:
    case Kind::wildcard:
    case Kind::fuzzy: {
      std::vector<Place> places;
      for (const auto p : positions(row, plan_.words[node.word])) places.push_back({p, p});
      return places;
    }
    case Kind::phrase:
      return find_phrase(row, node);
    case Kind::any:
      return find_any(row, node);
    case Kind::near:
    case Kind::ordered:
      return find_within(row, node);
    case Kind::sentence:
      return find_together(row, node, schema::sentence);
    case Kind::paragraph:
      return find_together(row, node, schema::paragraph);
    case Kind::at_least: {
      auto places = find(row, node.children.front());
      if (places.size() < node.number) places.clear();
      return places;
    }
    case Kind::first:
      return find_first(row, node);
    case Kind::value:
    case Kind::date:
    case Kind::all:
    case Kind::all_but:
      break;
  }
  return {};
}

std::vector<Place> PlaceFinder::find_any(std::uint32_t row, const PlanNode& node) const {
  std::vector<Place> places;
  for (const auto& child : node.children) {
    const auto more = find(row, child);
    places.insert(places.end(), more.begin(), more.end());
  }
  sort_unique(places);
  return places;
}

std::vector<Place> PlaceFinder::find_phrase(std::uint32_t row, const PlanNode& node) const {
  auto places = find(row, node.children.front());
  for (std::size_t i = 1; i < node.children.size() && !places.empty(); ++i) {
    const auto next = find(row, node.children[i]);
    std::erase_if(places, [&](const Place& place) {
      return !std::ranges::binary_search(next, place.last + 1, {}, &Place::first);
    });
    for (auto& place : places) ++place.last;
  }
  return places;
}

std::vector<Place> PlaceFinder::find_within(std::uint32_t row, const PlanNode& node) const {
  const auto a = find(row, node.children[0]);
  if (a.empty()) return {};
  const auto b = find(row, node.children[1]);
  const auto is_near = [&](const Place& before, const Place& behind) {
    return behind.first - before.last <= node.number;
  };
  if (node.kind == Kind::near) return pairs(a, b, is_near);
  std::vector<Place> found;
  for (const auto& place : a) {
    const auto behind = std::ranges::upper_bound(b, place.last, {}, &Place::first);
    if (behind != b.end() && is_near(place, *behind)) found.push_back(joined(place, *behind));
  }
  return found;
}

std::vector<Place> PlaceFinder::find_together(std::uint32_t row, const PlanNode& node,
                                              std::string_view boundary) const {
  const auto a = find(row, node.children[0]);
  if (a.empty()) return {};
  const auto b = find(row, node.children[1]);
  const auto starts = term_positions(row, schema::term(schema::boundary_terms, boundary));
  return pairs(a, b, [&](const Place& before, const Place& behind) {
    const auto next = std::ranges::upper_bound(starts, before.first);
    return next == starts.end() || *next > behind.last;
  });
}

std::vector<Place> PlaceFinder::find_first(std::uint32_t row, const PlanNode& node) const {
  auto places = find(row, node.children.front());
  std::erase_if(places,
                [&](const Place& place) { return words_before(row, place.last) >= node.number; });
  return places;
}

/// How many words of title, deck and body stand before a position.
std::uint32_t PlaceFinder::words_before(std::uint32_t row, std::uint32_t position) const {
  const auto title = columns_.title_tokens[row];
  const auto deck = columns_.deck_tokens[row];
  auto words = position - 1;
  if (position > title) words -= schema::field_gap;
  if (position > title + schema::field_gap + deck) words -= schema::field_gap;
  return words;
}

std::vector<std::uint32_t> PlaceFinder::term_positions(std::uint32_t row,
                                                       const std::string& term) const {
  return {database_.positionlist_begin(row + 1, term), database_.positionlist_end(row + 1, term)};
}

std::vector<std::uint32_t> PlaceFinder::positions(std::uint32_t row, const PlanWord& word) const {
  std::vector<std::uint32_t> found;
  const auto add = [&](const std::string& term) {
    const auto more = term_positions(row, term);
    found.insert(found.end(), more.begin(), more.end());
  };
  if (word.terms.size() <= most_looked_up) {
    for (const auto& term : word.terms) add(term.term);
  } else {
    const auto end = database_.termlist_end(row + 1);
    for (auto own = database_.termlist_begin(row + 1); own != end; ++own) {
      if (std::ranges::binary_search(word.terms, *own, {}, &PlanTerm::term)) add(*own);
    }
  }
  // The title's positions come first: schema::field_gap.
  const auto title = columns_.title_tokens[row];
  if (word.field == QueryField::title) std::erase_if(found, [&](auto p) { return p > title; });
  if (word.field == QueryField::body) std::erase_if(found, [&](auto p) { return p <= title; });
  std::ranges::sort(found);
  return found;
}

}  // namespace dateline
