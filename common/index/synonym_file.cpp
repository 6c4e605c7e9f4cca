// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/index/synonym_file.h"

#include <fmt/format.h>

#include <string_view>

#include "common/error.h"
#include "common/file_io.h"
#include "common/text/tokenizer.h"
#include "common/text/unicode.h"

namespace dateline {
namespace {

constexpr std::size_t max_file_bytes = 16U << 20;
constexpr std::size_t most_forms = 50;
constexpr std::size_t most_words = 10;

std::size_t count_words(std::string_view form) {
  std::size_t words = 0;
  for (Tokenizer t(form); t.next();) ++words;
  return words;
}

std::vector<std::string> parse_line(std::string_view line, const std::string& where) {
  std::vector<std::string> forms;
  for (std::size_t begin = 0; begin <= line.size();) {
    const auto tab = std::min(line.find('\t', begin), line.size());
    const auto form = line.substr(begin, tab - begin);
    begin = tab + 1;
    if (const auto words = count_words(form); words == 0 || words > most_words) {
      throw Error(ExitCode::usage,
                  fmt::format("{}: '{}' holds {} words; 1 to {} make a form", where,
                              ellipsize(printable(form), 40), words, most_words),
                  "write the forms of a group in one line, with one tab between two");
    }
    forms.emplace_back(form);
  }
  if (forms.size() < 2 || forms.size() > most_forms) {
    throw Error(
        ExitCode::usage,
        fmt::format("{}: a group of {} forms; 2 to {} make one", where, forms.size(), most_forms),
        "write the forms of a group in one line, with one tab between two");
  }
  return forms;
}

}  // namespace

std::vector<std::vector<std::string>> read_synonym_file(const std::filesystem::path& path) {
  std::vector<std::vector<std::string>> groups;
  if (!is_there(path)) return groups;
  const auto text = read_file(path, max_file_bytes);
  std::size_t number = 0;
  for (std::size_t begin = 0; begin < text.size();) {
    const auto end = std::min(text.find('\n', begin), text.size());
    auto line = std::string_view(text).substr(begin, end - begin);
    begin = end + 1;
    ++number;
    if (line.ends_with('\r')) line.remove_suffix(1);
    if (line.empty() || line.front() == '#') continue;
    groups.push_back(parse_line(line, fmt::format("{}:{}", path.string(), number)));
  }
  return groups;
}

}  // namespace dateline
