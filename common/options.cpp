// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/options.h"

#include <fmt/format.h>

#include <algorithm>
#include <boost/program_options.hpp>
#include <charconv>
#include <optional>

#include "common/error.h"

namespace dateline {
namespace {

namespace po = boost::program_options;

constexpr const char* words_key = "words";

std::string boost_name(const OptionRow& row) {
  return row.letter == 0 ? std::string(row.name) : fmt::format("{},{}", row.name, row.letter);
}

po::options_description describe_rows(std::span<const OptionRow> rows) {
  po::options_description description;
  for (const auto& row : rows) {
    if (row.argument.empty()) {
      description.add_options()(boost_name(row).c_str(), "");
    } else {
      description.add_options()(boost_name(row).c_str(),
                                po::value<std::vector<std::string>>()->composing(), "");
    }
  }
  description.add_options()(words_key, po::value<std::vector<std::string>>(), "");
  return description;
}

/// "-f, --format FORMAT"
std::string heading_of(const OptionRow& row) {
  auto text = row.letter == 0 ? fmt::format("    --{}", row.name)
                              : fmt::format("-{}, --{}", row.letter, row.name);
  if (!row.argument.empty()) text += fmt::format(" {}", row.argument);
  return text;
}

std::optional<long> whole_number(const std::string& text) {
  long n = 0;
  const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), n);
  if (problem != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return n;
}

void refuse_other(std::string_view name, const std::string& value,
                  std::span<const std::string_view> choices) {
  if (std::ranges::find(choices, value) != choices.end()) return;
  throw Error(ExitCode::usage, fmt::format("--{} does not know '{}'", name, value),
              fmt::format("give one of: {}", fmt::join(choices, ", ")));
}

void append_wrapped(std::string& out, std::string_view text, std::size_t indent,
                    std::size_t width) {
  std::size_t column = indent;
  while (!text.empty()) {
    const auto word = text.substr(0, text.find(' '));
    if (column > indent && column + 1 + word.size() > width) {
      out += '\n' + std::string(indent, ' ');
      column = indent;
    }
    if (column > indent) {
      out += ' ';
      ++column;
    }
    out += word;
    column += word.size();
    text.remove_prefix(std::min(text.size(), word.size() + 1));
  }
  out += '\n';
}

bool is_number(std::string_view text) {
  return !text.empty() && text.find_first_not_of("0123456789") == std::string_view::npos;
}

/// "-n5" and "-fjson", as against the "-word" of a query.
bool is_letter_with_value(std::span<const OptionRow> rows, std::string_view argument) {
  const auto row = std::ranges::find(rows, argument[1], &OptionRow::letter);
  const auto value = argument.substr(2);
  if (is_number(value)) return true;
  if (row == rows.end() || row->kind != ValueKind::choice) return false;
  const auto choices = choices_of(*row);
  return std::ranges::find(choices, value) != choices.end();
}

/// "-word" as against "-n", "-n5", "-fjson" and "--name".
bool is_dash_word(std::span<const OptionRow> rows, std::string_view argument) {
  return argument.size() > 2 && argument[0] == '-' && argument[1] != '-' &&
         !is_letter_with_value(rows, argument);
}

std::vector<po::option> take_dash_word(std::span<const OptionRow> rows,
                                       std::vector<std::string>& arguments) {
  std::vector<po::option> taken;
  if (!arguments.empty() && is_dash_word(rows, arguments.front())) {
    po::option word;
    word.position_key = 0;
    word.value = {arguments.front()};
    word.original_tokens = {arguments.front()};
    taken.push_back(word);
    arguments.erase(arguments.begin());
  }
  return taken;
}

std::vector<std::string_view> groups_of(std::span<const OptionRow> rows) {
  std::vector<std::string_view> groups;
  for (const auto& row : rows) {
    if (std::ranges::find(groups, row.group) == groups.end()) groups.push_back(row.group);
  }
  return groups;
}

std::string escape_man(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '\\') {
      out += "\\e";
    } else if (c == '-') {
      out += "\\-";
    } else if (c == '\'' && out.empty()) {
      out += "\\(aq";
    } else {
      out += c;
    }
  }
  return out;
}

}  // namespace

std::vector<std::string_view> choices_of(const OptionRow& row) {
  std::vector<std::string_view> choices;
  for (auto rest = row.choices; !rest.empty();) {
    const auto choice = rest.substr(0, rest.find(' '));
    choices.push_back(choice);
    rest.remove_prefix(std::min(rest.size(), choice.size() + 1));
  }
  return choices;
}

const OptionRow* find_option(std::span<const OptionRow> rows, std::string_view name) {
  const auto found = std::ranges::find(rows, name, &OptionRow::name);
  return found == rows.end() ? nullptr : &*found;
}

void check_value(const OptionRow& row, const std::string& value) {
  if (row.kind == ValueKind::number) {
    const auto n = whole_number(value);
    if (n && *n >= row.low && *n <= row.high) return;
    throw Error(ExitCode::usage,
                fmt::format("--{} takes a whole number, not '{}'", row.name, value),
                fmt::format("give one from {} to {}", row.low, row.high));
  }
  if (row.kind == ValueKind::choice) refuse_other(row.name, value, choices_of(row));
  if (row.kind == ValueKind::folder && value.empty()) {
    throw Error(ExitCode::usage, fmt::format("--{} names no folder", row.name),
                fmt::format("--{} {}, or leave it out", row.name, row.argument));
  }
}

std::string ParsedOptions::value(std::string_view name, std::string_view fallback) const {
  const auto found = values_.find(std::string(name));
  return found == values_.end() ? std::string(fallback) : found->second.back();
}

std::vector<std::string> ParsedOptions::values(std::string_view name) const {
  const auto found = values_.find(std::string(name));
  return found == values_.end() ? std::vector<std::string>{} : found->second;
}

long ParsedOptions::number(std::string_view name, long fallback) const {
  return has(name) ? whole_number(value(name)).value_or(fallback) : fallback;
}

std::string ParsedOptions::choice(std::string_view name, std::string_view fallback,
                                  std::span<const std::string_view> choices) const {
  auto text = value(name, fallback);
  if (!typed(name) && std::ranges::find(choices, text) == choices.end()) {
    return std::string(fallback);
  }
  refuse_other(name, text, choices);
  return text;
}

void ParsedOptions::set(const OptionRow& row, std::vector<std::string> values) {
  const std::string name(row.name);
  if (has(name) || !settings_.insert(name).second) return;
  if (!values.empty()) values_[name] = std::move(values);
}

ParsedOptions parse_options(std::span<const OptionRow> rows, const ProgramText& program, int argc,
                            const char* const* argv) {
  const auto description = describe_rows(rows);
  po::positional_options_description positional;
  positional.add(words_key, -1);
  ParsedOptions parsed;
  try {
    namespace style = po::command_line_style;
    po::command_line_parser parser(argc, argv);
    parser.options(description).positional(positional);
    parser.style(style::allow_long | style::long_allow_adjacent | style::long_allow_next |
                 style::allow_short | style::allow_dash_for_short | style::short_allow_adjacent |
                 style::short_allow_next);
    if (program.dash_words) {
      parser.extra_style_parser(
          [rows](std::vector<std::string>& arguments) { return take_dash_word(rows, arguments); });
    }
    const auto result = parser.run();
    for (const auto& option : result.options) {
      if (option.string_key == words_key) {
        parsed.words.insert(parsed.words.end(), option.value.begin(), option.value.end());
        continue;
      }
      const auto* row = find_option(rows, option.string_key);
      auto& values = parsed.values_[option.string_key];
      if (!values.empty() && row != nullptr && !row->repeatable) {
        throw Error(ExitCode::usage, fmt::format("--{} is given twice", option.string_key),
                    "give it once");
      }
      if (row != nullptr) {
        for (const auto& value : option.value) check_value(*row, value);
      }
      values.insert(values.end(), option.value.begin(), option.value.end());
      if (option.value.empty()) values.emplace_back();
    }
  } catch (const po::error& e) {
    throw Error(ExitCode::usage, e.what(), fmt::format("{} --help", program.name));
  }
  return parsed;
}

std::string help_text(std::span<const OptionRow> rows, const ProgramText& program,
                      std::size_t width) {
  constexpr std::size_t indent = 27;
  auto out = fmt::format("{} - {}\n\nUsage: {} {}\n", program.name, program.purpose, program.name,
                         program.synopsis);
  for (const auto& group : groups_of(rows)) {
    out += fmt::format("\n{}:\n", group);
    for (const auto& row : rows) {
      if (row.group != group) continue;
      auto heading = "  " + heading_of(row);
      if (heading.size() + 1 > indent) {
        heading += '\n' + std::string(indent, ' ');
      } else {
        heading.resize(indent, ' ');
      }
      out += heading;
      append_wrapped(out, row.help, indent, width);
    }
  }
  return out;
}

std::string man_options(std::span<const OptionRow> rows) {
  std::string out = ".SH OPTIONS\n";
  for (const auto& group : groups_of(rows)) {
    out += fmt::format(".SS {}\n", escape_man(group));
    for (const auto& row : rows) {
      if (row.group != group) continue;
      out += ".TP\n.B ";
      if (row.letter != 0) out += fmt::format("\\-{}\\fR, \\fB", row.letter);
      out += fmt::format("\\-\\-{}", escape_man(row.name));
      if (!row.argument.empty()) out += fmt::format("\\fR \\fI{}\\fR", escape_man(row.argument));
      out += fmt::format("\n{}.{}\n", escape_man(row.help), row.setting ? " [setting]" : "");
    }
  }
  return out;
}

}  // namespace dateline
