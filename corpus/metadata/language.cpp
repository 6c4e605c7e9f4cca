// SPDX-License-Identifier: GPL-3.0-or-later
#include "corpus/metadata/language.h"

#include <cld2/public/compact_lang_det.h>
#include <cld2/public/encodings.h>

#include <algorithm>
#include <array>

#include "corpus/metadata/apply.h"

namespace dateline {
namespace {

constexpr std::size_t most_bytes =
    2 << 10;  // more tells hardly more, and takes a third of the time of reading
constexpr std::size_t enough_bytes = 300;
constexpr std::size_t least_bytes = 40;
constexpr int nearly_all = 90;  // percent

std::string_view at_character_end(std::string_view text, std::size_t most) {
  if (text.size() <= most) return text;
  while (most > 0 && (static_cast<unsigned char>(text[most]) & 0xC0) == 0x80) --most;
  return text.substr(0, most);
}

/// CLD2 keeps some old tags.
std::string modern_tag(const char* tag) {
  const std::string primary = primary_language(tag);
  if (primary == "iw") return "he";
  if (primary == "jw") return "jv";
  if (primary == "no") return "nb";
  return primary == "un" ? std::string() : primary;
}

}  // namespace

DetectedLanguage detect_language(std::string_view text) {
  text = at_character_end(text, most_bytes);
  if (text.size() < least_bytes) return {};
  const CLD2::CLDHints hints{nullptr, nullptr, CLD2::UNKNOWN_ENCODING, CLD2::UNKNOWN_LANGUAGE};
  std::array<CLD2::Language, 3> languages{};
  std::array<int, 3> percents{};
  std::array<double, 3> scores{};
  int text_bytes = 0;
  bool reliable = false;
  const CLD2::Language language = CLD2::ExtDetectLanguageSummary(
      text.data(), static_cast<int>(text.size()), true, &hints, 0, languages.data(),
      percents.data(), scores.data(), nullptr, &text_bytes, &reliable);
  if (language == CLD2::UNKNOWN_LANGUAGE || !reliable) return {};
  const bool certain = text.size() >= enough_bytes && percents[0] >= nearly_all;
  return {modern_tag(CLD2::LanguageCode(language)), certain};
}

}  // namespace dateline
