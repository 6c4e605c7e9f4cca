// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>

#include <string>
#include <utility>
#include <vector>

#include "common/text/tokenizer.h"
#include "searcher/query/nodes.h"
#include "searcher/query/operators.h"
#include "searcher/query/parser.h"
#include "searcher/query/query_text.h"

namespace dateline {
namespace {

using Kind = QueryNode::Kind;

/// Reads running text, in which only quotation marks, '-' and "title:" mean anything.
class BagParser {
 public:
  explicit BagParser(std::string_view query) : query_(query) {}

  QueryNode parse() {
    std::vector<QueryNode> wanted;
    std::vector<QueryNode> excluded;
    std::size_t excluded_at = 0;
    for (skip(); at_ < query_.size(); skip()) {
      const auto at = at_;
      const bool is_excluded = take_exclusions();
      const auto operand_at = at_;
      auto words = item();
      if (words.empty() && is_excluded) {
        refuse_query(query_, operand_at, "there is no word to exclude here",
                     "name the word to exclude");
      }
      if (is_excluded && excluded.empty()) excluded_at = at;
      if (!words.empty()) (is_excluded ? excluded : wanted).push_back(joined(std::move(words)));
    }
    const auto wanted_at = wanted.size() > 1 ? wanted[1].at : 0;
    return make_list(Kind::any, std::move(wanted), wanted_at, std::move(excluded), excluded_at);
  }

 private:
  static bool is_space(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }
  static bool is_passed_over(char c) { return is_space(c) || c == '(' || c == ')'; }

  void skip() {
    while (at_ < query_.size() && is_passed_over(query_[at_])) ++at_;
  }

  bool at_exclusion() const {
    if (at_ + 1 >= query_.size() || query_[at_] != '-') return false;
    const char next = query_[at_ + 1];
    return !is_space(next) && next != '-' && next != ')';
  }

  /// Moves past what excludes; two in a row undo each other.
  bool take_exclusions() {
    bool excluded = false;
    while (at_exclusion()) {
      const auto at = at_++;
      excluded = !excluded;
      skip();
      if (at_ == query_.size()) {
        refuse_query(query_, at, "nothing stands after '-'",
                     "name what to exclude, or leave it out");
      }
    }
    return excluded;
  }

  struct Words {
    std::vector<QueryNode> leaves;
    bool as_phrase = false;
    std::size_t at = 0;
    bool empty() const { return leaves.empty(); }
  };

  static QueryNode joined(Words words) {
    if (words.as_phrase || words.leaves.size() == 1) {
      return make_phrase(std::move(words.leaves), words.at);
    }
    const auto second = words.leaves[1].at;
    return make_node(Kind::any, std::move(words.leaves), second);
  }

  Words item() {
    if (!begins_title()) return text_item(QueryField::text);
    at_ += title_mark.size();
    const auto at = at_;
    if (begins_title()) {
      refuse_query(query_, at, "a field stands inside a field here", "name one field");
    }
    auto words = text_item(QueryField::title);
    if (words.empty()) {
      refuse_query(query_, at, "there is no word to look for here", "name a word");
    }
    return words;
  }

  bool begins_title() const {
    const auto rest = query_.substr(at_);
    if (!rest.starts_with(title_mark) || rest.size() == title_mark.size()) return false;
    const auto c = static_cast<unsigned char>(rest[title_mark.size()]);
    return c >= 0x80 || c == '"' || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') ||
           (c >= 'A' && c <= 'Z');
  }

  Words text_item(QueryField field) {
    if (query_[at_] != '"') return loose_words(field);
    const auto close = query_.find('"', at_ + 1);
    if (close == std::string_view::npos) {
      ++at_;  // an inch, say: punctuation
      return {};
    }
    Words words{read(at_ + 1, close, field), true, at_};
    for (auto& leaf : words.leaves) leaf.exact = true;
    at_ = close + 1;
    return words;
  }

  Words loose_words(QueryField field) {
    const auto begin = at_;
    while (at_ < query_.size() && !is_passed_over(query_[at_]) && query_[at_] != '"') ++at_;
    return {read(begin, at_, field), false, begin};
  }

  std::vector<QueryNode> read(std::size_t begin, std::size_t end, QueryField field) {
    std::vector<QueryNode> leaves;
    for (Tokenizer words(query_.substr(begin, end - begin)); words.next();) {
      if (++words_ > max_query_words) {
        refuse_query(query_, begin,
                     fmt::format("more than {} words are asked for", max_query_words),
                     "ask for fewer");
      }
      auto leaf = make_node(Kind::word, {}, begin + words.span().begin);
      leaf.field = field;
      leaf.text = std::string(words.word());
      leaf.exact = resembles_operator(leaf.text);
      leaves.push_back(std::move(leaf));
    }
    return leaves;
  }

  static constexpr std::string_view title_mark = "title:";
  std::string_view query_;
  std::size_t at_ = 0;
  std::size_t words_ = 0;
};

}  // namespace

QueryNode parse_bag_of_words(std::string_view query) {
  if (!Tokenizer(query).next()) {
    refuse_query(query, 0, "there is no word to look for here", "name a word");
  }
  return BagParser(query).parse();
}

}  // namespace dateline
