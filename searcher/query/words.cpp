// SPDX-License-Identifier: GPL-3.0-or-later
#include "searcher/query/words.h"

#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <utility>

#include "common/text/tokenizer.h"
#include "searcher/query/operators.h"

namespace dateline {
namespace {

/// Letters that no language writes any more; one of them is '*' to the tokenizer.
constexpr std::string_view stand_in = "\uA66E";
constexpr std::size_t max_shape_bytes = Tokenizer::max_word_bytes - 4;

QueryNode leaf(QueryNode::Kind kind, QueryField field, std::string text, std::size_t at) {
  QueryNode node;
  node.kind = kind;
  node.field = field;
  node.text = std::move(text);
  node.at = at;
  return node;
}

std::string replace_each(std::string text, std::string_view what, std::string_view with) {
  for (auto at = text.find(what); at != std::string::npos; at = text.find(what, at + with.size())) {
    text.replace(at, what.size(), with);
  }
  return text;
}

/// What "a**" asks for is "a*".
std::string with_single_stars(std::string text) {
  const auto both_stars = [](char a, char b) { return a == '*' && b == '*'; };
  text.erase(std::unique(text.begin(), text.end(), both_stars), text.end());
  return text;
}

/// Reads the words of one query, a part without spaces at a time.
class WordReader {
 public:
  WordReader(std::string_view query, QueryField field, bool exact)
      : query_(query), field_(field), exact_(exact) {}

  void read(QueryPart part) {
    if (part.text.starts_with('~') && part.text.size() > 1) {
      fuzzy(part);
    } else if (part.text.find('*') != std::string_view::npos) {
      refuse_tilde(part);
      wildcard(part);
    } else {
      if (part.text != "~") refuse_tilde(part);
      plain(part);
    }
  }

  std::vector<QueryNode> take() { return std::move(leaves_); }

 private:
  void plain(QueryPart part) {
    for (Tokenizer words(part.text); words.next();) {
      leaves_.push_back(leaf(QueryNode::Kind::word, field_, std::string(words.word()),
                             part.at + words.span().begin));
      leaves_.back().exact = exact_ || resembles_operator(words.word());
    }
  }

  void fuzzy(QueryPart part) {
    const auto word = part.text.substr(1);
    refuse_tilde({word, part.at + 1});
    if (const auto star = word.find('*'); star != std::string_view::npos) {
      refuse_query(query_, part.at + 1 + star, "'~' and '*' do not go together",
                   "use one of them: ~word or wor*");
    }
    auto text = only_word(word);
    if (text.empty()) {
      refuse_query(query_, part.at, "'~' stands before one word",
                   "put ~ before each word that may be spelt otherwise: \"~covid 19\"");
    }
    check_length(text, part.at);
    leaves_.push_back(leaf(QueryNode::Kind::fuzzy, field_, std::move(text), part.at));
  }

  void wildcard(QueryPart part) {
    if (part.text.find_first_not_of('*') == std::string_view::npos) {
      refuse_query(query_, part.at, "'*' alone would stand for every word",
                   "put a letter beside it: den*; or leave it out");
    }
    auto shape = only_word(replace_each(std::string(part.text), "*", stand_in));
    check_length(shape, part.at);
    shape = with_single_stars(replace_each(std::move(shape), stand_in, "*"));
    const bool has_stand_in = part.text.find(stand_in) != std::string_view::npos;
    const bool has_letter = shape.find_first_not_of('*') != std::string::npos;
    if (!has_letter || has_stand_in || shape.find('*') == std::string::npos) {
      refuse_query(query_, part.at + part.text.find('*'),
                   "'*' stands for letters of one word, and these are several words or none",
                   "put a space between the words, or a phrase around them: \"covid 1*\"");
    }
    leaves_.push_back(leaf(QueryNode::Kind::wildcard, field_, std::move(shape), part.at));
  }

  /// The word of `text`, empty if it has none or several.
  static std::string only_word(std::string_view text) {
    Tokenizer words(text);
    if (!words.next()) return {};
    std::string word(words.word());
    return words.next() ? std::string() : word;
  }

  void check_length(std::string_view word, std::size_t at) const {
    if (word.size() <= max_shape_bytes) return;
    refuse_query(query_, at,
                 fmt::format("a word with '*' or '~' has at most {} bytes, a '*' being {}",
                             max_shape_bytes, stand_in.size()),
                 "shorten it");
  }

  void refuse_tilde(QueryPart part) const {
    const auto tilde = part.text.find('~');
    if (tilde == std::string_view::npos) return;
    refuse_query(query_, part.at + tilde, "'~' stands before a word, not in or behind it",
                 "write ~word, or leave it out");
  }

  std::string_view query_;
  QueryField field_;
  bool exact_;
  std::vector<QueryNode> leaves_;
};

}  // namespace

std::vector<QueryNode> read_words(std::string_view query, QueryPart part, QueryField field,
                                  bool exact) {
  WordReader reader(query, field, exact);
  for (std::size_t at = 0; at < part.text.size();) {
    if (const auto space = space_at(part.text, at)) {
      at += space;
      continue;
    }
    const auto begin = at;
    while (at < part.text.size() && space_at(part.text, at) == 0) ++at;
    reader.read({part.text.substr(begin, at - begin), part.at + begin});
  }
  return reader.take();
}

}  // namespace dateline
