// SPDX-License-Identifier: GPL-3.0-or-later
#include "searcher/engine/matcher.h"

#include <memory>
#include <utility>
#include <vector>

#include "searcher/engine/places.h"

namespace dateline {

using Kind = QueryNode::Kind;

namespace {

bool is_word(const PlanNode& node) {
  return node.kind == Kind::word || node.kind == Kind::wildcard || node.kind == Kind::fuzzy;
}

std::shared_ptr<const Bitset> union_of(const std::vector<std::shared_ptr<const Bitset>>& sets) {
  auto rows = std::make_shared<Bitset>(sets.front()->size());
  for (const auto& set : sets) *rows |= *set;
  return rows;
}

}  // namespace

Matcher::Matcher(const IndexSnapshot& snapshot, const QueryPlan& plan, Naming naming,
                 PostingsReader& postings)
    : snapshot_(snapshot),
      plan_(plan),
      naming_(naming),
      postings_(postings),
      budget_(snapshot.manifest().articles) {}

Bitset Matcher::match(std::size_t segment, Bitset within) {
  return evaluate(segment, plan_.root, std::move(within));
}

Bitset Matcher::evaluate(std::size_t segment, const PlanNode& node, Bitset within) {
  if (is_word(node)) return within &= *postings_.rows(segment, node.word);
  switch (node.kind) {
    case Kind::value:
      return node.values->rows(segment, naming_, within);
    case Kind::date:
      return dated(segment, node, std::move(within));
    case Kind::all:
      return all(segment, node, std::move(within));
    case Kind::any:
      return any(segment, node, std::move(within));
    case Kind::all_but: {
      auto rows = evaluate(segment, node.children.front(), std::move(within));
      for (std::size_t i = 1; i < node.children.size(); ++i) {
        rows.subtract(evaluate(segment, node.children[i], rows));
      }
      return rows;
    }
    default:
      return placed(segment, node, within);
  }
}

/// What can be told without looking into articles comes first: fewer are looked into then.
Bitset Matcher::all(std::size_t segment, const PlanNode& node, Bitset within) {
  for (const bool places : {false, true}) {
    for (const auto& child : node.children) {
      if (needs_places(child) == places) within = evaluate(segment, child, std::move(within));
    }
  }
  return within;
}

Bitset Matcher::any(std::size_t segment, const PlanNode& node, Bitset within) {
  // An OR may have more words than memory has room for sets of rows.
  constexpr std::size_t most_sets = 16;
  std::vector<std::shared_ptr<const Bitset>> sets;
  for (const auto& child : node.children) {
    if (sets.size() == most_sets) sets = {union_of(sets)};
    sets.push_back(is_word(child)
                       ? postings_.rows(segment, child.word)
                       : std::make_shared<const Bitset>(evaluate(segment, child, within)));
  }
  return within.keep_any(sets);
}

Bitset Matcher::dated(std::size_t segment, const PlanNode& node, Bitset within) const {
  const auto rows = rows_dated(snapshot_, segment, node.days);
  within.keep_range(rows.first, rows.end);
  return within;
}

Bitset Matcher::candidates(std::size_t segment, const PlanNode& node, const Bitset& within) {
  if (node.children.empty()) return evaluate(segment, node, within);
  if (node.kind == Kind::any) {
    Bitset rows(within.size());
    for (const auto& child : node.children) rows |= candidates(segment, child, within);
    return rows;
  }
  auto rows = within;
  for (const auto& child : node.children) rows = candidates(segment, child, rows);
  return rows;
}

Bitset Matcher::placed(std::size_t segment, const PlanNode& node, const Bitset& within) {
  const auto candidates = this->candidates(segment, node, within);
  PlaceFinder places(snapshot_, segment, plan_, candidates, budget_);
  Bitset rows(within.size());
  try {
    candidates.for_each([&](std::size_t row) {
      if (places.stands(static_cast<std::uint32_t>(row), node)) rows.set(row);
    });
  } catch (const PlaceBudget::Spent&) {
    refuse_query(plan_.text, node.at, "this would compare too many places in too many articles",
                 "name rarer words or smaller distances, or narrow the articles by entity or date");
  }
  return rows;
}

}  // namespace dateline
