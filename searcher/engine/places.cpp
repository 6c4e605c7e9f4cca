// SPDX-License-Identifier: GPL-3.0-or-later
#include "searcher/engine/places.h"

#include <algorithm>
#include <limits>
#include <utility>

#include "common/index/schema.h"
#include "common/index/sorted_strings.h"

namespace dateline {
namespace {

using Kind = QueryNode::Kind;

constexpr auto no_end = std::numeric_limits<std::uint32_t>::max();

bool is_word(const PlanNode& node) {
  return node.kind == Kind::word || node.kind == Kind::wildcard || node.kind == Kind::fuzzy;
}

void sort_unique(std::vector<Place>& places) {
  std::ranges::sort(places);
  places.erase(std::unique(places.begin(), places.end()), places.end());
}

/// How far what stands behind a place may be: it begins at `first` at the latest and ends at
/// `last`.
using Reach = Place;

/// Adds each place of `before` with each of `behind` that is behind it and within its reach, until
/// there are as many as `most`.
template <class ReachOf>
void join(const std::vector<Place>& before, const std::vector<Place>& behind, ReachOf&& reach_of,
          std::size_t most, PlaceBudget& budget, std::vector<Place>& found) {
  for (const auto& place : before) {
    if (found.size() >= most) return;
    const auto known = found.size();
    const Reach reach = reach_of(place);
    auto next = std::ranges::upper_bound(behind, place.last, {}, &Place::first);
    for (; next != behind.end() && next->first <= reach.first; ++next) {
      if (next->last <= reach.last) found.push_back({place.first, next->last});
    }
    budget.spend(1 + found.size() - known);
  }
}

/// The same in either order; in order of their beginning, each once.
template <class ReachOf>
std::vector<Place> join_both_ways(const std::vector<Place>& a, const std::vector<Place>& b,
                                  ReachOf&& reach_of, std::size_t most, PlaceBudget& budget) {
  std::vector<Place> found;
  join(a, b, reach_of, most, budget, found);
  join(b, a, reach_of, most, budget, found);
  sort_unique(found);
  return found;
}

/// Leaves out the places that hold another: who counts "oil" and "oil price" counts each oil once.
std::vector<Place> innermost(std::vector<Place> places) {
  const auto begin_the_same = [](const Place& a, const Place& b) { return a.first == b.first; };
  places.erase(std::unique(places.begin(), places.end(), begin_the_same), places.end());
  auto least_last = no_end;
  for (auto place = places.rbegin(); place != places.rend(); ++place) {
    const bool holds_another = place->last >= least_last;
    least_last = std::min(least_last, place->last);
    if (holds_another) place->last = 0;
  }
  std::erase_if(places, [](const Place& place) { return place.last == 0; });
  return places;
}

constexpr std::uint64_t steps_of_a_look_up = 50;
constexpr std::uint64_t steps_of_an_article = 2'000;
constexpr std::uint64_t steps_of_an_index = 10'000'000;

/// Each term's articles are in order already.
void sort_by_row(WordPlaces& places) {
  std::ranges::stable_sort(places.articles, {}, &WordPlaces::InArticle::row);
}

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

PlaceBudget::PlaceBudget(std::uint64_t articles)
    : left_(steps_of_an_index + steps_of_an_article * articles) {}

void PlaceBudget::spend(std::uint64_t steps) {
  if (steps > left_) throw Spent{};
  left_ -= steps;
}

PlaceFinder::PlaceFinder(const IndexSnapshot& snapshot, std::size_t segment, const QueryPlan& plan,
                         const Bitset& candidates, PlaceBudget& budget)
    : columns_(snapshot.segment(segment)),
      lists_(snapshot.word_lists(segment)),
      plan_(plan),
      candidates_(candidates),
      budget_(budget),
      words_(plan.words.size()) {}

bool PlaceFinder::stands(std::uint32_t row, const PlanNode& node) {
  return !find(row, node, 1).empty();
}

std::vector<Place> PlaceFinder::find(std::uint32_t row, const PlanNode& node, std::size_t most) {
  switch (node.kind) {
    case Kind::word:
    case Kind::wildcard:
    case Kind::fuzzy:
      return find_word(row, node.word);
    case Kind::phrase:
      return find_phrase(row, node);
    case Kind::any:
      return find_any(row, node);
    case Kind::near:
    case Kind::ordered:
      return find_within(row, node, most);
    case Kind::sentence:
      return find_together(row, node, schema::sentence, most);
    case Kind::paragraph:
      return find_together(row, node, schema::paragraph, most);
    case Kind::at_least: {
      auto places = innermost(find(row, node.children.front()));
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

std::vector<Place> PlaceFinder::find_word(std::uint32_t row, std::size_t word) {
  std::vector<Place> places;
  read_positions(row, word, positions_);
  for (const auto p : positions_) places.push_back({p, p});
  return places;
}

std::vector<Place> PlaceFinder::find_any(std::uint32_t row, const PlanNode& node) {
  std::vector<Place> places;
  for (const auto& child : node.children) {
    const auto more = find(row, child);
    places.insert(places.end(), more.begin(), more.end());
  }
  sort_unique(places);
  return places;
}

std::vector<Place> PlaceFinder::find_phrase(std::uint32_t row, const PlanNode& node) {
  if (std::ranges::all_of(node.children, is_word)) return find_words_in_line(row, node.children);
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

/// A phrase of nothing but words, as nearly all are: each must stand one position further.
std::vector<Place> PlaceFinder::find_words_in_line(std::uint32_t row,
                                                   const std::vector<PlanNode>& words) {
  auto& last = positions_;
  auto& next = next_positions_;
  read_positions(row, words.front().word, last);
  for (std::size_t i = 1; i < words.size() && !last.empty(); ++i) {
    read_positions(row, words[i].word, next);
    auto behind = next.begin();
    std::size_t kept = 0;
    for (const auto position : last) {
      while (behind != next.end() && *behind <= position) ++behind;
      if (behind != next.end() && *behind == position + 1) last[kept++] = position + 1;
    }
    last.resize(kept);
  }
  std::vector<Place> places;
  const auto length = static_cast<std::uint32_t>(words.size());
  for (const auto position : last) places.push_back({position + 1 - length, position});
  return places;
}

std::vector<Place> PlaceFinder::find_within(std::uint32_t row, const PlanNode& node,
                                            std::size_t most) {
  const auto a = find(row, node.children[0]);
  if (a.empty()) return {};
  const auto b = find(row, node.children[1]);
  const auto reach = [&](const Place& place) -> Reach {
    return {place.last + static_cast<std::uint32_t>(node.number), no_end};
  };
  if (node.kind == Kind::near) return join_both_ways(a, b, reach, most, budget_);
  std::vector<Place> found;
  join(a, b, reach, most, budget_, found);
  sort_unique(found);
  return found;
}

std::vector<Place> PlaceFinder::find_together(std::uint32_t row, const PlanNode& node,
                                              std::string_view boundary, std::size_t most) {
  const auto a = find(row, node.children[0]);
  if (a.empty()) return {};
  const auto b = find(row, node.children[1]);
  std::vector<std::uint32_t> starts;
  read_starts(row, boundary, starts);
  return join_both_ways(
      a, b,
      [&](const Place& place) -> Reach {
        const auto next = std::ranges::upper_bound(starts, place.first);
        const auto last = next == starts.end() ? no_end : *next - 1;
        return {last, last};
      },
      most, budget_);
}

std::vector<Place> PlaceFinder::find_first(std::uint32_t row, const PlanNode& node) {
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

void PlaceFinder::read_positions(std::uint32_t row, std::size_t word,
                                 std::vector<std::uint32_t>& positions) {
  read(row, places_of(word), positions);
  // The title's positions come first: schema::field_gap.
  const auto title = columns_.title_tokens[row];
  const auto field = plan_.words[word].field;
  if (field == QueryField::title) std::erase_if(positions, [&](auto p) { return p > title; });
  if (field == QueryField::body) std::erase_if(positions, [&](auto p) { return p <= title; });
}

void PlaceFinder::read_starts(std::uint32_t row, std::string_view boundary,
                              std::vector<std::uint32_t>& positions) {
  const auto number = static_cast<std::size_t>(std::ranges::find(schema::boundaries, boundary) -
                                               schema::boundaries.begin());
  auto& places = boundaries_[number];
  if (!places) {
    add_places(columns_.words.size() + number, places.emplace());
  }
  read(row, *places, positions);
}

/// The positions in an article, ascending. Articles are asked for in their order, mostly.
void PlaceFinder::read(std::uint32_t row, WordPlaces& places,
                       std::vector<std::uint32_t>& positions) {
  const auto& articles = places.articles;
  auto& next = places.next;
  if (next == articles.size() || articles[next].row != row) {
    const auto found = std::ranges::lower_bound(articles, row, {}, &WordPlaces::InArticle::row);
    next = static_cast<std::size_t>(found - articles.begin());
  }
  positions.clear();
  for (; next < articles.size() && articles[next].row == row; ++next) {
    const auto before = static_cast<std::ptrdiff_t>(positions.size());
    lists_.read_positions(articles[next].bytes, articles[next].count, positions);
    if (before > 0)
      std::inplace_merge(positions.begin(), positions.begin() + before, positions.end());
  }
  budget_.spend(positions.size());
}

WordPlaces& PlaceFinder::places_of(std::size_t word) {
  auto& places = words_[word];
  if (places) return *places;
  places.emplace();
  const auto& terms = plan_.words[word].terms;
  for (const auto& term : terms) {
    const auto list = find_sorted(columns_.words, term.term);
    if (list) add_places(*list, *places);
  }
  if (terms.size() > 1) sort_by_row(*places);
  return *places;
}

void PlaceFinder::add_places(std::size_t number, WordPlaces& places) {
  const auto list = lists_.list(number);
  PositionCursor cursor(lists_, list);
  candidates_.for_each([&](std::size_t row) {
    if (!cursor.seek(static_cast<std::uint32_t>(row))) return;
    budget_.spend(steps_of_a_look_up);
    places.articles.push_back({static_cast<std::uint32_t>(row), cursor.count(), cursor.bytes()});
  });
}

}  // namespace dateline
