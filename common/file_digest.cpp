// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/file_digest.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <memory>
#include <vector>

#include "common/file_io.h"

namespace dateline {
namespace {

constexpr std::size_t block_bytes = 256U << 10;

struct FreeState {
  void operator()(XXH3_state_t* state) const { XXH3_freeState(state); }
};

}  // namespace

std::optional<DigestedFile> digest_file(const std::filesystem::path& path, std::string& problem) {
  const FileDescriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY));
  struct stat status {};
  if (!file || ::fstat(file.get(), &status) != 0) {
    problem = std::strerror(errno);
    return std::nullopt;
  }
  if (!S_ISREG(status.st_mode)) {
    problem = "no regular file";
    return std::nullopt;
  }
  const std::unique_ptr<XXH3_state_t, FreeState> state(XXH3_createState());
  XXH3_128bits_reset(state.get());
  std::vector<char> block(block_bytes);
  DigestedFile result;
  const auto size = static_cast<std::uint64_t>(status.st_size);
  while (result.bytes < size) {
    const auto n = ::read(file.get(), block.data(),
                          std::min<std::uint64_t>(block.size(), size - result.bytes));
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) {
      problem = std::strerror(errno);
      return std::nullopt;
    }
    if (n == 0) break;
    XXH3_128bits_update(state.get(), block.data(), static_cast<std::size_t>(n));
    result.bytes += static_cast<std::uint64_t>(n);
  }
  const auto hash = XXH3_128bits_digest(state.get());
  result.digest = {hash.low64, hash.high64};
  return result;
}

}  // namespace dateline
