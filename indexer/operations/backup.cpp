// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/operations/backup.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>
#include <vector>

#include "common/error.h"
#include "common/file_digest.h"
#include "common/file_io.h"
#include "common/index/column_file.h"
#include "common/index/generation_pin.h"
#include "common/index/manifest.h"
#include "common/shell.h"
#include "common/text/unicode.h"
#include "indexer/update/sweep.h"

namespace dateline {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t block_bytes = 1U << 20;

[[noreturn]] void fail(std::string_view action, const fs::path& path) {
  throw Error(
      ExitCode::system_failure,
      fmt::format("cannot {} '{}': {}", action, printable(path.string()), std::strerror(errno)),
      "see what is there and run again; an earlier backup there is as it was");
}

[[noreturn]] void refuse_folder(const fs::path& folder, std::string_view why) {
  throw Error(ExitCode::usage, fmt::format("'{}' {}", printable(folder.string()), why),
              "name a new or empty folder, or an earlier backup of this index");
}

FileDescriptor opened(const fs::path& path) {
  FileDescriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (!file) fail("open", path);
  return file;
}

/// `folder` with all symbolic links resolved, as far as it is there.
fs::path resolved(const fs::path& folder) {
  std::error_code problem;
  const auto real = fs::weakly_canonical(folder, problem);
  return problem ? folder : real;
}

bool lies_in(const fs::path& folder, const fs::path& other) {
  const auto relative = resolved(folder).lexically_relative(resolved(other));
  return !relative.empty() && *relative.begin() != "..";
}

/// Fills `block` from the file, less only at its end.
std::string_view read_block(const FileDescriptor& file, std::vector<char>& block,
                            const fs::path& path) {
  std::size_t filled = 0;
  while (filled < block.size()) {
    const auto n = ::read(file.get(), block.data() + filled, block.size() - filled);
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) fail("read", path);
    if (n == 0) break;
    filled += static_cast<std::size_t>(n);
  }
  return {block.data(), filled};
}

class Backup {
 public:
  Backup(const IndexLayout& from, const fs::path& folder, const std::atomic<bool>& stop)
      : from_(from),
        to_((fs::absolute(folder) / "").lexically_normal().parent_path()),
        stop_(stop),
        pin_(GenerationPin::of_current(from)),
        manifest_(read_manifest(from_.manifest(pin_.generation()))) {}

  BackupReport run() try { return copied(); } catch (...) {
    remove_unfinished();
    throw;
  }

 private:
  BackupReport copied() {
    report_.folder = to_.dir();
    report_.generation = manifest_.generation;
    report_.articles = manifest_.articles;
    claim_folder();
    refuse_other_index();
    check_original();
    for (const auto& segment : manifest_.segments) copy_segment(segment.name);
    copy(from_.tables(manifest_.generation), to_.tables(manifest_.generation));
    copy(from_.catalogue(manifest_.generation), to_.catalogue(manifest_.generation));
    copy(from_.manifest(manifest_.generation), to_.manifest(manifest_.generation));
    copy_own_tables();
    sync_folder(to_.dir());
    replace_file(to_.current(), fmt::format("{}\n", manifest_.generation));
    sweep(to_, true);
    return std::move(report_);
  }

  void check_stop() const {
    if (stop_)
      throw Error(ExitCode::interrupted, "interrupted; an earlier backup there is as it was");
  }

  /// Makes the folder, or finds that it is a backup, and keeps other backups out of it.
  void claim_folder() {
    const auto& folder = to_.dir();
    if (lies_in(folder, from_.dir())) refuse_folder(folder, "is the index itself, or lies in it");
    if (fs::exists(folder) && !fs::is_directory(folder)) refuse_folder(folder, "is no folder");
    create_folders(folder.parent_path());
    std::error_code problem;
    const bool is_made = fs::create_directory(folder, problem);
    if (problem) throw system_error("create", folder, problem.value());
    if (!fs::exists(to_.backup_mark()) && !fs::is_empty(folder))
      refuse_folder(folder, "holds something else than a backup");
    if (fs::exists(to_.lock())) refuse_folder(folder, "has been written to as an index of its own");
    claim_ = FileDescriptor(
        ::open(to_.backup_mark().c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600));
    if (!claim_) fail("create", to_.backup_mark());
    if (::flock(claim_.get(), LOCK_EX | LOCK_NB) != 0) {
      claim_ = FileDescriptor();
      throw Error(ExitCode::index_locked,
                  fmt::format("another backup is writing to '{}'", printable(folder.string())),
                  "wait until it is done and run again");
    }
    is_made_ = is_made;
  }

  /// A folder that was made for a backup which then failed goes again.
  void remove_unfinished() const {
    if (!is_made_) return;
    std::error_code left_behind;
    fs::remove(to_.current(), left_behind);
    fs::remove_all(to_.dir(), left_behind);
  }

  /// Segments and generations of another index have the same names: putting them in the place of
  /// the earlier ones would leave neither whole.
  void refuse_other_index() const {
    Manifest earlier;
    try {
      const auto generation = to_.current_generation();
      if (!generation) return;
      earlier = read_manifest(to_.manifest(*generation));
      if (*generation == manifest_.generation &&
          read_file(to_.manifest(*generation), max_manifest_bytes) !=
              read_file(from_.manifest(*generation), max_manifest_bytes))
        refuse_folder(to_.dir(), "holds a backup of another index");
    } catch (const Error& e) {
      if (e.code() == ExitCode::usage) throw;
      return;  // there is no earlier backup that answers, so none to be spared
    }
    const bool shares_a_set = std::ranges::any_of(manifest_.sets, [&](const SetEntry& set) {
      return std::ranges::find(earlier.sets, set.root, &SetEntry::root) != earlier.sets.end();
    });
    if (!shares_a_set) refuse_folder(to_.dir(), "holds a backup of another index");
    for (const auto& ours : manifest_.segments) {
      const auto same = std::ranges::find(earlier.segments, ours.name, &SegmentEntry::name);
      if (same != earlier.segments.end() && same->postings_digest != ours.postings_digest)
        refuse_folder(to_.dir(), "holds a backup of another index");
    }
  }

  /// A damaged original must not take the place of a good copy.
  void check_original() const {
    ColumnFile(from_.tables(manifest_.generation), numbered("tables", manifest_.generation))
        .verify();
    ColumnFile(from_.catalogue(manifest_.generation), numbered("catalogue", manifest_.generation))
        .verify();
    for (const auto& segment : manifest_.segments) {
      ColumnFile(columns_of(from_.segment(segment.name)), segment.name).verify();
      ColumnFile(word_lists_of(from_.segment(segment.name)), segment.name).verify();
      check_stop();
      check_postings(segment);
    }
  }

  void check_postings(const SegmentEntry& segment) const {
    const auto path = postings_of(from_.segment(segment.name));
    std::string problem;
    const auto found = digest_file(path, problem);
    if (found && found->digest == segment.postings_digest) return;
    throw Error(ExitCode::damaged_index,
                found ? fmt::format("index file '{}' does not match its checksum", path.string())
                      : fmt::format("index file '{}': {}", path.string(), problem),
                fmt::format("dateline-index --db {} --repair", shell_word(from_.dir().string())));
  }

  void copy_segment(const std::string& name) {
    const auto folder = to_.segment(name);
    std::error_code problem;
    fs::create_directory(folder, problem);
    if (problem) throw system_error("create", folder, problem.value());
    copy(postings_of(from_.segment(name)), postings_of(folder));
    copy(word_lists_of(from_.segment(name)), word_lists_of(folder));
    copy(columns_of(from_.segment(name)), columns_of(folder));
    sync_folder(folder);
  }

  /// The user's own: what the original does not have any more, the copy must not have either.
  void copy_own_tables() {
    for (const auto& [from, to] :
         {std::pair{from_.aliases(), to_.aliases()}, std::pair{from_.gazetteer(), to_.gazetteer()},
          std::pair{from_.synonyms(), to_.synonyms()}}) {
      if (fs::exists(from)) {
        copy(from, to);
      } else {
        fs::remove(to);
      }
    }
  }

  /// Puts a copy of the file in place, in one step, unless it is there already.
  void copy(const fs::path& from, const fs::path& to) {
    check_stop();
    const auto bytes = static_cast<std::uint64_t>(fs::file_size(from));
    if (is_same(from, to)) {
      ++report_.files_kept;
      report_.bytes_kept += bytes;
      return;
    }
    auto unfinished = to;
    unfinished += ".new";
    write_copy(from, unfinished);
    if (!is_same(from, unfinished)) {
      throw Error(ExitCode::system_failure,
                  fmt::format("'{}' does not read as it was written", unfinished.string()),
                  "see to the disk; an earlier backup there is as it was");
    }
    if (::rename(unfinished.c_str(), to.c_str()) != 0) fail("replace", to);
    ++report_.files_copied;
    report_.bytes_copied += bytes;
  }

  void write_copy(const fs::path& from, const fs::path& to) {
    const auto source = opened(from);
    DurableFile copy(to);
    while (true) {
      check_stop();
      const auto block = read_block(source, block_, from);
      if (block.empty()) break;
      copy.write(block);
    }
    copy.sync_and_close();
  }

  bool is_same(const fs::path& a, const fs::path& b) {
    std::error_code missing;
    if (fs::file_size(a) != fs::file_size(b, missing) || missing) return false;
    const auto one = opened(a);
    const auto other = opened(b);
    while (true) {
      check_stop();
      const auto block = read_block(one, block_, a);
      if (block != read_block(other, other_block_, b)) return false;
      if (block.empty()) return true;
    }
  }

  const IndexLayout& from_;
  const IndexLayout to_;
  const std::atomic<bool>& stop_;
  const GenerationPin pin_;
  const Manifest manifest_;
  FileDescriptor claim_;
  bool is_made_ = false;  ///< the folder, by this run, which holds the claim
  std::vector<char> block_ = std::vector<char>(block_bytes);
  std::vector<char> other_block_ = std::vector<char>(block_bytes);
  BackupReport report_;
};

}  // namespace

BackupReport back_up(const IndexLayout& layout, const fs::path& folder,
                     const std::atomic<bool>& stop) try {
  return Backup(layout, folder, stop).run();
} catch (const fs::filesystem_error& e) {
  throw system_error(e);
}

}  // namespace dateline
