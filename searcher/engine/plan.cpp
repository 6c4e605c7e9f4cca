// SPDX-License-Identifier: GPL-3.0-or-later
#include "searcher/engine/plan.h"

#include <algorithm>

#include "common/text/analyser.h"

namespace dateline {
namespace {

class Planner {
 public:
  Planner(const std::vector<std::string>& languages, QueryPlan& plan) : plan_(plan) {
    for (const auto& language : languages) analysers_.emplace_back(language);
    if (analysers_.empty()) analysers_.emplace_back("en");
  }

  PlanNode convert(const QueryNode& query, bool asked) {
    PlanNode node{query.kind, query.field, {}, {}};
    for (const auto& word : query.words) node.words.push_back(add(query.field, word, asked));
    for (std::size_t i = 0; i < query.children.size(); ++i) {
      const bool excluded = query.kind == QueryNode::Kind::all_but && i > 0;
      node.children.push_back(convert(query.children[i], asked && !excluded));
    }
    return node;
  }

 private:
  std::size_t add(QueryField field, const std::string& word, bool asked) {
    PlanWord wanted{field, {}, 0};
    for (auto& analyser : analysers_) wanted.terms.emplace_back(analyser.term_of(word));
    std::ranges::sort(wanted.terms);
    wanted.terms.erase(std::ranges::unique(wanted.terms).begin(), wanted.terms.end());
    const auto known = std::ranges::find(plan_.words, wanted);
    const auto at = static_cast<std::size_t>(known - plan_.words.begin());
    if (known == plan_.words.end()) plan_.words.push_back(std::move(wanted));
    if (asked) ++plan_.words[at].asked;
    return at;
  }

  QueryPlan& plan_;
  std::vector<TextAnalyser> analysers_;
};

}  // namespace

bool QueryPlan::scores() const {
  return std::ranges::any_of(words, [](const PlanWord& w) { return w.asked > 0; });
}

QueryPlan make_plan(const QueryNode& query, const std::vector<std::string>& languages) {
  QueryPlan plan;
  plan.root = Planner(languages, plan).convert(query, true);
  return plan;
}

}  // namespace dateline
