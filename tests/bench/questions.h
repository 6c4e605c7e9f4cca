// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <filesystem>
#include <string>
#include <vector>

#include "tests/bench/engines/protocol.h"

namespace dateline::bench {

/// Questions of one kind, whose times belong together.
struct QuestionKind {
  std::string name;
  std::vector<Question> questions;
};

/// `count` of each kind, from the documents' own words: those of one question stand in one
/// document, some of them in a tenth of all, some in few; phrases are words that often stand
/// together. The same for the same documents.
std::vector<QuestionKind> questions_from(const std::filesystem::path& documents, std::size_t count);

/// Those of a file of JSON Lines with "query" in the way of web search: one two, +one +two, "one
/// two". Others are left out.
std::vector<QuestionKind> questions_of_file(const std::filesystem::path& file, std::size_t count);

}  // namespace dateline::bench
