// SPDX-License-Identifier: GPL-3.0-or-later
// dateline-facet-check INDEX [REQUESTS [SEED]]: random requests whose facets are held against what
// selecting each value finds, and what counting facets costs.
#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <ctime>
#include <exception>
#include <string>
#include <vector>

#include "tests/support/facet_check.h"

using namespace dateline;
using namespace dateline::test;

namespace {

constexpr std::size_t values_each = 4;
constexpr std::size_t most_failures_shown = 20;

/// Of the processor, so that others who use the machine do not count.
double milliseconds(Searcher& searcher, const SearchRequest& request) {
  const auto begin = std::clock();
  searcher.search(request);
  return static_cast<double>(std::clock() - begin) * 1'000 / CLOCKS_PER_SEC;
}

double median(std::vector<double> times) {
  std::ranges::nth_element(times, times.begin() + static_cast<std::ptrdiff_t>(times.size() / 2));
  return times[times.size() / 2];
}

/// Of all articles, which is the most that there is to count.
void measure(const std::shared_ptr<const IndexSnapshot>& snapshot) {
  Searcher searcher(snapshot);
  SearchRequest request;
  request.limit = 0;
  const auto measured = [&](std::string_view what) {
    std::vector<double> times;
    for (int i = 0; i < 51; ++i) times.push_back(milliseconds(searcher, request));
    fmt::print("{:<36} {:7.2f} ms\n", what, median(std::move(times)));
  };
  fmt::print("p50 of processor time over all {} articles\n", snapshot->manifest().articles);
  measured("no facets");
  request.facets = default_facets();
  measured("source, date, person, org, place");
  request.facet_order = FacetOrder::significance;
  request.query = "the";
  measured("the same by significance, for \"the\"");
  request.query = "";
  request.facet_order = FacetOrder::name;
  measured("the same by name");
  request.facet_order = FacetOrder::count;
  request.facets.clear();
  for (const auto facet : all_facets) request.facets.push_back({facet, {}, {}});
  measured("all eight");
  request.facets = {{Facet::person, "ma", {}}};
  measured("persons that begin with \"ma\"");
  request.facets.clear();
  request.filters.values[Facet::person] = {"No Such Name"};
  measured("a name that is unknown");
}

int check(const std::string& index, std::size_t requests, std::uint32_t seed) {
  const auto snapshot = IndexSnapshot::open(index);
  const auto begin = std::chrono::steady_clock::now();
  const auto report = FacetCheck(snapshot, seed).run(requests, values_each);
  const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - begin;
  fmt::print(
      "{} requests ({} found articles, {} more were refused), {} values selected ({} with "
      "articles), {} wrong; {:.0f} s\n",
      report.requests, report.with_articles, report.refused, report.values, report.not_empty,
      report.failures.size(), seconds.count());
  for (std::size_t i = 0; i < std::min(report.failures.size(), most_failures_shown); ++i) {
    fmt::print("{}\n", report.failures[i]);
  }
  measure(snapshot);
  return report.failures.empty() ? 0 : 1;
}

}  // namespace

int main(int argc, char** argv) {
  const std::vector<std::string> arguments(argv + 1, argv + argc);
  if (arguments.empty() || arguments.size() > 3) {
    fmt::print(stderr, "Usage: dateline-facet-check INDEX [REQUESTS [SEED]]\n");
    return 2;
  }
  try {
    return check(arguments[0], arguments.size() > 1 ? std::stoul(arguments[1]) : 5'000,
                 arguments.size() > 2 ? static_cast<std::uint32_t>(std::stoul(arguments[2])) : 1);
  } catch (const std::exception& e) {
    fmt::print(stderr, "dateline-facet-check: {}\n", e.what());
    return 1;
  }
}
