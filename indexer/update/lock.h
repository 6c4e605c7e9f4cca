// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>

#include "common/file_io.h"
#include "common/index/layout.h"

namespace dateline {

/// The right to write to an index: held from construction to destruction, and given back by the
/// system when the process dies in any way, so that no stale lock can be. Readers never take it.
class WriterLock {
 public:
  /// Creates the index directory if absent. Throws Error(usage) when the directory holds anything
  /// and is no index, Error(index_locked) that names the process that holds the lock,
  /// Error(system_failure).
  explicit WriterLock(const IndexLayout& layout);

 private:
  FileDescriptor file_;
};

/// The id of the process that holds the lock ("" if it did not say); none where nobody does. A
/// writer that starts in the same instant is not turned away by it.
std::optional<std::string> writer_at(const IndexLayout& layout);

}  // namespace dateline
