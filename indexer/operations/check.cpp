// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/operations/check.h"

#include <fmt/format.h>

#include <utility>

#include "common/error.h"
#include "common/file_io.h"
#include "common/index/generation_pin.h"
#include "common/text/analyser_fingerprint.h"
#include "indexer/operations/check_generation.h"
#include "indexer/operations/check_segment.h"

namespace dateline {
namespace {

class IndexCheck {
 public:
  explicit IndexCheck(const IndexLayout& layout) : layout_(layout) {}

  CheckReport run() {
    find_generations();
    for (const auto& [generation, manifest] : report_.manifests) check_segments(manifest);
    for (const auto& [generation, manifest] : report_.manifests) {
      check_generation(layout_, manifest, whole_, report_.damage);
      measure(layout_.tables(generation));
      measure(layout_.catalogue(generation));
    }
    report_.segments = seen_.size();
    return std::move(report_);
  }

 private:
  /// Pins what there is before reading it. A generation newer than the one in force was not
  /// published, and one that goes meanwhile is no longer kept.
  void find_generations() {
    check_current();
    for (const auto generation : generations_in(layout_)) {
      if (report_.generation && generation > *report_.generation) continue;
      auto pin = GenerationPin::of(layout_, generation);
      if (!pin) continue;
      pins_.push_back(std::move(*pin));
      ++report_.generations;
      take_manifest(generation);
    }
  }

  void check_current() {
    measure(layout_.current());
    try {
      report_.generation = GenerationPin::of_current(layout_).generation();
    } catch (const Error& e) {
      const bool is_damage = e.code() == ExitCode::damaged_index ||
                             (e.code() == ExitCode::no_index && !generations_in(layout_).empty());
      if (!is_damage) throw;
      report_.damage.add(
          {IndexPart::current, "CURRENT", layout_.current(),
           e.code() == ExitCode::no_index ? "is missing" : phrase_of(e, layout_.current()),
           "no reader finds the index"});
    }
  }

  void take_manifest(std::uint64_t generation) {
    const auto path = layout_.manifest(generation);
    measure(path);
    const auto add = [&](std::string problem) {
      report_.damage.add({IndexPart::manifest, path.filename().string(), path, std::move(problem),
                          fmt::format("generation {} cannot be opened", generation)});
    };
    try {
      auto manifest = read_manifest(path);
      if (manifest.generation != generation) return add("belongs to another generation");
      report_.manifests.emplace(generation, std::move(manifest));
    } catch (const Error& e) {
      const bool is_leftover =
          e.code() == ExitCode::no_index && report_.generation && generation != report_.generation;
      if (is_leftover) return;  // of an older format, which the next sweep removes
      if (e.code() != ExitCode::damaged_index) throw;
      add(phrase_of(e, path));
    }
  }

  void check_segments(const Manifest& manifest) {
    for (const auto& entry : manifest.segments) {
      if (!seen_.emplace(entry.name, entry.rows).second) continue;
      const auto extent =
          check_segment(layout_, entry, manifest.words == analyser_fingerprint(), report_.damage);
      report_.files += extent.files;
      report_.bytes += extent.bytes;
      report_.rows += extent.rows;
      report_.terms += extent.terms;
      if (report_.damage.concerns(entry.name)) continue;
      whole_.emplace(entry.name, SegmentColumns(layout_.segment(entry.name), entry.name));
    }
  }

  void measure(const std::filesystem::path& file) {
    std::error_code missing;
    const auto bytes = std::filesystem::file_size(file, missing);
    if (missing) return;
    ++report_.files;
    report_.bytes += bytes;
  }

  const IndexLayout& layout_;
  std::vector<GenerationPin> pins_;
  std::map<std::string, std::uint32_t> seen_;
  WholeSegments whole_;
  CheckReport report_;
};

}  // namespace

CheckReport check_index(const IndexLayout& layout) { return IndexCheck(layout).run(); }

}  // namespace dateline
