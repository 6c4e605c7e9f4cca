// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <atomic>
#include <chrono>
#include <functional>
#include <optional>
#include <string>

#include "common/file_io.h"
#include "common/index/layout.h"

namespace dateline {

/// How long to wait for another writer.
struct LockWait {
  std::chrono::seconds at_most{0};
  const std::atomic<bool>* stop = nullptr;  ///< ends the waiting when it becomes true
  /// Called once, when the waiting begins, with who is waited for: "process 17 (dateline-index)".
  std::function<void(const std::string& holder)> began{};
};

/// The right to write to an index: held from construction to destruction, and given back by the
/// system when the process dies in any way, so that no stale lock can be. Readers never take it.
class WriterLock {
 public:
  /// Creates the index directory if absent. Throws Error(usage) when the directory holds anything
  /// and is no index, Error(index_locked) that names the process that holds the lock and since
  /// when, Error(system_failure), and Error(interrupted) when it is to stop waiting.
  explicit WriterLock(const IndexLayout& layout, const LockWait& wait = {});

 private:
  FileDescriptor file_;
};

/// Who holds the lock: "process 17 (dateline-index)"; none where nobody does. A writer that starts
/// in the same instant is not turned away by it.
std::optional<std::string> writer_at(const IndexLayout& layout);

}  // namespace dateline
