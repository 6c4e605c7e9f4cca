// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/operations/check_generation.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <span>
#include <tuple>
#include <vector>

#include "common/bitset.h"
#include "common/error.h"
#include "common/hash.h"
#include "common/index/column_file.h"
#include "common/index/schema.h"
#include "common/index/segment_entities.h"
#include "common/index/tables.h"
#include "common/text/stemmer.h"
#include "indexer/operations/check_columns.h"
#include "indexer/update/catalogue.h"

namespace dateline {
namespace {

template <class F>
void for_each_live_row(const SegmentColumns& segment, const Bitset& dead, F&& f) {
  for (std::uint32_t row = 0; row < segment.rows(); ++row) {
    if (!dead.test(row)) f(row);
  }
}

class TablesCheck {
 public:
  TablesCheck(const GenerationTables& tables, const ColumnFile& file,
              const std::vector<const SegmentColumns*>& segments, const Manifest& manifest,
              const ProblemSink& report)
      : tables_(tables), file_(file), segments_(segments), manifest_(manifest), report_(report) {}

  void run() {
    for (const auto attribute : all_attributes) {
      if (!is_dictionary(tables_.names(attribute)))
        report_(fmt::format("does not hold its {} in order", plural(attribute)));
      check_names(attribute);
    }
    if (!is_dictionary(tables_.entities)) report_("does not hold its entities in order");
    check_folded_names();
    if (check_entities()) {
      check_names_of_entities();
      for (const auto naming : all_namings) {
        check_entity_counts(naming);
        for (std::size_t s = 0; s < segments_.size(); ++s) check_frequent(naming, s);
      }
    }
    for (std::size_t s = 0; s < segments_.size(); ++s) check_dead(s);
  }

 private:
  /// The maps must lead to the same names, and to a name exactly where a live article has it.
  void check_names(Attribute attribute) {
    const auto& all = tables_.names(attribute);
    std::vector<bool> met(all.size());
    for (std::size_t s = 0; s < segments_.size(); ++s) {
      const auto& own = segments_[s]->names(attribute);
      const auto map = tables_.name_map(attribute, s);
      std::vector<bool> live(own.size());
      for_each_live_row(*segments_[s], tables_.dead(s), [&](std::uint32_t row) {
        for (const auto name : segments_[s]->stated(attribute, row)) live[name] = true;
      });
      for (std::size_t n = 0; n < own.size(); ++n) {
        const bool fits = live[n] ? map[n] < all.size() && all[map[n]] == own[n]
                                  : map[n] == GenerationTables::no_name;
        if (!fits) report_(fmt::format("maps the {} '{}' wrongly", singular(attribute), own[n]));
        if (fits && live[n]) met[map[n]] = true;
      }
    }
    const auto unmet = std::ranges::count(met, false);
    if (unmet > 0) report_(fmt::format("has {} {} that no article has", unmet, plural(attribute)));
  }

  void check_folded_names() {
    const auto hashes = file_.column<std::uint64_t>("name.hash");
    const auto entities = file_.column<std::uint32_t>("name.entity");
    const auto canonical = file_.column<std::uint8_t>("name.canonical");
    const bool fits =
        std::ranges::is_sorted(hashes) && hashes.size() == entities.size() &&
        hashes.size() == canonical.size() &&
        std::ranges::all_of(entities, [&](auto e) { return e < tables_.entities.size(); });
    if (!fits) report_("has a broken list of names");
  }

  /// False: there is no use in asking about single entities.
  bool check_entities() {
    std::vector<bool> met(tables_.entities.size());
    for (std::size_t s = 0; s < segments_.size(); ++s) {
      const auto map = tables_.entity_map(s);
      if (!std::ranges::all_of(
              map, [&](auto e) { return e < met.size() || e == GenerationTables::no_entity; })) {
        report_(fmt::format("maps entities of {} to none there is", segments_[s]->name()));
        return false;
      }
      const SegmentEntities entities(*segments_[s], tables_, s);
      for_each_live_row(*segments_[s], tables_.dead(s), [&](std::uint32_t row) {
        entities.for_each_name(row, [&](std::uint32_t e, EntityWeight) { met[e] = true; });
      });
    }
    const auto unmet = std::ranges::count(met, false);
    if (unmet > 0) report_(fmt::format("has {} entities that no article names", unmet));
    return true;
  }

  /// The names of the entities must be the maps the other way round.
  void check_names_of_entities() {
    std::size_t mapped = 0;
    for (std::size_t s = 0; s < segments_.size(); ++s) {
      const auto map = tables_.entity_map(s);
      std::vector<std::size_t> met(tables_.entities.size());
      for (std::uint32_t name = 0; name < map.size(); ++name) {
        if (map[name] == GenerationTables::no_entity) continue;
        ++mapped;
        const auto names = tables_.names_of(map[name], s);
        const auto next = met[map[name]]++;
        if (next < names.size() && names[next].ordinal == name) continue;
        report_(fmt::format("does not list '{}' of {} among the names of its entity",
                            entity_key_name(segments_[s]->entities[name]), segments_[s]->name()));
      }
    }
    if (file_.column<EntityName>("entity.name").size() != mapped)
      report_("lists names of entities that lead to none");
  }

  /// The numbers of articles must be those of the rows, and the entities in their order.
  void check_entity_counts(Naming naming) {
    std::vector<std::uint32_t> articles(tables_.entities.size());
    for (std::size_t s = 0; s < segments_.size(); ++s) {
      const SegmentEntities entities(*segments_[s], tables_, s);
      for_each_live_row(*segments_[s], tables_.dead(s), [&](std::uint32_t row) {
        for (const auto& [entity, weight] : entities.of_row(row)) {
          if (counts_as(naming, weight)) ++articles[entity];
        }
      });
    }
    for (std::uint32_t e = 0; e < articles.size(); ++e) {
      const auto stated = tables_.entity_articles(e, naming);
      if (stated == articles[e]) continue;
      report_(fmt::format("says that {} articles {} '{}', the segments have {}", stated,
                          naming == Naming::salient ? "are about" : "name", tables_.entity_name(e),
                          articles[e]));
    }
    const auto order = tables_.entities_by_articles(naming);
    const auto place = [&](std::uint32_t e) {
      return std::tuple(tables_.entity_type(e), UINT32_MAX - tables_.entity_articles(e, naming), e);
    };
    for (std::size_t i = 1; i < order.size(); ++i) {
      if (place(order[i - 1]) < place(order[i])) continue;
      report_(fmt::format("does not list '{}' where its number of articles belongs",
                          tables_.entity_name(order[i])));
      return;
    }
  }

  /// The rows listed of entities of many articles must be those that count as theirs.
  void check_frequent(Naming naming, std::size_t s) {
    const auto frequent = tables_.frequent_entities(naming);
    std::vector<Bitset> rows(frequent.size(), Bitset(segments_[s]->rows()));
    const SegmentEntities entities(*segments_[s], tables_, s);
    for_each_live_row(*segments_[s], tables_.dead(s), [&](std::uint32_t row) {
      for (const auto& [entity, weight] : entities.of_row(row)) {
        const auto at = std::ranges::lower_bound(frequent, entity);
        if (at == frequent.end() || *at != entity || !counts_as(naming, weight)) continue;
        rows[static_cast<std::size_t>(at - frequent.begin())].set(row);
      }
    });
    for (std::size_t i = 0; i < frequent.size(); ++i) {
      const bool is_entity = frequent[i] < tables_.entities.size();
      if (is_entity &&
          std::ranges::equal(rows[i].words(), tables_.rows_of_frequent(frequent[i], s, naming)))
        continue;
      report_(fmt::format("does not list the rows of {} that {} '{}'", segments_[s]->name(),
                          naming == Naming::salient ? "are about" : "name",
                          is_entity ? tables_.entity_name(frequent[i]) : "an entity unknown"));
    }
  }

  void check_dead(std::size_t s) {
    const auto& entry = manifest_.segments[s];
    const auto words = file_.column<std::uint64_t>(fmt::format("dead.{}", s));
    const auto dead = tables_.dead(s).count();
    std::uint64_t bits = 0;
    for (const auto word : words) bits += static_cast<std::uint64_t>(std::popcount(word));
    if (words.size() != (entry.rows + 63) / 64 || bits != dead)
      report_(fmt::format("has tombstones for rows that {} does not have", entry.name));
    if (entry.rows - dead != entry.live)
      report_(fmt::format("leaves {} live rows of {}, the manifest says {}", entry.rows - dead,
                          entry.name, entry.live));
  }

  const GenerationTables& tables_;
  const ColumnFile& file_;
  const std::vector<const SegmentColumns*>& segments_;
  const Manifest& manifest_;
  const ProblemSink& report_;
};

/// The number of values that another one equals. Sorts.
std::uint64_t count_repeated(std::vector<std::uint64_t>& values) {
  std::ranges::sort(values);
  std::uint64_t repeated = 0;
  for (std::size_t i = 0; i < values.size(); ++i) {
    const bool like_before = i > 0 && values[i - 1] == values[i];
    const bool like_next = i + 1 < values.size() && values[i + 1] == values[i];
    if (like_before || like_next) ++repeated;
  }
  return repeated;
}

/// What the live rows of a generation add up to.
struct LiveCounts {
  std::uint64_t articles = 0;
  std::uint64_t undated = 0;
  std::uint64_t without_source = 0;
  std::uint64_t tokens = 0;
  std::uint64_t title_tokens = 0;
  std::set<std::string> languages;
};

class GenerationCheck {
 public:
  GenerationCheck(const IndexLayout& layout, const Manifest& manifest, DamageList& damage)
      : layout_(layout), manifest_(manifest), damage_(damage) {}

  void run(const WholeSegments& whole) {
    for (const auto& entry : manifest_.segments) {
      const auto found = whole.find(entry.name);
      if (found != whole.end()) segments_.push_back(&found->second);
    }
    const bool complete = segments_.size() == manifest_.segments.size();
    check_tables(complete);
    check_catalogue();
  }

 private:
  ProblemSink sink(IndexPart part, const std::filesystem::path& file,
                   const std::string& consequence) {
    return [this, part, file, consequence](std::string problem) {
      damage_.add({part, file.filename().string(), file, std::move(problem), consequence});
    };
  }

  void check_tables(bool complete) {
    const auto path = layout_.tables(manifest_.generation);
    const auto report =
        sink(IndexPart::tables, path,
             fmt::format("names, facets and what was removed are wrong in generation {}",
                         manifest_.generation));
    try {
      const ColumnFile file(path, numbered("tables", manifest_.generation));
      file.verify();
      if (!strings_fit(file, report)) return;
      const GenerationTables tables(path, manifest_);
      if (!complete || !sizes_fit(tables, report)) return;
      TablesCheck(tables, file, segments_, manifest_, report).run();
      for (std::size_t s = 0; s < segments_.size(); ++s) count(*segments_[s], tables.dead(s));
      compare_counts();
      counted_ = true;
    } catch (const Error& e) {
      if (e.code() == ExitCode::system_failure) throw;
      report(phrase_of(e, path));
    }
  }

  static bool strings_fit(const ColumnFile& file, const ProblemSink& report) {
    for (const auto* name :
         {"sources", "authors", "topics", "languages", "entities", "synonym.name"}) {
      const auto at = file.column<std::uint64_t>(std::string(name) + ".at");
      if (are_offsets(at, file.column<char>(std::string(name) + ".text").size())) continue;
      report(fmt::format("has a broken list '{}'", name));
      return false;
    }
    return true;
  }

  bool sizes_fit(const GenerationTables& tables, const ProblemSink& report) const {
    for (std::size_t s = 0; s < segments_.size(); ++s) {
      const auto& own = *segments_[s];
      const bool fits =
          tables.entity_map(s).size() == own.entities.size() &&
          std::ranges::all_of(all_attributes, [&](Attribute attribute) {
            return tables.name_map(attribute, s).size() == own.names(attribute).size();
          });
      if (fits) continue;
      report(fmt::format("does not fit {}", own.name()));
      return false;
    }
    return true;
  }

  void count(const SegmentColumns& segment, const Bitset& dead) {
    for_each_live_row(segment, dead, [&](std::uint32_t row) {
      ++counts_.articles;
      counts_.tokens += segment.tokens[row];
      counts_.title_tokens += segment.title_tokens[row];
      if (segment.day[row] == schema::undated_day) ++counts_.undated;
      if (segment.source[row] == schema::no_source) ++counts_.without_source;
      counts_.languages.insert(stemming_language(std::string(segment.language_of(row))));
      ids_.push_back(hash64(segment.id[row]));
      keys_.push_back(segment.key_hash[row]);
      paths_.push_back(segment.path_hash[row]);
    });
  }

  void compare_counts() {
    const auto report = sink(IndexPart::manifest, layout_.manifest(manifest_.generation),
                             "counts and ranking are wrong");
    const auto compare = [&](std::string_view what, std::uint64_t stated, std::uint64_t found) {
      if (stated != found)
        report(fmt::format("says {} {}, the segments have {}", stated, what, found));
    };
    compare("articles", manifest_.articles, counts_.articles);
    compare("undated articles", manifest_.undated, counts_.undated);
    compare("articles of unknown source", manifest_.without_source, counts_.without_source);
    compare("words", manifest_.tokens, counts_.tokens);
    compare("words of titles", manifest_.title_tokens, counts_.title_tokens);
    compare("articles that share an id", manifest_.repeated_ids, count_repeated(ids_));
    if (manifest_.languages !=
        std::vector<std::string>(counts_.languages.begin(), counts_.languages.end()))
      report("lists other languages than the articles have");
    if (const auto twice = count_repeated(keys_); twice > 0)
      report(fmt::format("has segments in which {} articles are live twice", twice));
  }

  void check_catalogue() {
    const auto path = layout_.catalogue(manifest_.generation);
    const auto report =
        sink(IndexPart::catalogue, path,
             "the next run cannot tell which articles changed; answers are not affected");
    try {
      const auto catalogue = read_catalogue(path, manifest_.generation);
      if (counted_) compare_files(catalogue, report);
    } catch (const Error& e) {
      if (e.code() == ExitCode::system_failure) throw;
      report(phrase_of(e, path));
    }
  }

  void compare_files(const Catalogue& catalogue, const ProblemSink& report) {
    std::ranges::sort(paths_);
    std::uint64_t listed = 0;
    for (const auto& [path, entry] : catalogue) {
      const auto [first, last] = std::equal_range(paths_.begin(), paths_.end(), hash64(path));
      const auto live = static_cast<std::uint64_t>(last - first);
      listed += live;
      if (live != entry.articles)
        report(fmt::format("says that '{}' has {} articles, the segments have {}", path,
                           entry.articles, live));
    }
    if (listed < paths_.size())
      report(fmt::format("does not list the files of {} articles", paths_.size() - listed));
  }

  const IndexLayout& layout_;
  const Manifest& manifest_;
  DamageList& damage_;
  std::vector<const SegmentColumns*> segments_;
  LiveCounts counts_;
  bool counted_ = false;
  std::vector<std::uint64_t> ids_;
  std::vector<std::uint64_t> keys_;
  std::vector<std::uint64_t> paths_;
};

}  // namespace

void check_generation(const IndexLayout& layout, const Manifest& manifest,
                      const WholeSegments& segments, DamageList& damage) {
  GenerationCheck(layout, manifest, damage).run(segments);
}

}  // namespace dateline
