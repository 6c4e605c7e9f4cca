// SPDX-License-Identifier: GPL-3.0-or-later
#include "searcher/evaluation.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <fstream>
#include <functional>
#include <set>
#include <sstream>
#include <tuple>
#include <utility>

#include "common/error.h"
#include "common/text/unicode.h"
#include "searcher/options.h"
#include "searcher/output/records.h"

namespace dateline {
namespace {

struct Judgement {
  std::string query;
  std::string article;
  int grade = 0;
};

bool parse_grade(const std::string& text, int& grade) {
  const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), grade);
  return problem == std::errc{} && end == text.data() + text.size();
}

Judgement parse_line(const std::string& line, const std::string& place) {
  std::istringstream words(line);
  Judgement judgement;
  std::string iteration;
  std::string grade;
  std::string more;
  words >> judgement.query >> iteration >> judgement.article >> grade;
  if (!words || (words >> more) || !parse_grade(grade, judgement.grade)) {
    throw Error(ExitCode::usage, fmt::format("{}: no relevance judgement", place),
                "write QUERY 0 ARTICLE GRADE a line, with blanks in between");
  }
  return judgement;
}

/// The relevance of the articles by rank; what is not relevant is 0.
std::vector<int> grades_of(const std::map<std::string, int>& relevant,
                           std::vector<RatedAnswer> ranking) {
  std::ranges::sort(ranking, {}, [](const RatedAnswer& a) {
    return std::tuple(-a.score, a.rank, std::cref(a.id).get());
  });
  std::vector<int> grades;
  std::set<std::string_view> seen;
  for (const auto& article : ranking) {
    if (!seen.insert(article.id).second) continue;
    const auto found = relevant.find(article.id);
    grades.push_back(found == relevant.end() ? 0 : found->second);
  }
  return grades;
}

double discounted_gain(const std::vector<int>& grades) {
  constexpr std::size_t depth = 10;
  double gain = 0;
  for (std::size_t i = 0; i < std::min(depth, grades.size()); ++i) {
    gain += grades[i] / std::log2(static_cast<double>(i) + 2);
  }
  return gain;
}

double found_within(const std::vector<int>& grades, std::size_t depth) {
  const auto end = grades.begin() + static_cast<std::ptrdiff_t>(std::min(depth, grades.size()));
  return static_cast<double>(std::count_if(grades.begin(), end, [](int g) { return g > 0; }));
}

double average_precision(const std::vector<int>& grades, std::size_t relevant) {
  double found = 0;
  double sum = 0;
  for (std::size_t i = 0; i < grades.size(); ++i) {
    if (grades[i] > 0) sum += ++found / (static_cast<double>(i) + 1);
  }
  return sum / static_cast<double>(relevant);
}

std::string ratings_cells(const Ratings& r) {
  return fmt::format("{:>8.4f} {:>8.4f} {:>8.4f} {:>10.4f}", r.average_precision, r.ndcg_10,
                     r.precision_10, r.recall_100);
}

Json ratings_json(const Ratings& r, const char* precision_key) {
  const auto rounded = [](double value) { return std::round(value * 1e4) / 1e4; };
  return {{precision_key, rounded(r.average_precision)},
          {"ndcg_10", rounded(r.ndcg_10)},
          {"p_10", rounded(r.precision_10)},
          {"recall_100", rounded(r.recall_100)}};
}

}  // namespace

Judgements read_judgements(std::istream& input, const std::string& name) {
  Judgements judgements;
  std::size_t number = 0;
  for (std::string line; std::getline(input, line);) {
    ++number;
    if (line.find_first_not_of(" \t\r") == std::string::npos) continue;
    auto judgement = parse_line(line, fmt::format("{}:{}", name, number));
    if (judgement.grade > 0) {
      judgements[judgement.query][std::move(judgement.article)] = judgement.grade;
    }
  }
  if (judgements.empty()) {
    throw Error(ExitCode::usage, fmt::format("{}: judges no article relevant", name),
                "write QUERY 0 ARTICLE GRADE a line, some grades above 0");
  }
  return judgements;
}

Judgements read_judgements(const std::filesystem::path& file) {
  constexpr std::uint64_t longest = 1U << 30;
  const auto refuse = [&](std::string_view why) {
    throw Error(ExitCode::usage,
                fmt::format("cannot read the judgements '{}': {}", printable(file.string()), why),
                "name a file of TREC qrels");
  };
  std::error_code problem;
  const auto status = std::filesystem::status(file, problem);
  if (!std::filesystem::exists(status)) refuse("it is not there");
  if (!std::filesystem::is_regular_file(status)) refuse("it is no regular file");
  if (std::filesystem::file_size(file, problem) > longest) refuse("it is larger than 1 GiB");
  std::ifstream input(file);
  if (!input) refuse("the system does not let it be opened");
  return read_judgements(input, file.string());
}

Ratings rate(const std::map<std::string, int>& relevant, std::vector<RatedAnswer> ranking) {
  const auto grades = grades_of(relevant, std::move(ranking));
  std::vector<int> ideal;
  for (const auto& [article, grade] : relevant) ideal.push_back(grade);
  std::ranges::sort(ideal, std::greater<>{});
  return {average_precision(grades, relevant.size()),
          discounted_gain(grades) / discounted_gain(ideal), found_within(grades, 10) / 10,
          found_within(grades, 100) / static_cast<double>(relevant.size())};
}

void Evaluation::add(const std::string& query, std::vector<RatedAnswer> ranking) {
  if (!judgements_.contains(query)) {
    ++unjudged_;
    return;
  }
  auto& all = rankings_[query];
  std::ranges::move(ranking, std::back_inserter(all));
}

std::vector<Evaluation::Row> Evaluation::rows() const {
  std::vector<Row> rows;
  for (const auto& [query, relevant] : judgements_) {
    const auto found = rankings_.find(query);
    const bool answered = found != rankings_.end();
    rows.push_back(
        {query, relevant.size(), answered, answered ? rate(relevant, found->second) : Ratings{}});
  }
  return rows;
}

Ratings Evaluation::mean() const {
  Ratings sum;
  const auto all = rows();
  for (const auto& row : all) {
    sum.average_precision += row.ratings.average_precision;
    sum.ndcg_10 += row.ratings.ndcg_10;
    sum.precision_10 += row.ratings.precision_10;
    sum.recall_100 += row.ratings.recall_100;
  }
  const auto n = static_cast<double>(all.size());
  return {sum.average_precision / n, sum.ndcg_10 / n, sum.precision_10 / n, sum.recall_100 / n};
}

std::string evaluation_text(const Evaluation& evaluation) {
  const auto rows = evaluation.rows();
  std::size_t columns = std::string_view("mean of 1000000").size();
  for (const auto& row : rows) columns = std::max(columns, display_width(printable(row.query)));
  const auto line = [&](const std::string& name, const std::string& relevant,
                        const std::string& cells) {
    const std::string room(columns - display_width(name), ' ');
    return fmt::format("{}{} {:>8} {}\n", name, room, relevant, cells);
  };
  auto out = line("query", "relevant",
                  fmt::format("{:>8} {:>8} {:>8} {:>10}", "AP", "nDCG@10", "P@10", "recall@100"));
  for (const auto& row : rows) {
    out += line(printable(row.query), std::to_string(row.relevant),
                ratings_cells(row.ratings) + (row.answered ? "" : "  not answered"));
  }
  return out + line(fmt::format("mean of {}", rows.size()), "", ratings_cells(evaluation.mean()));
}

Json evaluation_json(const Evaluation& evaluation) {
  auto j = versioned_json();
  const auto rows = evaluation.rows();
  j["queries"] = rows.size();
  j["unjudged"] = evaluation.unjudged();
  j.update(ratings_json(evaluation.mean(), "map"));
  auto& list = j["per_query"] = Json::array();
  for (const auto& row : rows) {
    Json entry = {{"id", row.query}, {"relevant", row.relevant}, {"answered", row.answered}};
    entry.update(ratings_json(row.ratings, "average_precision"));
    list.push_back(std::move(entry));
  }
  return j;
}

}  // namespace dateline
