// SPDX-License-Identifier: GPL-3.0-or-later
#include "searcher/engine/values.h"

#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <iterator>
#include <utility>

#include "common/index/schema.h"
#include "common/text/edit_distance.h"
#include "common/text/unicode.h"

namespace dateline {
namespace {

constexpr std::size_t most_close_names = 5;
constexpr std::size_t most_notes_with_close_names = 3;
constexpr std::uint32_t most_names_compared = 200'000;

/// The first of the ordinals [low, high) that `is_before` does not hold for; it holds for all
/// before that one.
template <class F>
std::uint32_t first_not(std::uint32_t low, std::uint32_t high, F&& is_before) {
  while (low < high) {
    const auto middle = low + (high - low) / 2;
    if (is_before(middle)) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low;
}

/// Those of the rows that `f` holds for.
template <class F>
Bitset those_of(const Bitset& rows, F&& f) {
  Bitset chosen(rows.size());
  rows.for_each([&](std::size_t row) {
    if (f(static_cast<std::uint32_t>(row))) chosen.set(row);
  });
  return chosen;
}

/// The first entity of the type, or of a later one: the table is ordered by type first.
std::uint32_t first_entity_from(const GenerationTables& tables, int type) {
  return first_not(0, static_cast<std::uint32_t>(tables.entities.size()),
                   [&](std::uint32_t e) { return static_cast<int>(tables.entity_type(e)) < type; });
}

/// Names of one shape. Time grows with the name's length times the pattern's at worst: each part of
/// the pattern is taken where it stands first, which leaves the others all the room there is.
class NamePattern {
 public:
  explicit NamePattern(std::string_view pattern) {
    const auto folded = fold_name(pattern);
    std::size_t from = 0;
    for (auto star = folded.find('*'); star != std::string::npos; star = folded.find('*', from)) {
      parts_.push_back(folded.substr(from, star - from));
      from = star + 1;
    }
    parts_.push_back(folded.substr(from));
    for (const auto& part : parts_) bytes_ += part.size();
  }

  bool fits(std::string_view folded_name) const {
    if (folded_name.size() < bytes_ || !folded_name.starts_with(parts_.front())) return false;
    if (parts_.size() == 1) return folded_name.size() == bytes_;
    if (!folded_name.ends_with(parts_.back())) return false;
    auto middle = folded_name.substr(0, folded_name.size() - parts_.back().size());
    middle.remove_prefix(parts_.front().size());
    for (std::size_t i = 1; i + 1 < parts_.size(); ++i) {
      const auto at = middle.find(parts_[i]);
      if (at == std::string_view::npos) return false;
      middle.remove_prefix(at + parts_[i].size());
    }
    return true;
  }

 private:
  std::vector<std::string> parts_;  ///< what stands before, between and behind the stars
  std::size_t bytes_ = 0;           ///< of all parts
};

void sort_unique(std::vector<std::uint32_t>& ordinals) {
  std::ranges::sort(ordinals);
  ordinals.erase(std::unique(ordinals.begin(), ordinals.end()), ordinals.end());
}

std::int32_t number_of(Day day) {
  return static_cast<std::int32_t>(day.time_since_epoch().count());
}

/// Whether all of the name's words begin words of the other, in their order.
bool is_part(std::string_view name, std::string_view other) {
  return (' ' + std::string(other) + ' ').find(' ' + std::string(name)) != std::string::npos;
}

/// A bit for each kind of byte, some sharing one.
std::uint64_t letters_of(std::string_view text) {
  std::uint64_t letters = 0;
  for (const char c : text) letters |= std::uint64_t{1} << (static_cast<unsigned char>(c) % 64);
  return letters;
}

std::string shown(const GenerationTables& tables, std::optional<Facet> facet,
                  std::uint32_t ordinal) {
  const auto name = printable(FacetNames(tables, facet)[ordinal]);
  return facet ? name : fmt::format("{} ({})", name, name_of(tables.entity_type(ordinal)));
}

}  // namespace

std::optional<Attribute> attribute_of(Facet facet) {
  switch (facet) {
    case Facet::source:
      return Attribute::source;
    case Facet::author:
      return Attribute::author;
    case Facet::language:
      return Attribute::language;
    case Facet::topic:
      return Attribute::topic;
    case Facet::date:
    case Facet::person:
    case Facet::org:
    case Facet::place:
      return std::nullopt;
  }
  return std::nullopt;
}

std::optional<EntityType> entity_type_of(Facet facet) { return entity_type_named(name_of(facet)); }

FacetNames::FacetNames(const GenerationTables& tables, std::optional<Facet> facet)
    : tables_(&tables), facet_(facet) {
  if (!facet) {
    end_ = static_cast<std::uint32_t>(tables.entities.size());
  } else if (const auto attribute = attribute_of(*facet)) {
    end_ = static_cast<std::uint32_t>(tables.names(*attribute).size());
  } else if (const auto type = entity_type_of(*facet)) {
    first_ = first_entity_from(tables, static_cast<int>(*type));
    end_ = first_entity_from(tables, static_cast<int>(*type) + 1);
  }
}

std::string_view FacetNames::operator[](std::uint32_t ordinal) const {
  const auto attribute = facet_ ? attribute_of(*facet_) : std::nullopt;
  return attribute ? tables_->names(*attribute)[ordinal] : tables_->entity_name(ordinal);
}

std::optional<std::uint32_t> FacetNames::find(std::string_view name) const {
  const auto at =
      first_not(first_, end_, [&](std::uint32_t ordinal) { return (*this)[ordinal] < name; });
  if (at == end_ || (*this)[at] != name) return std::nullopt;
  return at;
}

std::vector<std::uint32_t> FacetNames::named(std::string_view name) const {
  if (!facet_) return tables_->entities_named(name, std::nullopt);
  const auto attribute = attribute_of(*facet_);
  return attribute ? tables_->named(*attribute, name)
                   : tables_->entities_named(name, entity_type_of(*facet_));
}

std::vector<std::string> close_names(const GenerationTables& tables, std::optional<Facet> facet,
                                     std::string_view name) {
  const auto wanted = fold_name(name);
  const auto reach = std::max<std::size_t>(1, std::min<std::size_t>(wanted.size() / 4, 3));
  const FacetNames names(tables, facet);
  const auto letters = letters_of(wanted);
  std::vector<std::pair<std::size_t, std::uint32_t>> close;
  for (auto i = names.first(); i < names.end(); ++i) {
    const auto other = fold_name(names[i]);
    const auto longer = std::max(wanted.size(), other.size());
    if (longer - std::min(wanted.size(), other.size()) <= reach) {
      // One edit puts in one kind of byte and takes out another at most.
      if (std::popcount(letters ^ letters_of(other)) > 2 * static_cast<int>(reach)) continue;
      const auto distance = edit_distance(wanted, other);
      if (distance <= reach) close.emplace_back(distance, i);
    } else if (!wanted.empty() && is_part(wanted, other)) {
      close.emplace_back(reach + 1, i);
    }
  }
  std::ranges::sort(close);
  std::vector<std::string> found;
  for (std::size_t i = 0; i < std::min(close.size(), most_close_names); ++i) {
    found.push_back(shown(tables, facet, close[i].second));
  }
  return found;
}

ValueSet::ValueSet(const IndexSnapshot& snapshot, std::optional<Facet> facet)
    : snapshot_(&snapshot), facet_(facet) {}

ValueSet::ValueSet(const IndexSnapshot& snapshot, std::optional<Facet> facet,
                   const std::vector<std::string>& names)
    : ValueSet(snapshot, facet) {
  const FacetNames all(snapshot.tables(), facet);
  const bool may_be_unknown = facet && attribute_of(*facet);
  for (const auto& name : names) {
    if (may_be_unknown && name == unknown_value) {
      unknown_ = true;
      if (const auto called_so = all.find(name)) ordinals_.push_back(*called_so);
      continue;
    }
    const auto found = all.named(name);
    if (found.empty() && may_be_unknown && fold_name(name) == unknown_value) {
      unknown_ = true;
    } else if (found.empty()) {
      missing_.push_back(name);
    }
    ordinals_.insert(ordinals_.end(), found.begin(), found.end());
  }
  sort_unique(ordinals_);
}

ValueSet ValueSet::matching(const IndexSnapshot& snapshot, std::optional<Facet> facet,
                            std::string_view pattern) {
  ValueSet values(snapshot, facet);
  const FacetNames names(snapshot.tables(), facet);
  const NamePattern shape(pattern);
  for (auto i = names.first(); i < names.end(); ++i) {
    if (shape.fits(fold_name(names[i]))) values.ordinals_.push_back(i);
  }
  if (values.ordinals_.empty()) values.missing_.emplace_back(pattern);
  return values;
}

void ValueSet::note_missing(std::vector<std::string>& notes, bool with_close_names) const {
  const auto& tables = snapshot_->tables();
  const bool quick = with_close_names && FacetNames(tables, facet_).size() <= most_names_compared;
  for (const auto& name : missing_) {
    auto note = fmt::format("no {} '{}' in this index", facet_ ? name_of(*facet_) : "entity", name);
    if (quick && notes.size() < most_notes_with_close_names) {
      const auto close = close_names(tables, facet_, name);
      if (!close.empty()) note += fmt::format("; close: {}", fmt::join(close, ", "));
    }
    notes.push_back(std::move(note));
  }
}

bool ValueSet::has(std::uint32_t ordinal) const {
  return std::ranges::binary_search(ordinals_, ordinal);
}

Bitset ValueSet::rows(std::size_t segment, Naming naming, const Bitset& within) const {
  const auto attribute = facet_ ? attribute_of(*facet_) : std::nullopt;
  if (!attribute) {
    auto rows = within;
    return rows &= snapshot_->entities(segment).rows_naming(ordinals_, naming);
  }
  const auto map = snapshot_->tables().name_map(*attribute, segment);
  std::vector<char> wanted(map.size());
  for (std::size_t name = 0; name < map.size(); ++name) wanted[name] = has(map[name]) ? 1 : 0;
  const auto& columns = snapshot_->segment(segment);
  const auto of_source = [&](std::uint32_t row) {
    const auto source = columns.source_of(row);
    return source ? wanted[*source] != 0 : unknown_;
  };
  const auto of_any = [&](std::uint32_t row) {
    const auto stated = columns.stated(*attribute, row);
    return stated.empty()
               ? unknown_
               : std::ranges::any_of(stated, [&](auto name) { return wanted[name] != 0; });
  };
  return *attribute == Attribute::source ? those_of(within, of_source) : those_of(within, of_any);
}

RowRange rows_dated(const IndexSnapshot& snapshot, std::size_t segment,
                    const std::optional<DayRange>& days) {
  const auto& columns = snapshot.segment(segment);
  const auto run_days = columns.run_days();
  const auto first = days ? number_of(days->first) : schema::undated_day;
  const auto last = days ? number_of(days->last) : schema::undated_day;
  // The newest stand first: newest_first().
  const auto begin = std::ranges::lower_bound(run_days, last, std::ranges::greater{});
  const auto end = std::ranges::upper_bound(begin, run_days.end(), first, std::ranges::greater{});
  if (begin == end) return {};
  const auto run = [&](auto at) {
    return columns.day_run(static_cast<std::size_t>(at - run_days.begin()));
  };
  return {run(begin).first, run(std::prev(end)).end};
}

}  // namespace dateline
