// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <vector>

namespace dateline::test {

/// The files of an index, but for what is no part of a generation: the lock, the record of the
/// last run, the stamps, a backup's mark. In order of path.
std::vector<std::filesystem::path> files_of_index(const std::filesystem::path& db);

/// Changes one byte of a file: `offset` counts from 0, `bits` is what is flipped.
void flip(const std::filesystem::path& file, std::uint64_t offset, std::uint8_t bits);

/// Puts a copy of the folder in the place of another one.
void copy_folder(const std::filesystem::path& from, const std::filesystem::path& to);

}  // namespace dateline::test
