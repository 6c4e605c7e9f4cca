// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/segments/join_columns.h"

#include <algorithm>
#include <array>
#include <limits>
#include <span>
#include <stdexcept>
#include <string_view>
#include <utility>

#include "common/index/attribute.h"
#include "common/index/column_file.h"
#include "common/index/entity_weight.h"
#include "common/index/layout.h"
#include "common/index/schema.h"
#include "indexer/segments/day_runs.h"
#include "indexer/segments/join_names.h"
#include "indexer/segments/words_writer.h"

namespace dateline {
namespace {

/// Writes one array, of which a part at a time is in memory.
template <class T>
class ArrayWriter {
 public:
  ArrayWriter(ColumnFileWriter& file, std::string_view name) : file_(file) {
    file_.begin(name);
    part_.reserve(values_in_part);
  }
  void push(const T& value) {
    if (part_.size() == values_in_part) flush();
    part_.push_back(value);
  }
  /// To be called once, after the last value.
  void flush() {
    file_.append({reinterpret_cast<const char*>(part_.data()), part_.size() * sizeof(T)});
    part_.clear();
  }

 private:
  static constexpr std::size_t values_in_part = 8192;
  ColumnFileWriter& file_;
  std::vector<T> part_;
};

std::uint32_t offset_of(std::uint64_t count) {
  if (count > std::numeric_limits<std::uint32_t>::max()) {
    throw std::length_error("the articles of one segment bear too many names");
  }
  return static_cast<std::uint32_t>(count);
}

/// Writes where the parts of another array begin and end, from their sizes.
class Offsets {
 public:
  Offsets(ColumnFileWriter& file, std::string_view name) : out_(file, name) { out_.push(0); }
  void push(std::size_t size) { out_.push(offset_of(end_ += size)); }
  /// Of `all`, the first and the others.
  void push_parts(std::size_t first, std::size_t all) {
    push(first);
    push(all - first);
  }
  /// To be called once, after the last part.
  void flush() { out_.flush(); }

 private:
  ArrayWriter<std::uint32_t> out_;
  std::uint64_t end_ = 0;
};

/// The words of a segment that stand in its live articles.
struct LiveWords {
  explicit LiveWords(const LiveSegment& segment)
      : all(segment.columns.words.size()),
        of_language(segment.columns.names(Attribute::language).size(), all) {
    std::vector<std::uint32_t> rows;
    for (std::size_t word = 0; word < all.size(); ++word) {
      rows.clear();
      segment.lists.read_rows(segment.lists.list(word), rows);
      for (const auto row : rows) {
        if (!segment.is_live(row)) continue;
        all.set(word);
        of_language[segment.columns.language_ordinal(row)].set(word);
      }
    }
  }
  Bitset all;
  std::vector<Bitset> of_language;  ///< by ordinal
};

/// A row that names an entity, and how.
struct NamedRow {
  std::uint32_t row = 0;
  std::uint8_t weight = 0;
};

class ColumnsJoiner {
 public:
  ColumnsJoiner(const std::vector<LiveSegment>& segments, const std::vector<RowOf>& rows,
                const std::filesystem::path& folder, const std::string& name)
      : segments_(segments), rows_(rows), file_(columns_of(folder), name) {}

  void run() {
    write_numbers();
    write_ids();
    write_entities();
    write_attributes();
    write_words_of_all();
    file_.finish();
  }

 private:
  /// `value_of(segment, row)`.
  template <class T, class F>
  void write_rows(std::string_view name, F&& value_of) {
    ArrayWriter<T> out(file_, name);
    for (const auto& [segment, row] : rows_) out.push(value_of(segments_[segment], row));
    out.flush();
  }
  template <class T>
  void copy_rows(std::string_view name, std::span<const T> SegmentColumns::*column) {
    write_rows<T>(
        name, [&](const LiveSegment& s, std::uint32_t row) { return (s.columns.*column)[row]; });
  }

  void write_numbers() {
    write_rows<std::uint32_t>(
        schema::document, [](const LiveSegment& s, std::uint32_t row) { return s.document[row]; });
    copy_rows(schema::day, &SegmentColumns::day);
    DayRuns runs;
    for (const auto& [segment, row] : rows_) runs.add(segments_[segment].columns.day[row]);
    runs.write(file_);
    copy_rows(schema::second, &SegmentColumns::second);
    copy_rows(schema::tokens, &SegmentColumns::tokens);
    copy_rows(schema::title_tokens, &SegmentColumns::title_tokens);
    copy_rows(schema::deck_tokens, &SegmentColumns::deck_tokens);
    copy_rows(schema::path_hash, &SegmentColumns::path_hash);
    copy_rows(schema::key_hash, &SegmentColumns::key_hash);
    copy_rows(schema::digest, &SegmentColumns::digest);
    copy_rows(schema::first_seen, &SegmentColumns::first_seen);
    copy_rows(schema::last_changed, &SegmentColumns::last_changed);
    copy_rows(schema::changes, &SegmentColumns::changes);
    copy_rows(schema::changed_in, &SegmentColumns::changed_in);
  }

  void write_ids() {
    ArrayWriter<std::uint64_t> at(file_, std::string(schema::id) + ".at");
    std::uint64_t end = 0;
    at.push(end);
    for (const auto& [segment, row] : rows_) {
      at.push(end += segments_[segment].columns.id[row].size());
    }
    at.flush();
    file_.begin(std::string(schema::id) + ".text");
    for (const auto& [segment, row] : rows_) file_.append(segments_[segment].columns.id[row]);
  }

  /// The names of live rows; `ordinals_of(segment, row)` are a row's in `table_of(segment)`.
  template <class TableOf, class OrdinalsOf>
  JoinedNames join_used(TableOf&& table_of, OrdinalsOf&& ordinals_of) const {
    std::vector<const StringTable*> tables;
    std::vector<Bitset> used;
    for (const auto& s : segments_) {
      tables.push_back(&table_of(s));
      auto& of_segment = used.emplace_back(tables.back()->size());
      for (std::uint32_t row = 0; row < s.columns.rows(); ++row) {
        if (!s.is_live(row)) continue;
        for (const auto ordinal : ordinals_of(s, row)) of_segment.set(ordinal);
      }
    }
    return join_names(tables, used);
  }

  /// Two arrays: where a row's begin, and the joined ordinals of all. Both orders are of bytes, so
  /// that a row's stay ascending.
  template <class OrdinalsOf>
  void write_lists(std::string_view at_name, std::string_view name, const JoinedNames& names,
                   OrdinalsOf&& ordinals_of) {
    Offsets at(file_, at_name);
    for (const auto& [segment, row] : rows_) {
      at.push(ordinals_of(segments_[segment], row).size());
    }
    at.flush();
    write_ordinals(name, names, ordinals_of);
  }

  template <class OrdinalsOf>
  void write_ordinals(std::string_view name, const JoinedNames& names, OrdinalsOf&& ordinals_of) {
    ArrayWriter<std::uint32_t> out(file_, name);
    for (const auto& [segment, row] : rows_) {
      for (const auto ordinal : ordinals_of(segments_[segment], row)) {
        out.push(names.place[segment][ordinal]);
      }
    }
    out.flush();
  }

  void write_entities() {
    const auto of_row = [](const LiveSegment& s, std::uint32_t row) {
      return s.columns.entities_of(row);
    };
    const auto names = join_used(
        [](const LiveSegment& s) -> const StringTable& { return s.columns.entities; }, of_row);
    Offsets at(file_, schema::entity_at);
    for (const auto& [segment, row] : rows_) {
      const auto& columns = segments_[segment].columns;
      at.push_parts(columns.entities_of(row, Naming::salient).size(),
                    columns.entities_of(row).size());
    }
    at.flush();
    write_ordinals(schema::entity_ordinal, names, of_row);
    ArrayWriter<std::uint8_t> weights(file_, schema::entity_weight);
    for (const auto& [segment, row] : rows_) {
      for (const auto w : segments_[segment].columns.entity_weights_of(row)) weights.push(w);
    }
    weights.flush();
    write_rows_naming(names);
    file_.add_strings(schema::entities, names.names);
  }

  /// By entity: the rows that name it, and how.
  void write_rows_naming(const JoinedNames& names) {
    Offsets at(file_, schema::posting_at);
    for_each_entity(names, [&](const auto& naming) {
      const auto salient = std::ranges::partition_point(
          naming, [](const NamedRow& n) { return is_salient(n.weight); });
      at.push_parts(static_cast<std::size_t>(salient - naming.begin()), naming.size());
    });
    at.flush();
    ArrayWriter<std::uint32_t> rows(file_, schema::posting_row);
    for_each_entity(names, [&](const auto& naming) {
      for (const auto& n : naming) rows.push(n.row);
    });
    rows.flush();
    ArrayWriter<std::uint8_t> weights(file_, schema::posting_weight);
    for_each_entity(names, [&](const auto& naming) {
      for (const auto& n : naming) weights.push(n.weight);
    });
    weights.flush();
  }

  /// Calls `f(naming)` with those of each entity: those about it in order of their rows, then those
  /// that name it in passing.
  template <class F>
  void for_each_entity(const JoinedNames& names, F&& f) const {
    std::vector<std::uint32_t> next(segments_.size());  // the entity of each segment
    std::vector<NamedRow> naming;
    for (std::uint32_t entity = 0; entity < names.names.size(); ++entity) {
      naming.clear();
      for (std::size_t s = 0; s < segments_.size(); ++s) {
        const auto& place = names.place[s];
        while (next[s] < place.size() && place[next[s]] == JoinedNames::unused) ++next[s];
        if (next[s] == place.size() || place[next[s]] != entity) continue;
        add_rows_naming(segments_[s], next[s]++, naming);
      }
      std::ranges::sort(naming, {},
                        [](const NamedRow& n) { return std::pair(!is_salient(n.weight), n.row); });
      f(naming);
    }
  }

  static void add_rows_naming(const LiveSegment& segment, std::uint32_t entity,
                              std::vector<NamedRow>& naming) {
    const auto rows = segment.columns.rows_naming(entity);
    const auto weights = segment.columns.weights_naming(entity);
    for (std::size_t i = 0; i < rows.size(); ++i) {
      if (segment.is_live(rows[i])) naming.push_back({segment.new_row[rows[i]], weights[i]});
    }
  }

  void write_attributes() {
    write_sources();
    write_languages();
    write_stated(Attribute::author, schema::author_at, schema::author_ordinal);
    write_stated(Attribute::topic, schema::topic_at, schema::topic_ordinal);
  }

  JoinedNames join_stated(Attribute attribute) const {
    return join_used(
        [&](const LiveSegment& s) -> const StringTable& { return s.columns.names(attribute); },
        [&](const LiveSegment& s, std::uint32_t row) { return s.columns.stated(attribute, row); });
  }

  void write_sources() {
    const auto names = join_stated(Attribute::source);
    ArrayWriter<std::uint32_t> out(file_, schema::source);
    for (const auto& [segment, row] : rows_) {
      const auto stated = segments_[segment].columns.stated(Attribute::source, row);
      out.push(stated.empty() ? schema::no_source : names.place[segment][stated[0]]);
    }
    out.flush();
    file_.add_strings(schema::sources, names.names);
  }

  void write_stated(Attribute attribute, std::string_view at_name, std::string_view name) {
    const auto names = join_stated(attribute);
    write_lists(at_name, name, names, [&](const LiveSegment& s, std::uint32_t row) {
      return s.columns.stated(attribute, row);
    });
    file_.add_strings(plural(attribute), names.names);
  }

  /// An article that states no language has one, too: "".
  void write_languages() {
    languages_ = join_used(
        [](const LiveSegment& s) -> const StringTable& {
          return s.columns.names(Attribute::language);
        },
        [](const LiveSegment& s, std::uint32_t row) {
          return std::array{s.columns.language_ordinal(row)};
        });
    ArrayWriter<std::uint32_t> out(file_, schema::language);
    for (const auto& [segment, row] : rows_) {
      out.push(languages_.place[segment][segments_[segment].columns.language_ordinal(row)]);
    }
    out.flush();
    file_.add_strings(schema::languages, languages_.names);
  }

  void write_words_of_all() {
    std::vector<LiveWords> live;
    std::vector<const StringTable*> tables;
    std::vector<Bitset> used;
    for (const auto& s : segments_) {
      live.emplace_back(s);
      tables.push_back(&s.columns.words);
      used.push_back(live.back().all);
    }
    auto names = join_names(tables, used);
    SegmentWords words{std::move(names.names), {}};
    for (const auto language : languages_.names) {
      words.languages.push_back({language, Bitset(words.words.size())});
    }
    for (std::size_t s = 0; s < segments_.size(); ++s) {
      for (std::size_t l = 0; l < live[s].of_language.size(); ++l) {
        live[s].of_language[l].for_each([&](std::size_t word) {
          words.languages[languages_.place[s][l]].words.set(names.place[s][word]);
        });
      }
    }
    write_words(words, file_);
  }

  const std::vector<LiveSegment>& segments_;
  const std::vector<RowOf>& rows_;
  ColumnFileWriter file_;
  JoinedNames languages_;
};

}  // namespace

void join_columns(const std::vector<LiveSegment>& segments, const std::vector<RowOf>& rows,
                  const std::filesystem::path& folder, const std::string& name) {
  ColumnsJoiner(segments, rows, folder, name).run();
}

}  // namespace dateline
