// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "corpus/bytes/byte_source.h"

namespace dateline {

/// The markup of one record, not yet decoded.
struct SgmlRecord {
  enum class State {
    whole,     ///< `text` holds it, from its start tag to before its end tag
    too_long,  ///< longer than allowed, and skipped without being stored
    cut_off,   ///< the file ends within it
  };
  std::string text;
  std::uint64_t number = 0;  ///< from 1
  State state = State::whole;
};

/// Cuts a stream into its <REUTERS> or <DOC> elements without holding more than one of them. A
/// record whose end tag is missing ends where the next begins.
class SgmlRecords {
 public:
  SgmlRecords(ByteSource& source, std::uint64_t longest) : source_(source), longest_(longest) {}
  /// False at the end. Throws Unreadable as ByteSource does. Keeps the capacity of `record.text`.
  bool next(SgmlRecord& record);

 private:
  bool fill(std::size_t least);
  bool find_start();
  void take(SgmlRecord& record, std::size_t bytes);
  bool take_to_end(SgmlRecord& record);

  ByteSource& source_;
  std::uint64_t longest_;
  std::uint64_t number_ = 0;
  std::string buffer_;
  std::size_t at_ = 0;
};

/// The elements that say something to us; <P> and <D> belong to the element around them.
enum class SgmlElement : std::uint8_t {
  record,
  ignored,  ///< whose text is for machines
  id,
  title,
  date,
  dateline,
  author,
  source,
  text,
  body,
  topics,
  places,
  people,
  orgs,
  exchanges,
  companies,
};

/// A piece of text directly within an element.
struct SgmlText {
  SgmlElement element = SgmlElement::record;
  bool starts = false;    ///< the first piece since the element, or a <P> or <D> in it, began
  std::string_view text;  ///< with its character references
};

/// The pieces of a record in order, none empty. Tags that are not known are left out, tags that are
/// not closed end with the element around them. Bounded depth, linear time.
std::vector<SgmlText> sgml_texts(std::string_view record);

/// The value of an attribute of the tag that `record` begins with; "" where there is none.
std::string_view sgml_attribute(std::string_view record, std::string_view name);

/// Character references replaced, those to control characters other than tab and line end left out.
std::string decode_sgml(std::string_view text);

}  // namespace dateline
