// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/bench/engines/documents.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <fstream>
#include <stdexcept>

namespace dateline::bench {
namespace {

std::string one_line(std::string text) {
  std::replace_if(
      text.begin(), text.end(), [](char c) { return c == '\t' || c == '\n' || c == '\r'; }, ' ');
  return text;
}

std::string_view take(std::string_view& rest, char separator) {
  const auto end = std::min(rest.find(separator), rest.size());
  const auto part = rest.substr(0, end);
  rest.remove_prefix(std::min(end + 1, rest.size()));
  return part;
}

}  // namespace

std::string write_document(const Document& document) {
  return fmt::format("{}\t{}\t{}\t{}\t{}\t{}", one_line(document.id), document.date,
                     one_line(document.source),
                     one_line(fmt::format("{}", fmt::join(document.entities, "|"))),
                     one_line(document.title), one_line(document.text));
}

void for_each_document(const std::string& path, const std::function<void(const Document&)>& use) {
  std::ifstream file(path);
  if (!file) throw std::runtime_error("cannot read " + path);
  Document document;
  for (std::string line; std::getline(file, line);) {
    std::string_view rest = line;
    document.id = take(rest, '\t');
    document.date = take(rest, '\t');
    document.source = take(rest, '\t');
    auto entities = take(rest, '\t');
    document.entities.clear();
    while (!entities.empty()) document.entities.emplace_back(take(entities, '|'));
    document.title = take(rest, '\t');
    document.text = rest;
    use(document);
  }
}

}  // namespace dateline::bench
