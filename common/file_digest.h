// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>

#include "common/hash.h"

namespace dateline {

struct DigestedFile {
  Digest digest;
  std::uint64_t bytes = 0;
};

/// The digest of a regular file's bytes, as many as there are when it is opened: one that grows
/// meanwhile is read no further, and one without end (/proc) not at all. None, with the system's
/// reason in `problem`, when it cannot be read. Never waits on a FIFO or a device.
std::optional<DigestedFile> digest_file(const std::filesystem::path& path, std::string& problem);

}  // namespace dateline
