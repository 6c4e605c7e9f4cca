// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/entities/candidates.h"

#include <algorithm>

#include "indexer/entities/context.h"
#include "indexer/entities/evidence.h"

namespace dateline::ner {
namespace {

constexpr std::uint32_t title_bits =
    bits(WordClass::honorific, WordClass::office, WordClass::royal);
constexpr std::uint32_t given_bits = bits(WordClass::given, WordClass::given_ambiguous);
constexpr std::uint32_t person_bits = given_bits | bits(WordClass::family, WordClass::family_first);
constexpr std::uint32_t ordinary_bits = bits(WordClass::function, WordClass::common);
constexpr std::uint32_t outside_bits =
    bits(WordClass::demonym, WordClass::calendar, WordClass::thing, WordClass::noise);

const std::uint64_t word_and = key_of("and");
const std::uint64_t word_for = key_of("for");
const std::uint64_t word_of = key_of("of");
const std::uint64_t word_on = key_of("on");
const std::uint64_t word_the = key_of("the");

/// A part of a capitalised sequence.
struct Piece {
  enum class Kind { word, name, title, outside };
  std::size_t first = 0;
  std::size_t last = 0;
  Kind kind = Kind::word;
  const Phrase* phrase = nullptr;  ///< for names
  std::uint32_t classes = 0;

  std::size_t size() const { return last - first; }
};

class SentenceReader {
 public:
  SentenceReader(const Gazetteer& gazetteer, std::span<const Token> tokens, std::size_t first,
                 std::size_t last, const LowerWords& lower_words,
                 std::vector<Candidate>& candidates)
      : gazetteer_(gazetteer),
        tokens_(tokens),
        first_(first),
        last_(last),
        lower_words_(lower_words),
        candidates_(candidates) {}

  void run() {
    for (std::size_t at = first_; at < last_;) {
      if (begins_name(at)) {
        at = read_sequence(at);
      } else if (const std::size_t end = end_of_name_with_article(at); end > at) {
        add(at + 1, end, known_org);
        at = end;
      } else {
        ++at;
      }
    }
  }

 private:
  const Token& token(std::size_t at) const { return tokens_[at]; }
  bool capital_word(std::size_t at) const {
    return at < last_ && token(at).has(Shape::capital) &&
           !token(at).has(Shape::unreadable | Shape::punctuation | Shape::possessive) &&
           !is_currency(at) && !is_function(at);
  }

  /// "US" of "US$500".
  bool is_currency(std::size_t at) const {
    return at + 1 < last_ && token(at + 1).mark == '$' && !token(at + 1).has(Shape::after_space);
  }

  /// A word of the grammar: "The", but not "US", and not "Will" within a sentence.
  bool is_function(std::size_t at) const {
    const Token& word = token(at);
    if (!word.is(bit(WordClass::function))) return false;
    if (word.has(Shape::dotted)) return false;
    const bool after_given =
        at > first_ && token(at - 1).is(bit(WordClass::given)) && token(at - 1).has(Shape::capital);
    if (after_given && !word.has(Shape::opener)) return false;
    if (word.has(Shape::all_capitals)) {
      const PhraseMatch known = known_at(at);
      return known.phrase == nullptr || !known.phrase->is_name();
    }
    return word.has(Shape::opener) || !word.is(person_bits);
  }

  PhraseMatch known_at(std::size_t at) const {
    return gazetteer_.longest(tokens_.subspan(at, last_ - at), false);
  }

  /// A capital that might be owed to the place in the sentence alone.
  bool capital_is_owed(std::size_t at) const {
    const Token& word = token(at);
    if (!word.has(Shape::opener) || word.has(Shape::all_capitals | Shape::dotted)) return false;
    if (word.is(bit(WordClass::particle)) && capital_word(at + 1)) return false;
    return word.is(ordinary_bits) || lower_words_.contains(word.key);
  }

  bool begins_name(std::size_t at) const {
    if (!capital_word(at)) return false;
    if (!capital_is_owed(at)) return true;
    if (token(at).is(title_bits) && capital_word(at + 1)) return true;
    const PhraseMatch known = known_at(at);
    if (known.phrase != nullptr && known.phrase->is_name())
      return known.length > 1 || !lower_words_.contains(token(at).key);
    return token(at).is(bits(WordClass::org_head, WordClass::place_head)) && at + 2 < last_ &&
           (is_word(at + 1, word_of) || capital_word(at + 1));
  }

  bool is_word(std::size_t at, std::uint64_t key) const {
    return at < last_ && token(at).key == key;
  }

  /// The end of "The Atlantic" within a sentence, where the article is part of a known name.
  std::size_t end_of_name_with_article(std::size_t at) const {
    const Token& article = token(at);
    if (article.key != word_the || !article.has(Shape::capital) || article.has(Shape::opener))
      return at;
    const PhraseMatch known = known_at(at);
    if (known.phrase == nullptr || known.length < 2) return at;
    const bool longer = capital_word(at + known.length);
    return longer || known.phrase->sense(EntityType::org).name.empty() ? at : at + known.length;
  }

  /// The end of the run of capitalised words and particles that begins at `at`.
  std::size_t run_end(std::size_t at) const {
    std::size_t end = at;
    while (end < last_) {
      if (capital_word(end)) {
        ++end;
        if (!token(end - 1).has(Shape::lower_tail) || given_name_tail(end - 1)) continue;
        return std::max(at + 1, end - 1);
      }
      if (end > at && possessive_in_name(end)) {
        end += 2;
        continue;
      }
      const std::size_t resumed = after_particles(end);
      if (end > at && resumed > end) {
        end = resumed;
      } else if (end > at && token(end).mark == ',' && end + 1 < last_ &&
                 token(end + 1).is(bit(WordClass::suffix)) && token(end + 1).has(Shape::dotted)) {
        end += 2;
      } else {
        break;
      }
    }
    return end;
  }

  /// "Children's Hospital", unlike "Russia's Foreign Ministry" and "Times's reporter".
  bool possessive_in_name(std::size_t at) const {
    if (!token(at).has(Shape::possessive) || !capital_word(at + 1)) return false;
    if (!token(at - 1).is(bit(WordClass::common)) || token(at - 1).is(person_bits)) return false;
    std::size_t end = at + 1;
    while (capital_word(end)) ++end;
    return token(end - 1).is(bit(WordClass::org_tail));
  }

  /// "Ki-moon" of "Ban Ki-moon", unlike "Trump-backed".
  bool given_name_tail(std::size_t at) const {
    return at > first_ && token(at - 1).is(bits(WordClass::family_first, WordClass::family)) &&
           capital_word(at - 1);
  }

  std::size_t after_particles(std::size_t at) const {
    std::size_t next = at;
    while (next < last_ && next < at + 3 && token(next).is(bit(WordClass::particle)) &&
           !token(next).has(Shape::capital))
      ++next;
    return next > at && capital_word(next) ? next : at;
  }

  std::size_t read_sequence(std::size_t at) {
    std::size_t end = run_end(at);
    pieces_.clear();
    titled_ = false;
    for (std::size_t next = at; next < end;) {
      const Piece piece = piece_at(next, end, at);
      titled_ = titled_ || piece.kind == Piece::Kind::title;
      next = piece.last;
      if (next > end) end = capital_word(next) ? run_end(next) : next;
      pieces_.push_back(piece);
    }
    read_segments(end);
    return std::max(end, consumed_);
  }

  Piece piece_at(std::size_t at, std::size_t end, std::size_t run_first) const {
    const PhraseMatch known = known_at(at);
    Piece piece{at, at + 1, Piece::Kind::word, nullptr, token(at).classes};
    if (token(at).has(Shape::lower_tail) && at == run_first) piece.kind = Piece::Kind::outside;
    if (known.phrase == nullptr) return piece;
    const Phrase& phrase = *known.phrase;
    piece.last = at + known.length;
    piece.classes = phrase.classes;
    if (known.length > 1 && token(at).is(title_bits) &&
        !phrase.sense(EntityType::person).name.empty()) {
      piece = {at, at + 1, Piece::Kind::title, nullptr, token(at).classes};
    } else if (phrase.is_name()) {
      piece.kind = Piece::Kind::name;
      piece.phrase = &phrase;
    } else if (known.length > 1) {
      if (phrase.is(title_bits)) {
        piece.kind = Piece::Kind::title;
      } else if (phrase.is(outside_bits)) {
        piece.kind = Piece::Kind::outside;
      } else {
        piece.last = at + 1;
      }
    } else {
      piece.kind = kind_of_word(at, end);
    }
    return piece;
  }

  Piece::Kind kind_of_word(std::size_t at, std::size_t end) const {
    const Token& word = token(at);
    const bool more = at + 1 < end;
    const bool after_word =
        !pieces_.empty() && pieces_.back().kind == Piece::Kind::word && pieces_.back().last == at;
    const bool after_given = after_word && token(at - 1).is(given_bits);
    const bool after_title =
        !pieces_.empty() && pieces_.back().kind == Piece::Kind::title && pieces_.back().last == at;
    if (word.is(title_bits)) {
      const bool inner = word.is(bits(WordClass::honorific, WordClass::royal));
      if ((after_given && (inner || !more)) || (after_word && inner && titled_))
        return Piece::Kind::word;
      if (word.is(bit(WordClass::given)) && !word.has(Shape::dotted)) return Piece::Kind::word;
      return Piece::Kind::title;
    }
    constexpr std::size_t longer_than_acronyms = 7;
    if (word.has(Shape::all_capitals) && more && word.end - word.begin >= longer_than_acronyms &&
        !token(at + 1).has(Shape::all_capitals))
      return Piece::Kind::outside;
    if (word.is(bit(WordClass::role)) && more && !word.is(person_bits | bit(WordClass::org_tail)))
      return Piece::Kind::title;
    if (word.is(bit(WordClass::region)) && more && place_at(at + 1)) return Piece::Kind::word;
    if (word.is(outside_bits)) {
      if (after_given && !more) return Piece::Kind::word;
      if ((after_title || after_word) && word.is(person_bits) &&
          !word.is(bits(WordClass::calendar, WordClass::demonym)))
        return Piece::Kind::word;
      if (more && word.is(person_bits) && !token(at + 1).is(outside_bits)) return Piece::Kind::word;
      return Piece::Kind::outside;
    }
    return Piece::Kind::word;
  }

  void read_segments(std::size_t run_last) {
    consumed_ = 0;
    std::uint64_t before = 0;
    for (std::size_t i = 0; i < pieces_.size();) {
      const Piece& piece = pieces_[i];
      if (piece.kind == Piece::Kind::title) {
        before =
            token(piece.last - 1).is(bit(WordClass::honorific)) ? after_honorific : after_office;
        ++i;
        continue;
      }
      const std::size_t next = segment_end(i);
      if (next == i) {
        before = 0;
        ++i;
        continue;
      }
      const bool title_follows = next < pieces_.size() && pieces_[next].kind == Piece::Kind::title;
      read_segment(i, next, before, title_follows, run_last);
      before = 0;
      i = next;
    }
  }

  /// The end of the pieces that may be one name with the piece at `i`.
  std::size_t segment_end(std::size_t i) const {
    std::size_t next = i;
    while (next < pieces_.size()) {
      if (pieces_[next].kind == Piece::Kind::word || pieces_[next].kind == Piece::Kind::name) {
        ++next;
        continue;
      }
      if (pieces_[next].kind == Piece::Kind::title) break;
      const std::size_t joined = organisation_after_demonym(next);
      if (joined == next) break;
      next = joined;
    }
    return next;
  }

  /// "American Medical Association": the end of the pieces that a demonym at `i` belongs to.
  std::size_t organisation_after_demonym(std::size_t i) const {
    if ((pieces_[i].classes & bit(WordClass::demonym)) == 0) return i;
    std::size_t next = i + 1;
    while (next < pieces_.size() && pieces_[next].kind == Piece::Kind::word) ++next;
    if (next == i + 1) return i;
    const Token& last = token(pieces_[next - 1].last - 1);
    const bool nation = (pieces_[i].classes & bit(WordClass::nation)) != 0;
    const bool state = nation && last.is(bit(WordClass::org_state));
    return last.is(bit(WordClass::org_tail)) && !state ? next : i;
  }

  std::size_t begin_of(std::size_t piece) const { return pieces_[piece].first; }
  std::size_t end_of(std::size_t piece) const { return pieces_[piece - 1].last; }

  void read_segment(std::size_t from, std::size_t to, std::uint64_t before, bool title_follows,
                    std::size_t run_last) {
    const std::size_t first = begin_of(from);
    std::size_t last = end_of(to);
    if (last == run_last && to - from >= 1) {
      const std::size_t extended = organisation_end(first, last);
      if (extended > last) return add(first, extended, before | org_of);
    }
    const bool organisation = last - first >= 2 && token(last - 1).is(bit(WordClass::org_tail));
    if (title_follows && organisation) return add(first, last, org_last_word);
    if (title_follows) return add_known(from, to, after_office_word);
    if (const std::size_t region = region_end(from, to); region > 0)
      return add(first, region, known_place);
    const bool single_name = to - from == 1 && pieces_[from].kind == Piece::Kind::name;
    if (single_name) return add_name(pieces_[from], before);
    if (last - first >= 2 && read_by_last_word(first, last, before)) return;
    read_mixed(from, to, before);
  }

  /// The end of "Northern Uganda" or "West Asia"; 0 if the pieces name no such region.
  std::size_t region_end(std::size_t from, std::size_t to) const {
    if (to - from != 2 || pieces_[from].kind != Piece::Kind::word) return 0;
    if (pieces_[from + 1].kind != Piece::Kind::name ||
        !token(begin_of(from)).is(bit(WordClass::region)))
      return 0;
    return place_at(begin_of(from + 1)) ? end_of(to) : 0;
  }

  /// The end of "University of Virginia" when the words before "of" end at `last`.
  std::size_t organisation_end(std::size_t first, std::size_t last) const {
    if (!token(last - 1).is(bit(WordClass::org_head)) && !token(first).is(bit(WordClass::org_head)))
      return last;
    if (!token(last - 1).is(bits(WordClass::org_head, WordClass::org_tail))) return last;
    if (!is_word(last, word_of) && !is_word(last, word_for) && !is_word(last, word_on)) return last;
    std::size_t at = last + 1;
    if (is_word(at, word_the)) ++at;
    if (at < last_ && !is_word(last, word_of) && token(at).is(bit(WordClass::org_head)))
      return last;
    if (!capital_word(at) || token(at).is(bit(WordClass::calendar))) return last;
    std::size_t end = plain_run_end(at);
    while (end + 1 < last_ && (token(end).mark == '&' || is_word(end, word_and)) &&
           capital_word(end + 1) && !place_at(at) && !place_at(end + 1) &&
           !token(end + 1).is(title_bits | person_bits))
      end = plain_run_end(end + 1);
    return end;
  }

  std::size_t plain_run_end(std::size_t at) const {
    const PhraseMatch known = known_at(at);
    if (known.phrase != nullptr && known.length > 1) at += known.length - 1;
    std::size_t end = at + 1;
    while (capital_word(end) && !token(end).is(title_bits | bit(WordClass::given))) ++end;
    return end;
  }

  bool place_at(std::size_t at) const {
    const PhraseMatch known = known_at(at);
    return known.phrase != nullptr && !known.phrase->sense(EntityType::place).name.empty();
  }

  bool all_ordinary(std::size_t first, std::size_t last) const {
    const auto words = tokens_.subspan(first, last - first);
    return std::all_of(words.begin(), words.end(), [](const Token& word) {
      return word.is(ordinary_bits | bits(WordClass::region, WordClass::org_tail)) &&
             !word.has(Shape::all_capitals);
    });
  }

  /// Takes [first, last) as one candidate if its last or first word says what it names.
  bool read_by_last_word(std::size_t first, std::size_t last, std::uint64_t before) {
    const Token& tail = token(last - 1);
    const bool person = token(first).is(bit(WordClass::given)) && last - first == 2;
    if (tail.is(bit(WordClass::org_weak)) && all_ordinary(first, last)) return true;
    if (tail.is(bit(WordClass::org_tail)) && !(person && tail.is(bit(WordClass::family)))) {
      add(first, last, before | org_last_word);
      return true;
    }
    if (before != 0 || (person && tail.is(bit(WordClass::family)))) return false;
    if (tail.is(bit(WordClass::place_tail))) {
      add(first, last, place_last_word);
      return true;
    }
    if (tail.is(bit(WordClass::thing_tail)) || token(first).is(bit(WordClass::thing_head)))
      return true;
    if (token(first).is(bit(WordClass::place_head))) {
      add(first, last, place_first_word);
      return true;
    }
    return false;
  }

  /// Known names and other words side by side: "Ivanka Trump", "Boston Bruins", "Fox News host".
  void read_mixed(std::size_t from, std::size_t to, std::uint64_t before) {
    std::size_t i = from;
    while (i < to) {
      std::size_t next = i;
      if (pieces_[i].kind == Piece::Kind::name && !given_and_more(i, to, before)) {
        if (is_team(i, to)) {
          add(begin_of(i), end_of(to), team);
          return;
        }
        add_name(pieces_[i], before);
        before = 0;
        ++i;
        continue;
      }
      while (next < to && (next == i || pieces_[next].kind == Piece::Kind::word)) ++next;
      if (next < to && surname_at(i, next, to)) ++next;
      add_words(begin_of(i), end_of(next), before);
      before = 0;
      i = next;
    }
  }

  bool given_and_more(std::size_t i, std::size_t to, std::uint64_t before) const {
    if (before != 0 && pieces_[i].size() == 1 && i + 2 == to &&
        pieces_[i + 1].kind == Piece::Kind::word)
      return true;
    if (pieces_[i].size() == 1 && i + 1 < to && pieces_[i + 1].size() == 1 &&
        !pieces_[i].phrase->sense(EntityType::person).name.empty() &&
        token(pieces_[i].first).key != token(pieces_[i + 1].first).key &&
        (pieces_[i + 1].classes & bit(WordClass::family)) != 0)
      return true;
    return pieces_[i].size() == 1 && (pieces_[i].classes & given_bits) != 0 && i + 1 < to &&
           (pieces_[i + 1].kind == Piece::Kind::word || pieces_[i + 1].size() == 1) &&
           !token(pieces_[i + 1].first).is(bit(WordClass::common));
  }

  /// A known name of one word that is the family name of the words before it.
  bool surname_at(std::size_t from, std::size_t i, std::size_t to) const {
    const Piece& piece = pieces_[i];
    if (piece.kind != Piece::Kind::name || piece.size() != 1) return false;
    const Token& first = token(begin_of(from));
    if (!piece.phrase->sense(EntityType::person).name.empty())
      return first.is(bit(WordClass::given)) ||
             (i == from + 1 && !first.is(ordinary_bits) && !lower_words_.contains(first.key));
    return i + 1 == to && first.is(given_bits) && !token(piece.first).has(Shape::all_capitals);
  }

  bool is_team(std::size_t i, std::size_t to) const {
    if (i + 2 != to || pieces_[i].phrase->sense(EntityType::place).name.empty()) return false;
    const Piece& word = pieces_[i + 1];
    if (word.kind != Piece::Kind::word || (word.classes & (ordinary_bits | person_bits)) != 0)
      return false;
    return token(word.first).has(Shape::ends_in_s);
  }

  void add_known(std::size_t from, std::size_t to, std::uint64_t extra) {
    for (std::size_t i = from; i < to; ++i)
      if (pieces_[i].kind == Piece::Kind::name) add_name(pieces_[i], extra);
  }

  void add_name(const Piece& piece, std::uint64_t before) {
    constexpr std::array<std::array<Evidence, 2>, 3> known{
        {{known_person, maybe_person}, {known_org, maybe_org}, {known_place, maybe_place}}};
    std::uint64_t evidence = before;
    for (const EntityType type : all_entity_types) {
      const Sense& sense = piece.phrase->sense(type);
      if (!sense.name.empty())
        evidence |= known[static_cast<std::size_t>(type)][sense.doubtful ? 1 : 0];
    }
    if (piece.size() == 1 && (piece.classes & given_bits) != 0) evidence |= given_alone;
    add(piece.first, piece.last, evidence, ~std::uint64_t{after_the | acronym_follows});
  }

  void add_words(std::size_t first, std::size_t last, std::uint64_t before) {
    while (last - first > 1 && token(first).is(ordinary_bits) &&
           !token(first).is(person_bits | bit(WordClass::region)) &&
           !token(first).has(Shape::all_capitals))
      ++first;
    std::uint64_t evidence = before | evidence_of_words(tokens_.subspan(first, last - first));
    if (lower_words_.contains(token(first).key)) evidence &= ~std::uint64_t{acronym};
    add(first, last, evidence);
  }

  void add(std::size_t first, std::size_t last, std::uint64_t evidence,
           std::uint64_t context = ~std::uint64_t{0}) {
    const std::span<const Token> sentence = tokens_.subspan(first_, last_ - first_);
    consumed_ = last;
    if (is_credit(gazetteer_, sentence, first - first_, last - first)) return;
    evidence |= context & evidence_around(gazetteer_, sentence, first - first_, last - first);
    std::uint64_t key = 0;
    for (std::size_t i = first; i < last; ++i) key = phrase_key(key, token(i).key);
    candidates_.push_back({first, last, key, evidence});
  }

  const Gazetteer& gazetteer_;
  std::span<const Token> tokens_;
  std::size_t first_;
  std::size_t last_;
  const LowerWords& lower_words_;
  std::vector<Candidate>& candidates_;
  std::vector<Piece> pieces_;
  std::size_t consumed_ = 0;
  bool titled_ = false;  ///< a title stands in the sequence that is read
};

}  // namespace

void find_candidates(const Gazetteer& gazetteer, std::span<const Token> tokens, std::size_t first,
                     std::size_t last, const LowerWords& lower_words,
                     std::vector<Candidate>& candidates) {
  SentenceReader(gazetteer, tokens, first, last, lower_words, candidates).run();
}

}  // namespace dateline::ner
