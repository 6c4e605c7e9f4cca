// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>
#include <map>
#include <nlohmann/json.hpp>
#include <set>
#include <string>
#include <vector>

#include "common/text/tokenizer.h"
#include "tests/bench/corpus/news.h"
#include "tests/bench/corpus/vocabulary.h"

using namespace dateline;
using namespace dateline::bench;

namespace {

constexpr std::uint64_t seed = 1;

std::vector<std::string> words_of(const NewsArticle& article) {
  std::vector<std::string> words;
  for (Tokenizer tokens(article.text); tokens.next();) words.emplace_back(tokens.word());
  return words;
}

/// Of the first so many articles.
struct Statistics {
  std::size_t words = 0;
  std::map<std::string, std::size_t> uses;
  std::vector<std::size_t> lengths;

  void add(std::uint64_t from, std::uint64_t to) {
    for (auto number = from; number < to; ++number) {
      const auto found = words_of(news_article(seed, number));
      for (const auto& word : found) ++uses[word];
      words += found.size();
      lengths.push_back(found.size());
    }
  }
  double share(const std::string& word) const {
    return static_cast<double>(uses.at(word)) / static_cast<double>(words);
  }
  double median_length() const {
    auto sorted = lengths;
    std::sort(sorted.begin(), sorted.end());
    return static_cast<double>(sorted[sorted.size() / 2]);
  }
};

/// The exponent b of y = x^b through two points.
double exponent(double x1, double y1, double x2, double y2) {
  return std::log(y2 / y1) / std::log(x2 / x1);
}

}  // namespace

TEST_CASE("generated news is the same for the same seed, in whatever order it is asked for") {
  const auto later = news_article(seed, 20);
  CHECK(json_line(news_article(seed, 3)) == json_line(news_article(seed, 3)));
  CHECK(json_line(later) == json_line(news_article(seed, 20)));
  CHECK(json_line(news_article(seed, 3)) != json_line(news_article(seed + 1, 3)));
}

TEST_CASE("generated news is what dateline-index reads: a JSON object a line, with its metadata") {
  const auto line = json_line(news_article(seed, 11));
  REQUIRE(line.ends_with('\n'));
  const auto article = nlohmann::json::parse(line);
  for (const char* field : {"id", "title", "source", "date", "url", "text"}) {
    CAPTURE(field);
    CHECK(article.at(field).get<std::string>() != "");
  }
}

TEST_CASE("the vocabulary of generated news grows by Heaps' law, its frequencies fall by Zipf's") {
  Statistics news;
  news.add(0, 500);
  const auto few = static_cast<double>(news.words);
  const auto few_kinds = static_cast<double>(news.uses.size());
  news.add(500, 4'000);
  const auto growth = exponent(few, few_kinds, static_cast<double>(news.words),
                               static_cast<double>(news.uses.size()));
  CHECK(growth > 0.5);
  CHECK(growth < 0.7);

  const auto fall =
      -exponent(120, news.share(word_of_rank(119)), 1'000, news.share(word_of_rank(1'000)));
  CHECK(fall > 0.7);
  CHECK(fall < 1.2);
  CHECK(news.share("the") > 0.03);
  CHECK(news.share("the") < 0.08);
  CHECK(news.median_length() > 130);
  CHECK(news.median_length() < 180);
}

TEST_CASE("an article of generated news keeps to its topic: its words come again in it") {
  std::size_t again = 0;
  std::size_t by_chance = 0;
  for (std::uint64_t number = 0; number < 300; ++number) {
    const auto words = words_of(news_article(seed, number));
    const auto others = words_of(news_article(seed, number + 1'000));
    std::map<std::string, std::size_t> uses;
    for (const auto& word : words) ++uses[word];
    const std::set<std::string> elsewhere(others.begin(), others.end());
    for (const auto& [word, count] : uses) {
      if (word.size() < 6) continue;
      if (count > 1) ++again;
      if (elsewhere.contains(word)) ++by_chance;
    }
  }
  CHECK(again > 2 * by_chance);
}
