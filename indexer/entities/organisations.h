// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <string>
#include <unordered_map>
#include <vector>

#include "indexer/entities/forms.h"

namespace dateline::ner {

/// Which fuller name of the article the short name of an organisation or a place stands for.
class Organisations {
 public:
  /// `shown`: by form, the name as it is to be shown. All three must outlive this.
  Organisations(const Gazetteer& gazetteer, const ArticleText& text, const Forms& all,
                const std::vector<std::string>& shown);

  /// The form under which the organisation or place at a use is counted.
  std::size_t form_of(std::size_t use) const;

 private:
  void note(std::size_t use);
  void note_abbreviation(std::size_t use);
  bool explains(std::size_t full, std::size_t acronym, bool sure) const;
  bool stands_in_brackets(const Use& name, const Use& acronym) const;
  bool opens_line(const Use& use) const;
  std::size_t abbreviated_by(std::size_t form) const;
  std::size_t legal_leader(std::size_t form) const;
  std::size_t shortened(std::size_t use) const;
  std::size_t ending_with(std::size_t use, std::string_view end) const;
  std::size_t beginning_with(std::size_t use) const;
  bool is_fuller(std::size_t form, std::size_t full) const;
  std::string_view name_of(std::size_t form) const;
  std::string_view before(std::size_t use) const;

  const Gazetteer& gazetteer_;
  const ArticleText& text_;
  const Forms& all_;
  const std::vector<std::string>& shown_;
  std::unordered_map<std::string, std::size_t> by_initials_;
  std::unordered_map<std::size_t, std::size_t> abbreviations_;   ///< as the article explains them
  std::unordered_map<std::uint64_t, std::size_t> by_bare_name_;  ///< without the legal form
  UsesByWord by_first_word_;
  UsesByWord by_last_word_;
};

}  // namespace dateline::ner
