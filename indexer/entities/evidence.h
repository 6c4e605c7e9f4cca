// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstdint>
#include <optional>

#include "common/entity.h"

namespace dateline::ner {

/// What speaks for or against a capitalised sequence being a name. Bits, so that what is seen at
/// several places of an article counts once.
enum Evidence : std::uint64_t {
  after_honorific = 1ULL << 0,    ///< "Mr Kuleba"
  after_office = 1ULL << 1,       ///< "President Xi"
  after_role = 1ULL << 2,         ///< "spokesman Wang Wenbin"
  given_first = 1ULL << 3,        ///< begins with a given name: "Dmytro Kuleba"
  given_maybe_first = 1ULL << 4,  ///< begins with one that is also another word: "Mark Rutte"
  given_alone = 1ULL << 5,        ///< is nothing but a given name
  family_last = 1ULL << 6,        ///< ends with a frequent family name
  family_leads = 1ULL << 7,       ///< begins with a Chinese, Korean ... family name: "Qin Gang"
  initial_inside = 1ULL << 8,     ///< "John F. Kennedy"
  suffix_last = 1ULL << 9,        ///< "Martin Luther King Jr."
  before_speech = 1ULL << 10,     ///< "Patrushev said"
  before_age = 1ULL << 11,        ///< "Athit Perawongmetha, 54,"
  before_who = 1ULL << 12,        ///< ", who"
  part_of_person = 1ULL << 13,    ///< first or last word of a person named in full
  last_recurs = 1ULL << 14,       ///< its last word stands alone elsewhere, as family names do
  few_words = 1ULL << 15,         ///< two or three words, none of them an ordinary one
  known_person = 1ULL << 16,
  maybe_person = 1ULL << 17,
  ordinary_word = 1ULL << 18,  ///< its last word is an ordinary one
  after_the = 1ULL << 19,
  org_last_word = 1ULL << 20,    ///< "Kent State University"
  org_of = 1ULL << 21,           ///< "Ministry of Health"
  acronym = 1ULL << 22,          ///< "IAEA"
  acronym_follows = 1ULL << 23,  ///< its own acronym stands after it in brackets
  acronym_of_org = 1ULL << 24,   ///< its letters begin the words of an organisation named
  team = 1ULL << 25,             ///< a city's name and a plural
  tail_of_org = 1ULL << 26,      ///< "the Journal", of the Wall Street Journal
  known_org = 1ULL << 27,
  maybe_org = 1ULL << 28,
  place_last_word = 1ULL << 29,    ///< "Red River"
  place_first_word = 1ULL << 30,   ///< "Lake Victoria"
  after_preposition = 1ULL << 31,  ///< "in Garissa"
  before_country = 1ULL << 32,     ///< "Garissa, Kenya"
  known_place = 1ULL << 33,
  maybe_place = 1ULL << 34,
  after_office_word = 1ULL << 35,  ///< a place before an office: "Virginia Gov."
  acronym_repeated = 1ULL << 36,   ///< an acronym that stands more than once
  before_role = 1ULL << 37,        ///< ", chairman of"
  after_speech = 1ULL << 38,       ///< "said Mandy Gull", "according to"
  beside_place_word = 1ULL << 39,  ///< "Agalega island", "the village of Nussu"
  dateline = 1ULL << 40,           ///< opens an article: "SENNAN, July 5"
  family_alone = 1ULL << 41,       ///< is nothing but a frequent family name
};

/// How much one kind of evidence speaks for each type, and against it if negative.
struct Weight {
  Evidence evidence;
  std::array<std::int8_t, all_entity_types.size()> points;  ///< person, org, place
};

inline constexpr std::array weights{
    Weight{after_honorific, {5, -2, -2}},
    Weight{after_office, {4, -2, -1}},
    Weight{after_role, {2, 0, 0}},
    Weight{given_first, {3, -1, -1}},
    Weight{given_maybe_first, {2, 0, 0}},
    Weight{given_alone, {1, 0, 0}},
    Weight{family_alone, {1, 0, 0}},
    Weight{family_last, {2, 0, 0}},
    Weight{family_leads, {3, 0, 0}},
    Weight{initial_inside, {3, 0, 0}},
    Weight{suffix_last, {4, 0, 0}},
    Weight{before_speech, {2, 1, 0}},
    Weight{before_age, {4, 0, 0}},
    Weight{before_who, {2, 0, 0}},
    Weight{part_of_person, {4, -1, -2}},
    Weight{last_recurs, {2, 0, 0}},
    Weight{before_role, {2, 0, 0}},
    Weight{after_speech, {2, 1, 0}},
    Weight{beside_place_word, {-2, -1, 3}},
    Weight{dateline, {-2, -2, 4}},
    Weight{few_words, {1, 0, 0}},
    Weight{known_person, {5, 0, 0}},
    Weight{maybe_person, {2, 0, 0}},
    Weight{ordinary_word, {-3, -1, -1}},
    Weight{after_the, {-3, 1, -1}},
    Weight{org_last_word, {-2, 4, -1}},
    Weight{org_of, {-5, 5, -5}},
    Weight{acronym, {-2, 1, -1}},
    Weight{acronym_repeated, {0, 2, 0}},
    Weight{acronym_follows, {-2, 4, -1}},
    Weight{acronym_of_org, {-3, 5, -3}},
    Weight{team, {-2, 3, 0}},
    Weight{tail_of_org, {-3, 5, -3}},
    Weight{known_org, {0, 5, 0}},
    Weight{maybe_org, {0, 3, 0}},
    Weight{place_last_word, {-1, -1, 4}},
    Weight{place_first_word, {-1, -1, 3}},
    Weight{after_preposition, {-2, 0, 3}},
    Weight{before_country, {0, 0, 3}},
    Weight{known_place, {0, 0, 5}},
    Weight{maybe_place, {0, 0, 3}},
    Weight{after_office_word, {0, 0, 2}},
};

/// Points below which a sequence is not taken for a name.
inline constexpr int believed_from = 3;

/// The type that the evidence speaks for; nothing if it is too weak or undecided.
constexpr std::optional<EntityType> decide(std::uint64_t evidence) {
  std::array<int, all_entity_types.size()> points{};
  for (const Weight& weight : weights)
    if ((evidence & weight.evidence) != 0)
      for (std::size_t i = 0; i < points.size(); ++i) points[i] += weight.points[i];
  std::size_t best = 0;
  for (std::size_t i = 1; i < points.size(); ++i)
    if (points[i] > points[best]) best = i;
  if (points[best] < believed_from) return std::nullopt;
  return all_entity_types[best];
}

}  // namespace dateline::ner
