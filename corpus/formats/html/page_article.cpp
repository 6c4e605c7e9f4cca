// SPDX-License-Identifier: GPL-3.0-or-later
#include "corpus/formats/html/page_article.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>
#include <utility>
#include <variant>

#include "corpus/bytes/encoding.h"
#include "corpus/formats/html/page_title.h"
#include "corpus/metadata/apply.h"
#include "corpus/metadata/names_of_people.h"
#include "corpus/metadata/url_date.h"

namespace dateline {
namespace {

constexpr std::size_t quoted_characters = 40;

struct Stated {
  const Statements& statements;
  Provenance from;
};

/// The sources of statements in order of trust.
std::array<Stated, 4> in_order(const PageStatements& stated) {
  return {
      Stated{stated.json_ld, Provenance::json_ld}, Stated{stated.meta_tags, Provenance::meta_tags},
      Stated{stated.microdata, Provenance::microdata}, Stated{stated.visible, Provenance::page}};
}

// ---- the outlet ----

/// "example" of "www.example.co.uk": what a site's address says of its name.
std::string site_label(const std::string& host) {
  std::string_view rest = without_www(host);
  std::string longest;
  while (!rest.empty()) {
    const auto end = std::min(rest.find('.'), rest.size());
    const bool last = end == rest.size();
    if (!last && end > longest.size()) longest = rest.substr(0, end);
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
  return squash_words(longest);
}

bool names_company(std::string_view name) {
  for (const std::string_view form : {" GmbH", " AG", " Ltd", " Inc", " S.A.", " S.L.", " A/S",
                                      " LLC", " B.V.", " SpA", " S.p.A.", " KG", " Verlag"})
    if (name.find(form) != name.npos) return true;
  return false;
}

/// How likely a name that a page states is its outlet's rather than its owner's or its software's.
int trust_in_source(const std::string& name, const std::string& label, const std::string& site,
                    const OutletNames& outlets, std::string_view url) {
  const std::string key = squash_words(name);
  int trust = 0;
  if (!site.empty() && outlets.name_of(name, url) == site) trust += 8;
  if (outlets.knows(name)) trust += 3;
  const bool like_address = label.size() >= 2 && key.size() >= 2 &&
                            (key.find(label) != key.npos || label.find(key) != label.npos);
  if (like_address) trust += 4;
  if (names_company(name) || name.size() > 60) trust -= 2;
  if (name.starts_with("@") || host_of("http://" + name + "/") == name) trust -= 1;
  return trust;
}

Sourced<std::string> source_of(const PageStatements& stated, const OutletNames& outlets,
                               const std::string& url) {
  const std::string host = host_of(url);
  const std::string label = site_label(host);
  const std::string site = outlets.name_of_site(url);
  Sourced<std::string> best;
  int best_trust = -100;
  for (const auto& [statements, from] : in_order(stated)) {
    for (const std::string& name : statements.sources) {
      if (says_nothing(name) || name.size() > longest_source) continue;
      const int trust = trust_in_source(name, label, site, outlets, url);
      if (trust <= best_trust) continue;
      best = {name, from};
      best_trust = trust;
    }
  }
  // The table knows whose the address is, whatever company or software the page names.
  const bool stated_by_table = best && outlets.knows(best.value);
  if (!site.empty() && best_trust < 8 && !stated_by_table)
    return {std::string(without_www(host)), Provenance::url};
  if (!best && !host.empty()) return {std::string(without_www(host)), Provenance::url};
  return best;
}

// ---- people ----

/// Whether a name under "author" is the outlet itself.
bool is_outlet(const std::string& author, const std::vector<std::string>& site_names) {
  const std::string key = squash_words(author);
  return std::any_of(site_names.begin(), site_names.end(), [&](const std::string& name) {
    const std::string site = squash_words(name);
    return site == key || (site.size() >= 4 && key.find(site) != key.npos) ||
           (key.size() >= 4 && site.find(key) != site.npos);
  });
}

/// What stands beside bylines: "Share on Facebook".
bool names_service(std::string_view text) {
  const std::string words = " " + fold_words(text) + " ";
  for (const std::string_view word :
       {" facebook ", " twitter ", " whatsapp ", " linkedin ", " email ", " e mail ", " share ",
        " follow ", " folgen ", " teilen ", " themen ", " alle ", " more ", " mehr ", " all "})
    if (words.find(word) != words.npos) return true;
  return false;
}

/// A visible byline is only taken for one where nothing but names is in it.
bool looks_like_person(const std::string& name) {
  const auto blanks = std::count(name.begin(), name.end(), ' ');
  const bool upper = static_cast<unsigned char>(name.front()) >= 0x80 ||
                     (name.front() >= 'A' && name.front() <= 'Z');
  return upper && blanks >= 1 && blanks <= 4 && name.size() <= 60 &&
         name.find_first_of("0123456789:!?/|@") == name.npos && !names_service(name);
}

std::vector<std::string> people_in(const Stated& stated) {
  const bool visible = stated.from == Provenance::page;
  std::vector<std::string> people;
  std::vector<std::string> written;
  for (const std::string& author : stated.statements.authors)
    if (const std::string tidy = tidy_author(author); !tidy.empty()) written.push_back(tidy);
  for (const std::string& name : split_byline(written, false)) {
    const std::string person = tidy_author(name);
    if (person.empty() || (visible && !looks_like_person(person))) continue;
    if (std::find(people.begin(), people.end(), person) == people.end()) people.push_back(person);
  }
  return people;
}

/// People are better than the outlet's own name, wherever they are stated.
Sourced<std::vector<std::string>> authors_of(const PageStatements& stated,
                                             const std::vector<std::string>& site_names) {
  Sourced<std::vector<std::string>> outlet;
  for (const Stated& source : in_order(stated)) {
    std::vector<std::string> people = people_in(source);
    if (people.empty()) continue;
    const bool only_outlet =
        std::all_of(people.begin(), people.end(),
                    [&](const std::string& name) { return is_outlet(name, site_names); });
    if (!only_outlet) return {std::move(people), source.from};
    if (source.from != Provenance::page) outlet.offer(std::move(people), source.from);
  }
  return outlet;
}

// ---- dates ----

constexpr std::size_t most_words_beside_date = 5;

/// The date in a short visible text such as "Published on 17 March 2023 | 3 min read".
ParsedDate visible_date(std::string_view text, const DateContext& context) {
  ParsedDate whole = parse_date(text, context);
  if (std::holds_alternative<Timestamp>(whole)) return whole;
  const std::vector<std::string_view> words = split_at_blanks(text);
  for (std::size_t last = words.size(); last > 0; --last) {
    for (std::size_t first = 0; first < std::min(last, most_words_beside_date); ++first) {
      const char* start = words[first].data();
      const char* end = words[last - 1].data() + words[last - 1].size();
      ParsedDate part =
          parse_date(std::string_view(start, static_cast<std::size_t>(end - start)), context);
      if (std::holds_alternative<Timestamp>(part)) return part;
    }
  }
  return whole;
}

void offer_date(const std::vector<std::string>& stated, Provenance from, const DateContext& context,
                Sourced<Timestamp>& target, std::vector<std::string>& notes) {
  const bool visible = from == Provenance::page;
  for (const std::string& text : stated) {
    if (target) return;
    const ParsedDate parsed = visible ? visible_date(text, context) : parse_date(text, context);
    if (const auto* timestamp = std::get_if<Timestamp>(&parsed))
      target.offer(*timestamp, from);
    else if (!visible)
      notes.push_back(fmt::format("date '{}' {}", excerpt(text, quoted_characters),
                                  std::get<DateProblem>(parsed).reason));
  }
}

/// The order of day and month that any of a page's dates shows.
DayMonthOrder order_of(const PageStatements& stated) {
  for (const auto& [statements, from] : in_order(stated))
    for (const auto* dates : {&statements.published, &statements.modified})
      for (const std::string& date : *dates)
        if (const auto order = order_shown_by(date); order != DayMonthOrder::unknown) return order;
  return DayMonthOrder::unknown;
}

/// "en-GB" of "en_GB": the first language that is stated, with its region.
std::string language_tag(const PageStatements& stated) {
  for (const auto& [statements, from] : in_order(stated))
    for (std::string tag : statements.languages) {
      std::replace(tag.begin(), tag.end(), '_', '-');
      return tag;
    }
  return {};
}

void offer_dates(const PageStatements& stated, const std::string& url, Day latest,
                 Article& article) {
  const std::string language = language_tag(stated);
  const DateContext context{latest, order_of(stated), language};
  for (const auto& [statements, from] : in_order(stated)) {
    if (from == Provenance::page && !article.published)
      if (const auto day = date_in_url(url, latest))
        article.published.offer(Timestamp{*day, {}, {}}, Provenance::url);
    offer_date(statements.published, from, context, article.published, article.notes);
    if (from != Provenance::page)
      offer_date(statements.modified, from, context, article.modified, article.notes);
  }
}

// ---- the rest ----

std::string address_of(const PageStatements& stated) {
  for (const std::string& url : {stated.meta_tags.url, stated.json_ld.url})
    if (!host_of(url).empty()) return url;
  return std::string(stated.address);
}

std::vector<std::string> names_of_site(const PageStatements& stated, const std::string& url) {
  std::vector<std::string> names;
  for (const auto& [statements, from] : in_order(stated))
    names.insert(names.end(), statements.sources.begin(), statements.sources.end());
  if (const std::string host = host_of(url); !host.empty()) {
    names.emplace_back(without_www(host));
    names.push_back(site_label(host));
  }
  return names;
}

void offer_language(const PageStatements& stated, Article& article) {
  for (const auto& [statements, from] : in_order(stated)) {
    for (const std::string& tag : statements.languages) {
      const std::string language = primary_language(tag);
      if (!language.empty()) article.language.offer(language, from);
    }
  }
}

void offer_topics(const PageStatements& stated, Article& article) {
  for (const auto& [statements, from] : in_order(stated)) {
    std::vector<std::string> topics = split_topics(statements.topics);
    if (!topics.empty()) article.topics.offer(std::move(topics), from);
  }
}

}  // namespace

Article article_of(const PageStatements& stated, const OutletNames& outlets, Day latest) {
  Article article;
  const std::string url = address_of(stated);
  std::vector<std::string> site_names = names_of_site(stated, url);
  if (const std::string site = outlets.name_of_site(url); !site.empty()) site_names.push_back(site);
  article.title = title_of(stated, site_names);
  for (const auto& [statements, from] : in_order(stated))
    if (!statements.deck.empty()) article.deck.offer(statements.deck, from);
  article.source = source_of(stated, outlets, url);
  article.authors = authors_of(stated, site_names);
  offer_dates(stated, url, latest, article);
  offer_language(stated, article);
  offer_topics(stated, article);
  if (!url.empty())
    article.url.offer(url, url == stated.address         ? Provenance::transport
                           : url == stated.meta_tags.url ? Provenance::meta_tags
                                                         : Provenance::json_ld);
  return article;
}

}  // namespace dateline
