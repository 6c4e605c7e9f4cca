// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "common/hash.h"
#include "common/index/schema.h"

namespace dateline {

/// An article set that the index was made from, and how its files are read.
struct SetEntry {
  std::string root;  ///< absolute path of a folder or a file
  std::map<std::string, std::string> field_names;
  bool date_from_file_time = false;
  std::vector<std::string> include;  ///< globs of the files it takes; none: all
  std::vector<std::string> exclude;  ///< globs of those it leaves out
  std::string source_names;          ///< absolute path of the user's table of outlets; "": none
  bool follow_symlinks = false;
  friend bool operator==(const SetEntry&, const SetEntry&) = default;
};

struct SegmentEntry {
  std::string name;        ///< folder inside the index directory: "seg-000012"
  std::uint32_t rows = 0;  ///< articles it was built with
  std::uint32_t live = 0;  ///< of these, not replaced or removed since
  std::uint64_t postings_bytes = 0;
  Digest postings_digest;  ///< of the whole file; the columns carry their own checksums
  friend bool operator==(const SegmentEntry&, const SegmentEntry&) = default;
};

/// What one generation of an index consists of. Small: it is read at every start.
struct Manifest {
  std::uint32_t format = schema::format_version;
  std::uint64_t generation = 0;
  int analyser = 0;        ///< analyser_version its terms were made with
  std::string words;       ///< analyser_fingerprint() of what made them
  std::string versions;    ///< analyser_versions() of it
  int reading = 0;         ///< reading_version its articles were read with
  std::string recogniser;  ///< EntityRecogniser::fingerprint() its entities were found with
  // Of the user's files, 32 hexadecimal digits; "" where there is none:
  std::string aliases;
  std::string gazetteer;
  // Of the live articles:
  std::uint64_t articles = 0;
  std::uint64_t undated = 0;
  std::uint64_t without_source = 0;
  std::uint64_t repeated_ids = 0;  ///< articles whose id another one has too
  std::uint64_t tokens = 0;        ///< sum of the column of that name
  std::uint64_t title_tokens = 0;  ///< likewise
  std::vector<std::string> languages;

  std::uint64_t next_segment = 1;      ///< number of the next segment to be made
  std::int64_t published = 0;          ///< seconds since 1970 UTC
  std::uint32_t keep_generations = 1;  ///< how many stay readable, this one included
  std::vector<SetEntry> sets;
  std::vector<SegmentEntry> segments;
};

/// With a checksum of all the rest, which parse_manifest() insists on.
std::string to_json(const Manifest& manifest);

/// Throws Error(no_index) for a format version older than `oldest` or newer than this program's
/// (with the command that rebuilds), and Error(damaged_index) for anything that is no manifest.
Manifest parse_manifest(const std::string& json, const std::filesystem::path& path,
                        std::uint32_t oldest = schema::format_version);

/// A longer file is none.
inline constexpr std::uint64_t max_manifest_bytes = 64U << 20;

/// parse_manifest() of the file, which throws Error(damaged_index) also for what is no file, and
/// Error(system_failure) where it cannot be read.
Manifest read_manifest(const std::filesystem::path& path,
                       std::uint32_t oldest = schema::format_version);

}  // namespace dateline
