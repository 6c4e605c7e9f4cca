// SPDX-License-Identifier: GPL-3.0-or-later
#include "corpus/reader.h"

#include <fmt/format.h>

#include <utility>

#include "corpus/bytes/byte_source.h"
#include "corpus/formats/assembly.h"
#include "corpus/formats/format.h"
#include "corpus/formats/json_articles.h"
#include "corpus/formats/text_article.h"
#include "corpus/metadata/metadata_table.h"

namespace dateline {
namespace {

void read_content(const FileInHand& in) {
  ByteSource source(in.file.path, ByteLimits{.expanded_bytes = in.options.max_expanded_bytes});
  const std::string_view start = source.peek();
  if (start.empty()) throw Unreadable("empty");
  const FormatChoice choice = choose_format(in.file.path, start);
  switch (choice.format) {
    case Format::text:
      read_text_article(in, source);
      return;
    case Format::json:
      read_json_document(in, source);
      return;
    case Format::json_lines:
      read_json_lines(in, source);
      return;
    case Format::unread:
      throw Unreadable(fmt::format("format not read: {}", choice.unread_name));
  }
}

}  // namespace

struct ArticleReader::Parts {
  explicit Parts(ReadOptions&& given) : options(std::move(given)), names(options.field_names) {}

  ReadOptions options;
  FieldNames names;
  MetadataTables tables{names};
};

ArticleReader::ArticleReader(ReadOptions options)
    : parts_(std::make_unique<Parts>(std::move(options))) {}

ArticleReader::~ArticleReader() = default;

void ArticleReader::read(const SourceFile& file, ArticleSink& sink) const {
  FileInHand in{file, parts_->options, parts_->names, nullptr, {}, sink};
  if (!file.sidecar.empty()) {
    const auto& loaded = parts_->tables.at(file.sidecar);
    in.table_row = loaded.table ? loaded.table->find(file.path) : nullptr;
    in.table_problem = loaded.problem;
  }
  try {
    read_content(in);
  } catch (const Unreadable& problem) {
    sink.refused("", problem.what());
  }
}

}  // namespace dateline
