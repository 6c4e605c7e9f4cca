// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/index/manifest.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "common/error.h"
#include "common/file_io.h"
#include "common/hash.h"
#include "common/index/schema.h"
#include "common/shell.h"

namespace dateline {
namespace {

using Json = nlohmann::ordered_json;

Json json_of(const SetEntry& set) {
  return {{"root", set.root},
          {"field_names", set.field_names},
          {"date_from_file_time", set.date_from_file_time},
          {"include", set.include},
          {"exclude", set.exclude},
          {"source_names", set.source_names},
          {"follow_symlinks", set.follow_symlinks}};
}

Json json_of(const SegmentEntry& segment) {
  return {{"name", segment.name},
          {"rows", segment.rows},
          {"live", segment.live},
          {"postings_bytes", segment.postings_bytes},
          {"postings_digest", hexadecimal(segment.postings_digest)}};
}

constexpr const char* checksum_key = "checksum";
/// Manifests have one from this format on.
constexpr std::uint32_t first_format_with_checksum = 4;

/// REQUIRES: `j` has no checksum yet.
std::string checksum_of(const Json& j) { return fmt::format("{:016x}", hash64(j.dump(1))); }

void verify_checksum(Json& j) {
  const auto stated = j.at(checksum_key).get<std::string>();
  j.erase(checksum_key);
  if (checksum_of(j) != stated) throw std::invalid_argument(checksum_key);
}

SetEntry set_of(const Json& j) {
  return {j.at("root"),
          j.at("field_names").get<std::map<std::string, std::string>>(),
          j.at("date_from_file_time"),
          j.value("include", std::vector<std::string>()),
          j.value("exclude", std::vector<std::string>()),
          j.value("source_names", std::string()),
          j.value("follow_symlinks", false)};
}

/// A segment's name becomes part of a path: nothing but what numbered() makes is let through.
bool is_segment_name(const std::string& name) {
  return name.starts_with("seg-") && name.size() > 4 &&
         name.find_first_not_of("0123456789", 4) == std::string::npos;
}

SegmentEntry segment_of(const Json& j) {
  SegmentEntry s{j.at("name"), j.at("rows"), j.at("live"), j.value("postings_bytes", 0UL), {}};
  if (j.contains("postings_digest")) {
    s.postings_digest = digest_of_hexadecimal(j.at("postings_digest").get<std::string>());
  }
  if (!is_segment_name(s.name) || s.live > s.rows) throw std::invalid_argument(s.name);
  return s;
}

Manifest manifest_of(const Json& j) {
  Manifest m;
  m.format = j.at("format");
  m.generation = j.at("generation");
  m.analyser = j.at("analyser");
  m.words = j.value("words", std::string());
  m.versions = j.value("versions", std::string());
  m.reading = j.at("reading");
  m.recogniser = j.at("recogniser");
  m.aliases = j.value("aliases", std::string());
  m.gazetteer = j.value("gazetteer", std::string());
  m.articles = j.at("articles");
  m.undated = j.at("undated");
  m.without_source = j.at("without_source");
  m.repeated_ids = j.at("repeated_ids");
  m.tokens = j.at("tokens");
  m.title_tokens = j.at("title_tokens");
  m.next_segment = j.at("next_segment");
  m.published = j.value("published", std::int64_t{0});
  m.keep_generations = j.value("keep_generations", 1U);
  m.languages = j.at("languages").get<std::vector<std::string>>();
  for (const auto& set : j.at("sets")) m.sets.push_back(set_of(set));
  for (const auto& segment : j.at("segments")) m.segments.push_back(segment_of(segment));
  return m;
}

/// The roots of the sets of a manifest of any format, each a word of a shell's; "PATH..." where it
/// does not say them as this one does.
std::string roots_of(const Json& j) try {
  std::string roots;
  for (const auto& set : j.at("sets")) {
    if (!roots.empty()) roots += ' ';
    roots += shell_word(set.at("root").get<std::string>());
  }
  return roots.empty() ? "PATH..." : roots;
} catch (const Json::exception&) {
  return "PATH...";
}

/// What makes an index of another format anew. An older one keeps its sets, and how they are read.
std::string remedy_for(std::uint32_t format, const Json& j, const std::filesystem::path& db) {
  const auto run = fmt::format("dateline-index --db {}", shell_word(db.string()));
  return format < schema::format_version ? run : fmt::format("{} --rebuild {}", run, roots_of(j));
}

Error no_manifest(const std::filesystem::path& path) {
  return Error(
      ExitCode::damaged_index, fmt::format("'{}' is no manifest, or a damaged one", path.string()),
      fmt::format("dateline-index --db {} --repair", shell_word(path.parent_path().string())));
}

}  // namespace

std::string to_json(const Manifest& m) {
  Json sets = Json::array();
  for (const auto& set : m.sets) sets.push_back(json_of(set));
  Json segments = Json::array();
  for (const auto& segment : m.segments) segments.push_back(json_of(segment));
  Json j = {
      {"format", m.format},
      {"generation", m.generation},
      {"analyser", m.analyser},
      {"words", m.words},
      {"versions", m.versions},
      {"reading", m.reading},
      {"recogniser", m.recogniser},
      {"aliases", m.aliases},
      {"gazetteer", m.gazetteer},
      {"articles", m.articles},
      {"undated", m.undated},
      {"without_source", m.without_source},
      {"repeated_ids", m.repeated_ids},
      {"tokens", m.tokens},
      {"title_tokens", m.title_tokens},
      {"next_segment", m.next_segment},
      {"published", m.published},
      {"keep_generations", m.keep_generations},
      {"languages", m.languages},
      {"sets", sets},
      {"segments", segments},
  };
  const auto checksum = checksum_of(j);
  j[checksum_key] = checksum;
  return j.dump(1) + "\n";
}

Manifest parse_manifest(const std::string& json, const std::filesystem::path& path,
                        std::uint32_t oldest) {
  try {
    auto j = Json::parse(json);
    const auto format = j.at("format").get<std::uint32_t>();
    if (format < oldest || format > schema::format_version) {
      throw Error(ExitCode::no_index,
                  fmt::format("the index at '{}' has format {}, this program reads {}",
                              path.parent_path().string(), format, schema::format_version),
                  remedy_for(format, j, path.parent_path()));
    }
    if (format >= first_format_with_checksum) verify_checksum(j);
    return manifest_of(j);
  } catch (const Error&) {
    throw;
  } catch (const std::exception&) {
    throw no_manifest(path);
  }
}

Manifest read_manifest(const std::filesystem::path& path, std::uint32_t oldest) {
  std::error_code problem;
  const bool is_file = std::filesystem::is_regular_file(path, problem) &&
                       std::filesystem::file_size(path, problem) <= max_manifest_bytes;
  if (!is_file && !problem) throw no_manifest(path);
  return parse_manifest(read_file(path, max_manifest_bytes), path, oldest);
}

}  // namespace dateline
