// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/bench/corpus/news.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <vector>

#include "common/date.h"
#include "tests/bench/corpus/names.h"
#include "tests/bench/corpus/random.h"
#include "tests/bench/corpus/vocabulary.h"

namespace dateline::bench {
namespace {

constexpr Day first_day = std::chrono::sys_days{std::chrono::year{2013} / 1 / 1};
constexpr std::uint64_t days = 3'652;
constexpr double median_words = 130;
constexpr double spread_of_length = 0.5;  // standard deviation of its logarithm
constexpr double least_words = 25;

// A topic: what many articles of some weeks are about.
constexpr std::uint64_t topic_count = 5'000;
constexpr double share_in_burst = 0.8;
constexpr double burst_days = 12;
constexpr double share_of_topic_words = 0.2;
constexpr double share_of_topic_names = 0.7;

// Words that often stand together, as "prime minister" does.
constexpr double share_of_pairs = 0.12;

std::uint64_t rank(double x) { return static_cast<std::uint64_t>(std::min(x, 1e15)) - 1; }

/// One article being written.
class Writer {
 public:
  Writer(std::uint64_t seed, std::uint64_t number)
      : random_(scattered(seed) ^ scattered(number)), topic_(rank(topics_(random_))) {}

  NewsArticle write(std::uint64_t number) {
    NewsArticle article;
    article.id = "n" + std::to_string(number);
    article.source = source_of_rank(rank(sources_(random_)));
    article.date = format_day(day());
    article.url = "https://news.example/" + article.date + "/" + article.id;
    article.title = title();
    article.text = text();
    return article;
  }

 private:
  Day day() {
    const auto peak = scattered(topic_) % days;
    if (!random_.chance(share_in_burst)) return first_day + std::chrono::days{random_.below(days)};
    const auto from_peak = std::lround(random_.normal() * burst_days);
    const auto at = std::clamp<std::int64_t>(static_cast<std::int64_t>(peak) + from_peak, 0,
                                             static_cast<std::int64_t>(days) - 1);
    return first_day + std::chrono::days{at};
  }

  /// A rank of names of a kind: one of the topic's few or anybody's.
  std::uint64_t name(std::uint64_t kind) {
    if (!random_.chance(share_of_topic_names)) return rank(names_(random_));
    Random of_topic(scattered(topic_ * 3 + kind) ^ random_.below(4));
    return rank(names_(of_topic));
  }
  Person person() { return person_of_rank(name(0)); }
  std::string place() { return place_of_rank(name(1)); }
  std::string organisation() { return organisation_of_rank(name(2)); }

  std::uint64_t content_rank() {
    Random of_topic(scattered(topic_) + rank(topic_words_(random_)));
    return rank(topic_ranks_(of_topic));
  }

  std::string word() {
    if (follows_ != 0) {
      const auto follower = follows_;
      follows_ = 0;
      return word_of_rank(follower);
    }
    const auto r = random_.chance(share_of_topic_words) ? content_rank() : ranks_(random_);
    if (r >= function_word_count() && random_.chance(share_of_pairs)) {
      Random of_word(r);
      follows_ = rank(topic_ranks_(of_word));
    }
    return inflected(word_of_rank(r), r, random_);
  }

  std::string title() {
    const auto who = person();
    std::string title = random_.chance(0.5) ? who.last : place();
    for (auto left = 4 + random_.below(5); left > 0; --left) title.append(" ").append(word());
    return title;
  }

  void add_number(std::string& sentence) {
    sentence += std::to_string(1 + rank(numbers_(random_)));
    if (random_.chance(0.2)) sentence += " percent";
    ++words_;
  }

  /// Words, the first of them capitalised where `opens`.
  void add_words(std::string& sentence, std::uint64_t count, bool opens) {
    words_ += static_cast<double>(count);
    for (std::uint64_t i = 0; i < count; ++i) {
      if (i > 0) sentence += random_.chance(0.06) ? ", " : " ";
      if (random_.chance(0.012)) {
        add_number(sentence);
      } else {
        sentence += i == 0 && opens ? capitalised(word()) : word();
      }
    }
  }

  std::string sentence() {
    const auto length =
        static_cast<std::uint64_t>(std::clamp(17 + 6 * random_.normal(), 4.0, 40.0));
    std::string s;
    const auto kind = random_.unit();
    if (kind < 0.1) {
      const auto who = person();
      s = who.first + " " + who.last + ", a " + who.role + " of the " + organisation() + ", said ";
      add_words(s, length, false);
    } else if (kind < 0.2) {
      add_words(s, length, true);
      const auto who = person();
      s += ", " + who.last + " said in " + place();
    } else if (kind < 0.3) {
      s = "In " + place() + ", ";
      add_words(s, length, false);
    } else if (kind < 0.37) {
      s = "According to " + organisation() + ", ";
      add_words(s, length, false);
    } else {
      add_words(s, length, true);
    }
    return s + ".";
  }

  std::string text() {
    const auto length =
        std::max(least_words, median_words * std::exp(spread_of_length * random_.normal()));
    words_ = 0;
    std::string text;
    while (words_ < length) {
      if (!text.empty()) text += "\n\n";
      for (auto sentences = 1 + random_.below(4); sentences > 0 && words_ < length; --sentences) {
        if (!text.empty() && text.back() != '\n') text += ' ';
        text += sentence();
      }
    }
    return text;
  }

  Random random_;
  WordRanks ranks_;
  PowerLaw topics_{1, static_cast<double>(topic_count) + 1, 0.7};
  PowerLaw sources_{1, static_cast<double>(source_count) + 1, 0.9};
  PowerLaw names_{1, unbounded, 1.25};
  PowerLaw topic_words_{1, 300, 0.8};
  PowerLaw topic_ranks_{200, 60'000, 1};
  PowerLaw numbers_{1, 3'000, 1};
  std::uint64_t topic_;
  std::uint64_t follows_ = 0;  ///< the word that comes next; 0: any
  double words_ = 0;
};

void add_json(std::string& line, std::string_view key, std::string_view value) {
  line.append(line.empty() ? "{\"" : ",\"").append(key).append("\":\"");
  for (const char c : value) {
    if (c == '\n') {
      line += "\\n";
    } else {
      line += c;
    }
  }
  line += '"';
}

}  // namespace

NewsArticle news_article(std::uint64_t seed, std::uint64_t number) {
  return Writer(seed, number).write(number);
}

std::string json_line(const NewsArticle& article) {
  std::string line;
  add_json(line, "id", article.id);
  add_json(line, "title", article.title);
  add_json(line, "source", article.source);
  add_json(line, "date", article.date);
  add_json(line, "url", article.url);
  add_json(line, "language", "en");
  add_json(line, "text", article.text);
  line += "}\n";
  return line;
}

}  // namespace dateline::bench
