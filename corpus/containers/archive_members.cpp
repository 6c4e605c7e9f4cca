// SPDX-License-Identifier: GPL-3.0-or-later
#include "corpus/containers/archive_members.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "corpus/containers/archive_depth.h"
#include "corpus/containers/archive_stream.h"
#include "corpus/containers/prefixing_sink.h"
#include "corpus/formats/content.h"
#include "corpus/left_out.h"
#include "corpus/metadata/metadata_table.h"

namespace dateline {
namespace {

constexpr std::size_t longest_name = 4096;  // bytes of a member's path that are kept
constexpr std::string_view zip_signature = "PK\x03\x04";

/// What is left of a source, as it comes.
class RestOfSource : public RawBytes {
 public:
  explicit RestOfSource(ByteSource& source) : source_(source) {}
  std::string_view next() override { return source_.next(); }

 private:
  ByteSource& source_;
};

/// A file whose packed bytes count once, however often they are read.
class CountedFile : public SeekableBytes {
 public:
  CountedFile(std::unique_ptr<SeekableBytes> file, ByteBudget& budget)
      : file_(std::move(file)), budget_(budget) {}

  std::string_view next() override {
    const std::string_view block = file_->next();
    read_ += block.size();
    budget_.note_packed(std::min(read_, file_->size()));
    return block;
  }
  std::uint64_t size() const override { return file_->size(); }
  void seek(std::uint64_t offset) override { file_->seek(offset); }

 private:
  std::unique_ptr<SeekableBytes> file_;
  ByteBudget& budget_;
  std::uint64_t read_ = 0;
};

class MemberBytes : public RawBytes {
 public:
  explicit MemberBytes(ArchiveStream& archive) : archive_(archive) {}
  std::string_view next() override { return archive_.read(); }

 private:
  ArchiveStream& archive_;
};

/// The file itself, where it is a zip archive that is packed in nothing else.
std::unique_ptr<SeekableBytes> zip_file(const FileInHand& in, ByteSource& source) {
  if (in.depth > 0 || !in.file.path.is_absolute()) return nullptr;
  if (!source.peek().starts_with(zip_signature)) return nullptr;
  auto file = open_file(in.file.path);
  if (!file->next().starts_with(zip_signature)) return nullptr;
  file->seek(0);
  return std::make_unique<CountedFile>(std::move(file), in.budget);
}

std::unique_ptr<ArchiveStream> open_archive(const FileInHand& in, ByteSource& source) {
  if (auto file = zip_file(in, source)) return std::make_unique<ArchiveStream>(std::move(file));
  return std::make_unique<ArchiveStream>(
      std::unique_ptr<RawBytes>(std::make_unique<RestOfSource>(source)));
}

std::string_view without_dot_folder(std::string_view path) {
  while (path.starts_with("./")) path.remove_prefix(2);
  return path;
}

/// Whether the member, or a folder that it lies in, is left out of article sets.
bool lies_left_out(std::string_view path) {
  while (!path.empty()) {
    const auto end = std::min(path.find('/'), path.size());
    if (is_left_out(path.substr(0, end))) return true;
    path.remove_prefix(std::min(end + 1, path.size()));
  }
  return false;
}

class MembersReader {
 public:
  MembersReader(const FileInHand& in, ByteSource& source)
      : in_(in), archive_(open_archive(in, source)) {}

  void read() {
    ArchiveMember member;
    while (archive_->next(member)) {
      if (++count_ > in_.options.max_members)
        throw Unreadable(
            fmt::format("more than {} members; read up to there", in_.options.max_members));
      if (member.is_file && !lies_left_out(member.path)) read_member(member);
      if (in_.budget.passed()) return;
    }
  }

 private:
  void read_member(const ArchiveMember& member) {
    const std::string path = label_of(without_dot_folder(member.path).substr(0, longest_name));
    PrefixingSink sink(in_.sink, names_, path, fmt::format("member {}", count_));
    try {
      if (member.encrypted) throw Unreadable("encrypted");
      read_bytes(path, sink);
    } catch (const ReadFailure&) {
      throw;
    } catch (const Unreadable& problem) {
      sink.refused("", problem.what());
    }
  }

  void read_bytes(const std::string& path, ArticleSink& sink) {
    SourceFile file = in_.file;
    file.relative += '/' + path;
    const std::string name = path.substr(path.rfind('/') + 1);
    const auto layer = static_cast<std::size_t>(in_.depth) + 1;
    ByteSource source(std::make_unique<MemberBytes>(*archive_), in_.budget, layer);
    if (is_metadata_table(name, source.peek(), in_.names))
      throw Unreadable("a metadata table in an archive is not read");
    read_content({file,
                  in_.options,
                  in_.names,
                  in_.outlets,
                  in_.table_row,
                  in_.table_problem,
                  sink,
                  in_.budget,
                  name,
                  {},
                  {},
                  in_.depth + 1},
                 source);
  }

  const FileInHand& in_;
  std::unique_ptr<ArchiveStream> archive_;
  RecordNames names_;
  std::uint64_t count_ = 0;
};

}  // namespace

void read_archive_members(const FileInHand& in, ByteSource& source) {
  check_archive_depth(in);
  MembersReader(in, source).read();
}

}  // namespace dateline
