// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <array>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "indexer/entities/candidates.h"
#include "indexer/entities/evidence.h"
#include "indexer/entities/gazetteer.h"
#include "indexer/entities/gazetteer_rows.h"
#include "indexer/entities/headlines.h"
#include "indexer/entities/recogniser.h"
#include "indexer/entities/sentences.h"
#include "indexer/entities/tokens.h"

namespace dateline {
namespace {

using namespace ner;

/// Changes with every change of the rules; the tables add their own digest.
constexpr std::string_view rules_version = "rules-1";

/// Title, deck or body while it is read.
struct Part {
  std::vector<Token> tokens;
  std::vector<Sentence> sentences;
  std::vector<Candidate> candidates;

  std::span<const Token> words_of(const Candidate& candidate) const {
    return std::span(tokens).subspan(candidate.first, candidate.last - candidate.first);
  }
};

/// All candidates of the article that read the same.
struct Surface {
  std::uint64_t evidence = 0;
  std::uint32_t uses = 0;
  std::uint32_t uses_with_the = 0;
  bool single = false;
  std::optional<EntityType> type;
};

/// Reads one article: candidates from each part, evidence shared between the parts.
class ArticleReader {
 public:
  explicit ArticleReader(const Gazetteer& gazetteer) : gazetteer_(gazetteer) {}

  ArticleMentions read(const ArticleText& text) {
    const std::array<std::string_view, 3> texts{text.title, text.deck, text.body};
    for (std::size_t i = 0; i < parts_.size(); ++i) {
      gazetteer_.tokenise(texts[i], parts_[i].tokens);
      find_sentences(parts_[i].tokens, parts_[i].sentences);
      note_lower_words(parts_[i]);
    }
    for (Part& part : parts_) collect(part);
    weigh();
    return {mentions_of(parts_[0]), mentions_of(parts_[1]), mentions_of(parts_[2])};
  }

 private:
  void note_lower_words(const Part& part) {
    constexpr std::uint32_t no_lower_word =
        Shape::capital | Shape::punctuation | Shape::possessive | Shape::unreadable;
    for (const Token& token : part.tokens)
      if (!token.has(no_lower_word)) lower_words_.insert(token.key);
  }

  void collect(Part& part) {
    part.candidates.clear();
    for (const Sentence& sentence : part.sentences)
      if (sentence.letter_case == LetterCase::ordinary)
        find_candidates(gazetteer_, part.tokens, sentence.first, sentence.last, lower_words_,
                        part.candidates);
    for (const Candidate& candidate : part.candidates) {
      Surface& surface = surfaces_[candidate.key];
      surface.evidence |= candidate.evidence & ~std::uint64_t{after_the};
      surface.uses += 1;
      surface.uses_with_the += (candidate.evidence & after_the) != 0 ? 1 : 0;
      surface.single = candidate.last - candidate.first == 1;
    }
  }

  void weigh() {
    for (auto& [key, surface] : surfaces_) {
      if (surface.uses_with_the * 2 > surface.uses) surface.evidence |= after_the;
      if (surface.uses > 1 && (surface.evidence & acronym) != 0)
        surface.evidence |= acronym_repeated;
    }
    for (Part& part : parts_)
      for (const Candidate& candidate : part.candidates) note_recurring(part, candidate);
    for (auto& [key, surface] : surfaces_) surface.type = decide(surface.evidence);
    for (Part& part : parts_)
      for (std::size_t i = 0; i < part.candidates.size(); ++i) spread(part, i);
    for (auto& [key, surface] : surfaces_) surface.type = decide(surface.evidence);
  }

  Surface* surface_of(std::span<const Token> words) {
    std::uint64_t key = 0;
    for (const Token& word : words) key = phrase_key(key, word.key);
    const auto found = surfaces_.find(key);
    return found == surfaces_.end() ? nullptr : &found->second;
  }

  /// "Perawongmetha" alone beside "Athit Perawongmetha": people are named again by the last name.
  void note_recurring(const Part& part, const Candidate& candidate) {
    const std::span<const Token> words = part.words_of(candidate);
    if (words.size() < 2 || words.size() > 4) return;
    constexpr std::uint64_t explained = org_last_word | org_of | known_org | known_place;
    if ((candidate.evidence & (explained | ordinary_word)) != 0) return;
    const Surface* last = surface_of(words.last(1));
    if (last != nullptr && (last->evidence & (explained | acronym)) == 0)
      surfaces_[candidate.key].evidence |= last_recurs;
  }

  /// What a full name says of its parts.
  void spread(const Part& part, std::size_t at) {
    const Candidate& candidate = part.candidates[at];
    const std::span<const Token> words = part.words_of(candidate);
    const std::optional<EntityType> type = surfaces_[candidate.key].type;
    if (words.size() < 2 || !type) return;
    if (*type == EntityType::person) {
      spread_person(words);
    } else if (*type == EntityType::org) {
      spread_org(words);
      if (at + 1 < part.candidates.size())
        spread_to_acronym(part, candidate, part.candidates[at + 1]);
    }
  }

  /// "Financial Action Task Force (FATF)": what stands in the brackets is the same organisation.
  void spread_to_acronym(const Part& part, const Candidate& name, const Candidate& acronym) {
    const std::span<const Token> tokens = part.tokens;
    if (acronym.last - acronym.first != 1 || acronym.first != name.last + 1) return;
    if (tokens[name.last].mark != '(' || acronym.last >= tokens.size()) return;
    if (tokens[acronym.last].mark == ')') surfaces_[acronym.key].evidence |= acronym_of_org;
  }

  void spread_person(std::span<const Token> words) {
    if (words.size() > 2 && words.back().is(bit(WordClass::suffix)))
      words = words.first(words.size() - 1);
    for (std::size_t from = 1; from < words.size(); ++from)
      if (Surface* part = surface_of(words.subspan(from)); part != nullptr)
        part->evidence |= part_of_person;
    const bool first_serves_alone = words.front().is(
        bits(WordClass::family_first, WordClass::given, WordClass::given_ambiguous));
    Surface* first = first_serves_alone ? surface_of(words.first(1)) : nullptr;
    if (first != nullptr) first->evidence |= part_of_person;
  }

  void spread_org(std::span<const Token> words) {
    if (Surface* last = surface_of(words.last(1)); last != nullptr &&
                                                   words.back().is(bit(WordClass::org_short)) &&
                                                   (last->evidence & after_the) != 0)
      last->evidence |= tail_of_org;
  }

  std::vector<Mention> mentions_of(const Part& part) const {
    std::vector<Mention> mentions;
    std::size_t next = 0;
    for (const Sentence& sentence : part.sentences) {
      if (sentence.letter_case != LetterCase::ordinary) {
        add_headline_mentions(part, sentence, mentions);
        continue;
      }
      for (; next < part.candidates.size() && part.candidates[next].first < sentence.last; ++next)
        add_mention(part, part.candidates[next], mentions);
    }
    return mentions;
  }

  void add_mention(const Part& part, const Candidate& candidate,
                   std::vector<Mention>& mentions) const {
    const std::optional<EntityType> type = surfaces_.at(candidate.key).type;
    if (!type) return;
    mentions.push_back(
        {part.tokens[candidate.first].begin, part.tokens[candidate.last - 1].end, *type});
  }

  void add_headline_mentions(const Part& part, const Sentence& sentence,
                             std::vector<Mention>& mentions) const {
    const auto believed = [this](std::uint64_t key) -> std::optional<EntityType> {
      const auto found = surfaces_.find(key);
      return found == surfaces_.end() ? std::nullopt : found->second.type;
    };
    read_headline(gazetteer_, part.tokens, sentence, believed, mentions);
  }

  const Gazetteer& gazetteer_;
  std::array<Part, 3> parts_;
  LowerWords lower_words_;
  std::unordered_map<std::uint64_t, Surface> surfaces_;
};

class RuleRecogniser final : public EntityRecogniser {
 public:
  RuleRecogniser()
      : gazetteer_(Gazetteer::built_in()),
        fingerprint_(std::string(rules_version) + "-" + std::string(gazetteer::tables_digest())) {}

  ArticleMentions recognise(const ArticleText& text) const override {
    return ArticleReader(gazetteer_).read(text);
  }
  std::string_view fingerprint() const override { return fingerprint_; }

 private:
  const Gazetteer& gazetteer_;
  std::string fingerprint_;
};

}  // namespace

std::unique_ptr<EntityRecogniser> make_rule_recogniser() {
  return std::make_unique<RuleRecogniser>();
}

}  // namespace dateline
