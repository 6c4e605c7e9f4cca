// SPDX-License-Identifier: GPL-3.0-or-later
#include "corpus/metadata/fields.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "common/error.h"

namespace dateline {
namespace {

struct NameRow {
  std::string_view name;  ///< as normal_name() leaves it
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

bool is_blank(std::string_view text) {
  return text.find_first_not_of(" \t\r\n\v\f") == std::string_view::npos;
}

std::size_t index_of(Field field) { return static_cast<std::size_t>(field); }

bool keeps_alternatives(Field field) {
  return field == Field::source || field == Field::published || field == Field::modified;
}

std::vector<std::string> steps_of(std::string_view path) {
  std::vector<std::string> steps;
  while (true) {
    const auto dot = path.find('.');
    steps.push_back(normal_name(path.substr(0, dot)));
    if (dot == std::string_view::npos) return steps;
    path.remove_prefix(dot + 1);
  }
}

}  // namespace

std::string normal_name(std::string_view name) {
  std::string key;
  for (const char c : name) {
    if (c == '_' || c == '-' || c == ' ') continue;
    key += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  }
  return key;
}

FieldNames::FieldNames(const std::map<std::string, std::string>& own) {
  std::size_t rank = first_well_known_rank;
  for (const NameRow& row : well_known)
    known_.emplace(normal_name(row.name), KnownName{row.field, rank++});
  std::unordered_map<std::string, KnownName> preferred;
  for (const auto& [ours, theirs] : own) {
    const auto meant = known_.find(normal_name(ours));
    if (meant == known_.end() || normal_name(theirs).empty())
      throw Error(
          ExitCode::usage, fmt::format("'{}={}' names no field of an article", ours, theirs),
          "id, title, deck, text, source, date, modified, authors, url, topics, language or path");
    const KnownName name{meant->second.field, own_rank};
    preferred[normal_name(theirs)] = name;
    if (theirs.find('.') != std::string::npos) paths_.push_back({steps_of(theirs), name});
  }
  for (const auto& [name, meaning] : preferred) known_[name] = meaning;
}

std::optional<KnownName> FieldNames::find(std::string_view name) const {
  const auto found = known_.find(normal_name(name));
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
  std::erase_if(items, is_blank);
  if (items.empty()) return;
  std::optional<Value>& held = values_[index_of(name.field)];
  Value value{std::move(items), is_list, name.rank};
  if (!held) {
    held = std::move(value);
    return;
  }
  if (name.rank < held->rank) std::swap(*held, value);
  if (!keeps_alternatives(name.field) || value.rank == held->rank) return;
  const auto place = std::find_if(others_.begin(), others_.end(), [&](const auto& other) {
    return other.first == name.field && other.second.rank >= value.rank;
  });
  if (place == others_.end() || place->second.rank != value.rank)
    others_.emplace(place, name.field, std::move(value));
}

std::vector<const FieldValues::Value*> FieldValues::all(Field field) const {
  std::vector<const Value*> values;
  if (const Value* best = find(field)) values.push_back(best);
  for (const auto& [of, value] : others_)
    if (of == field) values.push_back(&value);
  return values;
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
