// SPDX-License-Identifier: GPL-3.0-or-later
#include "corpus/metadata/metadata_table.h"

#include <csv.h>
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>
#include <system_error>
#include <utility>

#include "corpus/bytes/byte_source.h"
#include "corpus/bytes/encoding.h"
#include "corpus/metadata/apply.h"

namespace dateline {
namespace {

namespace fs = std::filesystem;

constexpr std::uint64_t largest_table = 256u << 20;  // bytes
constexpr std::size_t longest_header = 64 << 10;
constexpr std::size_t most_columns = 1024;

using Row = std::vector<std::string>;

/// Gathers cells into rows. libcsv calls it through C, so nothing may be thrown out of it.
class RowCollector {
 public:
  virtual ~RowCollector() = default;
  virtual void row(Row&& row) noexcept = 0;

  static void on_cell(void* text, std::size_t length, void* self) noexcept {
    Row& row = static_cast<RowCollector*>(self)->row_;
    if (row.size() < most_columns) row.emplace_back(static_cast<const char*>(text), length);
  }
  static void on_row_end(int, void* self) noexcept {
    auto* collector = static_cast<RowCollector*>(self);
    collector->row(std::exchange(collector->row_, {}));
  }

 private:
  Row row_;
};

class CsvParser {
 public:
  explicit CsvParser(char separator) {
    csv_init(&parser_, 0);
    csv_set_delim(&parser_, static_cast<unsigned char>(separator));
    csv_set_space_func(&parser_, is_blank);
  }
  ~CsvParser() { csv_free(&parser_); }
  CsvParser(const CsvParser&) = delete;
  CsvParser& operator=(const CsvParser&) = delete;

  void parse(std::string_view text, RowCollector& rows) {
    csv_parse(&parser_, text.data(), text.size(), RowCollector::on_cell, RowCollector::on_row_end,
              &rows);
    csv_fini(&parser_, RowCollector::on_cell, RowCollector::on_row_end, &rows);
  }

 private:
  /// Tabs separate cells, so they are no blanks to be trimmed.
  static int is_blank(unsigned char c) { return c == ' '; }

  csv_parser parser_{};
};

char separator_of(std::string_view header) {
  char best = ',';
  for (const char candidate : {',', '\t', ';'})
    if (std::count(header.begin(), header.end(), candidate) >
        std::count(header.begin(), header.end(), best))
      best = candidate;
  return best;
}

/// What the columns of a header mean; empty where it is no metadata table's.
using Columns = std::vector<std::optional<KnownName>>;

Columns columns_of(const Row& header, const FieldNames& names) {
  Columns columns;
  bool path = false, metadata = false;
  for (const std::string& cell : header) {
    const auto known = names.find(single_line(cell));
    columns.push_back(known);
    if (!known) continue;
    path |= known->field == Field::path;
    metadata |= known->field == Field::source || known->field == Field::published ||
                known->field == Field::title || known->field == Field::url;
  }
  return path && metadata ? columns : Columns();
}

/// A path as a table writes it, in the form in which files are looked up.
std::string normal_path(std::string path) {
  std::replace(path.begin(), path.end(), '\\', '/');
  return fs::path(path).lexically_normal().string();
}

class TableLoader : public RowCollector {
 public:
  TableLoader(const FieldNames& names, std::unordered_map<std::string, FieldValues>& rows)
      : names_(names), rows_(rows) {}

  void row(Row&& row) noexcept override {
    if (columns_.empty() && !refused_) {
      columns_ = columns_of(row, names_);
      refused_ = columns_.empty();
      return;
    }
    if (!refused_) add(row);
  }

  bool refused() const { return refused_ || columns_.empty(); }

 private:
  void add(Row& row) {
    FieldValues values;
    for (std::size_t i = 0; i < std::min(row.size(), columns_.size()); ++i)
      if (columns_[i]) values.put(*columns_[i], {std::move(row[i])});
    const std::string path = values.text(Field::path);
    if (!path.empty()) rows_.emplace(normal_path(path), std::move(values));
  }

  const FieldNames& names_;
  std::unordered_map<std::string, FieldValues>& rows_;
  Columns columns_;
  bool refused_ = false;
};

class HeaderReader : public RowCollector {
 public:
  void row(Row&& row) noexcept override {
    if (header.empty()) header = std::move(row);
  }
  Row header;
};

std::string_view first_line(std::string_view text) { return text.substr(0, text.find('\n')); }

bool has_table_extension(const fs::path& path) {
  std::string extension = path.extension().string();
  std::transform(extension.begin(), extension.end(), extension.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  });
  return extension == ".csv" || extension == ".tsv";
}

}  // namespace

MetadataTable MetadataTable::load(const fs::path& path, const FieldNames& names) {
  MetadataTable table;
  table.folder_ = path.parent_path();
  ByteSource source(path);
  const std::string text = to_utf8(read_to_end(source, largest_table)).text;
  TableLoader loader(names, table.rows_);
  CsvParser(separator_of(first_line(text))).parse(text, loader);
  if (loader.refused())
    throw Unreadable("no metadata table: no column of paths, or none beside it");
  return table;
}

const FieldValues* MetadataTable::find(const fs::path& file) const {
  const fs::path relative = file.lexically_relative(folder_);
  auto found = rows_.find(relative.string());
  if (found == rows_.end()) found = rows_.find(file.string());
  return found == rows_.end() ? nullptr : &found->second;
}

std::vector<fs::path> MetadataTable::missing() const {
  std::vector<fs::path> missing;
  for (const auto& [name, values] : rows_) {
    std::error_code ignored;
    const fs::path file = folder_ / name;
    if (!fs::exists(file, ignored)) missing.push_back(file);
  }
  std::sort(missing.begin(), missing.end());
  return missing;
}

bool is_metadata_table(const fs::path& path, const FieldNames& names) try {
  if (!has_table_extension(path)) return false;
  ByteSource source(path);
  const std::string_view start = source.peek().substr(0, longest_header);
  const std::string_view header = first_line(start);
  HeaderReader reader;
  CsvParser(separator_of(header)).parse(header, reader);
  return !columns_of(reader.header, names).empty();
} catch (const Unreadable&) {
  return false;
}

const MetadataTables::Loaded& MetadataTables::at(const fs::path& path) {
  const std::lock_guard lock(mutex_);
  const auto [entry, added] = loaded_.try_emplace(path);
  Loaded& loaded = entry->second;
  if (!added) return loaded;
  try {
    loaded.table = std::make_unique<const MetadataTable>(MetadataTable::load(path, names_));
  } catch (const Unreadable& error) {
    loaded.problem =
        fmt::format("metadata table '{}' not read: {}", path.filename().string(), error.what());
  }
  return loaded;
}

}  // namespace dateline
