// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <fmt/format.h>

#include <string>
#include <unordered_set>

namespace dateline {

/// Gives each record of a file a name that no other has.
class RecordNames {
 public:
  /// `id` where it is the first of its kind and not "", else `place`, e.g. "line 17".
  std::string name(const std::string& id, const std::string& place) {
    std::string name = id.empty() ? place : id;
    if (!id.empty() && taken_.contains(id)) name = fmt::format("{} ({})", id, place);
    while (!taken_.insert(name).second) name += '\'';
    return name;
  }

 private:
  std::unordered_set<std::string> taken_;
};

}  // namespace dateline
