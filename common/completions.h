// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "common/options.h"

namespace dateline {

/// The shells that completions() knows, with spaces in between: the choices of --completions.
inline constexpr std::string_view completion_shells = "bash zsh fish";

/// A script that has `shell` complete the program's options and their values.
/// REQUIRES: `shell` is one of completion_shells.
std::string completions(std::string_view shell, std::span<const OptionRow> rows,
                        const ProgramText& program);

}  // namespace dateline
