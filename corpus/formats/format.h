// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

namespace dateline {

/// The formats that are told apart; those before `unread` are read.
enum class Format {
  text,
  json,
  json_lines,
  exported,  ///< dateline-index --export
  html,
  xml,          ///< which of them (RSS, NITF, NewsML, ...) its root element tells
  sgml,         ///< Reuters-21578 and TREC
  csv,          ///< or TSV
  web_archive,  ///< WARC or ARC
  archive,      ///< tar or zip
  unread,
};

struct FormatChoice {
  Format format = Format::unread;
  std::string unread_name;  ///< what an unread one is called, e.g. "HTML"
};

/// Chooses by the extension of `path`, endings of packers left aside, and by `start`, the first
/// bytes of the unpacked content. `start` decides where the extension is unknown, and where it is
/// evidently something else than the extension says.
FormatChoice choose_format(const std::filesystem::path& path, std::string_view start);

}  // namespace dateline
