// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/watch/followed_root.h"

#include <sys/stat.h>

#include <string>

namespace dateline {

FollowedRoot::FollowedRoot(SetEntry set) : set_(std::move(set)) { look(); }

bool FollowedRoot::look() {
  const auto before = std::exchange(identity_, identity_now());
  return identity_ != before;
}

std::optional<FollowedRoot::Identity> FollowedRoot::identity_now() {
  struct stat here {};
  if (::stat(set_.root.c_str(), &here) != 0) return std::nullopt;
  struct stat above {};
  const bool is_mounted = S_ISDIR(here.st_mode) &&
                          ::stat((set_.root + "/..").c_str(), &above) == 0 &&
                          here.st_dev != above.st_dev;
  if (is_mount_point_ && !is_mounted) return std::nullopt;
  is_mount_point_ = is_mounted;
  return Identity(here.st_dev, here.st_ino);
}

}  // namespace dateline
