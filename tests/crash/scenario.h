// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <filesystem>
#include <string>
#include <vector>

#include "tests/support/articles.h"
#include "tests/support/fault_run.h"

namespace dateline::test {

/// A run of dateline-index that is made to fail again and again: from the same index and the same
/// articles each time.
class Scenario {
 public:
  enum class Kind { first_build, update, merge, rebuild, aliases };
  static constexpr Kind all[] = {Kind::first_build, Kind::update, Kind::merge, Kind::rebuild,
                                 Kind::aliases};

  explicit Scenario(Kind kind);

  std::string name() const;
  /// The folder that everything happens in; the index is in a folder within it.
  std::filesystem::path place() const { return bench_.db(); }
  std::filesystem::path db() const { return place() / "news" / "index"; }
  std::filesystem::path articles() const { return bench_.articles(); }
  /// The arguments of the run.
  std::vector<std::string> arguments() const;

  /// The index as it was before the run.
  void reset() const;
  /// The run, with something going wrong in the place of the index.
  FaultyRun run(const Fault& fault) const {
    return run_with(fault, place(), index_program(), arguments());
  }
  /// How many calls that change files the run makes undisturbed.
  std::size_t changes() const { return changes_; }

  bool answers_as_before() const { return answers() == before_; }
  bool answers_as_after() const { return answers() == after_; }

  /// Claims what holds of every run, whatever it met: it did what its exit code says, and where it
  /// failed for the system, it says why and what to do.
  void check_said_truly(const Run& run) const;

  /// Claims that the index answers as before the run or as after it, and that the next run, in
  /// which nothing goes wrong, makes it answer as one built anew and leaves no stray file.
  void check_whole() const;
  /// The second half of that alone. Where every byte is as before the run, there is nothing new to
  /// be learnt of the next one, which is left out.
  void check_next_run_converges() const;

 private:
  /// What is answered now to a batch of queries, but for the number of the generation; the error
  /// where there is none.
  static std::string answers(const std::filesystem::path& db);
  std::string answers() const { return answers(db()); }
  bool is_as_saved() const;
  /// Claims that --check finds nothing wrong with the index, if there is one.
  void check_proven_whole() const;
  std::filesystem::path saved() const { return bench_.db() += ".saved"; }
  void write_first_articles() const;
  void change_articles() const;
  void index_quickly() const;
  /// What stands in the index directory and does not belong to the generation in force.
  std::vector<std::string> strays() const;

  Kind kind_;
  Workbench bench_;
  std::string before_;  ///< the answers before the run
  std::string after_;   ///< those of an index built anew from the articles
  std::size_t changes_ = 0;
};

/// `count` numbers from 1 to `most`, or all of these if they are fewer; in order, by a fixed seed.
std::vector<std::size_t> sample(std::size_t count, std::size_t most);

}  // namespace dateline::test
