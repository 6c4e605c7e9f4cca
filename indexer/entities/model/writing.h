// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string_view>

#include "indexer/entities/model/document.h"

namespace dateline::ner {

/// Fills in how a token is written: letter case, shape, prefixes, suffixes, parts at hyphens.
void describe_writing(std::string_view text, const Token& token, Word& word);

/// Whether a word stands in a script without capitals, such as Chinese or Arabic.
bool has_no_letter_case(std::string_view text, const Token& token);

}  // namespace dateline::ner
