// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

namespace dateline {

struct TagCounts {
  std::uint64_t documents = 0;
  std::uint64_t refused = 0;  ///< lines that are no document
};

/// Reads JSON Lines `{"doc", "text"}` from the file `path` ("-" is standard input) and hands to
/// `print` a line for each, in the same order: `{"doc", "text", "mentions": [[start, end, type,
/// entity], ...]}`. Offsets count Unicode code points of the text, `end` is exclusive, `type` is
/// PER, ORG or LOC, `entity` is the name under which an index of just these documents would show
/// it. A document that states "mentions" or "spans" of [start, end, type, ...] itself has these
/// taken as they are, and only their entities found. A line that is no such object is handed to
/// `refuse` with its number and the reason, and left out. Names are joined across all documents, so
/// all are held in memory. Throws Error(usage) if the file cannot be opened.
TagCounts tag_documents(const std::string& path, const std::function<void(std::string_view)>& print,
                        const std::function<void(std::uint64_t, std::string_view)>& refuse);

}  // namespace dateline
