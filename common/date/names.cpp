// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/date/names.h"

#include <fmt/format.h>
#include <unicode/dtfmtsym.h>
#include <unicode/locid.h>
#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>
#include <unicode/utf8.h>

#include <algorithm>
#include <memory>
#include <unordered_map>
#include <unordered_set>

#include "common/date/characters.h"

namespace dateline::date {
namespace {

constexpr std::array<std::string_view, 12> english_months{
    "January", "February", "March",     "April",   "May",      "June",
    "July",    "August",   "September", "October", "November", "December"};

constexpr std::array languages{"en", "de", "fr", "es", "it", "pt", "nl", "sv", "da", "nb", "fi",
                               "pl", "cs", "sk", "sl", "hr", "hu", "ro", "bg", "ru", "uk", "el",
                               "tr", "et", "lv", "lt", "is", "ca", "id", "ms", "vi", "sw"};

/// Their months are numbers; their weekdays stand beside dates.
constexpr std::array weekday_languages{"zh", "ja", "ko"};

/// In the form fold_date() gives, in lower case, a blank after each.
constexpr std::string_view fillers =
    "at on of the date st nd rd th published posted updated modified last first "
    "created issued online time local oclock h hrs hours hour min uhr den der am um "
    "vom stand datum uber aktualisiert veroffentlicht erstellt le la les a de du er "
    "re publie mis jour modifie el las los del publicado actualizado fecha alle ore "
    "il di pubblicato aggiornato o as em do dia atualizado om op van gepubliceerd "
    "bijgewerkt kl klo klokken klockan d publicerad uppdaterad opdateret udgivet "
    "publisert oppdatert julkaistu paivitetty godz godzina r dnia roku v ve dne hod "
    "ob u g god в г года году р року о об στις m gada ngay luc pukul saat tarihinde ";

/// Adds to `folded` what one character beyond ASCII comes to.
void append_folded(UChar32 c, icu::UnicodeString& folded) {
  constexpr UChar32 dotless_i = 0x131;
  const auto digit = u_charDigitValue(c);
  if (digit >= 0) {
    folded.append(static_cast<UChar32>('0' + digit));
  } else if (u_isalpha(c)) {
    folded.append(c == dotless_i ? UChar32{'i'} : u_foldCase(c, U_FOLD_CASE_DEFAULT));
  } else if (u_charType(c) == U_DASH_PUNCTUATION || c == 0x2212) {
    folded.append(u'-');
  } else if (u_charType(c) != U_NON_SPACING_MARK && u_charType(c) != U_FORMAT_CHAR) {
    folded.append(u' ');
  }
}

std::string in_lower_case(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(), lower);
  return text;
}

/// The one word of letters that `name` comes to, articles before it left out; "" for another form.
std::string name_word(const icu::UnicodeString& name) {
  std::string utf8;
  name.toUTF8String(utf8);
  std::string word = in_lower_case(fold_date(utf8).value_or(""));
  while (word.ends_with('.') || word.ends_with(' ')) word.pop_back();
  for (const char before : {' ', '\''})
    if (const auto at = word.rfind(before); at != std::string::npos) word.erase(0, at + 1);
  const bool letters = std::all_of(word.begin(), word.end(), is_letter);
  return letters && word.size() > 1 ? word : std::string();
}

struct Meaning {
  std::string_view language;
  int month;
};

/// Every name of a month or a weekday that ICU knows in our languages.
struct NameTable {
  NameTable() {
    for (const char* language : languages) add_language(language, true);
    for (const char* language : weekday_languages) add_language(language, false);
    for (std::string_view rest = fillers; !rest.empty();) {
      const auto end = rest.find(' ');
      filler_words.emplace(rest.substr(0, end));
      rest.remove_prefix(end + 1);
    }
  }

  std::unordered_map<std::string, std::vector<Meaning>> months;
  std::unordered_set<std::string> weekdays, filler_words;

 private:
  void add_language(const char* language, bool with_months) {
    UErrorCode status = U_ZERO_ERROR;
    const icu::DateFormatSymbols symbols(icu::Locale(language), status);
    if (U_FAILURE(status)) return;
    using Symbols = icu::DateFormatSymbols;
    for (const auto context : {Symbols::FORMAT, Symbols::STANDALONE}) {
      for (const auto width : {Symbols::WIDE, Symbols::ABBREVIATED}) {
        std::int32_t count = 0;
        const icu::UnicodeString* days = symbols.getWeekdays(count, context, width);
        for (std::int32_t i = 1; i < count; ++i) weekdays.insert(name_word(days[i]));
        const icu::UnicodeString* names = symbols.getMonths(count, context, width);
        for (std::int32_t i = 0; with_months && i < std::min(count, 12); ++i)
          add_month(name_word(names[i]), {language, i + 1});
      }
    }
  }

  void add_month(const std::string& word, Meaning meaning) {
    if (!word.empty()) months[word].push_back(meaning);
  }
};

const NameTable& table() {
  static const NameTable names;
  return names;
}

/// English months and weekdays may be cut to any length from three letters on: "Sept", "Thur".
template <std::size_t N>
std::optional<int> position_in(const std::array<std::string_view, N>& names,
                               std::string_view word) {
  const auto fits = [&](std::string_view name) {
    return word.size() >= 3 && in_lower_case(std::string(name)).starts_with(word);
  };
  const auto found = std::find_if(names.begin(), names.end(), fits);
  if (found == names.end()) return std::nullopt;
  return static_cast<int>(found - names.begin());
}

std::string_view own_name(std::string_view language) {
  return language == "no" || language == "nn" ? "nb" : language;
}

}  // namespace

std::string_view english_month(int month) {
  return english_months.at(static_cast<std::size_t>(month - 1));
}

std::optional<std::string> fold_date(std::string_view text) {
  const bool ascii = std::all_of(text.begin(), text.end(),
                                 [](char c) { return static_cast<unsigned char>(c) < 0x80; });
  if (ascii) return std::string(text);
  UErrorCode status = U_ZERO_ERROR;
  const icu::Normalizer2* decompose = icu::Normalizer2::getNFKDInstance(status);
  const icu::Normalizer2* compose = icu::Normalizer2::getNFCInstance(status);
  const auto given = icu::UnicodeString::fromUTF8(
      icu::StringPiece(text.data(), static_cast<std::int32_t>(text.size())));
  if (U_FAILURE(status) || given.indexOf(UChar32{0xFFFD}) >= 0) return std::nullopt;
  const icu::UnicodeString apart = decompose->normalize(given, status);
  icu::UnicodeString folded;
  for (std::int32_t i = 0; i < apart.length(); i = apart.moveIndex32(i, 1)) {
    const UChar32 c = apart.char32At(i);
    if (c < 0x80)
      folded.append(c);
    else
      append_folded(c, folded);
  }
  folded = compose->normalize(folded, status);
  if (U_FAILURE(status)) return std::nullopt;
  std::string utf8;
  folded.toUTF8String(utf8);
  return utf8;
}

std::optional<MonthName> month_named(std::string_view word, std::string_view language) {
  const auto found = table().months.find(std::string(word));
  if (found == table().months.end()) {
    const auto index = position_in(english_months, word);
    return index ? std::optional(MonthName{*index + 1, {}}) : std::nullopt;
  }
  const std::vector<Meaning>& meanings = found->second;
  for (const Meaning& meaning : meanings)
    if (meaning.language == own_name(language)) return MonthName{meaning.month, {}};
  const int first = meanings.front().month;
  const auto other = std::find_if(meanings.begin(), meanings.end(),
                                  [&](const Meaning& m) { return m.month != first; });
  if (other == meanings.end()) return MonthName{first, {}};
  return MonthName{0, fmt::format("month '{}' is {} in one language and {} in another", word,
                                  english_month(std::min(first, other->month)),
                                  english_month(std::max(first, other->month)))};
}

bool is_weekday(std::string_view word) {
  static constexpr std::array<std::string_view, 7> english{
      "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"};
  return table().weekdays.contains(std::string(word)) || position_in(english, word);
}

bool is_filler(std::string_view word) { return table().filler_words.contains(std::string(word)); }

}  // namespace dateline::date
