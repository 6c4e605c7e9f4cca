// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace dateline::bench {

/// An article as every engine indexes it: what dateline-index read out of the files.
struct Document {
  std::string id;
  std::string date;  ///< "2019-03-17"; "" unknown
  std::string source;
  std::vector<std::string> entities;  ///< whom and what it is about
  std::string title;
  std::string text;  ///< one line
};

/// A line of TSV without its end: the fields in their order, entities separated by '|'.
std::string write_document(const Document& document);

/// Calls `use` for each line of a file of documents. Throws std::runtime_error where it cannot be
/// read.
void for_each_document(const std::string& path, const std::function<void(const Document&)>& use);

}  // namespace dateline::bench
