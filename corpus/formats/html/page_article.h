// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

#include "common/article.h"
#include "corpus/formats/html/statements.h"
#include "corpus/metadata/outlets.h"

namespace dateline {

/// All that a page states of its article, by where it states it.
struct PageStatements {
  Statements json_ld;
  Statements meta_tags;
  Statements microdata;
  Statements visible;
  std::string_view address;  ///< where the page was got from; "" where nobody knows
};

/// The article that the statements are about, without its body: for each field the most trusted
/// statement that can be used. A statement that cannot, such as a date after `latest`, is noted.
Article article_of(const PageStatements& stated, const OutletNames& outlets, Day latest);

}  // namespace dateline
