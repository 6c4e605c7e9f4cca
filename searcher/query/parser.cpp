// SPDX-License-Identifier: GPL-3.0-or-later
#include "searcher/query/parser.h"

#include <fmt/format.h>

#include <charconv>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "common/text/unicode.h"
#include "searcher/query/lexer.h"
#include "searcher/query/nodes.h"
#include "searcher/query/values.h"
#include "searcher/query/words.h"

namespace dateline {
namespace {

using Kind = QueryNode::Kind;

/// Recursive descent over
///   list      := proximity { ["AND"] proximity }
///   proximity := chain { infix chain }
///   chain     := operand { "OR" operand }
///   operand   := { "-" | "NOT" } [ prefix ] item [ boost ]
///   item      := word | phrase | "(" list ")" | field ":" ( word | phrase | "(" list ")" )
class Parser {
 public:
  Parser(std::string_view query, Day today)
      : query_(query), today_(today), tokens_(read_tokens(query)) {}

  QueryNode parse() {
    if (tokens_.size() == 1) {
      refuse_query(query_, 0, "there is no word to look for here", "name a word");
    }
    auto node = list({}, 0);
    if (peek().kind == TokenKind::close) {
      refuse_query(query_, peek().at, "this parenthesis closes none",
                   "open it with (, or leave it out");
    }
    require_depth(query_, node);
    return node;
  }

 private:
  /// The field in whose parentheses something stands.
  struct Scope {
    QueryField field = QueryField::text;
    const ValueField* values = nullptr;
    bool inside_field = false;
  };
  struct Operand {
    QueryNode node;
    std::optional<std::size_t> excluded_at;  ///< of the '-' or NOT, if it is excluded
  };

  const Token& peek() const { return tokens_[next_]; }
  const Token& take() { return tokens_[next_ + 1 < tokens_.size() ? next_++ : next_]; }
  bool at_end_of_list() const {
    return peek().kind == TokenKind::end || peek().kind == TokenKind::close;
  }

  QueryNode list(const Scope& scope, std::size_t depth) {
    std::vector<QueryNode> wanted;
    std::vector<QueryNode> excluded;
    std::size_t second_at = 0;
    std::size_t excluded_at = 0;
    while (!at_end_of_list()) {
      const auto at = peek().at;
      if (peek().kind == TokenKind::both) conjunction(wanted.empty() && excluded.empty());
      auto part = proximity(scope, depth);
      if (part.excluded_at) {
        if (excluded.empty()) excluded_at = *part.excluded_at;
        excluded.push_back(std::move(part.node));
      } else {
        if (wanted.size() == 1) {
          second_at = at;
          refuse_second_value(scope, at);
        }
        wanted.push_back(std::move(part.node));
      }
    }
    return make_list(Kind::all, std::move(wanted), second_at, std::move(excluded), excluded_at);
  }

  void conjunction(bool nothing_before) {
    if (nothing_before) refuse_nothing("before", peek());
    require_operand_after(take());
  }

  void refuse_second_value(const Scope& scope, std::size_t at) const {
    if (!scope.values || !scope.values->one_valued) return;
    refuse_query(query_, at,
                 fmt::format("an article has one {}, never both of these", scope.values->name),
                 scope.values->facet == Facet::date
                     ? "join them with OR, or name the days from one to the other: date:A..B"
                     : fmt::format("join them with OR: {}:(A OR B)", scope.values->name));
  }

  Operand proximity(const Scope& scope, std::size_t depth) {
    auto left = chain(scope, depth);
    while (peek().kind == TokenKind::infix) {
      const auto op = take();
      refuse_among_values(scope, op);
      require_operand_after(op);
      refuse_excluded(op, left);
      require_place(query_, op.op, left.node);
      auto right = chain(scope, depth);
      refuse_excluded(op, right);
      require_place(query_, op.op, right.node);
      require_common_field(query_, op.op, op.at, left.node, right.node);
      std::vector<QueryNode> both;
      both.push_back(std::move(left.node));
      both.push_back(std::move(right.node));
      left.node = make_node(op.op.kind, std::move(both), op.at);
      left.node.number = op.op.number;
    }
    return left;
  }

  void refuse_excluded(const Token& op, const Operand& operand) const {
    if (!operand.excluded_at) return;
    refuse_query(
        query_, *operand.excluded_at,
        fmt::format("{} is about words, phrases and alternatives; NOT has no place in it", op.text),
        fmt::format("write NOT (A {} B)", op.text));
  }

  void refuse_among_values(const Scope& scope, const Token& op) const {
    if (!scope.values) return;
    refuse_query(query_, op.at,
                 fmt::format("{} is about words of the text, not about values of {}:", op.text,
                             scope.values->name),
                 "join values with OR, AND or NOT");
  }

  Operand chain(const Scope& scope, std::size_t depth) {
    auto first = operand(scope, depth);
    if (peek().kind != TokenKind::either) return first;
    const auto at = peek().at;
    std::vector<QueryNode> alternatives;
    alternatives.push_back(alternative(std::move(first)));
    while (peek().kind == TokenKind::either) {
      require_operand_after(take());
      alternatives.push_back(alternative(operand(scope, depth)));
    }
    return {make_node(Kind::any, std::move(alternatives), at), std::nullopt};
  }

  static QueryNode alternative(Operand operand) {
    if (!operand.excluded_at) return std::move(operand.node);
    std::vector<QueryNode> excluded;
    excluded.push_back(std::move(operand.node));
    return make_list(Kind::all, {}, 0, std::move(excluded), *operand.excluded_at);
  }

  Operand operand(const Scope& scope, std::size_t depth) {
    std::optional<std::size_t> excluded_at;
    while (peek().kind == TokenKind::exclude) {
      const auto& op = take();
      require_operand_after(op);
      if (excluded_at) {
        excluded_at.reset();
      } else {
        excluded_at = op.at;
      }
    }
    excluded_ += excluded_at ? 1U : 0U;
    Operand operand{prefixed(scope, depth), excluded_at};
    excluded_ -= excluded_at ? 1U : 0U;
    return operand;
  }

  QueryNode prefixed(const Scope& scope, std::size_t depth) {
    if (peek().kind != TokenKind::prefix) return boosted(scope, depth);
    const auto op = take();
    refuse_among_values(scope, op);
    require_operand_after(op);
    if (peek().kind == TokenKind::exclude || peek().kind == TokenKind::prefix) {
      refuse_query(query_, peek().at,
                   fmt::format("'{}' has no place after {}", peek().text, op.text),
                   fmt::format("write {0} A, or NOT {0} A", op.text));
    }
    std::vector<QueryNode> counted;
    counted.push_back(boosted(scope, depth));
    require_place(query_, op.op, counted.front());
    auto node = make_node(op.op.kind, std::move(counted), op.at);
    node.number = op.op.number;
    return node;
  }

  QueryNode boosted(const Scope& scope, std::size_t depth) {
    auto node = item(scope, depth);
    if (peek().kind != TokenKind::boost || !peek().joined) return node;
    const auto& mark = take();
    const auto factor = boost_of(mark);
    if (excluded_ > 0) {
      refuse_query(query_, mark.at, "what is excluded does not count in the ranking",
                   "leave the boost out");
    }
    if (!has_words(node)) {
      refuse_query(query_, mark.at, "only words count in the ranking, not values of a field",
                   "leave the boost out, or put it behind a word");
    }
    if (node.boost != 1) {
      refuse_query(query_, mark.at, "this is boosted already", "write one boost");
    }
    node.boost = factor;
    return node;
  }

  double boost_of(const Token& mark) const {
    constexpr double least = 0.01;
    constexpr double most = 100;
    const auto text = mark.text.substr(1);
    const auto* const end = text.data() + text.size();
    double factor = 0;
    const auto [stop, error] = std::from_chars(text.data(), end, factor, std::chars_format::fixed);
    if (error == std::errc() && stop == end && factor >= least && factor <= most) return factor;
    refuse_query(query_, mark.at, fmt::format("a boost is a number from {} to {}", least, most),
                 "write word^2, or quote it to look for the words");
  }

  QueryNode item(const Scope& scope, std::size_t depth) {
    const auto& token = take();
    switch (token.kind) {
      case TokenKind::word:
      case TokenKind::phrase:
        return scope.values ? value(scope, token) : words(scope, token);
      case TokenKind::open:
        return group(scope, token, depth);
      case TokenKind::field:
        return in_field(scope, token, depth);
      case TokenKind::both:
      case TokenKind::either:
      case TokenKind::infix:
        refuse_nothing("before", token);
      case TokenKind::boost:
        refuse_query(query_, token.at, "a boost stands here behind nothing",
                     "put it right behind a word: word^2");
      case TokenKind::exclude:
      case TokenKind::prefix:
        refuse_query(query_, token.at, fmt::format("'{}' has no place here", token.text),
                     "put it before the field's name");
      case TokenKind::close:
      case TokenKind::end:
        break;
    }
    refuse_query(query_, token.at, "there is nothing to look for here", "name a word");
  }

  QueryNode group(const Scope& scope, const Token& open, std::size_t depth) {
    if (depth == max_query_depth) {
      refuse_query(query_, open.at,
                   fmt::format("parentheses stand more than {} deep", max_query_depth),
                   "take some away");
    }
    if (peek().kind == TokenKind::close) {
      refuse_query(query_, open.at, "nothing stands between these parentheses",
                   "name what is meant, or leave them out");
    }
    auto node = list(scope, depth + 1);
    if (peek().kind != TokenKind::close) {
      refuse_query(query_, open.at, "a parenthesis is opened here and not closed",
                   "close it with ), or leave it out");
    }
    take();
    return node;
  }

  QueryNode in_field(const Scope& scope, const Token& name, std::size_t depth) {
    if (scope.inside_field) {
      refuse_query(query_, name.at, "a field stands inside a field here", "name one field");
    }
    Scope inside;
    inside.inside_field = true;
    inside.values = value_field_named(name.text);
    inside.field = text_field_named(name.text).value_or(QueryField::text);
    return item(inside, depth);
  }

  QueryNode value(const Scope& scope, const Token& token) {
    const bool quoted = token.kind == TokenKind::phrase;
    if (!quoted && token.text.starts_with('-')) {
      refuse_query(query_, token.at, "'-' has no place here",
                   fmt::format("write -{0}:VALUE, or quote the value: {0}:\"{1}\"",
                               scope.values->name, ellipsize(token.text, 40)));
    }
    count_words(1, token.at);
    return read_value(query_, *scope.values, {token.text, text_begin(token)}, quoted, today_);
  }

  QueryNode words(const Scope& scope, const Token& token) {
    auto leaves = read_words(query_, {token.text, text_begin(token)}, scope.field,
                             token.kind == TokenKind::phrase);
    if (leaves.empty()) {
      refuse_query(query_, token.at, "there is no word between these quotation marks",
                   "name a word, or leave them out");
    }
    count_words(leaves.size(), token.at);
    return make_phrase(std::move(leaves), token.at);
  }

  std::size_t text_begin(const Token& token) const {
    return static_cast<std::size_t>(token.text.data() - query_.data());
  }

  void count_words(std::size_t more, std::size_t at) {
    words_ += more;
    if (words_ <= max_query_words) return;
    refuse_query(query_, at, fmt::format("more than {} words are asked for", max_query_words),
                 "ask for fewer");
  }

  void require_operand_after(const Token& op) const {
    if (at_end_of_list()) refuse_nothing("after", op);
  }

  [[noreturn]] void refuse_nothing(std::string_view where, const Token& op) const {
    const bool is_dash = op.text == "-";
    refuse_query(
        query_, op.at, fmt::format("nothing stands {} '{}'", where, op.text),
        is_dash
            ? "name what to exclude, or leave it out"
            : fmt::format("name what is meant, or quote it to look for the word: \"{}\"", op.text));
  }

  std::string_view query_;
  Day today_;
  std::vector<Token> tokens_;
  std::size_t next_ = 0;
  std::size_t words_ = 0;
  unsigned excluded_ = 0;  ///< how many operators exclude what is being read
};

}  // namespace

QueryNode parse_language(std::string_view query, Day today) { return Parser(query, today).parse(); }

}  // namespace dateline
