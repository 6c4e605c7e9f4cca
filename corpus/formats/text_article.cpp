// SPDX-License-Identifier: GPL-3.0-or-later
#include "corpus/formats/text_article.h"

#include <utility>

#include "corpus/bytes/encoding.h"
#include "corpus/formats/front_matter.h"

namespace dateline {

void read_text_article(const FileInHand& in, ByteSource& source) {
  Decoded decoded = to_utf8(read_to_end(source, in.options.max_record_bytes));
  RawRecord record;
  if (auto note = describe_assumption(decoded); !note.empty())
    record.article.notes.push_back(std::move(note));
  const std::string text = clean_text(std::move(decoded.text));
  FrontMatter front = read_front_matter(text, in.names);
  record.values = std::move(front.values);
  if (!front.problem.empty()) record.article.notes.push_back(std::move(front.problem));
  const std::string stated = clean_text(record.values.text(Field::body, "\n\n"));
  if (stated.empty())
    hand_over_text(in, std::move(record), front.rest);
  else
    hand_over_text(in, std::move(record), stated + "\n\n" + std::string(front.rest));
}

}  // namespace dateline
