// SPDX-License-Identifier: GPL-3.0-or-later
#include "searcher/engine/advice.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "common/text/tokenizer.h"

namespace dateline {
namespace {

using Kind = QueryNode::Kind;

bool is_about_article(const PlanNode& node) {
  return node.kind == Kind::value || node.kind == Kind::date || node.kind == Kind::all_but ||
         (!node.children.empty() && std::ranges::all_of(node.children, is_about_article));
}

/// The words that a node asks for, one by one.
void gather_words(const PlanNode& node, std::vector<PlanNode>& words) {
  if (node.children.empty()) {
    words.push_back(node);
    return;
  }
  for (const auto& child : node.children) gather_words(child, words);
}

std::optional<PlanNode> loosened(const PlanNode& node) {
  if (node.kind == Kind::all_but) {
    auto first = loosened(node.children.front());
    if (!first) return std::nullopt;
    auto loose = node;
    loose.children.front() = std::move(*first);
    return loose;
  }
  PlanNode loose;
  PlanNode any;
  any.kind = Kind::any;
  std::vector<PlanNode> parts{node};
  if (node.kind == Kind::all) parts = node.children;
  for (const auto& part : parts) {
    if (is_about_article(part)) {
      loose.children.push_back(part);
    } else {
      gather_words(part, any.children);
    }
  }
  if (any.children.size() < 2) return std::nullopt;
  loose.children.push_back(std::move(any));
  return loose;
}

/// What stands at a byte of the query and what to write instead.
using Replacements = std::map<std::size_t, std::pair<std::size_t, std::string>>;

void gather_corrections(const QueryNode& node, std::string_view text, Vocabulary& vocabulary,
                        Replacements& replacements) {
  if (node.kind == Kind::word && node.at < text.size()) {
    Tokenizer written(text.substr(node.at));
    const bool found = written.next() && written.word() == node.text;
    if (found && vocabulary.forms_of(node.text).empty()) {
      if (auto word = vocabulary.correction_of(node.text)) {
        const auto begin = node.at + written.span().begin;
        replacements[begin] = {written.span().end - written.span().begin, std::move(*word)};
      }
    }
  }
  for (std::size_t i = 0; i < node.children.size(); ++i) {
    if (node.kind == Kind::all_but && i > 0) break;
    gather_corrections(node.children[i], text, vocabulary, replacements);
  }
}

std::string written_dates(const Filters& filters) {
  std::vector<std::string> dates;
  for (const auto& days : filters.dates) {
    const auto first = format_day(days.first);
    dates.push_back(days.first == days.last ? first : first + ".." + format_day(days.last));
  }
  if (filters.undated) dates.emplace_back(undated_value);
  return fmt::format("{}", fmt::join(dates, ", "));
}

}  // namespace

std::optional<QueryPlan> loosened(const QueryPlan& plan) {
  auto root = loosened(plan.root);
  if (!root) return std::nullopt;
  auto loose = plan;
  loose.root = std::move(*root);
  return loose;
}

std::string respelled(const QueryNode& query, std::string_view text, Vocabulary& vocabulary) {
  Replacements replacements;
  gather_corrections(query, text, vocabulary, replacements);
  if (replacements.empty()) return {};
  std::string corrected(text);
  for (auto r = replacements.rbegin(); r != replacements.rend(); ++r) {
    corrected.replace(r->first, r->second.first, r->second.second);
  }
  return corrected;
}

std::vector<std::pair<std::string, Filters>> with_one_less(const Filters& filters) {
  std::vector<std::pair<std::string, Filters>> lesser;
  const auto add = [&](const std::string& written, const auto& take) {
    auto less = filters;
    take(less);
    lesser.emplace_back(written, std::move(less));
  };
  for (const auto& [facet, names] : filters.values) {
    if (names.empty()) continue;
    add(fmt::format("--{} {}", name_of(facet), fmt::join(names, ", ")),
        [f = facet](Filters& less) { less.values.erase(f); });
  }
  if (!filters.entities.empty()) {
    add(fmt::format("--entity {}", fmt::join(filters.entities, ", ")),
        [](Filters& less) { less.entities.clear(); });
  }
  if (!filters.dates.empty() || filters.undated) {
    add("--date " + written_dates(filters), [](Filters& less) {
      less.dates.clear();
      less.undated = false;
    });
  }
  if (filters.since) {
    add("--since " + format_day(*filters.since), [](Filters& less) { less.since.reset(); });
  }
  if (filters.until) {
    add("--until " + format_day(*filters.until), [](Filters& less) { less.until.reset(); });
  }
  if (filters.changed_since) {
    add("--changed-since " + filters.changed_since->written,
        [](Filters& less) { less.changed_since.reset(); });
  }
  return lesser;
}

}  // namespace dateline
