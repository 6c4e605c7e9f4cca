// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/segments/memory_budget.h"

#include <fmt/format.h>
#include <sys/resource.h>

#include <algorithm>
#include <cctype>
#include <cerrno>
#include <charconv>
#include <cstring>
#include <string_view>

#include "common/error.h"
#include "common/text/unicode.h"

namespace dateline {
namespace {

constexpr std::uint64_t megabyte = 1U << 20;

/// Of the recogniser's model, the gazetteers and the program itself.
constexpr std::uint64_t fixed_bytes = 64 * megabyte;

/// Xapian holds an article's postings in maps before it writes them: so much for a byte of text.
constexpr std::uint64_t bytes_for_text = 16;

/// Of the longest article: a reader's own copies (corpus/reader.h), tokens, names, positions. One
/// of 3 MB and a million words takes somewhat over 40 times its size.
constexpr std::uint64_t copies_of_record = 64;

[[noreturn]] void refuse(const std::string& text, std::string_view why) {
  throw Error(
      ExitCode::usage, fmt::format("--memory: '{}' {}", printable(text), why),
      fmt::format("a size from {}M on: --memory 512M, --memory 1.5G", least_memory / megabyte));
}

std::size_t between(std::uint64_t least, std::uint64_t wanted, std::uint64_t most) {
  return static_cast<std::size_t>(std::clamp(wanted, least, most));
}

}  // namespace

MemoryBudget budget_of(std::uint64_t limit_bytes, unsigned threads) {
  const MemoryBudget most;
  const auto free = limit_bytes - fixed_bytes;
  MemoryBudget budget;
  budget.queue_bytes = between(megabyte, free / 8, most.queue_bytes);
  budget.small_segment_bytes =
      between(megabyte, free / 2 / bytes_for_text / threads, most.small_segment_bytes);
  budget.longest_record = between(megabyte, free / copies_of_record, most.longest_record);
  return budget;
}

std::uint64_t memory_size(const std::string& text) {
  constexpr double most_megabytes = 1U << 24;
  double size = 0;
  const auto* const end = text.data() + text.size();
  const auto [stopped, problem] = std::from_chars(text.data(), end, size, std::chars_format::fixed);
  const std::string_view unit(stopped, static_cast<std::size_t>(end - stopped));
  const bool is_size = problem == std::errc{} && std::isdigit(static_cast<unsigned char>(text[0]));
  if (is_size && (unit == "T" || unit == "t")) {
    size *= 1024 * 1024;
  } else if (is_size && (unit == "G" || unit == "g")) {
    size *= 1024;
  } else if (!is_size || (!unit.empty() && unit != "M" && unit != "m")) {
    refuse(text, "is no size");
  }
  if (size > most_megabytes) refuse(text, "is more than any machine has");
  const auto bytes = static_cast<std::uint64_t>(size * megabyte);
  if (bytes < least_memory)
    refuse(text, fmt::format("is too small: {}M is the least", least_memory / megabyte));
  return bytes;
}

void limit_memory(std::uint64_t bytes) {
  rlimit limit{};
  if (::getrlimit(RLIMIT_DATA, &limit) != 0 || bytes >= limit.rlim_max) return;
  limit.rlim_cur = bytes;
  if (::setrlimit(RLIMIT_DATA, &limit) == 0) return;
  throw Error(ExitCode::system_failure,
              fmt::format("cannot limit the memory: {}", std::strerror(errno)),
              "run without --memory");
}

std::uint64_t peak_memory() {
  rusage usage{};
  ::getrusage(RUSAGE_SELF, &usage);
  return static_cast<std::uint64_t>(usage.ru_maxrss) * 1024;
}

}  // namespace dateline
