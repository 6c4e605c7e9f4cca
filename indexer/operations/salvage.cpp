// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/operations/salvage.h"

#include <xapian.h>

#include <algorithm>
#include <charconv>
#include <filesystem>
#include <optional>
#include <unordered_map>
#include <unordered_set>
#include <utility>

#include "common/article.h"
#include "common/error.h"
#include "common/file_digest.h"
#include "common/hash.h"
#include "common/index/column_file.h"
#include "common/index/schema.h"
#include "common/index/segment.h"
#include "common/index/stored_article.h"
#include "common/index/tables.h"
#include "indexer/operations/check_segment.h"

namespace dateline {
namespace {

constexpr std::string_view segment_kind = "seg-";

bool is_damaged(const DamageList& damage, const std::filesystem::path& file) {
  return std::ranges::any_of(damage.kept(), [&](const Damage& d) { return d.file == file; });
}

class Salvaging {
 public:
  Salvaging(const IndexLayout& layout, const Manifest& manifest, const CheckReport& found)
      : layout_(layout),
        manifest_(manifest),
        damage_(found.damage),
        tables_whole_(found.manifests.contains(manifest.generation) &&
                      is_whole(layout.tables(manifest.generation))),
        catalogue_whole_(read_files()) {}

  Salvage run() {
    result_.generation.manifest = manifest_;
    result_.generation.manifest.segments.clear();
    if (tables_whole_) tables_.emplace(layout_.tables(manifest_.generation), manifest_);
    for (std::size_t i = 0; i < manifest_.segments.size(); ++i) take_or_drop(i);
    if (!tables_) bury_replaced();
    count_live();
    list_files();
    count_missing();
    return std::move(result_);
  }

 private:
  bool read_files() try {
    catalogue_ = read_catalogue(layout_.catalogue(manifest_.generation), manifest_.generation);
    if (is_whole(layout_.catalogue(manifest_.generation))) return true;
    catalogue_.clear();
    return false;
  } catch (const Error& e) {
    if (e.code() == ExitCode::system_failure) throw;
    return false;
  }

  bool is_whole(const std::filesystem::path& file) const {
    return std::filesystem::exists(file) && !is_damaged(damage_, file);
  }

  void take_or_drop(std::size_t i) {
    const auto& entry = manifest_.segments[i];
    if (damage_.concerns(entry.name)) {
      result_.dropped.push_back(entry.name);
      result_.dropped_articles += entry.live;
      read_ids(i);
      return;
    }
    segments_.emplace_back(layout_.segment(entry.name), entry.name);
    result_.generation.manifest.segments.push_back(entry);
    result_.generation.dead.push_back(tables_ ? tables_->dead(i) : Bitset(entry.rows));
  }

  /// The ids of a dropped segment's articles, from whichever of its files is whole.
  void read_ids(std::size_t i) {
    const auto folder = layout_.segment(manifest_.segments[i].name);
    const auto is_live = [&](std::uint32_t row) {
      return !tables_ || row >= manifest_.segments[i].rows || !tables_->dead(i).test(row);
    };
    if (is_whole(columns_of(folder))) {
      const SegmentColumns columns(folder, manifest_.segments[i].name);
      for (std::uint32_t row = 0; row < columns.rows(); ++row) {
        if (is_live(row)) dropped_ids_[columns.path_hash[row]].emplace_back(columns.id[row]);
      }
    } else if (is_whole(postings_of(folder))) {
      const Xapian::Database database(postings_of(folder).string());
      // Which of them were dead, the columns would have told.
      const bool some_dead = tables_ && tables_->dead(i).count() > 0;
      if (some_dead && !catalogue_whole_) result_.missing_known = false;
      for (Xapian::docid document = 1; document <= database.get_lastdocid(); ++document) {
        const auto article = load_article(database.get_document(document).get_data());
        dropped_ids_[hash64(article.path)].push_back(article.id.value);
        dropped_paths_.emplace(hash64(article.path), article.path);
      }
    } else if (!catalogue_whole_) {
      result_.missing_known = false;
    }
  }

  /// Of several rows of one article, all but the last were replaced.
  void bury_replaced() {
    std::unordered_set<std::uint64_t> known_files;
    for (const auto& [path, entry] : catalogue_) known_files.insert(hash64(path));
    std::unordered_set<std::uint64_t> seen;
    for (auto s = segments_.size(); s-- > 0;) {
      const auto& segment = segments_[s];
      for (auto row = segment.rows(); row-- > 0;) {
        const bool is_removed = catalogue_whole_ && !known_files.contains(segment.path_hash[row]);
        if (is_removed || !seen.insert(segment.key_hash[row]).second)
          result_.generation.dead[s].set(row);
      }
    }
  }

  template <class F>
  void for_each_live_row(F&& f) const {
    for (std::size_t s = 0; s < segments_.size(); ++s) {
      for (std::uint32_t row = 0; row < segments_[s].rows(); ++row) {
        if (!result_.generation.dead[s].test(row)) f(s, row);
      }
    }
  }

  void count_live() {
    for_each_live_row(
        [&](std::size_t s, std::uint32_t row) { ++live_of_[segments_[s].path_hash[row]]; });
  }

  void list_files() {
    auto& files = result_.generation.catalogue;
    // What the tables and a segment would have told together, the counts alone do not.
    const bool counts_tell = tables_whole_ || result_.dropped.empty();
    for (const auto& [path, entry] : catalogue_) {
      const auto live = live_of_.find(hash64(path));
      const auto articles = live == live_of_.end() ? 0 : live->second;
      if (counts_tell && articles == entry.articles) {
        files.emplace(path, entry);
      } else {
        files.emplace(path, to_be_read(articles));
      }
    }
    if (!catalogue_whole_) list_files_of_articles();
  }

  static FileEntry to_be_read(std::uint32_t articles) {
    FileEntry entry;
    entry.articles = articles;
    return entry;
  }

  /// The paths stand in the stored articles; one article a file is enough.
  void list_files_of_articles() {
    std::unordered_set<std::uint64_t> listed;
    std::vector<Xapian::Database> databases;
    for (const auto& segment : segments_)
      databases.emplace_back(postings_of(layout_.segment(segment.name())).string());
    for_each_live_row([&](std::size_t s, std::uint32_t row) {
      const auto file = segments_[s].path_hash[row];
      if (!listed.insert(file).second) return;
      const auto article =
          load_article(databases[s].get_document(segments_[s].document_of(row)).get_data());
      result_.generation.catalogue.emplace(article.path, to_be_read(live_of_.at(file)));
    });
  }

  /// What the files had, by the catalogue, and no whole segment has.
  void count_missing() {
    if (result_.dropped.empty()) return;
    for (const auto& [path, entry] : catalogue_) {
      const auto live = live_of_.find(hash64(path));
      const auto left = live == live_of_.end() ? 0 : live->second;
      if (left < entry.articles) result_.missing[path] = entry.articles - left;
      dropped_paths_.emplace(hash64(path), path);
    }
    for (auto& [file, ids] : dropped_ids_) {
      const auto path = dropped_paths_.find(file);
      if (path == dropped_paths_.end()) continue;
      if (!catalogue_whole_) result_.missing[path->second] = ids.size();
      if (result_.missing.contains(path->second))
        result_.missing_ids[path->second] = std::move(ids);
    }
    if (!catalogue_whole_ && dropped_paths_.empty()) result_.missing_known = false;
  }

  const IndexLayout& layout_;
  const Manifest& manifest_;
  const DamageList& damage_;
  const bool tables_whole_;
  Catalogue catalogue_;
  const bool catalogue_whole_;
  std::optional<GenerationTables> tables_;
  std::vector<SegmentColumns> segments_;
  std::unordered_map<std::uint64_t, std::uint32_t> live_of_;  ///< by hash of the path
  std::unordered_map<std::uint64_t, std::vector<std::string>> dropped_ids_;
  std::unordered_map<std::uint64_t, std::string> dropped_paths_;
  Salvage result_;
};

std::uint64_t number_in_current(const IndexLayout& layout) try {
  return layout.current_generation().value_or(0);
} catch (const Error&) {
  return 0;
}

/// The number of a segment's folder; none for any other name.
std::optional<std::uint64_t> segment_number(const std::string& name) {
  std::uint64_t number = 0;
  if (name.starts_with(segment_kind))
    std::from_chars(name.data() + segment_kind.size(), name.data() + name.size(), number);
  if (number == 0 || name != numbered("seg", number)) return std::nullopt;
  return number;
}

}  // namespace

Salvage salvage(const IndexLayout& layout, const Manifest& manifest, const CheckReport& found) {
  return Salvaging(layout, manifest, found).run();
}

Manifest manifest_of_segments(const IndexLayout& layout, CheckReport& found) {
  std::map<std::uint64_t, std::string> names;
  for (const auto& entry : std::filesystem::directory_iterator(layout.dir())) {
    const auto name = entry.path().filename().string();
    if (const auto number = segment_number(name)) names.emplace(*number, name);
  }
  Manifest manifest;
  manifest.generation = number_in_current(layout);
  for (const auto& [number, name] : names) {
    manifest.next_segment = number + 1;
    try {
      const auto rows = SegmentColumns(layout.segment(name), name).rows();
      std::string problem;
      const auto postings = digest_file(postings_of(layout.segment(name)), problem);
      if (!postings) continue;
      const SegmentEntry entry{name, rows, rows, postings->bytes, postings->digest};
      constexpr bool words_in_order = false;  // which only a manifest tells
      check_segment(layout, entry, words_in_order, found.damage);
      if (!found.damage.concerns(name)) manifest.segments.push_back(entry);
    } catch (const Error& e) {
      if (e.code() == ExitCode::system_failure) throw;
    }
  }
  return manifest;
}

}  // namespace dateline
