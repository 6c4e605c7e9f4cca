// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string_view>
#include <unordered_set>

namespace dateline {

/// Paragraphs that are furniture as a whole; in words as fold_words() leaves them.
const std::unordered_set<std::string_view>& furniture_lines();
/// Paragraphs, as fold_words() leaves them, after which nothing of the story follows.
const std::unordered_set<std::string_view>& comment_prompts();
/// What stands before the colon of a line that links elsewhere or credits.
const std::unordered_set<std::string_view>& furniture_labels();
/// What stands before the colon of a line that credits an image.
const std::unordered_set<std::string_view>& image_labels();

}  // namespace dateline
