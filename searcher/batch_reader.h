// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <string>

namespace dateline {

/// A line of a batch.
struct InputLine {
  std::size_t number = 0;  ///< from 1, blank ones counted
  std::string text;        ///< without its end; only the beginning where it is too long
  bool too_long = false;
};

/// The longest line that is taken whole.
inline constexpr std::size_t max_batch_line_bytes = 4U << 20;

/// Reads the lines of a descriptor that are not blank. A byte order mark is passed over.
class BatchReader {
 public:
  /// `wake`: a descriptor that ends the waiting for input as soon as it can be read, or -1.
  BatchReader(int descriptor, int wake) : descriptor_(descriptor), wake_(wake) {}

  /// The next line; none at the end of the input, or once `stopped` says so, which is asked at
  /// least every second. Throws Error(system_failure).
  std::optional<InputLine> next(const std::function<bool()>& stopped);

 private:
  std::optional<InputLine> next_of_any_kind(const std::function<bool()>& stopped);
  bool fill(const std::function<bool()>& stopped);

  int descriptor_;
  int wake_;
  std::string buffer_;  ///< read and not yet given out, from at_ on
  std::size_t at_ = 0;
  std::size_t lines_ = 0;
  bool ended_ = false;
};

}  // namespace dateline
