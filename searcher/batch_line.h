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
  bool count = false;       ///< only the total is asked for
  bool everything = false;  ///< a blank query stands for all articles
};

/// A line that is no query, with as much of it as was understood.
struct BatchLineError {
  std::string id;
  std::string query;
  Error error;
};

/// Reads a line in any of the forms of run_batch(). `defaults` holds what the line does not say;
/// its id is for a line without one. Throws BatchLineError. docs/json-output.md lists the keys of
/// an object; another key is an error.
BatchLine parse_batch_line(const std::string& line, BatchLine defaults);

}  // namespace dateline
