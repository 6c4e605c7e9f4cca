// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <map>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace dateline {

/// What an option's value must be. A choice is one of `choices`; a suggestion may be another.
enum class ValueKind { text, number, choice, suggestion, file, folder };

/// One row a command-line option: parser, --help, man page, completions and the configuration file
/// are all made from the rows.
struct OptionRow {
  std::string_view name;      ///< long name without dashes: "format"
  char letter = 0;            ///< short name, 0 if none
  std::string_view argument;  ///< what to call the value: "FORMAT"; empty for a switch
  std::string_view group;     ///< heading in --help
  std::string_view help;      ///< one sentence without a full stop, at most 200 characters
  bool repeatable = false;
  ValueKind kind = ValueKind::text;
  std::string_view choices = {};  ///< with spaces in between
  long low = 0;                   ///< a number's bounds, both allowed
  long high = 0;
  bool setting = false;  ///< the configuration file and the environment may give it

  constexpr OptionRow repeated() const {
    auto row = *this;
    row.repeatable = true;
    return row;
  }
  constexpr OptionRow as_setting() const {
    auto row = *this;
    row.setting = true;
    return row;
  }
  constexpr OptionRow of(ValueKind k) const {
    auto row = *this;
    row.kind = k;
    return row;
  }
  constexpr OptionRow one_of(std::string_view values) const {
    return of(ValueKind::choice).listing(values);
  }
  constexpr OptionRow such_as(std::string_view values) const {
    return of(ValueKind::suggestion).listing(values);
  }
  constexpr OptionRow number(long least, long most) const {
    auto row = of(ValueKind::number);
    row.low = least;
    row.high = most;
    return row;
  }

 private:
  constexpr OptionRow listing(std::string_view values) const {
    auto row = *this;
    row.choices = values;
    return row;
  }
};

/// The words of `choices`.
std::vector<std::string_view> choices_of(const OptionRow& row);

const OptionRow* find_option(std::span<const OptionRow> rows, std::string_view name);

/// Refuses a value that is none of this option: Error(usage) that says which are.
void check_value(const OptionRow& row, const std::string& value);

/// What stands around the rows in --help and the man page.
struct ProgramText {
  std::string_view name;      ///< "dateline-search"
  std::string_view purpose;   ///< for the NAME section
  std::string_view synopsis;  ///< after the name
  /// Whether "-word" is a word (a query's exclusion) rather than a bundle of short options.
  bool dash_words = false;
};

/// The options and words of one command line, and the settings for what it leaves open.
class ParsedOptions {
 public:
  bool has(std::string_view name) const { return values_.contains(std::string(name)); }
  /// Whether the command line itself has it, rather than a setting.
  bool typed(std::string_view name) const {
    return has(name) && !settings_.contains(std::string(name));
  }
  /// The value of an option that takes one; `fallback` if it was not given.
  std::string value(std::string_view name, std::string_view fallback = {}) const;
  std::vector<std::string> values(std::string_view name) const;
  /// REQUIRES: the option's row says that it is a number.
  long number(std::string_view name, long fallback) const;
  /// One of `choices`, which one mode of a program may have fewer of than the row: Error(usage)
  /// that lists them otherwise. A setting that this mode does not have gives way to `fallback`.
  std::string choice(std::string_view name, std::string_view fallback,
                     std::span<const std::string_view> choices) const;
  /// Takes values for an option that has none yet; no values: it stays without, whatever comes.
  void set(const OptionRow& row, std::vector<std::string> values);

  std::vector<std::string> words;  ///< what is no option, in order

 private:
  friend ParsedOptions parse_options(std::span<const OptionRow>, const ProgramText&, int,
                                     const char* const*);
  std::map<std::string, std::vector<std::string>> values_;
  std::set<std::string> settings_;  ///< decided by set()
};

/// Throws Error(usage) for anything the rows do not allow. Words after "--" are never options.
ParsedOptions parse_options(std::span<const OptionRow> rows, const ProgramText& program, int argc,
                            const char* const* argv);

/// The text of --help, for a terminal of `width` columns.
std::string help_text(std::span<const OptionRow> rows, const ProgramText& program,
                      std::size_t width);

/// The OPTIONS section of the man page, in man(7) markup.
std::string man_options(std::span<const OptionRow> rows);

}  // namespace dateline
