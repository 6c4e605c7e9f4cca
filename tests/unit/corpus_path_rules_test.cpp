// SPDX-License-Identifier: GPL-3.0-or-later
#include <catch2/catch.hpp>
#include <string>

#include "corpus/path_rules.h"
#include "tests/unit/corpus_fixture.h"

using namespace dateline;
using namespace dateline::test;
namespace fs = std::filesystem;

namespace {

std::vector<std::string> relatives(const fs::path& root, const FileChoice& choice = {}) {
  std::vector<std::string> names;
  for (const SourceFile& file : list_article_set({root}, choice).files)
    names.push_back(file.relative);
  return names;
}

using Names = std::vector<std::string>;

}  // namespace

TEST_CASE("a glob is of one name's characters, and of whole paths", "[corpus][glob]") {
  struct Row {
    const char *glob, *path;
    bool matches;
  };
  const Row rows[] = {
      {"*.txt", "a.txt", true},
      {"*.txt", "a/b.txt", false},
      {"*.txt", ".txt", true},
      {"a*b*c", "aXbYbZc", true},
      {"a*b*c", "aXbYbZ", false},
      {"?.txt", "\xC3\xA4.txt", true},
      {"??.txt", "\xC3\xA4.txt", false},
      {"[a-c]x", "bx", true},
      {"[!a-c]x", "bx", false},
      {"[^a-c]x", "dx", true},
      {"[]x", "[]x", true},
      {"[]]x", "]x", true},
      {"[\xC3\xA4]", "\xC3\xA4", true},
      {"\\*", "*", true},
      {"\\*", "a", false},
      {"a/*/c", "a/b/c", true},
      {"a/*/c", "a/b/b/c", false},
      {"**/c", "a/b/c", true},
      {"**/c", "c", true},
      {"a/**", "a/b/c", true},
      {"a/**", "a", false},
      {"a/**/c", "a/c", true},
      {"a/**/c", "a/b/b/c", true},
      {"**/b/**/d", "a/b/c/d", true},
      {"**/b/**/d", "a/c/d", false},
      {"", "", true},
      {"", "a", false},
      {"*", "", false},
      {"a", "a/b", false},
      {"a/b", "a", false},
  };
  for (const Row& row : rows) {
    INFO(row.glob << " and " << row.path);
    CHECK(matches_glob(row.glob, row.path) == row.matches);
  }
}

TEST_CASE("a glob of many stars costs no more than a glance", "[corpus][glob]") {
  std::string stars, folders;
  for (int i = 0; i < 200; ++i) {
    stars += "*a";
    folders += "**/a/";
  }
  CHECK_FALSE(matches_glob(stars + "b", std::string(5000, 'a')));
  std::string deep;
  for (int i = 0; i < 1000; ++i) deep += "a/";
  CHECK_FALSE(matches_glob(folders + "b", deep + "c"));
}

TEST_CASE("an article set is what is included and not excluded", "[corpus][set]") {
  const TempDir folder;
  for (const char* name : {"a.txt", "b.json", "drafts/c.txt", "in/d.txt", "in/drafts/e.txt"})
    folder.write(name, "x");
  const auto& root = folder.path();
  CHECK(relatives(root, {{"*.txt"}, {}}) ==
        Names{"a.txt", "drafts/c.txt", "in/d.txt", "in/drafts/e.txt"});
  CHECK(relatives(root, {{}, {"drafts"}}) == Names{"a.txt", "b.json", "in/d.txt"});
  CHECK(relatives(root, {{}, {"drafts/"}}) == Names{"a.txt", "b.json", "in/d.txt"});
  CHECK(relatives(root, {{}, {"drafts/**"}}) ==
        Names{"a.txt", "b.json", "in/d.txt", "in/drafts/e.txt"});
  CHECK(relatives(root, {{"in/**", "*.json"}, {"d.txt"}}) == Names{"b.json", "in/drafts/e.txt"});
  CHECK(relatives(root / "a.txt", {{}, {"*.txt"}}).empty());
}

TEST_CASE("a .datelineignore file speaks for its folder and those below", "[corpus][set]") {
  const TempDir folder;
  for (const char* name : {"a.txt", "a.log", "keep.log", "out/b.txt", "in/out/c.txt", "in/a.log",
                           "in/d.txt", "in/only/d.txt", "#x.txt"})
    folder.write(name, "x");
  folder.write(".datelineignore", "# logs\n*.log\n!keep.log\r\n/out/\n\n\\#x.txt\n");
  folder.write("in/.datelineignore", "!a.log\nonly/d.txt\n");
  CHECK(relatives(folder.path()) ==
        Names{"a.txt", "in/a.log", "in/d.txt", "in/out/c.txt", "keep.log"});
}

TEST_CASE("what lies in a folder that is left out is not taken back", "[corpus][set]") {
  const TempDir folder;
  folder.write("out/a.txt", "x");
  folder.write("b.txt", "x");
  folder.write(".datelineignore", "out/\n!out/a.txt\n");
  CHECK(relatives(folder.path()) == Names{"b.txt"});
}

TEST_CASE("an ignore file that cannot be one is told of", "[corpus][set]") {
  const TempDir folder;
  folder.write("a.txt", "x");
  folder.write(".datelineignore", std::string(2 << 20, 'x'));
  const auto listing = list_article_set({folder.path()});
  CHECK(listing.files.size() == 1);
  REQUIRE(listing.unreadable.size() == 1);
  CHECK(listing.unreadable[0].path == folder.path() / ".datelineignore");
}

TEST_CASE("one folder under two names is listed once", "[corpus][set]") {
  const TempDir folder;
  folder.write("real/a.txt", "x");
  fs::create_directory_symlink(folder.path() / "real", folder.path() / "link");
  CHECK(list_article_set({folder.path() / "link", folder.path() / "real"}).files.size() == 1);
}
