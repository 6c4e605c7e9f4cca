// SPDX-License-Identifier: GPL-3.0-or-later
#include "searcher/batch_line.h"

#include <unistd.h>

#include <array>
#include <atomic>
#include <catch2/catch.hpp>
#include <chrono>
#include <thread>

#include "searcher/batch_reader.h"

using namespace dateline;

namespace {

BatchLine parse(const std::string& line) { return parse_batch_line(line, {"1", {}}); }

bool never() { return false; }

/// A reader of these bytes, written by another thread.
class Fed {
 public:
  explicit Fed(std::string bytes) {
    REQUIRE(::pipe(ends_.data()) == 0);
    writer_ = std::thread([this, bytes = std::move(bytes)] {
      std::string_view rest = bytes;
      while (!rest.empty()) {
        const auto n = ::write(ends_[1], rest.data(), rest.size());
        if (n <= 0) break;
        rest.remove_prefix(static_cast<std::size_t>(n));
      }
      ::close(ends_[1]);
    });
  }
  ~Fed() {
    writer_.join();
    ::close(ends_[0]);
  }
  Fed(const Fed&) = delete;
  Fed& operator=(const Fed&) = delete;
  int descriptor() const { return ends_[0]; }

 private:
  std::array<int, 2> ends_{};
  std::thread writer_;
};

}  // namespace

TEST_CASE("an object of a batch says all that options can", "[batch]") {
  const auto line =
      parse(R"({"id":"q","query":"storm","author":"A","lang":["en","de"],"topic":"sport",)"
            R"("facets":["person:put*","date:month"],"facet_sort":"significance","expand":true,)"
            R"("recency":30,"explain":true,"count":true,"synonyms":false,"n":3})");
  CHECK(line.id == "q");
  CHECK(line.count);
  const auto& r = line.request;
  CHECK(r.filters.values.at(Facet::author) == std::vector<std::string>{"A"});
  CHECK(r.filters.values.at(Facet::language).size() == 2);
  REQUIRE(r.facets.size() == 2);
  CHECK(r.facets[0].prefix == "put");
  CHECK(r.facets[1].unit == DateUnit::month);
  CHECK(r.facet_values > 0);
  CHECK(r.facet_order == FacetOrder::significance);
  CHECK(r.expand);
  CHECK_FALSE(r.synonyms);
  CHECK(r.recency_days == 30);
  CHECK(r.explain);
  CHECK(r.limit == 3);
  CHECK(parse(R"({"like":"ct0001"})").request.like_id == "ct0001");
}

TEST_CASE("a wrong value in an object is refused", "[batch]") {
  for (const auto* line :
       {R"({"n":1000001})", R"({"n":-1})", R"({"recency":0})", R"({"recency":"x"})",
        R"({"facets":["colour"]})", R"({"facets":["person:put"]})", R"({"facets":["date:hour"]})",
        R"({"facets":["person","person:a*"]})", R"({"facet_sort":"x"})",
        R"({"since":"2022..2023"})", R"({"query":"a","like":"b"})", R"({"n":)"}) {
    INFO(line);
    CHECK_THROWS_AS(parse(line), BatchLineError);
  }
}

TEST_CASE("lines are read whole, however they come, and one that is too long is cut", "[batch]") {
  const Fed input(
      "\xEF\xBB\xBF"
      "one\r\n\n" +
      std::string(max_batch_line_bytes + 10, 'x') + "\nlast");
  BatchReader reader(input.descriptor(), -1);
  CHECK(reader.next(never)->text == "one");
  const auto longest = reader.next(never);
  CHECK(longest->number == 3);
  CHECK(longest->too_long);
  CHECK(longest->text.size() == max_batch_line_bytes);
  const auto last = reader.next(never);
  CHECK(last->text == "last");
  CHECK_FALSE(last->too_long);
  CHECK_FALSE(reader.next(never));
}

TEST_CASE("a reader stops waiting when it is woken", "[batch]") {
  std::array<int, 2> input{};
  std::array<int, 2> wake{};
  REQUIRE(::pipe(input.data()) == 0);
  REQUIRE(::pipe(wake.data()) == 0);
  BatchReader reader(input[0], wake[0]);
  std::atomic<bool> stopped = false;
  std::thread other([&] {
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
    stopped = true;
    CHECK(::write(wake[1], "", 1) == 1);
  });
  const auto start = std::chrono::steady_clock::now();
  CHECK_FALSE(reader.next([&] { return stopped.load(); }));
  CHECK(std::chrono::steady_clock::now() - start < std::chrono::milliseconds(800));
  other.join();
  for (const auto& ends : {input, wake}) {
    ::close(ends[0]);
    ::close(ends[1]);
  }
}
