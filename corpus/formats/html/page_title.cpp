// SPDX-License-Identifier: GPL-3.0-or-later
#include "corpus/formats/html/page_title.h"

#include <algorithm>
#include <array>
#include <string_view>

#include "corpus/bytes/encoding.h"

namespace dateline {
namespace {

constexpr std::size_t least_shared = 12;  // bytes of a headline that another statement begins with

/// What sites put between headline, section and name.
constexpr std::array<std::string_view, 14> dividers{" - ",  " – ", " — ", " | ", "｜", "ㅣ",  " · ",
                                                    " :: ", " : ", "：",  " / ", "|",  " » ", "-"};

bool begins_with_divider(std::string_view text) {
  return std::any_of(dividers.begin(), dividers.end(),
                     [&](std::string_view divider) { return text.starts_with(divider); });
}

std::vector<std::string> other_statements(const PageStatements& stated) {
  std::vector<std::string> all;
  for (const Statements* s :
       {&stated.json_ld, &stated.meta_tags, &stated.microdata, &stated.visible})
    all.insert(all.end(), s->titles.begin(), s->titles.end());
  return all;
}

/// Where another statement is the beginning of this one up to a divider, the rest is the site's.
std::string cut_by_others(const std::string& title, const std::vector<std::string>& others) {
  std::string shortest = title;
  for (const std::string& other : others) {
    const bool shorter = other.size() >= least_shared && other.size() < shortest.size();
    if (shorter && title.starts_with(other) && other.size() * 3 > title.size() &&
        begins_with_divider(std::string_view(title).substr(other.size())))
      shortest = other;
  }
  return shortest;
}

/// "Die Neue Example Zeitung", where the site calls itself "Example Zeitung": a longer name of it,
/// written as names are.
bool is_longer_name(std::string_view tail, const std::string& site_words) {
  const std::string folded = fold_words(tail);
  const std::vector<std::string_view> words = split_at_blanks(tail);
  const bool ends_with_site = site_words.size() >= 4 && folded.ends_with(site_words) &&
                              folded.size() > site_words.size() &&
                              folded[folded.size() - site_words.size() - 1] == ' ';
  return ends_with_site && words.size() <= 5 &&
         std::none_of(words.begin(), words.end(),
                      [](std::string_view word) { return word[0] >= 'a' && word[0] <= 'z'; });
}

/// Whether a text is nothing but the site's name.
bool names_site(std::string_view text, const std::vector<std::string>& site_names) {
  const std::string key = squash_words(text);
  if (key.empty()) return true;
  return std::any_of(site_names.begin(), site_names.end(), [&](const std::string& name) {
    const std::string site = squash_words(name);
    return key == site || key == "the" + site || "the" + key == site ||
           is_longer_name(text, fold_words(name));
  });
}

std::string without_site(std::string title, const std::vector<std::string>& site_names) {
  for (int cuts = 0; cuts < 3; ++cuts) {
    std::size_t last = std::string::npos, length = 0;
    for (const std::string_view divider : dividers) {
      if (divider == "-") continue;
      const auto at = title.rfind(divider);
      if (at == title.npos || at == 0 || (last != title.npos && at < last)) continue;
      last = at;
      length = divider.size();
    }
    if (last == title.npos ||
        !names_site(std::string_view(title).substr(last + length), site_names))
      return title;
    title = single_line(std::string_view(title).substr(0, last));
  }
  return title;
}

/// What one of the page's statements gives as the headline; "" for none.
class Headlines {
 public:
  Headlines(const PageStatements& stated, const std::vector<std::string>& site_names)
      : others_(other_statements(stated)), site_names_(site_names) {}

  std::string first_of(const std::vector<std::string>& titles) const {
    return titles.empty() ? std::string() : of(titles.front());
  }
  std::string of(const std::string& title) const {
    std::string text = without_site(cut_by_others(title, others_), site_names_);
    return text.empty() || names_site(text, site_names_) ? std::string() : text;
  }

 private:
  std::vector<std::string> others_;
  const std::vector<std::string>& site_names_;
};

bool same(std::string_view a, std::string_view b) { return fold_words(a) == fold_words(b); }

/// Whether the headline for sharing is better than that of the structured data, where they differ.
/// The one that the page itself shows is. Where it shows the other, many sites have written that
/// one, and the window's title, for search engines: then the shared one is the editors'.
bool prefers_shared(const std::string& shared, const std::string& structured,
                    const std::string& heading, const std::string& window) {
  if (structured.empty() || same(shared, heading)) return true;
  if (same(structured, heading)) return same(window, structured);
  return !same(window, shared) || same(window, structured);
}

}  // namespace

Sourced<std::string> title_of(const PageStatements& stated,
                              const std::vector<std::string>& site_names) {
  const Headlines headlines(stated, site_names);
  const std::string shared = headlines.first_of(stated.meta_tags.titles);
  const std::string structured = headlines.first_of(stated.json_ld.titles);
  const std::string heading = headlines.first_of(stated.visible.titles);
  const std::string window = headlines.of(stated.meta_tags.window_title);
  Sourced<std::string> title;
  const auto offer = [&](const std::string& text, Provenance from) {
    if (!text.empty()) title.offer(text, from);
  };
  if (prefers_shared(shared, structured, heading, window)) offer(shared, Provenance::meta_tags);
  offer(structured, Provenance::json_ld);
  offer(shared, Provenance::meta_tags);
  offer(headlines.first_of(stated.microdata.titles), Provenance::microdata);
  offer(heading, Provenance::page);
  offer(window, Provenance::meta_tags);
  offer(stated.meta_tags.window_title, Provenance::meta_tags);
  return title;
}

}  // namespace dateline
