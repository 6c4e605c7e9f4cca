// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

#include "common/article.h"

namespace dateline {

/// The article as the index keeps it (Xapian's document data), and the text whose digest tells
/// whether an article changed: all that is shown or indexed, and nothing else (notes are left out;
/// an article with an origin is stored with its path and record).
/// Format: a run of fields, each a field number (u8), a provenance (u8), a length (LEB128) and that
/// many bytes; docs/index-format.md lists the numbers.
std::string store_article(const Article& article);

/// The inverse, but that an origin has become path and record. Throws
/// Error(ExitCode::damaged_index) when the bytes are no stored article; fields of unknown number
/// are passed over.
Article load_article(std::string_view stored);

}  // namespace dateline
