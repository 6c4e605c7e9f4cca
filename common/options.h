// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace dateline {

/// One row a command-line option: parser, --help and man page are all made from the rows.
struct OptionRow {
  std::string_view name;      ///< long name without dashes: "format"
  char letter = 0;            ///< short name, 0 if none
  std::string_view argument;  ///< what to call the value: "FORMAT"; empty for a switch
  std::string_view group;     ///< heading in --help
  std::string_view help;      ///< one sentence without a full stop, at most 200 characters
  bool repeatable = false;
};

/// What stands around the rows in --help and the man page.
struct ProgramText {
  std::string_view name;      ///< "dateline-search"
  std::string_view purpose;   ///< for the NAME section
  std::string_view synopsis;  ///< after the name
  /// Whether "-word" is a word (a query's exclusion) rather than a bundle of short options.
  bool dash_words = false;
};

/// The options and words of one command line.
class ParsedOptions {
 public:
  bool has(std::string_view name) const { return values_.contains(std::string(name)); }
  /// The value of an option that takes one; `fallback` if it was not given.
  std::string value(std::string_view name, std::string_view fallback = {}) const;
  std::vector<std::string> values(std::string_view name) const;
  /// Whole number in [low, high]; Error(usage) that names option and range otherwise.
  long number(std::string_view name, long fallback, long low, long high) const;
  /// One of `choices`; Error(usage) that lists them otherwise.
  std::string choice(std::string_view name, std::string_view fallback,
                     std::span<const std::string_view> choices) const;

  std::vector<std::string> words;  ///< what is no option, in order

 private:
  friend ParsedOptions parse_options(std::span<const OptionRow>, const ProgramText&, int,
                                     const char* const*);
  std::map<std::string, std::vector<std::string>> values_;
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
