// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <filesystem>
#include <istream>
#include <map>
#include <string>
#include <vector>

#include "common/json.h"

namespace dateline {

/// Relevance judgements: of each query, the relevant articles with their grades, above 0.
using Judgements = std::map<std::string, std::map<std::string, int>>;

/// Reads TREC qrels: "QUERY ITERATION ARTICLE GRADE" a line. A grade of 0 or less is not relevant;
/// a query without a relevant article does not count. Throws Error(usage) that names `name` and the
/// line.
Judgements read_judgements(std::istream& input, const std::string& name);
Judgements read_judgements(const std::filesystem::path& file);

/// One article of a ranking.
struct RatedAnswer {
  double score = 0;
  std::size_t rank = 0;
  std::string id;
};

/// How well the relevant articles rank, each from 0 to 1.
struct Ratings {
  double average_precision = 0;  ///< its mean over queries is MAP
  double ndcg_10 = 0;            ///< gain: the grade; discount: log2(rank + 1)
  double precision_10 = 0;
  double recall_100 = 0;
};

/// Rates one query's ranking; articles count once, where they rank first. Higher scores come first,
/// then lower ranks. REQUIRES: `relevant` is not empty.
Ratings rate(const std::map<std::string, int>& relevant, std::vector<RatedAnswer> ranking);

/// Ratings of a batch, query by query.
class Evaluation {
 public:
  explicit Evaluation(Judgements judgements) : judgements_(std::move(judgements)) {}

  /// The ranking of one query; more of a query that was there before is added to it. One that
  /// nobody judged is left aside.
  void add(const std::string& query, std::vector<RatedAnswer> ranking);

  struct Row {
    std::string query;
    std::size_t relevant = 0;
    bool answered = false;
    Ratings ratings;
  };
  std::vector<Row> rows() const;  ///< of the judged queries; a query without an answer rates 0
  Ratings mean() const;
  std::size_t unjudged() const { return unjudged_; }

 private:
  Judgements judgements_;
  std::map<std::string, std::vector<RatedAnswer>> rankings_;
  std::size_t unjudged_ = 0;
};

std::string evaluation_text(const Evaluation& evaluation);
Json evaluation_json(const Evaluation& evaluation);

}  // namespace dateline
