// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <archive.h>
#include <archive_entry.h>

#include <cstdint>
#include <exception>
#include <memory>
#include <string>
#include <string_view>

#include "corpus/bytes/byte_source.h"

namespace dateline {

/// What an archive says of one of its members.
struct ArchiveMember {
  std::string path;      ///< as it stands in the archive: a label, never to be opened
  bool is_file = false;  ///< not a folder, a link or a device
  bool encrypted = false;
};

/// The members of a tar or zip archive, in its order. Nothing is written anywhere. One thread.
class ArchiveStream {
 public:
  /// Throws Unreadable where it is no such archive.
  explicit ArchiveStream(std::unique_ptr<RawBytes> bytes);
  /// The same where it can be sought in: a zip archive is read by its directory.
  explicit ArchiveStream(std::unique_ptr<SeekableBytes> bytes);
  ArchiveStream(const ArchiveStream&) = delete;
  ArchiveStream& operator=(const ArchiveStream&) = delete;

  /// False at the end. Throws Unreadable where the archive is damaged.
  bool next(ArchiveMember& member);
  /// The next bytes of the member at hand; empty at its end. Throws Unreadable.
  std::string_view read();

 private:
  struct Closer {
    void operator()(archive* a) const { archive_read_free(a); }
  };
  static la_ssize_t on_read(archive*, void* self, const void** data) noexcept;
  static la_int64_t on_seek(archive*, void* self, la_int64_t offset, int from) noexcept;
  void open();
  void check(int status);

  std::unique_ptr<RawBytes> bytes_;
  SeekableBytes* seekable_ = nullptr;  ///< `bytes_`, if it is
  std::uint64_t position_ = 0;
  std::exception_ptr problem_;  ///< thrown while libarchive read
  std::unique_ptr<archive, Closer> archive_;
};

}  // namespace dateline
