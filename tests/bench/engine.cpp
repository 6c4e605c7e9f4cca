// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/bench/engine.h"

#include <fmt/format.h>

#include <stdexcept>

namespace dateline::bench {
namespace {

namespace fs = std::filesystem;

std::string program(std::string_view name) { return (program_folder() / name).string(); }

bool all_there(std::initializer_list<fs::path> files) {
  for (const auto& file : files) {
    if (!fs::exists(file)) return false;
  }
  return true;
}

/// Debian names the files by a version that is not the package's.
std::string lucene_class_path() {
  std::string path = program("lucene");
  std::size_t found = 0;
  const fs::path folder = "/usr/share/java";
  if (!fs::is_directory(folder)) return "";
  for (const auto& file : fs::directory_iterator(folder)) {
    const auto name = file.path().filename().string();
    for (const auto* part : {"lucene-core-8.", "lucene-analyzers-common-8.", "lucene-facet-8."}) {
      if (!name.starts_with(part)) continue;
      path += ':' + file.path().string();
      ++found;
    }
  }
  return found == 3 ? path : "";
}

Peer lucene(const std::string& documents, const std::string& index) {
  const auto class_path = lucene_class_path();
  const Command java{"java", "-cp", class_path, "Lucene"};
  Peer peer{"Lucene", "liblucene8-java", false, {}, java, java, {index}};
  peer.installed = !class_path.empty() && all_there({program("lucene/Lucene.class")});
  peer.build.insert(peer.build.end(), {"build", documents, index});
  peer.serve.insert(peer.serve.end(), {"serve", index});
  return peer;
}

Peer fts5(const std::string& documents, const std::string& index) {
  const auto driver = program("dateline-bench-fts5");
  return {"FTS5",
          "libsqlite3-dev",
          all_there({driver}),
          {},
          {driver, "build", documents, index},
          {driver, "serve", index},
          {index}};
}

Peer scriptindex(const std::string& documents, const std::string& index) {
  const auto driver = program("dateline-bench-xapian");
  return {"scriptindex",
          "xapian-omega",
          all_there({driver, "/usr/bin/scriptindex"}),
          {driver, "build", documents, index},
          {"scriptindex", index, index + ".script", index + ".documents"},
          {driver, "serve", index},
          {index}};
}

Peer groonga(const std::string& documents, const std::string& index) {
  const auto driver = program("dateline-bench-groonga");
  const auto database = index + "/db";
  return {"groonga",
          "groonga-bin",
          all_there({driver, "/usr/bin/groonga"}),
          {driver, "build", documents, index},
          {"sh", "-c", fmt::format("mkdir '{0}' && groonga -n '{1}' <'{0}.grn'", index, database)},
          {driver, "serve", database},
          {index}};
}

Peer recoll(const std::string& documents, const std::string& folder) {
  const auto driver = program("dateline-bench-command");
  return {"recoll",
          "recollcmd",
          all_there({driver, "/usr/bin/recollindex", "/usr/bin/recollq"}),
          {driver, "build", documents, folder},
          {"recollindex", "-c", folder, "-z"},
          {driver, "serve", folder},
          {folder + "/xapiandb"}};
}

Peer ripgrep(const std::string& documents) {
  const auto driver = program("dateline-bench-command");
  return {"ripgrep", "ripgrep", all_there({driver, "/usr/bin/rg"}),
          {},        {},        {driver, "serve", documents},
          {}};
}

}  // namespace

fs::path program_folder() { return fs::read_symlink("/proc/self/exe").parent_path(); }

std::vector<Peer> known_peers(const fs::path& documents, const fs::path& work) {
  const auto index = [&](const char* name) { return (work / name).string(); };
  return {lucene(documents, index("lucene")),      fts5(documents, index("fts5")),
          scriptindex(documents, index("xapian")), groonga(documents, index("groonga")),
          recoll(documents, index("recoll")),      ripgrep(documents)};
}

Engine::Engine(std::string name, const Command& serve)
    : name_(std::move(name)), process_(std::make_unique<Process>(serve)) {
  if (process_->read_line() != "ready") throw std::runtime_error(name_ + " did not start");
}

std::optional<Engine::Reply> Engine::ask(const Question& question, std::size_t times) {
  const auto line = process_->ask(fmt::format("{}\t{}", times, write_question(question)));
  if (line.starts_with('!')) return std::nullopt;
  const auto tab = line.find('\t');
  Reply reply{std::stoull(line.substr(0, tab)), {}};
  for (std::size_t at = tab + 1; at < line.size();) {
    std::size_t length = 0;
    reply.microseconds.push_back(std::stod(line.substr(at), &length));
    at += length + 1;
  }
  return reply;
}

}  // namespace dateline::bench
