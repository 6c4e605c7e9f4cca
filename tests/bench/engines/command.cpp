// SPDX-License-Identifier: GPL-3.0-or-later
// Engines that answer by a process a question: "ripgrep" reads all documents each time, which is
// the floor for whoever has no index; "recoll" asks its index by recollq.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <filesystem>
#include <fstream>

#include "tests/bench/child.h"
#include "tests/bench/engines/documents.h"
#include "tests/bench/engines/protocol.h"

namespace dateline::bench {
namespace {

namespace fs = std::filesystem;
using Operator = Question::Operator;

void refuse_extras(const Question& question) {
  if (question.facets || question.newest || question.text || !question.month.empty() ||
      !question.source.empty() || question.op == Operator::every) {
    throw Unsupported("no such question is put to it");
  }
}

/// Counts lines with the word, the phrase or any of the words: a document is a line.
std::uint64_t read_all(const std::string& documents, const Question& question) {
  refuse_extras(question);
  if (question.op == Operator::all) throw Unsupported("it has no AND");
  const auto between = question.op == Operator::any ? "|" : "\\W+";
  const auto pattern = fmt::format("\\b({}){}", fmt::join(question.words, between),
                                   question.op == Operator::prefix ? "" : "\\b");
  run("/usr/bin/rg", {"-i", "-c", "-e", pattern, documents});
  return 0;
}

std::uint64_t ask_recoll(const std::string& folder, const Question& question) {
  refuse_extras(question);
  const auto words = fmt::format("{}", fmt::join(question.words, " "));
  const auto* mode = question.op == Operator::any ? "-o" : "-a";
  if (question.op == Operator::phrase) {
    run("/usr/bin/recollq", {"-c", folder, "-n", "0-10", '"' + words + '"'});
  } else {
    run("/usr/bin/recollq",
        {"-c", folder, "-n", "0-10", mode, question.op == Operator::prefix ? words + '*' : words});
  }
  return 0;
}

/// recoll takes a file an article.
void prepare_recoll(const std::string& documents, const std::string& folder) {
  const fs::path articles = fs::path(folder) / "articles";
  fs::create_directories(articles);
  std::ofstream(fs::path(folder) / "recoll.conf") << "topdirs = " << articles.string() << '\n';
  std::size_t number = 0;
  for_each_document(documents, [&](const Document& d) {
    std::ofstream(articles / fmt::format("{}.txt", number++)) << d.title << "\n\n"
                                                              << d.text << '\n';
  });
}

void serve_index(const std::string& index) {
  serve([&](const Question& question) {
    return fs::is_directory(index) ? ask_recoll(index, question) : read_all(index, question);
  });
}

}  // namespace
}  // namespace dateline::bench

int main(int argc, char** argv) {
  return dateline::bench::run_engine(argc, argv, dateline::bench::prepare_recoll,
                                     dateline::bench::serve_index);
}
