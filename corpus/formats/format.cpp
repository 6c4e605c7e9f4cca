// SPDX-License-Identifier: GPL-3.0-or-later
#include "corpus/formats/format.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>

#include "corpus/formats/exported_articles.h"
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

    {".htm", Format::html},
    {".html", Format::html},
    {".xhtml", Format::html},
    {".xml", Format::xml},
    {".rss", Format::xml},
    {".atom", Format::xml},
    {".rdf", Format::xml},
    {".nitf", Format::xml},
    {".sgm", Format::sgml},
    {".sgml", Format::sgml},
    {".csv", Format::csv},
    {".tsv", Format::csv},
    {".warc", Format::web_archive},
    {".arc", Format::web_archive},
    {".tar", Format::archive},
    {".tgz", Format::archive},
    {".zip", Format::archive},
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
  Format format;
  std::string_view unread_name = {};
};

/// How files begin, after white space and ignoring case.
constexpr SignatureRow signatures[] = {{export_line_start, Format::exported},
                                       {"<!doctype html"sv, Format::html},
                                       {"<html"sv, Format::html},
                                       {"<head"sv, Format::html},
                                       {"<body"sv, Format::html},
                                       {"<?xml"sv, Format::xml},
                                       {"<rss"sv, Format::xml},
                                       {"<feed"sv, Format::xml},
                                       {"<rdf"sv, Format::xml},
                                       {"<!doctype lewis"sv, Format::sgml},
                                       {"<doc>"sv, Format::sgml},
                                       {"<!doctype"sv, Format::xml},
                                       {"<!--"sv, Format::html},
                                       {"<nitf"sv, Format::xml},
                                       {"<newsml"sv, Format::xml},
                                       {"<newsitem"sv, Format::xml},
                                       {"<newsmessage"sv, Format::xml},
                                       {"<\0?\0"sv, Format::xml},
                                       {"\0<\0?"sv, Format::xml},
                                       {"<\0\0\0?\0\0\0"sv, Format::xml},
                                       {"\0\0\0<\0\0\0?"sv, Format::xml},
                                       {"warc/"sv, Format::web_archive},
                                       {"filedesc://"sv, Format::web_archive},
                                       {"%pdf-"sv, Format::unread, "PDF"},
                                       {"pk\x03\x04"sv, Format::archive},
                                       {"{\\rtf"sv, Format::unread, "RTF"},
                                       {"\x89png"sv, Format::unread, "image"},
                                       {"\xFF\xD8\xFF"sv, Format::unread, "image"},
                                       {"gif8"sv, Format::unread, "image"},
                                       {"\x7F"
                                        "elf"sv,
                                        Format::unread, "program"},
                                       {"sqlite format 3"sv, Format::unread, "SQLite"}};

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

bool begins_with(std::string_view content, std::string_view lower_case_start) {
  return content.size() >= lower_case_start.size() &&
         std::equal(lower_case_start.begin(), lower_case_start.end(), content.begin(),
                    [](char a, char b) { return a == lower(b); });
}

/// Past white space, comments, processing instructions and, in XML, the document type.
std::string_view from_root_element(std::string_view markup) {
  constexpr std::string_view blanks = " \t\r\n";
  while (true) {
    markup.remove_prefix(std::min(markup.find_first_not_of(blanks), markup.size()));
    const bool comment = markup.starts_with("<!--");
    if (!comment && !markup.starts_with("<?") && !begins_with(markup, "<!doctype")) return markup;
    const auto end = markup.find(comment ? "-->" : ">");
    if (end == std::string_view::npos) return {};
    markup.remove_prefix(end + (comment ? 3 : 1));
  }
}

const SignatureRow* signature_of(std::string_view start) {
  static constexpr SignatureRow tar{"", Format::archive};
  if (start.size() > 262 && start.substr(257, 5) == "ustar") return &tar;
  const auto first = start.find_first_not_of(" \t\r\n");
  if (first == std::string_view::npos) return nullptr;
  const std::string_view content = start.substr(first);
  const auto row =
      std::find_if(std::begin(signatures), std::end(signatures),
                   [&](const SignatureRow& r) { return begins_with(content, r.start); });
  return row == std::end(signatures) ? nullptr : row;
}

/// XML whose root is html is a page.
Format markup_format(Format format, std::string_view start) {
  const bool markup = format == Format::xml || format == Format::html;
  if (!markup) return format;
  const std::string_view root = from_root_element(start);
  if (begins_with(root, "<html")) return Format::html;
  if (begins_with(root, "<rss") || begins_with(root, "<feed") || begins_with(root, "<rdf"))
    return Format::xml;
  return format;
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
  if (const SignatureRow* signature = signature_of(start)) {
    const bool named_markup =
        row &&
        (row->format == Format::html || row->format == Format::xml ||
         row->format == Format::sgml) &&
        (signature->format == Format::xml || signature->format == Format::html);
    const Format format = named_markup ? row->format : signature->format;
    return {markup_format(format, start), std::string(signature->unread_name)};
  }
  if (row && (row->format == Format::web_archive || row->format == Format::archive))
    return {row->format, {}};
  if (is_binary(start)) return {Format::unread, "binary"};
  if (row && row->format != Format::text && row->format != Format::json) return {row->format, {}};
  const bool json = (row && row->format == Format::json) || starts_like_json(start);
  return {json ? json_format(start) : Format::text, {}};
}

}  // namespace dateline
