// SPDX-License-Identifier: GPL-3.0-or-later
#include "corpus/formats/assembly.h"

#include <fmt/format.h>
#include <sys/stat.h>

#include <algorithm>
#include <optional>
#include <utility>

#include "corpus/bytes/encoding.h"
#include "corpus/formats/boilerplate.h"
#include "corpus/formats/head.h"
#include "corpus/formats/xml/markup_text.h"
#include "corpus/metadata/apply.h"
#include "corpus/metadata/dateline.h"
#include "corpus/metadata/file_name_date.h"
#include "corpus/metadata/language.h"

namespace dateline {
namespace {

constexpr std::ptrdiff_t most_lines = 500'000;

bool is_lone(const RawRecord& record) { return record.name.empty(); }

/// The article with what its own fields and its table state, in this order of trust.
Article start_article(const FileInHand& in, RawRecord& record) {
  Article article = std::move(record.article);
  article.path = in.file.path.string();
  article.record = record.name;
  apply_values(record.values, Provenance::given, in.options.latest_day, article);
  if (!in.table_problem.empty()) article.notes.emplace_back(in.table_problem);
  if (!in.table_row) return article;
  // A row about an archive tells of all that is in it: its source, but no title.
  const auto apply = is_lone(record) && in.depth == 0 ? apply_values : apply_shared_values;
  apply(*in.table_row, Provenance::sidecar, in.options.latest_day, article);
  return article;
}

void offer_file_name_date(const FileInHand& in, Article& article) {
  if (article.published) return;
  const auto day = date_in_file_name(in.name, in.options.latest_day);
  if (day) article.published.offer(Timestamp{*day, {}, {}}, Provenance::file_name);
}

void offer_file_time(const FileInHand& in, Article& article) {
  struct stat status {};
  // What is no file on disk, standard input, has no absolute path.
  if (article.published || !in.file.path.is_absolute()) return;
  if (::stat(in.file.path.c_str(), &status) != 0) return;
  const std::chrono::sys_seconds changed{std::chrono::seconds{status.st_mtime}};
  const Day day = std::chrono::floor<std::chrono::days>(changed);
  const auto second = static_cast<std::int32_t>((changed - day).count());
  if (day >= earliest_day() && day <= in.options.latest_day)
    article.published.offer(Timestamp{day, second, 0}, Provenance::file_time);
}

void offer_credit(const SourceCredit& credit, Article& article) {
  if (!says_nothing(credit.source) && credit.source.size() <= longest_source)
    article.source.offer(credit.source, Provenance::in_text);
  if (!credit.url.empty()) article.url.offer(credit.url, Provenance::in_text);
}

/// Removes the first paragraph of text where it says no more than `value`.
void drop_repetition(std::vector<Paragraph>& paragraphs, const Sourced<std::string>& value) {
  if (!value) return;
  const auto first = std::find_if(paragraphs.begin(), paragraphs.end(),
                                  [](const Paragraph& p) { return p.kind == ParagraphKind::text; });
  if (first == paragraphs.end() || first->text.size() > 2 * value.value.size() + 16) return;
  if (fold_words(first->text) == fold_words(value.value)) paragraphs.erase(first);
}

/// Puts what was taken for title and deck back at the top of the body.
void put_back(const Head& head, std::vector<Paragraph>& paragraphs) {
  std::vector<Paragraph> top;
  for (const std::string& text : {head.title, head.deck})
    if (!text.empty()) top.push_back({text, 1, false, ParagraphKind::text});
  paragraphs.insert(paragraphs.begin(), top.begin(), top.end());
}

/// Where the article states another title than the text begins with, that is no title.
void offer_head(Head head, Article& article, std::vector<Paragraph>& paragraphs) {
  const bool other_title =
      article.title && fold_words(article.title.value) != fold_words(head.title);
  if (other_title) {
    put_back(head, paragraphs);
  } else {
    if (!head.title.empty()) article.title.offer(std::move(head.title), Provenance::in_text);
    if (!head.deck.empty()) article.deck.offer(std::move(head.deck), Provenance::in_text);
  }
  if (!head.authors.empty()) article.authors.offer(std::move(head.authors), Provenance::in_text);
  if (head.published) article.published.offer(*head.published, Provenance::in_text);
  if (head.modified) article.modified.offer(*head.modified, Provenance::in_text);
}

/// The body is what is left of the text; where nothing is, the deck stands for it.
void settle_body(std::vector<Paragraph>& paragraphs, Article& article) {
  drop_repetition(paragraphs, article.title);
  offer_credit(credited_source(paragraphs), article);
  article.body = join_body(paragraphs);
  if (article.body.empty() && article.deck) article.body = std::exchange(article.deck, {}).value;
}

/// The paragraphs of a text that may be an article's, boilerplate marked; empty, and the record
/// refused, where no article has so many lines: each costs a hundred bytes of memory.
std::optional<std::vector<Paragraph>> marked_paragraphs(const FileInHand& in,
                                                        const Article& article,
                                                        std::string_view clean_text) {
  if (std::count(clean_text.begin(), clean_text.end(), '\n') > most_lines) {
    in.sink.refused(article.record, fmt::format("more than {} lines", most_lines));
    return std::nullopt;
  }
  std::vector<Paragraph> paragraphs = split_paragraphs(clean_text);
  mark_boilerplate(paragraphs);
  return paragraphs;
}

bool is_of_a_page(Provenance from) {
  return from == Provenance::json_ld || from == Provenance::meta_tags ||
         from == Provenance::microdata;
}

/// "no" and "nb", and the like: two tags of one written language.
bool same_language(std::string_view a, std::string_view b) {
  const auto plain = [](std::string_view tag) {
    return tag == "no" || tag == "nn" ? std::string_view("nb") : tag;
  };
  return plain(a) == plain(b);
}

/// A page's template often states a language that its story is not in.
void settle_language(Article& article) {
  const DetectedLanguage detected = detect_language(article.title.value + "\n" + article.body);
  if (detected.tag.empty()) return;
  Sourced<std::string>& language = article.language;
  const bool contradicted = detected.certain && language && is_of_a_page(language.from) &&
                            language.value != detected.tag &&
                            !same_language(language.value, detected.tag);
  if (contradicted)
    language = {detected.tag, Provenance::detected};
  else
    language.offer(detected.tag, Provenance::detected);
}

/// A dateline's agency and place, where nothing better states them.
void offer_dateline(const FileInHand& in, Article& article) {
  Dateline dateline = read_dateline(article.body, in.outlets);
  if (!dateline.source.empty())
    article.source.offer(std::move(dateline.source), Provenance::in_text);
  const bool placed = std::any_of(article.entities.begin(), article.entities.end(),
                                  [](const auto& e) { return e.type == EntityType::place; });
  if (!placed && !dateline.place.empty())
    article.entities.push_back({EntityType::place, std::move(dateline.place), Provenance::in_text});
}

/// "By Ann Lee, Associated Press": the agency among the authors is where the text is from.
void offer_agency_of_byline(const FileInHand& in, Article& article) {
  std::vector<std::string>& authors = article.authors.value;
  if (authors.empty() || article.source || !in.outlets.knows(authors.back())) return;
  article.source.offer(authors.back(), article.authors.from);
  authors.pop_back();
  if (authors.empty()) article.authors = {};
}

/// Gives the source the one name that its outlet has.
void name_source(const FileInHand& in, Article& article) {
  if (!article.source) return;
  article.source_raw = article.source.value;
  article.source.value = in.outlets.name_of(article.source_raw, article.url.value);
}

void finish(const FileInHand& in, const RawRecord& record, Article&& article) {
  if (article.body.empty() && !article.title && !record.may_be_empty) {
    in.sink.refused(article.record, "no text");
    return;
  }
  if (article.body.empty())
    article.notes.emplace_back(article.title ? "no text found, only a title" : "no text");
  if (!in.url.empty()) article.url.offer(tidy_value(in.url), Provenance::transport);
  offer_agency_of_byline(in, article);
  offer_dateline(in, article);
  name_source(in, article);
  settle_language(article);
  if (is_lone(record)) offer_file_name_date(in, article);
  if (in.options.date_from_file_time) offer_file_time(in, article);
  if (!article.id)
    article.id.offer(derived_id(in.file.relative, record.fallback_id), Provenance::file_name);
  in.sink.article(std::move(article));
}

/// Whether a text is divided by markup; a stray "<b>" or "&amp;" divides nothing.
bool is_marked_up(std::string_view text) {
  for (auto at = text.find('<'); at != text.npos; at = text.find('<', at + 1))
    for (const std::string_view tag :
         {"<p>", "<p ", "</p>", "<P>", "</P>", "<br>", "<br/>", "<br />", "<BR>", "<div>", "<div ",
          "</li>", "</h2>", "</h3>"})
      if (text.substr(at).starts_with(tag)) return true;
  return false;
}

/// Many exports keep a story as the HTML of its page, in a field of JSON or a cell of CSV.
std::vector<Paragraph> html_body(std::string_view html) {
  std::vector<Paragraph> paragraphs = html_paragraphs(html, LineEnds::paragraphs);
  mark_boilerplate(paragraphs);
  return paragraphs;
}

std::uint64_t fnv1a(std::string_view bytes) {
  std::uint64_t hash = 0xcbf29ce484222325u;
  for (const char c : bytes) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3u;
  return hash;
}

std::size_t character_start(std::string_view utf8, std::size_t at) {
  while (at < utf8.size() && (static_cast<unsigned char>(utf8[at]) & 0xC0) == 0x80) ++at;
  return at;
}

}  // namespace

void hand_over_text(const FileInHand& in, RawRecord&& record, std::string_view clean_text) {
  Article article = start_article(in, record);
  auto paragraphs = marked_paragraphs(in, article, clean_text);
  if (!paragraphs) return;
  offer_head(take_head(*paragraphs, in.options.latest_day), article, *paragraphs);
  drop_repetition(*paragraphs, article.deck);
  settle_body(*paragraphs, article);
  finish(in, record, std::move(article));
}

void hand_over_record(const FileInHand& in, RawRecord&& record) {
  const std::string body = record.values.text(Field::body, "\n\n");
  if (is_marked_up(body)) {
    hand_over_paragraphs(in, std::move(record), html_body(body));
    return;
  }
  Article article = start_article(in, record);
  auto paragraphs = marked_paragraphs(in, article, clean_text(body));
  if (!paragraphs) return;
  drop_repetition(*paragraphs, article.deck);
  settle_body(*paragraphs, article);
  finish(in, record, std::move(article));
}

void hand_over_paragraphs(const FileInHand& in, RawRecord&& record,
                          std::vector<Paragraph>&& paragraphs) {
  Article article = start_article(in, record);
  settle_body(paragraphs, article);
  finish(in, record, std::move(article));
}

std::string label_of(std::string_view name) {
  const bool sound = is_utf8(name);
  std::string text;
  for (const char c : name) {
    const auto byte = static_cast<unsigned char>(c);
    const bool keep = byte >= 0x20 && byte != 0x7F && (sound || byte < 0x80);
    text += keep ? std::string(1, c) : fmt::format("%{:02X}", byte);
  }
  return text;
}

std::string derived_id(std::string_view relative_path, std::string_view part) {
  const std::string suffix = part.empty() ? "" : fmt::format("#{}", part);
  const std::string path = label_of(relative_path);
  if (path.size() + suffix.size() <= longest_id) return path + suffix;
  const std::string hash = fmt::format("{:016x}...", fnv1a(relative_path));
  const std::size_t room = longest_id - hash.size() - suffix.size();
  return hash + path.substr(character_start(path, path.size() - room)) + suffix;
}

}  // namespace dateline
