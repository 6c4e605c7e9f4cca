// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/segments/join_word_lists.h"

#include <algorithm>
#include <cstdint>
#include <string_view>

#include "common/index/schema.h"
#include "common/index/word_lists.h"
#include "indexer/segments/word_lists_file.h"

namespace dateline {
namespace {

/// Joins the lists of several segments, those of the same word with each other.
class Joining {
 public:
  Joining(const std::vector<LiveSegment>& segments, const std::filesystem::path& folder,
          const std::string& name)
      : segments_(segments),
        columns_(folder, name),
        next_word_(segments.size()),
        out_(folder, name) {}

  void run() {
    for (std::size_t w = 0; w < columns_.words.size(); ++w) join_word(columns_.words[w]);
    for (std::size_t b = 0; b < schema::boundaries.size(); ++b) join_boundary(b);
    out_.finish();
  }

 private:
  struct Posting {
    std::uint32_t row = 0;
    WordCount count;
    std::string_view positions;
  };

  /// Words are in byte order, here and in each segment, where some may stand in dead rows alone.
  void join_word(std::string_view word) {
    for (std::size_t s = 0; s < segments_.size(); ++s) {
      const auto& words = segments_[s].columns.words;
      auto& next = next_word_[s];
      while (next < words.size() && words[next] < word) ++next;
      if (next < words.size() && words[next] == word) collect(segments_[s], next++);
    }
    write_collected();
  }

  void join_boundary(std::size_t boundary) {
    for (const auto& s : segments_) collect(s, s.columns.words.size() + boundary);
    write_collected();
  }

  void collect(const LiveSegment& segment, std::size_t number) {
    const auto& lists = segment.lists;
    const auto list = lists.list(number);
    rows_.clear();
    lists.read_rows(list, rows_);
    auto left = list.positions;
    for (std::size_t posting = 0; posting < rows_.size(); ++posting) {
      const auto count = lists.count(list, posting);
      const auto bytes = lists.bytes_of_positions(left, count.all);
      if (segment.is_live(rows_[posting])) {
        postings_.push_back({segment.new_row[rows_[posting]], count, left.substr(0, bytes)});
      }
      left.remove_prefix(bytes);
    }
    if (!left.empty()) lists.refuse("has other positions than its counts say");
  }

  void write_collected() {
    if (!std::ranges::is_sorted(postings_, {}, &Posting::row)) {
      std::ranges::sort(postings_, {}, &Posting::row);
    }
    list_.clear();
    for (const auto& p : postings_) list_.add(p.row, p.count, p.positions);
    out_.add(list_);
    postings_.clear();
  }

  const std::vector<LiveSegment>& segments_;
  SegmentColumns columns_;
  std::vector<std::size_t> next_word_;  ///< of each segment
  WordListsFile out_;
  // Of one word, kept for their memory.
  std::vector<std::uint32_t> rows_;
  std::vector<Posting> postings_;
  GrowingList list_;
};

}  // namespace

void join_word_lists(const std::vector<LiveSegment>& segments, const std::filesystem::path& folder,
                     const std::string& name) {
  Joining(segments, folder, name).run();
}

}  // namespace dateline
