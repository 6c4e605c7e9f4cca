// SPDX-License-Identifier: GPL-3.0-or-later
#include "corpus/formats/csv_articles.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <utility>

#include "corpus/bytes/csv_rows.h"
#include "corpus/bytes/encoding.h"
#include "corpus/formats/record_names.h"
#include "corpus/metadata/apply.h"

namespace dateline {
namespace {

class CsvReader {
 public:
  CsvReader(const FileInHand& in, ByteSource& source)
      : in_(in), rows_(source, in.options.max_record_bytes) {}

  void read() {
    read_header();
    CsvRow row;
    bool any = false;
    for (; rows_.next(row); any = true) read_row(row);
    if (!any) throw Unreadable("holds no articles below its header");
  }

 private:
  void read_header() {
    CsvRow header;
    if (!rows_.next(header)) throw Unreadable("no text");
    if (header.state != CsvRow::State::whole)
      throw Unreadable("header: " + describe_problem(header.state, in_.options.max_record_bytes));
    bool holds_articles = false;
    for (const std::string& cell : header.cells) {
      columns_.push_back(in_.names.find(single_line(cell)));
      const auto& known = columns_.back();
      holds_articles |= known && (known->field == Field::title || known->field == Field::body);
    }
    if (!holds_articles)
      throw Unreadable("format not read: CSV that holds no articles (no column is title or text)");
  }

  void read_row(CsvRow& row) {
    const std::string place = fmt::format("row {}", row.number);
    if (row.state != CsvRow::State::whole) {
      in_.sink.refused(place, describe_problem(row.state, in_.options.max_record_bytes));
      return;
    }
    if (has_cells_without_column(row)) {
      in_.sink.refused(place, fmt::format("has {} cells where the header has {}", row.cells.size(),
                                          columns_.size()));
      return;
    }
    RawRecord record;
    if (!row.assumption.empty()) record.article.notes.push_back(std::move(row.assumption));
    for (std::size_t i = 0; i < std::min(row.cells.size(), columns_.size()); ++i)
      if (columns_[i]) record.values.put(*columns_[i], {std::move(row.cells[i])});
    const std::string id = tidy_value(record.values.text(Field::id));
    record.name = names_.name(id.size() <= longest_id ? id : std::string(), place);
    record.fallback_id = fmt::to_string(row.number);
    hand_over_record(in_, std::move(record));
  }

  bool has_cells_without_column(const CsvRow& row) const {
    const auto from = std::min(row.cells.size(), columns_.size());
    return std::any_of(row.cells.begin() + static_cast<std::ptrdiff_t>(from), row.cells.end(),
                       [](const std::string& cell) { return !single_line(cell).empty(); });
  }

  const FileInHand& in_;
  CsvRows rows_;
  std::vector<std::optional<KnownName>> columns_;
  RecordNames names_;
};

}  // namespace

void read_csv_articles(const FileInHand& in, ByteSource& source) { CsvReader(in, source).read(); }

}  // namespace dateline
