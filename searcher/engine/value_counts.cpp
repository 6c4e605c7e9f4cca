// SPDX-License-Identifier: GPL-3.0-or-later
#include "searcher/engine/value_counts.h"

#include <algorithm>
#include <string>
#include <utility>

#include "common/index/schema.h"
#include "common/text/unicode.h"
#include "searcher/engine/significance.h"

namespace dateline {
namespace {

constexpr std::uint32_t least_significant = 2;

/// Values are sorted out when there are so many.
constexpr std::size_t least_kept = 1'024;

bool ends_word(char c) {
  const bool letter = static_cast<unsigned char>(c) >= 0x80 || (c >= 'a' && c <= 'z');
  return !letter && (c < '0' || c > '9');
}

struct Candidate {
  std::uint32_t ordinal = 0;
  std::uint32_t articles = 0;
  double significance = 0;
};

/// Chooses and puts in order what is listed of one facet.
class Lister {
 public:
  Lister(const GenerationTables& tables, Facet facet, const ValueCounts& counts,
         const ValueListing& listing)
      : names_(tables, facet),
        facet_(facet),
        counts_(counts.of(facet)),
        articles_(counts.articles()),
        listing_(listing),
        prefix_(fold_name(listing.prefix)),
        called_unknown_(names_.find(unknown_value)) {}

  ListedValues list() {
    const bool stated = attribute_of(facet_).has_value();
    const bool only_counts =
        listing_.order == FacetOrder::count && prefix_.empty() && listing_.selected == nullptr;
    for (auto i = names_.first(); i < names_.end(); ++i) {
      if (stated && i == called_unknown_) continue;
      if (only_counts && counts_[i] < least_) {
        result_.size += counts_[i] > 0 ? 1U : 0U;
      } else if (!only_counts || counts_[i] > 0) {
        consider(i);
      }
    }
    if (stated) consider(names_.end());
    sort(listed_, listing_.limit);
    const auto shown = std::min(listing_.limit, listed_.size());
    std::copy_if(listed_.begin() + static_cast<std::ptrdiff_t>(shown), listed_.end(),
                 std::back_inserter(appended_),
                 [&](const Candidate& c) { return is_selected(c.ordinal); });
    listed_.resize(shown);
    sort(appended_, appended_.size());
    for (const auto& c : listed_) put(c);
    for (const auto& c : appended_) put(c);
    return std::move(result_);
  }

 private:
  std::string_view name(std::uint32_t ordinal) const {
    return ordinal < names_.end() ? names_[ordinal] : unknown_value;
  }

  bool is_selected(std::uint32_t ordinal) const {
    if (!listing_.selected) return false;
    return ordinal < names_.end() ? listing_.selected->has(ordinal)
                                  : listing_.selected->has_unknown();
  }

  /// A source that is called "unknown" counts among those that are unknown: a filter cannot tell
  /// them apart.
  std::uint32_t articles(std::span<const std::uint32_t> counts, std::uint32_t ordinal) const {
    const bool both = ordinal == names_.end() && called_unknown_;
    return counts[ordinal] + (both ? counts[*called_unknown_] : 0);
  }

  void consider(std::uint32_t ordinal) {
    Candidate candidate{ordinal, articles(counts_, ordinal)};
    const bool selected = is_selected(ordinal);
    if (candidate.articles == 0 && !selected) return;
    if (!prefix_.empty() && !has_word_beginning(name(ordinal), prefix_)) return;
    if (candidate.articles > 0) ++result_.size;
    if (candidate.articles < least_ && !selected) return;
    if (listing_.order == FacetOrder::significance) candidate.significance = significance(ordinal);
    if (is_listed(candidate)) {
      listed_.push_back(candidate);
      if (listed_.size() == most_kept_) leave_out_the_least();
    } else if (selected) {
      appended_.push_back(candidate);
    }
  }

  bool is_listed(const Candidate& candidate) const {
    if (listing_.order != FacetOrder::significance) return candidate.articles > 0;
    return candidate.articles >= least_significant && candidate.significance > 0;
  }

  /// Most values of an index are rare: by count they are not listed, nor even kept to be sorted.
  void leave_out_the_least() {
    if (listing_.order != FacetOrder::count || listing_.limit == 0) return;
    const auto last = listed_.begin() + static_cast<std::ptrdiff_t>(listing_.limit) - 1;
    std::ranges::nth_element(listed_, last, std::ranges::greater{}, &Candidate::articles);
    least_ = last->articles;
    std::erase_if(listed_, [&](const Candidate& c) {
      return c.articles < least_ && !is_selected(c.ordinal);
    });
    most_kept_ = std::max(most_kept_, 2 * listed_.size());
  }

  double significance(std::uint32_t ordinal) const {
    const auto& of_index = *listing_.of_index;
    return dateline::significance(articles(counts_, ordinal), articles_,
                                  articles(of_index.of(facet_), ordinal), of_index.articles());
  }

  /// So that the first `count` are in order.
  void sort(std::vector<Candidate>& candidates, std::size_t count) const {
    if (listing_.order == FacetOrder::name) {
      sort_by_name(candidates, count);
      return;
    }
    const auto before = [&](const Candidate& a, const Candidate& b) {
      if (a.significance != b.significance) return a.significance > b.significance;
      return a.articles != b.articles ? a.articles > b.articles : name(a.ordinal) < name(b.ordinal);
    };
    partial_sort(candidates, count, before);
  }

  void sort_by_name(std::vector<Candidate>& candidates, std::size_t count) const {
    std::vector<std::pair<std::string, Candidate>> folded;
    for (const auto& c : candidates) folded.emplace_back(fold_name(name(c.ordinal)), c);
    partial_sort(folded, count, [&](const auto& a, const auto& b) {
      return a.first != b.first ? a.first < b.first
                                : name(a.second.ordinal) < name(b.second.ordinal);
    });
    std::ranges::transform(folded, candidates.begin(), [](const auto& f) { return f.second; });
  }

  template <class T, class Before>
  static void partial_sort(std::vector<T>& candidates, std::size_t count, Before before) {
    const auto sorted = static_cast<std::ptrdiff_t>(std::min(count, candidates.size()));
    std::partial_sort(candidates.begin(), candidates.begin() + sorted, candidates.end(), before);
  }

  void put(const Candidate& c) {
    result_.values.push_back(
        {std::string(name(c.ordinal)), c.articles, c.significance, is_selected(c.ordinal)});
  }

  FacetNames names_;
  Facet facet_;
  std::span<const std::uint32_t> counts_;
  std::uint32_t articles_;  ///< that were looked at
  const ValueListing& listing_;
  std::string prefix_;
  std::optional<std::uint32_t> called_unknown_;
  std::vector<Candidate> listed_;
  std::size_t most_kept_ = std::max(least_kept, 2 * listing_.limit);
  std::uint32_t least_ = 0;  ///< values of fewer articles are not listed
  std::vector<Candidate> appended_;
  ListedValues result_;
};

}  // namespace

ValueCounts::ValueCounts(const IndexSnapshot& snapshot, const std::vector<Facet>& facets,
                         Naming naming)
    : snapshot_(snapshot), naming_(naming) {
  const auto& tables = snapshot.tables();
  for (const auto facet : facets) {
    if (attribute_of(facet)) {
      stated_[facet].resize(FacetNames(tables, facet).size() + 1);
    } else {
      has_entities_ = true;
      entities_.resize(tables.entities.size());
    }
  }
}

void ValueCounts::add(std::size_t segment, const Bitset& rows) {
  for (auto& [facet, counts] : stated_) add_stated(segment, rows, *attribute_of(facet), counts);
  if (has_entities_) snapshot_.entities(segment).count_rows(rows, naming_, entities_);
  articles_ += static_cast<std::uint32_t>(rows.count());
}

void ValueCounts::add_sources(std::size_t segment, const Bitset& rows,
                              std::vector<std::uint32_t>& counts) {
  const auto& columns = snapshot_.segment(segment);
  const auto map = snapshot_.tables().name_map(Attribute::source, segment);
  std::vector<std::uint32_t> by_name(map.size());
  std::uint32_t unknown = 0;
  rows.for_each([&](std::size_t row) {
    const auto source = columns.source_of(static_cast<std::uint32_t>(row));
    ++(source ? by_name[*source] : unknown);
  });
  for (std::size_t name = 0; name < map.size(); ++name) {
    if (by_name[name] > 0) add_name(segment, map[name], by_name[name], counts);
  }
  counts.back() += unknown;
}

void ValueCounts::add_name(std::size_t segment, std::uint32_t name, std::uint32_t articles,
                           std::vector<std::uint32_t>& counts) {
  if (name == GenerationTables::no_name) {
    snapshot_.segment(segment).refuse("has a live article that the tables know nothing of");
  }
  counts[name] += articles;
}

void ValueCounts::add_stated(std::size_t segment, const Bitset& rows, Attribute attribute,
                             std::vector<std::uint32_t>& counts) {
  if (attribute == Attribute::source) {
    add_sources(segment, rows, counts);
    return;
  }
  const auto& columns = snapshot_.segment(segment);
  const auto map = snapshot_.tables().name_map(attribute, segment);
  rows.for_each([&](std::size_t row) {
    const auto stated = columns.stated(attribute, static_cast<std::uint32_t>(row));
    for (const auto name : stated) add_name(segment, map[name], 1, counts);
    if (stated.empty()) ++counts.back();
  });
}

std::span<const std::uint32_t> ValueCounts::of(Facet facet) const {
  const auto stated = stated_.find(facet);
  return stated == stated_.end() ? entities_ : stated->second;
}

bool ListedValues::more() const {
  const auto listed = std::ranges::count_if(values, [](const auto& v) { return v.articles > 0; });
  return size > static_cast<std::uint64_t>(listed);
}

ListedValues list_values(const GenerationTables& tables, Facet facet, const ValueCounts& counts,
                         const ValueListing& listing) {
  return Lister(tables, facet, counts, listing).list();
}

bool has_word_beginning(std::string_view name, std::string_view folded_prefix) {
  const auto folded = fold_name(name);
  for (auto at = folded.find(folded_prefix); at != std::string::npos;
       at = folded.find(folded_prefix, at + 1)) {
    if (at == 0 || ends_word(folded[at - 1])) return true;
  }
  return false;
}

}  // namespace dateline
