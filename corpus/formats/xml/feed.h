// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "corpus/bytes/byte_source.h"
#include "corpus/formats/assembly.h"
#include "corpus/formats/xml/xml_tree.h"

namespace dateline {

/// Whether a root element of that name is a feed's: RSS 0.9x to 2.0, RSS 1.0 (RDF), Atom 0.3 and
/// 1.0, CDF, a WordPress export.
bool is_feed(std::string_view root_name);

/// Hands over the entries of a feed. What is no post or page of a WordPress export, or is not
/// published, is refused; attachments and menus are left aside.
void read_feed(const FileInHand& in, const XmlTree& tree);

/// The same for a feed of any size, parsed item by item: holds the longest of them, which
/// max_record_bytes limits. `start` is what has been read of `source`. Throws Unreadable where that
/// is no feed.
void read_large_feed(const FileInHand& in, std::string start, ByteSource& source);

}  // namespace dateline
