// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <sys/types.h>

#include <optional>
#include <utility>

#include "common/index/manifest.h"

namespace dateline {

/// Whether an article set is there, as time goes by.
class FollowedRoot {
 public:
  explicit FollowedRoot(SetEntry set);

  const SetEntry& set() const { return set_; }
  /// False as well where the set was the root of a mounted file system, and that is not mounted:
  /// what stands there then is an empty folder.
  bool is_there() const { return identity_.has_value(); }
  /// Looks again; whether it came, went, or is another file or folder than before.
  bool look();

 private:
  using Identity = std::pair<dev_t, ino_t>;
  std::optional<Identity> identity_now();

  SetEntry set_;
  std::optional<Identity> identity_;
  bool is_mount_point_ = false;
};

}  // namespace dateline
