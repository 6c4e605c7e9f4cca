// SPDX-License-Identifier: GPL-3.0-or-later
#include "corpus/formats/head.h"

#include <algorithm>
#include <array>
#include <string_view>
#include <variant>

#include "corpus/bytes/encoding.h"
#include "corpus/metadata/names_of_people.h"

namespace dateline {
namespace {

// In characters.
constexpr std::size_t longest_title = 200;
constexpr std::size_t longest_title_without_gap = 120;
constexpr std::size_t longest_deck = 250;
constexpr std::size_t longest_deck_without_support = 140;
constexpr std::size_t longest_date_line = 60;
constexpr std::size_t longest_credit_line = 200;
constexpr std::size_t longest_dateline = 80;

constexpr std::size_t most_head_paragraphs = 6;

bool ends_with_any(std::string_view text, std::initializer_list<std::string_view> ends) {
  return std::any_of(ends.begin(), ends.end(),
                     [&](std::string_view end) { return text.ends_with(end); });
}

std::string_view without_closing_quotes(std::string_view text) {
  for (bool again = true; again;) {
    again = false;
    for (const std::string_view quote : {"\"", "'", "”", "’", "»", "“", ")", "]", "*", "_"}) {
      if (!text.ends_with(quote)) continue;
      text.remove_suffix(quote.size());
      again = true;
    }
  }
  return text;
}

/// "U.S." and "Jan." end in a full stop that ends no sentence.
bool ends_in_abbreviation(std::string_view text) {
  const auto word = text.substr(text.find_last_of(' ') + 1);
  return word.size() >= 4 && word[word.size() - 3] == '.' && word[word.size() - 2] >= 'A' &&
         word[word.size() - 2] <= 'Z';
}

bool ends_with_full_stop(std::string_view text) {
  const std::string_view end = without_closing_quotes(text);
  if (ends_with_any(end, {"。", "।", "．"})) return true;
  return end.ends_with('.') && !end.ends_with("...") && !ends_in_abbreviation(end);
}

bool ends_as_sentence(std::string_view text) {
  return ends_with_full_stop(text) ||
         ends_with_any(without_closing_quotes(text), {"!", "?", "…", "...", "！", "？"});
}

bool breaks_off(std::string_view text) { return ends_with_any(text, {",", ";", ":"}); }

std::size_t count_sentences(std::string_view text) {
  std::size_t sentences = 1;
  for (std::size_t i = 0; i + 2 < text.size(); ++i)
    sentences += std::string_view(".!?").find(text[i]) != std::string_view::npos &&
                 text[i + 1] == ' ' && text[i + 2] >= 'A' && text[i + 2] <= 'Z';
  return sentences;
}

/// `usual_gap` is the widest, in blank lines, between the paragraphs below `next`.
bool is_title(const Paragraph& first, const Paragraph& next, std::size_t usual_gap,
              bool credits_below) {
  if (first.heading) return true;
  const std::size_t length = count_characters(first.text);
  if (length > longest_title || breaks_off(first.text)) return false;
  const bool full_stop = ends_with_full_stop(first.text);
  if (credits_below && next.blank_before == 0 && length <= longest_title_without_gap)
    return count_sentences(first.text) == 1;
  if (next.blank_before > usual_gap && length <= longest_title_without_gap) return true;
  if (next.blank_before >= 1) return !full_stop;
  return !ends_as_sentence(first.text) && length <= longest_title_without_gap &&
         ends_as_sentence(next.text) && count_characters(next.text) > length;
}

/// "MOSCOW (Reuters) - ...", "HALVERTON, Oct. 6, 2022 (Northern Wire) - ...".
bool starts_with_dateline(std::string_view text) {
  std::size_t dash = std::string_view::npos;
  for (const std::string_view mark : {" - ", " – ", " — "}) dash = std::min(dash, text.find(mark));
  if (dash == std::string_view::npos || dash > longest_dateline) return false;
  const std::string_view place = text.substr(0, std::min(text.find_first_of(",("), dash));
  const bool capitals =
      std::none_of(place.begin(), place.end(), [](char c) { return c >= 'a' && c <= 'z'; });
  return place.size() >= 3 && (capitals || text.substr(0, dash).ends_with(")"));
}

bool names_weekday(std::string_view text) {
  static constexpr std::array<std::string_view, 7> weekdays{
      "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"};
  return std::any_of(weekdays.begin(), weekdays.end(), [&](std::string_view day) {
    return text.find(day) != std::string_view::npos;
  });
}

bool is_emphasised(std::string_view text) {
  return text.size() > 4 && (text.front() == '*' || text.front() == '_') &&
         text.back() == text.front();
}

std::string without_emphasis(std::string_view text) {
  if (!is_emphasised(text)) return std::string(text);
  const auto first = text.find_first_not_of(text.front());
  const auto last = text.find_last_not_of(text.back());
  return std::string(text.substr(first, last - first + 1));
}

/// A line that is a date and nothing more, and whether of a change.
struct DateLine {
  Timestamp timestamp;
  bool of_change = false;
};

std::optional<DateLine> read_date_line(std::string_view line, Day latest) {
  if (count_characters(line) > longest_date_line ||
      line.find_first_of("0123456789") == std::string_view::npos)
    return std::nullopt;
  bool of_change = false;
  for (const std::string_view label : {"Last updated", "Updated", "Modified", "UPDATED"}) {
    if (!line.starts_with(label)) continue;
    line.remove_prefix(label.size());
    of_change = true;
    break;
  }
  const auto start = line.find_first_not_of(": ");
  if (start == std::string_view::npos) return std::nullopt;
  const ParsedDate parsed = parse_date(line.substr(start), latest);
  const auto* timestamp = std::get_if<Timestamp>(&parsed);
  if (!timestamp) return std::nullopt;
  return DateLine{*timestamp, of_change};
}

/// What a line of nothing but a byline, a date or both states.
struct CreditLine {
  std::vector<std::string> authors;
  std::optional<Timestamp> published, modified;
};

std::vector<std::string> parts_of_line(std::string_view line) {
  std::vector<std::string> parts;
  while (!line.empty()) {
    std::size_t end = line.size(), width = 0;
    for (const std::string_view mark : {"|", "•", "·"}) {
      if (const auto at = line.find(mark); at < end) {
        end = at;
        width = mark.size();
      }
    }
    if (std::string part = single_line(line.substr(0, end)); !part.empty())
      parts.push_back(std::move(part));
    line.remove_prefix(end + width);
  }
  return parts;
}

/// "10:32 am"
bool is_time_of_day(std::string_view part) {
  return part.size() <= 12 && part.find(':') != std::string_view::npos && part.front() >= '0' &&
         part.front() <= '9';
}

/// Joins a time to the date before it: "May 5, 2022 | 10:32 am" has one part.
std::vector<std::string> credit_parts(std::string_view line, Day latest) {
  std::vector<std::string> parts;
  for (std::string& part : parts_of_line(line)) {
    if (is_time_of_day(part) && !parts.empty() && read_date_line(parts.back(), latest))
      parts.back() += " " + part;
    else
      parts.push_back(std::move(part));
  }
  return parts;
}

std::optional<CreditLine> read_credit_line(std::string_view line, Day latest) {
  if (line.size() > longest_credit_line) return std::nullopt;
  CreditLine credits;
  for (const std::string& part : credit_parts(line, latest)) {
    if (credits.authors.empty() && is_byline(part)) {
      credits.authors = split_byline({part}, false);
    } else if (const auto date = read_date_line(part, latest)) {
      auto& target = date->of_change ? credits.modified : credits.published;
      if (!target) target = date->timestamp;
    } else {
      return std::nullopt;
    }
  }
  const bool any = !credits.authors.empty() || credits.published || credits.modified;
  return any ? std::optional(std::move(credits)) : std::nullopt;
}

/// Walks down the head of one text.
class HeadTaker {
 public:
  HeadTaker(std::vector<Paragraph>& paragraphs, Day latest)
      : paragraphs_(paragraphs), latest_(latest) {}

  Head take() {
    at_ = next_text(0);
    for (std::size_t i = 0; i < most_head_paragraphs && take_line_above_title(); ++i) drop();
    const std::size_t second = next_text(at_ + 1);
    if (second >= paragraphs_.size()) return std::move(head_);
    if (!is_title(paragraphs_[at_], paragraphs_[second], widest_gap(second + 1),
                  is_credits(second)))
      return std::move(head_);
    head_.title = without_emphasis(paragraphs_[at_].text);
    drop();
    for (std::size_t i = 0; i < most_head_paragraphs && take_line(); ++i) drop();
    return std::move(head_);
  }

 private:
  /// Whether the paragraph at hand belonged to the head and was understood. The last paragraph of
  /// text is always the body's.
  bool take_line() {
    if (next_text(at_ + 1) >= paragraphs_.size()) return false;
    if (take_credits()) {
      credits_below_title_ = true;
      return true;
    }
    if (!head_.deck.empty() || credits_below_title_ || !is_deck()) return false;
    head_.deck = without_emphasis(paragraphs_[at_].text);
    return true;
  }

  /// A byline above running text may be a headline ("By Popular Demand").
  bool take_line_above_title() {
    const std::size_t below = next_text(at_ + 1);
    if (below >= paragraphs_.size()) return false;
    const bool title_below = is_credits(below) || !ends_with_full_stop(paragraphs_[below].text);
    return (title_below || !is_byline(paragraphs_[at_].text)) && take_credits();
  }

  bool take_credits() {
    auto credits = read_credit_line(paragraphs_[at_].text, latest_);
    if (!credits || (!credits->authors.empty() && !head_.authors.empty())) return false;
    if (!credits->authors.empty()) head_.authors = std::move(credits->authors);
    if (!head_.published) head_.published = credits->published;
    if (!head_.modified) head_.modified = credits->modified;
    return true;
  }

  bool is_credits(std::size_t at) const {
    return read_credit_line(paragraphs_[at].text, latest_).has_value();
  }

  bool is_deck() const {
    const Paragraph& deck = paragraphs_[at_];
    const std::size_t length = count_characters(deck.text);
    if (length > longest_deck || deck.heading || breaks_off(deck.text) ||
        count_sentences(deck.text) > 2 || starts_with_dateline(deck.text))
      return false;
    return is_emphasised(deck.text) || is_set_off(deck) ||
           (length <= longest_deck_without_support && is_short_before_lead(deck, length));
  }

  /// Whether what surrounds the paragraph says that it is no part of the running text.
  bool is_set_off(const Paragraph& deck) const {
    const Paragraph& below = paragraphs_[at_ + 1];
    if (is_credits(at_ + 1)) return true;
    if (below.blank_before == 0) return false;
    const bool under_title = deck.blank_before == 0;
    const bool wide_gap = below.blank_before > widest_gap(at_ + 2);
    return under_title || wide_gap || below.kind == ParagraphKind::caption ||
           starts_with_dateline(below.text);
  }

  bool is_short_before_lead(const Paragraph& deck, std::size_t length) const {
    const Paragraph& lead = paragraphs_[next_text(at_ + 1)];
    return deck.blank_before > 0 && lead.blank_before > 0 && !names_weekday(deck.text) &&
           count_characters(lead.text) * 5 >= length * 7;
  }

  /// The widest gap above the paragraphs from `from` on, in blank lines; at least one.
  std::size_t widest_gap(std::size_t from) const {
    std::size_t widest = 1;
    for (std::size_t i = from; i < paragraphs_.size(); ++i)
      widest = std::max(widest, paragraphs_[i].blank_before);
    return widest;
  }

  std::size_t next_text(std::size_t from) const {
    while (from < paragraphs_.size() && paragraphs_[from].kind != ParagraphKind::text) ++from;
    return from;
  }

  void drop() {
    paragraphs_.erase(paragraphs_.begin() + static_cast<std::ptrdiff_t>(at_));
    at_ = next_text(at_);
  }

  std::vector<Paragraph>& paragraphs_;
  Day latest_;
  std::size_t at_ = 0;
  Head head_;
  bool credits_below_title_ = false;
};

}  // namespace

Head take_head(std::vector<Paragraph>& paragraphs, Day latest) {
  return HeadTaker(paragraphs, latest).take();
}

}  // namespace dateline
