// SPDX-License-Identifier: GPL-3.0-or-later
#include "corpus/metadata/fields.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "common/error.h"

namespace dateline {
namespace {

struct NameRow {
  std::string_view name;  ///< as normalised() leaves it
  Field field;
};

/// The one table of names, for every format. Preferred names first within a field.
constexpr NameRow well_known[] = {
    {"id", Field::id},
    {"docno", Field::id},
    {"uuid", Field::id},
    {"docid", Field::id},
    {"articleid", Field::id},
    {"guid", Field::id},

    {"title", Field::title},
    {"headline", Field::title},
    {"hed", Field::title},
    {"name", Field::title},

    {"deck", Field::deck},
    {"dek", Field::deck},
    {"standfirst", Field::deck},
    {"subtitle", Field::deck},
    {"subheadline", Field::deck},
    {"description", Field::deck},
    {"summary", Field::deck},
    {"abstract", Field::deck},
    {"excerpt", Field::deck},

    {"text", Field::body},
    {"body", Field::body},
    {"articlebody", Field::body},
    {"fulltext", Field::body},
    {"maintext", Field::body},
    {"bodytext", Field::body},
    {"content", Field::body},
    {"contents", Field::body},
    {"article", Field::body},

    {"source", Field::source},
    {"publisher", Field::source},
    {"outlet", Field::source},
    {"publication", Field::source},
    {"newspaper", Field::source},
    {"sitename", Field::source},
    {"site", Field::source},
    {"agency", Field::source},
    {"provider", Field::source},

    {"published", Field::published},
    {"datepublished", Field::published},
    {"publishedat", Field::published},
    {"publishdate", Field::published},
    {"publishedon", Field::published},
    {"pubdate", Field::published},
    {"publicationdate", Field::published},
    {"date", Field::published},
    {"createdat", Field::published},
    {"timestamp", Field::published},

    {"modified", Field::modified},
    {"datemodified", Field::modified},
    {"updated", Field::modified},
    {"updatedat", Field::modified},
    {"modifiedat", Field::modified},

    {"authors", Field::authors},
    {"author", Field::authors},
    {"byline", Field::authors},
    {"by", Field::authors},
    {"creator", Field::authors},
    {"writer", Field::authors},

    {"url", Field::url},
    {"canonicalurl", Field::url},
    {"permalink", Field::url},
    {"link", Field::url},

    {"topics", Field::topics},
    {"topic", Field::topics},
    {"section", Field::topics},
    {"categories", Field::topics},
    {"category", Field::topics},
    {"tags", Field::topics},
    {"keywords", Field::topics},

    {"language", Field::language},
    {"lang", Field::language},

    {"path", Field::path},
    {"file", Field::path},
    {"filename", Field::path},
    {"filepath", Field::path},
};

/// Ranks of the user's own names come before all others.
constexpr std::size_t own_rank = 0;
constexpr std::size_t first_well_known_rank = 1;

std::string normalised(std::string_view name) {
  std::string key;
  for (const char c : name) {
    if (c == '_' || c == '-' || c == ' ') continue;
    key += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  }
  return key;
}

bool is_blank(std::string_view text) {
  return text.find_first_not_of(" \t\r\n\v\f") == std::string_view::npos;
}

std::size_t index_of(Field field) { return static_cast<std::size_t>(field); }

}  // namespace

FieldNames::FieldNames(const std::map<std::string, std::string>& own) {
  std::size_t rank = first_well_known_rank;
  for (const NameRow& row : well_known)
    known_.emplace(normalised(row.name), KnownName{row.field, rank++});
  std::unordered_map<std::string, KnownName> preferred;
  for (const auto& [ours, theirs] : own) {
    const auto meant = known_.find(normalised(ours));
    if (meant == known_.end() || normalised(theirs).empty())
      throw Error(
          ExitCode::usage, fmt::format("'{}={}' names no field of an article", ours, theirs),
          "id, title, deck, text, source, date, modified, authors, url, topics, language or path");
    preferred[normalised(theirs)] = {meant->second.field, own_rank};
  }
  for (const auto& [name, meaning] : preferred) known_[name] = meaning;
}

std::optional<KnownName> FieldNames::find(std::string_view name) const {
  const auto found = known_.find(normalised(name));
  if (found == known_.end()) return std::nullopt;
  return found->second;
}

std::vector<std::string_view> well_known_names(Field field) {
  std::vector<std::string_view> names;
  for (const NameRow& row : well_known)
    if (row.field == field) names.push_back(row.name);
  return names;
}

void FieldValues::put(KnownName name, std::vector<std::string> items, bool is_list) {
  std::optional<Value>& held = values_[index_of(name.field)];
  if (held && held->rank <= name.rank) return;
  std::erase_if(items, is_blank);
  if (!items.empty()) held = Value{std::move(items), is_list, name.rank};
}

const FieldValues::Value* FieldValues::find(Field field) const {
  const std::optional<Value>& held = values_[index_of(field)];
  return held ? &*held : nullptr;
}

std::string FieldValues::text(Field field, std::string_view separator) const {
  const Value* value = find(field);
  return value ? fmt::format("{}", fmt::join(value->items, separator)) : std::string();
}

}  // namespace dateline
