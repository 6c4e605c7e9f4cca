// SPDX-License-Identifier: GPL-3.0-or-later
#include "corpus/formats/format.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>

#include "corpus/formats/json_articles.h"

namespace dateline {
namespace {

using namespace std::string_view_literals;

struct ExtensionRow {
  std::string_view extension;
  Format format;
  std::string_view unread_name = {};
};

constexpr ExtensionRow known_extensions[] = {
    {"", Format::text},
    {".txt", Format::text},
    {".text", Format::text},
    {".md", Format::text},
    {".markdown", Format::text},
    {".json", Format::json},
    {".jsonl", Format::json_lines},
    {".ndjson", Format::json_lines},

    {".htm", Format::unread, "HTML"},
    {".html", Format::unread, "HTML"},
    {".xhtml", Format::unread, "HTML"},
    {".xml", Format::unread, "XML"},
    {".rss", Format::unread, "XML"},
    {".atom", Format::unread, "XML"},
    {".rdf", Format::unread, "XML"},
    {".nitf", Format::unread, "XML"},
    {".sgm", Format::unread, "SGML"},
    {".sgml", Format::unread, "SGML"},
    {".csv", Format::unread, "CSV"},
    {".tsv", Format::unread, "TSV"},
    {".warc", Format::unread, "WARC"},
    {".arc", Format::unread, "ARC"},
    {".tar", Format::unread, "tar"},
    {".tgz", Format::unread, "tar"},
    {".zip", Format::unread, "zip"},
    {".7z", Format::unread, "7z"},
    {".rar", Format::unread, "rar"},
    {".pdf", Format::unread, "PDF"},
    {".doc", Format::unread, "Word"},
    {".docx", Format::unread, "Word"},
    {".odt", Format::unread, "OpenDocument"},
    {".rtf", Format::unread, "RTF"},
    {".epub", Format::unread, "EPUB"},
    {".eml", Format::unread, "mail"},
    {".mbox", Format::unread, "mail"},
    {".jpg", Format::unread, "image"},
    {".jpeg", Format::unread, "image"},
    {".png", Format::unread, "image"},
    {".gif", Format::unread, "image"},
    {".webp", Format::unread, "image"},
    {".svg", Format::unread, "image"},
    {".mp3", Format::unread, "sound"},
    {".wav", Format::unread, "sound"},
    {".mp4", Format::unread, "video"},
    {".webm", Format::unread, "video"},
    {".css", Format::unread, "CSS"},
    {".js", Format::unread, "JavaScript"},
    {".py", Format::unread, "Python"},
    {".sh", Format::unread, "shell script"},
    {".yaml", Format::unread, "YAML"},
    {".yml", Format::unread, "YAML"},
    {".toml", Format::unread, "TOML"},
    {".ini", Format::unread, "settings"},
    {".log", Format::unread, "log"},
};

struct SignatureRow {
  std::string_view start;  ///< in lower case where it has letters
  std::string_view unread_name;
};

/// How files of formats that are not read begin, after white space and ignoring case.
constexpr SignatureRow signatures[] = {{"<!doctype html"sv, "HTML"},
                                       {"<html"sv, "HTML"},
                                       {"<head"sv, "HTML"},
                                       {"<body"sv, "HTML"},
                                       {"<?xml"sv, "XML"},
                                       {"<rss"sv, "XML"},
                                       {"<feed"sv, "XML"},
                                       {"<rdf"sv, "XML"},
                                       {"<!doctype lewis"sv, "SGML"},
                                       {"<doc>"sv, "SGML"},
                                       {"<!doctype"sv, "XML"},
                                       {"<!--"sv, "HTML"},
                                       {"warc/"sv, "WARC"},
                                       {"filedesc://"sv, "ARC"},
                                       {"%pdf-"sv, "PDF"},
                                       {"pk\x03\x04"sv, "zip"},
                                       {"{\\rtf"sv, "RTF"},
                                       {"\x89png"sv, "image"},
                                       {"\xFF\xD8\xFF"sv, "image"},
                                       {"gif8"sv, "image"},
                                       {"\x7F"
                                        "elf"sv,
                                        "program"},
                                       {"sqlite format 3"sv, "SQLite"}};

constexpr std::size_t sniffed_bytes = 8 << 10;

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

std::string lower_extension(const std::filesystem::path& path) {
  std::string extension = path.extension().string();
  std::transform(extension.begin(), extension.end(), extension.begin(), lower);
  return extension;
}

std::filesystem::path without_packer(const std::filesystem::path& path) {
  static constexpr std::array packers{".gz"sv, ".zst"sv, ".xz"sv, ".bz2"sv};
  const bool packed =
      std::find(packers.begin(), packers.end(), lower_extension(path)) != packers.end();
  return packed ? path.stem() : path.filename();
}

const ExtensionRow* row_for(std::string_view extension) {
  const auto row = std::find_if(std::begin(known_extensions), std::end(known_extensions),
                                [&](const ExtensionRow& r) { return r.extension == extension; });
  return row == std::end(known_extensions) ? nullptr : row;
}

std::string_view signature_name(std::string_view start) {
  const auto first = start.find_first_not_of(" \t\r\n");
  if (first == std::string_view::npos) return {};
  const std::string_view content = start.substr(first);
  for (const SignatureRow& row : signatures) {
    const bool fits = content.size() >= row.start.size() &&
                      std::equal(row.start.begin(), row.start.end(), content.begin(),
                                 [](char a, char b) { return a == lower(b); });
    if (fits) return row.unread_name;
  }
  const bool tar = start.size() > 262 && start.substr(257, 5) == "ustar";
  return tar ? "tar"sv : std::string_view();
}

/// Text may hold a stray control character, but not many, and hardly a NUL.
bool is_binary(std::string_view start) {
  const std::string_view sample = start.substr(0, sniffed_bytes);
  const auto controls = std::count_if(sample.begin(), sample.end(), [](char c) {
    return (c >= 0 && c < 0x20 &&
            std::string_view("\t\n\v\f\r\x1A\x1B").find(c) == std::string_view::npos);
  });
  return static_cast<std::size_t>(controls) * 50 > sample.size();
}

/// `{"` or `[{`, blanks aside: no text begins so.
bool starts_like_json(std::string_view start) {
  const auto first = start.find_first_not_of(" \t\r\n");
  if (first == std::string_view::npos) return false;
  const auto second = start.find_first_not_of(" \t\r\n", first + 1);
  if (second == std::string_view::npos) return false;
  return (start[first] == '{' && start[second] == '"') ||
         (start[first] == '[' && start[second] == '{');
}

Format json_format(std::string_view start) {
  return looks_like_json_lines(start) ? Format::json_lines : Format::json;
}

}  // namespace

FormatChoice choose_format(const std::filesystem::path& path, std::string_view start) {
  const ExtensionRow* row = row_for(lower_extension(without_packer(path)));
  if (row && row->format == Format::unread) return {Format::unread, std::string(row->unread_name)};
  if (const std::string_view name = signature_name(start); !name.empty())
    return {Format::unread, std::string(name)};
  if (is_binary(start)) return {Format::unread, "binary"};
  if (row && row->format == Format::json_lines) return {Format::json_lines, {}};
  const bool json = (row && row->format == Format::json) || starts_like_json(start);
  return {json ? json_format(start) : Format::text, {}};
}

}  // namespace dateline
