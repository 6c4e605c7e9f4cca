// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

namespace dateline {

/// Shows `text`: longer than the screen on a terminal that a user sits at, through $DATELINE_PAGER,
/// else $PAGER, else less; else, or where the pager fails or `allowed` is false, by writing it to
/// stdout. An empty $DATELINE_PAGER is no pager.
void show_page(const std::string& text, bool allowed);

/// Whether show_page() may hand its text to a pager that does not know hyperlinks.
bool pager_breaks_links(bool allowed);

}  // namespace dateline
