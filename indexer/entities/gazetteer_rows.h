// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string_view>
#include <utility>

#include "common/entity.h"

/// The tables of indexer/entities/gazetteer/ as make_gazetteer compiles them into the program.
namespace dateline::gazetteer {

/// What the presence of a word says about the capitalised words around it. The heads of the
/// tables in gazetteer/ explain each.
enum class WordClass : std::uint8_t {
  given,
  given_ambiguous,
  family,
  family_first,
  honorific,
  office,
  royal,
  role,
  org_tail,
  org_head,
  org_state,
  org_weak,
  org_short,
  place_tail,
  place_head,
  region,
  thing_tail,
  thing_head,
  suffix,
  particle,
  calendar,
  demonym,
  nation,
  thing,
  noise,
  function,
  common,
  female,
};

inline constexpr std::array<std::pair<std::string_view, WordClass>, 28> word_class_names{{
    {"given", WordClass::given},           {"given_ambiguous", WordClass::given_ambiguous},
    {"family", WordClass::family},         {"family_first", WordClass::family_first},
    {"honorific", WordClass::honorific},   {"office", WordClass::office},
    {"royal", WordClass::royal},           {"role", WordClass::role},
    {"org_tail", WordClass::org_tail},     {"org_head", WordClass::org_head},
    {"org_state", WordClass::org_state},   {"org_weak", WordClass::org_weak},
    {"org_short", WordClass::org_short},   {"place_tail", WordClass::place_tail},
    {"place_head", WordClass::place_head}, {"region", WordClass::region},
    {"thing_tail", WordClass::thing_tail}, {"thing_head", WordClass::thing_head},
    {"suffix", WordClass::suffix},         {"particle", WordClass::particle},
    {"calendar", WordClass::calendar},     {"demonym", WordClass::demonym},
    {"nation", WordClass::nation},         {"thing", WordClass::thing},
    {"noise", WordClass::noise},           {"function", WordClass::function},
    {"common", WordClass::common},         {"female", WordClass::female},
}};

/// A word, or a phrase of a few words, and one class it belongs to.
struct WordRow {
  std::string_view words;
  WordClass word_class;
};

/// One form of a known name. `doubtful`: the form is also an ordinary word or another's name.
struct NameRow {
  std::string_view form;
  std::string_view name;  ///< as it is to be shown
  EntityType type;
  bool doubtful;
};

/// One spelling of a word in people's names. `shown`: always written as `word`; otherwise only
/// compared as if it were.
struct SpellingRow {
  std::string_view spelling;
  std::string_view word;
  bool shown;
};

/// Another name of what is known as `name`; it makes no word a name.
struct AliasRow {
  std::string_view form;
  std::string_view name;  ///< as it is to be shown
  EntityType type;
};

std::span<const WordRow> word_rows();
std::span<const NameRow> name_rows();
std::span<const SpellingRow> spelling_rows();
std::span<const AliasRow> alias_rows();
/// Digest of all tables, 16 hexadecimal digits.
std::string_view tables_digest();

}  // namespace dateline::gazetteer
