// SPDX-License-Identifier: GPL-3.0-or-later
#include "corpus/article_set.h"

#include <fmt/format.h>
#include <sys/stat.h>

#include <algorithm>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <system_error>
#include <utility>

#include "common/error.h"
#include "corpus/bytes/byte_source.h"
#include "corpus/left_out.h"
#include "corpus/metadata/metadata_table.h"

namespace dateline {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t deepest_folder = 100;
constexpr std::uint64_t longest_ignore_file = 1 << 20;  // bytes

fs::path absolute_normal(const fs::path& path) {
  fs::path absolute = fs::absolute(path).lexically_normal();
  return absolute.has_filename() ? absolute : absolute.parent_path();
}

struct FolderContent {
  std::vector<fs::path> folders, files, links;  // in byte order
  fs::path table;                               // "" for none
};

/// The rules of the ignore files from a root down to a folder.
struct IgnoreScope {
  fs::path folder;
  std::optional<IgnoreRules> rules;
  std::shared_ptr<const IgnoreScope> above;

  bool leaves_out(const fs::path& path, bool is_folder) const {
    for (const IgnoreScope* scope = this; scope; scope = scope->above.get()) {
      if (!scope->rules) continue;
      const auto said =
          scope->rules->leaves_out(path.lexically_relative(scope->folder).native(), is_folder);
      if (said) return *said;
    }
    return false;
  }
};

/// Which file or folder a path leads to, whatever its name.
using FileIdentity = std::pair<dev_t, ino_t>;

std::optional<FileIdentity> identity_of(const fs::path& path) {
  struct stat status {};
  if (::stat(path.c_str(), &status) != 0) return std::nullopt;
  return FileIdentity{status.st_dev, status.st_ino};
}

/// A symbolic link below a root, to be followed when all that has a name of its own is listed.
struct FoundLink {
  fs::path path, root, table;
  std::shared_ptr<const IgnoreScope> scope;
  std::size_t depth = 0;
};

class Lister {
 public:
  explicit Lister(const FileChoice& choice) : choice_(choice) {}

  void list_root(const fs::path& named) {
    const fs::path root = absolute_normal(named);
    std::error_code error;
    const fs::file_status status = fs::status(root, error);
    if (!fs::exists(status))
      throw Error(ExitCode::usage, fmt::format("no file or folder at '{}'", named.string()),
                  "name the folder that holds the articles");
    if (!canonical_roots_.insert(fs::weakly_canonical(root, error)).second) return;
    if (fs::is_directory(status))
      walk(root, root, {}, nullptr, 0);
    else if (fs::is_regular_file(status))
      list_single(root);
    else
      refuse(root, "not a regular file");
  }

  ArticleSetListing finish() {
    following_ = true;
    while (!links_.empty()) {
      auto links = std::exchange(links_, {});
      std::sort(links.begin(), links.end(),
                [](const auto& a, const auto& b) { return a.path.native() < b.path.native(); });
      for (const FoundLink& link : links) follow(link);
    }
    const auto by_path = [](const auto& a, const auto& b) {
      return a.path.native() < b.path.native();
    };
    std::sort(listing_.files.begin(), listing_.files.end(), by_path);
    std::sort(listing_.unreadable.begin(), listing_.unreadable.end(), by_path);
    return std::move(listing_);
  }

 private:
  void list_single(const fs::path& file) {
    const fs::path folder = file.parent_path();
    auto known = tables_.find(folder);
    if (known == tables_.end()) known = tables_.emplace(folder, content_of(folder).table).first;
    const std::string name = file.filename().string();
    if (!choice_.takes_file(name) || is_metadata_table(file)) return;
    add({file, file, name, known->second});
  }

  void walk(const fs::path& folder, const fs::path& root, const fs::path& table_above,
            std::shared_ptr<const IgnoreScope> scope_above, std::size_t depth) {
    if (depth > deepest_folder) {
      refuse(folder, fmt::format("more than {} folders deep", deepest_folder));
      return;
    }
    if (choice_.follow_symlinks && !is_first_of(folder, folders_)) return;
    const FolderContent content = content_of(folder, true);
    const fs::path& table = content.table.empty() ? table_above : content.table;
    auto own =
        std::make_shared<IgnoreScope>(IgnoreScope{folder, std::nullopt, std::move(scope_above)});
    try {
      own->rules = ignore_rules(folder);
    } catch (const ReadFailure& problem) {
      // Without its rules nothing can be said of the folder: what is known of it stays.
      refuse(folder, fmt::format("its .datelineignore {}", problem.what()));
      return;
    }
    const std::shared_ptr<const IgnoreScope> scope = std::move(own);
    for (const fs::path& file : content.files) {
      std::string relative = file.lexically_relative(root).string();
      if (!choice_.takes_file(relative) || scope->leaves_out(file, false)) continue;
      add({file, root, std::move(relative), table});
    }
    for (const fs::path& link : content.links) links_.push_back({link, root, table, scope, depth});
    for (const fs::path& inner : content.folders)
      if (choice_.takes_folder(inner.lexically_relative(root).native()) &&
          !scope->leaves_out(inner, true))
        walk(inner, root, table, scope, depth + 1);
  }

  void follow(const FoundLink& link) {
    std::error_code error;
    const fs::file_status target = fs::status(link.path, error);
    std::string relative = link.path.lexically_relative(link.root).string();
    const bool is_folder = fs::is_directory(target);
    const bool taken = is_folder ? choice_.takes_folder(relative) : choice_.takes_file(relative);
    if (!taken || link.scope->leaves_out(link.path, is_folder)) return;
    if (is_folder)
      walk(link.path, link.root, link.table, link.scope, link.depth + 1);
    else if (!fs::exists(target))
      refuse(link.path, "a symbolic link that leads nowhere");
    else if (fs::is_regular_file(target) && is_metadata_table(link.path))
      refuse(link.path, "a metadata table must not be a symbolic link");
    else if (fs::is_regular_file(target))
      add({link.path, link.root, std::move(relative), link.table});
  }

  /// Whether no other name led there before. What has vanished is for whoever reads it to tell.
  static bool is_first_of(const fs::path& path, std::set<FileIdentity>& known) {
    const auto identity = identity_of(path);
    return !identity || known.insert(*identity).second;
  }

  std::optional<IgnoreRules> ignore_rules(const fs::path& folder) {
    const fs::path file = folder / ".datelineignore";
    std::error_code error;
    const auto status = fs::status(file, error);
    if (status.type() == fs::file_type::none)
      throw ReadFailure(fmt::format("cannot be reached: {}", error.message()));
    if (!fs::exists(status)) return std::nullopt;
    try {
      ByteSource source(file);
      return IgnoreRules(read_to_end(source, longest_ignore_file));
    } catch (const ReadFailure&) {
      throw;
    } catch (const Unreadable& problem) {
      refuse(file, problem.what());
      return std::nullopt;
    }
  }

  /// What is in `folder`, hidden things and symbolic links left out; what cannot be listed is
  /// reported if `reporting`.
  FolderContent content_of(const fs::path& folder, bool reporting = false) {
    FolderContent content;
    std::error_code error;
    for (fs::directory_iterator entry(folder, error), end; !error && entry != end;
         entry.increment(error))
      sort_in(*entry, content, reporting);
    if (error && reporting) refuse(folder, fmt::format("cannot be listed: {}", error.message()));
    std::sort(content.folders.begin(), content.folders.end());
    std::sort(content.files.begin(), content.files.end());
    std::sort(content.links.begin(), content.links.end());
    take_tables(content, reporting);
    return content;
  }

  void sort_in(const fs::directory_entry& entry, FolderContent& content, bool reporting) {
    const fs::path& path = entry.path();
    if (is_left_out(path.filename().native())) return;
    std::error_code error;
    const fs::file_status status = entry.symlink_status(error);
    if (fs::is_directory(status))
      content.folders.push_back(path);
    else if (fs::is_regular_file(status))
      content.files.push_back(path);
    else if (fs::is_symlink(status) && choice_.follow_symlinks)
      content.links.push_back(path);
    else if (error && reporting)
      refuse(path, error.message());
  }

  /// Takes metadata tables out of the files; the first in byte order is the folder's.
  void take_tables(FolderContent& content, bool reporting) {
    std::erase_if(content.files, [&](const fs::path& file) {
      if (!is_metadata_table(file)) return false;
      if (content.table.empty())
        content.table = file;
      else if (reporting)
        refuse(file, fmt::format("a second metadata table beside '{}'",
                                 content.table.filename().string()));
      return true;
    });
  }

  void add(SourceFile&& file) {
    // Two hard links are two files, but what a link leads to is not listed a second time.
    if (choice_.follow_symlinks && !is_first_of(file.path, files_) && following_) return;
    if (seen_.insert(file.path.native()).second) listing_.files.push_back(std::move(file));
  }

  void refuse(const fs::path& path, std::string reason) {
    if (seen_.insert(path.native()).second)
      listing_.unreadable.push_back({path, std::move(reason)});
  }

  const FileChoice& choice_;
  ArticleSetListing listing_;
  std::set<fs::path> canonical_roots_;
  std::set<std::string> seen_;
  std::vector<FoundLink> links_;
  bool following_ = false;          // all that has a name of its own is listed
  std::set<FileIdentity> folders_;  // walked
  std::set<FileIdentity> files_;    // listed
  std::map<fs::path, fs::path> tables_;
};

}  // namespace

ArticleSetListing list_article_set(const std::vector<fs::path>& roots, const FileChoice& choice) {
  Lister lister(choice);
  for (const fs::path& root : roots) lister.list_root(root);
  return lister.finish();
}

}  // namespace dateline
