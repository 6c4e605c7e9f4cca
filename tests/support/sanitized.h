// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace dateline::test {

/// Whether the programs were built with a sanitizer, which takes memory of its own: how much they
/// hold is then not theirs, and cannot be limited.
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr bool sanitized = true;
#elif defined(__has_feature)
constexpr bool sanitized = __has_feature(address_sanitizer) || __has_feature(thread_sanitizer);
#else
constexpr bool sanitized = false;
#endif

}  // namespace dateline::test
