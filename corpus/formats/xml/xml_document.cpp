// SPDX-License-Identifier: GPL-3.0-or-later
#include "corpus/formats/xml/xml_document.h"

#include <fmt/format.h>

#include <utility>

#include "corpus/bytes/encoding.h"
#include "corpus/formats/xml/feed.h"
#include "corpus/formats/xml/newsml_1.h"
#include "corpus/formats/xml/newsml_g2.h"
#include "corpus/formats/xml/nitf.h"
#include "corpus/formats/xml/xml_tree.h"

namespace dateline {

namespace {

/// What `source` holds, up to the block that passes `most` bytes.
std::string read_at_most(ByteSource& source, std::uint64_t most) {
  std::string bytes;
  while (bytes.size() <= most) {
    const std::string_view block = source.next();
    if (block.empty()) break;
    bytes += block;
  }
  return bytes;
}

}  // namespace

void read_xml_document(const FileInHand& in, ByteSource& source) {
  std::string bytes = read_at_most(source, in.options.max_record_bytes);
  if (bytes.size() > in.options.max_record_bytes)
    return read_large_feed(in, std::move(bytes), source);
  const XmlTree tree(std::move(bytes), in.charset);
  const std::string_view root = local_name(tree.root());
  if (is_feed(root)) return read_feed(in, tree);
  if (is_newsml_g2(root)) return read_newsml_g2(in, tree);
  if (root == "NewsML") return read_newsml_1(in, tree);
  if (root == "nitf") return read_nitf(in, tree);
  throw Unreadable(fmt::format("format not read: XML whose root is <{}>", excerpt(root, 40)));
}

}  // namespace dateline
