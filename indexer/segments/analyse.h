// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "common/article.h"
#include "common/hash.h"
#include "common/index/article_history.h"
#include "common/index/segment.h"
#include "indexer/entities/names.h"
#include "indexer/entities/recogniser.h"
#include "indexer/segments/vocabulary.h"

namespace dateline {

/// A word of an article and where it stands; refers to the AnalysedText that it is of.
struct WordUse {
  std::string_view word;
  std::span<const std::uint32_t> positions;  ///< ascending, from 1: schema::field_gap
  std::uint32_t in_title = 0;                ///< how many of them are there
};

/// What an index keeps of the words of one article.
struct AnalysedText {
  Vocabulary words;                        ///< numbered in order of their first position
  std::vector<std::uint32_t> positions;    ///< word by word
  std::vector<std::uint32_t> position_at;  ///< of each word its first in `positions`; their number
  std::vector<std::uint32_t> sentences;    ///< positions of their first words
  std::vector<std::uint32_t> paragraphs;   ///< likewise
  std::uint32_t tokens = 0;                ///< of title, deck and body
  std::uint32_t title_tokens = 0;
  std::uint32_t deck_tokens = 0;

  /// REQUIRES: number < words.size()
  WordUse use_of(std::uint32_t number) const;
};

/// Deterministic, and the same for the article that load_article() makes of a stored one.
AnalysedText analyse_text(const Article& article);

/// All that an index keeps of one article, ready for a segment.
struct AnalysedArticle {
  AnalysedText text;
  std::string stored;  ///< store_article() of it
  std::string id;
  std::string source;    ///< "" if unknown
  std::string language;  ///< "" if unknown
  std::vector<std::string> authors;
  std::vector<std::string> topics;
  std::int32_t day = 0;
  std::int32_t second = 0;
  std::uint64_t path_hash = 0;
  std::uint64_t key_hash = 0;
  Digest digest;  ///< of the stored article
  ArticleHistory history;
  std::vector<ArticleEntity> entities;
};

/// Which article of which file: the same in every run.
std::uint64_t article_key(const std::string& path, const std::string& record);

/// Whether analysing both gives the same words and names.
bool same_text(const Article& a, const Article& b);

/// What analyse() would give, its names taken from the analysis of an article of the same_text():
/// the row of a finished segment.
AnalysedArticle analysed_before(const Article& article, std::string stored,
                                const SegmentColumns& segment, std::uint32_t row);

/// Turns articles into what is indexed of them. Deterministic: the same article gives the same
/// result whatever came before. One thread each; the recogniser may be shared and must outlive it.
class ArticleAnalyser {
 public:
  explicit ArticleAnalyser(const EntityRecogniser& recogniser) : recogniser_(recogniser) {}

  /// `stored` is store_article(article), made once for the digest and the document.
  /// `names`: as names_in() found them.
  AnalysedArticle analyse(const Article& article, std::string stored,
                          std::vector<ArticleEntity> names);

  /// By itself because it is quicker for many articles in a row: the model stays in the cache.
  std::vector<ArticleEntity> names_in(const Article& article) const;

 private:
  const EntityRecogniser& recogniser_;
};

}  // namespace dateline
