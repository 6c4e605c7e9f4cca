// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <span>

#include "common/options.h"

namespace dateline {

/// The options of dateline-index: parser, --help and man page are made from them.
std::span<const OptionRow> index_options();
const ProgramText& index_program();

}  // namespace dateline
