// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/operations/check_postings.h"

#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <iterator>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "common/article.h"
#include "common/bitset.h"
#include "common/error.h"
#include "common/index/schema.h"
#include "common/index/stored_article.h"
#include "common/text/stemmer.h"
#include "common/text/tokenizer.h"
#include "indexer/segments/analyse.h"

namespace dateline {
namespace {

bool has_prefix(std::string_view term) { return term.front() >= 'A' && term.front() <= 'Z'; }

std::uint32_t words_in(std::string_view text) {
  std::uint32_t words = 0;
  for (Tokenizer tokens(text); tokens.next();) ++words;
  return words;
}

/// Goes over the postings and the word lists, which must say the same, term by term, and adds up
/// what they say of each row.
class PostingsCheck {
 public:
  PostingsCheck(const SegmentColumns& columns, const SegmentWordLists& lists,
                const Xapian::Database& database, const ProblemSink& report)
      : columns_(columns),
        lists_(lists),
        database_(database),
        report_(report),
        row_of_(rows_by_document(columns)),
        words_(columns.rows()),
        title_words_(columns.rows()),
        words_of_(columns.names(Attribute::language).size(), Bitset(columns.words.size())) {}

  std::uint64_t run() {
    std::uint64_t terms = 0;
    for (auto term = database_.allterms_begin(); term != database_.allterms_end(); ++term) {
      ++terms;
      check_term(*term);
    }
    if (next_word_ != columns_.words.size()) report_("holds words that no article has");
    for (std::size_t b = 0; b < schema::boundaries.size(); ++b) {
      read_list(columns_.words.size() + b, std::string(schema::boundaries[b]));
    }
    for (std::uint32_t row = 0; row < columns_.rows(); ++row) check_row(row);
    for (std::size_t l = 0; l < words_of_.size(); ++l) check_stems(l);
    return terms;
  }

 private:
  using Counts = std::map<std::uint32_t, WordCount>;  ///< by row

  void check_term(const std::string& term) {
    if (!has_prefix(term)) {
      check_word(term);
    } else if (!term.starts_with(schema::title_terms.prefix)) {
      report_(fmt::format("has a term '{}' in its postings that means nothing", term));
    }
  }

  template <class F>
  void for_each_posting(const std::string& term, F&& f) {
    for (auto it = database_.postlist_begin(term); it != database_.postlist_end(term); ++it) {
      if (*it == 0 || *it > columns_.rows()) {
        report_(
            fmt::format("has '{}' in its postings for document {}, which is no row", term, *it));
      } else {
        f(row_of_[*it - 1], it.get_wdf());
      }
    }
  }

  /// Both the terms and the list of words are in byte order.
  void check_word(const std::string& word) {
    while (next_word_ < columns_.words.size() && columns_.words[next_word_] < word) {
      report_(fmt::format("lists the word '{}', which no article has", columns_.words[next_word_]));
      ++next_word_;
    }
    if (next_word_ == columns_.words.size() || columns_.words[next_word_] != word) {
      report_(fmt::format("does not list the word '{}', which articles have", word));
      return;
    }
    Counts counts;
    for_each_posting(word, [&](std::uint32_t row, std::uint32_t n) {
      words_[row] += n;
      words_of_[columns_.language_ordinal(row)].set(next_word_);
      counts[row].all = n;
    });
    for_each_posting(schema::term(schema::title_terms, word), [&](std::uint32_t row, auto n) {
      title_words_[row] += n;
      counts[row].in_title = n;
    });
    if (read_list(next_word_, word) != counts) {
      report_(fmt::format("has another list of '{}' than its postings are", word));
    }
    ++next_word_;
  }

  /// Complains of positions that do not ascend within their article.
  Counts read_list(std::size_t number, const std::string& word) {
    const auto list = lists_.list(number);
    std::vector<std::uint32_t> rows;
    lists_.read_rows(list, rows);
    PositionCursor at(lists_, list);
    Counts counts;
    for (std::size_t i = 0; i < rows.size(); ++i) {
      counts[rows[i]] = lists_.count(list, i);
      if (at.seek(rows[i])) check_positions(at, rows[i], word);
    }
    return counts;
  }

  void check_positions(const PositionCursor& at, std::uint32_t row, const std::string& word) {
    const auto last = columns_.tokens[row] + 2 * schema::field_gap;
    std::vector<std::uint32_t> positions;
    lists_.read_positions(at.bytes(), at.count(), positions);
    const bool ascend =
        std::ranges::adjacent_find(positions, std::ranges::greater_equal{}) == positions.end();
    if (positions.empty() || !ascend || positions.front() == 0 || positions.back() > last) {
      report_(fmt::format("does not fit the positions of '{}' in row {} ('{}')", word, row,
                          columns_.id[row]));
    }
  }

  void check_row(std::uint32_t row) {
    const auto complain = [&](std::string_view what) {
      report_(fmt::format("and its postings do not agree on the {} of row {} ('{}')", what, row,
                          columns_.id[row]));
    };
    if (words_[row] != columns_.tokens[row]) complain("number of words");
    if (title_words_[row] != columns_.title_tokens[row]) complain("number of words in the title");
    if (database_.get_doclength(columns_.document_of(row)) != words_[row] + title_words_[row])
      complain("length");
  }

  /// The words of a language's articles must be listed in order of their stems.
  void check_stems(std::size_t language) {
    const auto name = columns_.names(Attribute::language)[language];
    Stemmer stemmer(stemming_language(std::string(name)));
    auto& expected = words_of_[language];
    std::pair<std::string, std::uint32_t> before;
    bool first = true;
    for (const auto word : columns_.words_by_stem(language)) {
      std::pair now{std::string(stemmer.stem_of(columns_.words[word])), word};
      const bool is_late = columns_.words_in_order() && !first && now <= before;
      if (!expected.test(word) || is_late) {
        report_(fmt::format("does not list '{}' where its stem belongs", columns_.words[word]));
        return;
      }
      expected.reset(word);
      before = std::move(now);
      first = false;
    }
    if (expected.count() != 0)
      report_(fmt::format("does not list all words of language '{}' by stem", name));
  }

  const SegmentColumns& columns_;
  const SegmentWordLists& lists_;
  const Xapian::Database& database_;
  const ProblemSink& report_;
  std::vector<std::uint32_t> row_of_;  ///< by document, from 1
  std::vector<std::uint32_t> words_;
  std::vector<std::uint32_t> title_words_;
  std::vector<Bitset> words_of_;  ///< by language
  std::size_t next_word_ = 0;
};

std::vector<std::string_view> stated_names(const SegmentColumns& columns, Attribute attribute,
                                           std::uint32_t row) {
  std::vector<std::string_view> names;
  for (const auto name : columns.stated(attribute, row))
    names.push_back(columns.names(attribute)[name]);
  return names;
}

std::vector<std::string_view> sorted_once(const std::vector<std::string>& values) {
  std::vector<std::string_view> sorted(values.begin(), values.end());
  std::ranges::sort(sorted);
  sorted.erase(std::unique(sorted.begin(), sorted.end()), sorted.end());
  return sorted;
}

std::vector<std::string_view> one_or_none(const std::string& value) {
  return value.empty() ? std::vector<std::string_view>() : std::vector<std::string_view>{value};
}

/// What of a row is not as its stored article says; "" where all is.
std::string_view difference(const SegmentColumns& columns, std::uint32_t row,
                            const Article& article) {
  auto day = schema::undated_day;
  auto second = schema::unknown_second;
  if (article.published) {
    const auto& time = article.published.value;
    day = static_cast<std::int32_t>(time.day.time_since_epoch().count());
    second = time.second_of_day.value_or(schema::unknown_second);
  }
  const auto stated = [&](Attribute attribute) { return stated_names(columns, attribute, row); };
  if (columns.id[row] != article.id.value) return "id";
  if (columns.day[row] != day || columns.second[row] != second) return "date";
  if (stated(Attribute::source) != one_or_none(article.source.value)) return "source";
  if (stated(Attribute::language) != one_or_none(article.language.value)) return "language";
  if (stated(Attribute::author) != sorted_once(article.authors.value)) return "authors";
  if (stated(Attribute::topic) != sorted_once(article.topics.value)) return "topics";
  if (columns.path_hash[row] != hash64(article.path)) return "path";
  if (columns.key_hash[row] != article_key(article.path, article.record)) return "record";
  if (columns.deck_tokens[row] != words_in(article.deck.value)) return "words of the deck";
  return {};
}

void check_article(const SegmentColumns& columns, std::uint32_t row, const std::string& stored,
                   const ProblemSink& report) {
  if (digest(stored) != columns.digest[row]) {
    report(fmt::format("has another checksum for row {} ('{}') than the stored article has", row,
                       columns.id[row]));
    return;
  }
  try {
    const auto what = difference(columns, row, load_article(stored));
    if (!what.empty())
      report(fmt::format("has another {} for row {} ('{}') than the stored article", what, row,
                         columns.id[row]));
  } catch (const Error& e) {
    report(fmt::format("has a row {} ('{}') whose stored article cannot be read", row,
                       columns.id[row]));
  }
}

}  // namespace

std::uint64_t check_postings(const SegmentColumns& columns, const SegmentWordLists& lists,
                             const Xapian::Database& database, const ProblemSink& report) {
  if (database.get_doccount() != columns.rows() || database.get_lastdocid() != columns.rows()) {
    report(fmt::format("has {} rows, its postings {} documents", columns.rows(),
                       database.get_doccount()));
    return 0;
  }
  const auto terms = PostingsCheck(columns, lists, database, report).run();
  for (std::uint32_t row = 0; row < columns.rows(); ++row) {
    check_article(columns, row, database.get_document(columns.document_of(row)).get_data(), report);
  }
  return terms;
}

}  // namespace dateline
