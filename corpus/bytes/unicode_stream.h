// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <unicode/ucnv.h>

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace dateline {

/// What a file's first bytes say about its encoding.
struct ByteOrderMark {
  std::size_t bytes = 0;            ///< length of the mark; 0: there is none
  const char* converter = nullptr;  ///< ICU's name for what follows; null: UTF-8 or unknown
};
ByteOrderMark byte_order_mark(std::string_view start);

/// Turns the bytes of one encoding into UTF-8 block by block; a character may lie across blocks.
/// What is no character becomes U+FFFD.
class UnicodeStream {
 public:
  /// `encoding` is a name that ICU knows.
  explicit UnicodeStream(const char* encoding);

  /// Valid until the next call. `last` says that no block follows.
  std::string_view decode(std::string_view block, bool last);

 private:
  struct Closer {
    void operator()(UConverter* converter) const { ucnv_close(converter); }
  };
  std::unique_ptr<UConverter, Closer> from_, to_;
  std::vector<UChar> pivot_;
  UChar *pivot_read_ = nullptr, *pivot_write_ = nullptr;
  bool started_ = false;
  std::string out_;
};

}  // namespace dateline
