// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string_view>

namespace dateline {

/// Whether a word in lower case is one of English's articles, pronouns, prepositions, conjunctions,
/// auxiliaries and question words: they hold a question together and say little of what it is
/// about.
bool is_function_word(std::string_view word);

}  // namespace dateline
