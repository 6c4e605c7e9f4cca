// SPDX-License-Identifier: GPL-3.0-or-later
#include <sys/stat.h>
#include <unistd.h>

#include <catch2/catch.hpp>

#include "common/error.h"
#include "tests/unit/corpus_fixture.h"

using namespace dateline;
using namespace dateline::test;
namespace fs = std::filesystem;

namespace {

std::vector<std::string> relatives(const ArticleSetListing& listing) {
  std::vector<std::string> names;
  for (const SourceFile& file : listing.files) names.push_back(file.relative);
  return names;
}

}  // namespace

TEST_CASE("a folder is listed in full and in byte order", "[corpus][set]") {
  const TempDir folder;
  for (const char* name : {"b.txt", "a/z.txt", "a/b/c.txt", "B.txt", "a.txt"})
    folder.write(name, "x");
  CHECK(relatives(list_article_set({folder.path()})) ==
        std::vector<std::string>{"B.txt", "a.txt", "a/b/c.txt", "a/z.txt", "b.txt"});
}

TEST_CASE("hidden files, backups and litter are left out", "[corpus][set]") {
  const TempDir folder;
  for (const char* name :
       {"a.txt", ".hidden", ".git/config", "a.txt~", "Thumbs.db", "__MACOSX/a.txt"})
    folder.write(name, "x");
  CHECK(relatives(list_article_set({folder.path()})) == std::vector<std::string>{"a.txt"});
  CHECK(relatives(list_article_set({folder.path() / ".hidden"})) ==
        std::vector<std::string>{".hidden"});
}

TEST_CASE("symbolic links are followed only where named themselves", "[corpus][set]") {
  const TempDir folder;
  folder.write("real/a.txt", "x");
  fs::create_directory_symlink(folder.path(), folder.path() / "real/loop");
  fs::create_symlink(folder.path() / "real/a.txt", folder.path() / "real/b.txt");
  fs::create_directory_symlink(folder.path() / "real", folder.path() / "named");
  CHECK(relatives(list_article_set({folder.path() / "named"})) ==
        std::vector<std::string>{"a.txt"});
}

TEST_CASE("FIFOs are never opened", "[corpus][set]") {
  const TempDir folder;
  folder.write("a.txt", "x");
  REQUIRE(::mkfifo((folder.path() / "fifo.csv").c_str(), 0600) == 0);
  CHECK(relatives(list_article_set({folder.path()})) == std::vector<std::string>{"a.txt"});
}

TEST_CASE("each path is listed once, under the first root that has it", "[corpus][set]") {
  const TempDir folder;
  folder.write("sub/a.txt", "x");
  const auto listing =
      list_article_set({folder.path(), folder.path() / "sub", folder.path() / "sub/../sub/a.txt"});
  CHECK(relatives(listing) == std::vector<std::string>{"sub/a.txt"});
}

TEST_CASE("a file named itself is known by its bare name", "[corpus][set]") {
  const TempDir folder;
  const auto file = folder.write("sub/a.txt", "x");
  const auto listing = list_article_set({file});
  REQUIRE(listing.files.size() == 1);
  CHECK(listing.files[0].relative == "a.txt");
  CHECK(listing.files[0].path == file);
}

TEST_CASE("a root that does not exist is a usage error", "[corpus][set]") {
  const TempDir folder;
  try {
    list_article_set({folder.path() / "none"});
    FAIL("listed");
  } catch (const Error& error) {
    CHECK(error.code() == ExitCode::usage);
    CHECK_FALSE(error.remedy().empty());
  }
}

TEST_CASE("a folder that cannot be read is listed as such", "[corpus][set]") {
  const TempDir folder;
  folder.write("a.txt", "x");
  folder.write("locked/b.txt", "x");
  fs::permissions(folder.path() / "locked", fs::perms::none);
  const auto listing = list_article_set({folder.path()});
  fs::permissions(folder.path() / "locked", fs::perms::owner_all);
  if (::geteuid() == 0) {
    WARN("root reads every folder: nothing is unreadable here");
    return;
  }
  CHECK(relatives(listing) == std::vector<std::string>{"a.txt"});
  REQUIRE(listing.unreadable.size() == 1);
  CHECK(listing.unreadable[0].path == folder.path() / "locked");
}

TEST_CASE("folders nested without end are given up with a reason", "[corpus][set]") {
  const TempDir folder;
  fs::path deep = folder.path();
  for (int i = 0; i < 120; ++i) deep /= "d";
  fs::create_directories(deep);
  CHECK(list_article_set({folder.path()}).unreadable.size() == 1);
}

TEST_CASE("the nearest metadata table covers a file, and is none itself", "[corpus][set]") {
  const TempDir folder;
  const auto outer = folder.write("meta.csv", "path,title\n");
  const auto inner = folder.write("in/meta.csv", "file,source\n");
  folder.write("a.txt", "x");
  folder.write("in/b.txt", "x");
  folder.write("in/deep/c.txt", "x");
  folder.write("other/d.txt", "x");
  folder.write("other/articles.csv", "title,text\n");
  const auto listing = list_article_set({folder.path()});
  CHECK(relatives(listing) == std::vector<std::string>{"a.txt", "in/b.txt", "in/deep/c.txt",
                                                       "other/articles.csv", "other/d.txt"});
  REQUIRE(listing.files.size() == 5);
  CHECK(listing.files[0].sidecar == outer);
  CHECK(listing.files[1].sidecar == inner);
  CHECK(listing.files[2].sidecar == inner);
  CHECK(listing.files[4].sidecar == outer);
  CHECK(list_article_set({folder.path() / "in/b.txt"}).files[0].sidecar == inner);
  CHECK(list_article_set({inner}).files.empty());
}

TEST_CASE("of two metadata tables in a folder the first counts", "[corpus][set]") {
  const TempDir folder;
  const auto first = folder.write("a.csv", "path,title\n");
  const auto second = folder.write("b.csv", "path,title\n");
  folder.write("x.txt", "x");
  const auto listing = list_article_set({folder.path()});
  CHECK(listing.files[0].sidecar == first);
  REQUIRE(listing.unreadable.size() == 1);
  CHECK(listing.unreadable[0].path == second);
}
