// SPDX-License-Identifier: GPL-3.0-or-later
// dateline-corpus ARTICLES [SEED]: news-like articles as JSON Lines on standard output; the same
// for the same seed. What they are like: news.h.
#include <fmt/format.h>

#include <cstdio>
#include <exception>
#include <string>

#include "tests/bench/corpus/news.h"

int main(int argc, char** argv) {
  if (argc < 2 || argc > 3) {
    fmt::print(stderr, "Usage: dateline-corpus ARTICLES [SEED]\n");
    return 2;
  }
  try {
    const auto articles = std::stoull(argv[1]);
    const auto seed = argc == 3 ? std::stoull(argv[2]) : 1;
    for (std::uint64_t i = 0; i < articles; ++i) {
      const auto line = dateline::bench::json_line(dateline::bench::news_article(seed, i));
      if (std::fwrite(line.data(), 1, line.size(), stdout) != line.size()) {
        throw std::runtime_error("standard output cannot be written");
      }
    }
    if (std::fflush(stdout) != 0) throw std::runtime_error("standard output cannot be written");
  } catch (const std::exception& e) {
    fmt::print(stderr, "dateline-corpus: {}\n", e.what());
    return 1;
  }
  return 0;
}
