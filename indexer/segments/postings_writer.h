// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <xapian.h>

#include <cstdint>
#include <filesystem>
#include <string>

#include "indexer/segments/analyse.h"

namespace dateline {

/// Writes articles, as they are stored and by their words, into a new Xapian database, in a folder
/// that need not be there yet: the first is document 1. One thread. Not durable: a crash leaves the
/// database worthless. Throws Xapian::Error when it cannot be written.
class PostingsWriter {
 public:
  explicit PostingsWriter(const std::filesystem::path& database);

  void add(const AnalysedText& text, const std::string& stored);
  void finish();

 private:
  Xapian::WritableDatabase database_;
  std::uint32_t unflushed_ = 0;
};

}  // namespace dateline
