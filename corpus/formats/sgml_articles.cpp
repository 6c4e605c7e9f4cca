// SPDX-License-Identifier: GPL-3.0-or-later
#include "corpus/formats/sgml_articles.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>
#include <variant>

#include "corpus/bytes/encoding.h"
#include "corpus/formats/record_names.h"
#include "corpus/formats/sgml_records.h"
#include "corpus/metadata/apply.h"

namespace dateline {
namespace {

constexpr std::size_t most_lines = 500'000;
constexpr std::size_t longest_headline = 120;  // bytes
constexpr int most_tails = 4;

char upper(char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; }
bool is_lower(char c) { return c >= 'a' && c <= 'z'; }
bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }
bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// Codes that are neither a name's words nor, among organisations, an abbreviation.
constexpr std::array<std::pair<std::string_view, std::string_view>, 9> special_codes{
    {{"usa", "USA"},
     {"us", "US"},
     {"uk", "UK"},
     {"ussr", "USSR"},
     {"uae", "UAE"},
     {"worldbank", "World Bank"},
     {"comecon", "Comecon"},
     {"euratom", "Euratom"},
     {"comex", "Comex"}}};

std::string readable_word(std::string_view word, bool abbreviation) {
  const auto special = std::find_if(special_codes.begin(), special_codes.end(),
                                    [&](const auto& row) { return row.first == word; });
  if (special != special_codes.end()) return std::string(special->second);
  std::string readable(word);
  const auto end = abbreviation ? readable.end() : readable.begin() + !readable.empty();
  std::transform(readable.begin(), end, readable.begin(), upper);
  return readable;
}

/// "el-salvador" as "El Salvador", an organisation's "adb-africa" as "ADB Africa"; what is not all
/// in lower case stays as it is.
std::string readable_code(std::string_view code, bool organisation) {
  const bool is_code =
      std::all_of(code.begin(), code.end(), [](char c) { return is_lower(c) || c == '-'; });
  if (!is_code) return std::string(code);
  std::string readable;
  for (std::string_view rest = code; !rest.empty();) {
    const auto end = std::min(rest.find('-'), rest.size());
    if (!readable.empty()) readable += ' ';
    readable += readable_word(rest.substr(0, end), organisation && readable.empty());
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
  return readable;
}

/// The pieces of one element, those that belong together joined.
using Values = std::vector<std::string>;

Values values_in(const std::vector<SgmlText>& texts, SgmlElement element) {
  Values values;
  for (const SgmlText& piece : texts) {
    if (piece.element != element) continue;
    if (piece.starts || values.empty()) values.emplace_back();
    values.back() += decode_sgml(piece.text);
  }
  std::erase_if(values, [](const std::string& value) { return tidy_value(value).empty(); });
  return values;
}

Values cleaned(Values values) {
  for (std::string& value : values) value = tidy_value(value);
  return values;
}

bool is_read(const std::string& date, Day latest) {
  return std::holds_alternative<Timestamp>(parse_date(date, latest));
}

/// Cuts what stands behind the fraction of a second: "15:01:01.79F RM".
void drop_desk_codes(std::string& date) {
  const auto colon = date.rfind(':');
  const auto point = colon == std::string::npos ? colon : date.find('.', colon);
  if (point == std::string::npos) return;
  date.resize(std::min(date.find_first_not_of("0123456789", point + 1), date.size()));
}

/// Past a tab or the clock stand Reuters' desk codes; past a comma perhaps the weekday and the
/// edition ("January 1, 1989, Sunday, Home Edition"). Six digits are TREC's way of writing year,
/// month and day.
std::string date_of(std::string_view given, Day latest) {
  given.remove_prefix(std::min(given.find_first_not_of(" \t\r\n"), given.size()));
  const std::string whole = tidy_value(given.substr(0, given.find('\t')));
  if (whole.size() == 6 && std::all_of(whole.begin(), whole.end(), is_digit))
    return (whole < "69" ? "20" : "19") + whole;
  std::string date = whole;
  if (!is_read(date, latest)) drop_desk_codes(date);
  for (int i = 0; i < most_tails && !is_read(date, latest); ++i) {
    const auto comma = date.rfind(',');
    if (comma == std::string::npos) return whole;
    date.resize(comma);
  }
  return is_read(date, latest) ? date : whole;
}

/// Lines joined into paragraphs: each begins with an indent, or after a blank line.
std::vector<Paragraph> indented_paragraphs(std::string_view clean) {
  std::vector<Paragraph> paragraphs;
  bool begins = true;
  while (!clean.empty()) {
    const auto end = std::min(clean.find('\n'), clean.size());
    const std::string_view line = clean.substr(0, end);
    clean.remove_prefix(std::min(end + 1, clean.size()));
    std::string text = single_line(line);
    if (text.empty()) {
      begins = true;
      continue;
    }
    if (begins || line.front() == ' ' || paragraphs.empty())
      paragraphs.push_back({std::move(text), 1, false, ParagraphKind::text});
    else
      paragraphs.back().text += ' ' + text;
    begins = false;
  }
  return paragraphs;
}

bool has_letters_or_digits(std::string_view text) { return !fold_words(text).empty(); }

bool is_reuters_name(std::string_view text) {
  const std::string words = fold_words(text);
  return words == "reuter" || words == "reuters";
}

/// The agency's name by itself below a story: it ends there.
void drop_sign_off(std::vector<Paragraph>& paragraphs) {
  if (!paragraphs.empty() && is_reuters_name(paragraphs.back().text)) paragraphs.pop_back();
}

/// "By Ann Lee, Reuters" without the agency.
Values without_agency(Values authors) {
  for (std::string& author : authors) {
    const auto comma = author.rfind(',');
    if (comma != std::string::npos && is_reuters_name(std::string_view(author).substr(comma)))
      author.resize(comma);
  }
  return authors;
}

/// A headline in capitals.
bool is_headline(std::string_view line) {
  const auto capitals = std::count_if(line.begin(), line.end(), is_upper);
  const auto small = std::count_if(line.begin(), line.end(), is_lower);
  return line.size() <= longest_headline && capitals > 2 && capitals > 2 * small;
}

/// Takes the headline, perhaps marked by asterisks, off the text's first lines; "" for none.
std::string take_headline(std::string& clean) {
  const auto first = clean.find_first_not_of(" \n*");
  if (first == std::string::npos) return {};
  const auto end = std::min(clean.find('\n', first), clean.size());
  std::string line = single_line(std::string_view(clean).substr(first, end - first));
  if (!is_headline(line)) return {};
  clean.erase(0, end);
  return line;
}

class SgmlReader {
 public:
  explicit SgmlReader(const FileInHand& in) : in_(in) {}

  void read(ByteSource& source) {
    SgmlRecords records(source, in_.options.max_record_bytes);
    SgmlRecord record;
    bool any = false;
    for (; records.next(record); any = true) read_record(record);
    if (!any) throw Unreadable("holds no articles (no <REUTERS> or <DOC>)");
  }

 private:
  void read_record(SgmlRecord& record) {
    const std::string place = fmt::format("record {}", record.number);
    switch (record.state) {
      case SgmlRecord::State::too_long:
        in_.sink.refused(
            place, fmt::format("longer than {}", describe_size(in_.options.max_record_bytes)));
        return;
      case SgmlRecord::State::cut_off:
        in_.sink.refused(place, "the file ends within it");
        return;
      case SgmlRecord::State::whole:
        break;
    }
    RawRecord raw;
    raw.fallback_id = fmt::to_string(record.number);
    if (!is_utf8(record.text)) {
      Decoded decoded = to_utf8(std::move(record.text), in_.charset);
      if (auto note = describe_assumption(decoded); !note.empty())
        raw.article.notes.push_back(std::move(note));
      record.text = std::move(decoded.text);
    }
    hand_over(std::move(raw), record.text, place);
  }

  void hand_over(RawRecord&& raw, std::string_view markup, const std::string& place) {
    const std::vector<SgmlText> texts = sgml_texts(markup);
    const std::string id = add_id(raw, markup, texts);
    raw.name = names_.name(id.size() <= longest_id ? id : std::string(), place);
    add_values(raw, texts);
    add_entities(raw.article, texts);
    auto paragraphs = body_of(raw, markup, texts);
    if (paragraphs.size() > most_lines) {
      in_.sink.refused(raw.name, fmt::format("more than {} lines", most_lines));
      return;
    }
    raw.may_be_empty = !id.empty();
    hand_over_paragraphs(in_, std::move(raw), std::move(paragraphs));
  }

  static bool is_reuters(std::string_view markup) {
    return markup.size() > 1 && upper(markup[1]) == 'R';
  }

  std::string add_id(RawRecord& raw, std::string_view markup, const std::vector<SgmlText>& texts) {
    const std::string given = decode_sgml(sgml_attribute(markup, "NEWID"));
    put(raw, Field::id, given.empty() ? values_in(texts, SgmlElement::id) : Values{given});
    return tidy_value(raw.values.text(Field::id));
  }

  static void put(RawRecord& raw, Field field, Values values, bool is_list = false) {
    raw.values.put({field, 1}, std::move(values), is_list);
  }

  void add_values(RawRecord& raw, const std::vector<SgmlText>& texts) const {
    put(raw, Field::title, cleaned(values_in(texts, SgmlElement::title)));
    put(raw, Field::source, cleaned(values_in(texts, SgmlElement::source)));
    put(raw, Field::authors, without_agency(cleaned(values_in(texts, SgmlElement::author))));
    put(raw, Field::topics, cleaned(values_in(texts, SgmlElement::topics)), true);
    for (const std::string& date : values_in(texts, SgmlElement::date))
      put(raw, Field::published, {date_of(date, in_.options.latest_day)});
  }

  static void add_entities(Article& article, const std::vector<SgmlText>& texts) {
    struct Row {
      SgmlElement element;
      EntityType type;
    };
    for (const Row& row :
         {Row{SgmlElement::places, EntityType::place}, Row{SgmlElement::people, EntityType::person},
          Row{SgmlElement::orgs, EntityType::org}, Row{SgmlElement::exchanges, EntityType::org},
          Row{SgmlElement::companies, EntityType::org}})
      for (const std::string& code : cleaned(values_in(texts, row.element)))
        article.entities.push_back(
            {row.type, readable_code(code, row.element == SgmlElement::orgs ||
                                               row.element == SgmlElement::exchanges)});
  }

  /// The text of a story as it is printed: the dateline runs into its first line.
  static std::string story(const std::vector<SgmlText>& texts) {
    std::string text;
    bool after_dateline = false;
    for (const SgmlText& piece : texts) {
      const bool dateline = piece.element == SgmlElement::dateline;
      if (!dateline && piece.element != SgmlElement::text && piece.element != SgmlElement::body)
        continue;
      const std::string decoded = decode_sgml(piece.text);
      if (!has_letters_or_digits(decoded)) continue;
      if (piece.starts && !after_dateline) text += "\n\n";
      text += dateline ? single_line(decoded) + ' ' : decoded;
      after_dateline = dateline;
    }
    return clean_text(std::move(text));
  }

  std::vector<Paragraph> body_of(RawRecord& raw, std::string_view markup,
                                 const std::vector<SgmlText>& texts) const {
    std::string text = story(texts);
    if (text.find_first_not_of(" \n") == std::string::npos && !is_reuters(markup))
      text = clean_text(whole_record(texts));
    const bool unprocessed = is_reuters(markup) && !has_body(texts);
    if (is_reuters(markup)) put(raw, Field::source, {"Reuters"});
    if (unprocessed && !raw.values.find(Field::title))
      put(raw, Field::title, {take_headline(text)});
    if (static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n')) > most_lines)
      return std::vector<Paragraph>(most_lines + 1);
    auto paragraphs =
        is_reuters(markup) && !unprocessed ? indented_paragraphs(text) : split_paragraphs(text);
    if (is_reuters(markup)) drop_sign_off(paragraphs);
    return paragraphs;
  }

  static bool has_body(const std::vector<SgmlText>& texts) {
    return std::any_of(texts.begin(), texts.end(),
                       [](const SgmlText& piece) { return piece.element == SgmlElement::body; });
  }

  /// Where no element holds the text, what stands between the others does.
  static std::string whole_record(const std::vector<SgmlText>& texts) {
    std::string text;
    for (const std::string& value : values_in(texts, SgmlElement::record)) text += value + "\n\n";
    return text;
  }

  const FileInHand& in_;
  RecordNames names_;
};

}  // namespace

void read_sgml_articles(const FileInHand& in, ByteSource& source) { SgmlReader(in).read(source); }

}  // namespace dateline
