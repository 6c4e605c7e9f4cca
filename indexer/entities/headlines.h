// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <vector>

#include "indexer/entities/gazetteer.h"
#include "indexer/entities/recogniser.h"
#include "indexer/entities/sentences.h"
#include "indexer/entities/tokens.h"

namespace dateline::ner {

/// The type under which the rest of the article names the phrase with this key, if it does.
using BelievedName = std::function<std::optional<EntityType>(std::uint64_t phrase)>;

/// Appends the names in a sentence whose capitals say nothing: those that the rest of the article
/// or the tables know, and given names followed by an unknown word.
void read_headline(const Gazetteer& gazetteer, std::span<const Token> tokens,
                   const Sentence& sentence, const BelievedName& believed,
                   std::vector<Mention>& mentions);

}  // namespace dateline::ner
