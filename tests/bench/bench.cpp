// SPDX-License-Identifier: GPL-3.0-or-later
// Measures dateline beside its peers, on the same articles and questions, in one run, and prints a
// report in Markdown. ./run bench runs it.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <exception>
#include <filesystem>
#include <fstream>
#include <functional>
#include <map>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "tests/bench/asking.h"
#include "tests/bench/building.h"
#include "tests/bench/child.h"
#include "tests/bench/claims.h"
#include "tests/bench/engine.h"
#include "tests/bench/engines/documents.h"
#include "tests/bench/generated_set.h"
#include "tests/bench/own.h"
#include "tests/bench/questions.h"
#include "tests/bench/report.h"

namespace dateline::bench {
namespace {

namespace fs = std::filesystem;

constexpr std::uint64_t most_files = 50'000;

struct Options {
  fs::path articles;  ///< "": generated ones
  std::uint64_t generated = 1'000'000;
  fs::path work = "dateline-bench-work";
  fs::path queries;  ///< more questions; see questions_of_file()
  fs::path report;   ///< "": standard output
  std::size_t rounds = 5;
  std::size_t build_rounds = 5;  ///< 0: the indexes that stand in `work` are asked
  std::size_t questions = 50;
  double seconds_each = 2;
  std::vector<std::string> peers{"Lucene", "FTS5", "scriptindex", "groonga", "recoll", "ripgrep"};
  std::string command;
};

constexpr std::string_view usage =
    "Usage: dateline-bench [OPTION...]\n"
    "  --articles DIR     the articles in DIR; else generated ones\n"
    "  --generated N      so many: 1000000\n"
    "  --work DIR         where sets and indexes are made, and left for the next time\n"
    "  --queries FILE     more questions, as JSON Lines with \"query\"\n"
    "  --report FILE      where the report is appended; else standard output\n"
    "  --rounds N         of asking: 5\n"
    "  --build-rounds N   of building: 5; 0 asks the indexes that stand in the work folder\n"
    "  --questions N      of each kind: 50\n"
    "  --seconds N        at most, for an engine, a kind and a round: 2\n"
    "  --peers A,B,...    only these of Lucene, FTS5, scriptindex, groonga, recoll, ripgrep\n";

std::vector<std::string> split(std::string_view text) {
  std::vector<std::string> parts;
  while (!text.empty()) {
    const auto end = std::min(text.find(','), text.size());
    parts.emplace_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return parts;
}

Options read_options(const std::vector<std::string>& words) {
  Options options;
  options.command = fmt::format("dateline-bench {}", fmt::join(words, " "));
  const std::map<std::string_view, std::function<void(const std::string&)>> known{
      {"--articles", [&](const auto& v) { options.articles = fs::absolute(v); }},
      {"--generated", [&](const auto& v) { options.generated = std::stoull(v); }},
      {"--work", [&](const auto& v) { options.work = v; }},
      {"--queries", [&](const auto& v) { options.queries = v; }},
      {"--report", [&](const auto& v) { options.report = v; }},
      {"--rounds", [&](const auto& v) { options.rounds = std::stoul(v); }},
      {"--build-rounds", [&](const auto& v) { options.build_rounds = std::stoul(v); }},
      {"--questions", [&](const auto& v) { options.questions = std::stoul(v); }},
      {"--seconds", [&](const auto& v) { options.seconds_each = std::stod(v); }},
      {"--peers", [&](const auto& v) { options.peers = split(v); }}};
  for (std::size_t i = 0; i < words.size(); i += 2) {
    const auto option = known.find(words[i]);
    if (option == known.end() || i + 1 == words.size()) {
      throw std::invalid_argument(fmt::format("'{}' is not understood\n{}", words[i], usage));
    }
    option->second(words[i + 1]);
  }
  return options;
}

void progress(const std::string& what) { fmt::print(stderr, "   {}\n", what); }

/// One set of articles, measured.
class Bench {
 public:
  explicit Bench(Options options)
      : options_(std::move(options)),
        work_(fs::absolute(options_.work)),
        documents_(work_ / "documents.tsv"),
        index_(work_ / "index") {
    fs::create_directories(work_);
    articles_ = options_.articles.empty() ? work_ / "articles" : options_.articles;
  }

  std::string run_all() {
    std::string report;
    prepare();
    const auto builds = build();
    auto figures = claims_of(builds, setting_.text_bytes);
    const auto asked = ask(figures);
    if (generated_ && !builds.empty()) {
      add(figures, update_figures(index_, articles_, *generated_, median(builds[0].seconds),
                                  options_.rounds));
    }
    report += setting_text(setting_) + left_out_ + table_of(figures);
    if (!builds.empty()) report += table_of(builds, setting_.text_bytes);
    return report + table_of(asked);
  }

 private:
  static void add(std::vector<Figure>& figures, std::vector<Figure> more) {
    for (auto& figure : more) figures.push_back(std::move(figure));
  }

  Command index_command(const char* threads, bool entities, const fs::path& index) const {
    Command command{DATELINE_INDEX_PROGRAM, "--no-config", "--quiet", "--db",
                    index.string(),         "--threads",   threads,   articles_.string()};
    if (!entities) command.insert(command.begin() + 1, "--no-entities");
    return command;
  }

  static bool can_leave_entities_out() {
    const auto help = fmt::format("'{}' --help | grep -q -e --no-entities", DATELINE_INDEX_PROGRAM);
    try {
      run("sh", {"-c", "if " + help + "; then exit 0; else exit 2; fi"});
    } catch (const std::runtime_error&) {
      return false;
    }
    return true;
  }

  void prepare() {
    if (options_.articles.empty()) {
      progress(fmt::format("{} articles", options_.generated));
      generated_.emplace(articles_, options_.generated);
      setting_.set = fmt::format("{} generated articles", options_.generated);
    } else {
      setting_.set = "The articles of " + articles_.filename().string();
    }
    setting_.rounds = options_.rounds;
    setting_.build_rounds = options_.build_rounds;
    if (options_.build_rounds > 0 || !fs::exists(documents_)) export_documents();
    for_each_document(documents_, [&](const Document& d) {
      ++setting_.articles;
      setting_.text_bytes += d.title.size() + d.text.size();
    });
    for (const auto& peer : known_peers(documents_, work_)) {
      if (std::ranges::count(options_.peers, peer.name) == 0) continue;
      if (peer.name == "recoll" && setting_.articles > most_files) {
        left_out_ += "\nrecoll is left out: it would take a file an article.\n";
      } else if (peer.installed) {
        peers_.push_back(peer);
      } else {
        left_out_ +=
            fmt::format("\n{} is left out: it takes the package {}.\n", peer.name, peer.package);
      }
    }
  }

  /// What all engines are given is what dateline-index read.
  void export_documents() {
    progress("an index, to take the documents from");
    fs::remove_all(index_);
    const auto command = index_command("2", true, index_);
    run(command[0], {command.begin() + 1, command.end()});
    run(program_folder() / "dateline-bench-documents", {index_.string(), documents_.string()});
  }

  std::vector<BuildTimes> build() {
    if (options_.build_rounds == 0) return {};
    const auto other = work_ / "other-index";  // `index_` is what will be asked
    std::vector<Build> builds{{"dateline, 2 threads", index_command("2", true, index_), {index_}},
                              {"dateline, 1 thread", index_command("1", true, other), {other}}};
    if (can_leave_entities_out()) {
      builds.push_back(
          {"dateline, 2 threads, no entities", index_command("2", false, other), {other}});
      builds.push_back(
          {"dateline, 1 thread, no entities", index_command("1", false, other), {other}});
    } else {
      left_out_ += "\nBuilding without entities is left out: dateline-index has no such option.\n";
    }
    for (const auto& peer : peers_) {
      if (peer.build.empty()) continue;
      for (const auto& index : peer.index) fs::remove_all(index);
      progress("what it reads: " + peer.name);
      if (!peer.prepare.empty())
        run(peer.prepare[0], {peer.prepare.begin() + 1, peer.prepare.end()});
      builds.push_back({peer.name, peer.build, peer.index});
    }
    return build_all(builds, options_.build_rounds, progress);
  }

  std::vector<AskedKind> ask(std::vector<Figure>& figures) {
    auto kinds = questions_from(documents_, options_.questions);
    if (!options_.queries.empty()) {
      for (auto& kind : questions_of_file(options_.queries, 4 * options_.questions)) {
        kinds.push_back(std::move(kind));
      }
    }
    std::vector<Engine> engines;
    engines.emplace_back("dateline", Command{(program_folder() / "dateline-bench-product").string(),
                                             "serve", index_.string()});
    for (const auto& peer : peers_) {
      progress("starting " + peer.name);
      engines.emplace_back(peer.name, peer.serve);
    }
    if (const auto refused = leave_out_refused(engines[0], kinds); refused > 0) {
      left_out_ += fmt::format("\nLeft out: {} questions that dateline refuses.\n", refused);
    }
    auto asked = ask_all(engines, kinds, {options_.rounds, options_.seconds_each}, progress);
    add(figures, claims_of(asked));
    const auto ors = std::ranges::find(kinds, "OR of 3", &QuestionKind::name)->questions;
    progress("dateline beside itself");
    add(figures, own_ratios(index_, engines[0], ors, options_.rounds));
    add(figures, program_figures(index_, engines[0], ors, options_.rounds));
    return asked;
  }

  Options options_;
  fs::path work_;
  fs::path documents_;
  fs::path index_;
  fs::path articles_;
  std::optional<GeneratedSet> generated_;
  std::vector<Peer> peers_;
  Setting setting_;
  std::string left_out_;
};

void write_report(const Options& options, const std::string& text) {
  if (options.report.empty()) {
    fmt::print("{}", text);
    return;
  }
  const bool begun = fs::exists(options.report);
  std::ofstream file(options.report, std::ios::app);
  file << (begun ? "" : head_of_report(options.command)) << text;
  if (!file.flush()) throw std::runtime_error("cannot write " + options.report.string());
}

}  // namespace
}  // namespace dateline::bench

int main(int argc, char** argv) {
  if (argc == 2 && std::string_view(argv[1]) == "--help") {
    fmt::print("{}", dateline::bench::usage);
    return 0;
  }
  try {
    const auto options = dateline::bench::read_options({argv + 1, argv + argc});
    dateline::bench::write_report(options, dateline::bench::Bench(options).run_all());
  } catch (const std::invalid_argument& e) {
    fmt::print(stderr, "dateline-bench: {}\n", e.what());
    return 2;
  } catch (const std::exception& e) {
    fmt::print(stderr, "dateline-bench: {}\n", e.what());
    return 1;
  }
  return 0;
}
