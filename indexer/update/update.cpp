// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/update/update.h"

#include <fmt/format.h>

#include <algorithm>
#include <deque>
#include <map>
#include <memory>
#include <unordered_map>
#include <unordered_set>
#include <utility>

#include "common/error.h"
#include "common/index/schema.h"
#include "common/index/snapshot.h"
#include "common/index/stored_article.h"
#include "common/text/stemmer.h"
#include "corpus/reader.h"
#include "indexer/names/name_rules.h"
#include "indexer/segments/analyse.h"
#include "indexer/segments/merge.h"
#include "indexer/segments/merge_policy.h"
#include "indexer/segments/segment_builder.h"
#include "indexer/update/file_digest.h"
#include "indexer/update/known_articles.h"
#include "indexer/update/lock.h"
#include "indexer/update/publish.h"

namespace dateline {
namespace {

/// Longer ids are no terms for Xapian.
constexpr std::size_t max_id_bytes = 200;

/// Of an index of this format or a newer one, the article sets can be read, and all made anew.
constexpr std::uint32_t oldest_format = 1;

/// The state that a run starts from: the generation in force, as far as it can be built upon.
struct Previous {
  std::shared_ptr<const IndexSnapshot> snapshot;  ///< null: nothing to build upon
  std::uint64_t generation = 0;                   ///< in force, even if it cannot be built upon
  std::uint64_t next_segment = 1;
  std::vector<SetEntry> sets;
  Catalogue catalogue;
  std::string rebuilt_because;
};

/// Why an index cannot be continued by this program; "" if it can.
std::string reason_to_rebuild(const Manifest& manifest, const EntityRecogniser& recogniser) {
  if (manifest.format != schema::format_version) return "the index was of an older format";
  if (manifest.reading != reading_version) return "articles are read differently now";
  if (manifest.analyser != analyser_version) return "words are analysed differently now";
  if (manifest.recogniser != recogniser.fingerprint())
    return "names are recognised differently now";
  return "";
}

/// A segment name that no folder in the index directory has.
std::string new_segment_name(const IndexLayout& layout, Manifest& manifest) {
  while (true) {
    auto name = numbered("seg", manifest.next_segment++);
    if (!std::filesystem::exists(layout.segment(name))) return name;
  }
}

Previous open_previous(const IndexLayout& layout, const UpdateRequest& request,
                       const EntityRecogniser& recogniser) {
  Previous previous;
  const auto generation = layout.current_generation();
  if (!generation) return previous;
  previous.generation = *generation;
  const auto manifest = read_current_manifest(layout, oldest_format);
  previous.sets = manifest.sets;
  previous.next_segment = manifest.next_segment;
  previous.rebuilt_because = request.rebuild ? "" : reason_to_rebuild(manifest, recogniser);
  if (request.rebuild || !previous.rebuilt_because.empty()) return previous;
  previous.snapshot = IndexSnapshot::open(layout.dir());
  previous.catalogue = read_catalogue(layout.catalogue(*generation), *generation);
  return previous;
}

/// Asked to rebuild, what is in force need not be readable; its sets are then named anew.
Previous open_what_can_be(const IndexLayout& layout, const UpdateRequest& request,
                          const EntityRecogniser& recogniser) {
  try {
    return open_previous(layout, request, recogniser);
  } catch (const Error&) {
    if (!request.rebuild) throw;
    Previous nothing;
    try {
      nothing.generation = layout.current_generation().value_or(0);
    } catch (const Error&) {
      nothing.generation = 0;
    }
    return nothing;
  }
}

/// Everything beside a file's own bytes that decides how it is read.
class ReadingContexts {
 public:
  explicit ReadingContexts(const std::vector<SetEntry>& sets) : sets_(sets) {}

  Digest of(const ListedFile& file) {
    const auto& set = sets_[file.set];
    std::string context = file.source.relative;
    for (const auto& [ours, theirs] : set.field_names) {
      context += fmt::format("\n{}={}", ours, theirs);
    }
    if (set.date_from_file_time) {
      std::error_code vanished;
      const auto time = std::filesystem::last_write_time(file.source.path, vanished);
      context += fmt::format("\ntime {}", time.time_since_epoch().count());
    }
    if (!file.source.sidecar.empty()) {
      const auto d = table_digest(file.source.sidecar);
      context += fmt::format("\nsidecar {:x} {:x}", d.low, d.high);
    }
    if (!set.source_names.empty()) {
      const auto d = table_digest(set.source_names);
      context += fmt::format("\nsource names {:x} {:x}", d.low, d.high);
    }
    return digest(context);
  }

 private:
  Digest table_digest(const std::filesystem::path& path) {
    const auto [known, is_new] = tables_.try_emplace(path);
    if (is_new) {
      std::string problem;
      if (const auto d = digest_file(path, problem)) known->second = d->digest;
    }
    return known->second;
  }

  const std::vector<SetEntry>& sets_;
  std::map<std::filesystem::path, Digest> tables_;
};

class UpdateRun {
 public:
  UpdateRun(const UpdateRequest& request, const IndexLayout& layout,
            const EntityRecogniser& recogniser, UpdateObserver& observer,
            const std::atomic<bool>& stop)
      : layout_(layout),
        recogniser_(recogniser),
        observer_(observer),
        stop_(stop),
        rules_(read_name_rules(layout)),
        previous_(open_what_can_be(layout, request, recogniser)),
        sets_(previous_.sets, selection(request, previous_), request.settings),
        contexts_(sets_.entries()),
        builder_(layout.work(), recogniser, std::max(1U, request.threads), stop) {
    if (previous_.snapshot) known_ = KnownArticles(previous_.snapshot);
    report_.rebuilt_because = previous_.rebuilt_because;
    for (const auto& set : sets_.entries()) {
      ReadOptions options;
      options.field_names = set.field_names;
      options.date_from_file_time = set.date_from_file_time;
      options.outlets = set.source_names;
      readers_.emplace_back(options);
    }
  }

  UpdateReport run() {
    const auto listing = sets_.list(layout_.dir());
    report_.files = listing.files.size();
    observer_.files_listed(listing.files.size());
    for (const auto& u : listing.unreadable) keep_unreadable(u);
    for (const auto& file : listing.files) {
      check_stop();
      process(file);
      observer_.progressed(++files_done_, articles_read_);
    }
    remove_vanished();
    observer_.finishing();
    collect_refusals();
    publish_if_changed();
    return std::move(report_);
  }

 private:
  class FileSink;

  /// A rebuild covers what the index remembers and what is named besides.
  static SetSelection selection(const UpdateRequest& request, const Previous& previous) {
    auto sets = request.sets;
    sets.all = previous.snapshot == nullptr;
    return sets;
  }

  void check_stop() const {
    if (stop_) {
      throw Error(ExitCode::interrupted, "interrupted; the index is as it was before this run");
    }
  }

  void process(const ListedFile& file) {
    const auto path = file.source.path.string();
    std::string problem;
    const auto digested = digest_file(file.source.path, problem);
    if (!digested) {
      keep_unreadable({file.source.path, "cannot be read: " + problem});
      return;
    }
    FileEntry now;
    now.content = digested->digest;
    now.context = contexts_.of(file);
    const auto before = previous_.catalogue.find(path);
    if (before != previous_.catalogue.end() && before->second.content == now.content &&
        before->second.context == now.context) {
      report_.unchanged += before->second.articles;
      catalogue_.insert(*before);
      return;
    }
    ++report_.files_read;
    report_.bytes_read += digested->bytes;
    read(file, path, std::move(now));
  }

  void read(const ListedFile& file, const std::string& path, FileEntry entry);

  void add_note(RefusedArticle note) {
    ++report_.noted;
    if (report_.notes.size() < UpdateReport::max_notes) report_.notes.push_back(std::move(note));
  }

  /// What cannot be read now may be there again later: its articles stay.
  void keep_unreadable(const UnreadablePath& unreadable) {
    const auto path = unreadable.path.string();
    unreadable_.push_back(path);
    report_.refusals.push_back({path, "", unreadable.reason});
    ++report_.refused;
  }

  bool is_unreadable(const std::string& path) const {
    return std::ranges::any_of(unreadable_, [&](const std::string& u) {
      return path == u || (path.starts_with(u) && path[u.size()] == '/');
    });
  }

  void remove_vanished() {
    for (const auto& [path, entry] : previous_.catalogue) {
      if (catalogue_.contains(path)) continue;
      if (!sets_.covers(path)) {
        report_.untouched += entry.articles;
      } else if (is_unreadable(path)) {
        report_.unchanged += entry.articles;
      } else {
        report_.removed += known_.bury_file(path);
        continue;
      }
      catalogue_.emplace(path, entry);
    }
  }

  void collect_refusals() {
    for (const auto& [path, entry] : catalogue_) {
      if (!sets_.covers(path)) continue;
      report_.refused += entry.refused;
      for (const auto& r : entry.refusals) report_.refusals.push_back({path, r.record, r.reason});
    }
  }

  void publish_if_changed() {
    const bool same_articles = report_.added + report_.changed + report_.removed == 0;
    if (previous_.snapshot && same_articles && catalogue_ == previous_.catalogue &&
        sets_.entries() == previous_.sets && has_same_rules()) {
      report_.manifest = previous_.snapshot->manifest();
      return;
    }
    auto next = next_generation();
    check_stop();
    report_.manifest = publish(layout_, std::move(next), rules_);
    report_.published = true;
  }

  bool has_same_rules() const {
    const auto& manifest = previous_.snapshot->manifest();
    return manifest.aliases == rules_.aliases_digest &&
           manifest.gazetteer == rules_.gazetteer_digest;
  }

  NewGeneration next_generation() {
    NewGeneration next;
    auto& manifest = next.manifest;
    manifest.generation = previous_.generation + 1;
    manifest.analyser = analyser_version;
    manifest.reading = reading_version;
    manifest.recogniser = recogniser_.fingerprint();
    manifest.sets = sets_.entries();
    manifest.next_segment = previous_.next_segment;
    next.catalogue = std::move(catalogue_);
    if (previous_.snapshot) {
      const auto& old = previous_.snapshot->manifest().segments;
      for (std::size_t i = 0; i < old.size(); ++i) add_segment(next, old[i], known_.dead()[i]);
    }
    const auto name = new_segment_name(layout_, manifest);
    const auto built = builder_.finish(layout_.segment(name), name);
    check_stop();
    add_segment(next, built, Bitset(built.rows));
    merge_where_due(next);
    sync_folder(layout_.dir());
    return next;
  }

  static void add_segment(NewGeneration& next, SegmentEntry entry, const Bitset& dead) {
    entry.live = entry.rows - static_cast<std::uint32_t>(dead.count());
    if (entry.live == 0) return;
    next.manifest.segments.push_back(entry);
    next.dead.push_back(dead);
  }

  void merge_where_due(NewGeneration& next) {
    const auto chosen = segments_to_merge(next.manifest.segments);
    if (chosen.empty()) return;
    std::vector<MergeInput> inputs;
    for (const auto i : chosen) {
      const auto& name = next.manifest.segments[i].name;
      inputs.push_back({layout_.segment(name), name, next.dead[i]});
    }
    for (auto i = chosen.rbegin(); i != chosen.rend(); ++i) {
      next.manifest.segments.erase(next.manifest.segments.begin() +
                                   static_cast<std::ptrdiff_t>(*i));
      next.dead.erase(next.dead.begin() + static_cast<std::ptrdiff_t>(*i));
    }
    const auto name = new_segment_name(layout_, next.manifest);
    const auto merged =
        merge_segments(inputs, layout_.segment(name), name, layout_.work() / "merging");
    add_segment(next, merged, Bitset(merged.rows));
  }

  const IndexLayout& layout_;
  const EntityRecogniser& recogniser_;
  UpdateObserver& observer_;
  const std::atomic<bool>& stop_;
  const NameRules rules_;
  const Previous previous_;
  const ArticleSets sets_;
  ReadingContexts contexts_;
  SegmentBuilder builder_;
  std::deque<ArticleReader> readers_;  ///< one a set
  KnownArticles known_;
  Catalogue catalogue_;
  std::vector<std::string> unreadable_;
  std::uint64_t articles_read_ = 0;
  std::size_t files_done_ = 0;
  UpdateReport report_;
};

/// Compares what a file holds now with what the index knows of it.
class UpdateRun::FileSink : public ArticleSink {
 public:
  FileSink(UpdateRun& run, const std::string& path, FileEntry& entry)
      : run_(run), path_(path), entry_(entry), earlier_(run.known_.of_file(path)) {}

  void article(Article&& article) override {
    run_.check_stop();
    if (article.id.value.size() > max_id_bytes) {
      refused(article.record, fmt::format("its id is longer than {} bytes", max_id_bytes));
      return;
    }
    const auto key = article_key(article.path, article.record);
    if (!seen_.insert(key).second) {
      refused(article.record, "another article of the file stands under the same record");
      return;
    }
    ++entry_.articles;
    for (const auto& note : article.notes) run_.add_note({path_, article.record, note});
    put(std::move(article), key);
    run_.observer_.progressed(run_.files_done_, ++run_.articles_read_);
  }

  void refused(const std::string& record, const std::string& reason) override {
    ++entry_.refused;
    if (entry_.refusals.size() < FileEntry::max_refusals) {
      entry_.refusals.push_back({record, reason});
    }
  }

  /// What the file held before and holds no more.
  void bury_unseen() {
    for (const auto& [key, row] : earlier_) {
      if (seen_.contains(key)) continue;
      run_.known_.bury(row);
      ++run_.report_.removed;
    }
  }

 private:
  void put(Article&& article, std::uint64_t key) {
    auto stored = store_article(article);
    const auto before = earlier_.find(key);
    if (before == earlier_.end()) {
      ++run_.report_.added;
    } else if (run_.known_.digest_of(before->second) == digest(stored)) {
      ++run_.report_.unchanged;
      return;
    } else {
      run_.known_.bury(before->second);
      ++run_.report_.changed;
    }
    run_.builder_.put(std::move(article), std::move(stored));
  }

  UpdateRun& run_;
  const std::string& path_;
  FileEntry& entry_;
  std::unordered_map<std::uint64_t, KnownArticles::Row> earlier_;
  std::unordered_set<std::uint64_t> seen_;
};

void UpdateRun::read(const ListedFile& file, const std::string& path, FileEntry entry) {
  FileSink sink(*this, path, entry);
  readers_[file.set].read(file.source, sink);
  sink.bury_unseen();
  catalogue_.emplace(path, std::move(entry));
}

constexpr const char* remedy_for_disk =
    "see that the disk has space and may be written to, and run again; the index is as it was";

/// Removes what a failed run leaves; what cannot be removed now, the next run sweeps.
void give_space_back(const IndexLayout& layout) {
  try {
    std::filesystem::remove_all(layout.work());
    sweep(layout);
  } catch (const std::exception&) {
    return;
  }
}

}  // namespace

UpdateReport update_index(const UpdateRequest& request, UpdateObserver& observer,
                          const std::atomic<bool>& stop) {
  const IndexLayout layout(request.index);
  const WriterLock lock(layout);
  std::filesystem::remove_all(layout.work());
  const auto recogniser = make_recogniser();
  try {
    auto report = UpdateRun(request, layout, *recogniser, observer, stop).run();
    sweep(layout);
    return report;
  } catch (const Xapian::Error& e) {
    give_space_back(layout);
    throw Error(ExitCode::system_failure,
                fmt::format("cannot write the index: {}", e.get_description()), remedy_for_disk);
  } catch (const std::filesystem::filesystem_error& e) {
    give_space_back(layout);
    throw Error(ExitCode::system_failure, e.what(), remedy_for_disk);
  } catch (...) {
    give_space_back(layout);
    throw;
  }
}

}  // namespace dateline
