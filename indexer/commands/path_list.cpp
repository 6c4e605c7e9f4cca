// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/commands/path_list.h"

#include <fmt/format.h>

#include <string_view>

#include "common/error.h"
#include "common/text/unicode.h"
#include "corpus/bytes/byte_source.h"

namespace dateline {
namespace {

constexpr std::uint64_t longest_list = 1u << 30;  // bytes

std::string content_of(const std::string& list) {
  std::string content;
  const auto bytes = list == standard_input ? open_standard_input() : open_file(list);
  for (auto block = bytes->next(); !block.empty(); block = bytes->next()) {
    if (content.size() + block.size() > longest_list)
      throw Unreadable(fmt::format("longer than {}", describe_size(longest_list)));
    content.append(block);
  }
  return content;
}

std::vector<std::filesystem::path> split(std::string_view content, PathSeparator separator) {
  const char end = separator == PathSeparator::nul ? '\0' : '\n';
  std::vector<std::filesystem::path> paths;
  while (!content.empty()) {
    const auto length = std::min(content.find(end), content.size());
    std::string_view path = content.substr(0, length);
    content.remove_prefix(std::min(length + 1, content.size()));
    if (separator == PathSeparator::line && path.ends_with('\r')) path.remove_suffix(1);
    if (!path.empty()) paths.emplace_back(path);
  }
  return paths;
}

}  // namespace

std::vector<std::filesystem::path> read_path_list(const std::string& list,
                                                  PathSeparator separator) try {
  auto paths = split(content_of(list), separator);
  if (paths.empty())
    throw Error(ExitCode::usage, fmt::format("the list '{}' names no file", printable(list)),
                "write one path a line into it");
  for (const auto& path : paths)
    if (path == standard_input)
      throw Error(ExitCode::usage, "standard input cannot be named in a list of files",
                  "a file of that name is ./-");
  return paths;
} catch (const Unreadable& problem) {
  throw Error(ExitCode::usage,
              fmt::format("the list '{}' cannot be read: {}", printable(list), problem.what()),
              "dateline-index --files-from LIST, one path a line");
}

}  // namespace dateline
