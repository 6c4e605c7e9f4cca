// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

namespace dateline {

/// What this program makes of words, as 32 hexadecimal digits: another one means other words,
/// folded words or stems. It is the digest of analyser_version, of the version of ICU's tables of
/// characters, and of what becomes of a text in every language that has a stemmer, and of marks and
/// scripts besides, so that an upgrade of Xapian or ICU shows. Reckoned once, in about a
/// millisecond; thread-safe.
const std::string& analyser_fingerprint();

/// The versions of what the fingerprint is of: where they are the same, so is it. Quick.
std::string analyser_versions();

}  // namespace dateline
