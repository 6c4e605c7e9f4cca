// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/shell.h"

#include <algorithm>
#include <array>

namespace dateline {

std::string shell_word(std::string_view word) {
  constexpr std::string_view plain =
      "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_./:=@%+,-";
  if (!word.empty() && word.find_first_not_of(plain) == std::string_view::npos) {
    return std::string(word);
  }
  std::string quoted = "'";
  for (const char c : word) quoted += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return quoted + "'";
}

std::string remedy_at(std::string remedy, const std::string& db) {
  constexpr std::array about_an_index{"--repair",   "--rebuild",   "--forget",
                                      "--entities", "--lock-wait", "--diff"};
  constexpr std::string_view program = "dateline-index ";
  if (db.empty()) return remedy;
  for (auto at = remedy.find(program); at != std::string::npos; at = remedy.find(program, at)) {
    at += program.size();
    const auto rest = std::string_view(remedy).substr(at);
    const bool needs_index = std::any_of(about_an_index.begin(), about_an_index.end(),
                                         [&](const char* o) { return rest.starts_with(o); });
    if (needs_index) remedy.insert(at, "--db " + shell_word(db) + " ");
  }
  return remedy;
}

}  // namespace dateline
