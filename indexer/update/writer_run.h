// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <string>

#include "common/index/layout.h"
#include "indexer/update/last_run.h"
#include "indexer/update/lock.h"

namespace dateline {

/// Runs `body` as the one writer of an index: under the WriterLock, with an empty work folder, and
/// swept afterwards: returns how many files and folders that removed. How it ended is recorded as
/// the last run, which `command` names. Throws what `body` throws, but for errors of Xapian and the
/// file system, which become Error(system_failure).
std::size_t run_as_writer(const IndexLayout& layout, const std::string& command,
                          const LockWait& wait, const std::function<LastRun()>& body);

}  // namespace dateline
