// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <unordered_map>
#include <vector>

#include "indexer/update/catalogue.h"

namespace dateline {

/// Finds files of the same content that the index knows by another path: what was moved need not be
/// analysed again. Refers to the paths of the catalogue it was made from.
class Twins {
 public:
  /// `before`: the files of the generation that a run starts from; `now`: those of them that are
  /// still there as they were, or with other content.
  Twins(const Catalogue& before, const Catalogue& now);

  /// The path of a known file of that content: one that is gone, if possible under the same name,
  /// and then never again; else one that is still there. nullptr for none.
  const std::string* take(const std::string& path, const Digest& content);

 private:
  struct Known {
    const std::string* path;
    Digest content;
  };
  std::unordered_map<std::uint64_t, std::vector<Known>> gone_;  ///< by Digest::low
  std::unordered_map<std::uint64_t, Known> there_;              ///< likewise; one of each content
};

}  // namespace dateline
