// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "searcher/query/query_text.h"
#include "searcher/query/syntax.h"

namespace dateline {

/// A field of a query whose values are facts about an article.
struct ValueField {
  std::string_view name;
  std::optional<Facet> facet;  ///< none: person, org or place
  bool one_valued = false;     ///< no article has two
};

const ValueField* value_field_named(std::string_view name);

/// The text field that `name` names: title or body.
std::optional<QueryField> text_field_named(std::string_view name);

/// "title, body, author, …"
std::string field_names();

/// What `part` says of the articles' `field`. Refuses what is no value of it.
QueryNode read_value(std::string_view query, const ValueField& field, QueryPart part, bool quoted,
                     Day today);

}  // namespace dateline
