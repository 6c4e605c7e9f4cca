// SPDX-License-Identifier: GPL-3.0-or-later
#include "corpus/containers/archive_stream.h"

#include <fmt/format.h>
#include <locale.h>

#include <cstdio>
#include <new>
#include <utility>

namespace dateline {
namespace {

/// libarchive turns names into the locale's encoding, and drops what does not fit: for as long as
/// this lives, this thread's is UTF-8.
class Utf8Names {
 public:
  Utf8Names() : before_(::uselocale(utf8())) {}
  ~Utf8Names() { ::uselocale(before_); }
  Utf8Names(const Utf8Names&) = delete;
  Utf8Names& operator=(const Utf8Names&) = delete;

 private:
  /// Null, which changes nothing, where the system has no such locale.
  static locale_t utf8() {
    static const locale_t locale = ::newlocale(LC_CTYPE_MASK, "C.UTF-8", nullptr);
    return locale;
  }

  locale_t before_;
};

std::string path_of(archive_entry* entry) {
  const char* path = archive_entry_pathname(entry);
  if (!path) path = archive_entry_pathname_utf8(entry);
  return path ? path : "";
}

}  // namespace

ArchiveStream::ArchiveStream(std::unique_ptr<RawBytes> bytes)
    : bytes_(std::move(bytes)), archive_(archive_read_new()) {
  open();
}

ArchiveStream::ArchiveStream(std::unique_ptr<SeekableBytes> bytes)
    : seekable_(bytes.get()), archive_(archive_read_new()) {
  bytes_ = std::move(bytes);
  open();
}

void ArchiveStream::open() {
  if (!archive_) throw std::bad_alloc();
  archive_read_support_format_tar(archive_.get());
  archive_read_support_format_zip(archive_.get());
  archive_read_set_read_callback(archive_.get(), on_read);
  if (seekable_) archive_read_set_seek_callback(archive_.get(), on_seek);
  archive_read_set_callback_data(archive_.get(), this);
  check(archive_read_open1(archive_.get()));
}

/// libarchive calls it through C, so nothing may be thrown out of it: check() throws it instead.
la_ssize_t ArchiveStream::on_read(archive*, void* self, const void** data) noexcept {
  auto* stream = static_cast<ArchiveStream*>(self);
  try {
    const std::string_view block = stream->bytes_->next();
    stream->position_ += block.size();
    *data = block.data();
    return static_cast<la_ssize_t>(block.size());
  } catch (...) {
    stream->problem_ = std::current_exception();
    return ARCHIVE_FATAL;
  }
}

la_int64_t ArchiveStream::on_seek(archive*, void* self, la_int64_t offset, int from) noexcept {
  auto* stream = static_cast<ArchiveStream*>(self);
  try {
    la_int64_t target = offset;
    if (from == SEEK_CUR) target += static_cast<la_int64_t>(stream->position_);
    if (from == SEEK_END) target += static_cast<la_int64_t>(stream->seekable_->size());
    if (target < 0) return ARCHIVE_FATAL;
    stream->seekable_->seek(static_cast<std::uint64_t>(target));
    stream->position_ = static_cast<std::uint64_t>(target);
    return target;
  } catch (...) {
    stream->problem_ = std::current_exception();
    return ARCHIVE_FATAL;
  }
}

bool ArchiveStream::next(ArchiveMember& member) {
  const Utf8Names names;
  archive_entry* entry = nullptr;
  const int status = archive_read_next_header(archive_.get(), &entry);
  if (status == ARCHIVE_EOF) return false;
  check(status);
  member.path = path_of(entry);
  member.is_file = archive_entry_filetype(entry) == AE_IFREG && !archive_entry_hardlink(entry);
  member.encrypted = archive_entry_is_encrypted(entry) != 0;
  return true;
}

std::string_view ArchiveStream::read() {
  const void* data = nullptr;
  std::size_t size = 0;
  la_int64_t offset = 0;  // of a sparse file: its holes are left out
  int status = ARCHIVE_OK;
  while (size == 0) {
    status = archive_read_data_block(archive_.get(), &data, &size, &offset);
    if (status == ARCHIVE_EOF) return {};
    check(status);
  }
  return {static_cast<const char*>(data), size};
}

void ArchiveStream::check(int status) {
  if (problem_) std::rethrow_exception(std::exchange(problem_, nullptr));
  if (status == ARCHIVE_OK || status == ARCHIVE_WARN) return;
  const char* why = archive_error_string(archive_.get());
  throw Unreadable(fmt::format("cannot be read to its end: {}", why ? why : "damaged"));
}

}  // namespace dateline
