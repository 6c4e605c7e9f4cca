// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "indexer/entities/model/document.h"

namespace dateline::ner {

/// What is true of a token and may tell its tag, each fact as a hash. The same facts in training
/// and in use: a change here needs a new model.
void find_features(const Document& document, const Part& part, std::size_t token,
                   std::vector<std::uint64_t>& features);

}  // namespace dateline::ner
