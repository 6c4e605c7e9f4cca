// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/fuzz/small_index.h"

#include <atomic>

#include "indexer/update/update.h"

namespace dateline::test {
namespace {

class Silent : public UpdateObserver {
 public:
  void files_listed(std::size_t) override {}
  void progressed(std::size_t, std::uint64_t) override {}
  void finishing() override {}
};

}  // namespace

const std::string_view few_articles =
    R"({"id":"a1","title":"Storm shuts harbour of Halverton","text":"HALVERTON, March 17 (Northern Wire) - Prime Minister Ann Lee said on Friday that the harbour of Halverton was closed.\n\nTwo ferries of Example Shipping Corp were damaged, Ann Lee said.","date":"2023-03-17T10:00:00+01:00","source":"Example Courier","author":"Bo Ray","topics":["Weather","Shipping"],"language":"en"}
{"id":"a2","title":"Häfen nach dem Sturm wieder offen","text":"Die Häfen sind seit Samstag wieder offen, sagte Ann Lee in Halverton.","date":"2023-03-18","source":"Beispiel Zeitung","topics":["Weather"],"language":"de"}
{"id":"a3","title":"Example Shipping Corp repairs ferries","text":"Example Shipping Corp has repaired its ferries. Bo Ray reported from London.","author":["Bo Ray","Ann Lee"],"language":"en"}
{"id":"a4","title":"Штурм у гавані","text":"Гавань Галвертона була закрита у п'ятницю.","date":"2023","source":"Example Courier","language":"uk"}
)";

SmallIndex::SmallIndex() {
  UpdateRequest request;
  request.index = folder();
  request.sets.paths = {dir_.write("articles/few.jsonl", few_articles)};
  Silent silent;
  const std::atomic<bool> stop = false;
  update_index(request, silent, stop);
}

}  // namespace dateline::test
