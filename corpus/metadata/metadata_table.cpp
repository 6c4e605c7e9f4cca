// SPDX-License-Identifier: GPL-3.0-or-later
#include "corpus/metadata/metadata_table.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <system_error>
#include <utility>

#include "corpus/bytes/byte_source.h"
#include "corpus/bytes/csv_rows.h"
#include "corpus/bytes/encoding.h"
#include "corpus/metadata/apply.h"

namespace dateline {
namespace {

namespace fs = std::filesystem;

constexpr std::uint64_t largest_table = 256u << 20;  // bytes
constexpr std::size_t longest_header = 64 << 10;

using Row = std::vector<std::string>;

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

FieldValues values_of(Row& row, const Columns& columns) {
  FieldValues values;
  for (std::size_t i = 0; i < std::min(row.size(), columns.size()); ++i)
    if (columns[i]) values.put(*columns[i], {std::move(row[i])});
  return values;
}

/// Why the row cannot be used; "" where it can.
std::string problem_of(const CsvRow& row, const Columns& columns) {
  if (row.state != CsvRow::State::whole) return describe_problem(row.state, largest_table);
  if (row.cells.size() <= columns.size()) return {};
  return fmt::format("has {} cells where the header has {}", row.cells.size(), columns.size());
}

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
  CsvRows rows(text, largest_table);
  CsvRow row;
  const Columns columns = rows.next(row) ? columns_of(row.cells, names) : Columns();
  if (columns.empty()) throw Unreadable("no metadata table: no column of paths, or none beside it");
  while (rows.next(row)) {
    if (const auto problem = problem_of(row, columns); !problem.empty()) {
      if (table.problem_.empty()) table.problem_ = fmt::format("row {}: {}", row.number, problem);
      continue;
    }
    FieldValues values = values_of(row.cells, columns);
    const std::string named = values.text(Field::path);
    if (!named.empty()) table.rows_.emplace(normal_path(named), std::move(values));
  }
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
  return is_metadata_table(path, source.peek(), names);
} catch (const Unreadable&) {
  return false;
}

bool is_metadata_table(const fs::path& path, std::string_view start, const FieldNames& names) {
  if (!has_table_extension(path)) return false;
  const std::string head(start.substr(0, longest_header));
  CsvRows rows(head, longest_header);
  CsvRow header;
  return rows.next(header) && !columns_of(header.cells, names).empty();
}

const MetadataTables::Loaded& MetadataTables::at(const fs::path& path) {
  const std::lock_guard lock(mutex_);
  const auto [entry, added] = loaded_.try_emplace(path);
  Loaded& loaded = entry->second;
  if (!added) return loaded;
  try {
    loaded.table = std::make_unique<const MetadataTable>(MetadataTable::load(path, names_));
    if (!loaded.table->problem().empty())
      loaded.problem = fmt::format("metadata table '{}' not read in full: {}",
                                   path.filename().string(), loaded.table->problem());
  } catch (const Unreadable& error) {
    std::error_code unknown;
    if (dynamic_cast<const ReadFailure*>(&error) != nullptr && fs::exists(path, unknown)) {
      loaded_.erase(entry);  // it may be readable the next time
      throw;
    }
    loaded.problem =
        fmt::format("metadata table '{}' not read: {}", path.filename().string(), error.what());
  }
  return loaded;
}

}  // namespace dateline
