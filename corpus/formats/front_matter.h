// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

#include "corpus/metadata/fields.h"

namespace dateline {

/// The metadata at the top of a text file, and where the text starts.
struct FrontMatter {
  FieldValues values;
  std::string_view rest;  ///< into the text given
  std::string problem;    ///< why not all of it could be read; "" mostly
};

/// Reads YAML between lines of "---", or a block of "Name: value" lines that ends with a blank line
/// and names well-known fields (RFC 822). `text` has '\n' line ends and outlives the result. A text
/// without either is all `rest`.
FrontMatter read_front_matter(std::string_view text, const FieldNames& names);

}  // namespace dateline
