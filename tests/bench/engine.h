// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "tests/bench/engines/protocol.h"
#include "tests/bench/process.h"

namespace dateline::bench {

using Command = std::vector<std::string>;

/// A peer, as this machine runs it.
struct Peer {
  std::string name;
  std::string package;  ///< of Debian, that brings it
  bool installed = false;
  Command prepare;  ///< writes what `build` reads, where it reads no documents
  Command build;    ///< none: it has no index
  Command serve;
  std::vector<std::filesystem::path> index;  ///< what `build` makes
};

/// Every peer that is known here. `documents`: see documents.h; `work`: where indexes are made.
std::vector<Peer> known_peers(const std::filesystem::path& documents,
                              const std::filesystem::path& work);

/// An engine that answers questions: its process, warm between two of them.
class Engine {
 public:
  /// Throws std::runtime_error where it does not start.
  Engine(std::string name, const Command& serve);

  struct Reply {
    std::uint64_t matches = 0;
    std::vector<double> microseconds;
  };
  /// None where the engine has no such question.
  std::optional<Reply> ask(const Question& question, std::size_t times);
  const std::string& name() const { return name_; }

 private:
  std::string name_;
  std::unique_ptr<Process> process_;
};

/// The folder of the programs that are measured with.
std::filesystem::path program_folder();

}  // namespace dateline::bench
