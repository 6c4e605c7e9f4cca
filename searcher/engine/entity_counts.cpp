// SPDX-License-Identifier: GPL-3.0-or-later
#include "searcher/engine/entity_counts.h"

#include <algorithm>
#include <bit>
#include <utility>

namespace dateline {
namespace {

using Entity = TopEntities::Entity;

bool is_listed_before(const Entity& a, const Entity& b) {
  return a.articles != b.articles ? a.articles > b.articles : a.ordinal < b.ordinal;
}

/// Keeps the first of the entities that it is shown, in any order.
class Best {
 public:
  explicit Best(std::size_t limit) : limit_(limit) {}

  void add(const Entity& entity) {
    if (entity.articles == 0) return;
    if (best_.size() < limit_) {
      best_.push_back(entity);
      std::ranges::push_heap(best_, is_listed_before);
      return;
    }
    left_out_ = true;
    if (best_.empty() || !is_listed_before(entity, best_.front())) return;
    std::ranges::pop_heap(best_, is_listed_before);
    best_.back() = entity;
    std::ranges::push_heap(best_, is_listed_before);
  }

  /// An entity of fewer articles changes nothing.
  std::uint32_t least_articles() const {
    return left_out_ && !best_.empty() ? best_.front().articles : 0;
  }

  /// Whether nothing changes any more if no entity to come is listed before `next`.
  bool is_complete_before(const Entity& next) const {
    return left_out_ && (best_.empty() || !is_listed_before(next, best_.front()));
  }

  TopEntities take() && {
    std::ranges::sort_heap(best_, is_listed_before);
    return {std::move(best_), left_out_};
  }

 private:
  std::size_t limit_;
  std::vector<Entity> best_;  ///< a heap: the last of them in front
  bool left_out_ = false;
};

/// How many rows of entities are looked at while so many names of rows are counted, some here and
/// some there: a name out of more than the processor's cache holds takes four times as long.
std::size_t rows_for_names(std::size_t names, std::size_t of_all) {
  constexpr std::size_t cached = 4U << 20;
  return names * (of_all > cached ? 8 : 2);
}

/// Goes through the entities of a range from that of most articles in the whole index, and asks
/// `count` for their articles here, until none to come is listed; `count` is told how many make a
/// difference. None where it gives up.
template <class F>
std::optional<TopEntities> top_in_order(const GenerationTables& tables, Naming naming,
                                        EntityRange range, std::size_t limit, F&& count) {
  const auto order = tables.entities_by_articles(naming);
  Best best(limit);
  for (auto i = range.first; i < range.end; ++i) {
    const auto entity = order[i];
    if (best.is_complete_before({entity, tables.entity_articles(entity, naming)})) break;
    const std::optional<std::uint32_t> articles = count(entity, best.least_articles());
    if (!articles) return std::nullopt;
    best.add({entity, *articles});
  }
  return std::move(best).take();
}

/// A count that was corrected, which may be too low where counting was given up.
std::uint32_t or_none(std::int64_t articles) {
  return static_cast<std::uint32_t>(std::max<std::int64_t>(articles, 0));
}

/// Whose common bits are counted while one row of an entity is looked at.
constexpr std::size_t words_in_the_time_of_a_row = 2;

}  // namespace

EntityCounts::EntityCounts(const IndexSnapshot& snapshot, Naming naming)
    : snapshot_(snapshot), naming_(naming) {}

void EntityCounts::add(std::size_t segment, const Bitset& rows) {
  const auto articles = rows.count();
  if (articles == 0) return;
  parts_.push_back({segment, rows, articles, {}, {}});
  articles_ += articles;
}

TopEntities EntityCounts::top(EntityRange range, std::size_t limit) {
  if (articles_ == snapshot_.manifest().articles) return top_of_index(range, limit);
  const bool counted = few_ || std::ranges::any_of(parts_, [](const Part& part) {
                         return part.by_name.has_value();
                       });
  if (!counted) {
    // At most half of the time is lost when going through the entities takes too long.
    const auto budget = rows_for_names(names_in_rows(), names_in_index());
    if (auto top = top_by_entity(range, limit, budget)) return *std::move(top);
  }
  const bool are_few = names_in_rows() < snapshot_.tables().entities.size() / 4;
  return are_few ? top_of_few(range, limit) : top_by_row(range, limit);
}

std::size_t EntityCounts::names_in_index() const {
  std::size_t names = 0;
  for (const auto& part : parts_) names += snapshot_.segment(part.segment).named_entities();
  return names;
}

/// As many as there would be if all articles had the same number of them.
std::size_t EntityCounts::names_in_rows() const {
  std::size_t names = 0;
  for (const auto& part : parts_) {
    const auto& columns = snapshot_.segment(part.segment);
    names += columns.named_entities() * part.articles / columns.rows();
  }
  return names;
}

/// What is to be added to the count of an entity's names in a part.
std::int32_t EntityCounts::correction(Part& part, std::uint32_t entity) const {
  if (!part.corrections)
    part.corrections = snapshot_.entities(part.segment).corrections(part.rows, naming_);
  const auto& all = *part.corrections;
  std::int32_t articles = 0;
  for (auto at = std::ranges::lower_bound(all, entity, {}, &RowEntities::Correction::entity);
       at != all.end() && at->entity == entity; ++at) {
    articles += at->articles;
  }
  return articles;
}

std::optional<TopEntities> EntityCounts::top_by_entity(EntityRange range, std::size_t limit,
                                                       std::size_t budget) {
  const bool in_one_part = parts_.size() == 1;  // else what one lacks another may have
  std::size_t cost = 0;
  const auto count = [&](std::uint32_t entity,
                         std::uint32_t wanted) -> std::optional<std::uint32_t> {
    std::uint32_t articles = 0;
    for (auto& part : parts_) {
      const auto entities = snapshot_.entities(part.segment);
      const auto frequent = entities.rows_of_frequent(entity, naming_);
      cost += 1 + (frequent.empty() ? entities.count_cost(entity, naming_)
                                    : frequent.size() / words_in_the_time_of_a_row);
      if (cost > budget) return std::nullopt;
      if (!frequent.empty()) {
        articles += static_cast<std::uint32_t>(part.rows.count_in(frequent));
        continue;
      }
      const auto more = correction(part, entity);
      const auto by_names_wanted = in_one_part ? or_none(std::int64_t{wanted} - more) : 0;
      articles += or_none(more + std::int64_t{entities.count_by_names(entity, part.rows, naming_,
                                                                      by_names_wanted)});
    }
    return articles;
  };
  return top_in_order(snapshot_.tables(), naming_, range, limit, count);
}

TopEntities EntityCounts::top_by_row(EntityRange range, std::size_t limit) {
  for (auto& part : parts_) {
    if (!part.by_name)
      part.by_name = snapshot_.entities(part.segment).count_names(part.rows, naming_);
  }
  return *top_in_order(snapshot_.tables(), naming_, range, limit, [&](std::uint32_t entity, auto) {
    std::uint32_t articles = 0;
    for (auto& part : parts_) {
      const auto entities = snapshot_.entities(part.segment);
      articles += or_none(correction(part, entity) +
                          std::int64_t{entities.count_by_names(entity, *part.by_name)});
    }
    return std::optional(articles);
  });
}

TopEntities EntityCounts::top_of_few(EntityRange range, std::size_t limit) {
  if (!few_) {
    auto& counts = few_.emplace();
    for (const auto& part : parts_) {
      snapshot_.entities(part.segment)
          .for_each_counted(part.rows, naming_,
                            [&](std::uint32_t, std::uint32_t entity) { counts.add(entity); });
    }
  }
  Best best(limit);
  few_->for_each([&](std::uint32_t entity, std::uint32_t articles) {
    if (entity >= range.first && entity < range.end) best.add({entity, articles});
  });
  return std::move(best).take();
}

TopEntities EntityCounts::top_of_index(EntityRange range, std::size_t limit) const {
  const auto& tables = snapshot_.tables();
  return *top_in_order(tables, naming_, range, limit, [&](std::uint32_t entity, auto) {
    return std::optional(tables.entity_articles(entity, naming_));
  });
}

}  // namespace dateline
