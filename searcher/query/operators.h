// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

#include "searcher/query/query_text.h"
#include "searcher/query/syntax.h"

namespace dateline {

/// near, ordered, sentence, paragraph, at_least or first, with its number.
struct Operator {
  QueryNode::Kind kind = QueryNode::Kind::near;
  std::size_t number = 0;
};

/// at_least and first stand before what they are about, the others between.
bool is_prefix(const Operator& op);

/// The operator that `word` of the query writes; none: a plain word. Refuses one without its
/// number, or in small letters.
std::optional<Operator> read_operator(std::string_view query, QueryPart word);

/// Refuses what is an operator in other query languages and would be passed over here.
void refuse_foreign_operator(std::string_view query, QueryPart word);

/// True for a word that read_operator() takes for more than a word, such as "near5".
bool resembles_operator(std::string_view word);

/// "NEAR/5"
std::string format_operator(const Operator& op);

}  // namespace dateline
