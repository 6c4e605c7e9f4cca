// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/index/snapshot.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>

#include <algorithm>
#include <cerrno>
#include <utility>

#include "common/error.h"
#include "common/file_io.h"
#include "common/index/generation_pin.h"
#include "common/index/schema.h"
#include "common/index/stored_article.h"
#include "common/index/synonym_file.h"
#include "common/index/xapian_error.h"
#include "common/shell.h"
#include "common/text/analyser_fingerprint.h"

namespace dateline {
namespace {

/// A writer may remove a generation between our reading CURRENT and opening its files; CURRENT has
/// then moved on. Each round needs another publish to fail, so a few are plenty.
constexpr int max_open_attempts = 10;

[[noreturn]] void refuse_segment(const std::string& name) {
  throw Error(ExitCode::damaged_index,
              fmt::format("segment '{}' is not the one its manifest names", name),
              "dateline-index --repair");
}

/// Opened by us, as Xapian takes a file that it cannot open for one of another kind, and an empty
/// file for an empty database.
Xapian::Database open_database(const std::filesystem::path& segment_folder,
                               const SegmentEntry& entry) {
  const auto path = postings_of(segment_folder);
  FileDescriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
  struct stat status {};
  if (!file || ::fstat(file.get(), &status) != 0) {
    if (errno != ENOENT && errno != ENOTDIR) throw system_error("open", path, errno);
    throw Error(ExitCode::damaged_index, fmt::format("'{}' is missing", path.string()),
                "dateline-index --repair");
  }
  if (static_cast<std::uint64_t>(status.st_size) != entry.postings_bytes)
    refuse_segment(entry.name);
  try {
    return Xapian::Database(file.release());  // it closes the file
  } catch (const Xapian::Error& e) {
    throw index_error(e, fmt::format("cannot open the postings in '{}'", segment_folder.string()));
  }
}

bool is_complete(const IndexLayout& layout, const Manifest& manifest) {
  return is_there(layout.tables(manifest.generation)) &&
         std::ranges::all_of(manifest.segments, [&](const SegmentEntry& entry) {
           return is_there(layout.segment(entry.name));
         });
}

}  // namespace

Manifest read_current_manifest(const IndexLayout& layout, std::uint32_t oldest) {
  const auto generation = layout.current_generation();
  if (!generation && !generations_in(layout).empty()) {
    throw Error(ExitCode::no_index,
                fmt::format("no generation of the index at '{}' is in force: CURRENT is missing",
                            layout.dir().string()),
                fmt::format("dateline-index --db {} --repair", shell_word(layout.dir().string())));
  }
  if (!generation) {
    throw Error(
        ExitCode::no_index, fmt::format("no index at '{}'", layout.dir().string()),
        fmt::format("dateline-index --db {} ARTICLES...", shell_word(layout.dir().string())));
  }
  const auto path = layout.manifest(*generation);
  if (!is_there(path)) {
    throw Error(ExitCode::damaged_index, fmt::format("'{}' is missing", path.string()),
                fmt::format("dateline-index --db {} --repair", shell_word(layout.dir().string())));
  }
  return read_manifest(path, oldest);
}

std::shared_ptr<const IndexSnapshot> IndexSnapshot::open(const std::filesystem::path& dir,
                                                         std::size_t threads) {
  const IndexLayout layout(dir);
  for (int attempt = 1;; ++attempt) {
    const auto before = layout.current_generation();
    try {
      return open_current(layout, threads);
    } catch (const Error&) {
      if (attempt == max_open_attempts || layout.current_generation() == before) throw;
    }
  }
}

std::shared_ptr<const IndexSnapshot> IndexSnapshot::open_generation(
    const std::filesystem::path& dir, std::uint64_t generation, std::size_t threads) {
  const IndexLayout layout(dir);
  const auto in_force = read_current_manifest(layout).generation;
  const auto open_it = [&]() -> std::shared_ptr<const IndexSnapshot> {
    const auto path = layout.manifest(generation);
    if (!is_there(path)) return nullptr;
    auto manifest = read_manifest(path, schema::format_version);
    if (!is_complete(layout, manifest)) return nullptr;
    return std::shared_ptr<const IndexSnapshot>(
        new IndexSnapshot(layout, std::move(manifest), threads));
  };
  try {
    if (auto snapshot = open_it()) return snapshot;
  } catch (const Error&) {
    // A writer may have removed it while it was being opened.
    if (is_there(layout.manifest(generation))) throw;
  }
  throw Error(ExitCode::no_index,
              fmt::format("generation {} is {}, the index is at {}", generation,
                          generation > in_force ? "not there yet" : "gone", in_force),
              fmt::format("leave out --snapshot, or give {}", in_force));
}

std::shared_ptr<const IndexSnapshot> IndexSnapshot::open_current(const IndexLayout& layout,
                                                                 std::size_t threads) {
  return std::shared_ptr<const IndexSnapshot>(
      new IndexSnapshot(layout, read_current_manifest(layout), threads));
}

IndexSnapshot::IndexSnapshot(const IndexLayout& layout, Manifest manifest, std::size_t threads)
    : manifest_(std::move(manifest)),
      tables_(layout.tables(manifest_.generation), manifest_),
      user_synonyms_(read_synonym_file(layout.synonyms())),
      words_in_order_(manifest_.versions == analyser_versions() ||
                      manifest_.words == analyser_fingerprint()),
      databases_(threads) {
  for (std::size_t i = 0; i < manifest_.segments.size(); ++i) {
    const auto& entry = manifest_.segments[i];
    const auto folder = layout.segment(entry.name);
    const auto& columns = segments_.emplace_back(folder, entry.name, words_in_order_);
    columns.verify_if_quick();
    word_lists_
        .emplace_back(folder, entry.name, columns.words.size() + schema::boundaries.size(),
                      columns.rows())
        .verify_if_quick();
    const bool maps_fit = std::ranges::all_of(all_attributes, [&](Attribute attribute) {
      return tables_.name_map(attribute, i).size() == columns.names(attribute).size();
    });
    if (columns.rows() != entry.rows || !maps_fit ||
        tables_.entity_map(i).size() != columns.entities.size()) {
      refuse_segment(entry.name);
    }
    for (auto& set : databases_) {
      const auto& database = set.emplace_back(open_database(folder, entry));
      if (database.get_doccount() != entry.rows || database.get_lastdocid() != entry.rows) {
        columns.refuse("does not fit the postings beside it");
      }
    }
  }
}

void IndexSnapshot::verify() const {
  tables_.verify();
  for (const auto& segment : segments_) segment.verify();
  for (const auto& lists : word_lists_) lists.verify();
}

Article IndexSnapshot::article(std::size_t thread, std::size_t segment, std::uint32_t row) const {
  const auto& columns = segments_[segment];
  const auto stored = databases_[thread][segment].get_document(columns.document_of(row)).get_data();
  if (digest(stored) != columns.digest[row]) {
    throw Error(ExitCode::damaged_index,
                fmt::format("the stored article '{}' in '{}' does not match its checksum",
                            columns.id[row], columns.name()),
                "dateline-index --repair");
  }
  return load_article(stored);
}

}  // namespace dateline
