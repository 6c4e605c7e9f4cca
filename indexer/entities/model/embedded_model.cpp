// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/entities/model/model.h"

// The model becomes part of the program as it is: as text for the compiler it would take minutes.
// DATELINE_MODEL is the path of recogniser.model.
asm(".section .rodata\n"
    ".balign 16\n"
    "dateline_model_begin:\n"
    ".incbin \"" DATELINE_MODEL
    "\"\n"
    "dateline_model_end:\n"
    ".byte 0\n"
    ".previous\n");

extern "C" {
extern const char model_begin[] asm("dateline_model_begin");
extern const char model_end[] asm("dateline_model_end");
}

namespace dateline::ner {

const Model& Model::built_in() {
  static const Model model(
      std::string_view(model_begin, static_cast<std::size_t>(model_end - model_begin)));
  return model;
}

}  // namespace dateline::ner
