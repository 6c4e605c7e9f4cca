// SPDX-License-Identifier: GPL-3.0-or-later
// Measures how fast names are found, on one thread: tokens alone, names recognised, joined within
// articles, joined over all; and what building a segment takes with and without names.
// Usage: dateline-names-bench ARTICLES [MEGABYTES]
#include "indexer/entities/names.h"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <ctime>
#include <filesystem>
#include <map>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "common/index/stored_article.h"
#include "corpus/reader.h"
#include "indexer/entities/canonical.h"
#include "indexer/entities/gazetteer.h"
#include "indexer/entities/recogniser.h"
#include "indexer/segments/segment_builder.h"

namespace {

namespace fs = std::filesystem;
using namespace dateline;

class Pool : public ArticleSink {
 public:
  void article(Article&& article) override { articles.push_back(std::move(article)); }
  void refused(const std::string&, const std::string&) override {}
  std::vector<Article> articles;
};

/// Finds nothing, in no time.
class NoRecogniser : public EntityRecogniser {
 public:
  ArticleMentions recognise(const ArticleText&) const override { return {}; }
  std::string_view fingerprint() const override { return "none"; }
};

ArticleText text_of(const Article& a) {
  return {a.title.value, a.deck.value, a.body, a.language.value};
}

/// Processor time of all threads: what others do on the machine matters less to it.
template <class Work>
double seconds(Work work) {
  const std::clock_t start = std::clock();
  work();
  return static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC;
}

std::size_t count_tokens(const std::vector<Article>& articles) {
  std::vector<ner::Token> tokens;
  std::size_t all = 0;
  for (const Article& a : articles)
    for (const std::string_view text : {text_of(a).title, text_of(a).deck, text_of(a).body}) {
      ner::Gazetteer::built_in().tokenise(text, tokens);
      all += tokens.size();
    }
  return all;
}

std::size_t recognise(const std::vector<Article>& articles, const EntityRecogniser& recogniser) {
  std::size_t mentions = 0;
  for (const Article& a : articles) mentions += recogniser.recognise(text_of(a)).body.size();
  return mentions;
}

std::vector<NameUse> join(const std::vector<Article>& articles,
                          const EntityRecogniser& recogniser) {
  std::map<std::pair<EntityType, std::string>, std::uint32_t> counts;
  for (const Article& a : articles) {
    const ArticleText text = text_of(a);
    for (const ArticleEntity& e : join_names(text, recogniser.recognise(text), {}).entities)
      ++counts[{e.type, e.name}];
  }
  std::vector<NameUse> uses;
  for (const auto& [name, count] : counts) uses.push_back({name.first, name.second, count});
  return uses;
}

double build(const std::vector<Article>& articles, const EntityRecogniser& recogniser,
             const fs::path& work) {
  const std::atomic<bool> stop = false;
  fs::create_directories(work / "unfinished");
  const double time = seconds([&] {
    SegmentBuilder builder(work / "unfinished", recogniser, 1, MemoryBudget{}, stop);
    for (const Article& a : articles) builder.put(a, store_article(a), {});
    builder.finish(work / "seg-000001", "seg-000001");
  });
  fs::remove_all(work);
  return time;
}

/// In turns, because the machine may be shared; the median of the turns counts.
void measure_building(const std::vector<Article>& articles, const EntityRecogniser& recogniser,
                      const fs::path& work) {
  constexpr std::size_t turns = 5;
  std::vector<double> more;
  for (std::size_t i = 0; i < turns; ++i) {
    const double without = build(articles, NoRecogniser(), work);
    more.push_back(100 * (build(articles, recogniser, work) / without - 1));
  }
  std::sort(more.begin(), more.end());
  fmt::print(
      "\nNames add {:.0f} % to the processor time of building a segment (median of {} turns, "
      "{:.0f} to "
      "{:.0f})\n",
      more[turns / 2], turns, more.front(), more.back());
}

void measure(const fs::path& path, double megabytes, const fs::path& work) {
  Pool pool;
  ArticleReader reader;
  for (const auto& file : list_article_set({path}).files) reader.read(file, pool);
  if (pool.articles.empty()) throw std::runtime_error("no articles there");
  std::vector<Article> articles;
  double bytes = 0;
  for (std::size_t i = 0; bytes < megabytes * 1e6; ++i) {
    articles.push_back(pool.articles[i % pool.articles.size()]);
    articles.back().record = std::to_string(i);
    articles.back().id.value = std::to_string(i);
    bytes += static_cast<double>(articles.back().body.size() + 1);
  }
  const auto recogniser = make_recogniser();
  recognise({articles.begin(), articles.begin() + 1}, *recogniser);  // loads the model
  std::size_t tokens = 0;
  const double floor = seconds([&] { tokens = count_tokens(articles); });
  const auto row = [&](std::string_view what, double time) {
    fmt::print("| {} | {:.0f} | {:.2f} |\n", what, static_cast<double>(tokens) / time,
               time / floor);
  };
  fmt::print("{} articles, {:.1f} MB, {} tokens\n\n", articles.size(), bytes / 1e6, tokens);
  fmt::print("| one thread | tokens/s | times as long as tokens alone |\n|---|---:|---:|\n");
  row("tokens alone", floor);
  row("names recognised", seconds([&] { recognise(articles, *recogniser); }));
  std::vector<NameUse> uses;
  row("and joined in articles", seconds([&] { uses = join(articles, *recogniser); }));
  row("and joined over all: raw text to canonical names",
      seconds([&] { canonicalise(join(articles, *recogniser)); }));
  measure_building(articles, *recogniser, work);
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 2) {
    fmt::print(stderr, "usage: dateline-names-bench ARTICLES [MEGABYTES]\n");
    return 2;
  }
  const fs::path work = fs::temp_directory_path() / fmt::format("dateline-names-{}", ::getpid());
  try {
    measure(fs::absolute(argv[1]), argc > 2 ? std::stod(argv[2]) : 20.0, work);
  } catch (const std::exception& e) {
    fs::remove_all(work);
    fmt::print(stderr, "dateline-names-bench: {}\n", e.what());
    return 1;
  }
  return 0;
}
