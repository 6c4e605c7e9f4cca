// SPDX-License-Identifier: GPL-3.0-or-later
#include "corpus/formats/html/html_page.h"

#include <utility>

#include "corpus/bytes/encoding.h"
#include "corpus/formats/html/html_tree.h"
#include "corpus/formats/html/json_ld.h"
#include "corpus/formats/html/page_article.h"
#include "corpus/formats/html/page_body.h"
#include "corpus/formats/html/page_head.h"

namespace dateline {
namespace {

std::string declared_by(const FileInHand& in, const std::string& bytes) {
  if (!in.charset.empty()) return std::string(in.charset);
  return declared_charset(bytes);
}

}  // namespace

void read_html_page(const FileInHand& in, ByteSource& source) {
  std::string bytes = read_to_end(source, in.options.max_record_bytes);
  const std::string declared = declared_by(in, bytes);
  Decoded decoded = to_utf8(std::move(bytes), declared);
  const HtmlTree tree(decoded.text);
  const xmlNode* page = tree.root();
  if (!page) throw Unreadable("no HTML in it");

  PageStatements stated;
  stated.meta_tags = read_meta_tags(page);
  std::vector<std::string> problems;
  stated.json_ld = read_json_ld(json_ld_scripts(page), stated.meta_tags.url, problems);
  stated.microdata = read_microdata(page);
  stated.visible = read_visible_head(page);
  stated.address = in.url;

  RawRecord record;
  record.article = article_of(stated, in.outlets, in.options.latest_day);
  for (std::string& problem : problems) record.article.notes.push_back(std::move(problem));
  if (auto note = describe_assumption(decoded); !note.empty())
    record.article.notes.push_back(std::move(note));
  if (tree.cut_off())
    record.article.notes.emplace_back("elements nested too deeply; read up to there");

  const KnownOfStory known{record.article.title.value, record.article.deck.value,
                           stated.json_ld.body};
  std::vector<Paragraph> paragraphs = read_page_body(page, known);
  hand_over_paragraphs(in, std::move(record), std::move(paragraphs));
}

}  // namespace dateline
