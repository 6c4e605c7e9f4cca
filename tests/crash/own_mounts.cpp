// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/crash/own_mounts.h"

#include <fmt/format.h>
#include <sched.h>
#include <sys/mount.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <fstream>
#include <stdexcept>
#include <utility>

namespace dateline::test {
namespace {

std::string reason(const char* what) { return fmt::format("{}: {}", what, std::strerror(errno)); }

void require(int result, const char* what) {
  if (result != 0) throw std::runtime_error(reason(what));
}

bool put(const char* path, const std::string& text) {
  std::ofstream file(path);
  file << text;
  return static_cast<bool>(file.flush());
}

std::string size_option(std::uint64_t bytes) { return fmt::format("size={}", bytes); }

}  // namespace

std::string enter_own_mounts() {
  const auto user = ::geteuid();
  const auto group = ::getegid();
  // Whoever is not root becomes so in a user namespace, where mounting is allowed.
  if (::unshare(user == 0 ? CLONE_NEWNS : CLONE_NEWUSER | CLONE_NEWNS) != 0) {
    return reason("unshare");
  }
  if (user != 0 && !(put("/proc/self/setgroups", "deny") &&
                     put("/proc/self/uid_map", fmt::format("0 {} 1", user)) &&
                     put("/proc/self/gid_map", fmt::format("0 {} 1", group)))) {
    return "the user namespace cannot be set up";
  }
  if (::mount(nullptr, "/", nullptr, MS_REC | MS_PRIVATE, nullptr) != 0) return reason("mount");
  return "";
}

SmallDisk::SmallDisk(std::filesystem::path folder, std::uint64_t bytes)
    : folder_(std::move(folder)) {
  require(::mount("none", folder_.c_str(), "tmpfs", 0, size_option(bytes).c_str()), "mount tmpfs");
}

SmallDisk::~SmallDisk() { ::umount2(folder_.c_str(), MNT_DETACH); }

void SmallDisk::resize(std::uint64_t bytes) const {
  require(::mount("none", folder_.c_str(), "tmpfs", MS_REMOUNT, size_option(bytes).c_str()),
          "remount tmpfs");
}

ReadOnly::ReadOnly(std::filesystem::path folder) : folder_(std::move(folder)) {
  require(::mount(folder_.c_str(), folder_.c_str(), nullptr, MS_BIND, nullptr), "mount --bind");
  require(::mount(nullptr, folder_.c_str(), nullptr, MS_REMOUNT | MS_BIND | MS_RDONLY, nullptr),
          "mount -o remount,ro");
}

ReadOnly::~ReadOnly() { ::umount2(folder_.c_str(), MNT_DETACH); }

}  // namespace dateline::test
