// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace dateline {

/// Gives each record of a file a name that no other has. Keeps eight bytes a record, so that a file
/// of millions costs little: two names of one hash would count as the same, and the second get its
/// place added.
class RecordNames {
 public:
  /// `id` where it is the first of its kind and not "", else `place`, e.g. "line 17".
  std::string name(const std::string& id, const std::string& place);

 private:
  /// False where it was there.
  bool insert(const std::string& name);
  void grow();

  std::vector<std::uint64_t> slots_;  ///< open addressing; 0 is a free slot
  std::size_t taken_ = 0;
};

}  // namespace dateline
