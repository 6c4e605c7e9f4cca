// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <vector>

#include "indexer/entities/model/document.h"
#include "indexer/entities/model/trainer.h"
#include "indexer/entities/model/training_data.h"

namespace dateline::ner {

/// An annotated text cut into sequences.
struct TrainingText {
  std::vector<TrainingSequence> sequences;
  std::size_t names = 0;
  std::size_t out_of_reach = 0;  ///< names whose bounds or tokens the recogniser cannot find
};

/// Cuts a text as the recogniser will. `weight` is that of its sequences; `own`: annotated by our
/// own guide.
TrainingText cut_text(Document& document, const LabelledText& text, float weight, bool own);

}  // namespace dateline::ner
