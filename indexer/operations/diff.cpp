// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/operations/diff.h"

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <set>
#include <tuple>
#include <utility>

#include "common/bitset.h"
#include "common/hash.h"
#include "searcher/engine/filters.h"
#include "searcher/engine/search.h"

namespace dateline {
namespace {

/// A row of one generation that the other does not have in the same way.
struct Entry {
  std::uint64_t key = 0;
  Digest digest;
  std::uint32_t segment = 0;
  std::uint32_t row = 0;
  bool asked = false;  ///< matches the query
};

/// A generation with the rows that are asked for.
class Side {
 public:
  Side(std::shared_ptr<const IndexSnapshot> snapshot, const SearchRequest* query)
      : snapshot_(std::move(snapshot)) {
    for (std::size_t s = 0; s < snapshot_->segment_count(); ++s) {
      live_.push_back(live_rows(*snapshot_, s));
    }
    asked_ = query == nullptr ? live_ : Searcher(snapshot_).match(*query, live_);
  }

  /// Its live rows, but for those that stand in the same segment of `other` as they do here.
  std::vector<Entry> entries_beside(const Side& other) const {
    std::vector<Entry> entries;
    for (std::uint32_t s = 0; s < snapshot_->segment_count(); ++s) {
      const auto& columns = snapshot_->segment(s);
      auto rows = live_[s];
      if (const auto there = other.find_segment(columns.name())) {
        rows.subtract(shared_rows(s, other, *there));
      }
      rows.for_each([&](std::size_t at) {
        const auto row = static_cast<std::uint32_t>(at);
        entries.push_back(
            {columns.key_hash[row], columns.digest[row], s, row, asked_[s].test(row)});
      });
    }
    std::ranges::sort(entries, {}, &Entry::key);
    return entries;
  }

  std::string_view id_of(const Entry& entry) const {
    return snapshot_->segment(entry.segment).id[entry.row];
  }
  ArticleHistory history_of(const Entry& entry) const {
    return snapshot_->segment(entry.segment).history(entry.row);
  }
  Article article_of(const Entry& entry) const {
    return snapshot_->article(0, entry.segment, entry.row);
  }

 private:
  std::optional<std::size_t> find_segment(const std::string& name) const {
    for (std::size_t s = 0; s < snapshot_->segment_count(); ++s) {
      if (snapshot_->segment(s).name() == name) return s;
    }
    return std::nullopt;
  }

  Bitset shared_rows(std::size_t here, const Side& other, std::size_t there) const {
    auto shared = live_[here];
    shared &= other.live_[there];
    auto only_here = asked_[here];
    auto only_there = other.asked_[there];
    only_here.subtract(other.asked_[there]);
    only_there.subtract(asked_[here]);
    return shared.subtract(only_here).subtract(only_there);
  }

  std::shared_ptr<const IndexSnapshot> snapshot_;
  std::vector<Bitset> live_;
  std::vector<Bitset> asked_;
};

/// An article in both generations, or in one; nullptr: not there.
struct Pair {
  const Entry* before = nullptr;
  const Entry* after = nullptr;
};

/// The same to the word, with the same past.
struct Identity {
  std::int64_t first_seen = 0;
  std::int64_t last_changed = 0;
  std::uint64_t changed_in = 0;
  std::uint64_t text = 0;
  auto operator<=>(const Identity&) const = default;
};

using History = std::tuple<std::int64_t, std::int64_t, std::uint64_t>;
History key_of(const ArticleHistory& h) { return {h.first_seen, h.last_changed, h.changed_in}; }

Identity identity_of(const Side& side, const Entry& entry) {
  const auto article = side.article_of(entry);
  const auto history = side.history_of(entry);
  std::string text = article.title.value;
  text += '\0';
  text += article.deck.value;
  text += '\0';
  text += article.body;
  return {history.first_seen, history.last_changed, history.changed_in, hash64(text)};
}

/// What an article may differ in, as --fields of a search has it.
struct Compared {
  std::string_view name;
  bool (*same)(const Article& a, const Article& b);
};

bool same_entities(const Article& a, const Article& b) {
  return std::ranges::equal(a.entities, b.entities, [](const auto& x, const auto& y) {
    return x.type == y.type && x.name == y.name;
  });
}

constexpr std::array compared{
    Compared{"id", [](const Article& a, const Article& b) { return a.id.value == b.id.value; }},
    Compared{"title",
             [](const Article& a, const Article& b) { return a.title.value == b.title.value; }},
    Compared{"deck",
             [](const Article& a, const Article& b) { return a.deck.value == b.deck.value; }},
    Compared{"text", [](const Article& a, const Article& b) { return a.body == b.body; }},
    Compared{"source",
             [](const Article& a, const Article& b) {
               return a.source.value == b.source.value && a.source_raw == b.source_raw;
             }},
    Compared{"date",
             [](const Article& a, const Article& b) {
               return bool(a.published) == bool(b.published) &&
                      a.published.value == b.published.value;
             }},
    Compared{"modified",
             [](const Article& a, const Article& b) {
               return bool(a.modified) == bool(b.modified) && a.modified.value == b.modified.value;
             }},
    Compared{"authors",
             [](const Article& a, const Article& b) { return a.authors.value == b.authors.value; }},
    Compared{"topics",
             [](const Article& a, const Article& b) { return a.topics.value == b.topics.value; }},
    Compared{"language", [](const Article& a,
                            const Article& b) { return a.language.value == b.language.value; }},
    Compared{"url", [](const Article& a, const Article& b) { return a.url.value == b.url.value; }},
    Compared{"entities", same_entities},
};

/// Where nothing else differs, it is where a value comes from.
std::vector<std::string_view> differing_fields(const Article& a, const Article& b) {
  std::vector<std::string_view> names;
  for (const auto& field : compared) {
    if (!field.same(a, b)) names.push_back(field.name);
  }
  if (names.empty()) names.emplace_back("provenance");
  return names;
}

class Comparison {
 public:
  Comparison(const Side& before, const Side& after) : before_(before), after_(after) {}

  DiffCounts run(const std::function<void(const ArticleChange&)>& take) {
    const auto before = before_.entries_beside(after_);
    const auto after = after_.entries_beside(before_);
    join(before, after);
    pair_moved();
    for (auto& list : changes_) {
      std::ranges::sort(list, {}, [this](const Pair& p) {
        const auto& entry = p.after != nullptr ? *p.after : *p.before;
        return std::pair(p.after != nullptr ? after_.id_of(entry) : before_.id_of(entry),
                         entry.key);
      });
    }
    for (const auto change : {Change::entered, Change::left, Change::altered, Change::moved}) {
      for (const auto& pair : of(change)) take(described(change, pair));
    }
    return {of(Change::entered).size(), of(Change::left).size(), of(Change::altered).size(),
            of(Change::moved).size()};
  }

 private:
  std::vector<Pair>& of(Change change) { return changes_[static_cast<std::size_t>(change)]; }

  void join(const std::vector<Entry>& before, const std::vector<Entry>& after) {
    auto b = before.begin();
    auto a = after.begin();
    while (b != before.end() || a != after.end()) {
      if (a == after.end() || (b != before.end() && b->key < a->key)) {
        if (b->asked) gone_.push_back(&*b);
        ++b;
      } else if (b == before.end() || a->key < b->key) {
        if (a->asked) fresh_.push_back(&*a);
        ++a;
      } else {
        sort_in({&*b++, &*a++});
      }
    }
  }

  /// An article of both generations.
  void sort_in(const Pair& pair) {
    if (pair.before->asked && pair.after->asked) {
      if (pair.before->digest != pair.after->digest) of(Change::altered).push_back(pair);
    } else if (pair.after->asked) {
      of(Change::entered).push_back({nullptr, pair.after});
    } else if (pair.before->asked) {
      of(Change::left).push_back({pair.before, nullptr});
    }
  }

  /// What is gone from one place and new in another, as far as it is the same, was moved. Only
  /// articles of equal histories are looked into.
  void pair_moved() {
    std::set<History> histories;
    for (const auto* entry : fresh_) histories.insert(key_of(after_.history_of(*entry)));
    std::multimap<Identity, const Entry*> gone;
    for (const auto* entry : gone_) {
      if (histories.contains(key_of(before_.history_of(*entry)))) {
        gone.emplace(identity_of(before_, *entry), entry);
      } else {
        of(Change::left).push_back({entry, nullptr});
      }
    }
    for (const auto* entry : fresh_) {
      const auto origin = gone.empty() ? gone.end() : gone.find(identity_of(after_, *entry));
      if (origin == gone.end()) {
        of(Change::entered).push_back({nullptr, entry});
      } else {
        of(Change::moved).push_back({origin->second, entry});
        gone.erase(origin);
      }
    }
    for (const auto& [identity, entry] : gone) of(Change::left).push_back({entry, nullptr});
  }

  ArticleChange described(Change change, const Pair& pair) const {
    ArticleChange told;
    told.change = change;
    const auto& side = pair.after != nullptr ? after_ : before_;
    const auto& entry = pair.after != nullptr ? *pair.after : *pair.before;
    told.id = side.id_of(entry);
    told.article = side.article_of(entry);
    if (pair.before == nullptr || pair.after == nullptr) return told;
    const auto earlier = before_.article_of(*pair.before);
    if (change == Change::altered) told.fields = differing_fields(earlier, told.article);
    if (change == Change::moved) told.was = earlier.path;
    return told;
  }

  const Side& before_;
  const Side& after_;
  std::vector<const Entry*> gone_;   ///< asked for, and in the earlier generation alone
  std::vector<const Entry*> fresh_;  ///< likewise the later
  std::array<std::vector<Pair>, 4> changes_;
};

}  // namespace

std::string_view name_of(Change change) {
  constexpr std::array<std::string_view, 4> names{"entered", "left", "altered", "moved"};
  return names[static_cast<std::size_t>(change)];
}

DiffCounts compare_generations(const std::shared_ptr<const IndexSnapshot>& from,
                               const std::shared_ptr<const IndexSnapshot>& to,
                               const SearchRequest* query,
                               const std::function<void(const ArticleChange&)>& take) {
  const Side before(from, query);
  const Side after(to, query);
  return Comparison(before, after).run(take);
}

}  // namespace dateline
