// SPDX-License-Identifier: GPL-3.0-or-later
#include <catch2/catch.hpp>
#include <thread>

#include "corpus/bytes/byte_source.h"
#include "corpus/metadata/apply.h"
#include "corpus/metadata/fields.h"
#include "corpus/metadata/file_name_date.h"
#include "corpus/metadata/metadata_table.h"
#include "corpus/metadata/names_of_people.h"
#include "tests/unit/corpus_fixture.h"

using namespace dateline;
using namespace dateline::test;
using Names = std::vector<std::string>;

namespace {

constexpr Day latest = std::chrono::sys_days{std::chrono::year{2024} / 1 / 1};

std::string file_name_day(std::string_view name) {
  const auto day = date_in_file_name(name, latest);
  return day ? format_day(*day) : "none";
}

}  // namespace

TEST_CASE("well-known names are known in every spelling", "[corpus][fields]") {
  const FieldNames names;
  for (const char* name : {"date_published", "datePublished", "DATE-PUBLISHED", "pubDate", "Date"})
    CHECK(names.find(name)->field == Field::published);
  CHECK(names.find("_id")->field == Field::id);
  CHECK(names.find("articleBody")->field == Field::body);
  CHECK_FALSE(names.find("banana"));
  CHECK_FALSE(names.find(""));
}

TEST_CASE("no name stands for two fields", "[corpus][fields]") {
  const FieldNames names;
  for (std::size_t i = 0; i < field_count; ++i) {
    const auto field = static_cast<Field>(i);
    const auto known = well_known_names(field);
    CHECK_FALSE(known.empty());
    for (const std::string_view name : known) CHECK(names.find(name)->field == field);
  }
}

TEST_CASE("of several names for one field the preferred one counts", "[corpus][fields]") {
  const FieldNames names;
  FieldValues values;
  values.put(*names.find("description"), {"long"});
  values.put(*names.find("deck"), {"short"});
  CHECK(values.text(Field::deck) == "short");
  values.put(*names.find("excerpt"), {"other"});
  CHECK(values.text(Field::deck) == "short");
  values.put(*names.find("headline"), {"given"});
  values.put(*names.find("title"), {" "});
  CHECK(values.text(Field::title) == "given");
}

TEST_CASE("a user's own name is preferred to the well-known ones", "[corpus][fields]") {
  const FieldNames names(std::map<std::string, std::string>{{"title", "hl"}, {"body", "Title"}});
  CHECK(names.find("HL")->field == Field::title);
  CHECK(names.find("hl")->rank < names.find("headline")->rank);
  CHECK(names.find("title")->field == Field::body);
}

TEST_CASE("a mapping of no known field is a usage error", "[corpus][fields]") {
  try {
    const FieldNames names(std::map<std::string, std::string>{{"banana", "x"}});
    FAIL("accepted");
  } catch (const Error& error) {
    CHECK(error.code() == ExitCode::usage);
    CHECK_FALSE(error.remedy().empty());
  }
}

TEST_CASE("a byline is split into people", "[corpus][fields]") {
  CHECK(split_byline({"By Ann Lee, Bo Ray and Cy Day Jr."}, false) ==
        Names{"Ann Lee", "Bo Ray", "Cy Day Jr."});
  CHECK(split_byline({"Ann Lee, Jr., Bo Ray"}, false) == Names{"Ann Lee, Jr.", "Bo Ray"});
  CHECK(split_byline({"BY: ANN LEE; BO RAY"}, false) == Names{"ANN LEE", "BO RAY"});
  CHECK(split_byline({"Lee, Ann"}, false) == Names{"Lee, Ann"});
  CHECK(split_byline({"Ann Lee", "Bo Ray, PhD", "Ann Lee"}, true) ==
        Names{"Ann Lee", "Bo Ray, PhD"});
  CHECK(split_byline({"Ann Lee\nBo Ray"}, false) == Names{"Ann Lee", "Bo Ray"});
  CHECK(split_byline({"Ann Lee, Bo Ray, and Cy Day"}, false) ==
        Names{"Ann Lee", "Bo Ray", "Cy Day"});
  CHECK(split_byline({"Byron Leland"}, false) == Names{"Byron Leland"});
  CHECK(split_byline({", ;"}, false).empty());
}

TEST_CASE("a file's name states a day only where it is beyond doubt", "[corpus][fields]") {
  CHECK(file_name_day("2022-07-14-ferry.txt") == "2022-07-14");
  CHECK(file_name_day("20220714_ferry.txt") == "2022-07-14");
  CHECK(file_name_day("ferry_2022_07_14.txt") == "2022-07-14");
  CHECK(file_name_day("ferry (2022-07-14).txt") == "2022-07-14");
  CHECK(file_name_day("000_01d96e7be30289f2.txt") == "none");
  CHECK(file_name_day("12022-07-14.txt") == "none");
  CHECK(file_name_day("2022-02-30.txt") == "none");
  CHECK(file_name_day("2199-06-01.txt") == "none");
  CHECK(file_name_day("2022-07-14-to-2022-07-15.txt") == "none");
  CHECK(file_name_day("18991231.txt") == "none");
}

TEST_CASE("an id too long to be one is left out, with a note", "[corpus][fields]") {
  const FieldNames names;
  FieldValues values;
  values.put(*names.find("id"), {std::string(201, 'x')});
  Article article;
  apply_values(values, Provenance::given, latest, article);
  CHECK_FALSE(article.id);
  CHECK(article.notes.size() == 1);
}

TEST_CASE("a bad date leaves the article undated and says why", "[corpus][fields]") {
  const FieldNames names;
  FieldValues values;
  values.put(*names.find("date"), {"31 Foo 2022"});
  Article article;
  apply_values(values, Provenance::given, latest, article);
  CHECK_FALSE(article.published);
  CHECK(article.notes == Names{"date '31 Foo 2022' names no month"});
}

TEST_CASE("a note quotes no more of a bad value than fits, and no controls", "[corpus][fields]") {
  const FieldNames names;
  FieldValues values;
  values.put(*names.find("date"), {"\x1B[31m" + std::string(5000, 'x')});
  Article article;
  apply_values(values, Provenance::given, latest, article);
  REQUIRE(article.notes.size() == 1);
  CHECK(article.notes[0].size() < 120);
  CHECK(article.notes[0].find('\x1B') == std::string::npos);
}

TEST_CASE("languages are primary tags in lower case", "[corpus][fields]") {
  const FieldNames names;
  for (const auto& [given, meant] : std::vector<std::pair<std::string, std::string>>{
           {"en-GB", "en"}, {"EN_us", "en"}, {"English", "en"}, {"klingonese", ""}}) {
    FieldValues values;
    values.put(*names.find("lang"), {given});
    Article article;
    apply_values(values, Provenance::given, latest, article);
    CHECK(article.language.value == meant);
  }
}

TEST_CASE("a metadata table gives each file its row", "[corpus][table]") {
  const TempDir folder;
  const auto path = folder.write("meta.csv",
                                 "\xEF\xBB\xBF"
                                 "File,Outlet,pub_date,Headline\r\n"
                                 "a.txt,\"The Post, Ltd\",2023-03-17,\"A \"\"quoted\"\" one\"\r\n"
                                 "./sub\\b.txt,Other,,\r\n"
                                 "gone.txt,Other,,\r\n"
                                 "a.txt,Second,,\r\n");
  folder.write("a.txt", "x");
  folder.write("sub/b.txt", "x");
  const MetadataTable table = MetadataTable::load(path, FieldNames());
  const FieldValues* row = table.find(folder.path() / "a.txt");
  REQUIRE(row);
  CHECK(row->text(Field::source) == "The Post, Ltd");
  CHECK(row->text(Field::title) == "A \"quoted\" one");
  CHECK(row->text(Field::published) == "2023-03-17");
  REQUIRE(table.find(folder.path() / "sub/b.txt"));
  CHECK_FALSE(table.find(folder.path() / "b.txt"));
  CHECK(table.missing() == std::vector<std::filesystem::path>{folder.path() / "gone.txt"});
}

TEST_CASE("tables may be separated by tabs or semicolons", "[corpus][table]") {
  const TempDir folder;
  const FieldNames names;
  const auto tabs = folder.write("a.tsv", "path\tsource\na.txt\tThe, Post\n");
  const auto semicolons = folder.write("b.csv", "path;source;title\na.txt;The Post;A, b\n");
  CHECK(MetadataTable::load(tabs, names).find(folder.path() / "a.txt")->text(Field::source) ==
        "The, Post");
  CHECK(MetadataTable::load(semicolons, names).find(folder.path() / "a.txt")->text(Field::title) ==
        "A, b");
}

TEST_CASE("a CSV without paths or without metadata is no metadata table", "[corpus][table]") {
  const TempDir folder;
  CHECK(is_metadata_table(folder.write("a.csv", "FILENAME,Title\n")));
  CHECK_FALSE(is_metadata_table(folder.write("b.csv", "title,text\n")));
  CHECK_FALSE(is_metadata_table(folder.write("c.csv", "path,size\n")));
  CHECK_FALSE(is_metadata_table(folder.write("d.csv", "")));
  CHECK_FALSE(is_metadata_table(folder.write("e.txt", "path,title\n")));
  CHECK_THROWS_AS(MetadataTable::load(folder.path() / "c.csv", FieldNames()), Unreadable);
}

TEST_CASE("each table is loaded once, from many threads", "[corpus][table]") {
  const TempDir folder;
  const auto path = folder.write("meta.csv", "path,source\na.txt,The Post\n");
  const FieldNames names;
  MetadataTables tables(names);
  const MetadataTable* first = tables.at(path).table.get();
  const MetadataTable* second = nullptr;
  std::thread([&] { second = tables.at(path).table.get(); }).join();
  CHECK(first != nullptr);
  CHECK(first == second);
  CHECK_FALSE(tables.at(folder.path() / "none.csv").problem.empty());
}
