// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

/// What stands where in an index: the one place that indexer and searcher take names from.
/// docs/index-format.md explains each; a test holds the two together.
namespace dateline::schema {

/// Raised when older programs could not read the result, or newer ones not the older.
inline constexpr std::uint32_t format_version = 8;

/// A kind of term in a segment's Xapian database.
struct Prefix {
  std::string_view name;
  std::string_view prefix;
  std::string_view meaning;
  std::string_view example;  ///< a whole term
};

inline constexpr Prefix text_terms{"text", "", "a word of title, deck or body in lower case",
                                   "ukrainian"};
inline constexpr Prefix title_terms{"title", "S", "a word of the title", "Ssummit"};
inline constexpr std::array prefixes{text_terms, title_terms};

inline constexpr std::string_view sentence = "sentence";
inline constexpr std::string_view paragraph = "paragraph";

inline std::string term(const Prefix& kind, std::string_view word) {
  std::string t(kind.prefix);
  t += word;
  return t;
}

/// There are lists of a segment's words, and of these behind them.
inline constexpr std::array boundaries{sentence, paragraph};

/// Positions of text_terms: the title's words count from 1, the deck's and body's on from there
/// with this much left free between, so that no phrase and no distance in a query reaches across.
inline constexpr std::uint32_t field_gap = 1000;

// Sections of a segment's file of word lists: common/index/word_lists.h.
inline constexpr std::string_view lists = "lists";
inline constexpr std::string_view list_at = "list.at";
inline constexpr std::string_view list_posting_at = "list.posting_at";
inline constexpr std::string_view list_position_at = "list.position_at";
inline constexpr std::string_view list_block_at = "list.block_at";
inline constexpr std::string_view list_block_posting = "block.posting";
inline constexpr std::string_view list_block_byte = "block.byte";
inline constexpr std::string_view large_posting = "large.posting";
inline constexpr std::string_view large_all = "large.all";
inline constexpr std::string_view large_in_title = "large.in_title";

/// An array in a segment's column file. Rows are in the order of newest_first().
struct Column {
  std::string_view name;
  std::string_view type;
  std::string_view meaning;
};

inline constexpr std::string_view document = "document";
inline constexpr std::string_view day = "day";
inline constexpr std::string_view day_run_day = "day_run.day";
inline constexpr std::string_view day_run_at = "day_run.at";
inline constexpr std::string_view second = "second";
inline constexpr std::string_view source = "source";
inline constexpr std::string_view language = "language";
inline constexpr std::string_view tokens = "tokens";
inline constexpr std::string_view title_tokens = "title_tokens";
inline constexpr std::string_view deck_tokens = "deck_tokens";
inline constexpr std::string_view path_hash = "path_hash";
inline constexpr std::string_view key_hash = "key_hash";
inline constexpr std::string_view digest = "digest";
inline constexpr std::string_view first_seen = "first_seen";
inline constexpr std::string_view last_changed = "last_changed";
inline constexpr std::string_view changes = "changes";
inline constexpr std::string_view changed_in = "changed_in";
inline constexpr std::string_view id = "id";
inline constexpr std::string_view entity_at = "entity.at";
inline constexpr std::string_view entity_ordinal = "entity.ordinal";
inline constexpr std::string_view entity_weight = "entity.weight";
inline constexpr std::string_view posting_at = "posting.at";
inline constexpr std::string_view posting_row = "posting.row";
inline constexpr std::string_view posting_weight = "posting.weight";
inline constexpr std::string_view author_at = "author.at";
inline constexpr std::string_view author_ordinal = "author.ordinal";
inline constexpr std::string_view topic_at = "topic.at";
inline constexpr std::string_view topic_ordinal = "topic.ordinal";
inline constexpr std::string_view sources = "sources";
inline constexpr std::string_view entities = "entities";
inline constexpr std::string_view languages = "languages";
inline constexpr std::string_view authors = "authors";
inline constexpr std::string_view topics = "topics";
inline constexpr std::string_view words = "words";
inline constexpr std::string_view word_by_fold = "word.by_fold";
inline constexpr std::string_view stem_at = "stem.at";
inline constexpr std::string_view stem_word = "stem.word";

inline constexpr std::array columns{
    Column{document, "u32", "the row's document in the segment's Xapian database"},
    Column{day, "i32", "days since 1970-01-01 of publication; undated_day if unknown"},
    Column{day_run_day, "i32", "of each run of rows of one day: the day"},
    Column{day_run_at, "u32", "runs + 1 rows: the first of each run"},
    Column{second, "i32", "second of that day as the article states it; -1 if unknown"},
    Column{source, "u32", "ordinal in sources; no_source if unknown"},
    Column{language, "u32", "ordinal in languages"},
    Column{tokens, "u32", "words of title, deck and body"},
    Column{title_tokens, "u32", "words of the title"},
    Column{deck_tokens, "u32", "words of the deck"},
    Column{path_hash, "u64", "XXH3-64 of the file's path"},
    Column{key_hash, "u64", "XXH3-64 of path, NUL and record: which article it is"},
    Column{digest, "2 x u64", "XXH3-128 of the stored article: whether it changed"},
    Column{first_seen, "i64", "seconds since 1970 UTC: the run that first read the article"},
    Column{last_changed, "i64", "likewise: the run that last found it changed, or first read it"},
    Column{changes, "u32", "how often it was found changed"},
    Column{changed_in, "u64", "the generation that brought its present content"},
    Column{id, "strings", "the article's id"},
    Column{
        entity_at, "u32",
        "2 x rows + 1 offsets into entity.ordinal: of each row, the entities that the article is "
        "about, then those that it names in passing"},
    Column{entity_ordinal, "u32", "ordinals in entities, ascending from one offset to the next"},
    Column{entity_weight, "u8",
           "number of mentions (at most 31), + 32 if in the lead, + 64 in the title, + 128 given"},
    Column{posting_at, "u32",
           "2 x entities + 1 offsets into posting.row: of each entity, the rows that are about it, "
           "then those that name it in passing"},
    Column{posting_row, "u32", "rows, ascending from one offset to the next"},
    Column{posting_weight, "u8", "entity.weight of the entity in that row"},
    Column{author_at, "u32", "rows + 1 offsets into author.ordinal"},
    Column{author_ordinal, "u32", "ordinals in authors, ascending within a row"},
    Column{topic_at, "u32", "rows + 1 offsets into topic.ordinal"},
    Column{topic_ordinal, "u32", "ordinals in topics, ascending within a row"},
    Column{sources, "strings", "the segment's source names, in byte order"},
    Column{entities, "strings", "the segment's entities in byte order: '0' + type, then the name"},
    Column{languages, "strings",
           "languages of the segment's articles, in byte order; \"\": unknown"},
    Column{authors, "strings", "the segment's authors, in byte order"},
    Column{topics, "strings", "the segment's topics, in byte order"},
    Column{words, "strings", "the words of the segment's articles, in byte order"},
    Column{word_by_fold, "u32", "ordinals in words, in order of the word without diacritics"},
    Column{stem_at, "u32", "languages + 1 offsets into stem.word"},
    Column{stem_word, "u32",
           "ordinals of the words of a language's articles, in order of that language's stem"},
};

inline constexpr std::int32_t undated_day = INT32_MIN;
inline constexpr std::int32_t unknown_second = -1;
inline constexpr std::uint32_t no_source = UINT32_MAX;

inline constexpr std::uint8_t weight_mentions = 31;
inline constexpr std::uint8_t weight_in_lead = 32;
inline constexpr std::uint8_t weight_in_title = 64;
inline constexpr std::uint8_t weight_given = 128;

constexpr bool no_prefix_repeats() {
  for (std::size_t i = 0; i < prefixes.size(); ++i) {
    for (std::size_t j = i + 1; j < prefixes.size(); ++j) {
      if (prefixes[i].prefix == prefixes[j].prefix) return false;
    }
  }
  return true;
}
constexpr bool no_column_repeats() {
  for (std::size_t i = 0; i < columns.size(); ++i) {
    for (std::size_t j = i + 1; j < columns.size(); ++j) {
      if (columns[i].name == columns[j].name) return false;
    }
  }
  return true;
}
static_assert(no_prefix_repeats());
static_assert(no_column_repeats());

}  // namespace dateline::schema
