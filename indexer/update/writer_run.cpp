// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/update/writer_run.h"

#include <fmt/format.h>
#include <xapian.h>

#include <filesystem>

#include "common/error.h"
#include "common/file_io.h"
#include "common/index/generation_pin.h"
#include "common/index/xapian_error.h"
#include "indexer/update/sweep.h"

namespace dateline {
namespace {

/// 0 where there is none, or none can be told.
std::uint64_t generation_in_force(const IndexLayout& layout) {
  try {
    return layout.current_generation().value_or(0);
  } catch (const Error&) {
    return 0;
  }
}

/// The exception in hand as an Error; others than those of the system and of Xapian stay as they
/// are.
Error failure_in_hand() {
  try {
    throw;
  } catch (const Error& e) {
    return e;
  } catch (const Xapian::DatabaseCorruptError& e) {
    return index_error(e, "the index cannot be read");
  } catch (const Xapian::Error& e) {
    return Error(ExitCode::system_failure,
                 fmt::format("cannot write the index: {}", e.get_description()),
                 "see that the disk has space and may be written to, and run again");
  } catch (const std::filesystem::filesystem_error& e) {
    return system_error(e);
  }
}

/// What the system's refusal means for the index. Only the last step of publishing can fail and
/// have made the new generation the one in force.
Error with_outcome(const Error& failure, const IndexLayout& layout, std::uint64_t before) {
  if (failure.code() != ExitCode::system_failure) return failure;
  const auto now = generation_in_force(layout);
  const auto outcome = now == before ? std::string("the index is as it was")
                                     : fmt::format("generation {} is in force already", now);
  return Error(failure.code(), failure.what(), fmt::format("{}; {}", failure.remedy(), outcome));
}

}  // namespace

std::size_t run_as_writer(const IndexLayout& layout, const std::string& command,
                          const LockWait& wait, const std::function<LastRun()>& body) {
  const WriterLock lock(layout, wait);
  const RunRecord record(layout, command);
  const auto before = generation_in_force(layout);
  const bool had_generations = !generations_in(layout).empty();
  try {
    std::filesystem::remove_all(layout.work());
    const auto run = body();
    const auto swept = sweep(layout, had_generations);
    record.write(run);
    return swept;
  } catch (...) {
    sweep(layout, had_generations);
    const auto failure = with_outcome(failure_in_hand(), layout, before);
    record.write_failure(static_cast<int>(failure.code()), failure.what());
    throw failure;
  }
}

}  // namespace dateline
