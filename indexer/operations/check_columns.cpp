// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/operations/check_columns.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <functional>
#include <utility>
#include <vector>

#include "common/index/attribute.h"
#include "common/index/schema.h"
#include "common/text/unicode.h"

namespace dateline {
namespace {

constexpr std::array string_lists{schema::id,      schema::sources, schema::entities,
                                  schema::authors, schema::topics,  schema::languages,
                                  schema::words};

bool strings_fit(const ColumnFile& file, const ProblemSink& report) {
  for (const auto name : string_lists) {
    const auto at = file.column<std::uint64_t>(std::string(name) + ".at");
    const auto text = file.column<char>(std::string(name) + ".text");
    if (are_offsets(at, text.size())) continue;
    report(fmt::format("has a broken list '{}'", name));
    return false;
  }
  return true;
}

/// Lists of ordinals, some of a row, entity or language, each below the size of what it counts in.
struct OrdinalLists {
  std::string_view at;
  std::string_view ordinals;
  std::size_t lists;
  std::size_t limit;
};

bool lists_fit(const ColumnFile& file, const OrdinalLists& lists, const ProblemSink& report) {
  const auto at = file.column<std::uint32_t>(lists.at);
  const auto ordinals = file.column<std::uint32_t>(lists.ordinals);
  const bool fits = at.size() == lists.lists + 1 && are_offsets(at, ordinals.size()) &&
                    std::ranges::all_of(ordinals, [&](auto n) { return n < lists.limit; });
  if (!fits) report(fmt::format("has a broken list '{}'", lists.ordinals));
  return fits;
}

bool all_below(std::span<const std::uint32_t> ordinals, std::size_t limit, std::uint32_t none) {
  return std::ranges::all_of(ordinals, [&](auto n) { return n < limit || n == none; });
}

template <class List>
bool ascends_strictly(const List& list) {
  return std::adjacent_find(list.begin(), list.end(), std::greater_equal<>{}) == list.end();
}

/// How many of the entities of a row, or rows of an entity, stand in the first part of the list.
std::size_t salient_of_row(const SegmentColumns& columns, std::uint32_t row) {
  return columns.entities_of(row, Naming::salient).size();
}
std::size_t salient_of_entity(const SegmentColumns& columns, std::uint32_t entity) {
  return columns.rows_naming(entity, Naming::salient).size();
}

/// Whether either part of a list ascends.
bool parts_ascend(const Ordinals& list, std::size_t salient) {
  for (std::size_t i = 1; i < list.size(); ++i) {
    if (i != salient && list[i] <= list[i - 1]) return false;
  }
  return true;
}

bool parts_fit(std::span<const EntityWeight> weights, std::size_t salient) {
  for (std::size_t i = 0; i < weights.size(); ++i) {
    if (is_salient(weights[i]) != (i < salient)) return false;
  }
  return true;
}

void check_rows(const SegmentColumns& columns, const ProblemSink& report) {
  for (std::uint32_t row = 0; row < columns.rows(); ++row) {
    const auto complain = [&](std::string_view what) {
      report(fmt::format("does not list the {} of row {} in order", what, row));
    };
    const auto salient = salient_of_row(columns, row);
    if (!parts_ascend(columns.entities_of(row), salient) ||
        !parts_fit(columns.entity_weights_of(row), salient))
      complain("entities");
    if (!ascends_strictly(columns.stated(Attribute::author, row))) complain("authors");
    if (!ascends_strictly(columns.stated(Attribute::topic, row))) complain("topics");
  }
}

void check_order(const SegmentColumns& columns, const ProblemSink& report) {
  for (std::uint32_t row = 1; row < columns.rows(); ++row) {
    if (!newest_first(columns, row, columns, row - 1)) continue;
    report(fmt::format("has row {} behind one that is older", row));
    return;
  }
}

void check_day_runs(const SegmentColumns& columns, const ProblemSink& report) {
  for (std::size_t i = 0; i < columns.run_days().size(); ++i) {
    const auto run = columns.day_run(i);
    const auto days = columns.day.subspan(run.first, run.end - run.first);
    const bool follows_itself = i > 0 && columns.day_run(i - 1).day == run.day;
    if (!follows_itself && std::ranges::all_of(days, [&](auto day) { return day == run.day; }))
      continue;
    report(fmt::format("says twice, and not the same, of which day row {} is", run.first));
    return;
  }
}

/// The rows of each entity must be those whose lists have it, with the weight that it has there.
void check_transposed(const SegmentColumns& columns, const ProblemSink& report) {
  struct Met {
    std::size_t salient = 0;
    std::size_t in_passing = 0;
  };
  std::vector<Met> met(columns.entities.size());
  for (std::uint32_t row = 0; row < columns.rows(); ++row) {
    const auto entities = columns.entities_of(row);
    const auto weights = columns.entity_weights_of(row);
    for (std::size_t i = 0; i < entities.size(); ++i) {
      const auto entity = entities[i];
      const auto rows = columns.rows_naming(entity);
      auto& [salient, in_passing] = met[entity];
      const auto place =
          is_salient(weights[i]) ? salient++ : salient_of_entity(columns, entity) + in_passing++;
      if (place >= rows.size() || rows[place] != row) {
        report(fmt::format("does not list row {} among those that name '{}'", row,
                           entity_key_name(columns.entities[entity])));
      } else if (columns.weights_naming(entity)[place] != weights[i]) {
        report(fmt::format("says twice, and not the same, how row {} names '{}'", row,
                           entity_key_name(columns.entities[entity])));
      }
    }
  }
  for (std::uint32_t entity = 0; entity < met.size(); ++entity) {
    const auto name = entity_key_name(columns.entities[entity]);
    const auto& [salient, in_passing] = met[entity];
    if (salient + in_passing != columns.rows_naming(entity).size()) {
      report(fmt::format("lists rows under '{}' that do not name it", name));
    } else if (salient != salient_of_entity(columns, entity)) {
      report(fmt::format("does not tell which rows are about '{}'", name));
    }
  }
}

void check_fold_order(const SegmentColumns& columns, const ProblemSink& report) {
  std::pair<std::string, std::uint32_t> before;
  const auto by_fold = columns.words_by_fold();
  for (std::size_t i = 0; i < by_fold.size(); ++i) {
    const auto word = by_fold[i];
    std::pair now{strip_diacritics(columns.words[word]), word};
    if (i > 0 && now <= before) {
      report(fmt::format("does not list '{}' where its form without diacritics belongs",
                         columns.words[word]));
      return;
    }
    before = std::move(now);
  }
}

}  // namespace

bool is_dictionary(const StringTable& strings) {
  for (std::size_t i = 1; i < strings.size(); ++i) {
    if (strings[i] <= strings[i - 1]) return false;
  }
  return true;
}

bool check_offsets(const ColumnFile& file, const ProblemSink& report) {
  if (!strings_fit(file, report)) return false;
  const auto rows = file.column<std::int32_t>(schema::day).size();
  const auto size_of = [&](std::string_view name) { return file.strings(name).size(); };
  const auto entities = size_of(schema::entities);
  const auto languages = size_of(schema::languages);
  const auto words = size_of(schema::words);
  const std::array lists{
      OrdinalLists{schema::entity_at, schema::entity_ordinal, 2 * rows, entities},
      OrdinalLists{schema::posting_at, schema::posting_row, 2 * entities, rows},
      OrdinalLists{schema::author_at, schema::author_ordinal, rows, size_of(schema::authors)},
      OrdinalLists{schema::topic_at, schema::topic_ordinal, rows, size_of(schema::topics)},
      OrdinalLists{schema::stem_at, schema::stem_word, languages, words}};
  for (const auto& list : lists) {
    if (!lists_fit(file, list, report)) return false;
  }
  const auto column = [&](std::string_view name) { return file.column<std::uint32_t>(name); };
  const auto sources = size_of(schema::sources);
  if (all_below(column(schema::source), sources, schema::no_source) &&
      all_below(column(schema::language), languages, 0) &&
      all_below(column(schema::word_by_fold), words, 0))
    return true;
  report("has ordinals of names that are not there");
  return false;
}

void check_columns(const SegmentColumns& columns, const ProblemSink& report) {
  for (const auto attribute : all_attributes) {
    if (!is_dictionary(columns.names(attribute)))
      report(fmt::format("does not hold its {} in order", plural(attribute)));
  }
  if (!is_dictionary(columns.entities)) report("does not hold its entities in order");
  if (!is_dictionary(columns.words)) report("does not hold its words in order");
  check_order(columns, report);
  check_day_runs(columns, report);
  check_rows(columns, report);
  check_transposed(columns, report);
  if (columns.words_in_order()) check_fold_order(columns, report);
}

}  // namespace dateline
