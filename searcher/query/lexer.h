// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

#include "searcher/query/operators.h"
#include "searcher/query/query_text.h"

namespace dateline {

enum class TokenKind {
  word,     ///< what stands between spaces and parentheses; a value after a field about articles
  phrase,   ///< what stands between quotation marks
  open,     ///< (
  close,    ///< )
  exclude,  ///< - or NOT
  both,     ///< AND
  either,   ///< OR
  infix,    ///< NEAR/5 and its like
  prefix,   ///< ATLEAST/3, FIRST/50
  field,    ///< title:
  boost,    ///< ^2
  end,
};

struct Token {
  TokenKind kind = TokenKind::end;
  std::string_view text;  ///< as written; of a phrase what its quotation marks enclose
  std::size_t at = 0;     ///< byte of the query
  bool joined = false;    ///< no space between the token before and this one
  Operator op;            ///< of infix and prefix
};

/// The tokens of a query, the last of which is `end`; punctuation between words is left out.
/// Refuses unknown fields, quotation marks without a second one, and operators of other languages.
std::vector<Token> read_tokens(std::string_view query);

}  // namespace dateline
