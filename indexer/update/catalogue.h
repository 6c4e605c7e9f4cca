// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "common/hash.h"

namespace dateline {

/// A record that was not indexed, and why.
struct Refusal {
  std::string record;  ///< where in the file; "" for the whole file
  std::string reason;
  friend bool operator==(const Refusal&, const Refusal&) = default;
};

/// What is remembered of a file, so that an unchanged one need not be read again.
struct FileEntry {
  Digest content;  ///< of the file's bytes
  Digest context;  ///< of all else that its reading depends on: its metadata table, the options
  std::uint32_t articles = 0;
  std::uint32_t refused = 0;      ///< all of them
  std::vector<Refusal> refusals;  ///< the first `max_refusals` of them
  friend bool operator==(const FileEntry&, const FileEntry&) = default;

  static constexpr std::size_t max_refusals = 100;
};

/// The files that a generation was made from, by absolute path.
using Catalogue = std::map<std::string, FileEntry>;

/// Throws Error(system_failure).
void write_catalogue(const std::filesystem::path& path, std::uint64_t generation,
                     const Catalogue& catalogue);
/// Throws as ColumnFile does. Verifies the whole file.
Catalogue read_catalogue(const std::filesystem::path& path, std::uint64_t generation);

}  // namespace dateline
