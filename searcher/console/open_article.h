// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

#include "searcher/engine/request.h"

namespace dateline {

/// Opens the article's web address in $BROWSER (a command, in which %s stands for the address),
/// else with xdg-open. False where there is no web address or no browser takes it.
bool open_in_browser(const Article& article);

}  // namespace dateline
