// SPDX-License-Identifier: GPL-3.0-or-later
#include <catch2/catch.hpp>

#include "tests/support/articles.h"

using namespace dateline;
using namespace dateline::test;
using Catch::Matchers::Contains;

namespace {

/// An index, and a configuration file of that text.
class Configured {
 public:
  explicit Configured(const std::string& text) {
    bench_.write("a.jsonl", json_lines({{"one", "Storm", "A storm.", "Gazette", "2022-01-05"},
                                        {"two", "Storm", "A storm.", "Wire", "2022-03-10"}}));
    REQUIRE(bench_.index().exit_code == 0);
    home_.write("dateline/config", text);
  }
  Run search(std::vector<std::string> arguments,
             std::map<std::string, std::string> environment = {}) const {
    environment["XDG_CONFIG_HOME"] = home_.path().string();
    return bench_.search(std::move(arguments), {.environment = std::move(environment)});
  }
  Run index(std::vector<std::string> arguments) const {
    return dateline_index(std::move(arguments),
                          {.environment = {{"XDG_CONFIG_HOME", home_.path().string()}}});
  }
  const Workbench& bench() const { return bench_; }
  std::string file() const { return (home_ / "dateline/config").string(); }

 private:
  Workbench bench_;
  TempDir home_;
};

}  // namespace

TEST_CASE("options come before the environment, and that before the configuration file",
          "[cli][settings]") {
  const Configured user("# mine\n[search]\nformat = ids\nsort = oldest\n[index]\nquiet = true\n");
  CHECK(user.search({"storm"}).out == "one\ntwo\n");
  CHECK(user.search({"storm"}, {{"DATELINE_SORT", "newest"}}).out == "two\none\n");
  CHECK(user.search({"storm", "--sort", "oldest"}, {{"DATELINE_SORT", "newest"}}).out ==
        "one\ntwo\n");
  CHECK_THAT(user.search({"storm", "--no-config"}).out, Contains("2 articles for storm"));
}

TEST_CASE("a byte order mark before the first line is no part of it", "[cli][settings]") {
  const Configured user("\xEF\xBB\xBF[search]\r\nformat = ids\r\nsort = oldest\r\n");
  CHECK(user.search({"storm"}).out == "one\ntwo\n");
}

TEST_CASE("the file is found in ~/.config where XDG_CONFIG_HOME is not set", "[cli][settings]") {
  const Configured user("");
  const TempDir home;
  home.write(".config/dateline/config", "[search]\nformat = ids\n");
  const auto run =
      user.search({"storm", "--count"}, {{"XDG_CONFIG_HOME", ""}, {"HOME", home.path().string()}});
  CHECK(run.exit_code == 0);
  CHECK(user.bench()
            .search({"storm", "--sort", "oldest"},
                    {.environment = {{"XDG_CONFIG_HOME", ""}, {"HOME", home.path().string()}}})
            .out == "one\ntwo\n");
}

TEST_CASE("a switch is true or false; the environment can turn one off", "[cli][settings]") {
  const Configured user("[search]\nany = true\nformat = ids\n");
  CHECK(user.search({"storm", "nowhere"}).exit_code == 0);
  CHECK(user.search({"storm", "nowhere"}, {{"DATELINE_ANY", "false"}}).exit_code == 1);
  CHECK(user.search({"storm"}, {{"DATELINE_ANY", "maybe"}}).exit_code == 2);
}

TEST_CASE("a setting that a mode does not have gives way", "[cli][settings]") {
  const Configured user("[search]\nformat = text\nheader = true\n");
  const auto run = user.search({"--batch", "/dev/null"});
  CHECK(run.err.empty());
  CHECK(run.exit_code == 1);
}

TEST_CASE("what is common to both programs stands before any section", "[cli][settings]") {
  const Workbench bench;
  bench.write("a.jsonl", json_lines({{"one", "Storm", "A storm.", "", ""}}));
  const TempDir home;
  home.write("dateline/config", "db = " + bench.db().string() + "\n");
  const RunOptions options{.environment = {{"XDG_CONFIG_HOME", home.path().string()}}};
  CHECK(dateline_index({bench.articles().string()}, options).exit_code == 0);
  CHECK(dateline_search({"storm", "--count"}, options).out == "1\n");
}

TEST_CASE("a bad line is refused by file, line and remedy", "[cli][settings]") {
  const std::vector<std::pair<std::string, std::string>> cases{
      {"[search]\n\nformatt = json\n", ":3: 'formatt' is no setting"},
      {"[search]\nbatch = x\n", ":2: 'batch' is no setting"},
      {"[search]\nformat\n", ":2: 'format' gives nothing"},
      {"[search]\nformat = xml\n", ":2: --format does not know 'xml'"},
      {"[search]\nlimit = -1\n", ":2: --limit takes a whole number"},
      {"[serach]\n", ":1: there is no section"},
      {"[search]\nlimit = 1\nlimit = 2\n", ":3: limit is given twice"},
      {"limit = 1\n", ":1: 'limit' is no setting"},
  };
  for (const auto& [text, complaint] : cases) {
    INFO(text);
    const Configured user(text);
    const auto run = user.search({"storm"});
    // A setting of one program only may not stand where both look.
    if (text == "limit = 1\n") {
      CHECK(user.index({"--entities", "--db", user.bench().db().string()}).exit_code == 2);
      continue;
    }
    CHECK(run.exit_code == 2);
    CHECK(run.out.empty());
    CHECK_THAT(run.err, Contains(user.file() + complaint) && Contains("try: "));
    CHECK(user.search({"--help"}).exit_code == 0);
  }
}

TEST_CASE("the other program's section does not matter", "[cli][settings]") {
  const Configured user("[index]\nwhatever = 1\n");
  CHECK(user.search({"storm"}).exit_code == 0);
  CHECK(user.index({"--entities", "--db", user.bench().db().string()}).exit_code == 2);
}
