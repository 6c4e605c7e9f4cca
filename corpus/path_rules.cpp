// SPDX-License-Identifier: GPL-3.0-or-later
#include "corpus/path_rules.h"

#include <algorithm>

#include "common/text/unicode.h"

namespace dateline {
namespace {

std::string_view name_of(std::string_view path) { return path.substr(path.rfind('/') + 1); }

/// Takes the first part off a path; `rest` is at its end where none follows.
std::string_view take_part(std::string_view& rest) {
  const auto end = std::min(rest.find('/'), rest.size());
  const std::string_view part = rest.substr(0, end);
  rest.remove_prefix(std::min(end + 1, rest.size()));
  return part;
}

/// Whether `c` is in the brackets that begin at `at`, which is set behind them. A bracket that is
/// never closed stands for itself.
bool in_brackets(std::string_view glob, std::size_t& at, char32_t c) {
  std::size_t i = at + 1;
  const bool negated = i < glob.size() && (glob[i] == '!' || glob[i] == '^');
  if (negated) ++i;
  const std::size_t first = i;
  const auto close = glob.find(']', first + 1);
  if (close == std::string_view::npos) {
    ++at;
    return c == U'[';
  }
  bool found = false;
  while (i < close) {
    const char32_t low = next_code_point(glob, i);
    char32_t high = low;
    if (i + 1 < close && glob[i] == '-') high = next_code_point(glob, ++i);
    found = found || (low <= c && c <= high);
  }
  at = close + 1;
  return found != negated;
}

/// Whether the glob's part at `at`, no '*', is of the form of `c`; sets `at` behind it.
bool matches_one(std::string_view glob, std::size_t& at, char32_t c) {
  if (glob[at] == '?') return ++at, true;
  if (glob[at] == '[') return in_brackets(glob, at, c);
  if (glob[at] == '\\' && at + 1 < glob.size()) ++at;
  return next_code_point(glob, at) == c;
}

/// Of one name. Only the last '*' passed is ever gone back to.
bool matches_name(std::string_view glob, std::string_view name) {
  std::size_t g = 0, n = 0, after_star = std::string_view::npos, star_takes_to = 0;
  while (n < name.size()) {
    if (g < glob.size() && glob[g] == '*') {
      after_star = ++g;
      star_takes_to = n;
      continue;
    }
    std::size_t next = n;
    const char32_t c = next_code_point(name, next);
    if (g < glob.size() && matches_one(glob, g, c)) {
      n = next;
      continue;
    }
    if (after_star == std::string_view::npos) return false;
    next_code_point(name, star_takes_to);
    g = after_star;
    n = star_takes_to;
  }
  while (g < glob.size() && glob[g] == '*') ++g;
  return g == glob.size();
}

bool matches_either(std::string_view glob, std::string_view relative) {
  return matches_glob(glob, relative) || matches_glob(glob, name_of(relative));
}

bool matches_any(const std::vector<std::string>& globs, std::string_view relative, bool is_folder) {
  return std::any_of(globs.begin(), globs.end(), [&](std::string_view glob) {
    if (!glob.ends_with('/')) return matches_either(glob, relative);
    return is_folder && matches_either(glob.substr(0, glob.size() - 1), relative);
  });
}

}  // namespace

bool matches_glob(std::string_view glob, std::string_view path) {
  std::string_view after_stars, stars_take_to;
  bool stars = false;
  while (!path.empty()) {
    std::string_view glob_rest = glob, path_rest = path;
    const std::string_view part = take_part(glob_rest);
    if (part == "**" && !glob.empty()) {
      if (glob_rest.empty()) return true;
      stars = true;
      after_stars = glob = glob_rest;
      stars_take_to = path;
      continue;
    }
    if (!glob.empty() && matches_name(part, take_part(path_rest))) {
      glob = glob_rest;
      path = path_rest;
      continue;
    }
    if (!stars) return false;
    take_part(stars_take_to);
    glob = after_stars;
    path = stars_take_to;
  }
  return glob.empty();
}

bool FileChoice::takes_file(std::string_view relative) const {
  if (matches_any(exclude, relative, false)) return false;
  return include.empty() || matches_any(include, relative, false);
}

bool FileChoice::takes_folder(std::string_view relative) const {
  return !matches_any(exclude, relative, true);
}

IgnoreRules::IgnoreRules(std::string_view lines) {
  while (!lines.empty()) {
    const auto end = std::min(lines.find('\n'), lines.size());
    add(lines.substr(0, end));
    lines.remove_prefix(std::min(end + 1, lines.size()));
  }
}

void IgnoreRules::add(std::string_view line) {
  while (line.ends_with('\r') || line.ends_with(' ') || line.ends_with('\t')) line.remove_suffix(1);
  if (line.starts_with('#')) return;
  Rule rule;
  rule.takes_back = line.starts_with('!');
  if (rule.takes_back) line.remove_prefix(1);
  rule.folders_only = line.ends_with('/');
  if (rule.folders_only) line.remove_suffix(1);
  rule.anchored = line.find('/') != std::string_view::npos;
  if (line.starts_with('/')) line.remove_prefix(1);
  rule.glob = line;
  if (!rule.glob.empty()) rules_.push_back(std::move(rule));
}

std::optional<bool> IgnoreRules::leaves_out(std::string_view relative, bool is_folder) const {
  const auto rule = std::find_if(rules_.rbegin(), rules_.rend(), [&](const Rule& r) {
    if (r.folders_only && !is_folder) return false;
    return matches_glob(r.glob, r.anchored ? relative : name_of(relative));
  });
  if (rule == rules_.rend()) return std::nullopt;
  return !rule->takes_back;
}

}  // namespace dateline
