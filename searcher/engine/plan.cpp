// SPDX-License-Identifier: GPL-3.0-or-later
#include "searcher/engine/plan.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <utility>

#include "common/text/unicode.h"
#include "searcher/engine/function_words.h"

namespace dateline {
namespace {

using Kind = QueryNode::Kind;

// Chosen by measuring: docs/ranking.md.
constexpr double repetition_power = 0.7;
constexpr double function_word_weight = 0.2;

/// How much an occurrence counts of the word with other accents than were asked for.
constexpr float other_accents_weight = 0.8F;

std::vector<PlanTerm> weighted_terms(const std::string& word,
                                     const std::vector<std::string>& forms) {
  const auto folded = strip_diacritics(word);
  std::vector<PlanTerm> terms;
  for (const auto& form : forms) {
    const bool other_accents = form != word && strip_diacritics(form) == folded;
    terms.push_back({form, other_accents ? other_accents_weight : 1.0F});
  }
  return terms;
}

/// What boosts within others may come to, either way: beyond it scores would not be numbers.
constexpr double most_asked = 1e6;

class Planner {
 public:
  Planner(std::string_view text, const IndexSnapshot& snapshot, Vocabulary& vocabulary,
          bool close_names, QueryPlan& plan)
      : text_(text),
        snapshot_(snapshot),
        vocabulary_(vocabulary),
        close_names_(close_names),
        plan_(plan) {}

  /// `asked`: how much what is in `query` counts in the ranking.
  PlanNode convert(const QueryNode& query, double asked) {
    asked *= query.boost;
    if (asked > most_asked || (asked > 0 && asked < 1 / most_asked)) {
      refuse_query(
          text_, query.at,
          "boosts within boosts come to more than a million here, or less than a millionth",
          "boost by less, or fewer groups within others");
    }
    PlanNode node;
    node.kind = query.kind;
    node.number = query.number;
    node.days = query.days;
    node.at = query.at;
    switch (query.kind) {
      case Kind::word:
      case Kind::wildcard:
      case Kind::fuzzy:
        node.word = word(query, asked);
        break;
      case Kind::value:
        node.values = values(query);
        break;
      default:
        convert_children(query, asked, node);
    }
    return node;
  }

 private:
  void convert_children(const QueryNode& query, double asked, PlanNode& node) {
    for (std::size_t i = 0; i < query.children.size(); ++i) {
      const bool excluded = query.kind == Kind::all_but && i > 0;
      node.children.push_back(convert(query.children[i], excluded ? 0 : asked));
    }
  }

  std::size_t word(const QueryNode& query, double asked) {
    PlanWord wanted{shown(query), query.field, {}, 0, false};
    const auto known = std::ranges::find_if(plan_.words, [&](const PlanWord& other) {
      return other.shown == wanted.shown && other.field == wanted.field;
    });
    const auto at = static_cast<std::size_t>(known - plan_.words.begin());
    if (known == plan_.words.end()) {
      if (query.kind != Kind::word) count_pattern(query);
      wanted.terms = terms(query);
      plan_.words.push_back(std::move(wanted));
      uses_.emplace_back();
    }
    if (asked > 0) {
      ++uses_[at].times;
      uses_[at].boost += asked;
      plan_.words[at].asked = asked_for(query.text, uses_[at].times, uses_[at].boost);
    }
    return at;
  }

  static std::string shown(const QueryNode& query) {
    if (query.exact) return '"' + query.text + '"';
    return query.kind == Kind::fuzzy ? '~' + query.text : query.text;
  }

  std::vector<PlanTerm> terms(const QueryNode& query) {
    switch (query.kind) {
      case Kind::wildcard:
        return weighted_terms(query.text, wildcard(query));
      case Kind::fuzzy:
        return weighted_terms(query.text, vocabulary_.similar_to(query.text));
      default:
        return weighted_terms(query.text, query.exact ? vocabulary_.spellings_of(query.text)
                                                      : vocabulary_.forms_of(query.text));
    }
  }

  std::vector<std::string> wildcard(const QueryNode& query) {
    auto words = vocabulary_.matching(query.text, max_wildcard_words);
    if (!words) {
      refuse_query(text_, query.at,
                   fmt::format("'{}' stands for more than {} words of this index", query.text,
                               max_wildcard_words),
                   "give more letters of the word");
    }
    return std::move(*words);
  }

  void count_pattern(const QueryNode& query) {
    if (++patterns_ <= max_patterns) return;
    refuse_query(text_, query.at,
                 fmt::format("more than {} words and values have '*' or '~'", max_patterns),
                 "leave some away, or ask in several queries");
  }

  ValueSet values(const QueryNode& query) {
    if (query.pattern) count_pattern(query);
    if (query.pattern) return ValueSet::matching(snapshot_, query.facet, query.text);
    ValueSet values(snapshot_, query.facet, {query.text});
    values.note_missing(plan_.notes, close_names_);
    return values;
  }

  std::string_view text_;
  const IndexSnapshot& snapshot_;
  Vocabulary& vocabulary_;
  bool close_names_;
  QueryPlan& plan_;
  std::size_t patterns_ = 0;
  struct Use {
    std::size_t times = 0;
    double boost = 0;
  };
  std::vector<Use> uses_;  ///< by position in the plan's words
};

PlanNode any_of(PlanNode root, const std::vector<std::size_t>& words) {
  PlanNode any;
  any.kind = Kind::any;
  any.children.push_back(std::move(root));
  for (const auto word : words) {
    auto& child = any.children.emplace_back();
    child.kind = Kind::word;
    child.word = word;
  }
  return any;
}

}  // namespace

double asked_for(std::string_view word, std::size_t times, double boost) {
  const auto saturated = boost * std::pow(static_cast<double>(times), repetition_power - 1);
  return is_function_word(word) ? saturated * function_word_weight : saturated;
}

void add_words(const std::vector<AddedWord>& words, bool to_match, Vocabulary& vocabulary,
               QueryPlan& plan) {
  std::vector<std::size_t> positions;
  for (const auto& added : words) {
    const auto known = std::ranges::find_if(plan.words, [&](const PlanWord& word) {
      return word.asked > 0 &&
             std::ranges::find(word.terms, added.word, &PlanTerm::term) != word.terms.end();
    });
    if (known != plan.words.end()) {
      known->asked += added.asked;
      continue;
    }
    positions.push_back(plan.words.size());
    plan.words.push_back({added.word, QueryField::text,
                          weighted_terms(added.word, vocabulary.forms_of(added.word)), added.asked,
                          true});
  }
  if (to_match) plan.root = any_of(std::move(plan.root), positions);
}

bool QueryPlan::scores() const {
  return std::ranges::any_of(words, [](const PlanWord& w) { return w.asked > 0; });
}

bool QueryPlan::asks_for(const std::string& word) const {
  return std::ranges::any_of(words, [&](const PlanWord& asked) {
    return asked.asked > 0 && std::ranges::binary_search(asked.terms, word, {}, &PlanTerm::term);
  });
}

QueryPlan make_plan(const QueryNode& query, std::string_view text, const IndexSnapshot& snapshot,
                    Vocabulary& vocabulary, bool close_names) {
  QueryPlan plan;
  plan.text = text;
  plan.root = Planner(text, snapshot, vocabulary, close_names, plan).convert(query, 1);
  return plan;
}

}  // namespace dateline
