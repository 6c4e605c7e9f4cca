// SPDX-License-Identifier: GPL-3.0-or-later
#include "corpus/formats/boilerplate.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <optional>
#include <unordered_set>

#include "corpus/bytes/encoding.h"
#include "corpus/formats/boilerplate_words.h"

namespace dateline {
namespace {

constexpr std::size_t longest_furniture = 320;  // bytes
/// Enough of a paragraph to tell how it starts; longer than any whole line of furniture.
constexpr std::size_t telling_start = 96;   // bytes
constexpr std::size_t longest_credit = 90;  // bytes
constexpr std::ptrdiff_t most_words_of_source = 6;
constexpr std::size_t longest_author_box = 1200;
constexpr std::size_t disclaimer_within = 8;  // paragraphs from the end

/// Words that a line of furniture starts with, where more may follow.
constexpr std::array furniture_starts{std::string_view("follow us on "),
                                      std::string_view("like us on "),
                                      std::string_view("find us on "),
                                      std::string_view("join us on "),
                                      std::string_view("share on "),
                                      std::string_view("share via "),
                                      std::string_view("share this article"),
                                      std::string_view("share this story"),
                                      std::string_view("click here to "),
                                      std::string_view("click here for "),
                                      std::string_view("click to get "),
                                      std::string_view("click for more "),
                                      std::string_view("subscribe to our "),
                                      std::string_view("sign up for our "),
                                      std::string_view("sign up to our "),
                                      std::string_view("download our app"),
                                      std::string_view("enlarge this image "),
                                      std::string_view("image copyright "),
                                      std::string_view("image source "),
                                      std::string_view("image caption "),
                                      std::string_view("we use cookies "),
                                      std::string_view("this site uses cookies"),
                                      std::string_view("this website uses cookies"),
                                      std::string_view("your email address will not"),
                                      std::string_view("required fields are marked"),
                                      std::string_view("save my name email"),
                                      std::string_view("you must be logged in"),
                                      std::string_view("abonnieren sie unseren "),
                                      std::string_view("abonnez vous à notre "),
                                      std::string_view("suscríbete a nuestr"),
                                      std::string_view("iscriviti alla nostra ")};

/// Starts that are furniture only together with one of `invitation_words`.
constexpr std::array invitation_starts{std::string_view("sign up "), std::string_view("subscribe "),
                                       std::string_view("get "), std::string_view("want "),
                                       std::string_view("register ")};
constexpr std::array invitation_words{
    std::string_view("newsletter"),  std::string_view("newsletters"),
    std::string_view("your inbox"),  std::string_view("email alerts"),
    std::string_view("news alerts"), std::string_view("sign up here"),
    std::string_view("our podcast"), std::string_view("youtube channel")};
constexpr std::size_t longest_invitation = 220;  // bytes

bool contains(std::string_view text, std::string_view part) {
  return text.find(part) != std::string_view::npos;
}

template <std::size_t N>
bool starts_with_any(std::string_view text, const std::array<std::string_view, N>& starts) {
  return std::any_of(starts.begin(), starts.end(),
                     [&](std::string_view start) { return text.starts_with(start); });
}

template <std::size_t N>
bool contains_any(std::string_view text, const std::array<std::string_view, N>& parts) {
  return std::any_of(parts.begin(), parts.end(),
                     [&](std::string_view part) { return contains(text, part); });
}

/// What stands before the first colon, folded; "" without one early in the line.
std::string label_of(std::string_view text) {
  const auto colon = text.find(':');
  return colon == std::string_view::npos || colon > 30 ? "" : fold_words(text.substr(0, colon));
}

bool ends_as_sentence(std::string_view text) {
  for (const std::string_view quote : {"\"", "”", "’", "'"})
    if (text.ends_with(quote)) text.remove_suffix(quote.size());
  return text.ends_with('.') || text.ends_with("…") || text.ends_with('!') || text.ends_with('?');
}

/// Whether somebody speaks in it: "he said".
bool has_word_of_speech(std::string_view text) {
  constexpr std::array words{std::string_view(" said "),     std::string_view(" says "),
                             std::string_view(" told "),     std::string_view(" tells "),
                             std::string_view(" wrote "),    std::string_view(" writes "),
                             std::string_view(" noted "),    std::string_view(" added "),
                             std::string_view(" warned "),   std::string_view(" argued "),
                             std::string_view(" insisted "), std::string_view(" asked "),
                             std::string_view(" replied "),  std::string_view(" explained "),
                             std::string_view(" claimed "),  std::string_view(" admitted "),
                             std::string_view(" testified ")};
  return contains_any(" " + fold_words(text) + " ", words);
}

bool is_quoted_sentence(std::string_view text) {
  return ends_as_sentence(text) && has_word_of_speech(text);
}

/// "More: the budget will be cut." goes on in lower case after its label, as a headline does not.
bool is_labelled_sentence(std::string_view text) {
  const auto value = text.find_first_not_of(": ", text.find(':'));
  if (value == std::string_view::npos || !ends_as_sentence(text)) return false;
  return text[value] >= 'a' && text[value] <= 'z' &&
         std::count(text.begin() + static_cast<std::ptrdiff_t>(value), text.end(), ' ') >= 3;
}

bool has_copyright_sign(std::string_view text) {
  return contains(text, "©") || contains(text, "(c)") || contains(text, "(C)");
}

bool goes_on_after_year(std::string_view text) {
  const auto digit = text.find_first_of("0123456789");
  const auto next = text.find_first_not_of("0123456789-– ,", digit);
  if (next == std::string_view::npos || text.substr(next).starts_with("by ")) return false;
  return text[next] >= 'a' && text[next] <= 'z';
}

/// "Copyright 2019 Northern Wire", but not "Copyright 2019 law".
bool is_dated_copyright(std::string_view text, std::string_view start) {
  return (start.starts_with("copyright 19") || start.starts_with("copyright 20")) &&
         !goes_on_after_year(text);
}

bool reserves_rights(std::string_view text) {
  if (!contains(text, "eserved") && !contains(text, "ESERVED")) return false;
  const std::string words = fold_words(text);
  if (!contains(words, "all rights reserved")) return false;
  return words.ends_with("all rights reserved") || has_copyright_sign(text) ||
         contains(words, "copyright 19") || contains(words, "copyright 20");
}

bool is_copyright_line(std::string_view text, std::string_view start) {
  if (text.starts_with("©") || text.starts_with("(c) 20") || text.starts_with("(C) 20"))
    return true;
  if (reserves_rights(text)) return true;
  if (!start.starts_with("copyright")) return false;
  return has_copyright_sign(text) || is_dated_copyright(text, start);
}

bool is_comment_count(std::string_view words) {
  const auto digits = words.find_first_not_of("0123456789");
  return digits != 0 && digits != std::string_view::npos &&
         (words.substr(digits) == " comments" || words.substr(digits) == " comment");
}

bool is_reporter_credit(std::string_view text, std::string_view start) {
  if (start.starts_with("additional reporting by ")) return true;
  if (!start.starts_with("reporting by ")) return false;
  const bool bracketed = text.starts_with("(") || text.starts_with("[");
  const std::string words = fold_words(text);
  return bracketed || contains(words, "editing by") || contains(words, "additional reporting") ||
         contains(words, "writing by");
}

bool is_follow_handle(std::string_view text) {
  return text.size() < 60 && (text.starts_with("Follow @") || text.starts_with("follow @"));
}

bool is_invitation(std::string_view text, std::string_view start) {
  return text.size() <= longest_invitation && starts_with_any(start, invitation_starts) &&
         contains_any(fold_words(text), invitation_words);
}

/// A disclaimer of the page, told by its label.
bool is_labelled_disclaimer(std::string_view text) {
  const std::string label = label_of(text);
  return label == "disclaimer" || label == "haftungsausschluss" || label == "avertissement";
}

bool is_picture_agency(std::string_view words) {
  static const std::unordered_set<std::string_view> agencies{"reuters",
                                                             "ap",
                                                             "associated press",
                                                             "ap photo",
                                                             "afp",
                                                             "getty",
                                                             "getty images",
                                                             "epa",
                                                             "epa efe",
                                                             "anadolu",
                                                             "anadolu agency",
                                                             "dpa",
                                                             "tass",
                                                             "sputnik",
                                                             "xinhua",
                                                             "bloomberg",
                                                             "shutterstock",
                                                             "pool",
                                                             "alamy",
                                                             "istock",
                                                             "al jazeera",
                                                             "flickr",
                                                             "wikimedia commons",
                                                             "pixabay",
                                                             "unsplash"};
  return agencies.contains(words);
}

/// The parts of "Athit Perawongmetha/Pool via Reuters".
std::vector<std::string> credit_parts(std::string_view credit) {
  std::vector<std::string> parts;
  while (!credit.empty()) {
    const auto slash = std::min(credit.find('/'), credit.size());
    const auto via = std::min(credit.find(" via "), credit.size());
    const auto end = std::min(slash, via);
    parts.push_back(fold_words(credit.substr(0, end)));
    credit.remove_prefix(std::min(end + (via < slash ? 5 : 1), credit.size()));
  }
  return parts;
}

/// "Marta Oblak/Pool via Reuters": a photographer or a pool, and an agency.
bool is_photographers_credit(std::string_view credit) {
  const std::vector<std::string> parts = credit_parts(credit);
  if (parts.size() < 2 || parts.size() > 4) return false;
  const auto agencies = std::count_if(parts.begin(), parts.end(),
                                      [](const std::string& p) { return is_picture_agency(p); });
  const bool pool = std::find(parts.begin(), parts.end(), "pool") != parts.end();
  const bool photo = std::find(parts.begin(), parts.end(), "ap photo") != parts.end();
  return agencies > 0 && (pool || photo || agencies < std::ssize(parts));
}

/// The bracket that the text ends with, without its brackets; "" when it ends otherwise.
std::string_view last_bracket(std::string_view text) {
  if (text.ends_with('.')) text.remove_suffix(1);
  if (text.size() < 3 || (text.back() != ']' && text.back() != ')')) return {};
  const auto open = text.rfind(text.back() == ']' ? '[' : '(');
  if (open == std::string_view::npos) return {};
  return text.substr(open + 1, text.size() - open - 2);
}

bool is_caption(std::string_view text) {
  if (image_labels().contains(label_of(text)) && !is_labelled_sentence(text)) return true;
  const std::string_view bracket = last_bracket(text);
  if (bracket.empty() || bracket.size() > 120) return false;
  if (image_labels().contains(label_of(bracket))) return true;
  const std::string words = fold_words(bracket);
  if (words.starts_with("photo by ") || words.starts_with("image courtesy ")) return true;
  return is_photographers_credit(bracket);
}

/// `start` is the start of `text`, folded.
bool is_furniture(std::string_view text, const std::string& start) {
  if (furniture_lines().contains(start)) return true;
  if (furniture_labels().contains(label_of(text)) && !is_labelled_sentence(text)) return true;
  if (is_copyright_line(text, start) || is_comment_count(start)) return true;
  if (is_reporter_credit(text, start) || is_follow_handle(text)) return true;
  return starts_with_any(start, furniture_starts) || is_invitation(text, start);
}

/// In the singular: "Sources:" lists where a graphic's figures are from.
bool is_source_label(std::string_view label) {
  return label == "source" || label == "quelle" || label == "fuente" || label == "fonte" ||
         label == "bron" || label == "источник";
}

/// "Source: X" and "(Source: X)" without the brackets.
std::string_view without_brackets(std::string_view line) {
  const bool bracketed = line.size() > 2 && ((line.front() == '(' && line.back() == ')') ||
                                             (line.front() == '[' && line.back() == ']'));
  return bracketed ? line.substr(1, line.size() - 2) : line;
}

bool is_agencies_in_general(std::string_view words) {
  static const std::unordered_set<std::string_view> names{
      "agencies", "news agencies",  "agency",  "news agency",     "wire services",
      "wires",    "agency reports", "various", "various sources", "internet",
      "web",      "online"};
  return names.contains(words);
}

bool ends_in_abbreviation(std::string_view text) {
  constexpr std::array<std::string_view, 6> companies{" Inc.",  " Ltd.",  " Co.",
                                                      " Corp.", " Bros.", " Assoc."};
  const bool company = std::any_of(companies.begin(), companies.end(),
                                   [&](std::string_view end) { return text.ends_with(end); });
  return company || (text.size() >= 4 && text[text.size() - 3] == '.');
}

bool names_outlet(std::string_view credit) {
  if (credit.empty() || has_word_of_speech(credit)) return false;
  if (credit.starts_with("http://") || credit.starts_with("https://")) return true;
  if (is_agencies_in_general(fold_words(credit))) return true;
  const bool small = credit.front() >= 'a' && credit.front() <= 'z';
  const auto words = std::count(credit.begin(), credit.end(), ' ') + 1;
  return !small && words <= most_words_of_source &&
         (!ends_as_sentence(credit) || ends_in_abbreviation(credit));
}

bool is_source_credit(std::string_view text) {
  const std::string_view line = without_brackets(text);
  return line.size() <= longest_credit && is_source_label(label_of(line)) &&
         names_outlet(single_line(line.substr(line.find(':') + 1)));
}

/// "Al Jazeera and news agencies" without the agencies; the first of several outlets.
std::string outlet_of(std::string_view credit) {
  for (const std::string_view separator : {" and ", " with ", " + ", " & "}) {
    const auto at = credit.find(separator);
    if (at == std::string_view::npos) continue;
    const std::string rest = fold_words(credit.substr(at + separator.size()));
    const bool agencies = is_agencies_in_general(rest) || rest.ends_with(" agencies") ||
                          rest.starts_with("agency") || rest.ends_with("wire services");
    if (agencies) credit = credit.substr(0, at);
  }
  credit = credit.substr(0, credit.find_first_of(",;/|"));
  std::string outlet = single_line(credit);
  while (outlet.ends_with('.')) outlet.pop_back();
  return is_agencies_in_general(fold_words(outlet)) ? std::string() : outlet;
}

std::size_t bytes_of(const std::vector<Paragraph>& paragraphs, std::size_t from, std::size_t to) {
  std::size_t bytes = 0;
  for (std::size_t i = from; i < to; ++i) bytes += paragraphs[i].text.size();
  return bytes;
}

void mark(std::vector<Paragraph>& paragraphs, std::size_t from, std::size_t to,
          ParagraphKind kind) {
  for (std::size_t i = from; i < to; ++i) paragraphs[i].kind = kind;
}

/// Index of the last paragraph of `kind`; empty without one.
std::optional<std::size_t> last_of(const std::vector<Paragraph>& paragraphs, ParagraphKind kind) {
  for (std::size_t i = paragraphs.size(); i > 0; --i)
    if (paragraphs[i - 1].kind == kind) return i - 1;
  return std::nullopt;
}

/// The description of an image may stand on its own line above the caption with the credit.
void mark_lines_above_captions(std::vector<Paragraph>& paragraphs) {
  for (std::size_t i = 1; i < paragraphs.size(); ++i) {
    Paragraph& above = paragraphs[i - 1];
    const bool caption_below =
        paragraphs[i].kind == ParagraphKind::caption && paragraphs[i].blank_before == 0;
    const bool block_of_two = above.blank_before > 0 &&
                              (i + 1 == paragraphs.size() || paragraphs[i + 1].blank_before > 0);
    const bool sentence = above.text.ends_with('.') || above.text.ends_with("”");
    if (caption_below && block_of_two && above.text.size() < 200 && !sentence)
      above.kind = ParagraphKind::caption;
  }
}

/// From the first prompt for comments in the second half of the text on, nothing is the story's.
void mark_comments(std::vector<Paragraph>& paragraphs) {
  const std::size_t total = bytes_of(paragraphs, 0, paragraphs.size());
  std::size_t before = 0;
  for (std::size_t i = 0; i < paragraphs.size(); ++i) {
    if (paragraphs[i].kind == ParagraphKind::comment_prompt && before * 2 > total) {
      mark(paragraphs, i + 1, paragraphs.size(), ParagraphKind::furniture);
      return;
    }
    before += paragraphs[i].text.size();
  }
}

void mark_author_box(std::vector<Paragraph>& paragraphs) {
  const auto disclaimer = last_of(paragraphs, ParagraphKind::disclaimer);
  const auto prompt = last_of(paragraphs, ParagraphKind::comment_prompt);
  if (!disclaimer || !prompt || *prompt < *disclaimer) return;
  const bool near_end =
      *prompt - *disclaimer <= disclaimer_within &&
      bytes_of(paragraphs, 0, *disclaimer) * 2 > bytes_of(paragraphs, 0, paragraphs.size());
  if (near_end && bytes_of(paragraphs, *disclaimer + 1, *prompt) <= longest_author_box)
    mark(paragraphs, *disclaimer + 1, *prompt, ParagraphKind::furniture);
}

/// "Watch: Moment bridge collapses in Genoa" above a story is its headline.
void keep_labelled_headline(std::vector<Paragraph>& paragraphs) {
  if (paragraphs.empty()) return;
  const std::string& text = paragraphs.front().text;
  const std::string label = label_of(text);
  const bool labelled = furniture_labels().contains(label) ||
                        (image_labels().contains(label) && !contains(label, " "));
  if (!labelled) return;
  const std::string value = single_line(std::string_view(text).substr(text.find(':') + 1));
  if (!value.empty() && !is_photographers_credit(value) && !is_picture_agency(fold_words(value)))
    paragraphs.front().kind = ParagraphKind::text;
}

/// A disclaimer that is a sentence is the page's only in the second half of the text.
void keep_disclaimers_of_the_story(std::vector<Paragraph>& paragraphs) {
  const std::size_t total = bytes_of(paragraphs, 0, paragraphs.size());
  std::size_t before = 0;
  for (Paragraph& paragraph : paragraphs) {
    if (paragraph.kind == ParagraphKind::disclaimer && before * 2 <= total &&
        is_labelled_sentence(paragraph.text))
      paragraph.kind = ParagraphKind::text;
    before += paragraph.text.size();
  }
}

/// A source is credited after the last paragraph of the story.
void mark_source_credit(std::vector<Paragraph>& paragraphs) {
  const auto last = last_of(paragraphs, ParagraphKind::text);
  if (last && *last > 0 && is_source_credit(paragraphs[*last].text))
    paragraphs[*last].kind = ParagraphKind::source_credit;
}

ParagraphKind kind_by_words(std::string_view text) {
  if (text.size() > longest_furniture) return ParagraphKind::text;
  if (is_labelled_disclaimer(text)) return ParagraphKind::disclaimer;
  const std::string start = fold_words(text.substr(0, telling_start));
  if (comment_prompts().contains(start)) return ParagraphKind::comment_prompt;
  if (is_furniture(text, start)) return ParagraphKind::furniture;
  if (is_caption(text)) return ParagraphKind::caption;
  return ParagraphKind::text;
}

}  // namespace

ParagraphKind classify_paragraph(std::string_view text) {
  const ParagraphKind kind = kind_by_words(text);
  return kind != ParagraphKind::text && is_quoted_sentence(text) ? ParagraphKind::text : kind;
}

void mark_boilerplate(std::vector<Paragraph>& paragraphs) {
  for (Paragraph& paragraph : paragraphs) paragraph.kind = classify_paragraph(paragraph.text);
  keep_labelled_headline(paragraphs);
  keep_disclaimers_of_the_story(paragraphs);
  mark_lines_above_captions(paragraphs);
  mark_author_box(paragraphs);
  mark_comments(paragraphs);
  mark_source_credit(paragraphs);
}

SourceCredit credited_source(const std::vector<Paragraph>& paragraphs) {
  const auto at = last_of(paragraphs, ParagraphKind::source_credit);
  if (!at) return {};
  const std::string_view line = without_brackets(paragraphs[*at].text);
  const std::string credit = single_line(line.substr(line.find(':') + 1));
  if (credit.starts_with("http://") || credit.starts_with("https://")) return {"", credit};
  return {outlet_of(credit), ""};
}

}  // namespace dateline
