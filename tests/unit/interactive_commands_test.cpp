// SPDX-License-Identifier: GPL-3.0-or-later
#include <catch2/catch.hpp>

#include "common/error.h"
#include "searcher/interactive/commands.h"

using namespace dateline;
using Kind = Command::Kind;
using Numbers = std::vector<std::size_t>;

namespace {

std::string remedy_for(std::string_view line) {
  try {
    parse_command(line);
  } catch (const Error& e) {
    return e.remedy();
  }
  return "understood";
}

}  // namespace

TEST_CASE("a line without a slash is a query, as it was typed", "[interactive]") {
  for (const auto* line : {"storm harbour", "+storm", "3 ships", "+1 storm", "a/b", "\"3\""}) {
    INFO(line);
    const auto command = parse_command(line);
    CHECK(command.kind == Kind::query);
    CHECK(command.text == line);
  }
  CHECK(parse_command("  storm ").text == "storm");
}

TEST_CASE("a blank line asks for nothing", "[interactive]") {
  CHECK(parse_command("").kind == Kind::nothing);
  CHECK(parse_command(" \t").kind == Kind::nothing);
}

TEST_CASE("a bare number opens an article, numbers with a plus toggle values", "[interactive]") {
  CHECK(parse_command(" 12 ").kind == Kind::open);
  CHECK(parse_command("12").numbers == Numbers{12});
  CHECK(parse_command("+12").kind == Kind::toggle);
  CHECK(parse_command("+12  +3").numbers == Numbers{12, 3});
}

TEST_CASE("a number too large for any is a query, not another number", "[interactive]") {
  CHECK(parse_command("99999999999999999999999").kind == Kind::query);
}

TEST_CASE("the beginning of a command is enough where no other begins so", "[interactive]") {
  CHECK(parse_command("/back").kind == Kind::back);
  CHECK(parse_command("/b").kind == Kind::back);
  CHECK(parse_command("/sor newest").order == SortOrder::newest);
  CHECK(remedy_for("/s") == "/sort, /similar");
}

TEST_CASE("a command there is not is refused with one that is spelt like it, else /help",
          "[interactive]") {
  CHECK(remedy_for("/nxt") == "/next");
  CHECK(remedy_for("/simlar 3") == "/similar N");
  CHECK(remedy_for("/foo") == "/help");
  CHECK(remedy_for("/usr/share") == "/help");
  CHECK_THROWS_AS(parse_command("/"), Error);
}

TEST_CASE("a command without what it needs, or with more, says how it goes", "[interactive]") {
  CHECK(remedy_for("/similar") == "/similar N");
  CHECK(remedy_for("/similar x") == "/similar N");
  CHECK(remedy_for("/similar 1 2") == "/similar N");
  CHECK(remedy_for("/sort") == "/sort ORDER");
  CHECK(remedy_for("/sort best") == "/sort ORDER");
  CHECK(remedy_for("/back 2") == "/back");
  CHECK(remedy_for("/facets colour") == "/facets [NAME [BEGINNING]]");
  CHECK(parse_command("/drop").numbers.empty());
  CHECK(parse_command("/drop 2").numbers == Numbers{2});
}

TEST_CASE("a facet is listed whole or by the beginning of its values", "[interactive]") {
  CHECK_FALSE(parse_command("/facets").facet);
  CHECK(parse_command("/facets person").facet == Facet::person);
  const auto command = parse_command("/facets  place  new y");
  CHECK(command.facet == Facet::place);
  CHECK(command.text == "new y");
}
