// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>
#include <cstdint>

#include "indexer/update/update.h"

namespace dateline {

/// Shows on stderr how far a run is: a bar that redraws itself on a terminal, else a line every ten
/// seconds. Clears the bar when it goes.
class ProgressDisplay : public UpdateObserver {
 public:
  enum class Style { bar, lines, silent };
  explicit ProgressDisplay(Style style) : style_(style) {}
  ~ProgressDisplay() override;

  void files_listed(std::size_t files) override;
  void progressed(std::size_t files_done, std::uint64_t articles_read) override;
  void finishing() override;

 private:
  using Clock = std::chrono::steady_clock;
  void show(std::size_t files_done, std::uint64_t articles_read);
  void clear_bar();

  Style style_;
  std::size_t files_ = 0;
  bool bar_drawn_ = false;
  Clock::time_point next_ = Clock::now();
};

}  // namespace dateline
