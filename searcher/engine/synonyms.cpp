// SPDX-License-Identifier: GPL-3.0-or-later
#include "searcher/engine/synonyms.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <utility>

#include "common/text/tokenizer.h"
#include "common/text/unicode.h"

namespace dateline {
namespace {

using Kind = QueryNode::Kind;

std::vector<std::string> words_of(std::string_view form) {
  std::vector<std::string> words;
  for (Tokenizer t(form); t.next();) words.emplace_back(t.word());
  return words;
}

std::string folded(const std::vector<std::string>& words) {
  std::string form;
  for (const auto& word : words) {
    if (!form.empty()) form += ' ';
    form += strip_diacritics(word);
  }
  return form;
}

QueryNode word_node(const std::string& word, const QueryNode& in_place_of) {
  QueryNode node;
  node.kind = Kind::word;
  node.field = in_place_of.field;
  node.text = word;
  node.at = in_place_of.at;
  return node;
}

/// The form as a word or phrase, where and in the field that `first` was asked for.
QueryNode node_of(const std::string& form, const QueryNode& first) {
  const auto words = words_of(form);
  if (words.size() == 1) return word_node(words.front(), first);
  QueryNode phrase;
  phrase.kind = Kind::phrase;
  phrase.at = first.at;
  for (const auto& word : words) {
    phrase.children.push_back(word_node(word, first));
    phrase.children.back().exact = true;
  }
  return phrase;
}

bool is_plain_word(const QueryNode& node) {
  return node.kind == Kind::word && !node.exact && node.boost == 1;
}

const QueryNode& first_word(const QueryNode& node) {
  return node.children.empty() ? node : node.children.front();
}

std::string form_of(const QueryNode* first, std::size_t count) {
  std::vector<std::string> words;
  for (std::size_t i = 0; i < count; ++i) words.push_back(first[i].text);
  return folded(words);
}

}  // namespace

Synonyms::Synonyms(const Groups& of_index, const Groups& of_user) {
  add(of_index);
  add(of_user);
}

void Synonyms::add(const Groups& groups) {
  for (const auto& group : groups) {
    auto& forms = groups_.emplace_back();
    for (const auto& form : group) {
      const auto words = words_of(form);
      longest_ = std::max(longest_, words.size());
      forms.push_back(folded(words));
      groups_of_[forms.back()].push_back(groups_.size() - 1);
    }
  }
}

std::vector<Synonyms::Form> Synonyms::others_of(const Form& form) const {
  std::set<Form> others;
  const auto groups = groups_of_.find(form);
  if (groups == groups_of_.end()) return {};
  for (const auto group : groups->second) {
    others.insert(groups_[group].begin(), groups_[group].end());
  }
  others.erase(form);
  return {others.begin(), others.end()};
}

class Synonyms::Widening {
 public:
  Widening(const Synonyms& synonyms, const IsKnown& is_known, std::vector<std::string>& notes)
      : synonyms_(synonyms), is_known_(is_known), notes_(notes) {}

  void apply(QueryNode& query) {
    if (query.kind == Kind::word) {
      if (!query.exact) widen(query, strip_diacritics(query.text));
    } else if (query.kind != Kind::phrase) {
      for (std::size_t i = 0; i < query.children.size(); ++i) {
        if (query.kind != Kind::all || !widen_row(query.children, i)) apply(query.children[i]);
      }
    }
  }

 private:
  /// "united nations" without quotation marks: words that must all match and are a name in a row.
  bool widen_row(std::vector<QueryNode>& nodes, std::size_t first) {
    std::size_t words = 0;
    while (words < synonyms_.longest_ && first + words < nodes.size() &&
           is_plain_word(nodes[first + words]) &&
           nodes[first + words].field == nodes[first].field) {
      ++words;
    }
    const auto begin = nodes.begin() + static_cast<std::ptrdiff_t>(first);
    for (; words > 1; --words) {
      const auto end = begin + static_cast<std::ptrdiff_t>(words);
      QueryNode row;
      row.kind = Kind::all;
      row.at = nodes[first].at;
      row.children.assign(begin, end);
      if (!widen(row, form_of(&nodes[first], words))) continue;
      nodes[first] = std::move(row);
      nodes.erase(begin + 1, end);
      return true;
    }
    return false;
  }

  bool widen(QueryNode& query, const Form& form) {
    auto others = synonyms_.others_of(form);
    std::erase_if(others, [&](const Form& other) {
      const auto words = words_of(other);
      return !std::ranges::all_of(words, is_known_);
    });
    if (others.empty()) return false;
    QueryNode any;
    any.kind = Kind::any;
    any.at = query.at;
    any.boost = std::exchange(query.boost, 1);
    const auto first = first_word(query);
    any.children.push_back(std::move(query));
    for (const auto& other : others) any.children.push_back(node_of(other, first));
    query = std::move(any);
    notes_.push_back(
        fmt::format("{}: also {}; --no-synonyms: as written", form, fmt::join(others, ", ")));
    return true;
  }

  const Synonyms& synonyms_;
  const IsKnown& is_known_;
  std::vector<std::string>& notes_;
};

void Synonyms::apply(QueryNode& query, const IsKnown& is_known,
                     std::vector<std::string>& notes) const {
  Widening(*this, is_known, notes).apply(query);
}

}  // namespace dateline
