// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/bits.h"

namespace dateline {
namespace {

/// Compiled into each function that counts, by that function's instructions.
[[gnu::always_inline]] inline std::size_t count(std::span<const std::uint64_t> words) {
  std::size_t n = 0;
  for (const auto word : words) n += static_cast<std::size_t>(__builtin_popcountll(word));
  return n;
}

[[gnu::always_inline]] inline std::size_t count_common(std::span<const std::uint64_t> a,
                                                       std::span<const std::uint64_t> b) {
  std::size_t n = 0;
  for (std::size_t i = 0; i < a.size(); ++i) {
    n += static_cast<std::size_t>(__builtin_popcountll(a[i] & b[i]));
  }
  return n;
}

#if defined(__x86_64__)

const bool has_instruction = __builtin_cpu_supports("popcnt") != 0;

[[gnu::target("popcnt")]] std::size_t count_by_instruction(std::span<const std::uint64_t> words) {
  return count(words);
}

[[gnu::target("popcnt")]] std::size_t count_common_by_instruction(
    std::span<const std::uint64_t> a, std::span<const std::uint64_t> b) {
  return count_common(a, b);
}

#else

constexpr bool has_instruction = false;  // compilers know what there is
std::size_t count_by_instruction(std::span<const std::uint64_t> words) { return count(words); }
std::size_t count_common_by_instruction(std::span<const std::uint64_t> a,
                                        std::span<const std::uint64_t> b) {
  return count_common(a, b);
}

#endif

}  // namespace

std::size_t count_bits(std::span<const std::uint64_t> words) {
  return has_instruction ? count_by_instruction(words) : count(words);
}

std::size_t count_common_bits(std::span<const std::uint64_t> a, std::span<const std::uint64_t> b) {
  return has_instruction ? count_common_by_instruction(a, b) : count_common(a, b);
}

}  // namespace dateline
