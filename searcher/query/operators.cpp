// SPDX-License-Identifier: GPL-3.0-or-later
#include "searcher/query/operators.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <string>

namespace dateline {
namespace {

using Kind = QueryNode::Kind;

struct NumberedName {
  std::string_view name;
  Kind kind;
  bool slash_needed;  ///< W5 and PRE3 are words
};
/// The first name of a kind is the one that format_operator() writes.
constexpr std::array numbered_names{NumberedName{"NEAR", Kind::near, false},
                                    NumberedName{"ADJ", Kind::ordered, false},
                                    NumberedName{"ATLEAST", Kind::at_least, false},
                                    NumberedName{"FIRST", Kind::first, true},
                                    NumberedName{"W", Kind::near, true},
                                    NumberedName{"PRE", Kind::ordered, true}};

struct PlainName {
  std::string_view name;
  Kind kind;
};
constexpr std::array plain_names{
    PlainName{"SENTENCE", Kind::sentence}, PlainName{"PARAGRAPH", Kind::paragraph},
    PlainName{"SAME", Kind::paragraph}, PlainName{"W/S", Kind::sentence},
    PlainName{"W/P", Kind::paragraph}};

bool is_digit(char c) { return c >= '0' && c <= '9'; }

std::string capitals(std::string_view text) {
  std::string upper(text);
  for (char& c : upper) {
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  }
  return upper;
}

/// A word that begins with a name of the table: "NEAR/5" is NEAR, a slash and "5".
struct NumberedWord {
  NumberedName row;
  bool slash = false;
  std::string_view number;
};

std::optional<NumberedWord> numbered_word(std::string_view upper) {
  for (const auto& row : numbered_names) {
    if (!upper.starts_with(row.name)) continue;
    NumberedWord word{row, false, upper.substr(row.name.size())};
    word.slash = word.number.starts_with('/');
    if (word.slash) word.number.remove_prefix(1);
    if (word.slash || (!row.slash_needed && std::ranges::all_of(word.number, is_digit))) {
      return word;
    }
    if (word.number.empty() && row.name != "W") return word;
  }
  return std::nullopt;
}

[[noreturn]] void refuse_small_letters(std::string_view query, QueryPart word,
                                       const std::string& upper) {
  refuse_query(
      query, word.at, fmt::format("'{}' is an operator in capitals only", word.text),
      fmt::format("write {}, or quote it to look for the words: \"{}\"", upper, word.text));
}

Operator read_numbered(std::string_view query, QueryPart word, const NumberedWord& parts) {
  std::size_t number = 0;
  const auto* const end = parts.number.data() + parts.number.size();
  const auto [stop, error] = std::from_chars(parts.number.data(), end, number);
  if (parts.number.empty() || error == std::errc::invalid_argument || stop != end) {
    refuse_query(query, word.at, fmt::format("'{}' needs a number", word.text),
                 fmt::format("write {0}/5, or quote it to look for the word: \"{1}\"",
                             parts.row.name, word.text));
  }
  if (error != std::errc() || number < 1 || number > max_query_number) {
    refuse_query(query, word.at + word.text.size() - parts.number.size(),
                 fmt::format("the number of {} is 1 to {}", parts.row.name, max_query_number),
                 fmt::format("write {}/5", parts.row.name));
  }
  return {parts.row.kind, number};
}

}  // namespace

bool is_prefix(const Operator& op) { return op.kind == Kind::at_least || op.kind == Kind::first; }

std::optional<Operator> read_operator(std::string_view query, QueryPart word) {
  const auto upper = capitals(word.text);
  const auto* const plain = std::ranges::find(plain_names, upper, &PlainName::name);
  if (plain != plain_names.end()) {
    if (word.text == upper) return Operator{plain->kind, 0};
    if (upper.find('/') == std::string::npos) return std::nullopt;
    refuse_small_letters(query, word, upper);
  }
  const auto parts = numbered_word(upper);
  if (!parts) return std::nullopt;
  const bool in_capitals = word.text.starts_with(parts->row.name);
  const bool numbered = !parts->number.empty() && std::ranges::all_of(parts->number, is_digit);
  if (!in_capitals && !numbered) return std::nullopt;
  if (!in_capitals) refuse_small_letters(query, word, upper);
  return read_numbered(query, word, *parts);
}

bool resembles_operator(std::string_view word) {
  const auto upper = capitals(word);
  const auto parts = numbered_word(upper);
  return parts && !parts->number.empty();
}

namespace {

/// Where "/F50/" or "/N5/" of Factiva begins in `text`.
std::optional<std::size_t> slashed_number(std::string_view text) {
  for (auto at = text.find('/'); at != std::string_view::npos; at = text.find('/', at + 1)) {
    const auto letter = at + 1 < text.size() ? text[at + 1] : ' ';
    if (std::string_view("FfNn").find(letter) == std::string_view::npos) continue;
    auto end = at + 2;
    while (end < text.size() && is_digit(text[end])) ++end;
    if (end > at + 2 && end < text.size() && text[end] == '/') return at;
  }
  return std::nullopt;
}

/// "/s", "/p" and "/5" of Westlaw and Lexis+.
bool is_slash_connector(std::string_view text) {
  if (text.size() < 2 || text.front() != '/') return false;
  const auto rest = text.substr(1);
  return rest == "s" || rest == "S" || rest == "p" || rest == "P" ||
         std::ranges::all_of(rest, is_digit);
}

bool is_ascii_alnum(char c) {
  return is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

std::optional<std::size_t> inner_question_mark(std::string_view text) {
  for (auto at = text.find('?'); at != std::string_view::npos; at = text.find('?', at + 1)) {
    if (at > 0 && at + 1 < text.size() && is_ascii_alnum(text[at - 1]) &&
        is_ascii_alnum(text[at + 1])) {
      return at;
    }
  }
  return std::nullopt;
}

}  // namespace

void refuse_foreign_operator(std::string_view query, QueryPart word) {
  const auto [text, at] = word;
  if (text == "&&") refuse_query(query, at, "'&&' is no operator here", "write AND, or a space");
  if (text == "|" || text == "||") {
    refuse_query(query, at, fmt::format("'{}' is no operator here", text), "write OR");
  }
  if (text.size() > 1 && text.front() == '!' && is_ascii_alnum(text[1])) {
    refuse_query(query, at, "'!' excludes nothing here", "write NOT or -");
  }
  if (const auto slash = slashed_number(text)) {
    refuse_query(query, at + *slash, "numbers between slashes are no operators here",
                 "write FIRST/50 A for A/F50/ and A NEAR/5 B for A/N5/B, or leave the slashes out");
  }
  if (is_slash_connector(text)) {
    refuse_query(query, at, fmt::format("'{}' is no operator here", text),
                 "write NEAR/5, SENTENCE or PARAGRAPH, or leave the slash out");
  }
  if (const auto mark = inner_question_mark(text)) {
    refuse_query(
        query, at + *mark, "'?' stands for no letter here",
        "write '*', which stands for any letters or none, or quote it to look for the words");
  }
}

std::string format_operator(const Operator& op) {
  for (const auto& [name, kind, slash_needed] : numbered_names) {
    if (kind == op.kind) return fmt::format("{}/{}", name, op.number);
  }
  const auto* const plain = std::ranges::find(plain_names, op.kind, &PlainName::kind);
  return std::string(plain->name);
}

}  // namespace dateline
