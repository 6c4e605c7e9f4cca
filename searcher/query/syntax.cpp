// SPDX-License-Identifier: GPL-3.0-or-later
#include "searcher/query/syntax.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <utility>

#include "common/error.h"
#include "common/text/tokenizer.h"
#include "common/text/unicode.h"

namespace dateline {
namespace {

bool is_space(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }

/// The part of a long query around `at`, and the column of `at` in it.
std::pair<std::string, std::size_t> excerpt_around(std::string_view text, std::size_t at) {
  constexpr std::size_t context = 60;
  std::size_t begin = at > context ? at - context : 0;
  while (begin > 0 && (static_cast<unsigned char>(text[begin]) & 0xC0U) == 0x80U) --begin;
  std::string excerpt = begin > 0 ? "…" : "";
  excerpt += printable_text(text.substr(begin, at - begin));
  const auto column = display_width(excerpt);
  excerpt += prefix_of_width(printable_text(text.substr(at)), context);
  return {excerpt, column};
}

[[noreturn]] void refuse(std::string_view query, std::size_t at, const std::string& why,
                         const std::string& remedy) {
  std::string spaces_for_breaks(query);
  std::ranges::replace_if(spaces_for_breaks, is_space, ' ');
  const auto [excerpt, column] = excerpt_around(spaces_for_breaks, std::min(at, query.size()));
  throw Error(ExitCode::usage,
              fmt::format("{}\n  {}\n  {}^", why, excerpt, std::string(column, ' ')), remedy);
}

enum class TokenKind { word, phrase, open, close, minus, op_and, op_or, op_not, field, end };

struct Token {
  TokenKind kind = TokenKind::end;
  std::string_view text;  ///< of a word or phrase without its quotes
  std::size_t at = 0;     ///< byte of the query
};

/// Cuts a query into tokens, one look ahead.
class Lexer {
 public:
  Lexer(std::string_view query, QueryMode mode) : query_(query), mode_(mode) { advance(); }
  const Token& peek() const { return token_; }
  Token take() {
    const auto taken = token_;
    advance();
    return taken;
  }

 private:
  void advance() {
    while (at_ < query_.size() && is_passed_over(query_[at_])) ++at_;
    token_ = {TokenKind::end, {}, at_};
    if (at_ == query_.size()) return;
    switch (query_[at_]) {
      case '(':
        single(TokenKind::open);
        return;
      case ')':
        single(TokenKind::close);
        return;
      case '"':
        phrase();
        return;
      case '-':
        if (at_ + 1 < query_.size() && starts_operand(query_[at_ + 1])) {
          single(TokenKind::minus);
          return;
        }
        break;
      default:
        break;
    }
    word();
  }

  bool is_passed_over(char c) const {
    return is_space(c) || (mode_ == QueryMode::any && (c == '(' || c == ')'));
  }
  static bool starts_operand(char c) { return !is_space(c) && c != '-' && c != ')'; }

  void single(TokenKind kind) {
    token_ = {kind, query_.substr(at_, 1), at_};
    ++at_;
  }

  void phrase() {
    const auto close = query_.find('"', at_ + 1);
    if (close == std::string_view::npos && mode_ == QueryMode::any) {
      token_ = {TokenKind::word, query_.substr(at_++, 1), at_};  // an inch, say: punctuation
      return;
    }
    if (close == std::string_view::npos) {
      refuse(query_, at_, "a quotation mark is opened here and not closed",
             "close it with another \", or leave it out");
    }
    token_ = {TokenKind::phrase, query_.substr(at_ + 1, close - at_ - 1), at_};
    at_ = close + 1;
  }

  void word() {
    const auto begin = at_;
    while (at_ < query_.size() && !is_space(query_[at_]) && query_[at_] != '(' &&
           query_[at_] != ')' && query_[at_] != '"') {
      ++at_;
    }
    const auto text = query_.substr(begin, at_ - begin);
    if (const auto colon = field_colon(text); colon > 0) {
      token_ = {TokenKind::field, text.substr(0, colon), begin};
      at_ = begin + colon + 1;
    } else {
      token_ = {mode_ == QueryMode::all ? operator_kind(text) : TokenKind::word, text, begin};
    }
  }

  /// The length of "name" in "name:…", 0 if the word names no field: "12:30", "http://x", "so:".
  std::size_t field_colon(std::string_view text) const {
    const auto colon = text.find(':');
    if (colon == std::string_view::npos || colon == 0) return 0;
    const auto name = text.substr(0, colon);
    const bool is_name = std::ranges::all_of(
        name, [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; });
    if (!is_name || (mode_ == QueryMode::any && name != "title")) return 0;
    const bool value_follows_space = colon + 1 == text.size() && name == "title";
    if (value_follows_space && mode_ == QueryMode::all) return colon;
    const auto value =
        query_.substr(static_cast<std::size_t>(text.data() - query_.data()) + colon + 1);
    return begins_value(value) ? colon : 0;
  }

  bool begins_value(std::string_view text) const {
    if (text.empty()) return false;
    const auto c = static_cast<unsigned char>(text.front());
    return c >= 0x80 || std::isalnum(c) != 0 || c == '"' || (c == '(' && mode_ == QueryMode::all);
  }

  static TokenKind operator_kind(std::string_view text) {
    if (text == "AND") return TokenKind::op_and;
    if (text == "OR") return TokenKind::op_or;
    if (text == "NOT") return TokenKind::op_not;
    return TokenKind::word;
  }

  std::string_view query_;
  QueryMode mode_;
  std::size_t at_ = 0;
  Token token_;
};

/// Recursive descent over
///   list    := chain { ["AND"] chain }
///   chain   := operand { "OR" operand }
///   operand := { "-" | "NOT" } item
///   item    := word | phrase | "(" list ")" | field ":" item
class Parser {
 public:
  Parser(std::string_view query, QueryMode mode)
      : query_(query), mode_(mode), lexer_(query, mode) {}

  QueryNode parse() {
    auto node = list(QueryField::text, 0);
    const auto& rest = lexer_.peek();
    if (rest.kind == TokenKind::close) {
      refuse(query_, rest.at, "this parenthesis closes none", "open it with (, or leave it out");
    }
    return node;
  }

 private:
  struct Operand {
    QueryNode node;
    bool excluded = false;
    bool empty = false;  ///< punctuation alone: nothing to look for
  };

  QueryNode list(QueryField field, std::size_t depth) {
    if (depth > max_query_depth) {
      refuse(query_, lexer_.peek().at,
             fmt::format("parentheses stand more than {} deep", max_query_depth), "take some away");
    }
    std::vector<QueryNode> wanted;
    std::vector<QueryNode> excluded;
    bool has_operand = false;
    while (!at_end_of_list()) {
      if (lexer_.peek().kind == TokenKind::op_and) {
        const auto op = lexer_.take();
        if (!has_operand) missing_operand(op, "before");
        if (at_end_of_list()) missing_operand(op, "after");
        has_operand = false;
        continue;
      }
      auto [node, is_excluded, is_empty] = chain(field, depth);
      if (!is_empty) (is_excluded ? excluded : wanted).push_back(std::move(node));
      has_operand = true;
    }
    return combine(std::move(wanted), std::move(excluded));
  }

  QueryNode combine(std::vector<QueryNode> wanted, std::vector<QueryNode> excluded) const {
    const auto kind =
        mode_ == QueryMode::any && !wanted.empty() ? QueryNode::Kind::any : QueryNode::Kind::all;
    auto positive =
        wanted.size() == 1 ? std::move(wanted.front()) : node_of(kind, std::move(wanted));
    if (excluded.empty()) return positive;
    excluded.insert(excluded.begin(), std::move(positive));
    return node_of(QueryNode::Kind::all_but, std::move(excluded));
  }

  static QueryNode node_of(QueryNode::Kind kind, std::vector<QueryNode> children) {
    return {kind, QueryField::text, {}, std::move(children)};
  }

  Operand chain(QueryField field, std::size_t depth) {
    auto first = operand(field, depth);
    if (lexer_.peek().kind != TokenKind::op_or) return first;
    std::vector<QueryNode> alternatives;
    add_alternative(alternatives, std::move(first));
    while (lexer_.peek().kind == TokenKind::op_or) {
      const auto op = lexer_.take();
      if (at_end_of_list()) missing_operand(op, "after");
      add_alternative(alternatives, operand(field, depth));
    }
    if (alternatives.empty()) return {{}, false, true};
    return {node_of(QueryNode::Kind::any, std::move(alternatives)), false, false};
  }

  static void add_alternative(std::vector<QueryNode>& alternatives, Operand operand) {
    if (operand.empty) return;
    if (operand.excluded) {
      std::vector<QueryNode> everything_but;
      everything_but.emplace_back();
      everything_but.push_back(std::move(operand.node));
      operand.node = node_of(QueryNode::Kind::all_but, std::move(everything_but));
    }
    alternatives.push_back(std::move(operand.node));
  }

  Operand operand(QueryField field, std::size_t depth) {
    bool excluded = false;
    while (lexer_.peek().kind == TokenKind::minus || lexer_.peek().kind == TokenKind::op_not) {
      const auto op = lexer_.take();
      if (at_end_of_list()) missing_operand(op, "after");
      excluded = !excluded;
    }
    const auto at = lexer_.peek().at;
    auto [node, is_empty] = item(field, depth);
    if (is_empty && excluded) {
      refuse(query_, at, "there is no word to exclude here", "name the word to exclude");
    }
    return {std::move(node), excluded, is_empty};
  }

  std::pair<QueryNode, bool> item(QueryField field, std::size_t depth) {
    const auto token = lexer_.take();
    switch (token.kind) {
      case TokenKind::word:
        return words(token, field, mode_ == QueryMode::all);
      case TokenKind::phrase:
        return words(token, field, true);
      case TokenKind::open:
        return {group(token, field, depth), false};
      case TokenKind::field:
        return {in_field(token, depth), false};
      case TokenKind::op_or:
      case TokenKind::op_and:
        missing_operand(token, "before");
      case TokenKind::close:
      case TokenKind::minus:
      case TokenKind::op_not:
      case TokenKind::end:
        break;
    }
    missing_operand(token, "at");
  }

  QueryNode group(const Token& open, QueryField field, std::size_t depth) {
    auto node = list(field, depth + 1);
    if (lexer_.peek().kind != TokenKind::close) {
      refuse(query_, open.at, "a parenthesis is opened here and not closed",
             "close it with ), or leave it out");
    }
    lexer_.take();
    return node;
  }

  QueryNode in_field(const Token& name, std::size_t depth) {
    const auto field = field_named(name);
    const auto at = lexer_.peek().at;
    if (lexer_.peek().kind == TokenKind::field) {
      refuse(query_, at, "a field stands inside a field here", "name one field");
    }
    auto [node, is_empty] = item(field, depth);
    if (is_empty) refuse(query_, at, "there is no word to look for here", "name a word");
    return node;
  }

  QueryField field_named(const Token& name) const {
    if (name.text == "title") return QueryField::title;
    constexpr std::array filters{"source", "entity", "person", "org", "place", "date"};
    if (std::ranges::any_of(filters, [&](const char* f) { return name.text == f; })) {
      refuse(query_, name.at, fmt::format("'{}:' is not part of the query", name.text),
             fmt::format("--{} VALUE beside the query", name.text));
    }
    refuse(query_, name.at, fmt::format("there is no field '{}'", name.text),
           fmt::format("title:WORD; or quote it to look for the words: \"{}:…\"", name.text));
  }

  /// The words of one token: next to each other if it is a phrase, else one query word each.
  std::pair<QueryNode, bool> words(const Token& token, QueryField field, bool as_phrase) {
    refuse_unknown_operators(token);
    QueryNode node{QueryNode::Kind::phrase, field, {}, {}};
    for (Tokenizer t(token.text); t.next();) {
      if (++words_ > max_query_words) {
        refuse(query_, token.at, fmt::format("more than {} words are asked for", max_query_words),
               "ask for fewer");
      }
      node.words.emplace_back(t.word());
    }
    if (node.words.empty()) return {QueryNode{}, true};
    if (node.words.size() == 1) {
      node.kind = QueryNode::Kind::word;
    } else if (!as_phrase) {
      return {each_word(node), false};
    }
    return {std::move(node), false};
  }

  static QueryNode each_word(const QueryNode& phrase) {
    QueryNode some{QueryNode::Kind::any, phrase.field, {}, {}};
    for (const auto& w : phrase.words) {
      some.children.push_back({QueryNode::Kind::word, phrase.field, {w}, {}});
    }
    return some;
  }

  /// What other query languages know and this one does not must not be passed over in silence.
  void refuse_unknown_operators(const Token& token) const {
    if (token.kind != TokenKind::word || mode_ == QueryMode::any) return;
    const auto text = token.text;
    if (const auto star = text.find('*');
        star != std::string_view::npos && text.size() > 1 && text != "**") {
      refuse(query_, token.at + star, "'*' stands for nothing here",
             "write the word out; all its inflected forms are found anyway");
    }
    if (text.front() == '~' && text.size() > 1) {
      refuse(query_, token.at, "'~' means nothing here", "leave it out");
    }
    const auto is_operator = [&](std::string_view name) {
      return text.starts_with(name) && (text.size() == name.size() || text[name.size()] == '/');
    };
    if (is_operator("NEAR") || is_operator("ADJ")) {
      refuse(query_, token.at, fmt::format("the operator {} is not known", text),
             "use AND, OR, NOT, a phrase in quotes, or write the word in lower case");
    }
  }

  [[noreturn]] void missing_operand(const Token& token, std::string_view where) const {
    if (where == "at") {
      refuse(query_, token.at, "there is nothing to look for here", "name a word");
    }
    refuse(query_, token.at, fmt::format("nothing stands {} '{}'", where, token.text),
           fmt::format("name what is meant, or write '{}' in lower case to look for the word",
                       lower_case(token.text)));
  }

  bool at_end_of_list() const {
    return lexer_.peek().kind == TokenKind::end || lexer_.peek().kind == TokenKind::close;
  }

  std::string_view query_;
  QueryMode mode_;
  Lexer lexer_;
  std::size_t words_ = 0;
};

}  // namespace

QueryNode parse_query(std::string_view text, QueryMode mode) {
  if (text.size() > max_query_bytes) {
    throw Error(ExitCode::usage,
                fmt::format("the query has {} bytes, {} are allowed", text.size(), max_query_bytes),
                "shorten it");
  }
  if (Tokenizer(text).next() || std::ranges::all_of(text, is_space)) {
    return Parser(text, mode).parse();
  }
  refuse(text, 0, "there is no word to look for here", "name a word");
}

}  // namespace dateline
