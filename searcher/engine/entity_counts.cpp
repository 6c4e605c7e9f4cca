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

/// Counts of a few of many numbers: a hash table of open addressing.
class SparseCounts {
 public:
  SparseCounts() : slots_(least_slots) {}

  void add(std::uint32_t number) {
    auto& slot = slot_of(number);
    if (slot.articles == 0) {
      if (2 * ++used_ > slots_.size()) {
        grow();
        slot_of(number) = {number, 1};
        return;
      }
      slot.ordinal = number;
    }
    ++slot.articles;
  }

  std::vector<Entity> take() && {
    std::erase_if(slots_, [](const Entity& slot) { return slot.articles == 0; });
    return std::move(slots_);
  }

 private:
  static constexpr std::size_t least_slots = 256;

  Entity& slot_of(std::uint32_t number) {
    constexpr std::uint64_t spread = 0x9E3779B97F4A7C15;
    const auto mask = slots_.size() - 1;
    auto at = static_cast<std::size_t>(number * spread >> 32U) & mask;
    while (slots_[at].articles != 0 && slots_[at].ordinal != number) at = (at + 1) & mask;
    return slots_[at];
  }

  void grow() {
    std::vector<Entity> smaller(2 * slots_.size());
    smaller.swap(slots_);
    for (const auto& slot : smaller) {
      if (slot.articles > 0) slot_of(slot.ordinal) = slot;
    }
  }

  std::vector<Entity> slots_;  ///< a power of two; unused where there are no articles
  std::size_t used_ = 0;
};

}  // namespace

EntityCounts::EntityCounts(const IndexSnapshot& snapshot, Naming naming)
    : snapshot_(snapshot), naming_(naming) {}

void EntityCounts::add(std::size_t segment, const Bitset& rows) {
  const auto articles = rows.count();
  if (articles == 0) return;
  parts_.push_back({segment, rows, articles});
  articles_ += articles;
}

TopEntities EntityCounts::top(EntityRange range, std::size_t limit) {
  if (articles_ == snapshot_.manifest().articles) return top_of_index(range, limit);
  if (!counted_) {
    // Counting a name takes twice the time of looking at a row of an entity: so at most a quarter
    // is lost when going through the entities takes too long.
    if (auto top = top_by_entity(range, limit, names_in_rows() / 2)) return *std::move(top);
  }
  return top_by_row(range, limit);
}

std::optional<TopEntities> EntityCounts::top_by_entity(EntityRange range, std::size_t limit,
                                                       std::size_t budget) const {
  const auto& tables = snapshot_.tables();
  const auto order = tables.entities_by_articles(naming_);
  Best best(limit);
  std::size_t cost = 0;
  for (auto i = range.first; i < range.end; ++i) {
    const auto entity = order[i];
    if (best.is_complete_before({entity, tables.entity_articles(entity, naming_)})) break;
    Entity counted{entity, 0};
    for (const auto& part : parts_) {
      const auto entities = snapshot_.entities(part.segment);
      cost += entities.count_cost(entity, naming_) + 1;
      if (cost > budget) return std::nullopt;
      counted.articles += entities.count(entity, part.rows, naming_);
    }
    best.add(counted);
  }
  return std::move(best).take();
}

TopEntities EntityCounts::top_by_row(EntityRange range, std::size_t limit) {
  if (!counted_) count_rows();
  Best best(limit);
  for (const auto& entity : *counted_) {
    if (entity.ordinal >= range.first && entity.ordinal < range.end) best.add(entity);
  }
  return std::move(best).take();
}

TopEntities EntityCounts::top_of_index(EntityRange range, std::size_t limit) const {
  const auto& tables = snapshot_.tables();
  const auto order = tables.entities_by_articles(naming_);
  Best best(limit);
  for (auto i = range.first; i < range.end; ++i) {
    const Entity entity{order[i], tables.entity_articles(order[i], naming_)};
    if (best.is_complete_before(entity)) break;
    best.add(entity);
  }
  return std::move(best).take();
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

void EntityCounts::count_rows() {
  const auto all = snapshot_.tables().entities.size();
  if (names_in_rows() < all / 4) {
    SparseCounts counts;
    for (const auto& part : parts_) {
      snapshot_.entities(part.segment)
          .for_each_counted(part.rows, naming_,
                            [&](std::uint32_t, std::uint32_t entity) { counts.add(entity); });
    }
    counted_ = std::move(counts).take();
    return;
  }
  std::vector<std::uint32_t> counts(all);
  for (const auto& part : parts_) {
    snapshot_.entities(part.segment).count_rows(part.rows, naming_, counts);
  }
  auto& counted = counted_.emplace();
  for (std::uint32_t entity = 0; entity < all; ++entity) {
    if (counts[entity] > 0) counted.push_back({entity, counts[entity]});
  }
}

}  // namespace dateline
