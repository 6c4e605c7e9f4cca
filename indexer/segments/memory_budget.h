// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>

namespace dateline {

/// How a run's memory is shared out. By default as much as pays; of a limit, what the model and the
/// tables take is set aside, and the rest bounds the parts that grow with the articles.
struct MemoryBudget {
  std::size_t queue_bytes = 32U << 20;          ///< of articles waiting for a worker
  std::size_t small_segment_bytes = 16U << 20;  ///< of text in each worker's segment
  std::uint64_t longest_record = 64U << 20;     ///< a longer article is refused
};

/// The least that a run can be done with.
inline constexpr std::uint64_t least_memory = 128U << 20;

/// REQUIRES: limit >= least_memory, threads > 0.
MemoryBudget budget_of(std::uint64_t limit_bytes, unsigned threads);

/// "512M", "1.5G", "1T", or a number of MB: bytes. Throws Error(usage), also for less than
/// `least_memory`.
std::uint64_t memory_size(const std::string& text);

/// Has the system refuse this process more than that much memory of its own (files that are mapped
/// do not count): a run that needs more ends with a reason instead of pressing on. Throws
/// Error(system_failure).
void limit_memory(std::uint64_t bytes);

/// The most memory that this process has held so far, mapped files included, in bytes.
std::uint64_t peak_memory();

}  // namespace dateline
