// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <csv.h>

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "corpus/bytes/byte_source.h"

namespace dateline {

struct CsvRow {
  enum class State {
    whole,      ///< `cells` holds it
    too_long,   ///< longer than allowed, and skipped without being stored
    cut_off,    ///< a quoted cell has no end
    malformed,  ///< a quote stands where none may
  };
  std::vector<std::string> cells;  ///< valid UTF-8
  std::uint64_t number = 0;        ///< from 1, the header's; blank rows count
  std::string assumption;          ///< what had to be assumed about its encoding; "" mostly
  State state = State::whole;
};

/// "a quoted cell has no end" and the like; "" for State::whole.
std::string describe_problem(CsvRow::State state, std::uint64_t longest);

/// Rows of cells as RFC 4180 has them, separated by ',', ';', tab or '|', whichever the first row
/// has most of, or as a first line such as "sep=;" says. Holds one row at a time: one that is
/// malformed costs no other, one whose quote is never closed takes all that follows with it.
class CsvRows {
 public:
  CsvRows(ByteSource& source, std::uint64_t longest);
  /// `text` is to live as long as this.
  CsvRows(std::string_view text, std::uint64_t longest);
  ~CsvRows();
  CsvRows(const CsvRows&) = delete;
  CsvRows& operator=(const CsvRows&) = delete;

  /// False at the end. Throws Unreadable as ByteSource does. Leaves blank rows out.
  bool next(CsvRow& row);

 private:
  bool fill();
  void cut(CsvRow& row);
  bool belongs(char c);
  void parse(CsvRow& row);
  void reset_parser();
  bool take_separator_line();

  ByteSource* source_ = nullptr;
  std::uint64_t longest_;
  std::string_view block_;
  std::string text_;
  std::string separators_ = ",;\t|";  ///< one, once the first row is read
  std::uint64_t number_ = 0;
  bool quoted_ = false, cell_starts_ = true, quote_before_ = false, after_return_ = false;
  csv_parser parser_{};
};

}  // namespace dateline
