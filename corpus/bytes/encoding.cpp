// SPDX-License-Identifier: GPL-3.0-or-later
#include "corpus/bytes/encoding.h"

#include <simdjson.h>
#include <unicode/bytestream.h>
#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/ucsdet.h>
#include <unicode/utf8.h>

#include <algorithm>
#include <array>
#include <memory>
#include <stdexcept>

#include "corpus/bytes/unicode_stream.h"

namespace dateline {
namespace {

constexpr std::string_view replacement = "\xEF\xBF\xBD";
constexpr std::size_t detection_bytes = 32 << 10;
constexpr std::int32_t least_confidence = 20;

std::int32_t length_of(std::string_view text) { return static_cast<std::int32_t>(text.size()); }

/// Takes the first character off `bytes`; negative where the bytes are none.
UChar32 take_character(std::string_view& bytes) {
  const auto* data = reinterpret_cast<const std::uint8_t*>(bytes.data());
  const auto window = static_cast<std::int32_t>(std::min<std::size_t>(bytes.size(), 8));
  std::int32_t used = 0;
  UChar32 c = 0;
  U8_NEXT(data, used, window, c);
  bytes.remove_prefix(static_cast<std::size_t>(used));
  return c;
}

void append_character(std::string& text, UChar32 c) {
  std::array<std::uint8_t, U8_MAX_LENGTH> bytes{};
  std::int32_t length = 0;
  const auto point = static_cast<std::uint32_t>(c);
  U8_APPEND_UNSAFE(bytes.data(), length, point);
  text.append(reinterpret_cast<const char*>(bytes.data()), static_cast<std::size_t>(length));
}

bool is_ascii(std::string_view text) {
  return std::none_of(text.begin(), text.end(),
                      [](char c) { return static_cast<unsigned char>(c) >= 0x80; });
}

/// Whether the bytes beyond ASCII are UTF-8 sequences more often than not.
bool mostly_utf8(std::string_view bytes) {
  std::size_t sound = 0, broken = 0;
  while (!bytes.empty()) {
    const UChar32 c = take_character(bytes);
    sound += c >= 0x80;
    broken += c < 0;
  }
  return sound > broken;
}

std::string with_replacements(std::string_view bytes) {
  std::string text;
  text.reserve(bytes.size() + bytes.size() / 16);
  while (!bytes.empty()) {
    const char* start = bytes.data();
    const UChar32 c = take_character(bytes);
    if (c < 0)
      text.append(replacement);
    else
      text.append(start, static_cast<std::size_t>(bytes.data() - start));
  }
  return text;
}

struct DetectorCloser {
  void operator()(UCharsetDetector* detector) const { ucsdet_close(detector); }
};

/// Plain ASCII says nothing about an encoding, so detection starts near the first other byte.
std::string_view telling_part(std::string_view bytes) {
  const auto first = std::find_if(bytes.begin(), bytes.end(),
                                  [](char c) { return static_cast<unsigned char>(c) >= 0x80; });
  const auto at = static_cast<std::size_t>(first - bytes.begin());
  const auto from = at > 1024 ? at - 1024 : 0;
  return bytes.substr(from, detection_bytes);
}

std::string browser_name(std::string_view detected) {
  if (detected == "ISO-8859-1") return "windows-1252";
  if (detected == "ISO-8859-9") return "windows-1254";
  return std::string(detected);
}

/// ICU's name for a declared encoding, which it knows under many; "" for UTF-8 and for none.
std::string converter_named(std::string_view declared) {
  std::string label;
  for (const char c : declared)
    if (static_cast<unsigned char>(c) > ' ' && c != '"' && c != '\'')
      label += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  struct WebName {
    std::string_view label;
    const char* means;
  };
  static constexpr WebName web_names[] = {
      {"iso-8859-1", "windows-1252"},
      {"latin1", "windows-1252"},
      {"us-ascii", "windows-1252"},
      {"ascii", "windows-1252"},
      {"iso-8859-9", "windows-1254"},
      {"iso-8859-11", "windows-874"},
      {"tis-620", "windows-874"},
      {"gb2312", "gb18030"},
      {"gbk", "gb18030"},
      {"x-gbk", "gb18030"},
      {"shift_jis", "windows-31j"},
      {"shift-jis", "windows-31j"},
      {"x-sjis", "windows-31j"},
      {"ks_c_5601-1987", "windows-949"},
      {"euc-kr", "windows-949"},
      {"big5", "Big5-HKSCS"},
  };
  for (const WebName& row : web_names)
    if (row.label == label) label = row.means;
  UErrorCode status = U_ZERO_ERROR;
  const char* known = ucnv_getStandardName(label.c_str(), "IANA", &status);
  if (!known) known = ucnv_getCanonicalName(label.c_str(), "IANA", &status);
  const bool usable = known && std::string_view(known) != "UTF-8" && label.size() < 40;
  return usable ? label : std::string();
}

std::size_t count_replacements(std::string_view text) {
  std::size_t count = 0;
  for (auto at = text.find(replacement); at != text.npos; at = text.find(replacement, at + 3))
    ++count;
  return count;
}

std::string detect_encoding(std::string_view bytes) {
  const std::string_view sample = telling_part(bytes);
  UErrorCode status = U_ZERO_ERROR;
  const std::unique_ptr<UCharsetDetector, DetectorCloser> detector(ucsdet_open(&status));
  ucsdet_setText(detector.get(), sample.data(), length_of(sample), &status);
  const UCharsetMatch* match = ucsdet_detect(detector.get(), &status);
  if (U_FAILURE(status) || !match || ucsdet_getConfidence(match, &status) < least_confidence)
    return "windows-1252";
  const char* name = ucsdet_getName(match, &status);
  // The detector also names encodings of mainframes, for some of which ICU has no converter.
  const bool usable = U_SUCCESS(status) && name && std::string_view(name) != "UTF-8" &&
                      !std::string_view(name).starts_with("IBM4");
  return usable ? browser_name(name) : "windows-1252";
}

/// What windows-1252 means by the bytes 0x80 to 0x9F; 0 where it means nothing.
UChar32 windows_1252(UChar32 c1) {
  static constexpr std::array<char16_t, 32> meant{
      0x20AC, 0,      0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
      0x2039, 0x0152, 0,      0x017D, 0,      0,      0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
      0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0,      0x017E, 0x0178};
  return meant[static_cast<std::size_t>(c1 - 0x80)];
}

bool is_zero_width(UChar32 c) {
  return c == 0x00AD || c == 0x200B || c == 0x2060 || c == 0xFEFF || (c >= 0xFFF9 && c <= 0xFFFB);
}

/// The character that stands for `c` in clean text; 0 for none.
UChar32 clean_character(UChar32 c) {
  if (c == '\n' || c == 0x2028 || c == 0x2029) return '\n';
  if (c == '\v' || c == '\f') return '\n';
  if (c == '\t') return ' ';
  if (c < 0x20 || c == 0x7F) return 0;
  if (c < 0x80) return c;
  if (c < 0xA0) return windows_1252(c);
  if (is_zero_width(c)) return 0;
  if (u_charType(c) == U_SPACE_SEPARATOR) return ' ';
  return c;
}

/// Bytes that clean_character() may change, so that runs of others can be copied as they are:
/// controls, and the first bytes of blanks, zero-widths and C1 controls.
constexpr std::array<bool, 256> bytes_to_look_at() {
  std::array<bool, 256> look{};
  for (std::size_t byte = 0; byte < 0x20; ++byte) look[byte] = byte != '\n';
  for (const std::size_t byte : {0x7Fu, 0xC2u, 0xE1u, 0xE2u, 0xE3u, 0xEFu}) look[byte] = true;
  return look;
}

bool needs_a_look(char c) {
  static constexpr std::array<bool, 256> look = bytes_to_look_at();
  return look[static_cast<unsigned char>(c)];
}

std::string without_controls(std::string_view utf8) {
  std::string text;
  text.reserve(utf8.size());
  while (!utf8.empty()) {
    const auto next = std::find_if(utf8.begin(), utf8.end(), needs_a_look);
    const auto run = static_cast<std::size_t>(next - utf8.begin());
    text.append(utf8.substr(0, run));
    utf8.remove_prefix(run);
    if (utf8.empty()) break;
    if (utf8.starts_with("\r\n")) utf8.remove_prefix(1);
    const UChar32 c = take_character(utf8);
    const UChar32 clean = c == '\r' ? '\n' : clean_character(c);
    if (clean != 0) append_character(text, clean);
  }
  return text;
}

const icu::Normalizer2& nfc_normalizer() {
  static const icu::Normalizer2* const normalizer = [] {
    UErrorCode status = U_ZERO_ERROR;
    const icu::Normalizer2* instance = icu::Normalizer2::getNFCInstance(status);
    if (U_FAILURE(status)) throw std::runtime_error("ICU has no NFC data");
    return instance;
  }();
  return *normalizer;
}

/// Marks in a row are put in order one by one, so a long row of them takes the square of its
/// length. No script needs more (https://unicode.org/reports/tr15/#Stream_Safe_Text_Format).
constexpr int most_marks_in_row = 30;

bool has_long_row_of_marks(std::string_view utf8) {
  int in_row = 0;
  while (!utf8.empty() && in_row <= most_marks_in_row) {
    const bool ascii = static_cast<unsigned char>(utf8.front()) < 0x80;
    const UChar32 c = ascii ? 'a' : take_character(utf8);
    if (ascii) utf8.remove_prefix(1);
    in_row = ascii || u_getCombiningClass(c) == 0 ? 0 : in_row + 1;
  }
  return in_row > most_marks_in_row;
}

std::string with_bounded_marks(std::string_view utf8) {
  std::string text;
  text.reserve(utf8.size());
  int in_row = 0;
  while (!utf8.empty()) {
    const char* start = utf8.data();
    const UChar32 c = take_character(utf8);
    in_row = u_getCombiningClass(c) == 0 ? 0 : in_row + 1;
    if (in_row <= most_marks_in_row) text.append(start, utf8.data());
  }
  return text;
}

std::string nfc(std::string utf8) {
  UErrorCode status = U_ZERO_ERROR;
  const icu::Normalizer2& normalizer = nfc_normalizer();
  if (has_long_row_of_marks(utf8)) utf8 = with_bounded_marks(utf8);
  if (normalizer.isNormalizedUTF8(utf8, status)) return utf8;
  std::string normal;
  icu::StringByteSink<std::string> sink(&normal, length_of(utf8));
  normalizer.normalizeUTF8(0, utf8, sink, nullptr, status);
  return U_FAILURE(status) ? utf8 : normal;
}

/// `c` in lower case, or 0 where it is neither letter nor digit.
char folded_ascii(char c) {
  if (c >= 'A' && c <= 'Z') return static_cast<char>(c - 'A' + 'a');
  return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ? c : '\0';
}

bool is_in_word(UChar32 c) {
  return (U_GET_GC_MASK(c) & (U_GC_L_MASK | U_GC_M_MASK | U_GC_ND_MASK)) != 0;
}

bool is_blank(char c) { return c == ' ' || c == '\n' || c == '\t' || c == '\r'; }

/// Where a text that starts with no blank has its first blank that is no single space between
/// words.
std::size_t end_of_single_spacing(std::string_view text) {
  for (std::size_t at = 1; at < text.size(); ++at) {
    if (static_cast<unsigned char>(text[at]) > ' ' || !is_blank(text[at])) continue;
    if (text[at] == ' ' && at + 1 < text.size() && !is_blank(text[at + 1])) continue;
    return at;
  }
  return text.size();
}

}  // namespace

bool is_utf8(std::string_view bytes) { return simdjson::validate_utf8(bytes.data(), bytes.size()); }

Decoded to_utf8(std::string bytes) {
  if (is_utf8(bytes)) return {std::move(bytes), "", false};
  if (mostly_utf8(bytes)) return {with_replacements(bytes), "", true};
  const std::string encoding = detect_encoding(bytes);
  std::string text(UnicodeStream(encoding.c_str()).decode(bytes, true));
  const bool damaged = text.find(replacement) != std::string::npos;
  return {std::move(text), encoding, damaged};
}

Decoded to_utf8(std::string bytes, std::string_view declared) {
  const std::string name = converter_named(declared);
  if (name.empty()) return to_utf8(std::move(bytes));
  const bool seven_bit = name.starts_with("ISO-2022") || name == "HZ-GB-2312" || name == "UTF-7";
  if (!seven_bit && is_utf8(bytes)) return {std::move(bytes), "", false};
  std::string text(UnicodeStream(name.c_str()).decode(bytes, true));
  const std::size_t broken = count_replacements(text);
  if (broken * 20 > text.size()) return to_utf8(std::move(bytes));
  return {std::move(text), "", broken > 0};
}

std::string describe_assumption(const Decoded& decoded) {
  std::string said;
  if (!decoded.assumed.empty()) said = "text taken to be " + decoded.assumed;
  if (decoded.damaged) said += said.empty() ? "broken characters replaced" : ", with damage";
  return said;
}

std::string clean_text(std::string utf8) {
  const bool clean = std::none_of(utf8.begin(), utf8.end(), needs_a_look);
  std::string text = clean ? std::move(utf8) : without_controls(utf8);
  return is_ascii(text) ? text : nfc(std::move(text));
}

std::string single_line(std::string_view utf8) {
  std::string line;
  line.reserve(utf8.size());
  constexpr std::string_view blanks = " \n\t\r";
  while (true) {
    utf8.remove_prefix(std::min(utf8.find_first_not_of(blanks), utf8.size()));
    if (utf8.empty()) return line;
    if (!line.empty()) line += ' ';
    const auto end = end_of_single_spacing(utf8);
    line.append(utf8.substr(0, end));
    utf8.remove_prefix(end);
  }
}

std::string excerpt(std::string_view utf8, std::size_t most) {
  const std::string line = single_line(utf8);
  std::string_view rest = line;
  for (std::size_t i = 0; i < most && !rest.empty(); ++i) take_character(rest);
  if (rest.empty()) return line;
  return line.substr(0, line.size() - rest.size()) + "...";
}

std::string fold_words(std::string_view utf8) {
  std::string words;
  words.reserve(utf8.size());
  while (!utf8.empty()) {
    const bool ascii = static_cast<unsigned char>(utf8.front()) < 0x80;
    const char letter = ascii ? folded_ascii(utf8.front()) : '\0';
    const UChar32 c = ascii ? 0 : take_character(utf8);
    if (ascii) utf8.remove_prefix(1);
    if (letter != 0)
      words += letter;
    else if (c > 0 && is_in_word(c))
      append_character(words, u_foldCase(c, U_FOLD_CASE_DEFAULT));
    else if (!words.empty() && words.back() != ' ')
      words += ' ';
  }
  if (words.ends_with(' ')) words.pop_back();
  return words;
}

std::string squash_words(std::string_view utf8) {
  std::string words = fold_words(utf8);
  std::erase(words, ' ');
  return words;
}

std::vector<std::string_view> split_at_blanks(std::string_view line) {
  std::vector<std::string_view> parts;
  while (!line.empty()) {
    const auto end = std::min(line.find(' '), line.size());
    if (end > 0) parts.push_back(line.substr(0, end));
    line.remove_prefix(std::min(end + 1, line.size()));
  }
  return parts;
}

std::size_t count_characters(std::string_view utf8) {
  return static_cast<std::size_t>(std::count_if(utf8.begin(), utf8.end(), [](char c) {
    return (static_cast<unsigned char>(c) & 0xC0) != 0x80;
  }));
}

}  // namespace dateline
