// SPDX-License-Identifier: GPL-3.0-or-later
#include "searcher/query/nodes.h"

#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <utility>

namespace dateline {
namespace {

using Kind = QueryNode::Kind;

/// What of `kind` has no place in the text; "" for what has one.
std::string_view placeless(const QueryNode& node) {
  switch (node.kind) {
    case Kind::word:
    case Kind::wildcard:
    case Kind::fuzzy:
    case Kind::phrase:
    case Kind::near:
    case Kind::ordered:
    case Kind::sentence:
    case Kind::paragraph:
    case Kind::any:
      return "";
    case Kind::at_least:
      return "ATLEAST";
    case Kind::first:
      return "FIRST";
    case Kind::value:
      return "a value of a field";
    case Kind::date:
      return "a date";
    case Kind::all:
      return "AND, or a space,";
    case Kind::all_but:
      return "NOT";
  }
  return "";
}

enum FieldBits : unsigned { in_title = 1, in_body = 2 };

/// The fields in which all of `node` can stand.
unsigned fields_of(const QueryNode& node) {
  switch (node.kind) {
    case Kind::word:
    case Kind::wildcard:
    case Kind::fuzzy:
      if (node.field == QueryField::title) return in_title;
      return node.field == QueryField::body ? in_body : in_title | in_body;
    case Kind::phrase:
      return fields_of(node.children.front());
    case Kind::near:
    case Kind::ordered:
    case Kind::sentence:
    case Kind::paragraph:
      return fields_of(node.children[0]) & fields_of(node.children[1]);
    case Kind::any:
    case Kind::all:
    case Kind::all_but:
    case Kind::at_least:
    case Kind::first:
    case Kind::value:
    case Kind::date:
      break;
  }
  unsigned fields = 0;
  for (const auto& child : node.children) fields |= fields_of(child);
  return fields;
}

void require_depth(std::string_view query, const QueryNode& node, std::size_t depth) {
  if (depth > max_query_depth) {
    refuse_query(query, node.at,
                 fmt::format("operators stand more than {} deep in each other", max_query_depth),
                 "use fewer of them, or ask several queries");
  }
  for (const auto& child : node.children) require_depth(query, child, depth + 1);
}

}  // namespace

QueryNode make_node(Kind kind, std::vector<QueryNode> children, std::size_t at) {
  QueryNode node;
  node.kind = kind;
  node.children = std::move(children);
  node.at = at;
  return node;
}

QueryNode make_list(Kind kind, std::vector<QueryNode> wanted, std::size_t wanted_at,
                    std::vector<QueryNode> excluded, std::size_t excluded_at) {
  if (wanted.empty()) {
    kind = Kind::all;
    wanted_at = excluded_at;
  }
  auto positive = wanted.size() == 1 ? std::move(wanted.front())
                                     : make_node(kind, std::move(wanted), wanted_at);
  if (excluded.empty()) return positive;
  excluded.insert(excluded.begin(), std::move(positive));
  return make_node(Kind::all_but, std::move(excluded), excluded_at);
}

QueryNode make_phrase(std::vector<QueryNode> words, std::size_t at) {
  if (words.size() == 1) return std::move(words.front());
  for (auto& word : words) word.exact = word.kind == Kind::word;
  return make_node(Kind::phrase, std::move(words), at);
}

void require_place(std::string_view query, const Operator& op, const QueryNode& operand) {
  if (operand.kind == Kind::any) {
    for (const auto& child : operand.children) require_place(query, op, child);
    return;
  }
  const auto what = placeless(operand);
  if (what.empty()) return;
  refuse_query(query, operand.at,
               fmt::format("{} is about words, phrases and alternatives; {} has no place in it",
                           format_operator(op), what),
               is_prefix(op) ? fmt::format("put it beside: ({} A) AND B", format_operator(op))
                             : fmt::format("put it beside: (A {} B) AND C", format_operator(op)));
}

void require_common_field(std::string_view query, const Operator& op, std::size_t at,
                          const QueryNode& left, const QueryNode& right) {
  if ((fields_of(left) & fields_of(right)) != 0) return;
  refuse_query(query, at,
               fmt::format("{} joins words of one field, and these are of title and body",
                           format_operator(op)),
               "name the same field for both, or join them with AND");
}

bool has_words(const QueryNode& node) {
  if (node.kind == Kind::word || node.kind == Kind::wildcard || node.kind == Kind::fuzzy)
    return true;
  return std::ranges::any_of(node.children, has_words);
}

void require_depth(std::string_view query, const QueryNode& root) { require_depth(query, root, 1); }

}  // namespace dateline
