// SPDX-License-Identifier: GPL-3.0-or-later
#include "searcher/query/lexer.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include "common/text/unicode.h"
#include "searcher/query/values.h"

namespace dateline {
namespace {

struct Quotes {
  std::string_view open;
  std::array<std::string_view, 2> close;
};
constexpr std::array all_quotes{Quotes{"\"", {"\"", "\""}}, Quotes{"“", {"”", "”"}},
                                Quotes{"„", {"“", "”"}}};

const Quotes* quotes_opened_by(std::string_view text) {
  const auto* const found = std::ranges::find_if(
      all_quotes, [&](const Quotes& quotes) { return text.starts_with(quotes.open); });
  return found == all_quotes.end() ? nullptr : found;
}

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

/// "name" of a text that begins with "name:", else "".
std::string_view name_before_colon(std::string_view text) {
  std::size_t end = 0;
  while (end < text.size() && (is_letter(text[end]) || text[end] == '_')) ++end;
  return end < text.size() && text[end] == ':' ? text.substr(0, end) : std::string_view();
}

/// What makes "foo:…" a field that is meant: not "12:30", "http://x" or "so: well".
bool begins_value(std::string_view text) {
  if (text.empty()) return false;
  const auto c = static_cast<unsigned char>(text.front());
  return c >= 0x80 || c == '"' || c == '(' || c == '*' || (c >= '0' && c <= '9') ||
         is_letter(text.front());
}

class Lexer {
 public:
  explicit Lexer(std::string_view query) : query_(query) {}

  std::vector<Token> run() {
    while (true) {
      while (const auto space = space_at(query_, at_)) at_ += space;
      if (at_ == query_.size()) break;
      step();
    }
    push(TokenKind::end, 0);
    return std::move(tokens_);
  }

 private:
  void step() {
    const char c = query_[at_];
    if (c == '(') {
      in_values_.push_back(among_values());
      push(TokenKind::open, 1);
    } else if (c == ')') {
      if (!in_values_.empty()) in_values_.pop_back();
      push(TokenKind::close, 1);
    } else if (c == '^' && !among_values()) {
      push(TokenKind::boost, 1 + bare_length(at_ + 1));
    } else if (const auto* quotes = quotes_opened_by(query_.substr(at_))) {
      phrase(*quotes);
    } else if (c == '-' && excludes()) {
      push(TokenKind::exclude, 1);
    } else {
      bare();
    }
  }

  /// True where what comes is a value: after "source:" or in the parentheses after it.
  bool among_values() const { return value_follows_ || (!in_values_.empty() && in_values_.back()); }

  void push(TokenKind kind, std::size_t bytes) {
    Token token;
    token.kind = kind;
    token.text = query_.substr(at_, bytes);
    push(token, at_ + bytes);
  }
  void push(Token token, std::size_t end) {
    token.at = at_;
    token.joined = !tokens_.empty() && end_of_last_ == at_;
    tokens_.push_back(token);
    at_ = end_of_last_ = end;
    value_follows_ = false;
  }

  void phrase(const Quotes& quotes) {
    const auto begin = at_ + quotes.open.size();
    const auto close =
        std::min(query_.find(quotes.close[0], begin), query_.find(quotes.close[1], begin));
    if (close == std::string_view::npos) {
      refuse_query(query_, at_, "a quotation mark is opened here and not closed",
                   fmt::format("close it with another {}, or leave it out", quotes.close[1]));
    }
    Token token;
    token.kind = TokenKind::phrase;
    token.text = query_.substr(begin, close - begin);
    push(token, close + quotes.close[1].size());
  }

  /// Bytes of what stands at `begin` up to a space or a mark that ends a word.
  std::size_t bare_length(std::size_t begin) const {
    const bool boost_ends = !among_values();
    auto end = begin;
    while (end < query_.size() && query_[end] != '(' && query_[end] != ')' &&
           !(boost_ends && query_[end] == '^') && space_at(query_, end) == 0 &&
           quotes_opened_by(query_.substr(end)) == nullptr) {
      ++end;
    }
    return end - begin;
  }

  /// Whether the '-' here stands before something to exclude, and is not a dash.
  bool excludes() const {
    const auto next = at_ + 1;
    if (next == query_.size() || space_at(query_, next) > 0) return false;
    if (query_[next] == '-' || query_[next] == ')') return false;
    if (query_[next] == '(' || is_letter(query_[next]) || quotes_opened_by(query_.substr(next)))
      return true;
    return !is_punctuation(query_.substr(next, bare_length(next)));
  }

  void bare() {
    const bool is_value = among_values();
    if (!is_value && push_field()) return;
    const auto text = query_.substr(at_, bare_length(at_));
    if (value_follows_ && end_of_last_ == at_) return push(TokenKind::word, text.size());
    if (push_operator(text)) return;
    if (!is_value) {
      refuse_stray_marks(text);
      refuse_foreign_operator(query_, {text, at_});
    }
    if (is_punctuation(text)) {
      at_ += text.size();
    } else {
      push(TokenKind::word, text.size());
    }
  }

  bool push_operator(std::string_view text) {
    constexpr std::array<std::pair<std::string_view, TokenKind>, 3> logic{
        {{"AND", TokenKind::both}, {"OR", TokenKind::either}, {"NOT", TokenKind::exclude}}};
    for (const auto& [name, kind] : logic) {
      if (text == name) {
        push(kind, text.size());
        return true;
      }
    }
    const auto op = read_operator(query_, {text, at_});
    if (!op) return false;
    Token token;
    token.kind = is_prefix(*op) ? TokenKind::prefix : TokenKind::infix;
    token.text = text;
    token.op = *op;
    push(token, at_ + text.size());
    return true;
  }

  bool push_field() {
    const auto name = name_before_colon(query_.substr(at_));
    if (name.empty()) return false;
    const bool is_about_articles = value_field_named(name) != nullptr;
    if (!is_about_articles && !text_field_named(name)) {
      if (begins_value(query_.substr(at_ + name.size() + 1))) refuse_field(name);
      return false;
    }
    Token token;
    token.kind = TokenKind::field;
    token.text = name;
    push(token, at_ + name.size() + 1);
    value_follows_ = is_about_articles;
    return true;
  }

  [[noreturn]] void refuse_field(std::string_view name) const {
    const auto small = lower_case(name);
    const bool is_field = value_field_named(small) != nullptr || text_field_named(small);
    refuse_query(query_, at_, fmt::format("there is no field '{}'", ellipsize(name, 40)),
                 is_field
                     ? fmt::format("write {}:", small)
                     : fmt::format("name one of {}; or quote it to look for the words: \"{}:…\"",
                                   field_names(), ellipsize(name, 40)));
  }

  void refuse_stray_marks(std::string_view text) const {
    if (text.starts_with("”")) {
      refuse_query(query_, at_, "this quotation mark closes none",
                   "open it with “, or leave it out");
    }
    if (text.starts_with("‘")) {
      refuse_query(query_, at_, "a single quotation mark encloses no phrase",
                   "put a phrase in \"…\"; an apostrophe is ’ or '");
    }
    if (text.starts_with('[') || text.starts_with('{')) {
      refuse_query(query_, at_, fmt::format("'{}' holds nothing together here", text.front()),
                   "write ( and ), or leave it out");
    }
    const bool behind_group =
        !tokens_.empty() && end_of_last_ == at_ &&
        (tokens_.back().kind == TokenKind::phrase || tokens_.back().kind == TokenKind::close);
    if (behind_group && text.starts_with('~')) {
      refuse_query(query_, at_, "'~' stands before a word, not behind a phrase or a parenthesis",
                   "write A NEAR/5 B or A ADJ/5 B for words that stand apart");
    }
  }

  std::string_view query_;
  std::size_t at_ = 0;
  std::size_t end_of_last_ = 0;
  bool value_follows_ = false;
  std::vector<bool> in_values_;  ///< for each open parenthesis, whether values stand in it
  std::vector<Token> tokens_;
};

}  // namespace

std::vector<Token> read_tokens(std::string_view query) { return Lexer(query).run(); }

}  // namespace dateline
