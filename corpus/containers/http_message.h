// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

#include "corpus/containers/header_fields.h"

namespace dateline {

/// What a server answered.
struct HttpMessage {
  int status = 0;
  ContentType content_type;
  std::string content_encoding;  ///< in lower case; "" for none
  std::string body;              ///< put together from its chunks, still packed
  bool cut = false;              ///< its chunks are broken; the body goes up to there
};

/// Takes apart the bytes of an answer. A body that is said to come in chunks and does not is taken
/// as it is. Throws Unreadable where there is no status line.
HttpMessage parse_http_message(std::string_view bytes);

/// Undoes a content encoding that cannot be told by looking at the bytes: deflate, with or without
/// the header of zlib. Gzip and zstd are left to ByteSource. Throws Unreadable for an encoding that
/// is not read, for damage, and where there are more than `most` bytes.
std::string without_encoding(std::string&& body, std::string_view encoding, std::size_t most);

}  // namespace dateline
