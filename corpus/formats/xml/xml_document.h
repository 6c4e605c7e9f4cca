// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "corpus/bytes/byte_source.h"
#include "corpus/formats/assembly.h"

namespace dateline {

/// Reads a file of XML by what its root element says it is: a feed (RSS, Atom, RDF, WordPress
/// export), NITF, NewsML 1 or NewsML-G2. Throws Unreadable for any other.
void read_xml_document(const FileInHand& in, ByteSource& source);

}  // namespace dateline
