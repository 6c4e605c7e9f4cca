// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>

namespace dateline::test {

/// From now on this process and its children see mounts of their own. Returns why that is not
/// allowed here; "" if it is.
std::string enter_own_mounts();

/// A file system in memory of so many bytes, over a folder, for as long as this lives.
class SmallDisk {
 public:
  SmallDisk(std::filesystem::path folder, std::uint64_t bytes);
  ~SmallDisk();
  SmallDisk(const SmallDisk&) = delete;
  SmallDisk& operator=(const SmallDisk&) = delete;

  void resize(std::uint64_t bytes) const;

 private:
  std::filesystem::path folder_;
};

/// A folder that nothing can be written to, for as long as this lives.
class ReadOnly {
 public:
  explicit ReadOnly(std::filesystem::path folder);
  ~ReadOnly();
  ReadOnly(const ReadOnly&) = delete;
  ReadOnly& operator=(const ReadOnly&) = delete;

 private:
  std::filesystem::path folder_;
};

}  // namespace dateline::test
