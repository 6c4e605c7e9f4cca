// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <simdjson.h>

#include <string>

#include "corpus/formats/story.h"

namespace dateline {

/// Whether an object is an item of ninjs, the news agencies' JSON (1.0 to 3.0).
bool is_ninjs(simdjson::dom::object object);

/// Its "uri", else its "guid"; "" for none.
std::string ninjs_id(simdjson::dom::object object);

/// Hands over the text that the item is. One of another kind is refused by what it is, one that is
/// canceled, withheld or under embargo by that. `note` is added to the article's unless "".
void read_ninjs(const FileInHand& in, const StoryPlace& at, simdjson::dom::object object,
                const std::string& note);

}  // namespace dateline
