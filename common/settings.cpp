// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/settings.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <cstdlib>
#include <map>
#include <optional>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

#include "common/error.h"
#include "common/file_io.h"

namespace dateline {
namespace {

using namespace std::string_view_literals;

constexpr std::uint64_t max_config_bytes = 1U << 20;
constexpr std::string_view common_section = "common";
constexpr std::array sections{common_section, "index"sv, "search"sv};

std::string trimmed(std::string_view text) {
  constexpr std::string_view blank = " \t\r";
  const auto first = text.find_first_not_of(blank);
  if (first == std::string_view::npos) return {};
  return std::string(text.substr(first, text.find_last_not_of(blank) - first + 1));
}

/// "DATELINE_FACET_VALUES"
std::string variable_of(const OptionRow& row) {
  auto name = fmt::format("DATELINE_{}", row.name);
  std::ranges::transform(name, name.begin(), [](char c) {
    return c == '-' ? '_' : static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
  });
  return name;
}

/// What to give ParsedOptions::set() for `values`; a switch that is off is no value.
std::vector<std::string> checked(const OptionRow& row, std::vector<std::string> values) {
  if (row.argument.empty()) {
    if (values.back() == "true") return {""};
    if (values.back() == "false") return {};
    throw Error(ExitCode::usage,
                fmt::format("{} is true or false, not '{}'", row.name, values.back()),
                fmt::format("{} = true", row.name));
  }
  for (const auto& value : values) check_value(row, value);
  return values;
}

/// Runs `read`, and says where in its errors.
template <class F>
auto at_place(const std::string& place, F&& read) {
  try {
    return read();
  } catch (const Error& e) {
    throw Error(e.code(), fmt::format("{}: {}", place, e.what()), e.remedy());
  }
}

void add_environment(ParsedOptions& options, std::span<const OptionRow> rows) {
  for (const auto& row : rows) {
    if (!row.setting) continue;
    const auto name = variable_of(row);
    const char* value = std::getenv(name.c_str());
    if (value == nullptr || *value == '\0') continue;
    options.set(row, at_place("$" + name, [&] { return checked(row, {value}); }));
  }
}

/// One line of the file that gives something.
struct Line {
  const OptionRow* row = nullptr;
  std::string value;
};

/// The lines of a configuration file that are for one program, checked.
class ConfigurationReader {
 public:
  ConfigurationReader(std::span<const OptionRow> rows, std::string_view section)
      : rows_(rows), own_(section) {}

  void read(const std::string& raw) {
    const auto text = trimmed(raw);
    if (text.empty() || text.front() == '#') return;
    if (text.front() == '[') {
      section_ = section_named(text);
      return;
    }
    if (section_ != own_ && section_ != common_section) return;
    const auto equals = text.find('=');
    if (equals == std::string::npos) {
      throw Error(ExitCode::usage, fmt::format("'{}' gives nothing", text),
                  "write: option = value");
    }
    const auto& row = setting_named(trimmed(text.substr(0, equals)));
    auto values = checked(row, {trimmed(text.substr(equals + 1))});
    const bool own = section_ != common_section;
    auto& given = (own ? own_values_ : common_values_)[&row];
    if (!given.empty() && !row.repeatable) {
      throw Error(ExitCode::usage, fmt::format("{} is given twice", row.name), "give it once");
    }
    given.insert(given.end(), values.begin(), values.end());
  }

  void put_into(ParsedOptions& options) const {
    for (const auto& [row, values] : own_values_) options.set(*row, values);
    for (const auto& [row, values] : common_values_) options.set(*row, values);
  }

 private:
  static std::string section_named(const std::string& text) {
    const auto name = text.back() == ']' ? trimmed(text.substr(1, text.size() - 2)) : text;
    if (std::ranges::find(sections, name) != sections.end()) return name;
    throw Error(ExitCode::usage, fmt::format("there is no section '{}'", name),
                "write [common], [index] or [search]");
  }

  const OptionRow& setting_named(const std::string& name) const {
    const auto* row = find_option(rows_, name);
    if (row != nullptr && row->setting) return *row;
    std::vector<std::string_view> known;
    for (const auto& r : rows_) {
      if (r.setting) known.push_back(r.name);
    }
    throw Error(ExitCode::usage, fmt::format("'{}' is no setting", name),
                section_ == common_section
                    ? std::string("what only one program has stands under [index] or [search]")
                    : fmt::format("give one of: {}", fmt::join(known, ", ")));
  }

  std::span<const OptionRow> rows_;
  std::string_view own_;
  std::string section_{common_section};
  std::map<const OptionRow*, std::vector<std::string>> own_values_;
  std::map<const OptionRow*, std::vector<std::string>> common_values_;
};

void add_configuration(ParsedOptions& options, std::span<const OptionRow> rows,
                       std::string_view section) {
  const auto file = configuration_file();
  if (file.empty() || !std::filesystem::exists(file)) return;
  std::istringstream text(read_file(file, max_config_bytes));
  ConfigurationReader reader(rows, section);
  std::size_t number = 0;
  for (std::string line; std::getline(text, line);) {
    constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";
    if (number == 0 && line.starts_with(byte_order_mark)) line.erase(0, byte_order_mark.size());
    at_place(fmt::format("{}:{}", file.string(), ++number), [&] { reader.read(line); });
  }
  reader.put_into(options);
}

}  // namespace

std::filesystem::path configuration_file() {
  const auto from_environment = [](const char* name) {
    const char* value = std::getenv(name);
    return std::filesystem::path(value == nullptr ? "" : value);
  };
  const std::filesystem::path name = std::filesystem::path("dateline") / "config";
  // A relative path is to be passed over: XDG Base Directory Specification.
  if (const auto folder = from_environment("XDG_CONFIG_HOME"); folder.is_absolute()) {
    return folder / name;
  }
  const auto home = from_environment("HOME");
  return home.empty() ? home : home / ".config" / name;
}

void add_settings(ParsedOptions& options, std::span<const OptionRow> rows,
                  std::string_view section) {
  add_environment(options, rows);
  if (!options.has("no-config")) add_configuration(options, rows, section);
}

}  // namespace dateline
