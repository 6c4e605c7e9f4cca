// SPDX-License-Identifier: GPL-3.0-or-later
// make_gazetteer OUT.cpp TABLE.tsv...: compiles the tables of gazetteer/ into C++ source.
// Run by the build. A malformed row stops it with "file:line: what is wrong".
#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <map>
#include <set>
#include <sstream>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "indexer/entities/gazetteer_rows.h"

namespace {

using dateline::gazetteer::word_class_names;

struct Row {
  std::size_t line = 0;
  std::vector<std::string> cells;
};

struct Table {
  std::string file;
  std::vector<Row> rows;
};

struct Name {
  std::string name;
  std::string_view type;  // the enumerator of EntityType
  bool doubtful = false;
};

struct Spelling {
  std::string word;
  bool shown = false;
};

/// What is written out; maps, so that the output depends on the content alone.
struct Gazetteer {
  std::map<std::string, std::set<std::string>> words;              // word -> classes
  std::map<std::pair<std::string, std::string_view>, Name> names;  // (form, type)
  std::map<std::string, Spelling> spellings;
  std::map<std::pair<std::string, std::string>, std::string> aliases;  // (form, type)
  std::set<std::pair<std::string, std::string>> listed;  // words of the word tables, with classes
};

[[noreturn]] void refuse(const Table& table, const Row& row, const std::string& why) {
  throw std::runtime_error(table.file + ":" + std::to_string(row.line) + ": " + why);
}

std::vector<std::string> split(const std::string& text, char separator) {
  std::vector<std::string> parts;
  std::stringstream stream(text);
  for (std::string part; std::getline(stream, part, separator);) parts.push_back(part);
  if (!text.empty() && text.back() == separator) parts.emplace_back();
  return parts;
}

std::string trimmed(const std::string& text) {
  const auto first = text.find_first_not_of(' ');
  if (first == std::string::npos) return {};
  return text.substr(first, text.find_last_not_of(' ') - first + 1);
}

Table read_table(const std::filesystem::path& path, std::size_t columns) {
  std::ifstream in(path);
  if (!in) throw std::runtime_error(path.string() + ": cannot be read");
  Table table{path.filename().string(), {}};
  std::size_t number = 0;
  for (std::string line; std::getline(in, line);) {
    ++number;
    if (line.empty() || line.front() == '#') continue;
    Row row{number, split(line, '\t')};
    if (row.cells.size() != columns)
      refuse(table, row,
             "expected " + std::to_string(columns) + " columns, found " +
                 std::to_string(row.cells.size()));
    if (row.cells.front().empty()) refuse(table, row, "the first column is empty");
    table.rows.push_back(std::move(row));
  }
  if (table.rows.empty()) throw std::runtime_error(path.string() + ": has no rows");
  return table;
}

/// The items of a cell "a, b, c"; an empty item or one with quotes or control bytes is an error.
/// A comma within an item is written "\,".
std::vector<std::string> items(const Table& table, const Row& row, const std::string& cell) {
  std::vector<std::string> list;
  if (trimmed(cell).empty()) return list;
  for (const std::string& part : split(cell, ',')) {
    if (!list.empty() && list.back().ends_with('\\')) {
      list.back().back() = ',';
      list.back() += part;
      continue;
    }
    list.push_back(trimmed(part));
    if (list.back().empty()) refuse(table, row, "an empty item in a list");
  }
  for (const std::string& item : list)
    for (const char c : item)
      if (static_cast<unsigned char>(c) < 0x20 || c == '"' || c == '\\')
        refuse(table, row, "a character that no name has in '" + item + "'");
  return list;
}

void add_words(Gazetteer& out, const Table& table) {
  for (const Row& row : table.rows) {
    bool known = false;
    for (const auto& [name, word_class] : word_class_names) known = known || name == row.cells[0];
    if (!known) refuse(table, row, "unknown class '" + row.cells[0] + "'");
    for (const std::string& word : items(table, row, row.cells[1])) {
      if (!out.listed.insert({word, row.cells[0]}).second)
        refuse(table, row, "'" + word + "' stands twice under '" + row.cells[0] + "'");
      out.words[word].insert(row.cells[0]);
    }
  }
}

void add_name(Gazetteer& out, const Table& table, const Row& row, std::string form,
              std::string name, std::string_view type) {
  const bool doubtful = form.starts_with('?');
  if (doubtful) form.erase(0, 1);
  if (name.starts_with('?')) name.erase(0, 1);
  const auto [place, added] = out.names.try_emplace({form, type}, Name{name, type, doubtful});
  if (!added) refuse(table, row, "'" + form + "' already stands for '" + place->second.name + "'");
}

void add_names(Gazetteer& out, const Table& table, const Row& row, const std::string& name,
               const std::string& others, std::string_view type) {
  add_name(out, table, row, name, name, type);
  for (const std::string& form : items(table, row, others))
    add_name(out, table, row, form, name, type);
}

void add_people(Gazetteer& out, const Table& table) {
  for (const Row& row : table.rows) {
    if (row.cells[0] != "person") refuse(table, row, "the first column must be 'person'");
    add_names(out, table, row, row.cells[1], row.cells[2], "person");
    const std::string& name = row.cells[1];
    const auto last = name.find_last_of(' ');
    const bool numbered = name.find_first_of("IVX", last + 1) == last + 1;
    if (last != std::string::npos && !numbered && !name.ends_with('.'))
      out.words[name.substr(last + 1)].insert("family");
  }
}

void add_countries(Gazetteer& out, const Table& table) {
  for (const Row& row : table.rows) {
    add_names(out, table, row, row.cells[0], row.cells[1], "place");
    for (const std::string& word : items(table, row, row.cells[2]))
      out.words[word].insert({"demonym", "nation"});
  }
}

void add_places(Gazetteer& out, const Table& table) {
  for (const Row& row : table.rows) add_names(out, table, row, row.cells[0], row.cells[1], "place");
}

void add_orgs(Gazetteer& out, const Table& table) {
  for (const Row& row : table.rows) add_names(out, table, row, row.cells[0], row.cells[1], "org");
}

void add_spellings(Gazetteer& out, const Table& table) {
  for (const Row& row : table.rows) {
    if (row.cells[0] != "shown" && row.cells[0] != "alike")
      refuse(table, row, "the first column must be 'shown' or 'alike'");
    for (const std::string& spelling : items(table, row, row.cells[2]))
      if (!out.spellings.try_emplace(spelling, Spelling{row.cells[1], row.cells[0] == "shown"})
               .second)
        refuse(table, row, "'" + spelling + "' already stands above");
  }
}

void add_aliases(Gazetteer& out, const Table& table) {
  for (const Row& row : table.rows) {
    const std::string& type = row.cells[0];
    if (type != "person" && type != "org" && type != "place")
      refuse(table, row, "the first column must be 'person', 'org' or 'place'");
    std::vector<std::string> forms = items(table, row, row.cells[2]);
    forms.push_back(row.cells[1]);
    for (const std::string& form : forms)
      if (!out.aliases.try_emplace({form, type}, row.cells[1]).second)
        refuse(table, row, "'" + form + "' already stands above");
  }
}

/// How one table is read.
struct Reader {
  std::string_view file;
  std::size_t columns;
  void (*add)(Gazetteer&, const Table&);
};

constexpr Reader readers[] = {
    {"first_names.tsv", 2, add_words},   {"surnames.tsv", 2, add_words},
    {"titles.tsv", 2, add_words},        {"name_words.tsv", 2, add_words},
    {"not_names.tsv", 2, add_words},     {"common_words.tsv", 2, add_words},
    {"people.tsv", 3, add_people},       {"countries.tsv", 3, add_countries},
    {"places.tsv", 3, add_places},       {"orgs.tsv", 2, add_orgs},
    {"spellings.tsv", 3, add_spellings}, {"aliases.tsv", 3, add_aliases},
};

void add_table(Gazetteer& out, const std::filesystem::path& path) {
  for (const Reader& reader : readers)
    if (path.filename() == reader.file) return reader.add(out, read_table(path, reader.columns));
  throw std::runtime_error(path.string() + ": no such table is known");
}

std::string rows_of(const Gazetteer& gazetteer) {
  std::ostringstream out;
  out << "constexpr WordRow words[] = {\n";
  for (const auto& [word, classes] : gazetteer.words)
    for (const std::string& name : classes)
      out << "    {\"" << word << "\", WordClass::" << name << "},\n";
  out << "};\n\nconstexpr NameRow names[] = {\n";
  for (const auto& [form, name] : gazetteer.names)
    out << "    {\"" << form.first << "\", \"" << name.name << "\", EntityType::" << name.type
        << ", " << (name.doubtful ? "true" : "false") << "},\n";
  out << "};\n\nconstexpr SpellingRow spellings[] = {\n";
  for (const auto& [form, spelling] : gazetteer.spellings)
    out << "    {\"" << form << "\", \"" << spelling.word << "\", "
        << (spelling.shown ? "true" : "false") << "},\n";
  out << "};\n\nconstexpr AliasRow aliases[] = {\n";
  for (const auto& [form, name] : gazetteer.aliases)
    out << "    {\"" << form.first << "\", \"" << name << "\", EntityType::" << form.second
        << "},\n";
  out << "};\n";
  return out.str();
}

std::string digest_of(std::string_view text) {
  std::uint64_t hash = 0xcbf29ce484222325U;  // FNV-1a
  for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3U;
  std::ostringstream out;
  out.width(16);
  out.fill('0');
  out << std::hex << hash;
  return out.str();
}

void write_source(const std::filesystem::path& path, const Gazetteer& gazetteer) {
  const std::string rows = rows_of(gazetteer);
  std::ofstream out(path);
  out << "// Made by make_gazetteer from indexer/entities/gazetteer/. Not to be edited.\n"
         "#include \"indexer/entities/gazetteer_rows.h\"\n\n"
         "namespace dateline::gazetteer {\nnamespace {\n\n"
      << rows
      << "\n}  // namespace\n\n"
         "std::span<const WordRow> word_rows() { return words; }\n"
         "std::span<const NameRow> name_rows() { return names; }\n"
         "std::span<const SpellingRow> spelling_rows() { return spellings; }\n"
         "std::span<const AliasRow> alias_rows() { return aliases; }\n"
         "std::string_view tables_digest() { return \""
      << digest_of(rows) << "\"; }\n\n}  // namespace dateline::gazetteer\n";
  out.close();
  if (!out) throw std::runtime_error(path.string() + ": cannot be written");
}

}  // namespace

int main(int argc, char** argv) {
  const std::vector<std::string> arguments(argv, argv + argc);
  if (arguments.size() < 3) {
    std::cerr << "usage: make_gazetteer OUT.cpp TABLE.tsv...\n";
    return EXIT_FAILURE;
  }
  try {
    Gazetteer gazetteer;
    for (std::size_t i = 2; i < arguments.size(); ++i) add_table(gazetteer, arguments[i]);
    write_source(arguments[1], gazetteer);
  } catch (const std::exception& problem) {
    std::cerr << "make_gazetteer: " << problem.what() << '\n';
    return EXIT_FAILURE;
  }
  return EXIT_SUCCESS;
}
