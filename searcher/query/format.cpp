// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>

#include <string>
#include <string_view>

#include "searcher/query/operators.h"
#include "searcher/query/syntax.h"

namespace dateline {
namespace {

using Kind = QueryNode::Kind;

std::string field_mark(QueryField field) {
  switch (field) {
    case QueryField::text:
      return "";
    case QueryField::title:
      return "title:";
    case QueryField::body:
      return "body:";
  }
  return "";
}

std::string bare_text(const QueryNode& leaf) {
  if (leaf.kind == Kind::fuzzy) return '~' + leaf.text;
  return leaf.text;
}

std::string format_leaf(const QueryNode& leaf) {
  return field_mark(leaf.field) + (leaf.exact ? '"' + leaf.text + '"' : bare_text(leaf));
}

std::string format_phrase(const QueryNode& phrase) {
  std::string words;
  for (const auto& leaf : phrase.children) words += (words.empty() ? "" : " ") + bare_text(leaf);
  return fmt::format("{}\"{}\"", field_mark(phrase.children.front().field), words);
}

std::string format_value(const QueryNode& value) {
  const auto name = value.facet ? name_of(*value.facet) : "entity";
  const bool curly = value.text.find('"') != std::string::npos;
  return fmt::format("{}:{}{}{}", name, curly ? "“" : "\"", value.text, curly ? "”" : "\"");
}

std::string format_date(const QueryNode& date) {
  if (!date.days) return fmt::format("date:{}", undated_value);
  const auto [first, last] = *date.days;
  if (first == last) return "date:" + format_day(first);
  const auto from = first == earliest_day() ? "" : format_day(first);
  const auto to = last == latest_range_day() && !from.empty() ? "" : format_day(last);
  return fmt::format("date:{}..{}", from, to);
}

std::string format_inside(const QueryNode& node);

std::string join_children(const QueryNode& node, const std::string& operator_between) {
  std::string text;
  for (const auto& child : node.children) {
    if (!text.empty()) text += operator_between;
    text += format_inside(child);
  }
  return text;
}

std::string format_all_but(const QueryNode& node) {
  const auto& wanted = node.children.front();
  std::string text =
      wanted.kind == Kind::all && wanted.children.empty() ? "" : format_inside(wanted);
  for (std::size_t i = 1; i < node.children.size(); ++i) {
    text += (text.empty() ? "NOT " : " AND NOT ") + format_inside(node.children[i]);
  }
  return text;
}

bool is_leaf(Kind kind) {
  return kind == Kind::word || kind == Kind::wildcard || kind == Kind::fuzzy ||
         kind == Kind::phrase || kind == Kind::value || kind == Kind::date;
}

std::string format_bare(const QueryNode& node) {
  switch (node.kind) {
    case Kind::word:
    case Kind::wildcard:
    case Kind::fuzzy:
      return format_leaf(node);
    case Kind::phrase:
      return format_phrase(node);
    case Kind::near:
    case Kind::ordered:
    case Kind::sentence:
    case Kind::paragraph:
      return join_children(node, ' ' + format_operator({node.kind, node.number}) + ' ');
    case Kind::at_least:
    case Kind::first:
      return format_operator({node.kind, node.number}) + ' ' + format_inside(node.children.front());
    case Kind::value:
      return format_value(node);
    case Kind::date:
      return format_date(node);
    case Kind::all:
      return join_children(node, " AND ");
    case Kind::any:
      return join_children(node, " OR ");
    case Kind::all_but:
      return format_all_but(node);
  }
  return {};
}

/// In parentheses unless it is a leaf; with its boost.
std::string format_inside(const QueryNode& node) {
  auto text = format_bare(node);
  if (!is_leaf(node.kind)) text = '(' + text + ')';
  if (node.boost != 1) text += fmt::format("^{}", node.boost);
  return text;
}

}  // namespace

std::string format_query(const QueryNode& query) {
  return query.boost != 1 ? format_inside(query) : format_bare(query);
}

}  // namespace dateline
