// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>

namespace dateline::bench {

struct NewsArticle {
  std::string id;
  std::string title;
  std::string source;
  std::string date;  ///< "2019-03-17"; of ten years
  std::string url;
  std::string text;  ///< paragraphs separated by one blank line
};

/// Article `number` of the news of `seed`: the same whatever was asked for before, so that a larger
/// set begins with the smaller one. Words follow Zipf's and Heaps' laws, lengths are log-normal
/// with a median of 150 words (half of real news: a million of them fit a small machine), every
/// article has a topic with words and names of its own, and topics come in bursts. Thread-safe.
NewsArticle news_article(std::uint64_t seed, std::uint64_t number);

/// As a line of JSON Lines, as dateline-index reads it.
std::string json_line(const NewsArticle& article);

}  // namespace dateline::bench
