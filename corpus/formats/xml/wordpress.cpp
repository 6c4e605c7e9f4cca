// SPDX-License-Identifier: GPL-3.0-or-later
#include "corpus/formats/xml/wordpress.h"

#include <fmt/format.h>

#include <algorithm>

#include "corpus/formats/xml/markup_text.h"

namespace dateline {
namespace {

bool is_among(std::string_view value, std::initializer_list<std::string_view> values) {
  return std::find(values.begin(), values.end(), value) != values.end();
}

bool is_code_letter(char c) {
  return (c >= 'a' && c <= 'z') || c == '_' || c == '-' || (c >= '0' && c <= '9');
}

/// A shortcode in brackets: its name, and whether it is one beyond doubt.
struct Shortcode {
  std::string_view name;
  std::size_t length = 0;  ///< with its brackets; 0: there is none
  bool certain = false;    ///< it has a closing slash or attributes
};

Shortcode shortcode_at(std::string_view text) {
  constexpr std::size_t longest = 2000;
  const bool closing = text.size() > 1 && text[1] == '/';
  const std::size_t start = closing ? 2 : 1;
  std::size_t end = start;
  while (end < text.size() && is_code_letter(text[end])) ++end;
  const auto bracket = text.substr(0, longest).find(']', end);
  if (end == start || bracket == std::string_view::npos) return {};
  const std::string_view attributes = text.substr(end, bracket - end);
  if (!attributes.empty() && attributes.find('=') == std::string_view::npos && attributes != "/")
    return {};
  return {text.substr(start, end - start), bracket + 1, closing || !attributes.empty()};
}

bool is_alone(std::string_view text, std::size_t at, std::size_t length) {
  const bool starts = at == 0 || text[at - 1] == '\n';
  const auto end = at + length;
  return starts && (end >= text.size() || text[end] == '\n' || text[end] == '\r');
}

/// Where the text of a shortcode that holds no story ends: after its closing bracket.
std::size_t end_of_code(std::string_view text, const Shortcode& code, std::size_t at) {
  constexpr std::size_t farthest = 5000;
  const std::size_t after = at + code.length;
  if (!is_among(code.name, {"caption", "wp_caption"}) || text[at + 1] == '/') return after;
  const std::string closing = fmt::format("[/{}]", code.name);
  const auto end = text.substr(after, farthest).find(closing);
  return end == std::string_view::npos ? after : after + end + closing.size();
}

std::string without_shortcodes(std::string_view text) {
  std::string left;
  std::size_t done = 0;
  for (auto at = text.find('['); at != std::string_view::npos; at = text.find('[', at)) {
    const Shortcode code = shortcode_at(text.substr(at));
    const bool taken = code.length > 0 &&
                       (code.certain || is_alone(text, at, code.length) ||
                        text.substr(at, 500).find(fmt::format("[/{}]", code.name)) != text.npos);
    if (!taken) {
      ++at;
      continue;
    }
    left += text.substr(done, at - done);
    done = at = end_of_code(text, code, at);
  }
  left += text.substr(done);
  return left;
}

bool is_content(const xmlNode* element) {
  return local_name(element) == "encoded" && prefix_of(element) != "excerpt";
}

}  // namespace

bool wordpress_machinery(const xmlNode* item) {
  return is_among(text_of(first_child(item, "post_type")),
                  {"attachment", "nav_menu_item", "revision", "custom_css", "wp_global_styles",
                   "wp_navigation", "wp_template", "wp_block", "customize_changeset"});
}

std::string reason_against_post(const xmlNode* item) {
  const std::string type = text_of(first_child(item, "post_type"));
  if (type.empty()) return {};
  if (!is_among(type, {"post", "page"}))
    return fmt::format("a WordPress item of type '{}', no article", type);
  const std::string status = text_of(first_child(item, "status"));
  if (!status.empty() && status != "publish")
    return fmt::format("not published: its status is '{}'", status);
  return {};
}

std::vector<Paragraph> excerpt_text(const xmlNode* item) {
  for (const xmlNode* element : children_named(item, "encoded"))
    if (!is_content(element)) return text_or_html_paragraphs(raw_text(element));
  return {};
}

std::vector<Paragraph> full_text(const xmlNode* item) {
  const bool exported = first_child(item, "post_type") != nullptr;
  for (const xmlNode* element : elements_in(item)) {
    if (!is_content(element)) continue;
    if (!elements_in(element).empty()) return element_paragraphs(element);
    const std::string text = raw_text(element);
    if (exported) return html_paragraphs(without_shortcodes(text), LineEnds::paragraphs);
    return text_or_html_paragraphs(text);
  }
  return {};
}

}  // namespace dateline
