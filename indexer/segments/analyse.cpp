// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/segments/analyse.h"

#include <algorithm>
#include <numeric>
#include <utility>

#include "common/index/schema.h"
#include "common/text/sentences.h"
#include "common/text/stemmer.h"
#include "common/text/tokenizer.h"

namespace dateline {
namespace {

/// Collects the words of one article, field by field.
class TextBuilder {
 public:
  /// Adds a field's words; returns how many.
  std::uint32_t add(std::string_view field) {
    Boundaries sentences(sentence_starts(field), text_.sentences);
    Boundaries paragraphs(paragraph_starts(field), text_.paragraphs);
    const auto first = position_;
    for (Tokenizer words(field); words.next(); ++position_) {
      tokens_.push_back({text_.words.add(words.word()), position_});
      sentences.note(words.span().begin, position_);
      paragraphs.note(words.span().begin, position_);
    }
    const auto words = position_ - first;
    position_ += schema::field_gap;
    return words;
  }

  /// The text, but for title_tokens and deck_tokens. Ends the builder.
  AnalysedText finish() {
    text_.tokens = static_cast<std::uint32_t>(tokens_.size());
    sort_positions();
    return std::move(text_);
  }

 private:
  struct Token {
    std::uint32_t word = 0;  ///< its number
    std::uint32_t position = 0;
  };

  /// Notes at which positions the stretches of a field begin.
  class Boundaries {
   public:
    Boundaries(std::vector<std::size_t> starts, std::vector<std::uint32_t>& positions)
        : starts_(std::move(starts)), positions_(positions) {}

    /// To be told of every word, in order.
    void note(std::size_t byte, std::uint32_t position) {
      if (next_ == starts_.size() || byte < starts_[next_]) return;
      while (next_ < starts_.size() && starts_[next_] <= byte) ++next_;
      positions_.push_back(position);
    }

   private:
    std::vector<std::size_t> starts_;
    std::vector<std::uint32_t>& positions_;
    std::size_t next_ = 0;
  };

  /// By word, in one pass: how many each has is counted first.
  void sort_positions() {
    std::vector<std::uint32_t> next(text_.words.size() + 1);
    for (const auto& token : tokens_) ++next[token.word + 1];
    std::partial_sum(next.begin(), next.end(), next.begin());
    text_.position_at = next;
    text_.positions.resize(tokens_.size());
    for (const auto& token : tokens_) text_.positions[next[token.word]++] = token.position;
  }

  AnalysedText text_;
  std::vector<Token> tokens_;
  std::uint32_t position_ = 1;
};

}  // namespace

WordUse AnalysedText::use_of(std::uint32_t number) const {
  const auto begin = position_at[number];
  const auto of_word = std::span(positions).subspan(begin, position_at[number + 1] - begin);
  // The title comes first, and its first word stands at 1.
  const auto in_title = std::ranges::upper_bound(of_word, title_tokens) - of_word.begin();
  return {words[number], of_word, static_cast<std::uint32_t>(in_title)};
}

AnalysedText analyse_text(const Article& article) {
  TextBuilder builder;
  const auto title = builder.add(article.title.value);
  const auto deck = builder.add(article.deck.value);
  builder.add(article.body);
  auto text = builder.finish();
  text.title_tokens = title;
  text.deck_tokens = deck;
  return text;
}

std::uint64_t article_key(const std::string& path, const std::string& record) {
  std::string key = path;
  key += '\0';
  key += record;
  return hash64(key);
}

namespace {

/// All of an article that takes no look at its text.
AnalysedArticle metadata_of(const Article& article, std::string stored) {
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
  a.stored = std::move(stored);
  return a;
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
                                const SegmentColumns& segment, std::uint32_t row) {
  auto a = metadata_of(article, std::move(stored));
  a.text = analyse_text(article);
  const auto entities = segment.entities_of(row);
  const auto weights = segment.entity_weights_of(row);
  for (std::size_t i = 0; i < entities.size(); ++i) {
    a.entities.push_back(entity_of(segment.entities[entities[i]], weights[i]));
  }
  return a;
}

AnalysedArticle ArticleAnalyser::analyse(const Article& article, std::string stored,
                                         std::vector<ArticleEntity> names) {
  auto a = metadata_of(article, std::move(stored));
  a.text = analyse_text(article);
  a.entities = std::move(names);
  return a;
}

std::vector<ArticleEntity> ArticleAnalyser::names_in(const Article& article) const {
  const auto language = stemming_language(article.language.value);
  const ArticleText text{article.title.value, article.deck.value, article.body, language};
  return join_names(text, recogniser_.recognise(text), article.entities).entities;
}

}  // namespace dateline
