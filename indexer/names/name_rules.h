// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "common/entity.h"
#include "common/index/layout.h"

namespace dateline {

/// What a user's aliases.tsv and gazetteer.tsv say (docs/entities.md). Names are compared by
/// fold_name(); those to be shown are as written. Nothing contradicts: see parse_name_rules().
struct NameRules {
  using Key = std::pair<EntityType, std::string>;  ///< type and folded name

  struct AddedName {
    EntityType type = EntityType::person;
    std::string name;
  };

  std::map<Key, std::string> merges;  ///< to the name at the end of the chain
  std::set<Key> splits;
  std::map<Key, std::string> renames;
  std::map<std::string, EntityType> forced;  ///< by folded name; added names are forced, too
  std::set<Key> forbidden;
  std::vector<AddedName> added;  ///< in order of key
  std::string aliases_digest;    ///< as Manifest::aliases
  std::string gazetteer_digest;

  bool empty() const {
    return merges.empty() && splits.empty() && renames.empty() && forced.empty() &&
           forbidden.empty();
  }
};

/// A file's text and the name that errors give it.
struct RuleFile {
  std::string name;
  std::optional<std::string> text;  ///< none: there is no file
};

/// Throws Error(usage) with file and line for what cannot be understood: an unknown action or type,
/// a missing or surplus column, a name without letters or with control characters, and lines that
/// contradict each other, in either file. The order of lines makes no difference.
NameRules parse_name_rules(const RuleFile& aliases, const RuleFile& gazetteer);

/// The rules that stand in the index directory. Throws also Error(system_failure) for a file that
/// cannot be read.
NameRules read_name_rules(const IndexLayout& layout);

}  // namespace dateline
