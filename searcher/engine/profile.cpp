// SPDX-License-Identifier: GPL-3.0-or-later
#include "searcher/engine/profile.h"

#include <algorithm>
#include <string_view>
#include <tuple>

#include "common/index/schema.h"
#include "searcher/engine/date_counts.h"
#include "searcher/engine/filters.h"
#include "searcher/engine/matcher.h"
#include "searcher/engine/ranking.h"
#include "searcher/engine/significance.h"
#include "searcher/engine/subject.h"
#include "searcher/engine/value_counts.h"

namespace dateline {
namespace {

constexpr std::size_t most_listed = 10;
constexpr std::uint64_t least_shared = 2;
constexpr double least_score = 3.84;

/// Counts what articles of one index say of one entity, segment by segment.
class Profiler {
 public:
  Profiler(const IndexSnapshot& snapshot, std::uint32_t subject, Naming naming)
      : snapshot_(snapshot),
        subject_(subject),
        naming_(naming),
        sources_(snapshot, {Facet::source}, naming),
        dates_(snapshot),
        oldest_(snapshot, SortOrder::oldest, 1),
        newest_(snapshot, SortOrder::newest, 1),
        articles_(snapshot.tables().entities.size()),
        shared_(articles_.size()) {}

  /// `rows`: the live articles of the segment that pass the filters beside the subject.
  void add(std::size_t segment, const Bitset& rows) {
    auto own = snapshot_.entities(segment).rows_naming({subject_}, naming_);
    own &= rows;
    sources_.add(segment, own);
    dates_.add(segment, own);
    own.for_each([&](std::size_t row) {
      const RankedArticle article{static_cast<std::uint32_t>(segment),
                                  static_cast<std::uint32_t>(row)};
      oldest_.add(article);
      newest_.add(article);
    });
    total_ += own.count();
    all_ += rows.count();
    count_entities(segment, rows, own);
    count_aliases(segment, own);
  }

  EntityProfile profile() const {
    const auto& tables = snapshot_.tables();
    EntityProfile profile;
    profile.generation = snapshot_.manifest().generation;
    profile.type = tables.entity_type(subject_);
    profile.name = tables.entity_name(subject_);
    profile.total = total_;
    profile.mentions = mentions_;
    profile.aliases.assign(aliases_.begin(), aliases_.end());
    std::ranges::stable_sort(profile.aliases, std::greater<>{},
                             [](const auto& alias) { return alias.second; });
    profile.first = dated_hit(oldest_);
    profile.last = dated_hit(newest_);
    profile.timeline = dates_.histogram({}, {}).values;
    std::erase_if(profile.timeline, [](const auto& period) { return period.articles == 0; });
    ValueListing listing;
    listing.limit = most_listed;
    auto sources = list_values(tables, Facet::source, sources_, listing);
    profile.sources = std::move(sources.values);
    profile.source_count = sources.size;
    add_companions(profile);
    return profile;
  }

 private:
  void count_entities(std::size_t segment, const Bitset& rows, const Bitset& own) {
    const auto entities = snapshot_.entities(segment);
    rows.for_each([&](std::size_t row) {
      for (const auto& [entity, weight] : entities.of_row(static_cast<std::uint32_t>(row))) {
        if (entity == subject_ && own.test(row)) mentions_ += mentions_of(weight);
        if (naming_ == Naming::salient && !is_salient(weight)) continue;
        ++articles_[entity];
        if (own.test(row)) ++shared_[entity];
      }
    });
  }

  void count_aliases(std::size_t segment, const Bitset& own) {
    const auto& columns = snapshot_.segment(segment);
    const auto map = snapshot_.tables().entity_map(segment);
    const auto shown = snapshot_.tables().entity_name(subject_);
    for (std::uint32_t name = 0; name < map.size(); ++name) {
      const auto alias = entity_key_name(columns.entities[name]);
      if (map[name] != subject_ || alias == shown) continue;
      const auto articles =
          std::ranges::count_if(columns.rows_naming(name), [&](auto row) { return own.test(row); });
      if (articles > 0) aliases_[std::string(alias)] += static_cast<std::uint64_t>(articles);
    }
  }

  /// The undated come last in either order.
  std::optional<Hit> dated_hit(const Ranking& ranking) const {
    const auto best = ranking.best();
    if (best.empty()) return std::nullopt;
    const auto& [segment, row, score] = best.front();
    if (snapshot_.segment(segment).day[row] == schema::undated_day) return std::nullopt;
    Hit hit;
    hit.id = snapshot_.segment(segment).id[row];
    hit.article = snapshot_.article(0, segment, row);
    return hit;
  }

  void add_companions(EntityProfile& profile) const {
    const auto& tables = snapshot_.tables();
    for (std::uint32_t e = 0; e < shared_.size(); ++e) {
      if (e == subject_ || shared_[e] < least_shared) continue;
      const auto shared = static_cast<double>(shared_[e]);
      const auto own = static_cast<double>(total_);
      const auto other = static_cast<double>(articles_[e]);
      const auto all = static_cast<double>(all_);
      const auto score = significance(shared, own, other, all);
      if (score < least_score) continue;
      profile.companions[tables.entity_type(e)].push_back(
          {std::string(tables.entity_name(e)), shared_[e], articles_[e], score});
    }
    for (auto& [type, companions] : profile.companions) {
      std::ranges::sort(companions, [](const Companion& a, const Companion& b) {
        return std::tie(b.score, b.shared, a.name) < std::tie(a.score, a.shared, b.name);
      });
      if (companions.size() > most_listed) companions.resize(most_listed);
    }
  }

  const IndexSnapshot& snapshot_;
  std::uint32_t subject_;
  Naming naming_;
  ValueCounts sources_;
  DateCounts dates_;
  Ranking oldest_;
  Ranking newest_;
  std::vector<std::uint64_t> articles_;  ///< by entity, of all that were looked at
  std::vector<std::uint64_t> shared_;    ///< by entity, of the subject's
  std::map<std::string, std::uint64_t> aliases_;
  std::uint64_t total_ = 0;
  std::uint64_t all_ = 0;
  std::uint64_t mentions_ = 0;
};

}  // namespace

EntityProfile profile_entity(const IndexSnapshot& snapshot, const SearchRequest& request) {
  const auto subject = find_subject(snapshot.tables(), request.filters);
  const auto query = parse_query(request.query, request.mode, request.today);
  Vocabulary vocabulary(snapshot);
  auto plan = make_plan(query, request.query, snapshot, vocabulary);
  auto notes = std::move(plan.notes);
  PostingsReader postings(snapshot, plan);
  Matcher matcher(snapshot, plan, naming_of(request.filters), postings);
  const ResolvedFilters filters(subject.others, snapshot, notes);
  Profiler profiler(snapshot, subject.entity, naming_of(request.filters));
  for (std::size_t s = 0; s < snapshot.segment_count(); ++s) {
    auto live = live_rows(snapshot, s);
    filters.narrow(s, live);
    filters.select_dates(s, live);
    auto rows = matcher.match(s, std::move(live));
    filters.select_values(s, rows);
    profiler.add(s, rows);
  }
  auto profile = profiler.profile();
  profile.notes = std::move(notes);
  if (profile.total == 0) {
    profile.notes.emplace_back(
        request.filters.all_mentions
            ? "no article that the query and the filters leave names it"
            : "no article that the query and the filters leave is about it; --all-mentions takes "
              "those that name it in passing, too, if there are any");
  }
  return profile;
}

}  // namespace dateline
