// SPDX-License-Identifier: GPL-3.0-or-later
#include <catch2/catch.hpp>
#include <random>

#include "common/text/stemmer.h"
#include "common/text/tokenizer.h"

using namespace dateline;

namespace {

std::vector<std::string> words_of(std::string_view text) {
  std::vector<std::string> words;
  for (Tokenizer t(text); t.next();) words.emplace_back(t.word());
  return words;
}

using Words = std::vector<std::string>;

}  // namespace

TEST_CASE("a word is letters and digits, across the marks that belong inside", "[tokenizer]") {
  CHECK(words_of("Xi Jinping’s visit") == Words{"xi", "jinping", "visit"});
  CHECK(words_of("don't O'Brien") == Words{"dont", "obrien"});
  CHECK(words_of("l'Ukraine d’Orsay") == Words{"l", "ukraine", "d", "orsay"});
  CHECK(words_of("the U.S. and U.K.-led U.S.'s") == Words{"the", "us", "and", "uk", "led", "us"});
  CHECK(words_of("1,000,000 at 3.5% (12:30)") == Words{"1000000", "at", "3.5", "12", "30"});
  CHECK(words_of("AT&T R&D a & b") == Words{"at&t", "r&d", "a", "b"});
  CHECK(words_of("US-led, covid-19.") == Words{"us", "led", "covid", "19"});
  CHECK(words_of("end. A start") == Words{"end", "a", "start"});
  CHECK(words_of("") == Words{});
  CHECK(words_of("—…!?") == Words{});
}

TEST_CASE("scripts without spaces give a word a character", "[tokenizer]") {
  CHECK(words_of("习近平访问Moscow") == Words{"习", "近", "平", "访", "问", "moscow"});
}

TEST_CASE("spans say where a word stands, its possessive included", "[tokenizer]") {
  const std::string text = "… China’s U.S. é";
  Tokenizer t(text);
  REQUIRE(t.next());
  CHECK(text.substr(t.span().begin, t.span().end - t.span().begin) == "China’s");
  REQUIRE(t.next());
  CHECK(text.substr(t.span().begin, t.span().end - t.span().begin) == "U.S.");
  REQUIRE(t.next());
  CHECK(text.substr(t.span().begin, t.span().end - t.span().begin) == "é");
  CHECK_FALSE(t.next());
}

TEST_CASE("any bytes give words in order, none too long for a term", "[tokenizer][hostile]") {
  std::mt19937 random(7);
  for (int round = 0; round < 500; ++round) {
    std::string text;
    for (int i = 0; i < 200; ++i) text += static_cast<char>(random() % 256);
    std::size_t last = 0;
    for (Tokenizer t(text); t.next();) {
      CHECK(t.span().begin >= last);
      CHECK(t.span().end > t.span().begin);
      CHECK(t.span().end <= text.size());
      CHECK_FALSE(t.word().empty());
      CHECK(t.word().size() <= Tokenizer::max_word_bytes);
      last = t.span().end;
    }
  }
  CHECK(words_of(std::string(100'000, 'x')).front().size() <= Tokenizer::max_word_bytes);
}

TEST_CASE("a character that is a word of its own ends the word before it", "[tokenizer]") {
  CHECK(words_of("a&\u5317 e.\u5317") == Words{"a", "\u5317", "e", "\u5317"});
}

TEST_CASE("all forms of a word have one stem, with and without accents", "[stemmer]") {
  Stemmer english("en");
  CHECK(std::string(english.stem_of("visiting")) == "visit");
  CHECK(std::string(english.stem_of("visited")) == "visit");
  CHECK(std::string(english.stem_of("z\u00FCrich")) == std::string(english.stem_of("zurich")));
  CHECK(std::string(english.stem_of("f16")) == "f16");
  CHECK(std::string(english.stem_of("at&t")) == "at&t");
  Stemmer german("de");
  CHECK(std::string(german.stem_of("h\u00E4user")) == std::string(german.stem_of("h\u00E4usern")));
}

TEST_CASE("a language without a stemmer leaves words as they are", "[stemmer]") {
  CHECK(std::string(Stemmer("xx").stem_of("visiting")) == "visiting");
}
