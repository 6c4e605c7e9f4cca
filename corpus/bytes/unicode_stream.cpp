// SPDX-License-Identifier: GPL-3.0-or-later
#include "corpus/bytes/unicode_stream.h"

#include <array>
#include <stdexcept>

namespace dateline {

ByteOrderMark byte_order_mark(std::string_view start) {
  using namespace std::string_view_literals;
  if (start.starts_with("\xEF\xBB\xBF"sv)) return {3, nullptr};
  if (start.starts_with("\xFF\xFE\0\0"sv)) return {4, "UTF-32LE"};
  if (start.starts_with("\0\0\xFE\xFF"sv)) return {4, "UTF-32BE"};
  if (start.starts_with("\xFF\xFE"sv)) return {2, "UTF-16LE"};
  if (start.starts_with("\xFE\xFF"sv)) return {2, "UTF-16BE"};
  return {};
}

UnicodeStream::UnicodeStream(const char* encoding) : pivot_(4096) {
  UErrorCode status = U_ZERO_ERROR;
  from_.reset(ucnv_open(encoding, &status));
  to_.reset(ucnv_open("UTF-8", &status));
  if (U_FAILURE(status)) throw std::invalid_argument("ICU knows no such encoding");
  pivot_read_ = pivot_write_ = pivot_.data();
}

std::string_view UnicodeStream::decode(std::string_view block, bool last) {
  out_.clear();
  std::array<char, 16 << 10> room{};
  const char* source = block.data();
  const char* source_end = source + block.size();
  UErrorCode status = U_BUFFER_OVERFLOW_ERROR;
  while (status == U_BUFFER_OVERFLOW_ERROR) {
    status = U_ZERO_ERROR;
    char* target = room.data();
    ucnv_convertEx(to_.get(), from_.get(), &target, target + room.size(), &source, source_end,
                   pivot_.data(), &pivot_read_, &pivot_write_, pivot_.data() + pivot_.size(),
                   !started_, last, &status);
    started_ = true;
    out_.append(room.data(), target);
  }
  return out_;
}

}  // namespace dateline
