// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/update/previous.h"

#include <fmt/format.h>

#include <utility>

#include "common/error.h"
#include "common/file_io.h"
#include "common/index/generation_pin.h"
#include "common/index/schema.h"
#include "common/text/analyser_fingerprint.h"
#include "common/text/stemmer.h"
#include "corpus/reader.h"

namespace dateline {
namespace {

/// Of an index of this format or a newer one, the article sets can be read, and all made anew.
constexpr std::uint32_t oldest_format = 1;

/// Why an index cannot be continued by this program; "" if it can.
std::string reason_to_rebuild(const Manifest& manifest, const EntityRecogniser& recogniser) {
  if (manifest.format != schema::format_version) return "the index was of an older format";
  if (manifest.reading != reading_version) return "articles are read differently now";
  if (manifest.analyser != analyser_version) return "words are analysed differently now";
  if (manifest.words != analyser_fingerprint())
    return "Xapian or ICU make other words or stems of the articles now";
  if (manifest.recogniser != recogniser.fingerprint())
    return "names are recognised differently now";
  return "";
}

void open_snapshot(const IndexLayout& layout, Previous& previous) {
  auto snapshot = IndexSnapshot::open(layout.dir());
  previous.catalogue = read_catalogue(layout.catalogue(previous.generation), previous.generation);
  snapshot->verify();
  previous.snapshot = std::move(snapshot);
}

Previous open_readable(const IndexLayout& layout, bool rebuild,
                       const EntityRecogniser& recogniser) {
  Previous previous;
  const auto generation = layout.current_generation();
  if (!generation) return previous;
  previous.generation = *generation;
  const auto manifest = read_current_manifest(layout, oldest_format);
  previous.sets = manifest.sets;
  previous.next_segment = manifest.next_segment;
  previous.keep_generations = manifest.keep_generations;
  previous.rebuilt_because = rebuild ? "" : reason_to_rebuild(manifest, recogniser);
  previous.rebuilding = rebuild || !previous.rebuilt_because.empty();
  try {
    if (manifest.format == schema::format_version) open_snapshot(layout, previous);
  } catch (const Error&) {
    if (!previous.rebuilding) throw;
  }
  return previous;
}

}  // namespace

bool has_generation(const IndexLayout& layout) {
  return is_there(layout.current()) ||
         (std::filesystem::is_directory(layout.dir()) && !generations_in(layout).empty());
}

void restore_current(const IndexLayout& layout) {
  if (std::filesystem::exists(layout.current())) return;
  const auto known = generations_in(layout);
  if (!known.empty()) replace_file(layout.current(), fmt::format("{}\n", known.back()));
}

std::string in_force_recogniser(const IndexLayout& layout) try {
  return read_current_manifest(layout, oldest_format).recogniser;
} catch (const Error&) {
  return {};
}

Previous open_previous(const IndexLayout& layout, bool rebuild,
                       const EntityRecogniser& recogniser) {
  try {
    return open_readable(layout, rebuild, recogniser);
  } catch (const Error&) {
    if (!rebuild) throw;
    Previous nothing;
    nothing.rebuilding = true;
    const auto known = generations_in(layout);
    nothing.generation = known.empty() ? 0 : known.back();
    return nothing;
  }
}

}  // namespace dateline
