// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <libxml/tree.h>

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace dateline {

/// A parsed XML document. Nothing but its own bytes is ever read: no DTD, no external entity. At
/// most 256 elements lie within each other, so that its nodes can be walked recursively.
class XmlTree {
 public:
  /// Parses `bytes` in the encoding they declare, else in `charset`, else in the one they seem to
  /// be in. HTML's entities need no declaration. What is not well-formed is read as far as it goes,
  /// and noted. Throws Unreadable where there is no element, where elements nest too deep and where
  /// entities expand without bound.
  explicit XmlTree(std::string bytes, std::string_view charset = {});

  const xmlNode* root() const { return root_; }
  bool well_formed() const { return well_formed_; }
  /// What had to be assumed or was wrong; empty mostly.
  const std::vector<std::string>& notes() const { return notes_; }

 private:
  struct Freer {
    void operator()(xmlDoc* document) const { xmlFreeDoc(document); }
  };
  void read(const std::string& xml, int options);

  std::unique_ptr<xmlDoc, Freer> document_;
  const xmlNode* root_ = nullptr;
  bool well_formed_ = true;
  std::string problem_;
  bool hostile_ = false;
  std::vector<std::string> notes_;
};

/// The name of an element without its prefix, declared or not; "" for what is no element.
std::string_view local_name(const xmlNode* node);
/// The name's prefix as written; "" for none.
std::string_view prefix_of(const xmlNode* node);

/// All of these take null for a node without children, attributes and text.
const xmlNode* first_child(const xmlNode* parent, std::string_view name);
const xmlNode* child_at(const xmlNode* from, std::initializer_list<std::string_view> path);
std::vector<const xmlNode*> elements_in(const xmlNode* parent);
std::vector<const xmlNode*> children_named(const xmlNode* parent, std::string_view name);
/// Elements below `from` at any depth, in document order, none within another of them.
std::vector<const xmlNode*> find_all(const xmlNode* from, std::string_view name);
const xmlNode* find_first(const xmlNode* from, std::string_view name);
/// By its local name, tidied; "" where there is none.
std::string attribute(const xmlNode* node, std::string_view name);
/// All text within as it stands.
std::string raw_text(const xmlNode* node);
/// All text within on one clean line.
std::string text_of(const xmlNode* node);
/// xml:lang of the element or of the next one around it that has one.
std::string language_of(const xmlNode* node);
/// `reference` as an address, by the xml:base around `node`.
std::string resolved_address(const xmlNode* node, const std::string& reference);

/// The items of `candidates` in order of preference: the first that is not "".
std::string first_of(std::initializer_list<std::string> candidates);

/// Whether a tag has more attributes than any honest one: libxml2 compares each with all others.
bool has_overloaded_tag(std::string_view markup);

/// The parser's libraries are set up once, before the first use of any of it.
void start_libxml();

}  // namespace dateline
