// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/index/generation_pin.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <sys/stat.h>

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <cstring>
#include <string>
#include <utility>

#include "common/error.h"
#include "common/shell.h"

namespace dateline {
namespace {

/// Whether the file stands there still, rather than having been removed before it was locked.
bool is_file_at(int file, const std::filesystem::path& path) {
  struct stat opened {};
  struct stat there {};
  return ::fstat(file, &opened) == 0 && ::stat(path.c_str(), &there) == 0 &&
         opened.st_dev == there.st_dev && opened.st_ino == there.st_ino;
}

/// The manifest, locked; nothing when it is gone, or locked otherwise and not to be waited for.
FileDescriptor lock_manifest(const std::filesystem::path& path, int operation) {
  while (true) {
    FileDescriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
    if (!file) {
      if (errno == ENOENT) return {};
      throw Error(ExitCode::system_failure,
                  fmt::format("cannot open '{}': {}", path.string(), std::strerror(errno)));
    }
    while (::flock(file.get(), operation) != 0) {
      if (errno == EINTR) continue;
      if (errno == EWOULDBLOCK) return {};
      throw Error(ExitCode::system_failure,
                  fmt::format("cannot lock '{}': {}", path.string(), std::strerror(errno)));
    }
    if (is_file_at(file.get(), path)) return file;
  }
}

}  // namespace

std::optional<GenerationPin> GenerationPin::of(const IndexLayout& layout,
                                               std::uint64_t generation) {
  auto file = lock_manifest(layout.manifest(generation), LOCK_SH);
  if (!file) return std::nullopt;
  return GenerationPin(std::move(file), generation);
}

GenerationPin GenerationPin::of_current(const IndexLayout& layout) {
  for (auto generation = layout.current_generation(); generation;) {
    if (auto pin = of(layout, *generation)) return std::move(*pin);
    const auto now = layout.current_generation();
    if (now == generation) {
      throw Error(
          ExitCode::damaged_index,
          fmt::format("'{}' is missing", layout.manifest(*generation).string()),
          fmt::format("dateline-index --db {} --repair", shell_word(layout.dir().string())));
    }
    generation = now;
  }
  throw Error(ExitCode::no_index, fmt::format("no index at '{}'", layout.dir().string()),
              fmt::format("dateline-index --db {} ARTICLES...", shell_word(layout.dir().string())));
}

bool retire_generation(const IndexLayout& layout, std::uint64_t generation) {
  const auto path = layout.manifest(generation);
  const auto held = lock_manifest(path, LOCK_EX | LOCK_NB);
  std::error_code problem;
  return held && std::filesystem::remove(path, problem);
}

std::vector<std::uint64_t> generations_in(const IndexLayout& layout) {
  constexpr std::string_view kind = "manifest-";
  std::vector<std::uint64_t> found;
  if (!std::filesystem::exists(layout.dir())) return found;
  for (const auto& entry : std::filesystem::directory_iterator(layout.dir())) {
    const auto name = entry.path().filename().string();
    if (!name.starts_with(kind)) continue;
    std::uint64_t generation = 0;
    std::from_chars(name.data() + kind.size(), name.data() + name.size(), generation);
    if (generation > 0 && name == numbered("manifest", generation)) found.push_back(generation);
  }
  std::sort(found.begin(), found.end());
  return found;
}

}  // namespace dateline
