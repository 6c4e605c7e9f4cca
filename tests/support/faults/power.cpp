// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/faults/power.h"

#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <stdexcept>

namespace dateline::test::faults {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t block_bytes = 512;

std::string content_of(const fs::path& path) {
  if (path.empty()) return {};
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

struct stat status_of(int file) {
  struct stat status {};
  if (::fstat(file, &status) != 0) throw std::runtime_error("fstat");
  return status;
}

/// Block by block the new content or what was there before; behind that, zeros or garbage.
std::string mixture(const std::string& before, const std::string& now, std::mt19937& random) {
  const auto shorter = std::min(before.size(), now.size());
  const auto longer = std::max(before.size(), now.size());
  const auto size = std::uniform_int_distribution<std::size_t>(shorter, longer)(random);
  std::string mixed(size, '\0');
  for (std::size_t at = 0; at < size; at += block_bytes) {
    const auto length = std::min(block_bytes, size - at);
    const auto& from = random() % 2 == 0 ? now : before;
    if (at < from.size()) {
      from.copy(mixed.data() + at, length, at);
    } else if (random() % 2 == 0) {
      std::fill_n(mixed.begin() + static_cast<std::ptrdiff_t>(at), length, '\xdb');
    }
  }
  return mixed;
}

}  // namespace

fs::path Power::new_shadow() { return shadow_ / std::to_string(shadows_++); }

void Power::name_changes(const fs::path& path) {
  const auto [known, is_new] = names_[path.parent_path()].try_emplace(path.filename().string());
  if (!is_new) return;
  OldName& old = known->second;
  const auto status = fs::symlink_status(path);
  if (fs::is_directory(status)) {
    old.kind = OldName::Kind::folder;
  } else if (fs::exists(status)) {
    old.kind = OldName::Kind::file;
    old.link = new_shadow();
    fs::create_hard_link(path, old.link);
  }
}

void Power::content_changes(int file) {
  const auto status = status_of(file);
  if (status.st_nlink == 0) return;  // nobody will see it again
  content_changes(fs::read_symlink("/proc/self/fd/" + std::to_string(file)), status.st_ino);
}

void Power::content_changes(const fs::path& path) {
  struct stat status {};
  if (::stat(path.c_str(), &status) == 0) content_changes(path, status.st_ino);
}

void Power::content_changes(const fs::path& linkable, ino_t inode) {
  const auto [known, is_new] = contents_.try_emplace(inode);
  if (!is_new) return;
  known->second = {new_shadow(), new_shadow()};
  fs::create_hard_link(linkable, known->second.link);
  fs::copy_file(linkable, known->second.copy);
}

void Power::file_created(int file, const fs::path& path) {
  OldContent nothing{new_shadow(), {}};
  fs::create_hard_link(path, nothing.link);
  contents_.insert_or_assign(status_of(file).st_ino, nothing);
}

void Power::synced(int file, const fs::path& path) {
  const auto status = status_of(file);
  if (S_ISDIR(status.st_mode)) {
    names_.erase(path);
  } else if (const auto known = contents_.find(status.st_ino); known != contents_.end()) {
    fs::remove(known->second.link);
    contents_.erase(known);
  }
}

void Power::cut(std::uint32_t seed) {
  std::mt19937 random(seed);
  const bool all = seed % 3 == 0;
  for (const auto& [inode, old] : contents_) lose_content(old, random, all);
  // A folder comes before those in it, so that what comes back finds its place.
  for (const auto& [folder, names] : names_) {
    if (!fs::is_directory(folder)) continue;
    for (const auto& [name, old] : names) {
      if (all || random() % 2 == 0) restore(folder / name, old);
    }
  }
}

void Power::lose_content(const OldContent& old, std::mt19937& random, bool all) {
  const auto before = content_of(old.copy);
  const auto now = content_of(old.link);
  auto left = now;
  if (all) {
    left = before;
  } else if (random() % 3 != 0) {
    left = mixture(before, now, random);
  }
  std::ofstream file(old.link, std::ios::binary | std::ios::trunc);
  file << left;
}

void Power::restore(const fs::path& path, const OldName& old) {
  const bool is_folder = fs::is_directory(fs::symlink_status(path));
  if (old.kind == OldName::Kind::folder) {
    if (!is_folder) fs::remove(path);
    fs::create_directory(path);
    return;
  }
  fs::remove_all(path);
  if (old.kind == OldName::Kind::file) fs::create_hard_link(old.link, path);
}

}  // namespace dateline::test::faults
