// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "common/index/layout.h"
#include "indexer/operations/check.h"
#include "indexer/update/publish.h"

namespace dateline {

/// What is left of a damaged generation.
struct Salvage {
  NewGeneration generation;            ///< of the whole segments; generation number not set
  std::vector<std::string> dropped;    ///< segments that are not whole
  std::uint64_t dropped_articles = 0;  ///< that were live in them; if they are known
  /// By path, articles that stood in dropped segments, as far as can be told.
  std::map<std::string, std::uint64_t> missing;
  /// By path, their ids, as far as they can be read.
  std::map<std::string, std::vector<std::string>> missing_ids;
  bool missing_known = true;  ///< false: neither catalogue nor segments tell the paths
};

/// Of the generation of `manifest`, by what a check found. Its catalogue lists the files of all
/// articles that are left; those that must be read again are marked by a digest that no file has.
/// Where the tables are damaged, of several rows of one article the one in the latest segment is
/// live. Throws Error(system_failure), Xapian::Error.
Salvage salvage(const IndexLayout& layout, const Manifest& manifest, const CheckReport& found);

/// A manifest of all whole segments in the directory, for an index that has none left: without
/// sets, and such that the next run makes everything anew.
Manifest manifest_of_segments(const IndexLayout& layout, CheckReport& found);

}  // namespace dateline
