// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/operations/check_segment.h"

#include <fmt/format.h>
#include <xapian.h>

#include <optional>
#include <sstream>

#include "common/error.h"
#include "common/file_digest.h"
#include "common/index/column_file.h"
#include "common/index/schema.h"
#include "common/index/segment.h"
#include "common/index/word_lists.h"
#include "indexer/operations/check_columns.h"
#include "indexer/operations/check_postings.h"

namespace dateline {
namespace {

class SegmentCheck {
 public:
  SegmentCheck(const IndexLayout& layout, const SegmentEntry& entry, bool words_in_order,
               DamageList& damage)
      : folder_(layout.segment(entry.name)),
        entry_(entry),
        words_in_order_(words_in_order),
        damage_(damage) {}

  SegmentExtent run() {
    measure(columns_of(folder_));
    measure(word_lists_of(folder_));
    measure(postings_of(folder_));
    const bool columns_whole = check_column_file();
    const bool lists_whole = check_word_lists_file();
    const bool postings_whole = check_postings_file();
    if (columns_whole && lists_whole && postings_whole) compare();
    return extent_;
  }

 private:
  void measure(const std::filesystem::path& file) {
    std::error_code missing;
    const auto bytes = std::filesystem::file_size(file, missing);
    if (missing) return;
    ++extent_.files;
    extent_.bytes += bytes;
  }

  /// Something that concerns all articles of the segment.
  void add(const std::filesystem::path& file, std::string problem) {
    damage_.add({IndexPart::segment, entry_.name, file, std::move(problem),
                 fmt::format("{} of {} cannot be relied on",
                             entry_.rows == 1 ? "the one article"
                                              : fmt::format("the {} articles", entry_.rows),
                             entry_.name)});
  }

  ProblemSink sink(const std::filesystem::path& file) {
    return [this, file](std::string problem) { add(file, std::move(problem)); };
  }

  bool check_column_file() try {
    const auto path = columns_of(folder_);
    const ColumnFile file(path, entry_.name);
    file.verify();
    if (!check_offsets(file, sink(path))) return false;
    const SegmentColumns columns(folder_, entry_.name, words_in_order_);
    if (columns.rows() != entry_.rows) {
      add(path, fmt::format("has {} rows, its manifest says {}", columns.rows(), entry_.rows));
      return false;
    }
    check_columns(columns, sink(path));
    return true;
  } catch (const Error& e) {
    if (e.code() == ExitCode::system_failure) throw;
    add(columns_of(folder_), phrase_of(e, columns_of(folder_)));
    return false;
  }

  bool check_word_lists_file() try {
    ColumnFile(word_lists_of(folder_), entry_.name).verify();
    return true;
  } catch (const Error& e) {
    if (e.code() == ExitCode::system_failure) throw;
    add(word_lists_of(folder_), phrase_of(e, word_lists_of(folder_)));
    return false;
  }

  bool check_postings_file() {
    const auto path = postings_of(folder_);
    if (!is_as_written(path)) return false;
    std::ostringstream said;
    std::size_t problems = 0;
    try {
      problems = Xapian::Database::check(path.string(), 0, &said);
    } catch (const Xapian::Error& e) {
      add(path, fmt::format("cannot be read by Xapian: {}", e.get_description()));
      return false;
    }
    if (problems == 0) return true;
    add(path, fmt::format("has {} errors of structure: {}", problems, first_complaint(said.str())));
    return false;
  }

  /// Xapian need not be trusted to survive bytes that it did not write.
  bool is_as_written(const std::filesystem::path& path) {
    std::string problem;
    const auto found = digest_file(path, problem);
    if (!found) {
      add(path, fmt::format("cannot be read: {}", problem));
    } else if (found->bytes != entry_.postings_bytes) {
      add(path,
          fmt::format("has {} bytes, its manifest says {}", found->bytes, entry_.postings_bytes));
    } else if (found->digest != entry_.postings_digest) {
      add(path, "does not match its checksum");
    } else {
      return true;
    }
    return false;
  }

  /// The first line of Xapian's account that is about a fault.
  static std::string first_complaint(const std::string& said) {
    std::istringstream lines(said);
    for (std::string line; std::getline(lines, line);) {
      const bool is_routine = line.empty() || line.starts_with("blocksize=") ||
                              line.find("checked ok") != std::string::npos ||
                              line.find("checked OK") != std::string::npos || line.ends_with(':');
      if (!is_routine) return line;
    }
    return "Xapian does not say which";
  }

  void compare() try {
    const SegmentColumns columns(folder_, entry_.name, words_in_order_);
    const SegmentWordLists lists(folder_, entry_.name,
                                 columns.words.size() + schema::boundaries.size(), columns.rows());
    const Xapian::Database database(postings_of(folder_).string());
    extent_.terms = check_postings(columns, lists, database, sink(columns_of(folder_)));
    extent_.rows = columns.rows();
  } catch (const Xapian::Error& e) {
    add(postings_of(folder_), fmt::format("cannot be read by Xapian: {}", e.get_description()));
  } catch (const Error& e) {
    if (e.code() == ExitCode::system_failure) throw;
    add(word_lists_of(folder_), phrase_of(e, word_lists_of(folder_)));
  }

  std::filesystem::path folder_;
  const SegmentEntry& entry_;
  const bool words_in_order_;
  DamageList& damage_;
  SegmentExtent extent_;
};

}  // namespace

SegmentExtent check_segment(const IndexLayout& layout, const SegmentEntry& entry,
                            bool words_in_order, DamageList& damage) {
  return SegmentCheck(layout, entry, words_in_order, damage).run();
}

}  // namespace dateline
