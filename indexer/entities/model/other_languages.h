// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string_view>

#include "indexer/entities/model/document.h"
#include "indexer/entities/recogniser.h"

namespace dateline::ner {

/// Whether a text of this language (ISO 639, "" if nobody said) is read by the model alone.
bool is_english(std::string_view language);

/// The model learned English; in other languages capitals mean other things. Of what it found
/// there, keeps names that the tables know under that type, people whose first word is a known
/// first name, and the last names of these people.
void keep_certain_names(const Document& document, ArticleMentions& mentions);

}  // namespace dateline::ner
