// SPDX-License-Identifier: GPL-3.0-or-later
// The inner parts that building and asking spend their time in, each on its own, by Google
// Benchmark, over generated articles.
#include <benchmark/benchmark.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "common/bitset.h"
#include "common/index/snapshot.h"
#include "common/text/stemmer.h"
#include "common/text/tokenizer.h"
#include "searcher/engine/search.h"
#include "searcher/engine/snippet.h"
#include "tests/bench/child.h"
#include "tests/bench/corpus/news.h"
#include "tests/bench/corpus/random.h"
#include "tests/bench/corpus/vocabulary.h"

namespace dateline::bench {
namespace {

namespace fs = std::filesystem;

constexpr std::uint64_t seed = 1;
constexpr std::uint64_t texts = 200;
constexpr std::uint64_t indexed = 5'000;
constexpr std::size_t rows = 1'000'000;

/// Some texts, one after the other.
const std::string& text() {
  static const auto all = [] {
    std::string joined;
    for (std::uint64_t i = 0; i < texts; ++i) joined += news_article(seed, i).text + "\n\n";
    return joined;
  }();
  return all;
}

const std::vector<std::string>& words() {
  static const auto all = [] {
    std::vector<std::string> found;
    for (Tokenizer tokens(text()); tokens.next();) found.emplace_back(tokens.word());
    return found;
  }();
  return all;
}

/// An index of generated articles, made when first asked for and removed at the end.
class Index {
 public:
  Index() : folder_(fs::temp_directory_path() / ("dateline-parts-" + std::to_string(::getpid()))) {
    fs::create_directories(folder_);
    const auto articles = folder_ / "articles.jsonl";
    {
      std::ofstream file(articles);
      for (std::uint64_t i = 0; i < indexed; ++i) file << json_line(news_article(seed, i));
    }
    run(DATELINE_INDEX_PROGRAM,
        {"--no-config", "--quiet", "--db", (folder_ / "index").string(), articles.string()});
    snapshot_ = IndexSnapshot::open(folder_ / "index");
  }
  ~Index() {
    std::error_code left_behind;
    fs::remove_all(folder_, left_behind);
  }
  Index(const Index&) = delete;
  Index& operator=(const Index&) = delete;

  static const std::shared_ptr<const IndexSnapshot>& snapshot() {
    static const Index index;
    return index.snapshot_;
  }

 private:
  fs::path folder_;
  std::shared_ptr<const IndexSnapshot> snapshot_;
};

void tokenize(benchmark::State& state) {
  for (auto _ : state) {
    Tokenizer tokens(text());
    while (tokens.next()) benchmark::DoNotOptimize(tokens.word());
  }
  state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(text().size()));
}
BENCHMARK(tokenize);

void stem(benchmark::State& state) {
  const auto& all = words();
  Stemmer stemmer("en");
  for (auto _ : state) {
    for (const auto& word : all) benchmark::DoNotOptimize(stemmer.stem_of(word));
  }
  state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(all.size()));
}
BENCHMARK(stem);

void read_postings(benchmark::State& state) {
  const auto snapshot = Index::snapshot();
  const auto term = word_of_rank(static_cast<std::uint64_t>(state.range(0)));
  std::int64_t postings = 0;
  for (auto _ : state) {
    for (auto database : snapshot->databases(0)) {
      const auto end = database.postlist_end(term);
      for (auto at = database.postlist_begin(term); at != end; ++at) {
        benchmark::DoNotOptimize(*at);
        ++postings;
      }
    }
  }
  state.SetItemsProcessed(postings);
}
BENCHMARK(read_postings)->Arg(0)->Arg(100)->Arg(1'000);  // ranks of frequency

void count_facets(benchmark::State& state) {
  Searcher searcher(Index::snapshot());
  SearchRequest request;
  request.limit = 0;
  request.facets = default_facets();
  for (auto _ : state) benchmark::DoNotOptimize(searcher.search(request).total);
  state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(indexed));
}
BENCHMARK(count_facets)->Unit(benchmark::kMicrosecond);

void make_snippets(benchmark::State& state) {
  Article article;
  article.body = news_article(seed, 7).text;
  const WordWorth worth{{"said", 1.0}, {word_of_rank(300), 4.0}};
  for (auto _ : state) benchmark::DoNotOptimize(make_snippet(article, worth, 240));
  state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(article.body.size()));
}
BENCHMARK(make_snippets);

/// One row in `one_in`.
Bitset some_rows(std::uint64_t one_in) {
  Bitset set(rows);
  Random random(one_in);
  for (std::size_t row = 0; row < rows; ++row) {
    if (random.below(one_in) == 0) set.set(row);
  }
  return set;
}

void intersect(benchmark::State& state) {
  auto one = some_rows(10);
  const auto other = some_rows(11);
  for (auto _ : state) benchmark::DoNotOptimize(one &= other);
  state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(rows));
}
BENCHMARK(intersect);

void walk_rows(benchmark::State& state) {
  const auto set = some_rows(static_cast<std::uint64_t>(state.range(0)));
  for (auto _ : state) {
    std::size_t sum = 0;
    set.for_each([&](std::size_t row) { sum += row; });
    benchmark::DoNotOptimize(sum);
  }
  state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(set.count()));
}
BENCHMARK(walk_rows)->Arg(2)->Arg(100)->Arg(10'000);  // one row in so many

}  // namespace
}  // namespace dateline::bench

BENCHMARK_MAIN();
