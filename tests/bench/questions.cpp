// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/bench/questions.h"

#include <algorithm>
#include <fstream>
#include <nlohmann/json.hpp>
#include <stdexcept>
#include <string_view>
#include <unordered_map>
#include <unordered_set>

#include "tests/bench/corpus/random.h"
#include "tests/bench/engines/documents.h"

namespace dateline::bench {
namespace {

using Operator = Question::Operator;
using Words = std::vector<std::string>;

constexpr std::size_t sampled = 4'000;
constexpr double common_share = 0.1;     // of the documents
constexpr std::size_t least_phrase = 3;  // times in the sample
// Looked into for a question such as is wanted; then any is taken, for sets of a few articles.
constexpr std::size_t most_documents = 10'000;

/// Runs of ASCII letters and digits, in lower case: what every engine takes for the same words.
Words words_of(std::string_view text) {
  Words words;
  std::string word;
  const auto end_word = [&] {
    if (!word.empty()) words.push_back(std::move(word));
    word.clear();
  };
  for (const char c : text) {
    if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) {
      word += c;
    } else if (c >= 'A' && c <= 'Z') {
      word += static_cast<char>(c - 'A' + 'a');
    } else {
      end_word();
    }
  }
  end_word();
  return words;
}

std::string pair_of(const Words& words, std::size_t at) { return words[at] + ' ' + words[at + 1]; }

/// Some documents of a set, and in how many of them each word stands.
class Sample {
 public:
  explicit Sample(const std::filesystem::path& documents) {
    std::size_t all = 0;
    for_each_document(documents, [&](const Document&) { ++all; });
    const auto step = std::max<std::size_t>(1, all / sampled);
    std::size_t number = 0;
    for_each_document(documents, [&](const Document& d) {
      if (number++ % step == 0) add(d);
    });
    if (documents_.empty()) throw std::runtime_error("there are no articles to ask for");
  }

  /// Words of one document, different ones, in the order that chance has them; of a document that
  /// has enough.
  Words pick(Random& random, std::size_t count) {
    for (std::size_t documents = 0;; ++documents) {
      chosen_ = &documents_[random.below(documents_.size())];
      const bool any = documents > most_documents;
      Words words;
      for (std::size_t tries = 0; tries < 200 && words.size() < count; ++tries) {
        const auto& word = chosen_->words[random.below(chosen_->words.size())];
        if (!(any || is_wanted(word, random)) || std::ranges::count(words, word) > 0) continue;
        words.push_back(word);
      }
      if (words.size() == count) return words;
    }
  }

  /// Words that stand together; `common`: as most articles have them, such as "of the".
  Words pick_phrase(Random& random, std::size_t length, bool common) {
    for (std::size_t documents = 0;; ++documents) {
      chosen_ = &documents_[random.below(documents_.size())];
      const auto& words = chosen_->words;
      if (words.size() <= length) continue;
      const auto at = random.below(words.size() - length);
      const Words phrase{words.begin() + static_cast<std::ptrdiff_t>(at),
                         words.begin() + static_cast<std::ptrdiff_t>(at + length)};
      if (is_wanted(phrase, common) || documents > most_documents) return phrase;
    }
  }

  /// Of the document of the last pick.
  const std::string& source() const { return chosen_->source; }
  std::string month() const { return chosen_->date.substr(0, 7); }

 private:
  struct Sampled {
    std::string date;
    std::string source;
    Words words;
  };

  void add(const Document& d) {
    documents_.push_back({d.date, d.source, words_of(d.title + ' ' + d.text)});
    const auto& words = documents_.back().words;
    if (words.empty() || d.date.empty() || d.source.empty()) {
      documents_.pop_back();
      return;
    }
    for (const auto& word : std::unordered_set<std::string>(words.begin(), words.end()))
      ++documents_with_[word];
    for (std::size_t i = 0; i + 1 < words.size(); ++i) ++pairs_[pair_of(words, i)];
  }

  /// A third each of the words in more than 2 %, more than 0.2 % and fewer of the documents; none
  /// of those in more than a tenth, which nobody asks for.
  bool is_wanted(const std::string& word, Random& random) const {
    if (word.size() < 3) return false;
    const auto share = share_of(word);
    if (share > common_share) return false;
    const auto band = random.below(3);
    return band == (share > 0.02 ? 0U : share > 0.002 ? 1U : 2U);
  }

  double share_of(const std::string& word) const {
    return static_cast<double>(documents_with_.at(word)) / static_cast<double>(documents_.size());
  }

  bool is_wanted(const Words& phrase, bool common) const {
    const auto told = std::ranges::count_if(
        phrase, [&](const std::string& word) { return share_of(word) <= common_share; });
    if (common ? told > 0 : told < 2) return false;
    for (std::size_t i = 0; i + 1 < phrase.size(); ++i) {
      if (pairs_.at(pair_of(phrase, i)) < least_phrase) return false;
    }
    return true;
  }

  std::vector<Sampled> documents_;
  std::unordered_map<std::string, std::size_t> documents_with_;
  std::unordered_map<std::string, std::size_t> pairs_;
  const Sampled* chosen_ = nullptr;
};

/// Makes kinds of questions one after the other.
class Mix {
 public:
  Mix(const std::filesystem::path& documents, std::size_t count)
      : sample_(documents), count_(count) {}

  std::vector<QuestionKind> make() {
    add("one word", Operator::any, 1);
    add("OR of 2", Operator::any, 2);
    add("OR of 3", Operator::any, 3);
    add("OR of 5", Operator::any, 5);
    add("AND of 2", Operator::all, 2);
    add("AND of 3", Operator::all, 3);
    add_phrases("phrase of 2", 2, false);
    add_phrases("phrase of 3", 3, false);
    add_phrases("phrase of 2 common words", 2, true);
    add("wildcard", Operator::prefix, 1, [](Question& q, const Sample&) {
      q.words[0].resize(std::max<std::size_t>(3, q.words[0].size() - 2));
    });
    add("OR of 3, exact total", Operator::any, 3,
        [](Question& q, const Sample&) { q.total = true; });
    add("OR of 3, facets", Operator::any, 3, [](Question& q, const Sample&) { q.facets = true; });
    add("OR of 3, with passages", Operator::any, 3,
        [](Question& q, const Sample&) { q.text = true; });
    add("AND of 2, facets", Operator::all, 2, [](Question& q, const Sample&) { q.facets = true; });
    add("OR of 3, of a month", Operator::any, 3,
        [](Question& q, const Sample& s) { q.month = s.month(); });
    add("OR of 3, of a source", Operator::any, 3,
        [](Question& q, const Sample& s) { q.source = s.source(); });
    add("OR of 3, newest ten", Operator::any, 3,
        [](Question& q, const Sample&) { q.newest = true; });
    kinds_.push_back(
        {"newest ten of all", {Question{.op = Operator::every, .words = {}, .newest = true}}});
    kinds_.push_back(
        {"all, facets", {Question{.op = Operator::every, .words = {}, .facets = true}}});
    return std::move(kinds_);
  }

 private:
  template <class Change>
  void add(const char* name, Operator op, std::size_t words, Change change) {
    Random random(1);  // kinds of the same words ask for the same ones
    QuestionKind kind{name, {}};
    for (std::size_t i = 0; i < count_; ++i) {
      Question question{.op = op, .words = sample_.pick(random, words)};
      change(question, sample_);
      kind.questions.push_back(std::move(question));
    }
    kinds_.push_back(std::move(kind));
  }
  void add(const char* name, Operator op, std::size_t words) {
    add(name, op, words, [](Question&, const Sample&) {});
  }
  void add_phrases(const char* name, std::size_t length, bool common) {
    Random random(1);
    QuestionKind kind{name, {}};
    for (std::size_t i = 0; i < count_; ++i) {
      kind.questions.push_back(
          {.op = Operator::phrase, .words = sample_.pick_phrase(random, length, common)});
    }
    kinds_.push_back(std::move(kind));
  }

  Sample sample_;
  std::size_t count_;
  std::vector<QuestionKind> kinds_;
};

}  // namespace

std::vector<QuestionKind> questions_from(const std::filesystem::path& documents,
                                         std::size_t count) {
  return Mix(documents, count).make();
}

std::vector<QuestionKind> questions_of_file(const std::filesystem::path& file, std::size_t count) {
  std::vector<QuestionKind> kinds{{"web: OR", {}}, {"web: AND", {}}, {"web: phrase", {}}};
  std::ifstream lines(file);
  if (!lines) throw std::runtime_error("cannot read " + file.string());
  for (std::string line; std::getline(lines, line);) {
    const auto query = nlohmann::json::parse(line).at("query").get<std::string>();
    const auto words = words_of(query);
    const auto pluses = static_cast<std::size_t>(std::ranges::count(query, '+'));
    const bool quoted = query.size() > 1 && query.front() == '"' && query.back() == '"';
    if (words.size() < 2 || query.find('-') != std::string::npos) continue;
    const std::size_t kind = quoted ? 2 : pluses == words.size() ? 1 : 0;
    if (kind == 0 && pluses > 0) continue;
    constexpr Operator operators[]{Operator::any, Operator::all, Operator::phrase};
    if (kinds[kind].questions.size() < count)
      kinds[kind].questions.push_back({.op = operators[kind], .words = words});
  }
  return kinds;
}

}  // namespace dateline::bench
