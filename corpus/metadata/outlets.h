// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

namespace dateline {

/// Gives each outlet one name, however articles write it: by a table of spellings and web domains
/// (corpus/metadata/outlets.tsv, and the user's own, which wins), else by rules that drop what is
/// no part of a name: "Example Post - News" and "Example Post (Online)" are "Example Post". See
/// docs/source-names.md. Immutable, so shared between threads.
class OutletNames {
 public:
  /// The built-in table alone.
  OutletNames();
  /// With the user's own table before it; none where `own` is "". Error(ExitCode::usage) where it
  /// cannot be read or a line has no name.
  explicit OutletNames(const std::filesystem::path& own);
  ~OutletNames();
  OutletNames(OutletNames&&) noexcept;

  /// The one name for `raw`, which an article at `url` ("" for unknown) states; `raw` may be a web
  /// domain.
  std::string name_of(std::string_view raw, std::string_view url) const;

  /// Whether a table has `raw` as a spelling or a domain.
  bool knows(std::string_view raw) const;

  /// The table's name for the site that `url` is of; "" where the table has none.
  std::string name_of_site(std::string_view url) const;

 private:
  struct Tables;
  std::unique_ptr<const Tables> tables_;
};

/// "www.example.com" of "https://www.Example.com:443/a"; "" for what is no address on the web.
std::string host_of(std::string_view url);

/// "example.com" for "www.example.com": without "www." and the like in front.
std::string_view without_www(std::string_view host);

}  // namespace dateline
