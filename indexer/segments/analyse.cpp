// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/segments/analyse.h"

#include <utility>

#include "common/index/schema.h"
#include "common/text/sentences.h"
#include "common/text/stemmer.h"
#include "common/text/tokenizer.h"

namespace dateline {
namespace {

/// Notes at which positions the stretches of a text begin.
class Boundaries {
 public:
  Boundaries(std::vector<std::size_t> starts, std::string_view kind)
      : starts_(std::move(starts)), term_(schema::term(schema::boundary_terms, kind)) {}

  /// To be told of every word, in order.
  void note(std::size_t byte, std::uint32_t position, Xapian::Document& document) {
    if (next_ == starts_.size() || byte < starts_[next_]) return;
    while (next_ < starts_.size() && starts_[next_] <= byte) ++next_;
    document.add_posting(term_, position, 0);
  }

 private:
  std::vector<std::size_t> starts_;
  std::string term_;
  std::size_t next_ = 0;
};

}  // namespace

std::vector<std::string> words_of(const Xapian::Document& document) {
  std::vector<std::string> words;
  for (auto term = document.termlist_begin(); term != document.termlist_end(); ++term) {
    auto text = *term;
    const bool prefixed = text.front() >= 'A' && text.front() <= 'Z';
    if (!prefixed) words.push_back(std::move(text));
  }
  return words;
}

std::uint64_t article_key(const std::string& path, const std::string& record) {
  std::string key = path;
  key += '\0';
  key += record;
  return hash64(key);
}

namespace {

/// All of an article that takes no look at its text.
AnalysedArticle metadata_of(const Article& article, const std::string& stored) {
  AnalysedArticle a;
  a.id = article.id.value;
  a.source = article.source.value;
  a.language = article.language.value;
  a.authors = article.authors.value;
  a.topics = article.topics.value;
  a.day = schema::undated_day;
  a.second = schema::unknown_second;
  if (article.published) {
    a.day = static_cast<std::int32_t>(article.published.value.day.time_since_epoch().count());
    a.second = article.published.value.second_of_day.value_or(schema::unknown_second);
  }
  a.path_hash = hash64(article.path);
  a.key_hash = article_key(article.path, article.record);
  a.digest = digest(stored);
  return a;
}

void finish_document(AnalysedArticle& a, std::string stored) {
  a.words = words_of(a.document);
  a.document.add_boolean_term(schema::term(schema::id_terms, a.id));
  a.document.set_data(std::move(stored));
}

bool is_id_term(const std::string& term) { return term.starts_with(schema::id_terms.prefix); }

/// A document of the same terms and positions that depends on no database, without the id.
Xapian::Document copy_of_terms(const Xapian::Document& document) {
  Xapian::Document copy;
  for (auto term = document.termlist_begin(); term != document.termlist_end(); ++term) {
    const auto text = *term;
    if (is_id_term(text)) continue;
    copy.add_term(text, term.get_wdf());
    for (auto at = term.positionlist_begin(); at != term.positionlist_end(); ++at) {
      copy.add_posting(text, *at, 0);
    }
  }
  return copy;
}

ArticleEntity entity_of(std::string_view key, std::uint8_t weight) {
  ArticleEntity entity;
  entity.type = entity_key_type(key);
  entity.name = entity_key_name(key);
  entity.mentions = weight & schema::weight_mentions;
  entity.in_lead = (weight & schema::weight_in_lead) != 0;
  entity.in_title = (weight & schema::weight_in_title) != 0;
  entity.given = (weight & schema::weight_given) != 0;
  return entity;
}

}  // namespace

bool same_text(const Article& a, const Article& b) {
  return a.title.value == b.title.value && a.deck.value == b.deck.value && a.body == b.body &&
         a.language.value == b.language.value && a.entities == b.entities;
}

AnalysedArticle analysed_before(const Article& article, std::string stored,
                                const SegmentColumns& segment, std::uint32_t row,
                                const Xapian::Document& document) {
  auto a = metadata_of(article, stored);
  a.tokens = segment.tokens[row];
  a.title_tokens = segment.title_tokens[row];
  a.deck_tokens = segment.deck_tokens[row];
  a.document = copy_of_terms(document);
  finish_document(a, std::move(stored));
  const auto entities = segment.entities_of(row);
  const auto weights = segment.entity_weights_of(row);
  for (std::size_t i = 0; i < entities.size(); ++i) {
    a.entities.push_back(entity_of(segment.entities[entities[i]], weights[i]));
  }
  return a;
}

AnalysedArticle ArticleAnalyser::analyse(const Article& article, std::string stored,
                                         std::vector<ArticleEntity> names) {
  auto a = metadata_of(article, stored);
  std::uint32_t position = 1;
  a.title_tokens = add_words(article.title.value, position, true, a.document);
  position += a.title_tokens + schema::field_gap;
  a.deck_tokens = add_words(article.deck.value, position, false, a.document);
  position += a.deck_tokens + schema::field_gap;
  a.tokens = a.title_tokens + a.deck_tokens + add_words(article.body, position, false, a.document);
  finish_document(a, std::move(stored));
  a.entities = std::move(names);
  return a;
}

std::vector<ArticleEntity> ArticleAnalyser::names_in(const Article& article) const {
  const auto language = stemming_language(article.language.value);
  const ArticleText text{article.title.value, article.deck.value, article.body, language};
  return join_names(text, recogniser_.recognise(text), article.entities).entities;
}

std::uint32_t ArticleAnalyser::add_words(std::string_view text, std::uint32_t first, bool is_title,
                                         Xapian::Document& document) {
  Boundaries sentences(sentence_starts(text), schema::sentence);
  Boundaries paragraphs(paragraph_starts(text), schema::paragraph);
  auto position = first;
  for (Tokenizer words(text); words.next(); ++position) {
    const std::string word(words.word());
    document.add_posting(word, position);
    if (is_title) document.add_term(schema::term(schema::title_terms, word));
    sentences.note(words.span().begin, position, document);
    paragraphs.note(words.span().begin, position, document);
  }
  return position - first;
}

}  // namespace dateline
