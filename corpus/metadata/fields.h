// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
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

/// The names by which article sets call their fields. Upper and lower case, '_', '-' and blanks
/// make no difference. Immutable, so shared between threads.
class FieldNames {
 public:
  /// `own` maps a field's name to the user's own name for it, preferred to the well-known ones.
  /// Error(ExitCode::usage) where its left side names none of our fields.
  explicit FieldNames(const std::map<std::string, std::string>& own = {});

  std::optional<KnownName> find(std::string_view name) const;

 private:
  std::unordered_map<std::string, KnownName> known_;
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

  /// Null where the record states none.
  const Value* find(Field field) const;
  /// The items as one text, joined by `separator`; "" where there are none.
  std::string text(Field field, std::string_view separator = " ") const;

 private:
  std::array<std::optional<Value>, field_count> values_;
};

}  // namespace dateline
