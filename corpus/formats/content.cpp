// SPDX-License-Identifier: GPL-3.0-or-later
#include "corpus/formats/content.h"

#include <fmt/format.h>

#include "corpus/containers/archive_members.h"
#include "corpus/containers/web_archive.h"
#include "corpus/formats/csv_articles.h"
#include "corpus/formats/exported_articles.h"
#include "corpus/formats/format.h"
#include "corpus/formats/html/html_page.h"
#include "corpus/formats/json_articles.h"
#include "corpus/formats/sgml_articles.h"
#include "corpus/formats/text_article.h"
#include "corpus/formats/xml/xml_document.h"

namespace dateline {

void read_content(const FileInHand& in, ByteSource& source) {
  const std::string_view start = source.peek();
  if (start.empty()) throw Unreadable("empty");
  const FormatChoice choice = choose_format(in.name, start);
  switch (choice.format) {
    case Format::text:
      return read_text_article(in, source);
    case Format::json:
      return read_json_document(in, source);
    case Format::json_lines:
      return read_json_lines(in, source);
    case Format::exported:
      return read_exported_articles(in, source);
    case Format::html:
      return read_html_page(in, source);
    case Format::xml:
      return read_xml_document(in, source);
    case Format::sgml:
      return read_sgml_articles(in, source);
    case Format::csv:
      return read_csv_articles(in, source);
    case Format::web_archive:
      return read_web_archive(in, source);
    case Format::archive:
      return read_archive_members(in, source);
    case Format::unread:
      throw Unreadable(fmt::format("format not read: {}", choice.unread_name));
  }
}

}  // namespace dateline
