// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/watch/watch.h"

#include <fmt/format.h>
#include <poll.h>
#include <sys/stat.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <exception>
#include <optional>
#include <utility>
#include <vector>

#include "common/error.h"
#include "common/index/layout.h"
#include "common/program.h"
#include "common/shell.h"
#include "common/text/unicode.h"
#include "indexer/watch/file_watcher.h"
#include "indexer/watch/followed_root.h"

namespace dateline {
namespace {

using Clock = std::chrono::steady_clock;
using Level = EventLog::Level;

/// How often to look at what inotify does not tell: mounts, and generations that others publish.
constexpr std::chrono::seconds between_looks{2};
/// As long as one round waits for another writer before it says so.
constexpr std::chrono::seconds lock_wait{60};

/// Whether waiting does not help: a watch that begins so, ends.
bool is_final(ExitCode code) {
  return code == ExitCode::usage || code == ExitCode::no_index || code == ExitCode::damaged_index;
}

/// The index itself, under whatever name, and any other: updates write there.
bool is_index_folder(const std::filesystem::path& own, const std::filesystem::path& folder) {
  struct stat ours {};
  struct stat theirs {};
  if (::stat(own.c_str(), &ours) == 0 && ::stat(folder.c_str(), &theirs) == 0 &&
      ours.st_dev == theirs.st_dev && ours.st_ino == theirs.st_ino) {
    return true;
  }
  return folder == own || IndexLayout(folder).is_index();
}

class Watch {
 public:
  Watch(const UpdateRequest& request, const std::filesystem::path& log, WatchClient& client,
        const std::atomic<bool>& stop)
      : request_(request),
        layout_(std::filesystem::absolute(request.index).lexically_normal()),
        log_(log),
        client_(client),
        stop_(stop),
        watcher_(std::make_unique<Inotify>()) {}

  void run() {
    note_change();
    while (wait_until_due()) round();
  }

 private:
  /// False when it is to stop.
  bool wait_until_due() {
    while (!stop_) {
      const auto now = Clock::now();
      if (now >= due()) return true;
      if (now >= next_look_) {
        look_around();
        continue;
      }
      wait_until(std::min(due(), next_look_));
      if (watcher_.take_changes()) note_change();
      tell_of_lost_events();
    }
    return false;
  }

  void wait_until(Clock::time_point time) {
    std::array<pollfd, 2> ends{pollfd{stop_descriptor(), POLLIN, 0},
                               pollfd{watcher_.descriptor(), POLLIN, 0}};
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(time - Clock::now());
    ::poll(ends.data(), ends.size(), static_cast<int>(std::max<long>(0, left.count())));
  }

  Clock::time_point due() const {
    if (retry_at_) return *retry_at_;
    if (first_change_) return std::min(last_change_ + quiet(), *first_change_ + longest_burst);
    return is_half_blind_ ? rescan_at_ : Clock::time_point::max();
  }

  /// The first round waits for nothing.
  Clock::duration quiet() const {
    return is_settled_ ? Clock::duration(quiet_after_burst) : Clock::duration::zero();
  }

  void note_change() {
    last_change_ = Clock::now();
    if (!first_change_) first_change_ = last_change_;
  }

  void tell_of_lost_events() {
    if (watcher_.overflows() == overflows_told_) return;
    overflows_told_ = watcher_.overflows();
    client_.notice(Level::info, "events lost",
                   "more changed at once than the system tells of: all sets are gone through", "");
  }

  /// Before the first round there is nothing to look at.
  void look_around() {
    next_look_ = Clock::now() + between_looks;
    if (!is_settled_) return;
    if (look_at_roots() || published_by_others()) note_change();
  }

  /// Whether a set came, went, or is another folder than it was.
  bool look_at_roots() {
    bool any = false;
    for (auto& root : roots_) {
      const bool was_there = root.is_there();
      if (!root.look()) continue;
      any = true;
      if (was_there != root.is_there()) tell_of(root);
    }
    if (any) lay_watches();
    return any;
  }

  void tell_of(const FollowedRoot& root) {
    const auto& path = root.set().root;
    if (root.is_there()) {
      client_.notice(Level::info, "set back", fmt::format("the article set '{}' is back", path),
                     "");
      return;
    }
    client_.notice(
        Level::warning, "set gone",
        fmt::format("the article set '{}' is gone; its articles stay in the index, and "
                    "it is waited for",
                    path),
        remedy_at(fmt::format("bring it back, or let its articles go: dateline-index --forget {}",
                              shell_word(path)),
                  request_.index.string()));
  }

  bool published_by_others() {
    try {
      return layout_.current_generation() != generation_;
    } catch (const Error&) {
      return true;  // the round will say what is wrong
    }
  }

  void round() {
    first_change_.reset();
    retry_at_.reset();
    rescan_at_ = Clock::now() + between_rescans;
    look_at_roots();
    if (watcher_.is_out_of_date() || is_half_blind_) lay_watches();
    if (const auto request = next_request()) attempt(*request);
  }

  /// None where no set is there.
  std::optional<UpdateRequest> next_request() const {
    auto request = request_;
    request.lock_wait = std::max(request.lock_wait, lock_wait);
    if (!is_settled_) return request;
    // What was asked for the first round alone; a guard that is off for months is none.
    request.rebuild = request.check_contents = request.allow_mass_removal = false;
    request.keep_generations.reset();
    request.begins_none = true;
    request.settings = {};
    request.sets = {};
    std::vector<std::filesystem::path> there;
    for (const auto& root : roots_) {
      if (root.is_there()) there.emplace_back(root.set().root);
    }
    if (there.empty()) return std::nullopt;
    if (there.size() < roots_.size()) request.sets.paths = std::move(there);
    return request;
  }

  void attempt(const UpdateRequest& request) {
    try {
      const auto start = Clock::now();
      const auto report = client_.update(request);
      if (report.published) {
        client_.published(
            report, std::chrono::duration_cast<std::chrono::milliseconds>(Clock::now() - start));
      }
      adopt(report.manifest);
    } catch (const Error& e) {
      if (e.code() == ExitCode::interrupted) return;
      if (e.code() == ExitCode::no_index || (!is_settled_ && is_final(e.code()))) throw;
      fail(e.what(), remedy_at(e.remedy(), request_.index.string()));
    } catch (const std::exception& e) {
      fail(e.what(), "");
    }
  }

  void fail(const std::string& cause, const std::string& remedy) {
    if (cause != failure_) client_.notice(Level::error, "round failed", cause, remedy);
    failure_ = cause;
    retry_at_ = Clock::now() + back_off_;
    back_off_ = std::min<std::chrono::seconds>(2 * back_off_, longest_back_off);
  }

  void adopt(const Manifest& manifest) {
    failure_.clear();
    back_off_ = std::chrono::seconds(1);
    generation_ = manifest.generation;
    if (is_settled_ && has_same_sets(manifest)) return;
    is_settled_ = true;
    roots_.clear();
    for (const auto& set : manifest.sets) roots_.emplace_back(set);
    for (const auto& root : roots_) {
      if (!root.is_there()) tell_of(root);
    }
    follow();
    note_change();  // what changed before the watches stood
  }

  bool has_same_sets(const Manifest& manifest) const {
    return std::ranges::equal(roots_, manifest.sets, {},
                              [](const FollowedRoot& root) { return root.set(); });
  }

  void follow() {
    FollowedFiles files;
    // The user's rules about names count as well.
    files.roots = {{layout_.aliases(), {}}, {layout_.gazetteer(), {}}};
    for (const auto& root : roots_) {
      const auto& set = root.set();
      files.roots.push_back({set.root, {set.include, set.exclude}});
      if (!set.source_names.empty()) files.roots.push_back({set.source_names, {}});
    }
    files.leaves_out = [own = layout_.dir()](const std::filesystem::path& folder) {
      return is_index_folder(own, folder);
    };
    files.log = log_;
    const auto coverage = watcher_.follow(std::move(files));
    client_.notice(Level::info, "watching",
                   fmt::format("watching {} article {} in {} {}", roots_.size(),
                               roots_.size() == 1 ? "set" : "sets", coverage.folders,
                               coverage.folders == 1 ? "folder" : "folders"),
                   "");
    judge(coverage);
  }

  void lay_watches() { judge(watcher_.lay_watches()); }

  void judge(const WatchCoverage& coverage) {
    const bool was_half_blind = std::exchange(is_half_blind_, coverage.problem != 0);
    if (!is_half_blind_ || was_half_blind) return;
    const bool is_instance = coverage.problem == EMFILE;
    client_.notice(
        Level::warning, "out of watches",
        fmt::format("the system watches no more folders for this user ({}): changes in the others "
                    "are looked for every {} s",
                    std::strerror(coverage.problem), between_rescans.count()),
        is_instance ? "sysctl fs.inotify.max_user_instances=1024"
                    : "sysctl fs.inotify.max_user_watches=1048576");
  }

  const UpdateRequest request_;  ///< the first round's
  const IndexLayout layout_;
  const std::filesystem::path log_;
  WatchClient& client_;
  const std::atomic<bool>& stop_;
  FileWatcher watcher_;
  std::vector<FollowedRoot> roots_;  ///< in the manifest's order
  std::optional<std::uint64_t> generation_;
  bool is_settled_ = false;                        ///< a round has succeeded
  bool is_half_blind_ = false;                     ///< not all folders are watched
  std::optional<Clock::time_point> first_change_;  ///< of a burst that no round has seen
  Clock::time_point last_change_;
  std::optional<Clock::time_point> retry_at_;
  Clock::time_point rescan_at_;
  Clock::time_point next_look_ = Clock::now();
  std::chrono::seconds back_off_{1};
  std::string failure_;  ///< of the last round; "" if it succeeded
  std::size_t overflows_told_ = 0;
};

}  // namespace

void watch_sets(const UpdateRequest& request, const std::filesystem::path& log, WatchClient& client,
                const std::atomic<bool>& stop) {
  Watch(request, log, client, stop).run();
}

}  // namespace dateline
