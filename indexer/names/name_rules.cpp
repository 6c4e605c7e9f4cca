// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/names/name_rules.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <filesystem>

#include "common/error.h"
#include "common/file_io.h"
#include "common/hash.h"
#include "common/text/tokenizer.h"
#include "common/text/unicode.h"

namespace dateline {
namespace {

constexpr std::uint64_t max_file_bytes = 64U << 20;
constexpr std::size_t max_name_bytes = 300;
constexpr std::string_view any_type = "any";

enum class RuleFileKind { aliases, gazetteer };
enum class Action { merge, split, rename, add, force, forbid };

struct ActionForm {
  Action action;
  std::string_view name;
  RuleFileKind file;
  std::size_t columns;  ///< with the action and the type
  std::size_t optional;
  std::string_view form;
};
constexpr std::array forms{
    ActionForm{Action::merge, "merge", RuleFileKind::aliases, 4, 0,
               "merge<TAB>TYPE<TAB>NAME<TAB>INTO"},
    ActionForm{Action::split, "split", RuleFileKind::aliases, 3, 0, "split<TAB>TYPE<TAB>NAME"},
    ActionForm{Action::rename, "rename", RuleFileKind::aliases, 4, 0,
               "rename<TAB>TYPE<TAB>NAME<TAB>SHOWN"},
    ActionForm{Action::add, "add", RuleFileKind::gazetteer, 3, 1,
               "add<TAB>TYPE<TAB>NAME[<TAB>SHOWN]"},
    ActionForm{Action::force, "force", RuleFileKind::gazetteer, 3, 0, "force<TAB>TYPE<TAB>NAME"},
    ActionForm{Action::forbid, "forbid", RuleFileKind::gazetteer, 3, 0, "forbid<TAB>TYPE<TAB>NAME"},
};

std::string forms_of(RuleFileKind file) {
  std::string text;
  for (const auto& form : forms) {
    if (form.file != file) continue;
    if (!text.empty()) text += ", or ";
    text += form.form;
  }
  return text;
}

/// What one line says of one name, and where it stands.
struct Statement {
  std::string value;  ///< the other name; "" where the action has none
  std::string place;
  std::size_t order = 0;  ///< among all lines of both files
};
using Key = NameRules::Key;
using Statements = std::map<Key, Statement>;

[[noreturn]] void refuse(const std::string& place, const std::string& cause,
                         const std::string& remedy) {
  throw Error(ExitCode::usage, fmt::format("{}: {}", place, cause), remedy);
}

std::string shown(const Key& key) { return fmt::format("{} '{}'", name_of(key.first), key.second); }

std::vector<std::string_view> columns_of(std::string_view line) {
  std::vector<std::string_view> columns;
  while (true) {
    const auto tab = line.find('\t');
    columns.push_back(line.substr(0, tab));
    if (tab == std::string_view::npos) return columns;
    line.remove_prefix(tab + 1);
  }
}

class RuleParser {
 public:
  void read(const RuleFile& file, RuleFileKind kind) {
    if (!file.text) return;
    std::string_view rest = *file.text;
    constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";
    if (rest.starts_with(byte_order_mark)) rest.remove_prefix(byte_order_mark.size());
    for (std::size_t number = 1; !rest.empty(); ++number) {
      const auto end = std::min(rest.find('\n'), rest.size());
      auto line = rest.substr(0, end);
      rest.remove_prefix(std::min(end + 1, rest.size()));
      if (line.ends_with('\r')) line.remove_suffix(1);
      place_ = fmt::format("{}:{}", printable(file.name), number);
      ++order_;
      if (line.find_first_not_of(" \t") == std::string_view::npos || line.front() == '#') continue;
      read_line(line, kind);
    }
  }

  NameRules rules() const {
    check_contradictions();
    NameRules rules;
    rules.merges = ends_of_merges();
    for (const auto& [key, rename] : renames_) rules.renames[key] = rename.value;
    for (const auto& [key, split] : splits_) rules.splits.insert(key);
    for (const auto& [key, forbid] : forbidden_) rules.forbidden.insert(key);
    for (const auto& [key, force] : forced_) rules.forced[key.second] = key.first;
    for (const auto& [key, add] : added_) {
      rules.forced[key.second] = key.first;
      rules.added.push_back({key.first, add.value});
    }
    return rules;
  }

 private:
  void read_line(std::string_view line, RuleFileKind kind) {
    const auto columns = columns_of(line);
    const auto form = std::ranges::find(forms, columns[0], &ActionForm::name);
    if (form == forms.end() || form->file != kind) refuse_action(columns[0], form != forms.end());
    if (columns.size() < form->columns || columns.size() > form->columns + form->optional) {
      refuse(place_,
             fmt::format("{} columns stand where '{}' has {}{}", columns.size(), form->name,
                         form->columns,
                         form->optional > 0 ? fmt::format(" or {}", form->columns + 1) : ""),
             fmt::format("write {}, with tabs between", form->form));
    }
    const auto name = name_in(columns[2]);
    const auto other = columns.size() > 3 ? name_in(columns[3]) : std::string();
    for (const auto type : types_in(columns[1], *form)) {
      state(form->action, {type, fold_name(name)}, name, other);
    }
  }

  [[noreturn]] void refuse_action(std::string_view action, bool in_other_file) const {
    if (in_other_file) {
      refuse(place_, fmt::format("'{}' belongs into the other file", action),
             "aliases.tsv holds merge, split and rename; gazetteer.tsv add, force and forbid");
    }
    const bool spaced = action.find(' ') != std::string_view::npos;
    refuse(place_, fmt::format("there is no action '{}'", ellipsize(printable(action), 40)),
           spaced ? "put tabs between the columns"
                  : fmt::format("write {}", forms_of(RuleFileKind::aliases)) + ", or, in " +
                        "gazetteer.tsv, " + forms_of(RuleFileKind::gazetteer));
  }

  std::vector<EntityType> types_in(std::string_view column, const ActionForm& form) const {
    if (column == any_type && form.action == Action::forbid) {
      return {all_entity_types.begin(), all_entity_types.end()};
    }
    if (const auto type = entity_type_named(column)) return {*type};
    refuse(place_,
           fmt::format("'{}' has no type '{}'", form.name, ellipsize(printable(column), 40)),
           form.action == Action::forbid ? "give person, org, place or any"
                                         : "give person, org or place");
  }

  /// The name with single spaces. What is let through can be shown anywhere.
  std::string name_in(std::string_view column) const {
    for (std::size_t i = 0; i < column.size();) {
      const auto c = next_code_point(column, i);
      if (is_unprintable(c) || c == U'\uFFFD') {
        refuse(place_, "a name holds a control character or is no UTF-8",
               "write the name as it reads, in UTF-8");
      }
    }
    auto name = printable(column);
    while (name.ends_with(' ')) name.pop_back();
    if (name.starts_with(' ')) name.erase(0, 1);
    if (name.size() > max_name_bytes) {
      refuse(place_, fmt::format("a name is longer than {} bytes", max_name_bytes), "shorten it");
    }
    if (!Tokenizer(name).next()) {
      refuse(place_, "a name is empty or has neither letter nor digit", "write a name");
    }
    return name;
  }

  void state(Action action, const Key& key, const std::string& name, const std::string& other) {
    switch (action) {
      case Action::merge:
        return state_merge(key, other);
      case Action::split:
        return put(splits_, key, "");
      case Action::rename:
        return put(renames_, key, other);
      case Action::add:
        put(added_, key, name);
        if (!other.empty() && fold_name(other) == key.second) return put(renames_, key, other);
        if (!other.empty()) state_merge(key, other);
        return;
      case Action::force:
        return put(forced_, key, "");
      case Action::forbid:
        return put(forbidden_, key, "");
    }
  }

  void state_merge(const Key& key, const std::string& into) {
    if (fold_name(into) == key.second) {
      refuse(place_, fmt::format("{} is merged into itself", shown(key)),
             "write rename to change how a name is shown");
    }
    put(merges_, key, into);
    // Of several spellings one is shown, whatever the order of the lines.
    auto& spelling = spellings_.try_emplace({key.first, fold_name(into)}, into).first->second;
    spelling = std::min(spelling, into);
  }

  void put(Statements& statements, const Key& key, const std::string& value) const {
    const auto [known, is_new] = statements.try_emplace(key, Statement{value, place_, order_});
    if (is_new || known->second.value == value) return;
    if (fold_name(known->second.value) == fold_name(value)) {
      known->second.value = std::min(known->second.value, value);
      return;
    }
    refuse(place_,
           fmt::format("{} becomes '{}' here and '{}' at {}", shown(key), value,
                       known->second.value, known->second.place),
           "leave one of the two lines");
  }

  void check_contradictions() const {
    exclude(merges_, "merged", splits_, "split");
    exclude(merges_, "merged", renames_, "renamed");
    exclude(merges_, "merged", forbidden_, "forbidden");
    exclude(renames_, "renamed", forbidden_, "forbidden");
    exclude(splits_, "split", forbidden_, "forbidden");
    exclude(added_, "added", forbidden_, "forbidden");
    exclude(forced_, "forced", forbidden_, "forbidden");
    for (const auto& [key, merge] : merges_) check_target(key, merge, "merged into");
    for (const auto& [key, rename] : renames_) check_target(key, rename, "renamed to");
    check_types();
  }

  static void exclude(const Statements& some, std::string_view said, const Statements& others,
                      std::string_view contrary) {
    for (const auto& [key, one] : some) {
      const auto other = others.find(key);
      if (other == others.end()) continue;
      const bool one_is_later = one.order > other->second.order;
      const auto& later = one_is_later ? one : other->second;
      const auto& earlier = one_is_later ? other->second : one;
      refuse(later.place,
             fmt::format("{} is {} here and {} at {}", shown(key), one_is_later ? said : contrary,
                         one_is_later ? contrary : said, earlier.place),
             "leave one of the two lines");
    }
  }

  void check_target(const Key& key, const Statement& statement, std::string_view how) const {
    const auto forbidden = forbidden_.find({key.first, fold_name(statement.value)});
    if (forbidden == forbidden_.end()) return;
    refuse(std::max(statement.order, forbidden->second.order) == statement.order
               ? statement.place
               : forbidden->second.place,
           fmt::format("{} is {} a name that is forbidden ({} and {})", shown(key), how,
                       statement.place, forbidden->second.place),
           "leave one of the two lines");
  }

  /// A name that is added or forced has one type.
  void check_types() const {
    std::map<std::string, std::pair<EntityType, Statement>> types;
    for (const auto* statements : {&forced_, &added_}) {
      for (const auto& [key, statement] : *statements) {
        const auto [known, is_new] = types.try_emplace(key.second, key.first, statement);
        const auto& [type, other] = known->second;
        if (is_new || type == key.first) continue;
        const bool is_later = statement.order > other.order;
        refuse(
            is_later ? statement.place : other.place,
            fmt::format("'{}' is a {} here and a {} at {}", key.second,
                        name_of(is_later ? key.first : type), name_of(is_later ? type : key.first),
                        is_later ? other.place : statement.place),
            "leave one of the two lines");
      }
    }
  }

  /// Where every merge leads in the end. Each is followed once, however long the chains.
  std::map<Key, std::string> ends_of_merges() const {
    std::map<Key, std::string> ends;
    for (const auto& [start, merge] : merges_) {
      std::vector<Statements::const_iterator> path;
      std::map<Key, std::size_t> places;  // on the path
      Key at = start;
      for (auto next = merges_.find(at); next != merges_.end() && !ends.contains(at);
           next = merges_.find(at)) {
        const auto [place, is_new] = places.try_emplace(at, path.size());
        if (!is_new)
          refuse_circle({path.begin() + static_cast<std::ptrdiff_t>(place->second), path.end()});
        path.push_back(next);
        at.second = fold_name(next->second.value);
      }
      const auto known = ends.find(at);
      const std::string end = known == ends.end() ? spellings_.at(at) : known->second;
      for (const auto& step : path) ends[step->first] = end;
    }
    return ends;
  }

  [[noreturn]] static void refuse_circle(const std::vector<Statements::const_iterator>& circle) {
    const auto last =
        std::ranges::max_element(circle, {}, [](const auto& step) { return step->second.order; });
    const auto first =
        std::ranges::min_element(circle, {}, [](const auto& step) { return step->first; });
    refuse((*last)->second.place,
           fmt::format("the merges of {} lead back to it", shown((*first)->first)),
           "leave out one of these lines");
  }

  Statements merges_, splits_, renames_, added_, forced_, forbidden_;
  std::map<Key, std::string> spellings_;  ///< of the names merged into
  std::string place_;
  std::size_t order_ = 0;
};

RuleFile rule_file(const std::filesystem::path& path) {
  RuleFile file{path.string(), {}};
  if (!std::filesystem::exists(std::filesystem::symlink_status(path))) return file;
  if (!std::filesystem::is_regular_file(path)) {
    throw Error(ExitCode::usage, fmt::format("'{}' is no file", path.string()),
                "put a table of names there, or nothing");
  }
  file.text = read_file(path, max_file_bytes);
  return file;
}

std::string digest_of(const RuleFile& file) {
  if (!file.text) return "";
  return hexadecimal(digest(*file.text));
}

}  // namespace

NameRules parse_name_rules(const RuleFile& aliases, const RuleFile& gazetteer) {
  RuleParser parser;
  parser.read(aliases, RuleFileKind::aliases);
  parser.read(gazetteer, RuleFileKind::gazetteer);
  auto rules = parser.rules();
  rules.aliases_digest = digest_of(aliases);
  rules.gazetteer_digest = digest_of(gazetteer);
  return rules;
}

NameRules read_name_rules(const IndexLayout& layout) {
  return parse_name_rules(rule_file(layout.aliases()), rule_file(layout.gazetteer()));
}

}  // namespace dateline
