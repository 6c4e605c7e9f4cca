// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/segments/segment_writer.h"

#include <algorithm>
#include <numeric>
#include <utility>

#include "common/index/column_file.h"
#include "common/index/layout.h"
#include "common/index/schema.h"
#include "common/index/stored_article.h"
#include "common/text/stemmer.h"
#include "common/text/unicode.h"

namespace dateline {
namespace {

/// Xapian gathers postings in a map of maps, whose cost grows faster than its size: small flushes
/// are quicker (8.8 s against 14 s for 21 MB of news at the default of 10,000).
constexpr std::uint32_t rows_per_flush = 200;

std::uint8_t weight_of(const ArticleEntity& entity) {
  auto weight =
      static_cast<unsigned>(std::min<std::uint32_t>(entity.mentions, schema::weight_mentions));
  if (entity.in_lead) weight |= schema::weight_in_lead;
  if (entity.in_title) weight |= schema::weight_in_title;
  if (entity.given) weight |= schema::weight_given;
  return static_cast<std::uint8_t>(weight);
}

std::vector<std::string_view> names_of(const SegmentColumns& segment, Attribute attribute,
                                       std::uint32_t row) {
  std::vector<std::string_view> names;
  for (const auto n : segment.stated(attribute, row)) names.push_back(segment.names(attribute)[n]);
  return names;
}

/// The ordinals in `all` (in byte order) of `words`, in order of their key, then of the word.
template <class Key>
std::vector<std::uint32_t> in_order_of(const std::vector<std::string_view>& all,
                                       const std::vector<std::string_view>& words, Key&& key_of) {
  std::vector<std::pair<std::string, std::uint32_t>> keyed;
  keyed.reserve(words.size());
  for (const auto word : words) {
    const auto at = std::ranges::lower_bound(all, word) - all.begin();
    keyed.emplace_back(key_of(word), static_cast<std::uint32_t>(at));
  }
  std::ranges::sort(keyed);
  std::vector<std::uint32_t> ordinals;
  for (const auto& [key, ordinal] : keyed) ordinals.push_back(ordinal);
  return ordinals;
}

}  // namespace

std::uint32_t ColumnsBuilder::Dictionary::ordinal_of(std::string_view name) {
  if (const auto known = ordinals.find(name); known != ordinals.end()) return known->second;
  return ordinals.emplace(name, static_cast<std::uint32_t>(ordinals.size())).first->second;
}

std::vector<std::uint32_t> ColumnsBuilder::Dictionary::ranks() const {
  std::vector<std::uint32_t> ranks(ordinals.size());
  std::uint32_t rank = 0;
  for (const auto& [name, ordinal] : ordinals) ranks[ordinal] = rank++;
  return ranks;
}

std::vector<std::string> ColumnsBuilder::Dictionary::names() const {
  std::vector<std::string> names;
  names.reserve(ordinals.size());
  for (const auto& [name, ordinal] : ordinals) names.push_back(name);
  return names;
}

std::uint32_t ColumnsBuilder::source_ordinal(std::string_view source) {
  return source.empty() ? schema::no_source : sources_.ordinal_of(source);
}

void ColumnsBuilder::add_history(const ArticleHistory& history) {
  first_seen_.push_back(history.first_seen);
  last_changed_.push_back(history.last_changed);
  changes_.push_back(history.changes);
  changed_in_.push_back(history.changed_in);
}

void ColumnsBuilder::close_row() {
  entity_at_.push_back(static_cast<std::uint32_t>(entity_.size()));
}

void ColumnsBuilder::reserve(std::uint32_t rows, std::size_t entities) {
  for (auto* column : {&document_, &source_, &language_, &tokens_, &title_tokens_, &deck_tokens_,
                       &changes_, &authors_.at, &topics_.at, &entity_at_}) {
    column->reserve(rows + 1);
  }
  for (auto* column : {&day_, &second_}) column->reserve(rows);
  for (auto* column : {&path_hash_, &key_hash_, &changed_in_}) column->reserve(rows);
  for (auto* column : {&first_seen_, &last_changed_}) column->reserve(rows);
  digest_.reserve(rows);
  id_.reserve(rows);
  entity_.reserve(entities);
}

void ColumnsBuilder::add(const AnalysedArticle& a) {
  document_.push_back(rows() + 1);
  day_.push_back(a.day);
  second_.push_back(a.second);
  source_.push_back(source_ordinal(a.source));
  tokens_.push_back(a.text.tokens);
  title_tokens_.push_back(a.text.title_tokens);
  deck_tokens_.push_back(a.text.deck_tokens);
  path_hash_.push_back(a.path_hash);
  key_hash_.push_back(a.key_hash);
  digest_.push_back(a.digest);
  add_history(a.history);
  id_.push_back(a.id);
  language_.push_back(languages_.ordinal_of(a.language));
  authors_.add_row(a.authors);
  topics_.add_row(a.topics);
  for (const auto& e : a.entities) {
    entity_.push_back({entities_.ordinal_of(entity_key(e.type, e.name)), weight_of(e)});
  }
  close_row();
}

void ColumnsBuilder::add(const SegmentColumns& from, std::uint32_t row, std::uint32_t document) {
  document_.push_back(document);
  day_.push_back(from.day[row]);
  second_.push_back(from.second[row]);
  const auto source = names_of(from, Attribute::source, row);
  source_.push_back(source.empty() ? schema::no_source : source_ordinal(source.front()));
  tokens_.push_back(from.tokens[row]);
  title_tokens_.push_back(from.title_tokens[row]);
  deck_tokens_.push_back(from.deck_tokens[row]);
  path_hash_.push_back(from.path_hash[row]);
  key_hash_.push_back(from.key_hash[row]);
  digest_.push_back(from.digest[row]);
  add_history(from.history(row));
  id_.emplace_back(from.id[row]);
  language_.push_back(languages_.ordinal_of(from.language_of(row)));
  authors_.add_row(names_of(from, Attribute::author, row));
  topics_.add_row(names_of(from, Attribute::topic, row));
  const auto ordinals = from.entities_of(row);
  const auto weights = from.entity_weights_of(row);
  for (std::size_t i = 0; i < ordinals.size(); ++i) {
    entity_.push_back({entities_.ordinal_of(from.entities[ordinals[i]]), weights[i]});
  }
  close_row();
}

template <class Names>
void ColumnsBuilder::Lists::add_row(const Names& of_row) {
  std::vector<std::uint32_t> ordinals;
  for (const auto& name : of_row) ordinals.push_back(names.ordinal_of(name));
  std::ranges::sort(ordinals);
  ordinals.erase(std::unique(ordinals.begin(), ordinals.end()), ordinals.end());
  ordinal.insert(ordinal.end(), ordinals.begin(), ordinals.end());
  at.push_back(static_cast<std::uint32_t>(ordinal.size()));
}

void ColumnsBuilder::Lists::write(ColumnFileWriter& file, Attribute attribute) const {
  const auto ranks = names.ranks();
  auto ranked = ordinal;
  for (auto& o : ranked) o = ranks[o];
  for (std::size_t row = 0; row + 1 < at.size(); ++row) {
    std::sort(ranked.begin() + at[row], ranked.begin() + at[row + 1]);
  }
  file.add(std::string(singular(attribute)) + ".at", at);
  file.add(std::string(singular(attribute)) + ".ordinal", ranked);
  file.add_strings(plural(attribute), names.names());
}

std::unordered_set<std::string>& ColumnsBuilder::words_in(std::string_view language) {
  const auto known = words_.find(language);
  if (known != words_.end()) return known->second;
  return words_.emplace(language, std::unordered_set<std::string>{}).first->second;
}

void ColumnsBuilder::add_word(std::string_view language, const std::string& word) {
  words_in(language).insert(word);
}

void ColumnsBuilder::add_words(const SegmentColumns& from) {
  const auto& languages = from.names(Attribute::language);
  for (std::size_t l = 0; l < languages.size(); ++l) {
    auto& words = words_in(languages[l]);
    for (const auto word : from.words_by_stem(l)) words.emplace(from.words[word]);
  }
}

void ColumnsBuilder::write_words(ColumnFileWriter& file) const {
  std::vector<std::string_view> all;
  for (const auto& [language, words] : words_) all.insert(all.end(), words.begin(), words.end());
  std::ranges::sort(all);
  all.erase(std::unique(all.begin(), all.end()), all.end());
  file.add_strings(schema::words, {all.begin(), all.end()});
  file.add(schema::word_by_fold, in_order_of(all, all, strip_diacritics));

  std::vector<std::uint32_t> at{0};
  std::vector<std::uint32_t> by_stem;
  for (const auto& language : languages_.names()) {
    const auto found = words_.find(language);
    if (found != words_.end()) {
      Stemmer stemmer(stemming_language(language));
      const std::vector<std::string_view> words(found->second.begin(), found->second.end());
      const auto ordinals = in_order_of(
          all, words, [&](std::string_view word) { return std::string(stemmer.stem_of(word)); });
      by_stem.insert(by_stem.end(), ordinals.begin(), ordinals.end());
    }
    at.push_back(static_cast<std::uint32_t>(by_stem.size()));
  }
  file.add(schema::stem_at, at);
  file.add(schema::stem_word, by_stem);
}

void ColumnsBuilder::write(const std::filesystem::path& folder, const std::string& name) const {
  auto source = source_;
  const auto source_ranks = sources_.ranks();
  for (auto& s : source) {
    if (s != schema::no_source) s = source_ranks[s];
  }
  auto language = language_;
  const auto language_ranks = languages_.ranks();
  for (auto& l : language) l = language_ranks[l];
  auto entity = entity_;
  const auto entity_ranks = entities_.ranks();
  for (auto& e : entity) e.ordinal = entity_ranks[e.ordinal];
  for (std::uint32_t row = 0; row < rows(); ++row) {
    std::sort(entity.begin() + entity_at_[row], entity.begin() + entity_at_[row + 1],
              [](const EntityUse& a, const EntityUse& b) { return a.ordinal < b.ordinal; });
  }
  std::vector<std::uint32_t> ordinals;
  std::vector<std::uint8_t> weights;
  std::vector<std::uint32_t> posting_at(entities_.ordinals.size() + 1);
  for (const auto& e : entity) {
    ordinals.push_back(e.ordinal);
    weights.push_back(e.weight);
    ++posting_at[e.ordinal + 1];
  }
  std::partial_sum(posting_at.begin(), posting_at.end(), posting_at.begin());
  std::vector<std::uint32_t> posting_rows(ordinals.size());
  std::vector<std::uint8_t> posting_weights(ordinals.size());
  auto next = posting_at;
  for (std::uint32_t row = 0; row < rows(); ++row) {
    for (auto i = entity_at_[row]; i < entity_at_[row + 1]; ++i) {
      const auto place = next[ordinals[i]]++;
      posting_rows[place] = row;
      posting_weights[place] = weights[i];
    }
  }

  ColumnFileWriter file(columns_of(folder), name);
  file.add(schema::document, document_);
  file.add(schema::day, day_);
  file.add(schema::second, second_);
  file.add(schema::source, source);
  file.add(schema::language, language);
  file.add(schema::tokens, tokens_);
  file.add(schema::title_tokens, title_tokens_);
  file.add(schema::deck_tokens, deck_tokens_);
  file.add(schema::path_hash, path_hash_);
  file.add(schema::key_hash, key_hash_);
  file.add(schema::digest, digest_);
  file.add(schema::first_seen, first_seen_);
  file.add(schema::last_changed, last_changed_);
  file.add(schema::changes, changes_);
  file.add(schema::changed_in, changed_in_);
  file.add_strings(schema::id, id_);
  file.add(schema::entity_at, entity_at_);
  file.add(schema::entity_ordinal, ordinals);
  file.add(schema::entity_weight, weights);
  file.add(schema::posting_at, posting_at);
  file.add(schema::posting_row, posting_rows);
  file.add(schema::posting_weight, posting_weights);
  file.add_strings(schema::sources, sources_.names());
  file.add_strings(schema::entities, entities_.names());
  file.add_strings(schema::languages, languages_.names());
  authors_.write(file, Attribute::author);
  topics_.write(file, Attribute::topic);
  write_words(file);
  file.finish();
}

SegmentWriter::SegmentWriter(std::filesystem::path folder, std::string name)
    : folder_(std::move(folder)), name_(std::move(name)) {
  std::filesystem::create_directories(folder_);
  // DB_DANGEROUS updates blocks in place: a crash leaves this folder worthless, which it is anyway
  // until it was merged into a published segment.
  database_ = Xapian::WritableDatabase(
      postings_of(folder_).string(), Xapian::DB_CREATE | Xapian::DB_DANGEROUS | Xapian::DB_NO_SYNC |
                                         Xapian::DB_NO_TERMLIST | Xapian::DB_BACKEND_GLASS);
}

void SegmentWriter::put(const AnalysedArticle& article) {
  add_text(article.text, article.language, article.stored);
  columns_.add(article);
}

void SegmentWriter::put(const std::string& stored, const SegmentColumns& from, std::uint32_t row) {
  add_text(analyse_text(load_article(stored)), from.language_of(row), stored);
  columns_.add(from, row, columns_.rows() + 1);
}

void SegmentWriter::add_text(const AnalysedText& text, std::string_view language,
                             const std::string& stored) {
  Xapian::Document document;
  for (const auto& use : text.words) {
    document.add_term(use.word, static_cast<Xapian::termcount>(use.positions.size()));
    if (use.in_title > 0) {
      document.add_term(schema::term(schema::title_terms, use.word), use.in_title);
    }
  }
  document.set_data(stored);
  lists_.add(columns_.rows(), language, text);
  database_.add_document(document);
  if (++unflushed_ == rows_per_flush) {
    database_.commit();
    unflushed_ = 0;
  }
}

void SegmentWriter::finish() {
  database_.commit();
  database_.close();
  lists_.for_each_word([&](const std::string& language, const std::string& word) {
    columns_.add_word(language, word);
  });
  columns_.write(folder_, name_);
  lists_.write(folder_, name_);
}

}  // namespace dateline
