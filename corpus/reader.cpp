// SPDX-License-Identifier: GPL-3.0-or-later
#include "corpus/reader.h"

#include <utility>

#include "corpus/bytes/byte_source.h"
#include "corpus/formats/assembly.h"
#include "corpus/formats/content.h"
#include "corpus/metadata/metadata_table.h"
#include "corpus/metadata/outlets.h"

namespace dateline {
namespace {

ByteLimits limits_of(const ReadOptions& options) {
  return {.expanded_bytes = options.max_expanded_bytes,
          .expansion_ratio = options.max_expansion_ratio};
}

}  // namespace

struct ArticleReader::Parts {
  explicit Parts(ReadOptions&& given)
      : options(std::move(given)), names(options.field_names), outlets(options.outlets) {}

  ReadOptions options;
  FieldNames names;
  OutletNames outlets;
  MetadataTables tables{names};
};

ArticleReader::ArticleReader(ReadOptions options)
    : parts_(std::make_unique<Parts>(std::move(options))) {}

ArticleReader::~ArticleReader() = default;

void ArticleReader::read(const SourceFile& file, ArticleSink& sink) const {
  try {
    read(file, open_file(file.path), sink);
  } catch (const ReadFailure& problem) {
    sink.unreadable(problem.what());
  } catch (const Unreadable& problem) {
    sink.refused("", problem.what());
  }
}

void ArticleReader::read(const SourceFile& file, std::unique_ptr<RawBytes> bytes,
                         ArticleSink& sink) const {
  const std::string name = file.path.filename().string();
  ByteBudget budget(limits_of(parts_->options));
  FileInHand in{file, parts_->options, parts_->names, parts_->outlets, nullptr, {},
                sink, budget,          name};
  try {
    if (!file.sidecar.empty()) {
      const auto& loaded = parts_->tables.at(file.sidecar);
      in.table_row = loaded.table ? loaded.table->find(file.path) : nullptr;
      in.table_problem = loaded.problem;
    }
    ByteSource source(std::move(bytes), budget, 0);
    read_content(in, source);
  } catch (const ReadFailure& problem) {
    sink.unreadable(problem.what());
  } catch (const Unreadable& problem) {
    sink.refused("", problem.what());
  }
}

}  // namespace dateline
