// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "corpus/path_rules.h"

namespace dateline {

/// A file that may hold articles, found under one of the paths that the user named.
struct SourceFile {
  std::filesystem::path path;  ///< absolute, lexically normal, not resolved through symlinks
  std::filesystem::path root;  ///< the named folder it was found under; the file itself if named
  std::string relative;        ///< `path` relative to `root`; the bare file name if named itself
  /// The metadata table that covers this file ("" if none): see corpus/metadata/metadata_table.h.
  std::filesystem::path sidecar;
};

/// Something under a named path that could not be read, and why.
struct UnreadablePath {
  std::filesystem::path path;
  std::string reason;
};

struct ArticleSetListing {
  std::vector<SourceFile> files;  ///< in byte order of `path`, each path once
  std::vector<UnreadablePath> unreadable;
};

/// Lists the files under `roots` (folders, walked in full, or single files) that `choice` takes and
/// that no .datelineignore file in a folder at or below the root leaves out.
/// Hidden files and folders (leading '.') are left out unless named themselves. Symbolic links are
/// not followed, unless they are roots or `choice` says so; then a file that only links lead to is
/// listed once, under the first link's name, whatever loops they make. Hard links are files each. A
/// root that is another by a second name is left out. Devices, sockets and FIFOs are never opened.
/// A root that does not exist is an Error(ExitCode::usage); anything unreadable below a root is
/// listed, not thrown.
ArticleSetListing list_article_set(const std::vector<std::filesystem::path>& roots,
                                   const FileChoice& choice = {});

}  // namespace dateline
