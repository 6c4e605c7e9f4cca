// SPDX-License-Identifier: GPL-3.0-or-later
#include "corpus/formats/html/page_head.h"

#include <algorithm>
#include <array>
#include <unordered_map>

#include "corpus/bytes/encoding.h"
#include "corpus/formats/html/html_tree.h"

namespace dateline {
namespace {

enum class Says {
  title,
  site_title,
  deck,
  published,
  modified,
  source,
  author,
  topics,
  language,
  url
};

struct MetaRow {
  std::string_view name;  ///< of `name` or `property`, in lower case
  Says says;
  int rank;  ///< among those that say the same; the lowest is trusted most
};

constexpr MetaRow meta_names[] = {
    {"og:title", Says::title, 1},
    {"twitter:title", Says::title, 3},
    {"parsely-title", Says::title, 2},
    {"sailthru.title", Says::title, 2},
    {"dc.title", Says::title, 4},
    {"dcterms.title", Says::title, 4},
    {"dc:title", Says::title, 4},
    {"hdl", Says::title, 4},
    {"headline", Says::title, 4},
    {"cxenseparse:recs:headline", Says::title, 5},
    {"cxenseparse:title", Says::title, 5},
    {"title", Says::title, 6},

    {"og:description", Says::deck, 1},
    {"description", Says::deck, 2},
    {"twitter:description", Says::deck, 3},
    {"dc.description", Says::deck, 4},
    {"dcterms.description", Says::deck, 4},
    {"dcterms.abstract", Says::deck, 4},

    {"article:published_time", Says::published, 1},
    {"og:article:published_time", Says::published, 1},
    {"og:published_time", Says::published, 2},
    {"parsely-pub-date", Says::published, 2},
    {"sailthru.date", Says::published, 4},
    {"datepublished", Says::published, 2},
    {"date.issued", Says::published, 4},
    {"dc.date.issued", Says::published, 3},
    {"dcterms.issued", Says::published, 3},
    {"dcterms.created", Says::published, 4},
    {"dc.date.created", Says::published, 4},
    {"dc.date", Says::published, 4},
    {"dc:date", Says::published, 4},
    {"dcterms.date", Says::published, 4},
    {"citation_publication_date", Says::published, 4},
    {"cxenseparse:recs:publishtime", Says::published, 3},
    {"cxenseparse:publishtime", Says::published, 3},
    {"iso-8601-publish-date", Says::published, 3},
    {"article.published", Says::published, 3},
    {"article:published", Says::published, 3},
    {"article:publish_date", Says::published, 3},
    {"bt:pubdate", Says::published, 3},
    {"publish-date", Says::published, 4},
    {"publish_date", Says::published, 4},
    {"publishdate", Says::published, 4},
    {"published_at", Says::published, 4},
    {"publication_date", Says::published, 4},
    {"publicationdate", Says::published, 4},
    {"pubdate", Says::published, 4},
    {"ptime", Says::published, 5},
    {"pdate", Says::published, 5},
    {"release_date", Says::published, 6},
    {"originalpublicationdate", Says::published, 4},
    {"article_date_original", Says::published, 4},
    {"dat", Says::published, 6},
    {"date", Says::published, 7},
    {"datecreated", Says::published, 7},
    {"displaydate", Says::published, 7},

    {"article:modified_time", Says::modified, 1},
    {"og:article:modified_time", Says::modified, 1},
    {"og:updated_time", Says::modified, 3},
    {"datemodified", Says::modified, 2},
    {"last-modified", Says::modified, 4},
    {"lastmod", Says::modified, 4},
    {"dcterms.modified", Says::modified, 3},
    {"dc.date.modified", Says::modified, 3},
    {"utime", Says::modified, 5},

    {"og:site_name", Says::source, 1},
    {"article:publisher", Says::source, 4},
    {"dc.publisher", Says::source, 2},
    {"dcterms.publisher", Says::source, 2},
    {"dc:publisher", Says::source, 2},
    {"publisher", Says::source, 3},
    {"cre", Says::source, 4},
    {"citation_journal_title", Says::source, 4},
    {"application-name", Says::source, 5},
    {"apple-mobile-web-app-title", Says::source, 6},
    {"twitter:app:name:iphone", Says::source, 7},
    {"copyright", Says::source, 9},

    {"parsely-author", Says::author, 1},
    {"sailthru.author", Says::author, 3},
    {"article:author", Says::author, 2},
    {"article:author_name", Says::author, 1},
    {"og:article:author", Says::author, 2},
    {"author", Says::author, 2},
    {"byl", Says::author, 2},
    {"dc.creator", Says::author, 3},
    {"dcterms.creator", Says::author, 3},
    {"dc:creator", Says::author, 3},
    {"citation_author", Says::author, 3},
    {"cxenseparse:author", Says::author, 3},
    {"twitter:data1", Says::author, 9},

    {"news_keywords", Says::topics, 2},
    {"keywords", Says::topics, 3},
    {"article:tag", Says::topics, 1},
    {"article:section", Says::topics, 4},
    {"parsely-tags", Says::topics, 3},
    {"sailthru.tags", Says::topics, 3},
    {"dc.subject", Says::topics, 3},

    {"og:locale", Says::language, 2},
    {"content-language", Says::language, 1},
    {"language", Says::language, 3},
    {"dc.language", Says::language, 1},
    {"dcterms.language", Says::language, 1},

    {"og:url", Says::url, 2},
    {"parsely-link", Says::url, 3},
    {"twitter:url", Says::url, 4},
};

struct Ranked {
  int rank;
  std::string text;
};

std::string lower(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  });
  return text;
}

const MetaRow* row_named(const std::string& name) {
  static const auto rows = [] {
    std::unordered_map<std::string_view, const MetaRow*> by_name;
    for (const MetaRow& row : meta_names) by_name.emplace(row.name, &row);
    return by_name;
  }();
  const auto row = rows.find(name);
  return row == rows.end() ? nullptr : row->second;
}

std::vector<std::string> in_order(std::vector<Ranked> values) {
  std::stable_sort(values.begin(), values.end(),
                   [](const Ranked& a, const Ranked& b) { return a.rank < b.rank; });
  std::vector<std::string> texts;
  for (Ranked& value : values) texts.push_back(std::move(value.text));
  return texts;
}

/// Only the values of the best rank there is.
std::vector<std::string> best_of(const std::vector<Ranked>& values) {
  int best = 100;
  for (const Ranked& value : values) best = std::min(best, value.rank);
  std::vector<std::string> texts;
  for (const Ranked& value : values)
    if (value.rank == best) texts.push_back(value.text);
  return texts;
}

class MetaReader {
 public:
  void look_at(const xmlNode* node) {
    const std::string_view name = element_name(node);
    if (name == "meta") read_meta(node);
    if (name == "link" && lower(html_attribute(node, "rel")) == "canonical")
      put(Says::url, 1, html_attribute(node, "href"));
    if (name == "title" && title_.empty() && !is_element(node->parent, "svg"))
      title_ = plain_text(page_text(node));
    if (name == "html") put(Says::language, 4, html_attribute(node, "lang"));
  }

  Statements take() {
    Statements s;
    s.titles = in_order(std::move(values_[Says::title]));
    s.window_title = std::move(title_);
    s.deck = first(Says::deck);
    s.published = in_order(std::move(values_[Says::published]));
    s.modified = in_order(std::move(values_[Says::modified]));
    s.sources = in_order(std::move(values_[Says::source]));
    s.authors = best_of(values_[Says::author]);
    s.topics = best_of(values_[Says::topics]);
    s.languages = in_order(std::move(values_[Says::language]));
    s.url = first(Says::url);
    return s;
  }

 private:
  void read_meta(const xmlNode* node) {
    const std::string content = html_attribute(node, "content");
    if (content.empty()) return;
    for (const char* key : {"property", "name", "http-equiv"})
      if (const MetaRow* row = row_named(lower(single_line(html_attribute(node, key)))))
        return put(row->says, row->rank, content);
  }

  void put(Says says, int rank, std::string_view content) {
    std::string text = plain_text(content);
    const bool address = text.starts_with("http://") || text.starts_with("https://");
    const bool takes_address = says == Says::url;
    if (!text.empty() && address == takes_address) values_[says].push_back({rank, std::move(text)});
  }

  std::string first(Says says) {
    std::vector<std::string> texts = in_order(values_[says]);
    return texts.empty() ? std::string() : texts.front();
  }

  std::unordered_map<Says, std::vector<Ranked>> values_;
  std::string title_;
};

constexpr std::size_t longest_stated = 2'000;  // bytes of one value
constexpr std::size_t most_stated = 32;        // values of one field

/// What an element with an itemprop says: its content attribute, its datetime, or its text.
std::string value_of(const xmlNode* node) {
  for (const char* name : {"content", "datetime"})
    if (std::string value = html_attribute(node, name); !value.empty()) return plain_text(value);
  return single_line(clean_text(page_text(node, longest_stated)));
}

bool has_word(const std::string& list, std::string_view word) {
  std::string_view rest = list;
  while (!rest.empty()) {
    const auto end = std::min(rest.find_first_of(" \t\r\n"), rest.size());
    if (rest.substr(0, end) == word) return true;
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
  return false;
}

/// The name inside an author or publisher: its own itemprop="name", else all of its text.
std::string name_inside(const xmlNode* node) {
  const xmlNode* name = find_element(node, [&](const xmlNode* inner) {
    return inner != node && has_word(html_attribute(inner, "itemprop"), "name");
  });
  return value_of(name ? name : node);
}

constexpr std::size_t longest_visible_name = 120;

bool is_inside_comment(const xmlNode* node) {
  for (; node && node->type == XML_ELEMENT_NODE; node = node->parent) {
    const std::string type = html_attribute(node, "itemtype");
    if (type.ends_with("/Comment") || type.ends_with("/UserComments")) return true;
  }
  return false;
}

void add_microdata(const xmlNode* node, const std::string& property, Statements& s) {
  const auto add = [&](std::vector<std::string>& values, std::string value) {
    if (!value.empty() && values.size() < most_stated) values.push_back(std::move(value));
  };
  if (has_word(property, "headline")) add(s.titles, value_of(node));
  if (has_word(property, "datePublished")) add(s.published, value_of(node));
  if (has_word(property, "dateCreated") && s.published.empty()) add(s.published, value_of(node));
  if (has_word(property, "dateModified")) add(s.modified, value_of(node));
  if (has_word(property, "publisher")) add(s.sources, name_inside(node));
  if (has_word(property, "author") || has_word(property, "creator")) {
    std::string name = name_inside(node);
    if (name.size() <= longest_visible_name && !name.starts_with("http") &&
        s.authors.size() < most_stated)
      add(s.authors, std::move(name));
  }
  if (has_word(property, "inLanguage")) add(s.languages, value_of(node));
  if (has_word(property, "articleBody") && s.body.empty()) s.body = page_text(node);
}

}  // namespace

Statements read_meta_tags(const xmlNode* page) {
  MetaReader reader;
  for_each_element(page, [&](const xmlNode* node) { reader.look_at(node); });
  return reader.take();
}

Statements read_microdata(const xmlNode* page) {
  Statements s;
  for_each_element(page, [&](const xmlNode* node) {
    const std::string property = html_attribute(node, "itemprop");
    if (!property.empty() && !is_inside_comment(node)) add_microdata(node, property, s);
  });
  return s;
}

namespace {

template <std::size_t N>
bool is_named(const xmlNode* node, const std::array<std::string_view, N>& any) {
  for (const char* key : {"class", "id"})
    for (const std::string& word : words_of_name(html_attribute(node, key)))
      if (std::find(any.begin(), any.end(), word) != any.end()) return true;
  return false;
}

bool is_byline_element(const xmlNode* node) {
  static constexpr std::array<std::string_view, 6> words{"byline", "author", "authors",
                                                         "autor",  "auteur", "autore"};
  return has_word(html_attribute(node, "rel"), "author") || is_named(node, words);
}

bool is_date_element(const xmlNode* node) {
  static constexpr std::array<std::string_view, 12> words{
      "date",      "datum",       "fecha",   "data",      "tarih",    "pubdate",
      "published", "publishdate", "publish", "timestamp", "datetime", "posted"};
  return is_named(node, words);
}

/// What is in a link speaks of the story it leads to.
bool is_in_link(const xmlNode* node) {
  for (; node && node->type == XML_ELEMENT_NODE; node = node->parent)
    if (is_element(node, "a")) return true;
  return false;
}

constexpr std::size_t longest_visible_date = 90;
constexpr std::size_t most_visible = 16;

/// Reads what stands around a page's headings; a page shows its date and byline next to its title,
/// and those of other stories further down, or today's date above.
class VisibleHead {
 public:
  void look_at(const xmlNode* node) {
    const std::string_view name = element_name(node);
    if (name == "h1") add(s_.titles, node, longest_title);
    if (name == "time" && !is_in_link(node)) {
      const std::string stated = html_attribute(node, "datetime");
      auto& times = s_.titles.empty() ? above_ : s_.published;
      if (stated.empty())
        add(times, node, longest_visible_date);
      else
        add(times, stated, longest_visible_date);
    } else if (!s_.titles.empty() && is_date_element(node) && !is_in_link(node)) {
      add(texts_, node, longest_visible_date);
    }
    if (is_byline_element(node)) add(s_.authors, node, longest_visible_name);
  }

  Statements take() {
    for (auto* more : {&texts_, &above_})
      s_.published.insert(s_.published.end(), more->begin(), more->end());
    return std::move(s_);
  }

 private:
  static constexpr std::size_t longest_title = 400;

  static void add(std::vector<std::string>& values, const xmlNode* node, std::size_t longest) {
    if (values.size() < most_visible) add(values, page_text(node, 4 * longest), longest);
  }
  static void add(std::vector<std::string>& values, std::string text, std::size_t longest) {
    if (values.size() >= most_visible) return;
    text = single_line(clean_text(std::move(text)));
    if (!text.empty() && text.size() <= longest) values.push_back(std::move(text));
  }

  Statements s_;
  std::vector<std::string> texts_, above_;
};

}  // namespace

Statements read_visible_head(const xmlNode* page) {
  VisibleHead head;
  for_each_element(page, [&](const xmlNode* node) { head.look_at(node); });
  return head.take();
}

std::vector<std::string> json_ld_scripts(const xmlNode* page) {
  std::vector<std::string> scripts;
  for_each_element(page, [&](const xmlNode* node) {
    if (!is_element(node, "script")) return;
    if (!lower(html_attribute(node, "type")).starts_with("application/ld+json")) return;
    std::string content;
    for (const xmlNode* child = node->children; child; child = child->next)
      if (child->content) content += reinterpret_cast<const char*>(child->content);
    scripts.push_back(std::move(content));
  });
  return scripts;
}

std::string declared_charset(std::string_view start) {
  const std::string head = lower(std::string(start.substr(0, 4096)));
  const std::string_view key = head.starts_with("<?xml") && head.find("encoding=") < head.find("?>")
                                   ? "encoding="
                                   : "charset=";
  const auto at = head.find(key);
  if (at == std::string::npos) return {};
  std::string_view value = std::string_view(head).substr(at + key.size());
  value.remove_prefix(std::min(value.find_first_not_of("\"' "), value.size()));
  return std::string(value.substr(0, value.find_first_of("\"'>;/ ?")));
}

}  // namespace dateline
