// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "common/file_io.h"
#include "common/index/layout.h"

namespace dateline {

/// Keeps the files of one generation in the index directory for as long as it lives: for readers
/// that go by path for longer than it takes to open them. A shared lock (flock) on the manifest,
/// which the system gives back when the process dies in any way, so that no stale pin can be. Needs
/// no right to write. Movable, not copyable.
class GenerationPin {
 public:
  /// Pins the generation in force. Throws as IndexLayout::current_generation() does, and
  /// Error(no_index) where there is none, Error(damaged_index) when its manifest is missing.
  static GenerationPin of_current(const IndexLayout& layout);

  /// Pins that generation; none when it is not there (any more).
  static std::optional<GenerationPin> of(const IndexLayout& layout, std::uint64_t generation);

  std::uint64_t generation() const { return generation_; }

 private:
  GenerationPin(FileDescriptor manifest, std::uint64_t generation)
      : manifest_(std::move(manifest)), generation_(generation) {}
  FileDescriptor manifest_;
  std::uint64_t generation_;
};

/// Removes the manifest of a generation, which makes it one that nobody can open any more; false
/// when a reader has pinned it, or when it cannot be removed.
bool retire_generation(const IndexLayout& layout, std::uint64_t generation);

/// The generations whose manifests are in the directory, ascending.
std::vector<std::uint64_t> generations_in(const IndexLayout& layout);

}  // namespace dateline
