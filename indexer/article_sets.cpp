// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/article_sets.h"

#include <fmt/format.h>

#include <algorithm>

#include "common/error.h"
#include "common/text/unicode.h"

namespace dateline {
namespace {

bool is_inside(const std::string& path, const std::string& folder) {
  if (!path.starts_with(folder)) return false;
  return path.size() == folder.size() || folder == "/" || path[folder.size()] == '/';
}

std::string normal_path(const std::filesystem::path& path) {
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

/// A folder that is not mounted must not empty the index.
void check_still_there(const std::string& root) {
  std::error_code problem;
  if (std::filesystem::exists(root, problem)) return;
  throw Error(ExitCode::usage, fmt::format("the article set '{}' is not there", printable(root)),
              fmt::format("bring it back, or let its articles go: dateline-index --forget {}",
                          printable(root)));
}

void apply(const SetSettings& settings, SetEntry& set) {
  if (settings.field_names) set.field_names = *settings.field_names;
  if (settings.date_from_file_time) set.date_from_file_time = *settings.date_from_file_time;
}

}  // namespace

ArticleSets::ArticleSets(std::vector<SetEntry> remembered, const SetSelection& selection,
                         const SetSettings& settings)
    : entries_(std::move(remembered)) {
  for (const auto& path : selection.forgotten) forget(path);
  for (const auto& path : selection.paths) add(path, settings);
  const bool nothing_named = selection.paths.empty() && selection.forgotten.empty();
  if (selection.all || nothing_named) {
    for (const auto& set : entries_) covered_.push_back(set.root);
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
  covered_.push_back(root);
}

void ArticleSets::add(const std::filesystem::path& path, const SetSettings& settings) {
  const auto root = existing_path(path);
  covered_.push_back(root);
  const auto around = std::ranges::find_if(
      entries_, [&](const SetEntry& set) { return is_inside(root, set.root); });
  if (around != entries_.end()) {
    apply(settings, *around);
    return;
  }
  SetEntry set{root, {}, false};
  apply(settings, set);
  std::erase_if(entries_, [&](const SetEntry& s) { return is_inside(s.root, root); });
  entries_.push_back(set);
}

bool ArticleSets::covers(const std::string& path) const {
  return std::ranges::any_of(covered_, [&](const auto& c) { return is_inside(path, c); });
}

SetListing ArticleSets::list(const std::filesystem::path& excluded) const {
  const auto index = std::filesystem::absolute(excluded).lexically_normal().string();
  SetListing listing;
  for (std::size_t i = 0; i < entries_.size(); ++i) {
    const auto& root = entries_[i].root;
    const bool concerned =
        std::ranges::any_of(covered_, [&](const auto& c) { return is_inside(c, root); });
    if (!concerned) continue;
    check_still_there(root);
    auto found = list_article_set({root});
    for (auto& file : found.files) {
      const auto path = file.path.string();
      if (covers(path) && !is_inside(path, index)) listing.files.push_back({std::move(file), i});
    }
    for (auto& u : found.unreadable) {
      if (covers(u.path.string())) listing.unreadable.push_back(std::move(u));
    }
  }
  std::ranges::sort(listing.files, {}, [](const ListedFile& f) { return f.source.path.native(); });
  return listing;
}

}  // namespace dateline
