// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/update/update.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <deque>
#include <memory>
#include <utility>

#include "common/error.h"
#include "common/file_digest.h"
#include "common/file_io.h"
#include "common/index/snapshot.h"
#include "common/shell.h"
#include "common/text/analyser_fingerprint.h"
#include "common/text/counted.h"
#include "common/text/stemmer.h"
#include "common/text/unicode.h"
#include "corpus/reader.h"
#include "indexer/names/name_rules.h"
#include "indexer/segments/segment_builder.h"
#include "indexer/update/article_intake.h"
#include "indexer/update/file_sink.h"
#include "indexer/update/file_stamps.h"
#include "indexer/update/known_articles.h"
#include "indexer/update/next_segments.h"
#include "indexer/update/previous.h"
#include "indexer/update/publish.h"
#include "indexer/update/reading_contexts.h"
#include "indexer/update/twins.h"
#include "indexer/update/writer_run.h"

namespace dateline {
namespace {

std::int64_t now_in_nanoseconds() {
  return std::chrono::nanoseconds(std::chrono::system_clock::now().time_since_epoch()).count();
}

std::int64_t seconds_now() { return now_in_nanoseconds() / 1'000'000'000; }

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
        previous_(open_previous(layout, request.rebuild, recogniser)),
        keep_generations_(request.keep_generations.value_or(previous_.keep_generations)),
        sets_(previous_.sets, selection(request, previous_), request.settings),
        contexts_(sets_.entries(), request.memory),
        builder_(layout.work(), recogniser, std::max(1U, request.threads), request.memory, stop),
        mass_removal_allowed_(request.allow_mass_removal),
        own_log_(request.log) {
    if (previous_.snapshot) known_ = KnownArticles(previous_.snapshot);
    if (!request.check_contents) stamps_ = FileStamps(layout.stamps());
    report_.rebuilt_because = previous_.rebuilt_because;
    report_.history_lost = previous_.generation > 0 && !previous_.snapshot;
    for (const auto& set : sets_.entries()) {
      ReadOptions options;
      options.field_names = set.field_names;
      options.date_from_file_time = set.date_from_file_time;
      options.outlets = set.source_names;
      options.max_record_bytes = request.memory.longest_record;
      readers_.emplace_back(options);
    }
  }

  UpdateReport run() {
    auto listing = sets_.list(layout_.dir());
    std::erase_if(listing.files, [&](const ListedFile& f) { return f.source.path == own_log_; });
    report_.files = listing.files.size();
    observer_.files_listed(listing.files.size());
    for (const auto& u : listing.unreadable) keep_unreadable(u);
    std::vector<const ListedFile*> unknown;
    for (const auto& file : listing.files) {
      if (previous_.catalogue.contains(file.source.path.string())) {
        process_known(file);
      } else {
        unknown.push_back(&file);
      }
    }
    remove_vanished();
    process_unknown(unknown);
    refuse_mass_removal();
    observer_.finishing();
    collect_refusals();
    publish_if_changed();
    stamps_.save(layout_.stamps());
    return std::move(report_);
  }

 private:
  /// A rebuild covers what the index remembers and what is named besides.
  static SetSelection selection(const UpdateRequest& request, const Previous& previous) {
    auto sets = request.sets;
    sets.all = previous.rebuilding || !previous.snapshot;
    return sets;
  }

  struct LookedAt {
    FileEntry entry;
    std::optional<FileStamp> stamp;  ///< from before the file was read
  };

  /// A file as it is now: what it holds, and how it would be read. None, and reported, when it
  /// cannot be read.
  std::optional<LookedAt> look_at(const ListedFile& file) {
    check_stop(stop_);
    const auto path = file.source.path.string();
    const auto now = now_in_nanoseconds();
    const auto stamp = stamp_of(file.source.path);
    LookedAt found{{}, stamp};
    auto& entry = found.entry;
    entry.context = contexts_.of(file);
    if (const auto known = stamp ? stamps_.digest_of(path, *stamp) : std::nullopt) {
      entry.content = *known;
      stamps_.keep(path);
      return found;
    }
    std::string problem;
    ++report_.files_compared;
    const auto digested = digest_file(file.source.path, problem);
    if (!digested) {
      keep_unreadable({file.source.path, "cannot be read: " + problem});
      return std::nullopt;
    }
    entry.content = digested->digest;
    if (stamp) stamps_.note(path, *stamp, now, entry.content);
    return found;
  }

  void process_known(const ListedFile& file) {
    auto found = look_at(file);
    if (found) {
      const auto before = previous_.catalogue.find(file.source.path.string());
      const bool same_content = before->second.content == found->entry.content;
      if (same_content && before->second.context == found->entry.context && !previous_.rebuilding) {
        report_.unchanged += before->second.articles;
        catalogue_.insert(*before);
      } else {
        read(file, std::move(*found), {nullptr, same_content});
      }
    }
    observer_.progressed(++progress_.files_done, progress_.articles_read);
  }

  /// After all that is known, so that what was moved is recognised.
  void process_unknown(const std::vector<const ListedFile*>& files) {
    Twins twins(previous_.catalogue, catalogue_);
    for (const auto* file : files) {
      if (auto found = look_at(*file)) {
        const auto* twin = twins.take(file->source.path.string(), found->entry.content);
        read(*file, std::move(*found), {twin, false});
      }
      observer_.progressed(++progress_.files_done, progress_.articles_read);
    }
  }

  void read(const ListedFile& file, LookedAt found, KnownFile known);
  void keep_rest(const FileSink& sink, const std::string& path, const ListedFile& file);

  /// What cannot be read now may be there again later: its articles stay.
  void keep_unreadable(const UnreadablePath& unreadable) {
    const auto path = unreadable.path.string();
    unreadable_.push_back(path);
    report_.refusals.push_back({path, "", unreadable.reason});
    report_.unreadable.push_back(report_.refusals.back());
    ++report_.refused;
    observer_.refused(report_.refusals.back());
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
      } else if (is_unreadable(path) && !previous_.rebuilding) {
        report_.unchanged += entry.articles;
      } else {
        const auto removed = known_.remove_file(path);
        if (!previous_.rebuilding) report_.removed += removed;
        continue;
      }
      catalogue_.emplace(path, entry);
      stamps_.keep(path);
    }
  }

  /// A folder that is not mounted must not empty the index.
  void refuse_mass_removal() const {
    if (mass_removal_allowed_) return;
    std::vector<std::uint64_t> before(sets_.entries().size());
    auto now = before;
    for (const auto& [path, entry] : previous_.catalogue) {
      if (const auto set = sets_.set_of(path)) before[*set] += entry.articles;
    }
    for (const auto& [path, entry] : catalogue_) {
      if (const auto set = sets_.set_of(path)) now[*set] += entry.articles;
    }
    for (std::size_t set = 0; set < before.size(); ++set) {
      if (now[set] >= before[set] - now[set] || now[set] >= before[set]) continue;
      throw Error(
          ExitCode::guarded,
          fmt::format("the article set '{}' would shrink from {} to {}; the index is as it was",
                      printable(sets_.entries()[set].root), counted(before[set], "article"),
                      now[set]),
          "see that the folder is there and whole; if its articles are to go: "
          "--allow-mass-removal");
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
    const bool same_articles =
        report_.added + report_.changed + report_.moved + report_.removed == 0;
    if (previous_.snapshot && !previous_.rebuilding && same_articles &&
        catalogue_ == previous_.catalogue && sets_.entries() == previous_.sets &&
        has_same_rules() && keep_generations_ == previous_.keep_generations) {
      report_.manifest = previous_.snapshot->manifest();
      return;
    }
    auto next = next_generation();
    check_stop(stop_);
    report_.manifest = publish(layout_, std::move(next), rules_);
    report_.published = true;
    observer_.published(report_.manifest);
  }

  bool has_same_rules() const {
    const auto& manifest = previous_.snapshot->manifest();
    return manifest.aliases == rules_.aliases_digest &&
           manifest.gazetteer == rules_.gazetteer_digest;
  }

  NewGeneration next_generation() {
    NewGeneration next;
    auto& manifest = next.manifest;
    manifest.generation = facts_.generation;
    manifest.analyser = analyser_version;
    manifest.words = analyser_fingerprint();
    manifest.versions = analyser_versions();
    manifest.reading = reading_version;
    manifest.recogniser = recogniser_.fingerprint();
    manifest.sets = sets_.entries();
    manifest.keep_generations = keep_generations_;
    manifest.next_segment = previous_.next_segment;
    next.catalogue = std::move(catalogue_);
    if (previous_.snapshot && !previous_.rebuilding) {
      const auto& old = previous_.snapshot->manifest().segments;
      for (std::size_t i = 0; i < old.size(); ++i) add_segment(next, old[i], known_.dead()[i]);
    }
    const auto name = new_segment_name(layout_, manifest);
    const auto built = builder_.finish(layout_.segment(name), name);
    check_stop(stop_);
    if (built.rows > 0) observer_.segment_built(built);
    add_segment(next, built, Bitset(built.rows));
    if (const auto merged = merge_where_due(next, layout_)) {
      observer_.segments_merged(merged->names, merged->into);
    }
    sync_folder(layout_.dir());
    return next;
  }

  const IndexLayout& layout_;
  const EntityRecogniser& recogniser_;
  UpdateObserver& observer_;
  const std::atomic<bool>& stop_;
  const NameRules rules_;
  const Previous previous_;
  const std::uint32_t keep_generations_;
  const ArticleSets sets_;
  ReadingContexts contexts_;
  SegmentBuilder builder_;
  std::deque<ArticleReader> readers_;  ///< one a set
  const bool mass_removal_allowed_;
  const std::filesystem::path own_log_;
  KnownArticles known_;
  FileStamps stamps_;
  Catalogue catalogue_;
  std::vector<std::string> unreadable_;
  RunProgress progress_;
  UpdateReport report_;
  const RunFacts facts_{previous_.generation + 1, seconds_now(), previous_.rebuilding};
  ArticleIntake intake_{facts_, known_, builder_, report_};
  const ReadingRun reading_{intake_, known_, report_, observer_, progress_, stop_};
};

void UpdateRun::read(const ListedFile& file, LookedAt found, KnownFile known) {
  auto& entry = found.entry;
  const auto path = file.source.path.string();
  ++report_.files_read;
  std::error_code vanished;
  const auto bytes = std::filesystem::file_size(file.source.path, vanished);
  report_.bytes_read += vanished ? 0 : bytes;
  FileSink sink(reading_, path, entry, known);
  readers_[file.set].read(file.source, sink);
  if (!sink.why_unreadable().empty()) return keep_rest(sink, path, file);
  sink.drop_unseen();
  // What was read need not be what was digested: the next run is to compare the articles.
  if (stamp_of(file.source.path) != found.stamp) entry.content = {};
  catalogue_.emplace(path, std::move(entry));
}

/// The system would not let the file be read to its end: what the index has of it stays, beside
/// what was taken up; the next run reads the file again.
void UpdateRun::keep_rest(const FileSink& sink, const std::string& path, const ListedFile& file) {
  keep_unreadable({file.source.path, sink.why_unreadable()});
  if (!sink.has_taken()) return;
  FileEntry entry;  // without a digest, so that no content is taken for known
  entry.articles = sink.kept_articles();
  catalogue_.emplace(path, std::move(entry));
}

/// Where there is no index, nothing is made before it is known what one could be begun with.
void refuse_to_begin_without_sets(const IndexLayout& layout, const UpdateRequest& request) {
  if (has_generation(layout)) return;
  if (request.begins_none || request.sets.paths.empty() || !request.sets.forgotten.empty()) {
    throw Error(
        ExitCode::no_index, fmt::format("no index at '{}'", printable(layout.dir().string())),
        fmt::format("dateline-index --db {} ARTICLES...", shell_word(layout.dir().string())));
  }
  ArticleSets({}, request.sets, request.settings);
}

LastRun run_of(const UpdateReport& report) {
  LastRun run;
  run.exit_code = static_cast<int>(report.refused == 0 ? ExitCode::ok : ExitCode::some_refused);
  run.published = report.published;
  run.generation = report.manifest.generation;
  run.added = report.added;
  run.changed = report.changed;
  run.moved = report.moved;
  run.removed = report.removed;
  run.unchanged = report.unchanged;
  run.refused = report.refused;
  run.files = report.files;
  run.files_read = report.files_read;
  run.bytes_read = report.bytes_read;
  run.unreadable = report.unreadable.size();
  for (const auto& u : report.unreadable) {
    if (run.unreadable_paths.size() == LastRun::max_unreadable_paths) break;
    run.unreadable_paths.emplace_back(u.path, u.reason);
  }
  return run;
}

std::unique_ptr<EntityRecogniser> recogniser_for(const UpdateRequest& request,
                                                 const IndexLayout& layout) {
  auto none = make_no_recogniser();
  const bool stays_without = !request.rebuild && in_force_recogniser(layout) == none->fingerprint();
  if (request.no_entities || stays_without) return none;
  return make_recogniser();
}

}  // namespace

UpdateReport update_index(const UpdateRequest& request, UpdateObserver& observer,
                          const std::atomic<bool>& stop) {
  const IndexLayout layout(request.index);
  // Where the lock is, another may be about to publish the first generation.
  if (!is_there(layout.lock())) refuse_to_begin_without_sets(layout, request);
  UpdateReport report;
  const LockWait wait{request.lock_wait, &stop,
                      [&](const std::string& holder) { observer.waits_for_lock(holder); }};
  const auto swept = run_as_writer(layout, request.rebuild ? "rebuild" : "update", wait, [&] {
    refuse_to_begin_without_sets(layout, request);
    restore_current(layout);
    const auto recogniser = recogniser_for(request, layout);
    report = UpdateRun(request, layout, *recogniser, observer, stop).run();
    return run_of(report);
  });
  observer.swept(swept);
  return report;
}

}  // namespace dateline
