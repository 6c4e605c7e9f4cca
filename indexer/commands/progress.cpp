// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/commands/progress.h"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <string>

#include "common/terminal.h"
#include "common/text/counted.h"

namespace dateline {
namespace {

constexpr std::chrono::milliseconds between_bars{100};
constexpr std::chrono::seconds between_lines{10};
constexpr std::size_t max_bar = 30;

}  // namespace

ProgressDisplay::~ProgressDisplay() { clear_bar(); }

void ProgressDisplay::files_listed(std::size_t files) {
  files_ = files;
  if (style_ == Style::lines) next_ = Clock::now() + between_lines;
}

void ProgressDisplay::progressed(std::size_t files_done, std::uint64_t articles_read) {
  if (style_ == Style::silent || Clock::now() < next_) return;
  show(files_done, articles_read);
  next_ = Clock::now() + (style_ == Style::bar ? std::chrono::milliseconds(between_bars)
                                               : std::chrono::milliseconds(between_lines));
}

void ProgressDisplay::show(std::size_t files_done, std::uint64_t articles_read) {
  const auto text = fmt::format("{} of {}, {} read", files_done, counted(files_, "file"),
                                counted(articles_read, "article"));
  if (style_ == Style::lines) {
    fmt::print(stderr, "{}\n", text);
    return;
  }
  const auto width = terminal_width(STDERR_FILENO);
  const auto bar = width > text.size() + 8 ? std::min(max_bar, width - text.size() - 8) : 0;
  const auto filled = files_ == 0 ? bar : bar * files_done / files_;
  std::string drawn;
  for (std::size_t i = 0; i < bar; ++i) drawn += i < filled ? "█" : "░";
  fmt::print(stderr, "\r\x1b[K{} {}", drawn, text);
  std::fflush(stderr);
  bar_drawn_ = true;
}

void ProgressDisplay::finishing() {
  if (style_ != Style::bar || !bar_drawn_) return;
  fmt::print(stderr, "\r\x1b[Kmerging and publishing …");
  std::fflush(stderr);
}

void ProgressDisplay::clear_bar() {
  if (!bar_drawn_) return;
  fmt::print(stderr, "\r\x1b[K");
  bar_drawn_ = false;
}

}  // namespace dateline
