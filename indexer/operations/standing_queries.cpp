// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/operations/standing_queries.h"

#include <fcntl.h>
#include <fmt/format.h>

#include <cerrno>
#include <cstring>
#include <utility>

#include "common/error.h"
#include "common/file_io.h"
#include "common/text/unicode.h"
#include "searcher/options.h"
#include "searcher/query/syntax.h"

namespace dateline {
namespace {

std::vector<InputLine> lines_of(const std::filesystem::path& file) {
  const FileDescriptor input(::open(file.c_str(), O_RDONLY | O_CLOEXEC));
  const int problem = errno;
  if (!input || std::filesystem::is_directory(file)) {
    throw Error(ExitCode::usage,
                fmt::format("cannot read the standing queries '{}': {}", file.string(),
                            input ? "it is a folder" : std::strerror(problem)),
                "--alerts FILE, a file with a query a line");
  }
  constexpr int no_waker = -1;
  BatchReader reader(input.get(), no_waker);
  std::vector<InputLine> lines;
  while (auto line = reader.next([] { return false; })) lines.push_back(std::move(*line));
  return lines;
}

/// What ranks every article, more or less, says of none that it matches.
void refuse_ranking(const SearchRequest& request) {
  if (request.like_id.empty() && request.like_text.empty() && !request.expand) return;
  throw Error(ExitCode::usage, "'like', 'like_text' and 'expand' rank articles and match none",
              "give a query or filters");
}

}  // namespace

namespace {

constexpr std::uint64_t longest_file = 64U << 20;

/// They are remembered by their file's name, and read by every run.
const std::filesystem::path& regular_file(const std::filesystem::path& file) {
  std::error_code problem;
  const auto status = std::filesystem::status(file, problem);
  const auto refuse = [&](std::string_view why) {
    throw Error(ExitCode::usage, fmt::format("--alerts: '{}' {}", printable(file.string()), why),
                "write the queries to a file and name that: --alerts FILE");
  };
  if (!std::filesystem::exists(status)) return file;
  if (!std::filesystem::is_regular_file(status)) refuse("is no regular file");
  if (std::filesystem::file_size(file, problem) > longest_file) refuse("is larger than 64 MiB");
  return file;
}

}  // namespace

StandingQueries::StandingQueries(const std::filesystem::path& file)
    : shown_(file.string()), lines_(lines_of(regular_file(file))) {
  path_ = std::filesystem::canonical(file).string();
  on(local_day());
}

std::vector<BatchLine> StandingQueries::on(Day today) const {
  std::vector<BatchLine> queries;
  queries.reserve(lines_.size());
  for (const auto& line : lines_) {
    try {
      queries.push_back(parse(line, today));
    } catch (const BatchLineError& e) {
      throw at_line(line.number, e.error);
    } catch (const Error& e) {
      throw at_line(line.number, e);
    }
  }
  return queries;
}

Error StandingQueries::problem_of(std::size_t query, const Error& problem) const {
  return at_line(lines_[query].number, problem);
}

BatchLine StandingQueries::parse(const InputLine& line, Day today) const {
  if (line.too_long) {
    throw Error(ExitCode::usage,
                fmt::format("the line is longer than {} bytes", max_batch_line_bytes),
                "shorten it; a query may have 65,536 bytes");
  }
  BatchLine defaults;
  defaults.id = std::to_string(line.number);
  defaults.request.today = today;
  auto query = parse_batch_line(line.text, std::move(defaults));
  if (!query.everything) refuse_empty(query.request);
  refuse_ranking(query.request);
  parse_query(query.request.query, query.request.mode, today);
  return query;
}

Error StandingQueries::at_line(std::size_t number, const Error& problem) const {
  return {problem.code(), fmt::format("{}:{}: {}", printable(shown_), number, problem.what()),
          problem.remedy()};
}

}  // namespace dateline
