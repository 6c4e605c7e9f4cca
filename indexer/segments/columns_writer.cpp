// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/segments/columns_writer.h"

#include <algorithm>
#include <numeric>
#include <utility>

#include "common/index/column_file.h"
#include "common/index/entity_weight.h"
#include "common/index/layout.h"
#include "common/index/schema.h"
#include "indexer/segments/day_runs.h"

namespace dateline {
namespace {

std::uint8_t weight_of(const ArticleEntity& entity) {
  auto weight =
      static_cast<unsigned>(std::min<std::uint32_t>(entity.mentions, schema::weight_mentions));
  if (entity.in_lead) weight |= schema::weight_in_lead;
  if (entity.in_title) weight |= schema::weight_in_title;
  if (entity.given) weight |= schema::weight_given;
  return static_cast<std::uint8_t>(weight);
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
  entity_at_.push_back(static_cast<std::uint32_t>(entity_.size()));
}

void ColumnsBuilder::Lists::add_row(const std::vector<std::string>& of_row) {
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

/// Of each row those that the article is about, then those that it names in passing, either in byte
/// order.
std::vector<ColumnsBuilder::EntityUse> ColumnsBuilder::ranked_entities() const {
  auto entities = entity_;
  const auto ranks = entities_.ranks();
  for (auto& e : entities) e.ordinal = ranks[e.ordinal];
  for (std::uint32_t row = 0; row < rows(); ++row) {
    std::sort(entities.begin() + entity_at_[row], entities.begin() + entity_at_[row + 1],
              [](const EntityUse& a, const EntityUse& b) {
                return std::pair(!is_salient(a.weight), a.ordinal) <
                       std::pair(!is_salient(b.weight), b.ordinal);
              });
  }
  return entities;
}

void ColumnsBuilder::write_entities(ColumnFileWriter& file) const {
  const auto entities = ranked_entities();
  // The part that a name's use belongs to: the salient ones or those in passing.
  const auto part = [](std::size_t list, const EntityUse& use) {
    return 2 * list + (is_salient(use.weight) ? 0 : 1);
  };
  std::vector<std::uint32_t> ordinals;
  std::vector<std::uint8_t> weights;
  std::vector<std::uint32_t> at(2 * std::size_t{rows()} + 1);
  std::vector<std::uint32_t> posting_at(2 * entities_.ordinals.size() + 1);
  for (std::uint32_t row = 0; row < rows(); ++row) {
    for (auto i = entity_at_[row]; i < entity_at_[row + 1]; ++i) {
      ordinals.push_back(entities[i].ordinal);
      weights.push_back(entities[i].weight);
      ++at[part(row, entities[i]) + 1];
      ++posting_at[part(entities[i].ordinal, entities[i]) + 1];
    }
  }
  std::partial_sum(at.begin(), at.end(), at.begin());
  std::partial_sum(posting_at.begin(), posting_at.end(), posting_at.begin());
  std::vector<std::uint32_t> posting_rows(ordinals.size());
  std::vector<std::uint8_t> posting_weights(ordinals.size());
  auto next = posting_at;
  for (std::uint32_t row = 0; row < rows(); ++row) {
    for (auto i = entity_at_[row]; i < entity_at_[row + 1]; ++i) {
      const auto place = next[part(entities[i].ordinal, entities[i])]++;
      posting_rows[place] = row;
      posting_weights[place] = weights[i];
    }
  }
  file.add(schema::entity_at, at);
  file.add(schema::entity_ordinal, ordinals);
  file.add(schema::entity_weight, weights);
  file.add(schema::posting_at, posting_at);
  file.add(schema::posting_row, posting_rows);
  file.add(schema::posting_weight, posting_weights);
}

void ColumnsBuilder::write(const std::filesystem::path& folder, const std::string& name,
                           const SegmentWords& words) const {
  auto source = source_;
  const auto source_ranks = sources_.ranks();
  for (auto& s : source) {
    if (s != schema::no_source) s = source_ranks[s];
  }
  auto language = language_;
  const auto language_ranks = languages_.ranks();
  for (auto& l : language) l = language_ranks[l];

  ColumnFileWriter file(columns_of(folder), name);
  file.add(schema::document, document_);
  file.add(schema::day, day_);
  DayRuns runs;
  for (const auto day : day_) runs.add(day);
  runs.write(file);
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
  write_entities(file);
  file.add_strings(schema::sources, sources_.names());
  file.add_strings(schema::entities, entities_.names());
  file.add_strings(schema::languages, languages_.names());
  authors_.write(file, Attribute::author);
  topics_.write(file, Attribute::topic);
  write_words(words, file);
  file.finish();
}

}  // namespace dateline
