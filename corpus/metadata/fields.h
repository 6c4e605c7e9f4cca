// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

namespace dateline {

/// What a field of JSON, of front matter or of a metadata table can be to an article.
enum class Field : std::size_t {
  id,
  title,
  deck,
  body,
  source,
  published,
  modified,
  authors,
  url,
  topics,
  language,
  path,  ///< in a metadata table: the file that a row is about
};
inline constexpr std::size_t field_count = 12;

/// A field that a name stands for. Where several names of one record stand for the same field, the
/// one of the lowest rank is the field's value.
struct KnownName {
  Field field = Field::id;
  std::size_t rank = 0;
};

/// A user's own name that is a path into nested objects: "headline.main", "authors.0.name".
struct NamedPath {
  std::vector<std::string> steps;  ///< two or more, as normal_name() leaves them
  KnownName name;
};

/// A name as names are compared: in lower case, '_', '-' and blanks left out.
std::string normal_name(std::string_view name);

/// The names by which article sets call their fields. Upper and lower case, '_', '-' and blanks
/// make no difference. Immutable, so shared between threads.
class FieldNames {
 public:
  /// `own` maps a field's name to the user's own name for it, preferred to the well-known ones.
  /// Error(ExitCode::usage) where its left side names none of our fields.
  explicit FieldNames(const std::map<std::string, std::string>& own = {});

  std::optional<KnownName> find(std::string_view name) const;

  /// The user's own names with dots in them. A field whose name is the whole of it, dots and all,
  /// is preferred to the field at the end of the path.
  const std::vector<NamedPath>& paths() const { return paths_; }

 private:
  std::unordered_map<std::string, KnownName> known_;
  std::vector<NamedPath> paths_;
};

/// The well-known names of `field`, preferred ones first: for help texts.
std::vector<std::string_view> well_known_names(Field field);

/// The values that one record states, by field, as the record writes them.
class FieldValues {
 public:
  struct Value {
    std::vector<std::string> items;  ///< valid UTF-8, not yet cleaned, none blank
    bool is_list = false;            ///< the record wrote a list, so commas do not separate
    std::size_t rank = 0;
  };

  /// Keeps `items` unless the field has a value of a better or the same rank. Blank items are left
  /// out; a value without any other is none.
  void put(KnownName name, std::vector<std::string> items, bool is_list = false);

  /// All values of the source or a date, the best first: the others are for where that is none. Of
  /// any other field only the best is kept.
  std::vector<const Value*> all(Field field) const;

  /// Null where the record states none.
  const Value* find(Field field) const;
  /// The items as one text, joined by `separator`; "" where there are none.
  std::string text(Field field, std::string_view separator = " ") const;

 private:
  std::array<std::optional<Value>, field_count> values_;
  std::vector<std::pair<Field, Value>> others_;  ///< by rank within a field, each rank once
};

}  // namespace dateline
