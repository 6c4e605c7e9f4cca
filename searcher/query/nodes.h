// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

#include "searcher/query/operators.h"
#include "searcher/query/syntax.h"

namespace dateline {

QueryNode make_node(QueryNode::Kind kind, std::vector<QueryNode> children, std::size_t at);

/// What matches where nothing else is asked: `wanted` alone if it is one, but not `excluded`.
QueryNode make_list(QueryNode::Kind kind, std::vector<QueryNode> wanted, std::size_t wanted_at,
                    std::vector<QueryNode> excluded, std::size_t excluded_at);

/// The words of a phrase; one word is itself.
QueryNode make_phrase(std::vector<QueryNode> words, std::size_t at);

/// Refuses an operand of `op` that stands at no place in the text.
void require_place(std::string_view query, const Operator& op, const QueryNode& operand);

/// Refuses operands of `op` that can never stand in the same field.
void require_common_field(std::string_view query, const Operator& op, std::size_t at,
                          const QueryNode& left, const QueryNode& right);

/// Whether a word of the text is asked for anywhere in `node`.
bool has_words(const QueryNode& node);

/// Refuses a tree higher than `max_query_depth`.
void require_depth(std::string_view query, const QueryNode& root);

}  // namespace dateline
