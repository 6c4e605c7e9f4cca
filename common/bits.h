// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

namespace dateline {

/// How many bits are set. By the processor's own instruction where it has one: programs are built
/// for the oldest x86-64, whose compilers count by a table, at ten times the cost.
std::size_t count_bits(std::span<const std::uint64_t> words);
/// How many are set in both. REQUIRES: the same size.
std::size_t count_common_bits(std::span<const std::uint64_t> a, std::span<const std::uint64_t> b);

}  // namespace dateline
