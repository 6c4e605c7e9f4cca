// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "common/error.h"

namespace dateline {

enum class IndexPart { current, manifest, tables, catalogue, segment };

/// One thing that is wrong with an index.
struct Damage {
  IndexPart part{};
  std::string owner;  ///< "CURRENT", "manifest-000017", "seg-000012"
  std::filesystem::path file;
  std::string problem;      ///< a phrase whose subject is the file
  std::string consequence;  ///< what follows for whom, one sentence without a full stop
};

/// What a check found: all of it counted, the first `max_kept` of each file kept.
class DamageList {
 public:
  static constexpr std::uint64_t max_kept = 100;

  void add(Damage damage) {
    ++count_;
    const auto of_file = std::count_if(
        kept_.begin(), kept_.end(), [&](const Damage& other) { return other.file == damage.file; });
    if (static_cast<std::uint64_t>(of_file) < max_kept) kept_.push_back(std::move(damage));
  }

  std::uint64_t count() const { return count_; }
  const std::vector<Damage>& kept() const { return kept_; }
  /// Whether anything is wrong with "seg-000012", "tables-000017", …
  bool concerns(std::string_view owner) const {
    return std::any_of(kept_.begin(), kept_.end(),
                       [&](const Damage& damage) { return damage.owner == owner; });
  }

 private:
  std::uint64_t count_ = 0;
  std::vector<Damage> kept_;
};

/// The message of an error about `file` as a phrase whose subject is the file.
std::string phrase_of(const Error& error, const std::filesystem::path& file);

}  // namespace dateline
