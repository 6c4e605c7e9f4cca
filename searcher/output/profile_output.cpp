// SPDX-License-Identifier: GPL-3.0-or-later
#include "searcher/output/profile_output.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "common/text/unicode.h"
#include "searcher/options.h"
#include "searcher/output/fields.h"
#include "searcher/output/page.h"

namespace dateline {
namespace {

constexpr std::string_view margin = "    ";

std::string articles_text(std::uint64_t count) {
  return fmt::format("{} {}", count, count == 1 ? "article" : "articles");
}

std::string heading(const EntityProfile& profile, const SearchRequest& request) {
  auto text = fmt::format("{} · {} · {}", printable(profile.name), name_of(profile.type),
                          articles_text(profile.total));
  if (!request.query.empty()) text += fmt::format(" for {}", printable(request.query));
  text += request.filters.all_mentions ? " that mention it" : " about it";
  return fmt::format("{}, {} {}", text, profile.mentions,
                     profile.mentions == 1 ? "mention" : "mentions");
}

std::string article_lines(std::string_view label, const std::optional<Hit>& hit,
                          const Palette& palette, std::size_t width) {
  if (!hit) return "";
  const auto& article = hit->article;
  const auto line = fmt::format("{}  {}", format_day(article.published.value.day),
                                printable(shown_title(*hit).text));
  const auto where =
      fmt::format("{} · {}", article.source ? printable(article.source.value) : "source unknown",
                  printable(hit->id));
  const std::string below(margin.size() + 8 + 12, ' ');
  return fmt::format("{}{:<8}{}\n{}{}\n", margin, label,
                     palette.title(ellipsize(line, width - margin.size() - 8)), below,
                     palette.quiet(ellipsize(where, width - below.size())));
}

/// A bar for each period; the longest fills what the width leaves.
std::string timeline_lines(const std::vector<FacetCount>& timeline, const Palette& palette,
                           std::size_t width) {
  std::uint64_t most = 1;
  for (const auto& period : timeline) most = std::max(most, period.articles);
  const auto label = margin.size() + 10;
  const auto room = width - label - std::to_string(most).size() - 3;
  const std::string_view block = utf8_locale() ? "█" : "#";
  std::string out;
  for (const auto& period : timeline) {
    const auto cells = (period.articles * room + most - 1) / most;
    std::string bar;
    for (std::uint64_t i = 0; i < cells; ++i) bar += block;
    out +=
        fmt::format("{}{:<10}  {} {}\n", margin, period.value, palette.match(bar), period.articles);
  }
  return out;
}

std::vector<FacetCount> shared_counts(const std::vector<Companion>& companions) {
  std::vector<FacetCount> counts;
  for (const auto& c : companions) counts.push_back({c.name, c.shared});
  return counts;
}

std::vector<FacetCount> alias_counts(const EntityProfile& profile) {
  std::vector<FacetCount> counts;
  for (const auto& [name, articles] : profile.aliases) counts.push_back({name, articles});
  return counts;
}

Json article_json(const std::optional<Hit>& hit) {
  if (!hit) return nullptr;
  const auto& article = hit->article;
  return {{"id", hit->id},
          {"date", format_day(article.published.value.day)},
          {"title", shown_title(*hit).text},
          {"source", article.source ? Json(article.source.value) : Json(nullptr)},
          {"path", article.path},
          {"record", article.record}};
}

Json counts_json(const std::vector<FacetCount>& counts, const char* name, const char* count) {
  auto list = Json::array();
  for (const auto& c : counts) list.push_back({{name, c.value}, {count, c.articles}});
  return list;
}

}  // namespace

std::string profile_page(const EntityProfile& profile, const SearchRequest& request,
                         const Palette& palette, std::size_t width) {
  auto out = palette.heading(ellipsize(heading(profile, request), width)) + '\n';
  if (!profile.aliases.empty()) {
    const auto aliases = alias_counts(profile);
    out += facet_lines("also", aliases, "", palette, width);
  }
  out += article_lines("first", profile.first, palette, width);
  out += article_lines("last", profile.last, palette, width);
  if (profile.total == 0) return out;
  out += '\n' + palette.heading("timeline") + '\n';
  out += timeline_lines(profile.timeline, palette, width);
  out += '\n' + palette.heading("sources") + '\n';
  out += facet_lines("", profile.sources, more_than(profile.sources.size(), profile.source_count),
                     palette, width);
  out += '\n' + palette.heading("with it") + "  " +
         palette.quiet(
             ellipsize("named together more often than by chance; articles of both", width - 9)) +
         '\n';
  for (const auto type : all_entity_types) {
    const auto found = profile.companions.find(type);
    const auto counts = found == profile.companions.end() ? std::vector<FacetCount>()
                                                          : shared_counts(found->second);
    out += facet_lines(name_of(type), counts, "", palette, width);
  }
  return out;
}

Json profile_json(const EntityProfile& profile, const SearchRequest& request) {
  Json j = {{"format_version", json_format_version},
            {"type", name_of(profile.type)},
            {"name", profile.name},
            {"query", request.query},
            {"generation", profile.generation},
            {"total", profile.total},
            {"all_mentions", request.filters.all_mentions},
            {"mentions", profile.mentions},
            {"aliases", counts_json(alias_counts(profile), "name", "articles")},
            {"first", article_json(profile.first)},
            {"last", article_json(profile.last)},
            {"timeline", counts_json(profile.timeline, "value", "count")},
            {"sources", counts_json(profile.sources, "value", "count")},
            {"source_count", profile.source_count}};
  auto& with = j["with"] = Json::object();
  for (const auto type : all_entity_types) {
    auto& list = with[std::string(name_of(type))] = Json::array();
    const auto found = profile.companions.find(type);
    if (found == profile.companions.end()) continue;
    for (const auto& c : found->second) {
      list.push_back({{"name", c.name},
                      {"shared", c.shared},
                      {"articles", c.articles},
                      {"score", std::round(c.score * 1e4) / 1e4}});
    }
  }
  j["notes"] = profile.notes;
  return j;
}

}  // namespace dateline
