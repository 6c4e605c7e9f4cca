// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdlib>
#include <memory>
#include <new>

namespace dateline {

/// A number for each row of a segment, 0 at first. Memory is taken by the page as rows are written
/// to, so that a query of few articles does not pay for those of the whole segment, as it would
/// with a vector, which writes all zeros. Movable. One thread.
class RowValues {
 public:
  RowValues() = default;
  explicit RowValues(std::size_t rows)
      : values_(static_cast<float*>(std::calloc(rows == 0 ? 1 : rows, sizeof(float)))) {
    if (!values_) throw std::bad_alloc();
  }

  float& operator[](std::size_t row) { return values_.get()[row]; }
  float operator[](std::size_t row) const { return values_.get()[row]; }

 private:
  struct Free {
    void operator()(float* values) const { std::free(values); }
  };
  std::unique_ptr<float, Free> values_;
};

}  // namespace dateline
