// SPDX-License-Identifier: GPL-3.0-or-later
// One libFuzzer target for each format: whatever the bytes, they are read or refused. The format is
// the one that the name DATELINE_FUZZED_NAME chooses.
#include <cstdint>
#include <cstdlib>
#include <memory>
#include <string_view>
#include <utility>

#include "corpus/bytes/byte_source.h"
#include "corpus/bytes/encoding.h"
#include "corpus/reader.h"

namespace dateline {
namespace {

class GivenBytes : public RawBytes {
 public:
  explicit GivenBytes(std::string_view bytes) : bytes_(bytes) {}
  std::string_view next() override { return std::exchange(bytes_, {}); }

 private:
  std::string_view bytes_;
};

void require(bool held) {
  if (!held) std::abort();
}

/// Holds every article to what corpus/reader.h and common/article.h promise.
class CheckingSink : public ArticleSink {
 public:
  void article(Article&& article) override {
    require(article.id && !article.id.value.empty());
    for (const std::string_view text :
         {std::string_view(article.title.value), std::string_view(article.deck.value),
          std::string_view(article.body), std::string_view(article.source.value),
          std::string_view(article.record)})
      require(is_utf8(text));
    require(article.title.value.find('\n') == std::string::npos);
    require(article.body.find('\x1b') == std::string::npos);
  }
  void refused(const std::string&, const std::string& reason) override { require(!reason.empty()); }
};

void read(std::string_view bytes) {
  static const ArticleReader reader{{.latest_day = Day{std::chrono::days{20'000}},
                                     .max_record_bytes = 1u << 20,
                                     .max_expanded_bytes = 16u << 20}};
  const SourceFile file{"/set/" DATELINE_FUZZED_NAME, "/set", DATELINE_FUZZED_NAME, {}};
  CheckingSink sink;
  reader.read(file, std::make_unique<GivenBytes>(bytes), sink);
}

}  // namespace
}  // namespace dateline

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  dateline::read({reinterpret_cast<const char*>(data), size});
  return 0;
}
