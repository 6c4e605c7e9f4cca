// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/update/last_run.h"

#include <utility>

#include "common/error.h"
#include "common/file_io.h"
#include "common/json.h"

namespace dateline {
namespace {

constexpr std::uint64_t max_record_bytes = 1U << 20;

}  // namespace

RunRecord::RunRecord(const IndexLayout& layout, std::string command)
    : layout_(layout),
      command_(std::move(command)),
      started_(std::chrono::duration_cast<std::chrono::seconds>(
                   std::chrono::system_clock::now().time_since_epoch())
                   .count()) {}

void RunRecord::write(LastRun run) const {
  const auto elapsed = std::chrono::duration_cast<std::chrono::milliseconds>(
      std::chrono::steady_clock::now() - start_);
  const Json json = {{"command", command_},
                     {"started", started_},
                     {"milliseconds", elapsed.count()},
                     {"exit_code", run.exit_code},
                     {"problem", run.problem},
                     {"published", run.published},
                     {"generation", run.generation},
                     {"added", run.added},
                     {"changed", run.changed},
                     {"moved", run.moved},
                     {"removed", run.removed},
                     {"unchanged", run.unchanged},
                     {"refused", run.refused},
                     {"files", run.files},
                     {"files_read", run.files_read},
                     {"bytes_read", run.bytes_read},
                     {"unreadable", run.unreadable},
                     {"unreadable_paths", run.unreadable_paths}};
  try {
    replace_file(layout_.last_run(), dump_json(json) + "\n");
  } catch (const Error&) {
    return;
  }
}

void RunRecord::write_failure(int exit_code, const std::string& problem) const {
  LastRun run;
  run.exit_code = exit_code;
  run.problem = problem;
  write(std::move(run));
}

std::optional<LastRun> read_last_run(const IndexLayout& layout) try {
  const auto json = Json::parse(read_file(layout.last_run(), max_record_bytes));
  LastRun run;
  run.command = json.at("command");
  run.started = json.at("started");
  run.milliseconds = json.at("milliseconds");
  run.exit_code = json.at("exit_code");
  run.problem = json.at("problem");
  run.published = json.at("published");
  run.generation = json.at("generation");
  run.added = json.at("added");
  run.changed = json.at("changed");
  run.moved = json.at("moved");
  run.removed = json.at("removed");
  run.unchanged = json.at("unchanged");
  run.refused = json.at("refused");
  run.files = json.at("files");
  run.files_read = json.at("files_read");
  run.bytes_read = json.at("bytes_read");
  run.unreadable = json.value("unreadable", std::uint64_t{0});
  if (json.contains("unreadable_paths")) json["unreadable_paths"].get_to(run.unreadable_paths);
  return run;
} catch (const std::exception&) {
  return std::nullopt;
}

}  // namespace dateline
