// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/commands/tag.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

#include "common/json.h"
#include "common/text/unicode.h"
#include "corpus/bytes/byte_source.h"
#include "corpus/bytes/line_reader.h"
#include "indexer/commands/path_list.h"
#include "indexer/entities/canonical.h"
#include "indexer/entities/names.h"
#include "indexer/entities/recogniser.h"

namespace dateline {
namespace {

constexpr std::uint64_t longest_line = 16U << 20;

/// "PER", as annotated sets of news write it.
std::string_view tag_of(EntityType type) {
  switch (type) {
    case EntityType::person:
      return "PER";
    case EntityType::org:
      return "ORG";
    case EntityType::place:
      return "LOC";
  }
  return "";
}

std::optional<EntityType> type_tagged(std::string_view tag) {
  for (const EntityType type : all_entity_types)
    if (tag == tag_of(type)) return type;
  return std::nullopt;
}

/// Where the code points of a text begin, in bytes; the last is the text's end.
std::vector<std::size_t> code_points_of(std::string_view text) {
  std::vector<std::size_t> begins;
  std::size_t at = 0;
  while (at < text.size()) {
    begins.push_back(at);
    next_code_point(text, at);
  }
  begins.push_back(text.size());
  return begins;
}

/// Deeper JSON is no document, and too deep for the stack.
constexpr int deepest = 16;

Json parsed(const std::string& line) {
  return Json::parse(line, [](int depth, Json::parse_event_t, const Json&) {
    if (depth > deepest) throw Unreadable("\"doc\" or another value is nested too deeply");
    return true;
  });
}

struct Document {
  Json doc;
  std::string text;
  std::vector<Mention> mentions;
  ArticleNames names;
};

/// The mentions that a document states itself. Other types than ours (MISC) are no entities.
std::vector<Mention> stated_mentions(const Json& list, const std::string& text) {
  const auto begins = code_points_of(text);
  const auto refuse = [] {
    throw Unreadable("names are stated as [[start, end, type], ...], in order, inside the text");
  };
  std::vector<Mention> mentions;
  std::size_t free_from = 0;
  if (!list.is_array()) refuse();
  for (const Json& entry : list) {
    if (!entry.is_array() || entry.size() < 3 || !entry[0].is_number_unsigned() ||
        !entry[1].is_number_unsigned() || !entry[2].is_string())
      refuse();
    const auto first = entry[0].get<std::size_t>();
    const auto last = entry[1].get<std::size_t>();
    if (first < free_from || first >= last || last >= begins.size()) refuse();
    free_from = last;
    if (const auto type = type_tagged(entry[2].get<std::string>()))
      mentions.push_back({begins[first], begins[last], *type});
  }
  return mentions;
}

class Tagger {
 public:
  /// Throws Json::exception for what is no document.
  void add(const std::string& line) {
    const Json object = parsed(line);
    if (!object.at("doc").is_string() && !object.at("doc").is_number())
      throw Unreadable("\"doc\" is neither a string nor a number");
    Document document{object.at("doc"), object.at("text").get<std::string>(), {}, {}};
    const ArticleText text{{}, {}, document.text};
    for (const char* const stated : {"mentions", "spans"})
      if (object.contains(stated))
        document.mentions = stated_mentions(object.at(stated), document.text);
    if (!object.contains("mentions") && !object.contains("spans"))
      document.mentions = recogniser_->recognise(text).body;
    document.names = join_names(text, {{}, {}, document.mentions}, {});
    documents_.push_back(std::move(document));
  }

  void print(const std::function<void(std::string_view)>& print) const {
    const auto canonical = canonical_names();
    for (const Document& document : documents_) {
      const auto begins = code_points_of(document.text);
      const auto offset = [&](std::size_t byte) {
        return std::ranges::lower_bound(begins, byte) - begins.begin();
      };
      Json mentions = Json::array();
      for (std::size_t i = 0; i < document.mentions.size(); ++i) {
        const Mention& mention = document.mentions[i];
        const auto named = document.names.body[i];
        if (named == ArticleNames::none) continue;
        const ArticleEntity& entity = document.names.entities[named];
        const CanonicalName& shown = canonical.at({entity.type, entity.name});
        mentions.push_back(
            {offset(mention.begin), offset(mention.end), tag_of(mention.type), shown.name});
      }
      const Json line{{"doc", document.doc}, {"text", document.text}, {"mentions", mentions}};
      print(dump_json(line) + "\n");
    }
  }

 private:
  using Key = std::pair<EntityType, std::string>;

  std::map<Key, CanonicalName> canonical_names() const {
    std::map<Key, std::uint32_t> articles;
    for (const Document& document : documents_)
      for (const ArticleEntity& entity : document.names.entities)
        ++articles[{entity.type, entity.name}];
    std::vector<NameUse> uses;
    for (const auto& [key, count] : articles) uses.push_back({key.first, key.second, count});
    const auto canonical = canonicalise(uses);
    std::map<Key, CanonicalName> names;
    for (std::size_t i = 0; i < uses.size(); ++i)
      names.emplace(Key{uses[i].type, uses[i].name}, canonical[i]);
    return names;
  }

  std::unique_ptr<EntityRecogniser> recogniser_ = make_recogniser();
  std::vector<Document> documents_;
};

std::unique_ptr<RawBytes> opened(const std::string& path) try {
  if (path == standard_input) return open_standard_input();
  return open_file(path);
} catch (const Unreadable& problem) {
  throw Error(ExitCode::usage, fmt::format("'{}': {}", printable(path), problem.what()),
              "name a file of JSON Lines, or - for standard input");
}

}  // namespace

TagCounts tag_documents(const std::string& path, const std::function<void(std::string_view)>& print,
                        const std::function<void(std::uint64_t, std::string_view)>& refuse) {
  TagCounts counts;
  Tagger tagger;
  ByteSource source(opened(path));
  LineReader lines(source, longest_line);
  for (Line line; lines.next(line);) {
    if (line.text.empty() && !line.too_long) continue;
    try {
      if (line.too_long) throw Unreadable("longer than 16 MiB");
      tagger.add(line.text);
      ++counts.documents;
    } catch (const Unreadable& problem) {
      ++counts.refused;
      refuse(line.number, problem.what());
    } catch (const Json::exception&) {
      ++counts.refused;
      refuse(line.number, "no JSON object with \"doc\" and \"text\"");
    }
  }
  tagger.print(print);
  return counts;
}

}  // namespace dateline
