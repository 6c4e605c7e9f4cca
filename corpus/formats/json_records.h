// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "corpus/bytes/byte_source.h"
#include "corpus/bytes/line_reader.h"

namespace dateline {

/// The JSON text of one record, not yet parsed.
struct JsonRecord {
  enum class State {
    whole,     ///< `text` holds it
    too_long,  ///< longer than allowed, and skipped without being stored
    cut_off,   ///< the file ends within it
  };
  std::string text;
  std::uint64_t number = 0;  ///< from 1: of the line, or of the item
  State state = State::whole;
};

/// Cuts a stream into records without holding more than one of them.
class JsonRecords {
 public:
  virtual ~JsonRecords() = default;
  /// False at the end. Throws Unreadable as ByteSource does. Keeps the capacity of `record.text`.
  virtual bool next(JsonRecord& record) = 0;
  /// "line" or "item": what `JsonRecord::number` counts.
  virtual std::string_view unit() const = 0;
};

/// JSON Lines; blank lines count and are passed over.
class JsonLines : public JsonRecords {
 public:
  JsonLines(ByteSource& source, std::uint64_t longest) : lines_(source, longest) {}
  bool next(JsonRecord& record) override;
  std::string_view unit() const override { return "line"; }

 private:
  LineReader lines_;
  Line line_;
};

/// The elements of a stream that is an array or several, or the values of one that is a sequence of
/// values. Looks at brackets and strings only; whether a record is sound is for the parser to say.
class JsonItems : public JsonRecords {
 public:
  JsonItems(ByteSource& source, std::uint64_t longest) : source_(source), longest_(longest) {}
  bool next(JsonRecord& record) override;
  std::string_view unit() const override { return "item"; }
  /// Known once next() was called.
  bool in_array() const { return in_array_; }
  /// Whether an array has no end; to be asked at the end.
  bool in_open_array() const { return open_; }

 private:
  bool fill();
  bool find_start();
  void take(JsonRecord& record, std::size_t bytes);
  bool take_to_end(JsonRecord& record);

  ByteSource& source_;
  std::uint64_t longest_;
  std::uint64_t number_ = 0;
  std::string_view block_;
  bool started_ = false, in_array_ = false, open_ = false;
};

}  // namespace dateline
