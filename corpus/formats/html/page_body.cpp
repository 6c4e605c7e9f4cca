// SPDX-License-Identifier: GPL-3.0-or-later
#include "corpus/formats/html/page_body.h"

#include <algorithm>
#include <unordered_map>
#include <unordered_set>

#include "corpus/bytes/encoding.h"
#include "corpus/formats/boilerplate.h"
#include "corpus/formats/html/html_tree.h"
#include "corpus/formats/html/page_blocks.h"

namespace dateline {
namespace {

constexpr std::size_t telling_length = 60;  ///< of a paragraph that is hardly a label
constexpr std::size_t least_stated = 200;   ///< bytes of a stated body that can vouch for a text
constexpr std::size_t most_stated = 256 << 10;  ///< and of one that each block is looked up in
constexpr std::size_t vouched_start = 48;       ///< bytes of a block looked up in the stated body
constexpr double container_share = 0.72;  ///< of its parent's text, to be the better container
constexpr int most_exempt = 6;            ///< elements around each other that are misnamed
constexpr double unvouched_weight = 0.15;

bool ends_as_sentence(std::string_view text) {
  for (const std::string_view quote : {"\"", "”", "’", "'", "»", "“", ")", "«", "」", "』"})
    if (text.ends_with(quote)) text.remove_suffix(quote.size());
  for (const std::string_view end : {".", "!", "?", "…", "。", "！", "？", ":", ";", "।"})
    if (text.ends_with(end)) return true;
  return false;
}

double link_density(const PageBlock& block) {
  return static_cast<double>(block.link_length) / static_cast<double>(block.length);
}

/// Vouches for the blocks whose text the page's metadata repeat.
class StatedBody {
 public:
  explicit StatedBody(std::string_view stated) : words_(fold_words(stated)) {}

  bool usable() const { return words_.size() >= least_stated && words_.size() <= most_stated; }
  bool vouches_for(const PageBlock& block) const {
    std::string start = fold_words(block.text);
    if (start.size() < 12) return false;
    if (start.size() > vouched_start) start.resize(vouched_start);
    return words_.find(start) != std::string::npos;
  }
  std::size_t size() const { return words_.size(); }

 private:
  std::string words_;
};

struct Weighed {
  PageBlock block;
  double weight = 0;  ///< how much of a story it looks like, in characters
  bool vouched = false;
  bool furniture = false;  ///< by the names of the elements around it
};

/// How much weight there is in each element of a page.
class Held {
 public:
  explicit Held(const std::vector<Weighed>& blocks) {
    for (const Weighed& w : blocks)
      for (const xmlNode* node = w.block.parent; w.weight > 0 && node; node = node->parent)
        weight_[node] += w.weight;
  }
  double by(const xmlNode* node) const {
    const auto found = weight_.find(node);
    return found == weight_.end() ? 0 : found->second;
  }

 private:
  std::unordered_map<const xmlNode*, double> weight_;
};

/// Tells which blocks stand in elements named as furniture.
class Furniture {
 public:
  explicit Furniture(const xmlNode* page) : page_(page) {}

  /// The outermost element named as furniture around `node`; null for none.
  const xmlNode* around(const xmlNode* node) {
    if (!node || node == page_ || node->type != XML_ELEMENT_NODE) return nullptr;
    if (const auto known = known_.find(node); known != known_.end()) return known->second;
    const xmlNode* outer = around(node->parent);
    if (!outer && looks_like_furniture(node) && !exempt_.contains(name_of(node))) outer = node;
    known_.emplace(node, outer);
    return outer;
  }

  /// Together with all that are named alike: a story may be cut into several.
  void exempt(const xmlNode* element) {
    exempt_.insert(name_of(element));
    known_.clear();
  }

 private:
  static std::string name_of(const xmlNode* element) {
    return std::string(element_name(element)) + ' ' + html_attribute(element, "class") + ' ' +
           html_attribute(element, "role");
  }

  const xmlNode* page_;
  std::unordered_set<std::string> exempt_;
  std::unordered_map<const xmlNode*, const xmlNode*> known_;
};

/// Marks the blocks in elements named as furniture. One of these that holds more text than all that
/// is outside of them holds the story in spite of its name.
void mark_furniture(const xmlNode* page, std::vector<Weighed>& blocks) {
  Furniture furniture(page);
  for (int pass = 0; pass < most_exempt; ++pass) {
    double outside = 0, total = 0;
    std::unordered_map<const xmlNode*, double> inside;
    std::vector<const xmlNode*> in_order;  // so that equal ones are told apart by the page alone
    for (const Weighed& w : blocks) {
      const xmlNode* element = furniture.around(w.block.parent);
      (element ? inside[element] : outside) += w.weight;
      if (element && (in_order.empty() || in_order.back() != element)) in_order.push_back(element);
      total += w.weight;
    }
    const xmlNode* misnamed = nullptr;
    for (const xmlNode* element : in_order) {
      const double least = is_never_story(element) ? std::max(outside, total / 2) : outside;
      if (inside[element] > least && (!misnamed || inside[element] > inside[misnamed]))
        misnamed = element;
    }
    if (!misnamed) break;
    furniture.exempt(misnamed);
  }
  for (Weighed& w : blocks) {
    w.furniture = furniture.around(w.block.parent) != nullptr;
    if (w.furniture) w.weight = 0;
  }
}

/// How much running text a block is.
double weight_of(const PageBlock& block) {
  if (block.kind == BlockKind::heading || block.kind == BlockKind::cell) return 0;
  if (block.length < telling_length && !(block.length >= 30 && ends_as_sentence(block.text)))
    return 0;
  const double density = link_density(block);
  if (density > 0.5) return 0;
  double weight = static_cast<double>(block.length) * (1 - density);
  if (block.kind == BlockKind::item || block.kind == BlockKind::other) weight *= 0.5;
  if (!ends_as_sentence(block.text)) weight *= 0.5;
  return weight;
}

std::vector<Weighed> weighed(std::vector<PageBlock> blocks, const StatedBody& stated) {
  std::vector<Weighed> all;
  std::size_t vouched_length = 0;
  for (PageBlock& block : blocks) {
    Weighed w{std::move(block), 0, false, false};
    w.vouched = stated.usable() && stated.vouches_for(w.block);
    vouched_length += w.vouched ? w.block.text.size() : 0;
    all.push_back(std::move(w));
  }
  const bool stated_decides = stated.usable() && vouched_length * 2 > stated.size();
  for (Weighed& w : all) {
    w.weight = weight_of(w.block);
    if (stated_decides && !w.vouched) w.weight *= unvouched_weight;
    if (!stated_decides) w.vouched = false;
  }
  return all;
}

/// The element that holds the story: from the page down, as long as one child holds nearly all.
const xmlNode* container_of(const xmlNode* page, const std::vector<Weighed>& blocks) {
  const Held held(blocks);
  const xmlNode* container = page;
  while (true) {
    const xmlNode* heaviest = nullptr;
    for (const xmlNode* child = container->children; child; child = child->next)
      if (!heaviest || held.by(child) > held.by(heaviest)) heaviest = child;
    if (!heaviest || held.by(heaviest) < container_share * held.by(container) ||
        held.by(heaviest) <= 0)
      return container;
    container = heaviest;
  }
}

bool is_within(const xmlNode* node, const xmlNode* container) {
  for (; node; node = node->parent)
    if (node == container) return true;
  return false;
}

/// Whether a block of the container is of the story.
bool is_story(const Weighed& w) {
  const PageBlock& block = w.block;
  if (w.vouched && !w.furniture && block.kind != BlockKind::heading) return true;
  if (w.furniture) return false;
  const double density = link_density(block);
  switch (block.kind) {
    case BlockKind::heading:
      return density < 0.5;
    case BlockKind::paragraph:
    case BlockKind::quote:
      return density < 0.6 || (density < 0.8 && block.length > 200);
    case BlockKind::item:
      return density < 0.4;
    case BlockKind::cell:
      return density < 0.4;
    case BlockKind::other:
      return density < 0.4 && (w.weight > 0 || block.length >= telling_length);
  }
  return false;
}

Paragraph paragraph_of(const PageBlock& block) {
  return {block.text, 1, block.kind == BlockKind::heading, ParagraphKind::text};
}

/// Headings without text below them head nothing of the story.
void drop_idle_headings(std::vector<Paragraph>& paragraphs) {
  std::vector<Paragraph> kept;
  for (auto p = paragraphs.rbegin(); p != paragraphs.rend(); ++p) {
    const bool text_below = !kept.empty() && !kept.back().heading;
    if (!p->heading || text_below) kept.push_back(std::move(*p));
  }
  std::reverse(kept.begin(), kept.end());
  paragraphs = std::move(kept);
}

void drop_repeated(std::vector<Paragraph>& paragraphs, std::string_view title) {
  const std::string title_words = fold_words(title);
  std::unordered_map<std::string, int> seen;
  std::erase_if(paragraphs, [&](const Paragraph& p) {
    std::string words = fold_words(p.text);
    if (words.empty() || words == title_words) return true;
    return words.size() > 40 && seen[std::move(words)]++ > 0;
  });
}

/// What stands above the first paragraph of running text is the page's: dates, names, labels.
void drop_labels_on_top(std::vector<Paragraph>& paragraphs) {
  const auto lead = std::find_if(paragraphs.begin(), paragraphs.end(), [](const Paragraph& p) {
    return !p.heading && (p.text.size() >= telling_length || ends_as_sentence(p.text));
  });
  if (lead != paragraphs.end()) paragraphs.erase(paragraphs.begin(), lead);
}

/// Where the page shows its standfirst outside of the story's element, it leads the story.
void put_standfirst_on_top(const std::vector<Weighed>& blocks, std::string_view deck,
                           std::vector<Paragraph>& paragraphs) {
  const std::string words = fold_words(deck);
  if (words.size() < 20) return;
  const auto says_it = [&](std::string_view text) { return fold_words(text).starts_with(words); };
  if (std::any_of(paragraphs.begin(), paragraphs.end(),
                  [&](const Paragraph& p) { return says_it(p.text); }))
    return;
  const auto shown = std::find_if(blocks.begin(), blocks.end(),
                                  [&](const Weighed& w) { return says_it(w.block.text); });
  if (shown != blocks.end() && shown->block.text.size() < 3 * deck.size())
    paragraphs.insert(paragraphs.begin(), {shown->block.text, 1, false, ParagraphKind::text});
}

std::vector<Paragraph> stated_paragraphs(std::string_view stated) {
  return split_paragraphs(clean_text(std::string(stated)));
}

std::size_t length_of(const std::vector<Paragraph>& paragraphs) {
  std::size_t length = 0;
  for (const Paragraph& p : paragraphs) length += p.text.size();
  return length;
}

}  // namespace

std::vector<Paragraph> read_page_body(const xmlNode* page, const KnownOfStory& known) {
  std::vector<Weighed> blocks = weighed(page_blocks(page), StatedBody(known.stated_body));
  mark_furniture(page, blocks);
  const xmlNode* container = container_of(page, blocks);
  std::vector<Paragraph> paragraphs;
  for (const Weighed& w : blocks)
    if (is_within(w.block.parent, container) && is_story(w))
      paragraphs.push_back(paragraph_of(w.block));
  drop_repeated(paragraphs, known.title);
  drop_labels_on_top(paragraphs);
  put_standfirst_on_top(blocks, known.deck, paragraphs);
  mark_boilerplate(paragraphs);
  std::erase_if(paragraphs, [](const Paragraph& p) { return p.kind != ParagraphKind::text; });
  drop_idle_headings(paragraphs);
  if (length_of(paragraphs) * 2 < known.stated_body.size())
    return stated_paragraphs(known.stated_body);
  return paragraphs;
}

}  // namespace dateline
