// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/index/tables.h"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>
#include <tuple>

#include "common/hash.h"
#include "common/index/layout.h"
#include "common/index/segment.h"
#include "common/index/sorted_strings.h"
#include "common/text/unicode.h"

namespace dateline {
namespace {

std::string per_segment(std::string_view kind, std::size_t segment) {
  return fmt::format("{}.{}", kind, segment);
}

/// "new york times" of "the new york times".
std::string_view bare_title(std::string_view folded) {
  constexpr std::string_view article = "the ";
  if (folded.starts_with(article)) folded.remove_prefix(article.size());
  return folded;
}

bool all_below(std::span<const std::uint32_t> numbers, std::size_t limit) {
  return std::ranges::all_of(numbers, [&](auto number) { return number < limit; });
}

constexpr std::array articles_sections{"entity.articles.salient", "entity.articles.all"};
constexpr std::array by_articles_sections{"entity.order.salient", "entity.order.all"};
constexpr std::array frequent_sections{"frequent.salient", "frequent.all"};
static_assert(frequent_sections.size() == all_namings.size());
static_assert(articles_sections.size() == all_namings.size());
static_assert(by_articles_sections.size() == all_namings.size());

/// See GenerationTables::entities_by_articles().
std::vector<std::uint32_t> order_by_articles(const std::vector<std::string>& entities,
                                             const std::vector<std::uint32_t>& articles) {
  std::vector<std::tuple<EntityType, std::uint32_t, std::uint32_t>> keys;
  keys.reserve(entities.size());
  for (std::uint32_t e = 0; e < entities.size(); ++e) {
    keys.emplace_back(entity_key_type(entities[e]), UINT32_MAX - articles[e], e);
  }
  std::ranges::sort(keys);
  std::vector<std::uint32_t> order;
  order.reserve(keys.size());
  for (const auto& key : keys) order.push_back(std::get<2>(key));
  return order;
}

/// The names of all entities, one entity's behind another's, and where each entity's begin.
struct NamesOfEntities {
  std::vector<std::uint32_t> at;
  std::vector<EntityName> names;
};

NamesOfEntities names_of_entities(const std::vector<std::vector<std::uint32_t>>& maps,
                                  std::size_t entities) {
  NamesOfEntities all;
  all.at.resize(entities + 1);
  for (const auto& map : maps) {
    for (const auto entity : map) {
      if (entity != GenerationTables::no_entity) ++all.at[entity + 1];
    }
  }
  std::partial_sum(all.at.begin(), all.at.end(), all.at.begin());
  all.names.resize(all.at.back());
  auto next = all.at;
  for (std::uint32_t segment = 0; segment < maps.size(); ++segment) {
    for (std::uint32_t name = 0; name < maps[segment].size(); ++name) {
      const auto entity = maps[segment][name];
      if (entity != GenerationTables::no_entity) all.names[next[entity]++] = {segment, name};
    }
  }
  return all;
}

void sort_unique(std::vector<std::uint32_t>& ordinals) {
  std::ranges::sort(ordinals);
  ordinals.erase(std::unique(ordinals.begin(), ordinals.end()), ordinals.end());
}

}  // namespace

GenerationTables::GenerationTables(const std::filesystem::path& path, const Manifest& manifest)
    : file_(path, numbered("tables", manifest.generation)), articles_(manifest.articles) {
  file_.expect_scattered_reads();
  file_.verify_if_quick();
  for (const auto attribute : all_attributes) {
    names_[static_cast<std::size_t>(attribute)] = file_.strings(plural(attribute));
  }
  entities = file_.strings("entities");
  name_hash_ = file_.column<std::uint64_t>("name.hash");
  name_entity_ = file_.column<std::uint32_t>("name.entity");
  name_is_canonical_ = file_.column<std::uint8_t>("name.canonical");
  if (name_entity_.size() != name_hash_.size() || name_is_canonical_.size() != name_hash_.size() ||
      !all_below(name_entity_, entities.size())) {
    refuse_index_file(path, "has names that lead out of it");
  }
  synonyms_ = read_synonyms();
  read_entity_counts();
  for (std::size_t i = 0; i < manifest.segments.size(); ++i) {
    for (const auto attribute : all_attributes) {
      name_maps_[static_cast<std::size_t>(attribute)].push_back(
          read_map(per_segment(singular(attribute), i), names(attribute).size()));
    }
    entity_maps_.push_back(read_map(per_segment("entity", i), entities.size()));
    added_.push_back(read_added(i, manifest.segments[i].rows));
    adding_up_.push_back(read_rows(per_segment("entity.sum", i), manifest.segments[i].rows));
    dead_.push_back(read_rows(per_segment("dead", i), manifest.segments[i].rows));
    read_frequent(i, manifest.segments[i].rows);
  }
}

std::vector<std::vector<std::string>> GenerationTables::read_synonyms() const {
  const auto sizes = file_.column<std::uint32_t>("synonym.size");
  const auto names = file_.strings("synonym.name");
  std::vector<std::vector<std::string>> groups;
  std::size_t next = 0;
  for (const auto size : sizes) {
    auto& group = groups.emplace_back();
    for (std::uint32_t i = 0; i < size && next < names.size(); ++i) {
      group.emplace_back(names[next++]);
    }
  }
  return groups;
}

void GenerationTables::read_entity_counts() {
  entity_name_at_ = file_.column<std::uint32_t>("entity.name_at");
  entity_names_ = file_.column<EntityName>("entity.name");
  bool fits = entity_name_at_.size() == entities.size() + 1;
  for (std::size_t n = 0; n < all_namings.size(); ++n) {
    entity_articles_[n] = file_.column<std::uint32_t>(articles_sections[n]);
    entities_by_articles_[n] = file_.column<std::uint32_t>(by_articles_sections[n]);
    frequent_[n].entities = file_.column<std::uint32_t>(frequent_sections[n]);
    fits = fits && entity_articles_[n].size() == entities.size() &&
           entities_by_articles_[n].size() == entities.size();
  }
  if (!fits) refuse_index_file(file_.path(), "has other numbers of entities than of their counts");
}

std::uint32_t GenerationTables::entity_articles(std::uint32_t entity, Naming naming) const {
  const auto articles = entity_articles_[static_cast<std::size_t>(naming)][entity];
  if (articles > articles_) {
    refuse_index_file(file_.path(), "counts more articles of an entity than there are");
  }
  return articles;
}

std::span<const EntityName> GenerationTables::names_of(std::uint32_t entity,
                                                       std::size_t segment) const {
  const auto begin = entity_name_at_[entity];
  const auto end = entity_name_at_[entity + 1];
  if (begin > end || end > entity_names_.size()) {
    refuse_index_file(file_.path(), "has offsets that leave their column");
  }
  const auto all = entity_names_.subspan(begin, end - begin);
  if (!all.empty() && all.back().segment >= entity_maps_.size()) {
    refuse_index_file(file_.path(), "has names that lead out of it");
  }
  const auto first = std::partition_point(
      all.begin(), all.end(), [&](const EntityName& name) { return name.segment < segment; });
  const auto last = std::partition_point(
      first, all.end(), [&](const EntityName& name) { return name.segment == segment; });
  const auto names = all.subspan(static_cast<std::size_t>(first - all.begin()),
                                 static_cast<std::size_t>(last - first));
  const auto size = entity_maps_[segment].size();
  for (const auto& name : names) {
    if (name.ordinal >= size) refuse_index_file(file_.path(), "has names that lead out of it");
  }
  return names;
}

void GenerationTables::read_frequent(std::size_t segment, std::uint32_t rows) {
  for (std::size_t n = 0; n < all_namings.size(); ++n) {
    auto& frequent = frequent_[n];
    const auto words = file_.column<std::uint64_t>(per_segment(frequent_sections[n], segment));
    if (words.size() != frequent.entities.size() * ((std::size_t{rows} + 63) / 64)) {
      refuse_index_file(file_.path(), "does not fit the segments of the index");
    }
    frequent.rows.push_back(words);
  }
}

std::span<const std::uint64_t> GenerationTables::rows_of_frequent(std::uint32_t entity,
                                                                  std::size_t segment,
                                                                  Naming naming) const {
  const auto& frequent = frequent_[static_cast<std::size_t>(naming)];
  const auto& listed = frequent.entities;
  const auto at = std::lower_bound(listed.begin(), listed.end(), entity);
  if (at == listed.end() || *at != entity) return {};
  const auto& rows = frequent.rows[segment];
  const auto words = rows.size() / listed.size();
  return rows.subspan(static_cast<std::size_t>(at - listed.begin()) * words, words);
}

Bitset GenerationTables::read_rows(const std::string& section, std::uint32_t rows) const {
  const auto words = file_.column<std::uint64_t>(section);
  if (words.size() != (std::size_t{rows} + 63) / 64) {
    refuse_index_file(file_.path(), "does not fit the segments of the index");
  }
  return Bitset::from_words(rows, {words.begin(), words.end()});
}

AddedEntities GenerationTables::read_added(std::size_t segment, std::uint32_t rows) const {
  const AddedEntities added{file_.column<std::uint32_t>(per_segment("added.row", segment)),
                            file_.column<std::uint32_t>(per_segment("added.entity", segment)),
                            file_.column<std::uint8_t>(per_segment("added.weight", segment))};
  const bool fits = added.row.size() == added.entity.size() &&
                    added.row.size() == added.weight.size() && all_below(added.row, rows) &&
                    all_below(added.entity, entities.size());
  if (!fits) refuse_index_file(file_.path(), "does not fit the segments of the index");
  return added;
}

std::span<const std::uint32_t> GenerationTables::read_map(const std::string& section,
                                                          std::size_t names) const {
  const auto map = file_.column<std::uint32_t>(section);
  const bool fits =
      std::ranges::all_of(map, [&](auto ordinal) { return ordinal < names || ordinal == no_name; });
  if (!fits) refuse_index_file(file_.path(), "has names that lead out of it");
  return map;
}

std::vector<std::uint32_t> GenerationTables::named(Attribute attribute,
                                                   std::string_view name) const {
  const auto& all = names(attribute);
  if (const auto exact = find_sorted(all, name)) return {*exact};
  std::vector<std::uint32_t> found;
  std::vector<std::uint32_t> without_article;
  const auto folded = fold_name(name);
  for (std::uint32_t i = 0; i < all.size(); ++i) {
    const auto other = fold_name(all[i]);
    if (other == folded) found.push_back(i);
    if (bare_title(other) == bare_title(folded)) without_article.push_back(i);
  }
  return found.empty() && attribute == Attribute::source ? without_article : found;
}

std::vector<std::uint32_t> GenerationTables::entities_named(std::string_view name,
                                                            std::optional<EntityType> type) const {
  std::vector<std::uint32_t> exact;
  for (const auto t : all_entity_types) {
    if (type && *type != t) continue;
    if (const auto e = find_sorted(entities, entity_key(t, name))) exact.push_back(*e);
  }
  if (!exact.empty()) return exact;

  std::vector<std::uint32_t> canonical;
  std::vector<std::uint32_t> aliases;
  const auto [first, last] =
      std::equal_range(name_hash_.begin(), name_hash_.end(), hash64(fold_name(name)));
  for (auto it = first; it != last; ++it) {
    const auto i = static_cast<std::size_t>(it - name_hash_.begin());
    const auto entity = name_entity_[i];
    if (type && *type != entity_type(entity)) continue;
    (name_is_canonical_[i] != 0 ? canonical : aliases).push_back(entity);
  }
  auto& found = canonical.empty() ? aliases : canonical;
  sort_unique(found);
  return found;
}

void write_tables(const std::filesystem::path& path, std::uint64_t generation,
                  TablesContent content) {
  std::vector<std::tuple<std::uint64_t, std::uint32_t, std::uint8_t>> names;
  for (const auto& n : content.names) {
    names.emplace_back(hash64(n.folded), n.entity, n.canonical ? 1 : 0);
  }
  std::ranges::sort(names);
  names.erase(std::unique(names.begin(), names.end()), names.end());
  std::vector<std::uint64_t> hashes;
  std::vector<std::uint32_t> named;
  std::vector<std::uint8_t> canonical;
  for (const auto& [hash, entity, is_canonical] : names) {
    hashes.push_back(hash);
    named.push_back(entity);
    canonical.push_back(is_canonical);
  }

  ColumnFileWriter file(path, numbered("tables", generation));
  for (const auto attribute : all_attributes) {
    file.add_strings(plural(attribute),
                     content.attributes[static_cast<std::size_t>(attribute)].names);
  }
  file.add_strings("entities", content.entities);
  file.add("name.hash", hashes);
  file.add("name.entity", named);
  file.add("name.canonical", canonical);
  const auto names_by_entity = names_of_entities(content.entity_maps, content.entities.size());
  file.add("entity.name_at", names_by_entity.at);
  file.add("entity.name", names_by_entity.names);
  for (std::size_t n = 0; n < all_namings.size(); ++n) {
    const auto& counted = content.counted[n];
    file.add(articles_sections[n], counted.articles);
    file.add(by_articles_sections[n], order_by_articles(content.entities, counted.articles));
    file.add(frequent_sections[n], counted.frequent);
  }
  std::vector<std::uint32_t> group_sizes;
  std::vector<std::string> synonyms;
  for (const auto& group : content.synonyms) {
    group_sizes.push_back(static_cast<std::uint32_t>(group.size()));
    synonyms.insert(synonyms.end(), group.begin(), group.end());
  }
  file.add("synonym.size", group_sizes);
  file.add_strings("synonym.name", synonyms);
  for (std::size_t i = 0; i < content.dead.size(); ++i) {
    for (const auto attribute : all_attributes) {
      file.add(per_segment(singular(attribute), i),
               content.attributes[static_cast<std::size_t>(attribute)].maps[i]);
    }
    file.add(per_segment("entity", i), content.entity_maps[i]);
    file.add(per_segment("entity.sum", i), content.adding_up[i].words());
    file.add(per_segment("added.row", i), content.added[i].row);
    file.add(per_segment("added.entity", i), content.added[i].entity);
    file.add(per_segment("added.weight", i), content.added[i].weight);
    file.add(per_segment("dead", i), content.dead[i].words());
    for (std::size_t n = 0; n < all_namings.size(); ++n) {
      file.begin(per_segment(frequent_sections[n], i));
      for (const auto& rows : content.counted[n].frequent_rows[i]) {
        const auto bytes = std::as_bytes(std::span(rows.words()));
        file.append({reinterpret_cast<const char*>(bytes.data()), bytes.size()});
      }
    }
  }
  file.finish();
}

}  // namespace dateline
