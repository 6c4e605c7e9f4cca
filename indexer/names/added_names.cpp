// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/names/added_names.h"

#include <algorithm>
#include <map>
#include <memory>
#include <string>
#include <string_view>

#include "common/index/schema.h"
#include "common/index/stored_article.h"
#include "common/index/word_forms.h"
#include "common/text/tokenizer.h"
#include "common/text/unicode.h"
#include "indexer/entities/names.h"

namespace dateline {
namespace {

/// Which characters of a word are capitals; marks that a spelling may lack are left out.
std::vector<bool> capitals_of(std::string_view word) {
  std::vector<bool> capitals;
  for (std::size_t i = 0; i < word.size();) {
    const auto begin = i;
    const auto c = next_code_point(word, i);
    if (c == U'.' || c == U'\'' || c == U'’') continue;
    const auto character = word.substr(begin, i - begin);
    capitals.push_back(lower_case(character) != character);
  }
  return capitals;
}

/// A text cut into words.
class WordedText {
 public:
  explicit WordedText(std::string_view text) : text_(text) {
    for (Tokenizer words(text); words.next();) {
      words_.push_back({strip_diacritics(words.word()), words.span()});
    }
  }

  std::size_t size() const { return words_.size(); }
  const std::string& word(std::size_t i) const { return words_[i].folded; }
  std::size_t begin_of(std::size_t i) const { return words_[i].span.begin; }
  std::string_view as_written(std::size_t i) const {
    return text_.substr(words_[i].span.begin, words_[i].span.end - words_[i].span.begin);
  }
  /// What stands between word i and the next.
  std::string_view gap_after(std::size_t i) const {
    return text_.substr(words_[i].span.end, words_[i + 1].span.begin - words_[i].span.end);
  }

 private:
  struct Word {
    std::string folded;
    WordSpan span;
  };
  std::string_view text_;
  std::vector<Word> words_;
};

/// White space within one paragraph, or a hyphen.
bool joins_words(std::string_view gap) {
  return gap == "-" || (gap.find_first_not_of(" \n") == std::string_view::npos &&
                        gap.find("\n\n") == std::string_view::npos);
}

class NamePattern {
 public:
  explicit NamePattern(const std::string& name) : name_(name), words_(name_) {
    for (std::size_t i = 0; i < words_.size(); ++i) {
      capitals_.push_back(capitals_of(words_.as_written(i)));
    }
  }
  NamePattern(const NamePattern&) = delete;
  NamePattern& operator=(const NamePattern&) = delete;

  std::size_t size() const { return words_.size(); }
  const std::string& word(std::size_t i) const { return words_.word(i); }

  bool stands_at(const WordedText& text, std::size_t at) const {
    if (at + size() > text.size()) return false;
    for (std::size_t i = 0; i < size(); ++i) {
      if (text.word(at + i) != words_.word(i) || !has_capitals(text.as_written(at + i), i)) {
        return false;
      }
      if (i + 1 == size()) return true;
      const auto gap = text.gap_after(at + i);
      if (!joins_words(gap) && gap != words_.gap_after(i)) return false;
    }
    return false;
  }

  /// Where in this name the other one stands, if it is shorter and part of it.
  std::vector<std::size_t> places_of(const NamePattern& other) const {
    std::vector<std::size_t> places;
    for (std::size_t at = 0; other.size() < size() && at + other.size() <= size(); ++at) {
      bool same = true;
      for (std::size_t i = 0; i < other.size(); ++i) {
        same = same && words_.word(at + i) == other.words_.word(i);
      }
      if (same) places.push_back(at);
    }
    return places;
  }

 private:
  bool has_capitals(std::string_view written, std::size_t word) const {
    const auto found = capitals_of(written);
    const auto& wanted = capitals_[word];
    for (std::size_t i = 0; i < std::min(found.size(), wanted.size()); ++i) {
      if (wanted[i] && !found[i]) return false;
    }
    return true;
  }

  std::string name_;
  WordedText words_;  ///< refers to name_
  std::vector<std::vector<bool>> capitals_;
};

/// A longer name and where the shorter one stands in it.
struct LongerName {
  const NamePattern* pattern = nullptr;
  std::size_t offset = 0;
};

bool is_part_of_longer(const WordedText& text, std::size_t at,
                       const std::vector<LongerName>& longer) {
  return std::ranges::any_of(longer, [&](const LongerName& name) {
    return at >= name.offset && name.pattern->stands_at(text, at - name.offset);
  });
}

/// Where the occurrences of a name begin, in bytes.
std::vector<std::size_t> occurrences(const WordedText& text, const NamePattern& name,
                                     const std::vector<LongerName>& longer) {
  std::vector<std::size_t> found;
  for (std::size_t at = 0; at < text.size();) {
    if (!name.stands_at(text, at) || is_part_of_longer(text, at, longer)) {
      ++at;
      continue;
    }
    found.push_back(text.begin_of(at));
    at += name.size();
  }
  return found;
}

/// The fields of an article, cut into words once for all names.
struct WordedArticle {
  explicit WordedArticle(const Article& article)
      : title(article.title.value), deck(article.deck.value), body(article.body) {}
  WordedText title, deck, body;
};

EntityWeight weight_of(const WordedArticle& article, const NamePattern& name,
                       const std::vector<LongerName>& longer) {
  const auto title = occurrences(article.title, name, longer);
  const auto deck = occurrences(article.deck, name, longer);
  const auto body = occurrences(article.body, name, longer);
  const auto mentions = title.size() + deck.size() + body.size();
  auto weight = std::min<std::size_t>(mentions, schema::weight_mentions);
  if (!title.empty()) weight |= schema::weight_in_title;
  if (!body.empty() && body.front() < lead_bytes) weight |= schema::weight_in_lead;
  return static_cast<EntityWeight>(weight);
}

/// The documents that hold the words of a name, with or without their accents.
std::vector<Xapian::docid> candidates(const SegmentColumns& segment,
                                      const Xapian::Database& database, const NamePattern& name) {
  std::vector<Xapian::Query> places;
  for (std::size_t i = 0; i < name.size(); ++i) {
    std::vector<std::string> forms;
    for (const auto form : words_folding_to(segment, name.word(i))) forms.emplace_back(form);
    places.emplace_back(Xapian::Query::OP_OR, forms.begin(), forms.end());
  }
  Xapian::Enquire enquire(database);
  enquire.set_query(Xapian::Query(Xapian::Query::OP_AND, places.begin(), places.end()));
  enquire.set_weighting_scheme(Xapian::BoolWeight());
  const auto matches = enquire.get_mset(0, database.get_doccount());
  std::vector<Xapian::docid> documents;
  for (auto match = matches.begin(); match != matches.end(); ++match) {
    if (*match > segment.rows()) segment.refuse("has fewer rows than its postings");
    documents.push_back(*match);
  }
  return documents;
}

class NameFinder {
 public:
  NameFinder(const SegmentColumns& segment, const NameRules& rules)
      : segment_(segment), rules_(rules) {
    for (const auto& name : rules.added)
      patterns_.push_back(std::make_unique<NamePattern>(name.name));
  }

  std::vector<FoundName> find(const Xapian::Database& database, const Bitset& dead) {
    if (patterns_.empty()) return {};
    const auto row_of = rows_by_document(segment_);
    std::map<std::uint32_t, std::vector<std::uint32_t>> names_of;
    for (std::uint32_t n = 0; n < patterns_.size(); ++n) {
      for (const auto document : candidates(segment_, database, *patterns_[n])) {
        const auto row = row_of[document - 1];
        if (!dead.test(row)) names_of[row].push_back(n);
      }
    }
    std::vector<FoundName> found;
    for (const auto& [row, names] : names_of) {
      const auto article =
          load_article(database.get_document(segment_.document_of(row)).get_data());
      const WordedArticle worded(article);
      for (const auto name : names) {
        const auto weight = weight_of(worded, *patterns_[name], longer_names(row, name, names));
        if (weight != 0) found.push_back({row, name, weight});
      }
    }
    return found;
  }

 private:
  std::vector<LongerName> longer_names(std::uint32_t row, std::uint32_t name,
                                       const std::vector<std::uint32_t>& others) {
    std::vector<LongerName> longer;
    const auto add = [&](const NamePattern& pattern) {
      for (const auto offset : pattern.places_of(*patterns_[name])) {
        longer.push_back({&pattern, offset});
      }
    };
    for (const auto other : others) add(*patterns_[other]);
    for (const auto entity : segment_.entities_of(row)) {
      const auto known = known_.try_emplace(entity);
      if (known.second) known.first->second = pattern_of(entity);
      if (known.first->second) add(*known.first->second);
    }
    return longer;
  }

  /// Null for a forbidden name.
  std::unique_ptr<NamePattern> pattern_of(std::uint32_t entity) const {
    const auto key = segment_.entities[entity];
    const std::string name(entity_key_name(key));
    if (rules_.forbidden.contains({entity_key_type(key), fold_name(name)})) return nullptr;
    return std::make_unique<NamePattern>(name);
  }

  const SegmentColumns& segment_;
  const NameRules& rules_;
  std::vector<std::unique_ptr<NamePattern>> patterns_;
  std::map<std::uint32_t, std::unique_ptr<NamePattern>> known_;  ///< the segment's own names
};

}  // namespace

std::vector<FoundName> find_names(const SegmentColumns& segment, const Xapian::Database& database,
                                  const Bitset& dead, const NameRules& rules) {
  return NameFinder(segment, rules).find(database, dead);
}

}  // namespace dateline
