// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "indexer/entities/model/name_lists.h"
#include "indexer/entities/model/training_data.h"

namespace dateline::ner {

/// Where lists of names are read from.
struct ListSources {
  std::filesystem::path first_names;   ///< one a line
  std::filesystem::path surnames;      ///< one a line
  std::filesystem::path cities;        ///< JSON object of objects with "name"
  std::filesystem::path dictionary;    ///< a word a line
  std::filesystem::path subdivisions;  ///< ISO 3166-2 as the Debian package iso-codes has it
  std::filesystem::path languages;     ///< ISO 639-2, likewise
  std::filesystem::path outlets;       ///< corpus/metadata/outlets.tsv
  std::filesystem::path written;       ///< folder of organisations, places, others (.txt)
};

/// All lists, and from the texts the words that stand in names without a capital.
/// Throws std::runtime_error or Error for a source that cannot be read.
std::vector<NameLists::Entry> read_lists(const ListSources& sources,
                                         const std::vector<LabelledText>& texts);

}  // namespace dateline::ner
