// SPDX-License-Identifier: GPL-3.0-or-later
#include "corpus/formats/front_matter.h"

#include <fmt/format.h>
#include <yaml-cpp/yaml.h>

#include <optional>
#include <utility>
#include <vector>

#include "corpus/bytes/encoding.h"

namespace dateline {
namespace {

constexpr std::size_t longest_block = 64 << 10;  // bytes
constexpr std::size_t longest_name = 40;

std::string_view take_line(std::string_view& text) {
  const auto end = std::min(text.find('\n'), text.size());
  std::string_view line = text.substr(0, end);
  text.remove_prefix(std::min(end + 1, text.size()));
  while (line.ends_with(' ')) line.remove_suffix(1);
  return line;
}

struct HeaderLine {
  std::string_view name, value;
};

std::optional<HeaderLine> split_header(std::string_view line) {
  const auto colon = line.find(':');
  if (colon == std::string_view::npos || colon == 0 || colon > longest_name) return std::nullopt;
  const std::string_view name = line.substr(0, colon);
  const bool word =
      name.find_first_not_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_- ") ==
          std::string_view::npos &&
      name.front() != ' ' && name.front() != '-';
  const bool set_apart = colon + 1 == line.size() || line[colon + 1] == ' ';
  if (!word || !set_apart) return std::nullopt;
  return HeaderLine{name, line.substr(colon + 1)};
}

std::string unquoted(std::string value) {
  const bool quoted = value.size() >= 2 && value.front() == value.back() &&
                      (value.front() == '"' || value.front() == '\'');
  return quoted ? value.substr(1, value.size() - 2) : value;
}

/// "Name: value" lines, each perhaps continued on indented ones. Empty when a line is neither, or
/// when nothing in them is known.
class HeaderBlock {
 public:
  explicit HeaderBlock(const FieldNames& names) : names_(names) {}

  bool add(std::string_view line) {
    if (line.starts_with(' ') && !headers_.empty()) {
      headers_.back().second += line;
      return true;
    }
    const auto header = split_header(line);
    if (header) headers_.emplace_back(header->name, header->value);
    return header.has_value();
  }

  /// One known field may be a headline with a colon ("Summary: what we know"), unless it is one
  /// that no headline starts with.
  bool is_metadata() const {
    std::size_t known = 0;
    bool telling = false;
    for (const auto& [name, value] : headers_) {
      const auto found = names_.find(name);
      if (!found) continue;
      ++known;
      telling |= found->field == Field::title || found->field == Field::published ||
                 found->field == Field::url;
    }
    return known >= 2 || (known == 1 && telling && headers_.size() == 1);
  }

  FieldValues values() const {
    FieldValues values;
    for (const auto& [name, value] : headers_)
      if (const auto known = names_.find(name)) values.put(*known, {unquoted(single_line(value))});
    return values;
  }

 private:
  const FieldNames& names_;
  std::vector<std::pair<std::string, std::string>> headers_;
};

std::optional<FrontMatter> read_header_block(std::string_view text, const FieldNames& names) {
  HeaderBlock block(names);
  std::string_view rest = text;
  std::string_view line = take_line(rest);
  while (!line.empty()) {
    if (text.size() - rest.size() > longest_block || !block.add(line)) return std::nullopt;
    line = take_line(rest);
  }
  if (!block.is_metadata()) return std::nullopt;
  return FrontMatter{block.values(), rest, {}};
}

/// The texts of a YAML scalar, of a list of them, or of the "name" of a map.
void collect_texts(const YAML::Node& node, std::vector<std::string>& texts, int depth = 0) {
  if (node.IsScalar()) texts.push_back(node.Scalar());
  if (depth == 2) return;
  if (node.IsSequence())
    for (const YAML::Node& item : node) collect_texts(item, texts, depth + 1);
  if (node.IsMap() && node["name"]) collect_texts(node["name"], texts, depth + 1);
}

FieldValues values_of_map(const YAML::Node& map, const FieldNames& names) {
  FieldValues values;
  for (const auto& entry : map) {
    if (!entry.first.IsScalar()) continue;
    const auto known = names.find(entry.first.Scalar());
    if (!known) continue;
    std::vector<std::string> texts;
    collect_texts(entry.second, texts);
    for (std::string& text : texts)
      if (!is_utf8(text)) text = to_utf8(std::move(text)).text;
    values.put(*known, std::move(texts), entry.second.IsSequence());
  }
  return values;
}

/// What can be had of a block that is not YAML, as "title: Storm: three dead" is not.
FieldValues values_of_lines(std::string_view block, const FieldNames& names) {
  HeaderBlock lines(names);
  while (!block.empty()) lines.add(take_line(block));
  return lines.values();
}

void read_yaml(std::string_view block, const FieldNames& names, FrontMatter& front) {
  try {
    const YAML::Node root = YAML::Load(std::string(block));
    if (root.IsMap()) {
      front.values = values_of_map(root, names);
      return;
    }
    front.problem = "front matter holds no fields";
  } catch (const YAML::Exception& error) {
    front.values = values_of_lines(block, names);
    front.problem =
        fmt::format("front matter is not YAML (line {}), read line by line", error.mark.line + 2);
  }
}

std::optional<FrontMatter> read_yaml_block(std::string_view text, const FieldNames& names) {
  std::string_view rest = text;
  if (take_line(rest) != "---") return std::nullopt;
  const std::string_view start = rest;
  while (!rest.empty() && start.size() - rest.size() <= longest_block) {
    const std::size_t length = start.size() - rest.size();
    const std::string_view line = take_line(rest);
    if (line != "---" && line != "...") continue;
    FrontMatter front{{}, rest, {}};
    read_yaml(start.substr(0, length), names, front);
    return front;
  }
  return std::nullopt;
}

}  // namespace

FrontMatter read_front_matter(std::string_view text, const FieldNames& names) {
  const auto first = std::min(text.find_first_not_of(" \n"), text.size());
  const auto line_start = first == 0 ? 0 : text.rfind('\n', first) + 1;
  const std::string_view top = text.substr(line_start);
  if (auto front = read_yaml_block(top, names)) return std::move(*front);
  if (auto front = read_header_block(top, names)) return std::move(*front);
  return {{}, text, {}};
}

}  // namespace dateline
