// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/segments/analyse.h"

#include <functional>
#include <unordered_map>
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
  std::uint32_t add(std::string_view field, bool is_title) {
    Boundaries sentences(sentence_starts(field), text_.sentences);
    Boundaries paragraphs(paragraph_starts(field), text_.paragraphs);
    const auto first = position_;
    for (Tokenizer words(field); words.next(); ++position_) {
      auto& use = use_of(words.word());
      use.positions.push_back(position_);
      use.in_title += is_title ? 1 : 0;
      sentences.note(words.span().begin, position_);
      paragraphs.note(words.span().begin, position_);
    }
    const auto words = position_ - first;
    text_.tokens += words;
    position_ += schema::field_gap;
    return words;
  }

  AnalysedText& text() { return text_; }

 private:
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

  struct Hash {
    using is_transparent = void;
    std::size_t operator()(std::string_view word) const { return hash64(word); }
  };

  WordUse& use_of(std::string_view word) {
    const auto known = ordinals_.find(word);
    if (known != ordinals_.end()) return text_.words[known->second];
    ordinals_.emplace(word, text_.words.size());
    return text_.words.emplace_back(WordUse{std::string(word), 0, {}});
  }

  AnalysedText text_;
  std::unordered_map<std::string, std::size_t, Hash, std::equal_to<>> ordinals_;
  std::uint32_t position_ = 1;
};

}  // namespace

AnalysedText analyse_text(const Article& article) {
  TextBuilder builder;
  const auto title = builder.add(article.title.value, true);
  const auto deck = builder.add(article.deck.value, false);
  builder.add(article.body, false);
  auto text = std::move(builder.text());
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
