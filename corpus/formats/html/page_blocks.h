// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <libxml/tree.h>

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace dateline {

enum class BlockKind : std::uint8_t { paragraph, heading, item, quote, cell, other };

/// A run of text that a page sets apart from what is above and below it.
struct PageBlock {
  std::string text;             ///< clean, on one line, never empty
  std::size_t length = 0;       ///< in characters; one of Chinese, Japanese or Korean counts as two
  std::size_t link_length = 0;  ///< how much of that is in links
  BlockKind kind = BlockKind::other;
  const xmlNode* parent = nullptr;  ///< the element that holds it, never null
  bool furniture = false;           ///< by the names of the elements around it
};

/// Whether an element is made or named as what stands beside a story: navigation, teasers, sharing,
/// comments. Some sites name what holds the story so as well.
bool looks_like_furniture(const xmlNode* element);

/// Whether it is furniture that no site wraps around a story: comments, footers.
bool is_never_story(const xmlNode* element);

/// All blocks of a page, in document order, without scripts, captions, controls and what is hidden.
std::vector<PageBlock> page_blocks(const xmlNode* page);

}  // namespace dateline
