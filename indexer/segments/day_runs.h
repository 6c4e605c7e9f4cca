// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <vector>

#include "common/index/column_file.h"
#include "common/index/schema.h"

namespace dateline {

/// Gathers the runs of rows of one day, from the days of all rows in their order.
class DayRuns {
 public:
  void add(std::int32_t day) {
    if (days_.empty() || days_.back() != day) {
      days_.push_back(day);
      at_.push_back(rows_);
    }
    ++rows_;
  }
  /// To be called once, after the last row.
  void write(ColumnFileWriter& file) {
    at_.push_back(rows_);
    file.add(schema::day_run_day, days_);
    file.add(schema::day_run_at, at_);
  }

 private:
  std::vector<std::int32_t> days_;
  std::vector<std::uint32_t> at_;
  std::uint32_t rows_ = 0;
};

}  // namespace dateline
