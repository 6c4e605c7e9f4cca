// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/update/publish.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <set>
#include <string_view>

#include "common/error.h"
#include "common/file_io.h"
#include "common/hash.h"
#include "common/index/schema.h"
#include "common/index/segment.h"
#include "common/index/tables.h"
#include "common/text/stemmer.h"
#include "indexer/names/entity_tables.h"
#include "indexer/names/synonym_groups.h"

namespace dateline {
namespace {

/// The new generation's segments, opened.
std::vector<SegmentColumns> open_segments(const IndexLayout& layout, const Manifest& manifest) {
  std::vector<SegmentColumns> segments;
  for (const auto& entry : manifest.segments) {
    segments.emplace_back(layout.segment(entry.name), entry.name);
  }
  return segments;
}

template <class F>
void for_each_live_row(const SegmentColumns& segment, const Bitset& dead, F&& f) {
  for (std::uint32_t row = 0; row < segment.rows(); ++row) {
    if (!dead.test(row)) f(row);
  }
}

TablesContent::Names merge_names(Attribute attribute, const std::vector<SegmentColumns>& segments,
                                 const std::vector<Bitset>& dead) {
  std::vector<std::vector<bool>> used;
  std::set<std::string_view> names;
  for (std::size_t i = 0; i < segments.size(); ++i) {
    const auto& segment = segments[i];
    auto& in_use = used.emplace_back(segment.names(attribute).size());
    for_each_live_row(segment, dead[i], [&](std::uint32_t row) {
      for (const auto name : segment.stated(attribute, row)) in_use[name] = true;
    });
    for (std::uint32_t n = 0; n < in_use.size(); ++n) {
      if (in_use[n]) names.insert(segment.names(attribute)[n]);
    }
  }
  TablesContent::Names merged{{names.begin(), names.end()}, {}};
  for (std::size_t i = 0; i < segments.size(); ++i) {
    const auto& own = segments[i].names(attribute);
    auto& map = merged.maps.emplace_back(own.size(), GenerationTables::no_name);
    for (std::uint32_t n = 0; n < map.size(); ++n) {
      if (!used[i][n]) continue;
      const auto at = std::ranges::lower_bound(
          merged.names, own[n], std::ranges::less{},
          [](const std::string& name) -> std::string_view { return name; });
      map[n] = static_cast<std::uint32_t>(at - merged.names.begin());
    }
  }
  return merged;
}

std::uint64_t count_repeated(std::vector<std::uint64_t>& hashes) {
  std::ranges::sort(hashes);
  std::uint64_t repeated = 0;
  for (std::size_t i = 0; i < hashes.size();) {
    auto next = i + 1;
    while (next < hashes.size() && hashes[next] == hashes[i]) ++next;
    if (next - i > 1) repeated += next - i;
    i = next;
  }
  return repeated;
}

void count_live(const std::vector<SegmentColumns>& segments, const std::vector<Bitset>& dead,
                Manifest& manifest) {
  std::vector<std::uint64_t> id_hashes;
  std::set<std::string> languages;
  manifest.articles = manifest.undated = manifest.without_source = 0;
  manifest.tokens = 0;
  manifest.title_tokens = 0;
  for (std::size_t i = 0; i < segments.size(); ++i) {
    const auto& segment = segments[i];
    std::uint32_t live = 0;
    for_each_live_row(segment, dead[i], [&](std::uint32_t row) {
      ++live;
      manifest.tokens += segment.tokens[row];
      manifest.title_tokens += segment.title_tokens[row];
      if (segment.day[row] == schema::undated_day) ++manifest.undated;
      if (segment.source[row] == schema::no_source) ++manifest.without_source;
      languages.emplace(stemming_language(segment.language_of(row)));
      id_hashes.push_back(hash64(segment.id[row]));
    });
    manifest.segments[i].live = live;
    manifest.articles += live;
  }
  manifest.repeated_ids = count_repeated(id_hashes);
  manifest.languages.assign(languages.begin(), languages.end());
}

/// Refuses what no reader would take.
std::string manifest_text(const Manifest& manifest) {
  auto text = to_json(manifest);
  if (text.size() <= max_manifest_bytes) return text;
  throw Error(
      ExitCode::usage,
      fmt::format("{} article sets and their options take {} MB to remember; the index is as "
                  "it was",
                  manifest.sets.size(), text.size() >> 20),
      "name the folders of articles instead of each file");
}

}  // namespace

std::string new_segment_name(const IndexLayout& layout, Manifest& manifest) {
  while (true) {
    auto name = numbered("seg", manifest.next_segment++);
    if (!std::filesystem::exists(layout.segment(name))) return name;
  }
}

Manifest publish(const IndexLayout& layout, NewGeneration generation, const NameRules& rules) {
  auto& manifest = generation.manifest;
  const auto segments = open_segments(layout, manifest);
  count_live(segments, generation.dead, manifest);
  manifest.published = std::chrono::duration_cast<std::chrono::seconds>(
                           std::chrono::system_clock::now().time_since_epoch())
                           .count();
  manifest.aliases = rules.aliases_digest;
  manifest.gazetteer = rules.gazetteer_digest;

  TablesContent content;
  for (const auto attribute : all_attributes) {
    content.attributes[static_cast<std::size_t>(attribute)] =
        merge_names(attribute, segments, generation.dead);
  }
  fill_entities(layout, segments, generation.dead, rules, content);
  content.dead = std::move(generation.dead);
  content.synonyms = synonym_groups(rules);

  write_tables(layout.tables(manifest.generation), manifest.generation, std::move(content));
  write_catalogue(layout.catalogue(manifest.generation), manifest.generation, generation.catalogue);
  replace_file(layout.manifest(manifest.generation), manifest_text(manifest));
  sync_folder(layout.dir());
  replace_file(layout.current(), std::to_string(manifest.generation) + "\n");
  return std::move(manifest);
}

}  // namespace dateline
