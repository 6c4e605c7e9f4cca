// SPDX-License-Identifier: GPL-3.0-or-later
#include "corpus/formats/format_list.h"

#include <fmt/format.h>

#include <array>
#include <string_view>

namespace dateline {
namespace {

struct FormatDescription {
  std::string_view name;
  std::string_view known_by;  ///< file endings and first bytes
  std::string_view gives;     ///< what one file of it holds
};

constexpr std::array rows{
    FormatDescription{"plain text, Markdown", ".txt .text .md .markdown", "an article"},
    FormatDescription{"HTML", ".html .htm .xhtml, <html", "a news page"},
    FormatDescription{"JSON Lines", ".jsonl .ndjson, {...} a line", "an article a line"},
    FormatDescription{"dateline's export", "{\"dateline_export\":", "an article a line"},
    FormatDescription{"JSON", ".json, [{ or {\"", "articles"},
    FormatDescription{"ninjs 1 to 3", "JSON with its fields", "a text item or many"},
    FormatDescription{"CSV, TSV", ".csv .tsv, with a header", "an article a row"},
    FormatDescription{"RSS 0.9 to 2.0, RDF", ".rss .rdf .xml, <rss <rdf", "an article an item"},
    FormatDescription{"Atom 0.3, 1.0", ".atom .xml, <feed", "an article an entry"},
    FormatDescription{"WordPress export", ".xml, <rss", "posts and pages"},
    FormatDescription{"NewsML-G2", ".xml, <newsItem <newsMessage", "text items"},
    FormatDescription{"NewsML 1", ".xml, <NewsML", "text items"},
    FormatDescription{"NITF 3", ".nitf .xml, <nitf", "an article"},
    FormatDescription{"Reuters-21578", ".sgm .sgml, <REUTERS", "stories"},
    FormatDescription{"TREC", ".sgm .sgml, <DOC>", "documents"},
    FormatDescription{"WARC, ARC", ".warc .arc, WARC/ filedesc://", "web pages and feeds"},
    FormatDescription{"tar, zip", ".tar .tgz .zip, their own", "files of any kind here"},
    FormatDescription{"gzip, zstd, xz, bzip2", ".gz .zst .xz .bz2, their own", "one file of any"},
};

}  // namespace

std::string format_list() {
  std::string list = fmt::format("{:<23}{:<33}{}\n", "format", "known by", "a file holds");
  for (const FormatDescription& row : rows)
    list += fmt::format("{:<23}{:<33}{}\n", row.name, row.known_by, row.gives);
  return list;
}

}  // namespace dateline
