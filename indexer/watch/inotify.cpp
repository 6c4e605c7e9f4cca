// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/watch/inotify.h"

#include <sys/inotify.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>

namespace dateline {
namespace {

void append_events(const char* bytes, std::size_t size, std::vector<FolderEvent>& events) {
  for (std::size_t at = 0; at + sizeof(inotify_event) <= size;) {
    inotify_event event{};
    std::memcpy(&event, bytes + at, sizeof event);
    // The name is padded with NULs.
    const char* name = bytes + at + sizeof event;
    events.push_back({event.wd, event.mask, std::string(name, ::strnlen(name, event.len))});
    at += sizeof event + event.len;
  }
}

}  // namespace

Inotify::Inotify() : file_(::inotify_init1(IN_NONBLOCK | IN_CLOEXEC)) {
  if (!file_) problem_ = errno;
}

int Inotify::add(const std::filesystem::path& folder, std::uint32_t mask) {
  if (!file_) return -problem_;
  const int watch = ::inotify_add_watch(file_.get(), folder.c_str(), mask | IN_MASK_ADD);
  return watch >= 0 ? watch : -errno;
}

void Inotify::remove(int watch) { ::inotify_rm_watch(file_.get(), watch); }

std::vector<FolderEvent> Inotify::take() {
  std::vector<FolderEvent> events;
  std::array<char, 65536> buffer{};
  while (file_) {
    const auto n = ::read(file_.get(), buffer.data(), buffer.size());
    if (n < 0 && errno == EINTR) continue;
    if (n <= 0) break;
    append_events(buffer.data(), static_cast<std::size_t>(n), events);
  }
  return events;
}

}  // namespace dateline
