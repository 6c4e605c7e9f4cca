// SPDX-License-Identifier: GPL-3.0-or-later
#include "corpus/formats/html/json_ld.h"

#include <algorithm>
#include <array>
#include <functional>
#include <map>
#include <optional>

#include "common/json.h"
#include "corpus/bytes/encoding.h"
#include "corpus/formats/html/html_tree.h"
#include "corpus/formats/xml/markup_text.h"

namespace dateline {
namespace {

using namespace std::string_view_literals;

constexpr int deepest_node = 24;
constexpr std::size_t most_nodes = 5'000;
constexpr std::size_t longest_script = 8u << 20;  // bytes

// ---- reading broken JSON ----

std::string_view without_wrapping(std::string_view script) {
  for (const std::string_view wrapping :
       {"<!--"sv, "//<![CDATA["sv, "<![CDATA["sv, "/*<![CDATA[*/"sv}) {
    const auto first = script.find_first_not_of(" \t\r\n");
    if (first != script.npos && script.substr(first).starts_with(wrapping))
      script.remove_prefix(first + wrapping.size());
  }
  const auto start = script.find_first_of("{[");
  const auto end = script.find_last_of("}]");
  if (start == script.npos || end == script.npos || end < start) return {};
  return script.substr(start, end - start + 1);
}

/// A comma before a closing bracket or at the end, and a second comma, stand for nothing.
bool is_stray_comma(std::string_view rest) {
  const auto next = rest.find_first_not_of(" \t\r\n", 1);
  return next == rest.npos || rest[next] == '}' || rest[next] == ']' || rest[next] == ',';
}

/// A quote that no separator follows is of the string's text.
bool ends_string(std::string_view from_quote) {
  const auto next = from_quote.find_first_not_of(" \t\r\n", 1);
  return next == from_quote.npos || ",:}]"sv.find(from_quote[next]) != std::string_view::npos;
}

std::string mended(std::string_view json) {
  std::string text;
  bool in_string = false;
  for (std::size_t i = 0; i < json.size(); ++i) {
    const char c = json[i];
    if (!in_string) {
      if (c == ',' && is_stray_comma(json.substr(i))) continue;
      in_string = c == '"';
      if (c == ';') continue;
      text += c;
    } else if (c == '\\' && i + 1 < json.size()) {
      const bool known = "\"\\/bfnrtu"sv.find(json[i + 1]) != std::string_view::npos;
      text += known ? "\\" : "";
      text += json[++i];
    } else if (c == '"') {
      in_string = !ends_string(json.substr(i));
      text += in_string ? "\\\"" : "\"";
    } else {
      text += static_cast<unsigned char>(c) < 0x20 ? ' ' : c;
    }
  }
  return text;
}

/// Values in a row, "{...}{...}", as one array.
std::string as_array(std::string_view values) {
  std::string text = "[";
  int depth = 0;
  bool in_string = false, escaped = false;
  for (const char c : values) {
    const bool begins = !in_string && depth == 0 && (c == '{' || c == '[') && text.size() > 1;
    if (begins && text.back() != ',') text += ',';
    text += c;
    if (in_string) {
      in_string = escaped || c != '"';
      escaped = !escaped && c == '\\';
    } else {
      in_string = c == '"';
      depth += (c == '{' || c == '[') - (c == '}' || c == ']');
    }
  }
  return text + "]";
}

/// Null (discarded) where it is beyond mending.
Json parse_script(std::string_view script) {
  const std::string_view json = without_wrapping(script);
  for (const auto& attempt :
       {std::function<std::string()>([&] { return std::string(json); }),
        std::function<std::string()>([&] { return mended(json); }),
        std::function<std::string()>([&] { return as_array(mended(json)); })}) {
    Json value = Json::parse(attempt(), nullptr, false, true);
    if (!value.is_discarded()) return value;
  }
  return Json(Json::value_t::discarded);
}

// ---- finding the article's node ----

struct TypeRow {
  std::string_view type;
  int rank;  ///< of the trust that a node of this type is the page's article
};
constexpr TypeRow article_types[] = {{"NewsArticle", 10},
                                     {"ReportageNewsArticle", 10},
                                     {"AnalysisNewsArticle", 10},
                                     {"AskPublicNewsArticle", 10},
                                     {"BackgroundNewsArticle", 10},
                                     {"OpinionNewsArticle", 10},
                                     {"ReviewNewsArticle", 10},
                                     {"SatiricalArticle", 9},
                                     {"LiveBlogPosting", 9},
                                     {"Article", 9},
                                     {"Report", 8},
                                     {"BlogPosting", 8},
                                     {"TechArticle", 8},
                                     {"AdvertiserContentArticle", 8},
                                     {"Review", 5},
                                     {"SocialMediaPosting", 4},
                                     {"ClaimReview", 3},
                                     {"VideoObject", 2},
                                     {"WebPage", 1}};

std::string_view local_name(std::string_view type) {
  const auto cut = type.find_last_of("/#:");
  return cut == type.npos ? type : type.substr(cut + 1);
}

int rank_of(const Json& type) {
  int rank = 0;
  if (type.is_array())
    for (const Json& one : type)
      if (one.is_string()) rank = std::max(rank, rank_of(one));
  if (type.is_string())
    for (const TypeRow& row : article_types)
      if (row.type == local_name(type.get_ref<const std::string&>())) rank = row.rank;
  return rank;
}

const Json* member(const Json& node, const char* name) {
  if (!node.is_object()) return nullptr;
  const auto found = node.find(name);
  return found == node.end() || found->is_null() ? nullptr : &*found;
}

/// All objects of a page's scripts, in order, and those that have an "@id" by it.
class Nodes {
 public:
  void add(const Json& value, int depth = 0) {
    if (depth > deepest_node || all_.size() >= most_nodes) return;
    if (value.is_array() || value.is_object())
      for (const Json& inner : value) {
        if (all_.size() >= most_nodes) return;
        if (inner.is_object()) keep(inner);
        add(inner, depth + 1);
      }
  }
  void add_root(const Json& value) {
    if (value.is_object()) keep(value);
    add(value);
  }

  const std::vector<const Json*>& all() const { return all_; }

  /// `node`, or the one it refers to by its "@id".
  const Json& resolved(const Json& node) const {
    const Json* id = member(node, "@id");
    if (!id || !id->is_string() || node.size() > 2) return node;
    const auto named = by_id_.find(id->get_ref<const std::string&>());
    return named == by_id_.end() ? node : *named->second;
  }

 private:
  void keep(const Json& node) {
    all_.push_back(&node);
    const Json* id = member(node, "@id");
    if (id && id->is_string() && node.size() > 2)
      by_id_.emplace(id->get_ref<const std::string&>(), &node);
  }

  std::vector<const Json*> all_;
  std::map<std::string, const Json*> by_id_;
};

// ---- values ----

/// The texts of a value: a string, a number, an object's name or value, or a list of such.
void collect_texts(const Nodes& nodes, const Json& value, std::vector<std::string>& texts,
                   int depth = 0) {
  if (value.is_string()) {
    std::string text = plain_text(value.get_ref<const std::string&>());
    if (!text.empty()) texts.push_back(std::move(text));
  } else if (value.is_number_integer()) {
    texts.push_back(value.dump());
  } else if (depth >= 3) {
    return;
  } else if (value.is_array()) {
    for (const Json& item : value) collect_texts(nodes, item, texts, depth + 1);
  } else if (value.is_object()) {
    const Json& node = nodes.resolved(value);
    for (const char* name : {"name", "@value", "headline", "alternateName"})
      if (const Json* inner = member(node, name))
        return collect_texts(nodes, *inner, texts, depth + 1);
  }
}

std::vector<std::string> texts_of(const Nodes& nodes, const Json& node,
                                  std::initializer_list<const char*> names) {
  std::vector<std::string> texts;
  for (const char* name : names)
    if (const Json* value = member(node, name)) collect_texts(nodes, *value, texts);
  return texts;
}

std::string first_of(const std::vector<std::string>& texts) {
  return texts.empty() ? std::string() : texts.front();
}

bool is_organisation(const Json& node) {
  const Json* type = member(node, "@type");
  return type && type->is_string() &&
         local_name(type->get_ref<const std::string&>()).ends_with("Organization");
}

/// The people among authors come before the organisations, which are outlets mostly.
std::vector<std::string> author_names(const Nodes& nodes, const Json& node) {
  std::vector<std::string> people, others;
  for (const char* name : {"author", "creator"}) {
    const Json* value = member(node, name);
    if (!value || !people.empty() || !others.empty()) continue;
    const auto add = [&](const Json& item) {
      const Json& author = nodes.resolved(item);
      collect_texts(nodes, author, is_organisation(author) ? others : people);
    };
    if (value->is_array())
      for (const Json& item : *value) add(item);
    else
      add(*value);
  }
  return people.empty() ? others : people;
}

std::string url_of(const Json& node) {
  for (const char* name : {"mainEntityOfPage", "url", "@id"}) {
    const Json* value = member(node, name);
    if (value && value->is_object()) value = member(*value, "@id");
    if (value && value->is_string() && value->get_ref<const std::string&>().starts_with("http"))
      return single_line(value->get_ref<const std::string&>());
  }
  return {};
}

std::string without_query(std::string_view url) {
  url = url.substr(0, url.find_first_of("?#"));
  while (url.ends_with('/')) url.remove_suffix(1);
  const auto scheme = url.find("://");
  return std::string(scheme == url.npos ? url : url.substr(scheme + 3));
}

/// The node that is the page's article; null for none.
const Json* article_node(const Nodes& nodes, std::string_view page_url) {
  const std::string page = without_query(page_url);
  const Json* best = nullptr;
  int best_score = 0;
  for (const Json* node : nodes.all()) {
    const Json* type = member(*node, "@type");
    const int rank = type ? rank_of(*type) : 0;
    if (rank == 0) continue;
    const bool about_page = !page.empty() && without_query(url_of(*node)) == page;
    const int score = 10 * rank + 25 * (member(*node, "headline") != nullptr) +
                      15 * (member(*node, "datePublished") != nullptr) +
                      5 * (member(*node, "articleBody") != nullptr) + 30 * about_page;
    if (score > best_score) {
      best = node;
      best_score = score;
    }
  }
  return best;
}

std::string body_of(const Json& node) {
  for (const char* name : {"articleBody", "text"}) {
    const Json* value = member(node, name);
    if (value && value->is_string())
      return join_body(text_or_html_paragraphs(value->get<std::string>()));
  }
  return {};
}

Statements statements_of(const Nodes& nodes, const Json& node) {
  Statements s;
  s.titles = texts_of(nodes, node, {"headline", "name"});
  s.deck = first_of(texts_of(nodes, node, {"description"}));
  s.published = texts_of(nodes, node, {"datePublished", "dateCreated", "uploadDate"});
  s.modified = texts_of(nodes, node, {"dateModified"});
  s.sources = texts_of(nodes, node, {"publisher", "sourceOrganization", "copyrightHolder"});
  s.authors = author_names(nodes, node);
  s.topics = texts_of(nodes, node, {"keywords", "articleSection"});
  s.languages = texts_of(nodes, node, {"inLanguage"});
  s.url = url_of(node);
  s.body = body_of(node);
  return s;
}

/// An outlet that the page's scripts name apart from the article.
void add_site_names(const Nodes& nodes, Statements& s) {
  for (const Json* node : nodes.all()) {
    const Json* type = member(*node, "@type");
    if (!type || !type->is_string()) continue;
    const std::string_view name = local_name(type->get_ref<const std::string&>());
    if (name != "NewsMediaOrganization" && name != "WebSite") continue;
    for (std::string& text : texts_of(nodes, *node, {"name"})) s.sources.push_back(std::move(text));
  }
}

}  // namespace

Statements read_json_ld(const std::vector<std::string>& scripts, std::string_view page_url,
                        std::vector<std::string>& problems) {
  std::vector<Json> values;
  for (const std::string& script : scripts) {
    if (script.size() > longest_script || script.find_first_of("{[") == script.npos) continue;
    Json value = parse_script(script);
    if (value.is_discarded())
      problems.emplace_back("a block of JSON-LD is beyond mending and was passed over");
    else
      values.push_back(std::move(value));
  }
  Nodes nodes;
  for (const Json& value : values) nodes.add_root(value);
  const Json* article = article_node(nodes, page_url);
  Statements statements = article ? statements_of(nodes, *article) : Statements();
  add_site_names(nodes, statements);
  return statements;
}

}  // namespace dateline
