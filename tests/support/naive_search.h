// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <random>
#include <string>
#include <utility>
#include <vector>

namespace dateline::test {

/// An article of plain words, each with where it stands.
struct NaiveArticle {
  struct Word {
    std::string text;
    int field = 0;  ///< 0: title, 1: deck, 2: body
    int sentence = 0;
    int paragraph = 0;
  };
  std::string id;
  std::vector<Word> words;

  /// As a line of a JSON Lines article set.
  std::string json_line() const;
};

/// A query of which each operator stands between parentheses of its own.
struct NaiveQuery {
  enum class Kind {
    word,
    shape,  ///< a beginning of a word, with a '*' behind it
    phrase,
    near,
    ordered,
    sentence,
    paragraph,
    at_least,
    first,
    all,
    any,
    all_but,
  };
  enum class Field { text, title, body };
  Kind kind = Kind::word;
  Field field = Field::text;  ///< of word and shape
  std::string word;
  int number = 0;
  std::vector<NaiveQuery> children;

  std::string text() const;
};

/// Whether an article is what a query asks for, read off its words one by one.
bool matches(const NaiveArticle& article, const NaiveQuery& query);

/// Makes articles and queries of the same few words.
class NaiveSource {
 public:
  explicit NaiveSource(std::uint32_t seed) : random_(seed) {}

  NaiveArticle article(std::string id);
  NaiveQuery query() { return query(3); }

 private:
  using Kind = NaiveQuery::Kind;
  using Field = NaiveQuery::Field;

  int below(int bound) { return static_cast<int>(random_() % static_cast<std::uint32_t>(bound)); }
  int from_to(int least, int most) { return least + below(most - least + 1); }
  std::string word();
  int sentence_length(int field, bool first);
  NaiveQuery query(int depth);
  /// What stands at a place in the text.
  NaiveQuery placed(int depth, Field field);
  NaiveQuery leaf(Field field);
  NaiveQuery phrase(Field field);

  std::mt19937 random_;
};

}  // namespace dateline::test
