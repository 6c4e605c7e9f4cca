// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/text/unicode.h"

#include <catch2/catch.hpp>

#include "common/json.h"

using namespace dateline;

TEST_CASE("names that differ in case, accents and dots fold to the same form", "[unicode]") {
  CHECK(fold_name("Volodymyr Zelenskyy") == fold_name("VOLODYMYR  ZELENSKYY"));
  CHECK(fold_name("Erdoğan") == fold_name("Erdogan"));
  CHECK(fold_name("U.S.") == fold_name("US"));
  CHECK(fold_name("Łódź") == "lodz");
  CHECK(fold_name(" O’Brien ") == "obrien");
  CHECK(fold_name("Straße") == "strasse");
  CHECK(fold_name("Kiev") != fold_name("Kyiv"));
}

TEST_CASE("width counts columns: wide characters take two, marks none", "[unicode]") {
  CHECK(display_width("abc") == 3);
  CHECK(display_width("北京") == 4);
  CHECK(display_width("e\u0301") == 1);
  CHECK(prefix_of_width("北京市", 5) == "北京");
  CHECK(ellipsize("abcdef", 4) == "abc…");
  CHECK(ellipsize("abcd", 4) == "abcd");
}

TEST_CASE("nothing printable can control a terminal", "[unicode][hostile]") {
  CHECK(printable("a\x1b[31mb") == "a\uFFFD[31mb");
  CHECK(printable("a\u009b31mb") == "a\uFFFD31mb");
  CHECK(printable("a\u202eb") == "a\uFFFDb");
  CHECK(printable("a\tb\r\n  c") == "a b c");
  CHECK(printable("\xff\xfe") == "\uFFFD\uFFFD");
  CHECK(printable_text("a\n  ^") == "a\n  ^");
}

TEST_CASE("JSON holds control characters only as escapes, and reads back the same",
          "[unicode][hostile]") {
  const Json value = {{"t", "a\x1b[2J\u009b\u202e\u2028\x7f北"}};
  const auto text = dump_json(value);
  CHECK(text == R"({"t":"a\u001b[2J\u009b\u202e\u2028\u007f北"})");
  CHECK(Json::parse(text) == value);
}

TEST_CASE("every code point survives encoding and decoding", "[unicode]") {
  for (const char32_t c :
       {U'\0', U'a', U'é', U'߿', U'ࠀ', U'\uFFFD', U'\U00010000', U'\U0010FFFF'}) {
    std::string text;
    append_utf8(c, text);
    std::size_t at = 0;
    CHECK(next_code_point(text, at) == c);
    CHECK(at == text.size());
  }
}

TEST_CASE("a name of ASCII folds as it does beside other letters", "[unicode]") {
  for (const std::string name :
       {"O'Brien, J.R.", " New\t York\v\n Post", "a  . b", "X\x1cY\x7f", "'"}) {
    INFO(name);
    CHECK(fold_name(name + "É") == fold_name(name + "E"));
    CHECK(fold_name("É" + name) == fold_name("E" + name));
  }
  CHECK(fold_name(" The  Wall St. Journal ") == "the wall st journal");
}
