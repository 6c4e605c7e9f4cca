// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/update/article_sets.h"

#include <fmt/format.h>

#include <algorithm>

#include "common/error.h"
#include "common/index/layout.h"
#include "common/shell.h"
#include "common/text/unicode.h"

namespace dateline {
namespace {

bool is_inside(const std::string& path, const std::string& folder) {
  if (!path.starts_with(folder)) return false;
  return path.size() == folder.size() || folder == "/" || path[folder.size()] == '/';
}

std::string normal_path(const std::filesystem::path& path) {
  if (path.empty()) throw Error(ExitCode::usage, "an empty path names nothing", "name a folder");
  const auto absolute = std::filesystem::absolute(path).lexically_normal();
  const bool ends_in_slash = !absolute.has_filename() && absolute != absolute.root_path();
  return ends_in_slash ? absolute.parent_path().string() : absolute.string();
}

std::string existing_path(const std::filesystem::path& path) {
  auto text = normal_path(path);
  std::error_code problem;
  if (!std::filesystem::exists(text, problem)) {
    throw Error(ExitCode::usage, fmt::format("no such file or folder: '{}'", path.string()),
                "name the files or folders that hold the articles");
  }
  for (std::size_t i = 0; i < text.size();) {
    if (next_code_point(text, i) == 0xFFFD) {
      throw Error(ExitCode::usage,
                  fmt::format("the name of an article set must be UTF-8: '{}'", printable(text)),
                  "name a folder above it");
    }
  }
  return text;
}

std::string canonical(const std::string& path) {
  std::error_code problem;
  const auto real = std::filesystem::weakly_canonical(path, problem);
  return problem ? path : real.string();
}

/// A folder that is not mounted must not empty the index.
void check_still_there(const std::string& root) {
  std::error_code problem;
  if (std::filesystem::exists(root, problem)) return;
  throw Error(ExitCode::usage, fmt::format("the article set '{}' is not there", printable(root)),
              fmt::format("bring it back, or let its articles go: dateline-index --forget {}",
                          shell_word(root)));
}

/// A set that takes in another must not change in silence how that one is read.
void refuse_other_settings(const SetEntry& inner, const SetEntry& outer) {
  SetEntry same = inner;
  same.root = outer.root;
  if (same == outer) return;
  throw Error(ExitCode::usage,
              fmt::format("'{}' holds the set '{}', which is read with other options",
                          printable(outer.root), printable(inner.root)),
              fmt::format("give the same options, or first: dateline-index --forget {}",
                          shell_word(inner.root)));
}

void apply(const SetSettings& settings, SetEntry& set) {
  if (settings.field_names) set.field_names = *settings.field_names;
  if (settings.date_from_file_time) set.date_from_file_time = *settings.date_from_file_time;
  if (settings.include) set.include = *settings.include;
  if (settings.exclude) set.exclude = *settings.exclude;
  if (settings.source_names) set.source_names = *settings.source_names;
  if (settings.follow_symlinks) set.follow_symlinks = *settings.follow_symlinks;
}

/// Tells which folders are inside an index: this run's own, or any other's.
class IndexFolders {
 public:
  explicit IndexFolders(std::filesystem::path own) : own_(std::move(own)) {}

  bool hold(const std::filesystem::path& folder) {
    const auto [known, is_new] = held_.try_emplace(folder, false);
    if (!is_new) return known->second;
    const bool held =
        is_index(folder) || (folder.has_relative_path() && hold(folder.parent_path()));
    return held_[folder] = held;
  }

 private:
  bool is_index(const std::filesystem::path& folder) const {
    std::error_code problem;
    if (std::filesystem::weakly_canonical(folder, problem) == own_) return true;
    return IndexLayout(folder).is_index();
  }

  std::filesystem::path own_;
  std::map<std::filesystem::path, bool> held_;
};

}  // namespace

ArticleSets::ArticleSets(std::vector<SetEntry> remembered, const SetSelection& selection,
                         const SetSettings& settings)
    : entries_(std::move(remembered)) {
  if (settings.any() && selection.paths.empty()) {
    throw Error(ExitCode::usage,
                "--map, --date-from-file-time, --include, --exclude, --source-names and "
                "--follow-symlinks belong to an article set",
                "name the set that they are for");
  }
  for (const auto& path : selection.forgotten) forget(path);
  for (const auto& set : entries_) roots_by_canonical_.emplace(canonical(set.root), set.root);
  for (const auto& path : selection.paths) add(path, settings);
  const bool nothing_named = selection.paths.empty() && selection.forgotten.empty();
  if (selection.all || nothing_named) {
    for (const auto& set : entries_) covered_.insert(set.root);
  }
  if (covered_.empty()) {
    throw Error(ExitCode::usage, "no article set is named and the index remembers none",
                "name the files or folders that hold the articles");
  }
  std::ranges::sort(entries_, {}, &SetEntry::root);
}

void ArticleSets::forget(const std::filesystem::path& path) {
  const auto root = normal_path(path);
  if (std::erase_if(entries_, [&](const SetEntry& set) { return set.root == root; }) == 0) {
    std::vector<std::string> roots;
    for (const auto& set : entries_) roots.push_back(set.root);
    throw Error(ExitCode::usage,
                fmt::format("the index remembers no article set '{}'", printable(root)),
                fmt::format("it remembers: {}", fmt::join(roots, ", ")));
  }
  covered_.insert(root);
}

/// `root`, or the path by which the remembered set is known that holds it or lies in it.
std::string ArticleSets::resolved(std::string root) const {
  const auto real = canonical(root);
  for (std::filesystem::path above = real;; above = above.parent_path()) {
    const auto known = roots_by_canonical_.find(above.string());
    if (known != roots_by_canonical_.end())
      return normal_path(known->second / std::filesystem::path(real).lexically_relative(above));
    if (!above.has_relative_path()) break;
  }
  const auto inner = roots_by_canonical_.lower_bound(real.ends_with('/') ? real : real + '/');
  const bool around = inner != roots_by_canonical_.end() && is_inside(inner->first, real);
  return around ? real : root;
}

void ArticleSets::add(const std::filesystem::path& path, const SetSettings& settings) {
  const auto root = resolved(existing_path(path));
  covered_.insert(root);
  const auto around = std::ranges::find_if(
      entries_, [&](const SetEntry& set) { return is_inside(root, set.root); });
  if (around != entries_.end()) {
    apply(settings, *around);
    return;
  }
  roots_by_canonical_.emplace(canonical(root), root);
  SetEntry set{root, {}, false, {}, {}, {}};
  apply(settings, set);
  for (const auto& inner : entries_) {
    if (is_inside(inner.root, root)) refuse_other_settings(inner, set);
  }
  std::erase_if(entries_, [&](const SetEntry& s) { return is_inside(s.root, root); });
  entries_.push_back(set);
}

std::optional<std::size_t> ArticleSets::set_of(const std::string& path) const {
  for (std::filesystem::path above = path;; above = above.parent_path()) {
    const auto at = std::ranges::lower_bound(entries_, above.string(), {}, &SetEntry::root);
    if (at != entries_.end() && at->root == above.string()) {
      return static_cast<std::size_t>(at - entries_.begin());
    }
    if (!above.has_relative_path()) return std::nullopt;
  }
}

bool ArticleSets::covers(const std::string& path) const {
  for (std::filesystem::path above = path;; above = above.parent_path()) {
    if (covered_.contains(above.string())) return true;
    if (!above.has_relative_path()) return false;
  }
}

bool ArticleSets::is_concerned(const std::string& root) const {
  if (covered_.contains(root)) return true;
  const auto inner = covered_.lower_bound(root.ends_with('/') ? root : root + '/');
  return inner != covered_.end() && is_inside(*inner, root);
}

/// Listed together, the files named in a long list cost one look at their folder.
std::map<FileChoice, std::vector<std::filesystem::path>> ArticleSets::roots_by_choice(
    const std::map<std::string, std::size_t>& concerned) const {
  std::map<FileChoice, std::vector<std::filesystem::path>> roots;
  for (const auto& [root, i] : concerned)
    roots[{entries_[i].include, entries_[i].exclude, entries_[i].follow_symlinks}].push_back(root);
  return roots;
}

SetListing ArticleSets::list(const std::filesystem::path& excluded) const {
  std::map<std::string, std::size_t> concerned;
  for (std::size_t i = 0; i < entries_.size(); ++i) {
    const auto& root = entries_[i].root;
    if (!is_concerned(root)) continue;
    check_still_there(root);
    concerned.emplace(root, i);
  }
  IndexFolders indexes(std::filesystem::weakly_canonical(excluded));
  SetListing listing;
  for (const auto& [choice, roots] : roots_by_choice(concerned)) {
    auto found = list_article_set(roots, choice);
    for (auto& file : found.files) {
      if (!covers(file.path.string()) || indexes.hold(file.path.parent_path())) continue;
      const auto set = concerned.at(file.root.string());
      listing.files.push_back({std::move(file), set});
    }
    for (auto& u : found.unreadable)
      if (covers(u.path.string())) listing.unreadable.push_back(std::move(u));
  }
  std::ranges::sort(listing.files, {}, [](const ListedFile& f) { return f.source.path.native(); });
  return listing;
}

}  // namespace dateline
