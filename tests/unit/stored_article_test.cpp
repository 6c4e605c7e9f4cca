// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/index/stored_article.h"

#include <catch2/catch.hpp>

#include "common/error.h"

using namespace dateline;

namespace {

Article full_article() {
  Article a;
  a.path = "/news/a.jsonl";
  a.record = "17";
  a.id = {"17", Provenance::given};
  a.title = {"A title", Provenance::given};
  a.deck = {"A deck.", Provenance::in_text};
  a.body = "One.\n\nTwo.";
  a.source = {"Northern Wire", Provenance::sidecar};
  a.source_raw = "northern-wire.example";
  a.published = {{Day{std::chrono::days{19433}}, 57'900, 60}, Provenance::given};
  a.modified = {{Day{std::chrono::days{19434}}, {}, {}}, Provenance::file_name};
  a.authors = {{"A. One", "B. Two"}, Provenance::given};
  a.topics = {{"politics"}, Provenance::given};
  a.language = {"en", Provenance::given};
  a.url = {"https://wire.example/17", Provenance::given};
  a.entities = {{EntityType::person, "Ann One"}, {EntityType::place, "Riga"}};
  return a;
}

}  // namespace

TEST_CASE("a stored article is loaded as it was", "[index]") {
  CHECK(load_article(store_article(full_article())) == full_article());
  CHECK(load_article(store_article(Article{})) == Article{});
}

TEST_CASE("the stored form changes with everything that is shown, and with nothing else",
          "[index]") {
  const auto stored = store_article(full_article());
  auto changed = full_article();
  changed.published.value.second_of_day.reset();
  CHECK(store_article(changed) != stored);
  changed = full_article();
  changed.source.from = Provenance::given;
  CHECK(store_article(changed) != stored);
  changed = full_article();
  changed.notes = {"a note on the reading"};
  CHECK(store_article(changed) == stored);
}

TEST_CASE("a cut or damaged stored article is refused, not trusted", "[index][hostile]") {
  const auto stored = store_article(full_article());
  std::size_t refused = 0;
  for (std::size_t length = 0; length < stored.size(); ++length) {
    try {
      load_article(std::string_view(stored).substr(0, length));
    } catch (const Error& e) {
      CHECK(e.code() == ExitCode::damaged_index);
      ++refused;
    }
  }
  CHECK(refused > stored.size() / 2);
  CHECK_THROWS_AS(load_article("\x01\x01\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01x"), Error);
}
