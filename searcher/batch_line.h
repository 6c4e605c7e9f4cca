// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

#include "common/error.h"
#include "searcher/engine/request.h"

namespace dateline {

/// One query of a batch.
struct BatchLine {
  std::string id;
  SearchRequest request;
};

/// A line that is no query, with as much of it as was understood.
struct BatchLineError {
  std::string id;
  std::string query;
  Error error;
};

/// Reads a line in any of the forms of run_batch(). `fallback_id` names a line without an id;
/// `defaults` holds what the line does not say. Throws BatchLineError. A JSON object's keys: id,
/// query, any, source, person, org, place, entity, date (a string or an array of them), since,
/// until, all_mentions, sort, n, offset, facet_values; another key is an error.
BatchLine parse_batch_line(const std::string& line, const std::string& fallback_id,
                           const SearchRequest& defaults);

}  // namespace dateline
