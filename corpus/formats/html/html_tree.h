// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <libxml/tree.h>

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace dateline {

/// A parsed page; owns its nodes. libxml2 repairs what is ill-formed and stops where elements are
/// nested deeper than 256, so a walk over the tree may be recursive.
class HtmlTree {
 public:
  /// `utf8` need not be HTML at all. A tag of over a thousand attributes is none.
  explicit HtmlTree(const std::string& utf8);

  /// Null where there is no element.
  const xmlNode* root() const;
  /// Whether the page goes on deeper than could be followed.
  bool cut_off() const { return cut_off_; }

 private:
  struct Closer {
    void operator()(xmlDoc* document) const { xmlFreeDoc(document); }
  };
  std::unique_ptr<xmlDoc, Closer> document_;
  bool cut_off_ = false;
};

/// "p", in lower case; "" for what is no element.
std::string_view element_name(const xmlNode* node);
bool is_element(const xmlNode* node, std::string_view name);

/// The attribute's value, entities resolved; "" where there is none.
std::string html_attribute(const xmlNode* node, const char* name);

/// The text of a node and all below it, scripts and styles left out; as it stands, with line ends
/// where <br> and blocks are.
/// Stops soon after `most` bytes.
std::string page_text(const xmlNode* node, std::size_t most = std::string::npos);

/// Calls `visit` for each element below and including `top`, in document order.
void for_each_element(const xmlNode* top, const std::function<void(const xmlNode*)>& visit);

/// The first element below `top` that fits; null for none.
const xmlNode* find_element(const xmlNode* top, const std::function<bool(const xmlNode*)>& fits);

/// Text that may hold markup and character references, "AT&amp;amp;T &lt;b&gt;", as plain text.
std::string plain_text(std::string_view markup);

/// The words of a class or id: "article-Body__mainText" is article, body, main, text.
std::vector<std::string> words_of_name(std::string_view name);

}  // namespace dateline
