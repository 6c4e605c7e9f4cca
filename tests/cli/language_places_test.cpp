// SPDX-License-Identifier: GPL-3.0-or-later
#include <catch2/catch.hpp>

#include "tests/support/indexed_articles.h"

using namespace dateline;
using namespace dateline::test;

namespace {

const IndexedArticles& distances() {
  static const IndexedArticles set(
      bodies({{"a", "oil one two three four price"},
              {"b", "price one two three four oil"},
              {"c", "oil one two three four five price"},
              {"d", "oil price"}}) +
      article({{"id", "e"}, {"title", "Oil"}, {"text", "Price."}, {"lang", "en"}}));
  return set;
}

const IndexedArticles& stretches() {
  static const IndexedArticles set(
      bodies({{"one", "The price of oil rose. Nothing else did."},
              {"two", "Oil rose. The price fell."},
              {"apart", "Oil rose.\n\nThe price fell."},
              {"abbreviated", "Oil, said Mr. Price, rose."},
              {"asked", "Is there oil? Price it!"}}) +
      article({{"id", "title"}, {"title", "Oil"}, {"text", "Price."}, {"lang", "en"}}) +
      article({{"id", "deck"},
               {"title", "News"},
               {"deck", "On oil"},
               {"text", "Price."},
               {"lang", "en"}}));
  return set;
}

std::string filler(int words) {
  std::string text;
  for (int i = 0; i < words; ++i) text += "filler ";
  return text;
}

}  // namespace

TEST_CASE("language: NEAR/n finds words at most n words apart, in either order",
          "[cli][language]") {
  CHECK(distances().find("oil NEAR/5 price") == Ids{"a", "b", "d"});
  CHECK(distances().find("price NEAR/5 oil") == Ids{"a", "b", "d"});
  CHECK(distances().find("oil NEAR/1 price") == Ids{"d"});
  CHECK(distances().find("oil NEAR/4 price") == Ids{"d"});
  CHECK(distances().find("oil NEAR/6 price") == Ids{"a", "b", "c", "d"});
  CHECK(distances().find("oil NEAR/999 price") == Ids{"a", "b", "c", "d"});
  CHECK(distances().find("oil NEAR/5 oil").empty());
}

TEST_CASE("language: ADJ/n finds words at most n words apart, in this order", "[cli][language]") {
  CHECK(distances().find("oil ADJ/5 price") == Ids{"a", "d"});
  CHECK(distances().find("oil ADJ/6 price") == Ids{"a", "c", "d"});
  CHECK(distances().find("price ADJ/5 oil") == Ids{"b"});
  CHECK(distances().find("price ADJ/4 oil").empty());
}

TEST_CASE("language: SENTENCE finds words of one sentence", "[cli][language]") {
  CHECK(stretches().find("oil SENTENCE price") == Ids{"abbreviated", "one"});
  CHECK(stretches().find("price SENTENCE oil") == Ids{"abbreviated", "one"});
  CHECK(stretches().find("oil SENTENCE nothing").empty());
}

TEST_CASE("language: PARAGRAPH finds words of one paragraph", "[cli][language]") {
  CHECK(stretches().find("oil PARAGRAPH price") == Ids{"abbreviated", "asked", "one", "two"});
  CHECK(stretches().find("fell PARAGRAPH rose") == Ids{"two"});
}

TEST_CASE("language: ATLEAST/n finds what stands n times or more", "[cli][language]") {
  const IndexedArticles set(bodies({{"a", "Oil here. Oil there. Oils everywhere."},
                                    {"b", "Crude oil and crude oil."},
                                    {"c", "Oil, oil and gas."},
                                    {"d", "Crude oil, and oil that is crude."}}));
  CHECK(set.find("ATLEAST/3 oil") == Ids{"a"});
  CHECK(set.find("ATLEAST/2 oil") == Ids{"a", "b", "c", "d"});
  CHECK(set.find("ATLEAST/4 oil").empty());
  CHECK(set.find("ATLEAST/3 (oil OR gas)") == Ids{"a", "c"});
  CHECK(set.find("ATLEAST/2 \"crude oil\"") == Ids{"b"});
  CHECK(set.find("gas OR ATLEAST/3 oil") == Ids{"a", "c"});
  CHECK(set.find("ATLEAST/3 oil OR gas") == Ids{"a", "c"});
  CHECK(set.find("oil -ATLEAST/3 oil") == Ids{"b", "c", "d"});
  CHECK(set.find("ATLEAST/3 (oil OR \"crude oil\")") == Ids{"a"});
  CHECK(set.find("ATLEAST/2 (oil NEAR/1 crude)") == Ids{"b"});
}

TEST_CASE("language: words that stand very often in one article are counted in full",
          "[cli][language]") {
  const auto times = [](std::size_t n) {
    std::string words;
    for (std::size_t i = 0; i < n; ++i) words += "buffalo ";
    return words;
  };
  const IndexedArticles set(
      article({{"id", "a"}, {"title", times(5)}, {"text", times(200)}}) +
      article({{"id", "b"}, {"title", "Good day"}, {"text", times(63)}}) +
      article({{"id", "c"}, {"title", times(3)}, {"text", times(60)}}) +
      article({{"id", "d"}, {"title", "Good day"}, {"text", times(62) + "and more"}}));
  CHECK(set.find("ATLEAST/205 buffalo") == Ids{"a"});
  CHECK(set.find("ATLEAST/206 buffalo").empty());
  CHECK(set.find("ATLEAST/63 buffalo") == Ids{"a", "b", "c"});
  CHECK(set.find("ATLEAST/5 title:buffalo") == Ids{"a"});
  CHECK(set.find("ATLEAST/3 title:buffalo") == Ids{"a", "c"});
  CHECK(set.find("title:buffalo") == Ids{"a", "c"});
  CHECK(set.find("body:buffalo") == Ids{"a", "b", "c", "d"});
  CHECK(set.find("\"buffalo and more\"") == Ids{"d"});
}

TEST_CASE("language: FIRST/n finds what stands within the first n words", "[cli][language]") {
  const IndexedArticles set(
      article({{"id", "a"}, {"title", "Oil rises"}, {"text", "More to follow."}}) +
      article({{"id", "b"}, {"title", "Good day"}, {"text", filler(60) + "oil"}}) +
      article({{"id", "c"}, {"title", "Good day"}, {"text", "one two oil and more"}}) +
      article({{"id", "d"}, {"title", "Good day"}, {"deck", "one two oil"}, {"text", "More."}}));
  CHECK(set.find("FIRST/1 oil") == Ids{"a"});
  CHECK(set.find("FIRST/4 oil") == Ids{"a"});
  CHECK(set.find("FIRST/5 oil") == Ids{"a", "c", "d"});
  CHECK(set.find("FIRST/62 oil") == Ids{"a", "c", "d"});
  CHECK(set.find("FIRST/63 oil") == Ids{"a", "b", "c", "d"});
  CHECK(set.find("FIRST/4 \"two oil\"").empty());
  CHECK(set.find("FIRST/5 \"two oil\"") == Ids{"c", "d"});
  CHECK(set.find("FIRST/6 more") == Ids{"a", "d"});
  CHECK(set.find("FIRST/5 (one NEAR/2 oil)") == Ids{"c", "d"});
}

TEST_CASE("language: operators of place join phrases and alternatives", "[cli][language]") {
  const IndexedArticles set(bodies({{"a", "Gas under a price cap."},
                                    {"b", "The price of gas, no cap."},
                                    {"c", "Gas x price cap."},
                                    {"d", "Price cap x gas."},
                                    {"e", "The price cap of x for oil."}}));
  CHECK(set.find("(oil OR gas) NEAR/5 \"price cap\"") == Ids{"a", "c", "d", "e"});
  CHECK(set.find("(oil OR gas) NEAR/2 \"price cap\"") == Ids{"c", "d"});
  CHECK(set.find("gas NEAR/1 \"price cap\"").empty());
  CHECK(set.find("(oil OR gas) ADJ/3 \"price cap\"") == Ids{"a", "c"});
  CHECK(set.find("g* NEAR/3 \"pric* ~caps\"") == Ids{"a", "c", "d"});
  CHECK(set.find("~gass ADJ/2 pri*") == Ids{"c"});
  CHECK(set.find("gas NEAR/1 (\"price cap x\" OR cap)") == Ids{"d"});
  CHECK(set.find("gas NEAR/2 (\"price cap x\" OR cap)") == Ids{"b", "d"});
}

TEST_CASE("language: operators of place join each other", "[cli][language]") {
  const IndexedArticles set(bodies({{"a", "Oil and gas have a price."},
                                    {"b", "Oil and gas rose. The price fell."},
                                    {"c", "Oil is not much like gas in price."},
                                    {"d", "Coal, gas, gas, tar."}}));
  CHECK(set.find("(oil NEAR/2 gas) SENTENCE price") == Ids{"a"});
  CHECK(set.find("oil NEAR/2 gas SENTENCE price") == Ids{"a"});
  CHECK(set.find("price SENTENCE (gas NEAR/2 oil)") == Ids{"a"});
  CHECK(set.find("(oil NEAR/2 gas) PARAGRAPH price") == Ids{"a", "b"});
  CHECK(set.find("(oil NEAR/5 gas) ADJ/2 price") == Ids{"c"});
  CHECK(set.find("(coal NEAR/2 gas) ADJ/1 tar") == Ids{"d"});
  CHECK(set.find("tar NEAR/1 (gas NEAR/2 coal)") == Ids{"d"});
}

TEST_CASE("language: operators of place bind looser than OR and closer than a space",
          "[cli][language]") {
  const IndexedArticles set(bodies({{"a", "Oil x gas, and far from there a mine."},
                                    {"b", "Oil x coal, and far from there a mine."},
                                    {"c", "Oil x coal."},
                                    {"d", "Coal mine."},
                                    {"e", "Oil a b c d gas mine."}}));
  CHECK(set.find("oil NEAR/2 gas OR coal mine") == Ids{"a", "b"});
  CHECK(set.find("(oil NEAR/2 (gas OR coal)) AND mine") == Ids{"a", "b"});
  CHECK(set.find("mine gas OR coal NEAR/2 oil") == Ids{"a", "b"});
}

TEST_CASE("language: spellings of other services mean the same", "[cli][language]") {
  const auto same = [](const IndexedArticles& set, const char* theirs, const char* ours) {
    INFO(theirs);
    CHECK(set.find(theirs) == set.find(ours));
    CHECK_FALSE(set.find(ours).empty());
  };
  same(distances(), "oil W/5 price", "oil NEAR/5 price");
  same(distances(), "oil NEAR5 price", "oil NEAR/5 price");
  same(distances(), "oil PRE/5 price", "oil ADJ/5 price");
  same(distances(), "oil ADJ5 price", "oil ADJ/5 price");
  same(stretches(), "oil W/S price", "oil SENTENCE price");
  same(stretches(), "oil W/P price", "oil PARAGRAPH price");
  same(stretches(), "oil SAME price", "oil PARAGRAPH price");
  same(stretches(), "ATLEAST1(oil)", "ATLEAST/1 oil");
}
