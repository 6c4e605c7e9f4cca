// SPDX-License-Identifier: GPL-3.0-or-later
#include "searcher/engine/matcher.h"

#include "searcher/engine/places.h"

namespace dateline {

using Kind = QueryNode::Kind;

Matcher::Matcher(const IndexSnapshot& snapshot, const QueryPlan& plan, Naming naming,
                 PostingsReader& postings)
    : snapshot_(snapshot),
      plan_(plan),
      naming_(naming),
      postings_(postings),
      budget_(snapshot.manifest().articles) {}

Bitset Matcher::match(std::size_t segment, const Bitset& within) {
  return evaluate(segment, plan_.root, within);
}

Bitset Matcher::evaluate(std::size_t segment, const PlanNode& node, const Bitset& within) {
  switch (node.kind) {
    case Kind::word:
    case Kind::wildcard:
    case Kind::fuzzy:
      return Bitset(within) &= postings_.rows(segment, node.word);
    case Kind::value:
      return node.values->rows(segment, naming_) &= within;
    case Kind::date:
      return rows_dated(snapshot_, segment, node.days) &= within;
    case Kind::all:
      return all(segment, node, within);
    case Kind::any: {
      Bitset rows(within.size());
      for (const auto& child : node.children) rows |= evaluate(segment, child, within);
      return rows;
    }
    case Kind::all_but: {
      auto rows = evaluate(segment, node.children.front(), within);
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
Bitset Matcher::all(std::size_t segment, const PlanNode& node, const Bitset& within) {
  auto rows = within;
  for (const bool places : {false, true}) {
    for (const auto& child : node.children) {
      if (needs_places(child) == places) rows = evaluate(segment, child, rows);
    }
  }
  return rows;
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
