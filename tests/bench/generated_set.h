// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>

namespace dateline::bench {

/// A set of news-like articles (corpus/news.h) in a hundred files.
class GeneratedSet {
 public:
  /// Writes the files unless they stand there already.
  GeneratedSet(std::filesystem::path folder, std::uint64_t articles);

  /// One article in a hundred has another text now, or the one that it had before: all of one file,
  /// or every hundredth of each.
  void change_one_file();
  void change_scattered();
  /// Every article has the text that it began with.
  void restore();

 private:
  static constexpr std::uint64_t files = 100;
  enum class Changed { none, all, every_hundredth };
  void write(std::uint64_t file, Changed changed) const;

  std::filesystem::path folder_;
  std::uint64_t articles_;
  bool one_changed_ = false;
  bool scattered_changed_ = false;
};

}  // namespace dateline::bench
