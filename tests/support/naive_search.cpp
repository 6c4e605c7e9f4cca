// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/naive_search.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <set>

#include "common/json.h"

namespace dateline::test {
namespace {

using Kind = NaiveQuery::Kind;
using Field = NaiveQuery::Field;

/// The first and the last word of what matches.
using Span = std::pair<int, int>;
using Spans = std::set<Span>;

constexpr std::array words{"oil", "gas", "coal", "price", "ship", "rain", "wind", "window"};

std::string capitalised(std::string word) {
  word.front() = static_cast<char>(word.front() - 'a' + 'A');
  return word;
}

std::string separator(const NaiveArticle::Word& before, const NaiveArticle::Word& word) {
  if (before.paragraph != word.paragraph) return ".\n\n";
  return before.sentence == word.sentence ? " " : ". ";
}

std::string field_text(const NaiveArticle& article, int field) {
  std::string text;
  const NaiveArticle::Word* before = nullptr;
  for (const auto& word : article.words) {
    if (word.field != field) continue;
    const bool begins = before == nullptr || before->sentence != word.sentence;
    if (before != nullptr) text += separator(*before, word);
    text += begins ? capitalised(word.text) : word.text;
    before = &word;
  }
  return text;
}

bool is_asked_for(const NaiveArticle::Word& word, const NaiveQuery& query) {
  if (query.field == Field::title && word.field != 0) return false;
  if (query.field == Field::body && word.field == 0) return false;
  return query.kind == Kind::shape ? word.text.starts_with(query.word) : word.text == query.word;
}

class Reader {
 public:
  explicit Reader(const NaiveArticle& article) : words_(article.words) {}

  bool matches(const NaiveQuery& query) const {
    const auto child_matches = [&](const NaiveQuery& child) { return matches(child); };
    switch (query.kind) {
      case Kind::all:
        return std::ranges::all_of(query.children, child_matches);
      case Kind::any:
        return std::ranges::any_of(query.children, child_matches);
      case Kind::all_but:
        return matches(query.children[0]) && !matches(query.children[1]);
      case Kind::at_least:
        return innermost(spans(query.children[0])) >= query.number;
      case Kind::first:
        return std::ranges::any_of(spans(query.children[0]),
                                   [&](const Span& span) { return span.second < query.number; });
      default:
        return !spans(query).empty();
    }
  }

 private:
  Spans spans(const NaiveQuery& query) const {
    switch (query.kind) {
      case Kind::word:
      case Kind::shape:
        return word_spans(query);
      case Kind::phrase:
        return phrase_spans(query);
      case Kind::any: {
        Spans found;
        for (const auto& child : query.children) found.merge(spans(child));
        return found;
      }
      default:
        return pair_spans(query);
    }
  }

  Spans word_spans(const NaiveQuery& query) const {
    Spans found;
    for (int i = 0; i < count(); ++i) {
      if (is_asked_for(at(i), query)) found.emplace(i, i);
    }
    return found;
  }

  Spans phrase_spans(const NaiveQuery& query) const {
    Spans found;
    const auto length = static_cast<int>(query.children.size());
    for (int i = 0; i + length <= count(); ++i) {
      bool all = at(i).field == at(i + length - 1).field;
      for (int k = 0; k < length && all; ++k) {
        all = is_asked_for(at(i + k), query.children[static_cast<std::size_t>(k)]);
      }
      if (all) found.emplace(i, i + length - 1);
    }
    return found;
  }

  Spans pair_spans(const NaiveQuery& query) const {
    Spans found;
    const auto left = spans(query.children[0]);
    const auto right = spans(query.children[1]);
    for (const auto& a : left) {
      for (const auto& b : right) {
        const bool in_order = are_joined(query, a, b);
        const bool turned = query.kind != Kind::ordered && are_joined(query, b, a);
        if (in_order || turned) {
          found.emplace(std::min(a.first, b.first), std::max(a.second, b.second));
        }
      }
    }
    return found;
  }

  bool are_joined(const NaiveQuery& query, const Span& before, const Span& behind) const {
    if (before.second >= behind.first) return false;
    const auto& first = at(before.first);
    const auto& last = at(behind.second);
    if (first.field != last.field) return false;
    if (query.kind == Kind::sentence) return first.sentence == last.sentence;
    if (query.kind == Kind::paragraph) return first.paragraph == last.paragraph;
    return behind.first - before.second <= query.number;
  }

  static int innermost(const Spans& spans) {
    const auto holds_another = [&](const Span& span) {
      return std::ranges::any_of(spans, [&](const Span& other) {
        return other != span && other.first >= span.first && other.second <= span.second;
      });
    };
    return static_cast<int>(spans.size()) -
           static_cast<int>(std::ranges::count_if(spans, holds_another));
  }

  int count() const { return static_cast<int>(words_.size()); }
  const NaiveArticle::Word& at(int i) const { return words_[static_cast<std::size_t>(i)]; }

  const std::vector<NaiveArticle::Word>& words_;
};

std::string joined(const NaiveQuery& query, const std::string& op) {
  std::string text;
  for (const auto& child : query.children) text += (text.empty() ? "" : op) + child.text();
  return '(' + text + ')';
}

std::string leaf_text(const NaiveQuery& query) {
  if (query.kind == Kind::phrase) {
    std::string text;
    for (const auto& child : query.children) {
      text += (text.empty() ? "" : " ") + child.word + (child.kind == Kind::shape ? "*" : "");
    }
    return '"' + text + '"';
  }
  return query.word + (query.kind == Kind::shape ? "*" : "");
}

}  // namespace

std::string NaiveArticle::json_line() const {
  const Json line{{"id", id},
                  {"title", field_text(*this, 0)},
                  {"deck", field_text(*this, 1)},
                  {"text", field_text(*this, 2) + '.'},
                  {"lang", "en"}};
  return line.dump() + '\n';
}

std::string NaiveQuery::text() const {
  switch (kind) {
    case Kind::word:
    case Kind::shape:
    case Kind::phrase: {
      const auto& stands = children.empty() ? *this : children.front();
      const auto* const name = stands.field == Field::title  ? "title:"
                               : stands.field == Field::body ? "body:"
                                                             : "";
      return name + leaf_text(*this);
    }
    case Kind::near:
      return joined(*this, fmt::format(" NEAR/{} ", number));
    case Kind::ordered:
      return joined(*this, fmt::format(" ADJ/{} ", number));
    case Kind::sentence:
      return joined(*this, " SENTENCE ");
    case Kind::paragraph:
      return joined(*this, " PARAGRAPH ");
    case Kind::at_least:
      return fmt::format("(ATLEAST/{} {})", number, children[0].text());
    case Kind::first:
      return fmt::format("(FIRST/{} {})", number, children[0].text());
    case Kind::all:
      return joined(*this, " AND ");
    case Kind::any:
      return joined(*this, " OR ");
    case Kind::all_but:
      return joined(*this, " NOT ");
  }
  return {};
}

bool matches(const NaiveArticle& article, const NaiveQuery& query) {
  return Reader(article).matches(query);
}

std::string NaiveSource::word() {
  return words.at(static_cast<std::size_t>(below(static_cast<int>(words.size()))));
}

/// Of so many words that no field begins as another does: what a body repeats of title and deck is
/// dropped when it is read.
int NaiveSource::sentence_length(int field, bool first) {
  if (field == 0) return from_to(1, 2);
  if (field == 1) return 3 * below(2);
  return from_to(first ? 4 : 1, 6);
}

NaiveArticle NaiveSource::article(std::string id) {
  NaiveArticle article;
  article.id = std::move(id);
  int sentence = 0;
  int paragraph = 0;
  for (int field = 0; field < 3; ++field) {
    const auto paragraphs = field == 2 ? from_to(1, 3) : 1;
    for (int p = 0; p < paragraphs; ++p, ++paragraph) {
      const auto sentences = field == 2 ? from_to(1, 3) : 1;
      for (int s = 0; s < sentences; ++s, ++sentence) {
        for (int left = sentence_length(field, p + s == 0); left > 0; --left) {
          article.words.push_back({word(), field, sentence, paragraph});
        }
      }
    }
  }
  return article;
}

NaiveQuery NaiveSource::leaf(Field field) {
  NaiveQuery query;
  query.field = field;
  query.word = word();
  if (below(8) == 0) {
    query.kind = Kind::shape;
    query.word.resize(static_cast<std::size_t>(from_to(1, 3)));
  }
  return query;
}

NaiveQuery NaiveSource::phrase(Field field) {
  NaiveQuery query;
  query.kind = Kind::phrase;
  for (int i = from_to(2, 3); i > 0; --i) query.children.push_back(leaf(field));
  return query;
}

NaiveQuery NaiveSource::placed(int depth, Field field) {
  constexpr std::array relations{Kind::near, Kind::ordered, Kind::sentence, Kind::paragraph,
                                 Kind::any};
  if (depth == 0 || below(4) == 0) return below(4) == 0 ? phrase(field) : leaf(field);
  NaiveQuery query;
  query.kind = relations.at(static_cast<std::size_t>(below(5)));
  query.number = from_to(1, 4);
  query.children = {placed(depth - 1, field), placed(depth - 1, field)};
  return query;
}

NaiveQuery NaiveSource::query(int depth) {
  constexpr std::array fields{Field::text, Field::text, Field::text, Field::body, Field::title};
  constexpr std::array operators{Kind::all, Kind::any, Kind::all_but, Kind::at_least, Kind::first};
  const auto field = fields.at(static_cast<std::size_t>(below(5)));
  if (depth == 0 || below(3) == 0) return placed(3, field);
  NaiveQuery query;
  query.kind = operators.at(static_cast<std::size_t>(below(5)));
  if (query.kind == Kind::at_least || query.kind == Kind::first) {
    query.number = query.kind == Kind::first ? from_to(1, 20) : from_to(1, 4);
    query.children = {placed(2, field)};
  } else {
    query.children = {this->query(depth - 1), this->query(depth - 1)};
  }
  return query;
}

}  // namespace dateline::test
