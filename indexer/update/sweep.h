// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>

#include "common/index/layout.h"

namespace dateline {

/// Gives back the space of what no generation needs any more. Whole stay the one in force, as many
/// before it as its manifest says (`keep_generations`, which counts the one in force), and those
/// that a reader has pinned (GenerationPin). The manifest of another goes first, so that what has a
/// manifest is always whole. What cannot be removed is left for the next time. For the holder of
/// the WriterLock. Nothing is removed before the generation in force is durable; nothing is thrown.
/// Returns how many files and folders it found to remove.
///
/// Where CURRENT is missing, generations that there were when the run began (`had_generations`) are
/// lost, and stay; else they are what an unfinished first run left, and go.
std::size_t sweep(const IndexLayout& layout, bool had_generations);

}  // namespace dateline
