// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/analyse.h"

#include <utility>

#include "common/index/schema.h"

namespace dateline {

std::uint64_t article_key(const std::string& path, const std::string& record) {
  std::string key = path;
  key += '\0';
  key += record;
  return hash64(key);
}

std::string language_of(const Article& article) {
  return article.language ? article.language.value : "en";
}

AnalysedArticle ArticleAnalyser::analyse(const Article& article, std::string stored,
                                         std::vector<ArticleEntity> names) {
  AnalysedArticle a;
  a.id = article.id.value;
  a.source = article.source.value;
  a.language = language_of(article);
  a.day = schema::undated_day;
  a.second = schema::unknown_second;
  if (article.published) {
    a.day = static_cast<std::int32_t>(article.published.value.day.time_since_epoch().count());
    a.second = article.published.value.second_of_day.value_or(schema::unknown_second);
  }
  a.path_hash = hash64(article.path);
  a.key_hash = article_key(article.path, article.record);
  a.digest = digest(stored);

  words_ = &text_analyser(a.language);
  words_->forget();
  std::uint32_t position = 1;
  a.title_tokens = add_words(article.title.value, position, true, a.document);
  position += a.title_tokens + schema::field_gap;
  const auto deck_tokens = add_words(article.deck.value, position, false, a.document);
  position += deck_tokens + schema::field_gap;
  a.tokens = a.title_tokens + deck_tokens + add_words(article.body, position, false, a.document);
  a.document.add_boolean_term(schema::term(schema::id_terms, a.id));
  a.document.set_data(std::move(stored));

  a.entities = std::move(names);
  return a;
}

std::vector<ArticleEntity> ArticleAnalyser::names_in(const Article& article) const {
  const std::string language = language_of(article);
  const ArticleText text{article.title.value, article.deck.value, article.body, language};
  return join_names(text, recogniser_.recognise(text), article.entities).entities;
}

std::uint32_t ArticleAnalyser::add_words(std::string_view text, std::uint32_t first, bool is_title,
                                         Xapian::Document& document) {
  buffer_.clear();
  words_->analyse(text, buffer_);
  auto position = first;
  for (const auto& word : buffer_) {
    document.add_posting(std::string(word.term), position++);
    if (is_title) document.add_term(schema::term(schema::title_terms, word.term));
  }
  return position - first;
}

TextAnalyser& ArticleAnalyser::text_analyser(const std::string& language) {
  return text_analysers_.try_emplace(language, language).first->second;
}

}  // namespace dateline
