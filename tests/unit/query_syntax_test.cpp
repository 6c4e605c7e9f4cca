// SPDX-License-Identifier: GPL-3.0-or-later
#include <catch2/catch.hpp>
#include <random>

#include "common/error.h"
#include "searcher/query/syntax.h"

using namespace dateline;

namespace {

/// The tree as text: words bare, phrases quoted, (all …), (any …), (but x without…).
std::string show(const QueryNode& node) {
  const std::string field = node.field == QueryField::title ? "title:" : "";
  std::string text;
  switch (node.kind) {
    case QueryNode::Kind::word:
      return field + node.words.front();
    case QueryNode::Kind::phrase:
      for (const auto& w : node.words) text += (text.empty() ? "" : " ") + w;
      return field + '"' + text + '"';
    case QueryNode::Kind::all:
      text = "(all";
      break;
    case QueryNode::Kind::any:
      text = "(any";
      break;
    case QueryNode::Kind::all_but:
      text = "(but";
      break;
  }
  for (const auto& child : node.children) text += ' ' + show(child);
  return text + ')';
}

std::string all(std::string_view query) { return show(parse_query(query, QueryMode::all)); }
std::string any(std::string_view query) { return show(parse_query(query, QueryMode::any)); }

/// What is said of a query that is refused.
std::string refusal(std::string_view query) {
  try {
    parse_query(query, QueryMode::all);
  } catch (const Error& e) {
    CHECK(e.code() == ExitCode::usage);
    CHECK_FALSE(e.remedy().empty());
    return e.what();
  }
  return "accepted";
}

}  // namespace

TEST_CASE("words must all match, OR binds closer, NOT and - exclude", "[query]") {
  CHECK(all("xi visit moscow") == "(all xi visit moscow)");
  CHECK(all("xi") == "xi");
  CHECK(all("") == "(all)");
  CHECK(all("a b OR c d") == "(all a (any b c) d)");
  CHECK(all("a AND b") == "(all a b)");
  CHECK(all("a -b NOT c") == "(but a b c)");
  CHECK(all("-b") == "(but (all) b)");
  CHECK(all("a OR -b") == "(any a (but (all) b))");
  CHECK(all("(a OR b) (c OR d)") == "(all (any a b) (any c d))");
  CHECK(all("and or not") == "(all and or not)");
}

TEST_CASE("quotes, hyphens and initials keep words together", "[query]") {
  CHECK(all("\"Wall Street Journal\"") == "\"wall street journal\"");
  CHECK(all("covid-19 U.S.") == "(all \"covid 19\" us)");
  CHECK(all("\"summit\"") == "summit");
  CHECK(all("title:visit") == "title:visit");
  CHECK(all("title: visit") == "title:visit");
  CHECK(all("title:(xi moscow) war") == "(all (all title:xi title:moscow) war)");
  CHECK(all("title:\"xi visit\"") == "title:\"xi visit\"");
  CHECK(all("so: well:,") == "(all so well)");
  CHECK(all("  ") == "(all)");
  CHECK(all("12:30 http://a.example") == "(all \"12 30\" \"http a example\")");
}

TEST_CASE("punctuation alone asks for nothing", "[query]") {
  CHECK(all("a - b …") == "(all a b)");
  CHECK(all("« a »") == "a");
}

TEST_CASE("running text is a query as it is with --any", "[query]") {
  CHECK(any("IONOSPHERIC DRIFTS NEAR THE EQUATOR AND NOT") ==
        "(any ionospheric drifts near the equator and not)");
  CHECK(any("such as: 1) bile duct (or) 2) cell*") == "(any such as 1 bile duct or 2 cell)");
  CHECK(any("high-speed \"wind tunnel\" -model") ==
        "(but (any (any high speed) \"wind tunnel\") model)");
  CHECK(any("title:war peace") == "(any title:war peace)");
  CHECK(any("a 5\" bolt, author: note:x") == "(any a 5 bolt author (any note x))");
}

TEST_CASE("what cannot be honoured is refused with a caret under the place", "[query]") {
  CHECK(refusal("xi \"visit moscow") ==
        "a quotation mark is opened here and not closed\n  xi \"visit moscow\n     ^");
  CHECK(refusal("(xi visit") == "a parenthesis is opened here and not closed\n  (xi visit\n  ^");
  CHECK(refusal("北京) x") == "this parenthesis closes none\n  北京) x\n      ^");
  CHECK(refusal("xi OR") == "nothing stands after 'OR'\n  xi OR\n     ^");
  CHECK(refusal("AND xi") == "nothing stands before 'AND'\n  AND xi\n  ^");
  CHECK(refusal("author:smith") == "there is no field 'author'\n  author:smith\n  ^");
  CHECK(refusal("source:Reuters") == "'source:' is not part of the query\n  source:Reuters\n  ^");
  CHECK(refusal("den* x") == "'*' stands for nothing here\n  den* x\n     ^");
  CHECK(refusal("a NEAR/5 b") == "the operator NEAR/5 is not known\n  a NEAR/5 b\n    ^");
  CHECK(refusal("a -\"…\"") == "there is no word to exclude here\n  a -\"…\"\n     ^");
  CHECK(refusal("...") == "there is no word to look for here\n  ...\n  ^");
  CHECK(refusal("xi title:") == "there is nothing to look for here\n  xi title:\n           ^");
  CHECK(refusal("title:title:x") ==
        "a field stands inside a field here\n  title:title:x\n        ^");
}

TEST_CASE("absurd queries are refused, quickly and in bounded memory", "[query][hostile]") {
  CHECK(refusal(std::string(1U << 20, 'x')).starts_with("the query has 1048576 bytes"));
  CHECK(refusal(std::string(1000, '(') + "x").starts_with("parentheses stand more than"));
  std::string many;
  for (int i = 0; i < 10'000; ++i) many += "w ";
  CHECK(refusal(many).starts_with("more than 2000 words"));
  CHECK(any(std::string(60'000, '(') + "x") == "x");
  CHECK(all(std::string(60'000, '-') + "x") == "x");
}

TEST_CASE("a refusal of a long query shows only the place", "[query]") {
  const auto text = refusal(std::string(5'000, 'x') + " )");
  CHECK(text.size() < 400);
}

TEST_CASE("any bytes are parsed or refused", "[query][hostile]") {
  std::mt19937 random(11);
  const std::string alphabet = "ab \"()-:*~ORANDNOT\xff\xc3\n";
  for (int round = 0; round < 2'000; ++round) {
    std::string query;
    for (int i = 0; i < 40; ++i) query += alphabet[random() % alphabet.size()];
    try {
      parse_query(query, round % 2 == 0 ? QueryMode::all : QueryMode::any);
    } catch (const Error& e) {
      CHECK(e.code() == ExitCode::usage);
    }
  }
}
