// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <string>

#include "common/text/tokenizer.h"
#include "searcher/query/syntax.h"

namespace dateline::test {

/// Whether both ask for the same; where they were written does not count.
inline bool same_tree(const QueryNode& a, const QueryNode& b) {
  if (a.kind != b.kind || a.field != b.field || a.text != b.text || a.exact != b.exact ||
      a.pattern != b.pattern || a.facet != b.facet || a.days != b.days || a.number != b.number ||
      a.boost != b.boost || a.children.size() != b.children.size()) {
    return false;
  }
  for (std::size_t i = 0; i < a.children.size(); ++i) {
    if (!same_tree(a.children[i], b.children[i])) return false;
  }
  return true;
}

/// Whether the tokenizer would give each word again for itself: not so for what a cut leaves of
/// long ones, nor for "a&" of "a&北". No text spells such a word alone.
inline bool can_be_spelt(const QueryNode& node) {
  if (node.kind == QueryNode::Kind::word || node.kind == QueryNode::Kind::wildcard ||
      node.kind == QueryNode::Kind::fuzzy) {
    auto text = node.text;
    std::ranges::replace(text, '*', 'x');
    Tokenizer words(text);
    return words.next() && words.word() == text && !words.next();
  }
  return std::ranges::all_of(node.children, can_be_spelt);
}

}  // namespace dateline::test
