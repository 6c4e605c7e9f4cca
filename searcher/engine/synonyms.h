// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "searcher/query/syntax.h"

namespace dateline {

/// Names and words that mean the same in a query. Immutable; thread-safe.
class Synonyms {
 public:
  using Groups = std::vector<std::vector<std::string>>;
  Synonyms(const Groups& of_index, const Groups& of_user);

  /// Whether an index holds a word.
  using IsKnown = std::function<bool(const std::string& word)>;

  /// Lets each word and each row of words that is in a group match by the others of the group, too,
  /// as far as the index knows them; what stands in quotation marks is left as it is. Adds to
  /// `notes` what was done: "kiev: also kyiv".
  void apply(QueryNode& query, const IsKnown& is_known, std::vector<std::string>& notes) const;

 private:
  /// A form as its words without accents, one space between two.
  using Form = std::string;
  void add(const Groups& groups);
  /// One query being widened.
  class Widening;
  std::vector<Form> others_of(const Form& form) const;

  std::vector<std::vector<Form>> groups_;
  std::map<Form, std::vector<std::size_t>, std::less<>> groups_of_;
  std::size_t longest_ = 1;  ///< words of the longest form
};

}  // namespace dateline
