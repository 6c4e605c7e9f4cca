// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>

#include <algorithm>
#include <catch2/catch.hpp>
#include <chrono>
#include <iterator>
#include <random>
#include <utility>

#include "common/error.h"
#include "searcher/query/syntax.h"
#include "tests/support/query_tree.h"

using namespace dateline;
using test::can_be_spelt;
using test::same_tree;
using Kind = QueryNode::Kind;

namespace {

const Day today = parse_day_range("2023-03-17").value().first;

std::string name_of_kind(const QueryNode& node) {
  switch (node.kind) {
    case Kind::near:
      return fmt::format("near {}", node.number);
    case Kind::ordered:
      return fmt::format("ordered {}", node.number);
    case Kind::at_least:
      return fmt::format("at-least {}", node.number);
    case Kind::first:
      return fmt::format("first {}", node.number);
    case Kind::sentence:
      return "sentence";
    case Kind::paragraph:
      return "paragraph";
    case Kind::all:
      return "all";
    case Kind::any:
      return "any";
    case Kind::all_but:
      return "but";
    case Kind::phrase:
      return "phrase";
    case Kind::word:
    case Kind::wildcard:
    case Kind::fuzzy:
    case Kind::value:
    case Kind::date:
      break;
  }
  return "leaf";
}

std::string show_leaf(const QueryNode& node) {
  const std::string field = node.field == QueryField::title  ? "title:"
                            : node.field == QueryField::body ? "body:"
                                                             : "";
  switch (node.kind) {
    case Kind::wildcard:
      return field + "like/" + node.text;
    case Kind::fuzzy:
      return field + '~' + node.text;
    case Kind::value:
      return fmt::format("{}={}{}", node.facet ? name_of(*node.facet) : "entity",
                         node.pattern ? "like/" : "", node.text);
    case Kind::date:
      if (!node.days) return "undated";
      return format_day(node.days->first) + ".." + format_day(node.days->last);
    default:
      return field + node.text;
  }
}

/// The tree as text: words bare, all else in parentheses behind its kind.
std::string show(const QueryNode& node) {
  std::string text;
  if (const auto name = name_of_kind(node); name == "leaf") {
    text = show_leaf(node);
  } else {
    text = '(' + name;
    for (const auto& child : node.children) text += ' ' + show(child);
    text += ')';
  }
  return node.boost == 1 ? text : text + fmt::format("^{}", node.boost);
}

std::string all(std::string_view query) { return show(parse_query(query, QueryMode::all, today)); }
std::string any(std::string_view query) { return show(parse_query(query, QueryMode::any, today)); }

/// What is said of a query that is refused; its remedy must not be empty.
std::string refusal(std::string_view query, QueryMode mode = QueryMode::all) {
  try {
    parse_query(query, mode, today);
  } catch (const Error& e) {
    CHECK(e.code() == ExitCode::usage);
    CHECK_FALSE(e.remedy().empty());
    return e.what();
  }
  return "accepted";
}

std::string remedy(std::string_view query) {
  try {
    parse_query(query, QueryMode::all, today);
  } catch (const Error& e) {
    return e.remedy();
  }
  return "accepted";
}

/// Whether `query` is refused for `cause` with the caret under the place of '^' in `caret`.
void check_refused(const std::string& query, const std::string& cause, const std::string& caret) {
  INFO(query);
  CHECK(refusal(query) == cause + "\n  " + query + "\n  " + caret);
}

}  // namespace

TEST_CASE("what stands in quotation marks is meant as it is written", "[query]") {
  const auto parse = [](std::string_view text) { return parse_query(text, QueryMode::all, {}); };
  CHECK(parse("\"storms\"").exact);
  CHECK_FALSE(parse("storms").exact);
  CHECK(parse("\"storm warnings\"").children.at(1).exact);
  CHECK(parse_query("\"storms\"", QueryMode::any, {}).exact);
}

TEST_CASE("query: words must all match, OR binds closer, NOT and - exclude", "[query]") {
  CHECK(all("xi visit moscow") == "(all xi visit moscow)");
  CHECK(all("xi") == "xi");
  CHECK(all("a b OR c d") == "(all a (any b c) d)");
  CHECK(all("a AND b") == "(all a b)");
  CHECK(all("a -b NOT c") == "(but a b c)");
  CHECK(all("a AND NOT b AND -c d") == "(but (all a d) b c)");
  CHECK(all("-b") == "(but (all) b)");
  CHECK(all("NOT NOT b") == "b");
  CHECK(all("a OR -b") == "(any a (but (all) b))");
  CHECK(all("(a OR b) (c OR d)") == "(all (any a b) (any c d))");
  CHECK(all("a (b (c d))") == "(all a (all b (all c d)))");
  CHECK(all("and or not near first same") == "(all and or not near first same)");
}

TEST_CASE("query: a blank text asks for every article", "[query]") {
  CHECK(all("") == "(all)");
  CHECK(all(" \t\n") == "(all)");
  CHECK(all("\u3000\u00A0") == "(all)");
  CHECK(any("  ") == "(all)");
}

TEST_CASE("query: quotes, hyphens and initials keep words together", "[query]") {
  CHECK(all("\"Wall Street Journal\"") == "(phrase wall street journal)");
  CHECK(all("covid-19 U.S.") == "(all (phrase covid 19) us)");
  CHECK(all("\"summit\"") == "summit");
  CHECK(all("“Wind farm” x") == "(all (phrase wind farm) x)");
  CHECK(all("„Wind farm“ „x y”") == "(all (phrase wind farm) (phrase x y))");
  CHECK(all("O’Brien's") == "obrien");
  CHECK(all("习近平") == "(phrase 习 近 平)");
  CHECK(all("foo\"a b\"") == "(all foo (phrase a b))");
  CHECK(all("a\u3000OR\u00A0b") == "(any a b)");
}

TEST_CASE("query: wildcards keep the shape that the tokenizer gives the word", "[query]") {
  CHECK(all("Den*") == "like/den*");
  CHECK(all("wom*n *burg a*b**c") == "(all like/wom*n like/*burg like/a*b*c)");
  CHECK(all("ÉL*") == "like/él*");
  CHECK(all("(Den*, O'Br*)") == "(all like/den* like/obr*)");
  CHECK(all("\"den* ~war x\"") == "(phrase like/den* ~war x)");
  CHECK(all("a*") == "like/a*");
}

TEST_CASE("query: a fuzzy word has its ~ in front", "[query]") {
  CHECK(all("~Putin") == "~putin");
  CHECK(all("-~putin x") == "(but x ~putin)");
  CHECK(all("5 ~ 6") == "(all 5 6)");
}

TEST_CASE("query: title: and body: hold for a word, a phrase, a shape and a group", "[query]") {
  CHECK(all("title:visit") == "title:visit");
  CHECK(all("title: visit") == "title:visit");
  CHECK(all("title:(xi moscow) war") == "(all (all title:xi title:moscow) war)");
  CHECK(all("body:\"xi visit\"") == "(phrase body:xi body:visit)");
  CHECK(all("title:den* body:~xi") == "(all title:like/den* body:~xi)");
  CHECK(all("title:covid-19") == "(phrase title:covid title:19)");
  CHECK(all("-title:x y") == "(but y title:x)");
}

TEST_CASE("query: colons that no field stands before are punctuation", "[query]") {
  CHECK(all("so: well:,") == "(all so well)");
  CHECK(all("12:30 http://a.example") == "(all (phrase 12 30) (phrase http a example))");
}

TEST_CASE("query: punctuation between words asks for nothing", "[query]") {
  CHECK(all("a - b …") == "(all a b)");
  CHECK(all("« a »") == "a");
  CHECK(all("a -… b -> --c & d") == "(all a b c d)");
}

TEST_CASE("query: fields about articles take a value, a quoted one or a group", "[query]") {
  CHECK(all("source:CNN") == "source=CNN");
  CHECK(all("source:\" New York Times \"") == "source=New York Times");
  CHECK(all("source:(cnn OR \"New York Times\")") == "(any source=cnn source=New York Times)");
  CHECK(all("source: cnn x") == "(all source=cnn x)");
  CHECK(all("person:(\"Xi Jinping\" Putin -Biden)") ==
        "(but (all person=Xi Jinping person=Putin) person=Biden)");
  CHECK(all("author:a org:b place:c entity:d topic:e lang:de") ==
        "(all author=a org=b place=c entity=d topic=e lang=de)");
  CHECK(all("author:unknown -source:unknown") == "(but author=unknown source=unknown)");
  CHECK(all("source:New*") == "source=like/New*");
  CHECK(all("source:\"new*times\"") == "source=like/new*times");
  CHECK(all("place:OR source:a:b") == "(all place=OR source=a:b)");
  CHECK(all("source:((cnn) OR (bbc OR x))") == "(any source=cnn (any source=bbc source=x))");
  CHECK(all("source:(-cnn -bbc)") == "(but (all) source=cnn source=bbc)");
  CHECK(all("entity:“\"X\" Corp”") == "entity=\"X\" Corp");
  CHECK(all("source:(cnn) x^2 (title:y)") == "(all source=cnn x^2 title:y)");
}

TEST_CASE("query: dates are years, months, days, ranges and words", "[query]") {
  CHECK(all("date:2023") == "2023-01-01..2023-12-31");
  CHECK(all("date:2023-02") == "2023-02-01..2023-02-28");
  CHECK(all("date:2023-02-03..") == "2023-02-03..9999-12-31");
  CHECK(all("date:..2023-02-03") == "1605-01-01..2023-02-03");
  CHECK(all("date:Undated") == "undated");
  CHECK(all("date:yesterday x") == "(all 2023-03-16..2023-03-16 x)");
  CHECK(all("date:\"Last 3 weeks\"") == "2023-02-25..2023-03-17");
  CHECK(all("date:last-3-weeks") == "2023-02-25..2023-03-17");
  CHECK(all("date:(2022 OR undated)") == "(any 2022-01-01..2022-12-31 undated)");
}

TEST_CASE("query: operators of place join words, phrases and alternatives", "[query]") {
  CHECK(all("a NEAR/5 b") == "(near 5 a b)");
  CHECK(all("a ADJ/3 \"b c\"") == "(ordered 3 a (phrase b c))");
  CHECK(all("a SENTENCE b PARAGRAPH c") == "(paragraph (sentence a b) c)");
  CHECK(all("ATLEAST/3 x") == "(at-least 3 x)");
  CHECK(all("FIRST/50 (x NEAR/2 den*)") == "(first 50 (near 2 x like/den*))");
  CHECK(all("ATLEAST/2 (x OR ~y)") == "(at-least 2 (any x ~y))");
  CHECK(all("title:(a NEAR/999 b)") == "(near 999 title:a title:b)");
  CHECK(all("body:a NEAR/1 b") == "(near 1 body:a b)");
  CHECK(all("(title:a OR body:b) NEAR/1 title:c") == "(near 1 (any title:a body:b) title:c)");
  CHECK(all("((a NEAR/2 b) OR c) ADJ/1 d") == "(ordered 1 (any (near 2 a b) c) d)");
}

TEST_CASE("query: unary binds closest, then OR, then place from the left, then AND", "[query]") {
  CHECK(all("a NEAR/5 b OR c d") == "(all (near 5 a (any b c)) d)");
  CHECK(all("a OR b NEAR/5 c OR d AND e") == "(all (near 5 (any a b) (any c d)) e)");
  CHECK(all("a NEAR/5 b ADJ/3 c") == "(ordered 3 (near 5 a b) c)");
  CHECK(all("a NEAR/5 (b ADJ/3 c)") == "(near 5 a (ordered 3 b c))");
  CHECK(all("ATLEAST/2 a OR b") == "(any (at-least 2 a) b)");
  CHECK(all("NOT ATLEAST/2 a b") == "(but b (at-least 2 a))");
  CHECK(all("x -(a NEAR/5 b)") == "(but x (near 5 a b))");
}

TEST_CASE("query: spellings of other services mean the same", "[query]") {
  const std::pair<const char*, const char*> aliases[] = {
      {"a W/5 b", "a NEAR/5 b"},      {"a NEAR5 b", "a NEAR/5 b"},   {"a PRE/3 b", "a ADJ/3 b"},
      {"a ADJ3 b", "a ADJ/3 b"},      {"a W/S b", "a SENTENCE b"},   {"a W/P b", "a PARAGRAPH b"},
      {"a SAME b", "a PARAGRAPH b"},  {"ATLEAST3 x", "ATLEAST/3 x"}, {"ATLEAST3(x)", "ATLEAST/3 x"},
      {"ATLEAST/3(x)", "ATLEAST/3 x"}};
  for (const auto& [alias, meaning] : aliases) {
    INFO(alias);
    CHECK(all(alias) == all(meaning));
    CHECK(all(meaning).find('(') == 0);
  }
  CHECK(all("George W Bush W5 PRE3 FIRST5 NEARBY ADJUST") ==
        "(all george w bush w5 pre3 first5 nearby adjust)");
}

TEST_CASE("query: a boost counts what it stands behind", "[query]") {
  CHECK(all("a^2 b") == "(all a^2 b)");
  CHECK(all("a^1.5") == "a^1.5");
  CHECK(all("\"a b\"^0.01") == "(phrase a b)^0.01");
  CHECK(all("(a OR b)^100 title:c^3 title:(d e)^4") ==
        "(all (any a b)^100 title:c^3 (all title:d title:e)^4)");
  CHECK(all("ATLEAST/2 a^2") == "(at-least 2 a^2)");
  CHECK(all("(a NEAR/2 b)^2 den*^3 ~x^4") == "(all (near 2 a b)^2 like/den*^3 ~x^4)");
  CHECK(all("--a^2") == "a^2");
}

TEST_CASE("query: each node tells where it was written", "[query]") {
  const auto node =
      parse_query("xi \"a den*\" NEAR/5 (b OR c) -source:\"N Y\" d", QueryMode::all, today);
  REQUIRE(show(node) == "(but (all xi (near 5 (phrase a like/den*) (any b c)) d) source=N Y)");
  CHECK(node.at == 28);
  CHECK(node.children[1].at == 37);
  const auto& list = node.children[0];
  CHECK(list.at == 3);
  CHECK(list.children[0].at == 0);
  const auto& near = list.children[1];
  CHECK(near.at == 12);
  CHECK(near.children[0].at == 3);
  CHECK(near.children[0].children[1].at == 6);
  CHECK(near.children[1].at == 22);
  CHECK(parse_query("a AND ATLEAST/2 b", QueryMode::all, today).at == 2);
  CHECK(parse_query("a AND ATLEAST/2 b", QueryMode::all, today).children[1].at == 6);
}

TEST_CASE("query: running text is a query as it is with --any", "[query]") {
  CHECK(any("IONOSPHERIC DRIFTS NEAR THE EQUATOR AND NOT") ==
        "(any ionospheric drifts near the equator and not)");
  CHECK(any("such as: 1) bile duct (or) 2) cell*") == "(any such as 1 bile duct or 2 cell)");
  CHECK(any("high-speed \"wind tunnel\" -model") ==
        "(but (any (any high speed) (phrase wind tunnel)) model)");
  CHECK(any("title:war peace") == "(any title:war peace)");
  CHECK(any("a 5\" bolt, author: note:x") == "(any a 5 bolt author (any note x))");
  CHECK(any("a NEAR/5 b^2 ~c source:x") == "(any a (any near 5) (any b 2) c (any source x))");
  CHECK(any("ATLEAST/3 “a b” date:2023") == "(any (any atleast 3) a b (any date 2023))");
  CHECK(any("-storm") == "(but (all) storm)");
  CHECK(any("a -(-b") == "(any a b)");
  CHECK(any("war") == "war");
  CHECK(any("a \"\" b") == "(any a b)");
  CHECK(refusal("a -\"…\"", QueryMode::any) ==
        "there is no word to exclude here\n  a -\"…\"\n     ^");
  CHECK(refusal("title:title:x", QueryMode::any) ==
        "a field stands inside a field here\n  title:title:x\n        ^");
  CHECK(refusal("...", QueryMode::any) == "there is no word to look for here\n  ...\n  ^");
}

TEST_CASE("query: what is opened and not closed, or empty, is refused", "[query]") {
  check_refused("xi \"visit moscow", "a quotation mark is opened here and not closed", "   ^");
  check_refused("xi “visit moscow\"", "a quotation mark is opened here and not closed", "   ^");
  check_refused("(xi visit", "a parenthesis is opened here and not closed", "^");
  check_refused("北京) x", "this parenthesis closes none", "    ^");
  check_refused("a ()", "nothing stands between these parentheses", "  ^");
  check_refused("a (…) b", "nothing stands between these parentheses", "  ^");
  check_refused("a \"…\"", "there is no word between these quotation marks", "  ^");
  check_refused("a -\"\"", "there is no word between these quotation marks", "   ^");
  check_refused("...", "there is no word to look for here", "^");
  check_refused("xi title:", "there is nothing to look for here", "         ^");
  check_refused("a ” b", "this quotation mark closes none", "  ^");
  check_refused("‘wind farm’", "a single quotation mark encloses no phrase", "^");
}

TEST_CASE("query: operators without what they join are refused", "[query]") {
  check_refused("xi OR", "nothing stands after 'OR'", "   ^");
  check_refused("xi OR …", "nothing stands after 'OR'", "   ^");
  check_refused("AND xi", "nothing stands before 'AND'", "^");
  check_refused("a AND AND b", "nothing stands before 'AND'", "      ^");
  check_refused("a AND OR b", "nothing stands before 'OR'", "      ^");
  check_refused("(a NOT) b", "nothing stands after 'NOT'", "   ^");
  check_refused("a -()", "nothing stands between these parentheses", "   ^");
  check_refused("a NEAR/5", "nothing stands after 'NEAR/5'", "  ^");
  check_refused("SENTENCE a", "nothing stands before 'SENTENCE'", "^");
  check_refused("ATLEAST/3", "nothing stands after 'ATLEAST/3'", "^");
  check_refused("title:AND", "nothing stands before 'AND'", "      ^");
}

TEST_CASE("query: numbers of operators are needed and bounded", "[query]") {
  check_refused("a NEAR b", "'NEAR' needs a number", "  ^");
  check_refused("AMERICA FIRST", "'FIRST' needs a number", "        ^");
  check_refused("a W/O b", "'W/O' needs a number", "  ^");
  check_refused("a NEAR/5/3 b", "'NEAR/5/3' needs a number", "  ^");
  check_refused("a NEAR/ b", "'NEAR/' needs a number", "  ^");
  check_refused("a ADJ/0 b", "the number of ADJ is 1 to 999", "      ^");
  check_refused("a W/1000 b", "the number of W is 1 to 999", "    ^");
  check_refused("ATLEAST99999999999999999999 b", "the number of ATLEAST is 1 to 999", "       ^");
}

TEST_CASE("query: operators in small letters are refused where they can mean nothing else",
          "[query]") {
  check_refused("a near/5 b", "'near/5' is an operator in capitals only", "  ^");
  check_refused("a w/s b", "'w/s' is an operator in capitals only", "  ^");
  check_refused("a near5 b", "'near5' is an operator in capitals only", "  ^");
  check_refused("Atleast/3 b", "'Atleast/3' is an operator in capitals only", "^");
  CHECK(remedy("a near/5 b").starts_with("write NEAR/5,"));
  CHECK(all("\"near5\" and/or near/miss") == "(all near5 (phrase and or) (phrase near miss))");
}

TEST_CASE("query: what has no place in the text is refused beside NEAR and its like", "[query]") {
  const std::string about = " is about words, phrases and alternatives; ";
  check_refused("a NEAR/5 (b AND c)", "NEAR/5" + about + "AND, or a space, has no place in it",
                "            ^");
  check_refused("a NEAR/5 (b c)", "NEAR/5" + about + "AND, or a space, has no place in it",
                "            ^");
  check_refused("(a OR (b c)) SAME d", "PARAGRAPH" + about + "AND, or a space, has no place in it",
                "         ^");
  check_refused("a NEAR/5 -b", "NEAR/5" + about + "NOT has no place in it", "         ^");
  check_refused("NOT a ADJ/5 b", "ADJ/5" + about + "NOT has no place in it", "^");
  check_refused("a OR -b SENTENCE c", "SENTENCE" + about + "NOT has no place in it", "     ^");
  check_refused("a NEAR/5 source:cnn", "NEAR/5" + about + "a value of a field has no place in it",
                "                ^");
  check_refused("FIRST/5 date:2023", "FIRST/5" + about + "a date has no place in it",
                "             ^");
  check_refused("ATLEAST/3 x NEAR/5 y", "NEAR/5" + about + "ATLEAST has no place in it", "^");
  check_refused("ATLEAST/3 (FIRST/9 x)", "ATLEAST/3" + about + "FIRST has no place in it",
                "           ^");
  check_refused("ATLEAST/3 FIRST/9 x", "'FIRST/9' has no place after ATLEAST/3", "          ^");
  check_refused("ATLEAST/3 -x", "'-' has no place after ATLEAST/3", "          ^");
  check_refused("title:a NEAR/5 body:b",
                "NEAR/5 joins words of one field, and these are of title and body", "        ^");
  check_refused("(a NEAR/5 title:b) ADJ/2 body:c",
                "ADJ/2 joins words of one field, and these are of title and body",
                "                   ^");
  check_refused("(title:a NEAR/5 b) ADJ/2 body:c",
                "ADJ/2 joins words of one field, and these are of title and body",
                "                   ^");
}

TEST_CASE("query: fields that do not exist or hold fields are refused", "[query]") {
  check_refused("headline:smith", "there is no field 'headline'", "^");
  check_refused("x Title:smith", "there is no field 'Title'", "  ^");
  CHECK(remedy("Title:smith") == "write title:");
  CHECK(remedy("foo:smith").starts_with("name one of title, body, author, lang, source, person"));
  check_refused("title:title:x", "a field stands inside a field here", "      ^");
  check_refused("title:(a source:cnn)", "a field stands inside a field here", "         ^");
  check_refused("title:-x", "'-' has no place here", "      ^");
  check_refused("title:NOT x", "'NOT' has no place here", "      ^");
  check_refused("title:FIRST/5 x", "'FIRST/5' has no place here", "      ^");
}

TEST_CASE("query: values that an article cannot have are refused", "[query]") {
  check_refused("source:(cnn bbc)", "an article has one source, never both of these",
                "            ^");
  check_refused("lang:(de AND fr)", "an article has one lang, never both of these", "         ^");
  check_refused("date:(2022 2023)", "an article has one date, never both of these", "           ^");
  CHECK(remedy("source:(cnn bbc)") == "join them with OR: source:(A OR B)");
  check_refused("source:-cnn", "'-' has no place here", "       ^");
  check_refused("source:~cnn",
                "'~' is about words of the text, not about a value of source:", "       ^");
  check_refused("source:cnn^2",
                "'^' is about words of the text, not about a value of source:", "          ^");
  check_refused("source:\"cnn\"^2", "only words count in the ranking, not values of a field",
                "            ^");
  check_refused("author:*", "'*' alone would stand for every value", "       ^");
  check_refused("author:,", "there is no value of author: here", "       ^");
  check_refused("author:\" \"", "there is no value of author: here", "         ^");
  check_refused("person:(a NEAR/5 b)",
                "NEAR/5 is about words of the text, not about values of person:", "          ^");
  check_refused("person:(FIRST/5 b)",
                "FIRST/5 is about words of the text, not about values of person:", "        ^");
  check_refused("source:", "there is nothing to look for here", "       ^");
}

TEST_CASE("query: dates that are none are refused", "[query]") {
  check_refused("x date:\"last month\"", "'last month' is no date", "        ^");
  check_refused("date:last 3 weeks", "'last' is no date", "     ^");
  check_refused("date:2023-02-30", "'2023-02-30' is no date", "     ^");
  check_refused("date:2023..2022", "'2023..2022' is no date", "     ^");
  check_refused("date:2023*", "'2023*' is no date", "     ^");
}

TEST_CASE("query: wildcards and fuzzy words that cannot be honoured are refused", "[query]") {
  check_refused("a * b", "'*' alone would stand for every word", "  ^");
  check_refused("\"a * b\"", "'*' alone would stand for every word", "   ^");
  const std::string several =
      "'*' stands for letters of one word, and these are several words or none";
  check_refused("covid-1*", several, "       ^");
  check_refused("\"x covid-1*\"", several, "          ^");
  check_refused("北*", several, "  ^");
  check_refused(",*,", several, " ^");
  check_refused("word~", "'~' stands before a word, not in or behind it", "    ^");
  check_refused("word~2 x", "'~' stands before a word, not in or behind it", "    ^");
  check_refused("~~word", "'~' stands before a word, not in or behind it", " ^");
  check_refused("\"a b~\"", "'~' stands before a word, not in or behind it", "    ^");
  check_refused("\"a b\"~5", "'~' stands before a word, not behind a phrase or a parenthesis",
                "     ^");
  check_refused("~covid-19", "'~' stands before one word", "^");
  check_refused("~den*", "'~' and '*' do not go together", "    ^");
  CHECK(refusal(std::string(61, 'x') + "*").starts_with("a word with '*' or '~' has at most 60"));
  CHECK(refusal("~" + std::string(61, 'x')).starts_with("a word with '*' or '~' has at most 60"));
}

TEST_CASE("query: boosts that cannot be honoured are refused", "[query]") {
  const std::string number = "a boost is a number from 0.01 to 100";
  check_refused("a^0", number, " ^");
  check_refused("a^101", number, " ^");
  check_refused("a^-2", number, " ^");
  check_refused("a^", number, " ^");
  check_refused("a^nan", number, " ^");
  check_refused("a^1e1", number, " ^");
  check_refused("a ^2", "a boost stands here behind nothing", "  ^");
  check_refused("^2 a", "a boost stands here behind nothing", "^");
  check_refused("(a^2)^3", "this is boosted already", "     ^");
  check_refused("a^2^3", "a boost stands here behind nothing", "   ^");
  check_refused("x -a^2", "what is excluded does not count in the ranking", "    ^");
  check_refused("x -(a OR b^2)", "what is excluded does not count in the ranking", "          ^");
}

TEST_CASE("query: operators of other languages are refused, not passed over", "[query]") {
  check_refused("a && b", "'&&' is no operator here", "  ^");
  check_refused("a || b", "'||' is no operator here", "  ^");
  check_refused("[a b] OR c", "'[' holds nothing together here", "^");
  check_refused("a !b", "'!' excludes nothing here", "  ^");
  check_refused("a /5 b", "'/5' is no operator here", "  ^");
  check_refused("a /s b", "'/s' is no operator here", "  ^");
  check_refused("toyota/F50/", "numbers between slashes are no operators here", "      ^");
  check_refused("wom?n", "'?' stands for no letter here", "   ^");
  CHECK(all("why? Yahoo! AT&T /etc/fstab a/f b") ==
        "(all why yahoo at&t (phrase etc fstab) (phrase a f) b)");
}

TEST_CASE("query: the index's own refusals look like the parser's", "[query]") {
  try {
    refuse_query("x\ta* y", 2, "too many words", "more letters");
  } catch (const Error& e) {
    CHECK(e.code() == ExitCode::usage);
    CHECK(std::string(e.what()) == "too many words\n  x a* y\n    ^");
    CHECK(e.remedy() == "more letters");
  }
  CHECK_THROWS_AS(refuse_query("x", 99, "cause", "remedy"), Error);
}

TEST_CASE("query: absurd ones are refused, quickly and in bounded memory", "[query][hostile]") {
  CHECK(refusal(std::string(1U << 20, 'x')).starts_with("the query has 1048576 bytes"));
  CHECK(refusal(std::string(1000, '(') + "x").starts_with("parentheses stand more than 100"));
  std::string many;
  for (int i = 0; i < 10'000; ++i) many += "w ";
  CHECK(refusal(many).starts_with("more than 2000 words"));
  CHECK(refusal(many, QueryMode::any).starts_with("more than 2000 words"));
  std::string values;
  for (int i = 0; i < 2'100; ++i) values += "topic:a OR ";
  CHECK(refusal(values + "x").starts_with("more than 2000 words"));
  CHECK(any(std::string(60'000, '(') + "x") == "x");
  CHECK(all(std::string(60'000, '-') + "x") == "x");
  std::string nots;
  for (int i = 0; i < 16'000; ++i) nots += "NOT ";
  CHECK(all(nots + "x") == "x");
  CHECK(all(std::string(100, '(') + "x" + std::string(100, ')')) == "x");
}

TEST_CASE("query: long ones take a time in proportion to their length", "[query][hostile]") {
  for (const std::string part :
       {"title:", "-title:", "-a", "(a) ", "\"a\"", "a　", "/f1", "source: "}) {
    std::string text;
    while (text.size() + part.size() <= max_query_bytes) text += part;
    INFO(part);
    const auto start = std::chrono::steady_clock::now();
    refusal(text);
    CHECK(std::chrono::steady_clock::now() - start < std::chrono::seconds{3});
  }
}

TEST_CASE("query: chains of operators are bounded in depth, lists are not", "[query][hostile]") {
  std::string chain = "w";
  for (int i = 0; i < 99; ++i) chain += " NEAR/5 w";
  CHECK(all(chain).starts_with("(near 5 (near 5 "));
  CHECK(refusal(chain + " NEAR/5 w").starts_with("operators stand more than 100 deep"));
  std::string longest = "w";
  for (int i = 0; i < 1'999; ++i) longest += " NEAR/5 w";
  CHECK(refusal(longest).starts_with("operators stand more than 100 deep"));
  std::string alternatives = "w";
  for (int i = 0; i < 1'999; ++i) alternatives += " OR w";
  CHECK(parse_query(alternatives, QueryMode::all, today).children.size() == 2'000);
}

TEST_CASE("query: a refusal of a long one shows only the place", "[query]") {
  const auto text = refusal(std::string(5'000, 'x') + " )");
  CHECK(text.size() < 400);
}

TEST_CASE("query: its fullest form has every operator and parenthesis", "[query]") {
  const auto full = [](std::string_view text, QueryMode mode = QueryMode::all) {
    return format_query(parse_query(text, mode, today));
  };
  CHECK(full("Xi visit OR trip -\"wind farm\"") ==
        "(xi AND (visit OR trip)) AND NOT \"wind farm\"");
  CHECK(full("title:(a b)^2 covid-19") == "(title:a AND title:b)^2 AND \"covid 19\"");
  CHECK(full("a W/5 b SAME title:\"c den*\"") == "(a NEAR/5 b) PARAGRAPH title:\"c den*\"");
  CHECK(full("ATLEAST3(x) FIRST/9 ~y^1.5") == "(ATLEAST/3 x) AND (FIRST/9 ~y^1.5)");
  CHECK(full("source:New* entity:“\"X\" Co”") == "source:\"New*\" AND entity:“\"X\" Co”");
  CHECK(full("date:2023-03 date:today date:2023.. date:undated") ==
        "date:2023-03-01..2023-03-31 AND date:2023-03-17 AND date:2023-01-01.. AND date:undated");
  CHECK(full("-b") == "NOT b");
  CHECK(full("").empty());
  CHECK(full("(a OR b)^2") == "(a OR b)^2");
  CHECK(full("high-speed war", QueryMode::any) == "(high OR speed) OR war");
  CHECK(full("\"near5\"") == "\"near5\"");
}

namespace {

/// Trees as the parser could have made them, of at most a few levels.
class RandomTrees {
 public:
  explicit RandomTrees(unsigned seed) : random_(seed) {}

  QueryNode tree() { return node(3, false); }

 private:
  std::size_t below(std::size_t bound) { return random_() % bound; }

  QueryNode leaf(Kind kind, QueryField field, const char* text) {
    QueryNode made;
    made.kind = kind;
    made.field = field;
    made.text = text;
    return made;
  }

  QueryNode text_leaf(QueryField field) {
    static constexpr const char* words[] = {"storm", "adj3", "at&t", "3.5", "é", "not", "習", "w5"};
    static constexpr const char* shapes[] = {"den*", "*burg", "wo*m*n"};
    switch (below(3)) {
      case 0:
        return leaf(Kind::wildcard, field, shapes[below(3)]);
      case 1:
        return leaf(Kind::fuzzy, field, words[below(8)]);
      default: {
        const auto which = below(8);
        auto made = leaf(Kind::word, field, words[which]);
        const bool is_like_an_operator = which == 1 || which == 5;
        made.exact = is_like_an_operator || below(3) == 0;
        return made;
      }
    }
  }

  QueryNode with_children(Kind kind, std::vector<QueryNode> children) {
    QueryNode made;
    made.kind = kind;
    made.children = std::move(children);
    return made;
  }

  /// What may stand in a place of the text.
  QueryNode placed(int levels, QueryField field) {
    static constexpr Kind joins[] = {Kind::near, Kind::ordered, Kind::sentence, Kind::paragraph};
    if (levels == 0 || below(3) == 0) {
      if (below(2) == 0) return text_leaf(field);
      auto phrase =
          with_children(Kind::phrase, {text_leaf(field), text_leaf(field), text_leaf(field)});
      for (auto& word : phrase.children) word.exact = word.kind == Kind::word;
      return phrase;
    }
    const auto kind = below(4) == 0 ? Kind::any : joins[below(4)];
    auto made = with_children(kind, {placed(levels - 1, field), placed(levels - 1, field)});
    if (kind == Kind::near || kind == Kind::ordered) made.number = 1 + below(max_query_number);
    return made;
  }

  QueryNode counted(int levels, QueryField field) {
    auto made =
        with_children(below(2) == 0 ? Kind::at_least : Kind::first, {placed(levels, field)});
    made.number = 1 + below(max_query_number);
    return made;
  }

  QueryNode value() {
    static constexpr const char* values[] = {"CNN",     "New York Times", "a*",
                                             "unknown", "x \"y\" z",      "so (so) - OR ^2 ~"};
    auto made = leaf(Kind::value, QueryField::text, values[below(6)]);
    made.pattern = made.text.find('*') != std::string::npos;
    if (const auto which = below(value_facets.size() + 1); which < value_facets.size()) {
      made.facet = value_facets[which];
    }
    return made;
  }

  QueryNode date() {
    QueryNode made;
    made.kind = Kind::date;
    const Day first = below(3) == 0 ? earliest_day() : today - std::chrono::days{below(9)};
    const Day last = below(3) == 0 ? latest_range_day() : today + std::chrono::days{below(3)};
    if (below(4) > 0) made.days = DayRange{first, last};
    return made;
  }

  QueryNode list(Kind kind, int levels, bool excluded) {
    std::vector<QueryNode> children;
    const auto size = 2 + below(2);
    for (std::size_t i = 0; i < size; ++i) {
      children.push_back(node(levels - 1, excluded || (kind == Kind::all_but && i > 0)));
    }
    if (kind == Kind::all_but && below(3) == 0) children.front() = {};
    return with_children(kind, std::move(children));
  }

  QueryNode node(int levels, bool excluded) {
    static constexpr QueryField fields[] = {QueryField::text, QueryField::title, QueryField::body};
    static constexpr Kind lists[] = {Kind::all, Kind::any, Kind::all_but};
    static constexpr double boosts[] = {0.01, 0.3, 2, 1.0 / 3, 100};
    if (levels == 0 && below(3) == 0) return below(2) == 0 ? value() : date();
    const auto field = fields[below(3)];
    auto made = levels > 0 && below(2) == 0 ? list(lists[below(3)], levels, excluded)
                : below(4) == 0             ? counted(levels, field)
                                            : placed(levels, field);
    if (!excluded && below(4) == 0 && has_word(made)) made.boost = boosts[below(5)];
    return made;
  }

  static bool has_word(const QueryNode& made) {
    if (made.kind == Kind::word || made.kind == Kind::wildcard || made.kind == Kind::fuzzy) {
      return true;
    }
    return std::ranges::any_of(made.children, has_word);
  }

  std::mt19937 random_;
};

}  // namespace

TEST_CASE("query: whatever was understood reads back as the same", "[query]") {
  RandomTrees random(20230317);
  for (int round = 0; round < 3'000; ++round) {
    const auto tree = random.tree();
    const auto full = format_query(tree);
    INFO(full);
    const auto again = parse_query(full, QueryMode::all, today);
    REQUIRE(same_tree(again, tree));
    REQUIRE(format_query(again) == full);
  }
}

TEST_CASE("query: any bytes are parsed or refused, and read back as the same", "[query][hostile]") {
  std::mt19937 random(11);
  const std::string_view pieces[] = {
      "a",   "B",   "den*",   "~",    "*",         "^2",      "\"",    "“",    "”",
      "(",   ")",   "-",      ":",    "title:",    "source:", "date:", "2023", "OR",
      "AND", "NOT", "NEAR/5", "SAME", "ATLEAST/2", "FIRST/9", "near5", "\xff", "\xc3",
      "\n",  "習",  "&",      ".",    " ",         " ",       " ",     " ",    " "};
  std::size_t understood = 0;
  for (int round = 0; round < 20'000; ++round) {
    std::string text;
    for (int i = 0; i < 12; ++i) text += pieces[random() % std::size(pieces)];
    const auto mode = round % 2 == 0 ? QueryMode::all : QueryMode::any;
    QueryNode query;
    try {
      query = parse_query(text, mode, today);
    } catch (const Error& e) {
      REQUIRE(e.code() == ExitCode::usage);
      continue;
    }
    if (!can_be_spelt(query)) continue;
    ++understood;
    INFO(text);
    REQUIRE(same_tree(parse_query(format_query(query), QueryMode::all, today), query));
  }
  CHECK(understood > 2'000);
}
