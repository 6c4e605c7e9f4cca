// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>

#include "common/error.h"
#include "searcher/batch_reader.h"
#include "searcher/engine/request.h"
#include "searcher/options.h"

namespace dateline {

struct BatchOptions {
  std::filesystem::path index;
  std::optional<std::uint64_t> generation;  ///< none: the one in force
  SearchRequest defaults;                   ///< what a line does not say
  bool everything = false;                  ///< a line that asks for nothing asks for all articles
  OutputOptions output;
  std::size_t jobs = 1;
  /// Takes each result, in order, in place of stdout.
  std::function<void(const std::string& id, const SearchResult& result)> take;
};

/// Answers a query a line of `input` on stdout, in the order of the lines, from one generation.
/// A line is a JSON object (begins with '{'; docs/json-output.md), "ID<TAB>TEXT", or the text of a
/// query, whose id is then the number of its line. Blank lines are passed over. A query that cannot
/// be honoured is answered by a record with "error" (jsonl) and a line on stderr, and costs no
/// other. An answer is printed as soon as those before it are. Memory does not grow with the number
/// of lines. Returns usage if any query could not be honoured, else ok if any found something, else
/// nothing_found; throws Error(interrupted) when `stop` becomes true.
ExitCode run_batch(BatchReader& input, const BatchOptions& options, const std::atomic<bool>& stop);

}  // namespace dateline
