// SPDX-License-Identifier: GPL-3.0-or-later
#include "corpus/bytes/csv_rows.h"

#include <fmt/format.h>

#include <algorithm>
#include <new>
#include <utility>

#include "corpus/bytes/encoding.h"

namespace dateline {
namespace {

constexpr std::size_t most_cells = 1 << 16;

bool is_line_end(char c) { return c == '\n' || c == '\r'; }

/// Tabs separate cells, so they are no blanks to be trimmed.
int is_blank(unsigned char c) { return c == ' '; }

/// What libcsv's callbacks fill; nothing may be thrown through its C.
struct CellCollector {
  std::vector<std::string>& cells;
  bool out_of_memory = false;

  static void on_cell(void* text, std::size_t length, void* self) noexcept {
    auto* collector = static_cast<CellCollector*>(self);
    try {
      if (collector->cells.size() < most_cells)
        collector->cells.emplace_back(static_cast<const char*>(text), length);
    } catch (const std::bad_alloc&) {
      collector->out_of_memory = true;
    }
  }
};

/// The separator that stands most often outside of quotes; a comma where none does.
char most_frequent(std::string_view row, std::string_view candidates) {
  std::vector<std::ptrdiff_t> counts(candidates.size(), 0);
  bool quoted = false;
  for (const char c : row) {
    if (c == '"') quoted = !quoted;
    const auto candidate = candidates.find(c);
    if (!quoted && candidate != std::string_view::npos) ++counts[candidate];
  }
  const auto most = std::max_element(counts.begin(), counts.end());
  return candidates[static_cast<std::size_t>(most - counts.begin())];
}

}  // namespace

std::string describe_problem(CsvRow::State state, std::uint64_t longest) {
  switch (state) {
    case CsvRow::State::whole:
      return {};
    case CsvRow::State::too_long:
      return fmt::format("longer than {}", describe_size(longest));
    case CsvRow::State::cut_off:
      return "a quoted cell has no end; what follows is lost in it";
    case CsvRow::State::malformed:
      return "not CSV: a quote within a cell";
  }
  return {};
}

CsvRows::CsvRows(ByteSource& source, std::uint64_t longest) : source_(&source), longest_(longest) {
  reset_parser();
}

CsvRows::CsvRows(std::string_view text, std::uint64_t longest) : longest_(longest), block_(text) {
  reset_parser();
}

CsvRows::~CsvRows() { csv_free(&parser_); }

void CsvRows::reset_parser() {
  csv_free(&parser_);
  if (csv_init(&parser_, CSV_STRICT | CSV_STRICT_FINI) != 0) throw std::bad_alloc();
  csv_set_space_func(&parser_, is_blank);
  csv_set_delim(&parser_, static_cast<unsigned char>(separators_.front()));
}

bool CsvRows::fill() {
  if (block_.empty() && source_) block_ = source_->next();
  return !block_.empty();
}

/// Whether `c` is still of the row. A quote opens only at the start of a cell.
bool CsvRows::belongs(char c) {
  if (quoted_) {
    if (c == '"') quoted_ = false;
    quote_before_ = c == '"';
    return true;
  }
  if (c == '"' && (cell_starts_ || quote_before_)) {
    quoted_ = true;
    cell_starts_ = quote_before_ = false;
    return true;
  }
  quote_before_ = false;
  if (is_line_end(c)) return false;
  const bool separates = separators_.find(c) != std::string::npos;
  cell_starts_ = separates || (cell_starts_ && c == ' ');
  return true;
}

/// Puts the next row's bytes into `text_`, its line end left out.
void CsvRows::cut(CsvRow& row) {
  text_.clear();
  row.state = CsvRow::State::whole;
  quoted_ = quote_before_ = false;
  cell_starts_ = true;
  while (fill()) {
    if (std::exchange(after_return_, false) && block_.front() == '\n') {
      block_.remove_prefix(1);
      continue;
    }
    std::size_t bytes = 0;
    while (bytes < block_.size() && belongs(block_[bytes])) ++bytes;
    if (text_.size() + bytes > longest_) row.state = CsvRow::State::too_long;
    if (row.state == CsvRow::State::too_long)
      text_.clear();
    else
      text_.append(block_.substr(0, bytes));
    const bool ended = bytes < block_.size();
    after_return_ = ended && block_[bytes] == '\r';
    block_.remove_prefix(bytes + (ended ? 1 : 0));
    if (ended) return;
  }
  if (quoted_ && row.state == CsvRow::State::whole) row.state = CsvRow::State::cut_off;
}

/// "sep=;", as spreadsheets write it above the header.
bool CsvRows::take_separator_line() {
  const std::string_view line = text_;
  if (line.size() != 5 || line.substr(0, 4) != "sep=") return false;
  separators_ = line.back();
  reset_parser();
  return true;
}

void CsvRows::parse(CsvRow& row) {
  if (!is_utf8(text_)) {
    Decoded decoded = to_utf8(std::move(text_));
    row.assumption = describe_assumption(decoded);
    text_ = std::move(decoded.text);
  }
  CellCollector collector{row.cells};
  const std::size_t parsed =
      csv_parse(&parser_, text_.data(), text_.size(), CellCollector::on_cell, nullptr, &collector);
  const bool sound = parsed == text_.size() &&
                     csv_fini(&parser_, CellCollector::on_cell, nullptr, &collector) == 0;
  if (collector.out_of_memory || csv_error(&parser_) == CSV_ENOMEM) throw std::bad_alloc();
  if (sound) return;
  row.state = CsvRow::State::malformed;
  row.cells.clear();
  reset_parser();
}

bool CsvRows::next(CsvRow& row) {
  row.cells.clear();
  row.assumption.clear();
  while (fill()) {
    cut(row);
    ++number_;
    const bool blank = text_.find_first_not_of(' ') == std::string::npos;
    if (row.state == CsvRow::State::whole && blank) continue;
    if (number_ == 1 && take_separator_line()) continue;
    if (separators_.size() > 1) {
      separators_ = most_frequent(text_, separators_);
      reset_parser();
    }
    row.number = number_;
    if (row.state == CsvRow::State::whole) parse(row);
    return true;
  }
  return false;
}

}  // namespace dateline
