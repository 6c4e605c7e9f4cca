// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>

#include <catch2/catch.hpp>
#include <random>
#include <string>

#include "tests/support/articles.h"
#include "tests/support/sanitized.h"

using namespace dateline;
using namespace dateline::test;
using Catch::Matchers::Contains;

namespace {

constexpr std::uint64_t megabyte = 1U << 20;

/// Text of so many words, few of them frequent, as in news.
std::string words(std::mt19937& random, int count) {
  std::string text;
  for (int i = 0; i < count; ++i) {
    const auto rank =
        static_cast<unsigned>(1.0 / (1e-5 + static_cast<double>(random() % 100'000) / 1e5));
    text += fmt::format("w{}{}", rank, i % 12 == 11 ? ". " : " ");
  }
  return text;
}

/// A sanitizer's own memory cannot be limited.
bool cannot_be_limited() {
  if (sanitized) WARN("not run: a sanitizer needs more memory than would be allowed");
  return sanitized;
}

}  // namespace

TEST_CASE("a run holds no more memory than it is allowed", "[cli][memory]") {
  if (cannot_be_limited()) return;
  const Workbench bench;
  std::mt19937 random(1);
  std::string lines;
  for (int i = 0; i < 4'000; ++i) {
    lines += json_line({fmt::format("a{}", i), words(random, 8), words(random, 900), "Wire", ""});
  }
  bench.write("a.jsonl", lines);
  const auto run = bench.index(
      {"--memory", "160M", "--threads", "2", "--format", "json", bench.articles().string()});
  INFO(run.err);
  REQUIRE(run.exit_code == 0);
  const auto report = Json::parse(run.out);
  CHECK(report["articles"] == 4'000);
  CHECK(report["peak_memory"].get<std::uint64_t>() <= 160 * megabyte);
  CHECK(report["peak_memory"].get<std::uint64_t>() > 20 * megabyte);
}

TEST_CASE("an article that the allowed memory does not hold is refused, and costs no other",
          "[cli][memory]") {
  if (cannot_be_limited()) return;
  const Workbench bench;
  std::mt19937 random(2);
  bench.write("long.txt", "A long story\n\n" + words(random, 1'000'000));
  bench.write("short.txt", "A short story\n\nThe bridge opened.\n");
  const auto run = bench.index({"--memory", "128M", bench.articles().string()});
  CHECK(run.exit_code == 4);
  CHECK_THAT(run.out, Contains("long.txt") && Contains("refused"));
  CHECK(bench.ids({"bridge"}) == std::vector<std::string>{"short.txt"});
  CHECK(bench.index().exit_code == 0);
  CHECK(bench.answer({"--all"})["total"] == 2);
}

TEST_CASE("a memory that is no size, or too little for anything, is refused", "[cli][memory]") {
  if (cannot_be_limited()) return;
  const Workbench bench;
  bench.write("short.txt", "A short story\n\nThe bridge opened.\n");
  for (const auto* size :
       {"", "much", "-1", "12X", "inf", "nan", "1e9G", "64M", "0.1G", "99999999999999G"}) {
    INFO(size);
    const auto run = bench.index({"--memory", size, bench.articles().string()});
    CHECK(run.exit_code == 2);
    const bool is_size = std::string_view(size) == "64M" || std::string_view(size) == "0.1G";
    CHECK_THAT(run.err, Contains("--memory 512M") &&
                            Contains(is_size ? "is too small: 128M is the least" : " is "));
    if (!is_size) CHECK_THAT(run.err, Contains("is no size") || Contains("any machine has"));
  }
  for (const auto* size : {"1G", "1.5g", "2T", "256"})
    CHECK(bench.index({"--memory", size, bench.articles().string()}).exit_code == 0);
}
