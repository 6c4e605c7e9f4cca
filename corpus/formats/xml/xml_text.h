// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

namespace dateline {

/// The encoding that an XML declaration at the start of `xml` states; "" for none.
std::string declared_encoding(std::string_view xml);

/// `xml` (UTF-8) with references to HTML's entities replaced by their characters, but for XML's own
/// five and those that the document declares. Throws Unreadable where it
/// declares thousands, or refers to them more than a hundred thousand times.
std::string resolve_html_entities(std::string_view xml);

/// `xml` (UTF-8) without control characters, and with '&' written out where it begins no reference.
std::string escape_strays(std::string_view xml);

/// `text` with what references to characters it still has, as text that was escaped twice has them,
/// replaced by these.
std::string unescape(std::string_view text);

/// The characters of HTML's entity `name`, e.g. of "eacute"; "" for no such entity.
std::string html_entity(std::string_view name);

/// The text (UTF-8) that `base64` holds; "" where it holds none.
std::string from_base64(std::string_view base64);

}  // namespace dateline
