// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/commands/explain.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <iterator>
#include <string>
#include <utility>

#include "common/json.h"
#include "common/text/unicode.h"
#include "indexer/commands/path_list.h"

namespace dateline {
namespace {

template <class T>
Json or_null(const Sourced<T>& value) {
  return value ? Json(value.value) : Json(nullptr);
}

Json or_null(const Sourced<Timestamp>& value) {
  return value ? Json(format_timestamp(value.value)) : Json(nullptr);
}

Json entities_json(const Article& article) {
  auto list = Json::array();
  for (const GivenEntity& entity : article.entities)
    list.push_back(
        {{"type", name_of(entity.type)}, {"name", entity.name}, {"from", describe(entity.from)}});
  return list;
}

Json provenance_json(const Article& a) {
  auto from = Json::object();
  const auto put = [&](const char* field, Provenance provenance) {
    if (provenance != Provenance::none) from[field] = describe(provenance);
  };
  put("id", a.id.from);
  put("title", a.title.from);
  put("deck", a.deck.from);
  put("source", a.source.from);
  put("published", a.published.from);
  put("modified", a.modified.from);
  put("authors", a.authors.from);
  put("language", a.language.from);
  put("url", a.url.from);
  put("topics", a.topics.from);
  if (!a.entities.empty()) put("entities", a.entities.front().from);
  return from;
}

Json article_json(const Article& a) {
  Json object{{"path", a.shown_path()},
              {"record", a.shown_record()},
              {"id", or_null(a.id)},
              {"title", or_null(a.title)},
              {"deck", or_null(a.deck)},
              {"body", a.body},
              {"source", or_null(a.source)},
              {"source_raw", a.source ? Json(a.source_raw) : Json(nullptr)},
              {"published", or_null(a.published)},
              {"modified", or_null(a.modified)},
              {"authors", a.authors.value},
              {"language", or_null(a.language)},
              {"url", or_null(a.url)},
              {"topics", a.topics.value},
              {"entities", entities_json(a)},
              {"provenance", provenance_json(a)},
              {"notes", a.notes}};
  return object;
}

/// `text` in lines of at most `width` columns, each but the first behind `indent` blanks. A word
/// longer than a line has one of its own.
std::string wrapped(std::string_view text, std::size_t indent, std::size_t width) {
  std::string out;
  std::size_t column = indent;
  while (!text.empty()) {
    const auto end = std::min(text.find(' '), text.size());
    const std::string_view word = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    const std::size_t columns = display_width(word);
    if (!out.empty()) {
      const bool fits = column + 1 + columns <= width;
      out += fits ? " " : "\n" + std::string(indent, ' ');
      column = fits ? column + 1 : indent;
    }
    out += word;
    column += columns;
  }
  return out;
}

class TextExplainer {
 public:
  TextExplainer(const Palette& palette, std::size_t width) : palette_(palette), width_(width) {}

  std::string article(const Article& a) {
    const auto& record = a.shown_record();
    out_ = palette_.heading(printable(
        record.empty() ? a.shown_path() : fmt::format("{} ({})", a.shown_path(), record)));
    out_ += '\n';
    field("id", a.id.value, a.id.from);
    field("title", a.title.value, a.title.from);
    field("deck", a.deck.value, a.deck.from);
    field("source", source_text(a), a.source.from);
    field("published", a.published ? format_timestamp(a.published.value) : "", a.published.from);
    field("modified", a.modified ? format_timestamp(a.modified.value) : "", a.modified.from);
    field("authors", fmt::format("{}", fmt::join(a.authors.value, ", ")), a.authors.from);
    field("language", a.language.value, a.language.from);
    field("url", a.url.value, a.url.from);
    field("topics", fmt::format("{}", fmt::join(a.topics.value, ", ")), a.topics.from);
    for (const GivenEntity& entity : a.entities)
      field(name_of(entity.type), entity.name, entity.from);
    for (const std::string& note : a.notes)
      out_ += fmt::format("  {:<10} {}\n", "note", wrapped(printable(note), values_at, width_));
    out_ += '\n';
    for (const std::string_view paragraph : split(a.body))
      out_ += fmt::format("  {}\n\n", wrapped(printable(paragraph), 2, width_));
    return std::move(out_);
  }

  std::string refused(const std::string& path, const std::string& record,
                      const std::string& reason) const {
    const std::string place = record.empty() ? path : path + " (" + record + ")";
    return fmt::format("{} {}: {}\n\n", palette_.problem("refused"), printable(place),
                       printable(reason));
  }

 private:
  static std::string source_text(const Article& a) {
    if (a.source_raw.empty() || a.source_raw == a.source.value) return a.source.value;
    return fmt::format("{} (written \"{}\")", a.source.value, a.source_raw);
  }

  void field(std::string_view name, std::string_view value, Provenance from) {
    if (from == Provenance::none)
      out_ += palette_.quiet(fmt::format("  {:<10} none", name)) + '\n';
    else
      out_ += fmt::format("  {:<10} {} {}\n", name, wrapped(printable(value), values_at, width_),
                          palette_.quiet(fmt::format("[{}]", describe(from))));
  }

  static std::vector<std::string_view> split(std::string_view body) {
    std::vector<std::string_view> paragraphs;
    while (!body.empty()) {
      const auto end = std::min(body.find("\n\n"), body.size());
      paragraphs.push_back(body.substr(0, end));
      body.remove_prefix(std::min(end + 2, body.size()));
    }
    return paragraphs;
  }

  static constexpr std::size_t values_at = 13;  // the column where a field's value begins

  Palette palette_;
  std::size_t width_;
  std::string out_;
};

/// Prints each article of one file after the other.
class Explainer : public ArticleSink {
 public:
  Explainer(ExplainFormat format, const Palette& palette, std::size_t width,
            const std::function<void(std::string_view)>& print)
      : format_(format), text_(palette, width), print_(print) {}

  void begin_file(const std::filesystem::path& path) { path_ = path.string(); }

  void article(Article&& article) override {
    ++counts_.articles;
    print_(format_ == ExplainFormat::text ? text_.article(article)
                                          : dump_json(article_json(article)) + "\n");
  }

  void refused(const std::string& record, const std::string& reason) override {
    ++counts_.refused;
    print_(format_ == ExplainFormat::text
               ? text_.refused(path_, record, reason)
               : dump_json({{"path", path_}, {"record", record}, {"refused", reason}}) + "\n");
  }

  const ExplainCounts& counts() const { return counts_; }

 private:
  ExplainFormat format_;
  TextExplainer text_;
  const std::function<void(std::string_view)>& print_;
  std::string path_;
  ExplainCounts counts_;
};

}  // namespace

ExplainCounts explain_reading(const std::vector<std::filesystem::path>& paths,
                              const FileChoice& choice, const ReadOptions& options,
                              ExplainFormat format, const Palette& palette, std::size_t width,
                              const std::function<void(std::string_view)>& print) {
  std::vector<std::filesystem::path> on_disk;
  std::copy_if(paths.begin(), paths.end(), std::back_inserter(on_disk),
               [](const auto& path) { return path != standard_input; });
  const ArticleSetListing listing = list_article_set(on_disk, choice);
  const ArticleReader reader(options);
  Explainer explainer(format, palette, width, print);
  for (const UnreadablePath& path : listing.unreadable) {
    explainer.begin_file(path.path);
    explainer.refused("", path.reason);
  }
  for (const SourceFile& file : listing.files) {
    explainer.begin_file(file.path);
    reader.read(file, explainer);
  }
  if (on_disk.size() < paths.size()) {
    explainer.begin_file(standard_input);
    reader.read(
        {
            standard_input,
            standard_input,
            standard_input,
            {},
        },
        open_standard_input(), explainer);
  }
  return explainer.counts();
}

}  // namespace dateline
