// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace dateline {

/// Whether all of `path` is of the form `glob`: '*' is any run of characters in one name, '?' one
/// character, '[a-z]' one of these, '[!a-z]' one of no other, '**' between slashes any number of
/// folders; '\' takes the next character as it is. Time: the product of both lengths at most.
bool matches_glob(std::string_view glob, std::string_view path);

/// Which of the files under a root belong to its article set, as a user says it.
struct FileChoice {
  std::vector<std::string> include;  ///< globs; none: every file
  std::vector<std::string> exclude;  ///< globs of files and folders; one ending in '/' of folders
  bool follow_symlinks = false;      ///< below the root; a root itself may always be a link
  friend bool operator==(const FileChoice&, const FileChoice&) = default;
  friend auto operator<=>(const FileChoice&, const FileChoice&) = default;

  /// `relative` is a path below the root; its bare name is looked at, too.
  bool takes_file(std::string_view relative) const;
  bool takes_folder(std::string_view relative) const;
};

/// The lines of a .datelineignore file, which mean what they do in a .gitignore: '#' begins a
/// comment, '!' takes back in, a '/' at the end means folders only, one elsewhere binds the glob to
/// the file's own folder.
class IgnoreRules {
 public:
  explicit IgnoreRules(std::string_view lines);

  /// Whether the rules leave `relative` out, a path below the file's folder; nothing where none of
  /// them is about it.
  std::optional<bool> leaves_out(std::string_view relative, bool is_folder) const;

 private:
  struct Rule {
    std::string glob;
    bool takes_back = false;
    bool folders_only = false;
    bool anchored = false;
  };
  void add(std::string_view line);

  std::vector<Rule> rules_;
};

}  // namespace dateline
