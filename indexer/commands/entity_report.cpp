// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/commands/entity_report.h"

#include <fmt/format.h>

#include "common/json.h"
#include "common/text/cells.h"
#include "common/text/unicode.h"

namespace dateline {
namespace {

std::string aliases_text(const ListedEntity& entity, std::string_view separator) {
  std::string text;
  for (const auto& [name, articles] : entity.aliases) {
    if (!text.empty()) text += separator;
    text += fmt::format("{} {}", printable(name), articles);
  }
  return text;
}

std::string text_lines(const ListedEntity& entity, const Palette& palette, std::size_t width) {
  const auto counts =
      fmt::format("{:>8} {:>6} {:>8} {:>6} {:>6}  {:<6} ", entity.articles.size(), entity.salient,
                  entity.mentions, entity.in_title, entity.given, name_of(entity.type));
  const auto room = width > counts.size() + 8 ? width - counts.size() : 8;
  auto out = counts + palette.title(ellipsize(printable(entity.name), room)) + '\n';
  if (entity.aliases.empty()) return out;
  constexpr std::string_view label = "         also: ";
  return out + palette.quiet(label) + ellipsize(aliases_text(entity, " · "), width - label.size()) +
         '\n';
}

std::string text_report(const std::vector<ListedEntity>& entities,
                        const std::vector<MergeSuggestion>& suggestions, const Palette& palette,
                        std::size_t width) {
  auto out =
      palette.heading(ellipsize(fmt::format("{:>8} {:>6} {:>8} {:>6} {:>6}  {:<6} {}", "articles",
                                            "about", "mentions", "title", "given", "type", "name"),
                                width)) +
      '\n';
  for (const auto& entity : entities) out += text_lines(entity, palette, width);
  if (suggestions.empty()) return out;
  out += '\n' + palette.heading("# These look alike. Lines for aliases.tsv:") + '\n';
  for (const auto& s : suggestions) {
    out += palette.quiet(fmt::format("# {}:", s.reason)) + '\n';
    out += fmt::format("merge\t{}\t{}\t{}\n", name_of(s.type), s.name, s.into);
  }
  return out;
}

std::string tsv_report(const std::vector<ListedEntity>& entities, bool raw) {
  const auto cell = [&](const std::string& text) { return raw ? text : spreadsheet_text(text); };
  std::string out;
  for (const auto& e : entities) {
    out += fmt::format("{}\t{}\t{}\t{}\t{}\t{}\t{}\t{}\n", name_of(e.type), cell(printable(e.name)),
                       e.articles.size(), e.salient, e.mentions, e.in_title, e.given,
                       cell(aliases_text(e, " | ")));
  }
  return out;
}

std::string json_report(const std::vector<ListedEntity>& entities,
                        const std::vector<MergeSuggestion>& suggestions) {
  std::string out;
  for (const auto& e : entities) {
    auto aliases = Json::array();
    for (const auto& [name, articles] : e.aliases) {
      aliases.push_back({{"name", name}, {"articles", articles}});
    }
    out += dump_json({{"type", name_of(e.type)},
                      {"name", e.name},
                      {"articles", e.articles.size()},
                      {"salient", e.salient},
                      {"mentions", e.mentions},
                      {"in_title", e.in_title},
                      {"given", e.given},
                      {"aliases", aliases}}) +
           '\n';
  }
  for (const auto& s : suggestions) {
    out += dump_json({{"merge", {{"type", name_of(s.type)}, {"name", s.name}, {"into", s.into}}},
                      {"because", s.reason}}) +
           '\n';
  }
  return out;
}

}  // namespace

std::string entity_report(const std::vector<ListedEntity>& entities,
                          const std::vector<MergeSuggestion>& suggestions, EntityListFormat format,
                          const Palette& palette, std::size_t width) {
  switch (format) {
    case EntityListFormat::text:
      return text_report(entities, suggestions, palette, width);
    case EntityListFormat::tsv:
      return tsv_report(entities, false);
    case EntityListFormat::raw_tsv:
      return tsv_report(entities, true);
    case EntityListFormat::json_lines:
      return json_report(entities, suggestions);
  }
  return {};
}

}  // namespace dateline
