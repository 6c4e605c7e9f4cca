// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/entities/model/list_sources.h"

#include <map>
#include <string_view>

#include "common/json.h"
#include "corpus/bytes/byte_source.h"
#include "corpus/bytes/line_reader.h"
#include "indexer/entities/gazetteer.h"

namespace dateline::ner {
namespace {

constexpr std::uint64_t longest_line = 16U << 20;
constexpr std::size_t longest_name = 6;

template <class Use>
void each_line(const std::filesystem::path& path, Use use) {
  ByteSource source(path);
  LineReader lines(source, longest_line);
  for (Line line; lines.next(line);) use(line.text);
}

Json json_of(const std::filesystem::path& path) {
  std::string all;
  each_line(path, [&](const std::string& line) { all += line + "\n"; });
  return Json::parse(all);
}

std::string_view trimmed(std::string_view text) {
  constexpr std::string_view blank = " \t*";
  const auto first = text.find_first_not_of(blank);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(blank) - first + 1);
}

/// Calls `use` with each part between characters of `separators`, without blanks.
template <class Use>
void each_part(std::string_view text, std::string_view separators, Use use) {
  while (!text.empty()) {
    const auto end = std::min(text.find_first_of(separators), text.size());
    if (const auto part = trimmed(text.substr(0, end)); !part.empty()) use(part);
    text.remove_prefix(std::min(end + 1, text.size()));
  }
}

class Collector {
 public:
  void word(std::string_view text, NameList list) {
    if (keys_of(text); keys_.size() == 1) put(phrase_key(0, keys_[0]), list);
  }

  void name(std::string_view text, NameList list) {
    keys_of(text);
    if (keys_.empty() || keys_.size() > longest_name) return;
    std::uint64_t key = 0;
    for (const std::uint64_t word : keys_) key = phrase_key(key, word);
    put(key, list);
    if (keys_.size() > 1) put(phrase_key(0, keys_[0]), NameList::phrase_begins);
  }

  void put(std::uint64_t key, NameList list) {
    entries_.push_back({NameLists::hash_of(key), list});
  }

  std::vector<NameLists::Entry> finish() { return std::move(entries_); }

 private:
  void keys_of(std::string_view text) {
    Gazetteer::built_in().tokenise(text, tokens_);
    keys_.clear();
    for (const Token& token : tokens_) keys_.push_back(token.key);
  }

  std::vector<NameLists::Entry> entries_;
  std::vector<Token> tokens_;
  std::vector<std::uint64_t> keys_;
};

void add_dictionary(const std::filesystem::path& path, Collector& lists) {
  each_line(path, [&](const std::string& word) {
    if (word.empty() || word.ends_with("'s")) return;
    const bool capital = word[0] >= 'A' && word[0] <= 'Z';
    lists.word(word, capital ? NameList::capitalised : NameList::ordinary);
  });
}

void add_codes(const ListSources& sources, Collector& lists) {
  const Json cities = json_of(sources.cities);
  for (const Json& city : cities) lists.name(city.at("name").get<std::string>(), NameList::city);
  const Json subdivisions = json_of(sources.subdivisions);
  for (const Json& entry : subdivisions.at("3166-2"))
    each_part(entry.at("name").get<std::string>(), ",()[];/", [&](std::string_view name) {
      constexpr std::size_t shortest = 3;
      if (name.size() >= shortest) lists.name(name, NameList::region);
    });
  const Json languages = json_of(sources.languages);
  for (const Json& entry : languages.at("639-2")) {
    const auto name = entry.at("name").get<std::string>();
    lists.name(trimmed(std::string_view(name).substr(0, name.find_first_of(";,("))),
               NameList::other_name);
  }
}

/// Names, not the domains beside them.
void add_outlets(const std::filesystem::path& path, Collector& lists) {
  each_line(path, [&](const std::string& line) {
    if (line.starts_with('#')) return;
    each_part(line, "\t", [&](std::string_view name) {
      if (name.starts_with("The ")) name.remove_prefix(4);
      const bool domain =
          name.find('.') != std::string_view::npos && name.find(' ') == std::string_view::npos;
      if (!domain) lists.name(name, NameList::outlet);
    });
  });
}

void add_written(const std::filesystem::path& path, NameList list, Collector& lists) {
  each_line(path, [&](const std::string& line) {
    if (line.starts_with('#')) return;
    each_part(line, ",", [&](std::string_view name) { lists.name(name, list); });
  });
}

void add_inside_words(const std::vector<LabelledText>& texts, Collector& lists) {
  constexpr int least_uses = 2;
  std::map<std::uint64_t, int> uses;
  std::vector<Token> tokens;
  for (const LabelledText& text : texts) {
    Gazetteer::built_in().tokenise(text.text, tokens);
    auto token = tokens.begin();
    for (const LabelledSpan& span : text.spans) {
      while (token != tokens.end() && token->begin < span.begin) ++token;
      for (; token != tokens.end() && token->end <= span.end; ++token)
        if (!token->has(Shape::capital)) ++uses[token->key];
    }
  }
  for (const auto& [key, count] : uses)
    if (count >= least_uses) lists.put(phrase_key(0, key), NameList::inside_names);
}

}  // namespace

std::vector<NameLists::Entry> read_lists(const ListSources& sources,
                                         const std::vector<LabelledText>& texts) {
  Collector lists;
  each_line(sources.first_names,
            [&](const std::string& name) { lists.word(name, NameList::first_name); });
  each_line(sources.surnames,
            [&](const std::string& name) { lists.word(name, NameList::surname); });
  add_dictionary(sources.dictionary, lists);
  add_codes(sources, lists);
  add_outlets(sources.outlets, lists);
  add_written(sources.written / "organisations.txt", NameList::organisation, lists);
  add_written(sources.written / "places.txt", NameList::region, lists);
  add_written(sources.written / "others.txt", NameList::other_name, lists);
  add_inside_words(texts, lists);
  return lists.finish();
}

}  // namespace dateline::ner
