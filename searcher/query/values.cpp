// SPDX-License-Identifier: GPL-3.0-or-later
#include "searcher/query/values.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "common/text/tokenizer.h"
#include "common/text/unicode.h"
#include "searcher/query/date_words.h"

namespace dateline {
namespace {

constexpr std::array value_fields{
    ValueField{"author", Facet::author, false}, ValueField{"lang", Facet::language, true},
    ValueField{"source", Facet::source, true},  ValueField{"person", Facet::person, false},
    ValueField{"org", Facet::org, false},       ValueField{"place", Facet::place, false},
    ValueField{"entity", std::nullopt, false},  ValueField{"topic", Facet::topic, false},
    ValueField{"date", Facet::date, true}};

QueryNode date_of(std::string_view query, QueryPart part, Day today) {
  QueryNode node;
  node.kind = QueryNode::Kind::date;
  node.at = part.at;
  if (lower_case(part.text) == undated_value) return node;
  node.days = parse_date_words(part.text, today);
  if (node.days) return node;
  refuse_query(query, part.at, fmt::format("'{}' is no date", printable(ellipsize(part.text, 40))),
               "write date:2023, date:2023-03, date:2023-03-17, date:2023-01..2023-06, date:today, "
               "date:\"last 3 weeks\" or date:undated");
}

void refuse_marks(std::string_view query, const ValueField& field, QueryPart part) {
  const auto mark = part.text.find_first_of("~^");
  if (mark == std::string_view::npos) return;
  refuse_query(query, part.at + mark,
               fmt::format("'{}' is about words of the text, not about a value of {}:",
                           part.text[mark], field.name),
               fmt::format("leave it out, or quote the value: {}:\"…\"", field.name));
}

void refuse_nameless(std::string_view query, const ValueField& field, QueryPart part) {
  if (Tokenizer(part.text).next()) return;
  if (part.text.find('*') != std::string_view::npos) {
    refuse_query(query, part.at, "'*' alone would stand for every value",
                 fmt::format("put a letter beside it: {}:a*; or leave it out", field.name));
  }
  refuse_query(query, part.at, fmt::format("there is no value of {}: here", field.name),
               fmt::format("write {0}:VALUE or {0}:\"LONG VALUE\"", field.name));
}

}  // namespace

const ValueField* value_field_named(std::string_view name) {
  const auto* const found = std::ranges::find(value_fields, name, &ValueField::name);
  return found == value_fields.end() ? nullptr : found;
}

std::optional<QueryField> text_field_named(std::string_view name) {
  if (name == "title") return QueryField::title;
  if (name == "body") return QueryField::body;
  return std::nullopt;
}

std::string field_names() {
  std::string names = "title, body";
  for (const auto& field : value_fields) names += fmt::format(", {}", field.name);
  return names;
}

QueryNode read_value(std::string_view query, const ValueField& field, QueryPart part, bool quoted,
                     Day today) {
  part = without_outer_space(part);
  if (field.facet == Facet::date) return date_of(query, part, today);
  if (!quoted) refuse_marks(query, field, part);
  refuse_nameless(query, field, part);
  QueryNode node;
  node.kind = QueryNode::Kind::value;
  node.text = std::string(part.text);
  node.pattern = node.text.find('*') != std::string::npos;
  node.facet = field.facet;
  node.at = part.at;
  return node;
}

}  // namespace dateline
