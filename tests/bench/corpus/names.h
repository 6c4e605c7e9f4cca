// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>

namespace dateline::bench {

/// Names by rank of frequency, without end; the first ones are well known, the rest invented.
struct Person {
  std::string first;
  std::string last;
  std::string role;  ///< "minister"
};
Person person_of_rank(std::uint64_t rank);
std::string place_of_rank(std::uint64_t rank);
std::string organisation_of_rank(std::uint64_t rank);

/// The outlets that publish, by number of articles.
inline constexpr std::uint64_t source_count = 400;
std::string source_of_rank(std::uint64_t rank);

}  // namespace dateline::bench
