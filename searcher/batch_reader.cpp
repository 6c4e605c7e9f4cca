// SPDX-License-Identifier: GPL-3.0-or-later
#include "searcher/batch_reader.h"

#include <fmt/format.h>
#include <poll.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <string_view>

#include "common/error.h"

namespace dateline {
namespace {

constexpr int patience_milliseconds = 1'000;

[[noreturn]] void fail() {
  throw Error(ExitCode::system_failure,
              fmt::format("the batch cannot be read on: {}", std::strerror(errno)));
}

}  // namespace

std::optional<InputLine> BatchReader::next(const std::function<bool()>& stopped) {
  while (auto line = next_of_any_kind(stopped)) {
    if (line->text.find_first_not_of(" \t\r") == std::string::npos) continue;
    if (line->text.back() == '\r') line->text.pop_back();
    return line;
  }
  return std::nullopt;
}

std::optional<InputLine> BatchReader::next_of_any_kind(const std::function<bool()>& stopped) {
  InputLine line;
  while (!stopped()) {
    const auto end = buffer_.find('\n', at_);
    const auto piece = std::string_view(buffer_).substr(at_, end - at_);
    const auto room = max_batch_line_bytes - line.text.size();
    line.too_long = line.too_long || piece.size() > room;
    line.text += piece.substr(0, room);
    at_ = end == std::string::npos ? buffer_.size() : end + 1;
    if (end == std::string::npos && fill(stopped)) continue;
    if (stopped() || (end == std::string::npos && line.text.empty())) break;
    line.number = ++lines_;
    constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";
    if (lines_ == 1 && line.text.starts_with(byte_order_mark)) line.text.erase(0, 3);
    return line;
  }
  return std::nullopt;
}

/// False at the end of the input, or when stopped.
bool BatchReader::fill(const std::function<bool()>& stopped) {
  constexpr std::size_t block = 1U << 16;
  while (!ended_ && !stopped()) {
    std::array<pollfd, 2> ends{pollfd{descriptor_, POLLIN, 0}, pollfd{wake_, POLLIN, 0}};
    const auto ready = ::poll(ends.data(), ends.size(), patience_milliseconds);
    if (ready < 0 && errno != EINTR) fail();
    if (ready <= 0 || ends[0].revents == 0) continue;
    buffer_.resize(block);
    at_ = 0;
    const auto n = ::read(descriptor_, buffer_.data(), block);
    buffer_.resize(n > 0 ? static_cast<std::size_t>(n) : 0);
    if (n > 0) return true;
    if (n < 0 && (errno == EINTR || errno == EAGAIN)) continue;
    if (n < 0) fail();
    ended_ = true;
  }
  return false;
}

}  // namespace dateline
