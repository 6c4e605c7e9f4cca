// SPDX-License-Identifier: GPL-3.0-or-later
#include <memory>
#include <string>
#include <string_view>

#include "indexer/entities/gazetteer_rows.h"
#include "indexer/entities/model/model.h"
#include "indexer/entities/model/tagger.h"
#include "indexer/entities/recogniser.h"

namespace dateline {
namespace {

using namespace ner;

/// Changes with every change of how texts are read for the model; the model and the tables add
/// their own digests.
constexpr std::string_view reading_version = "crf-1";

static_assert(static_cast<int>(EntityType::person) == static_cast<int>(Label::person));
static_assert(static_cast<int>(EntityType::org) == static_cast<int>(Label::org));
static_assert(static_cast<int>(EntityType::place) == static_cast<int>(Label::place));

class ModelRecogniser : public EntityRecogniser {
 public:
  ArticleMentions recognise(const ArticleText& text) const override {
    // Its memory serves one article after the other; a thread has one.
    thread_local Tagger tagger(Model::built_in());
    return tagger.read(text);
  }

  std::string_view fingerprint() const override { return fingerprint_; }

 private:
  std::string fingerprint_ = std::string(reading_version) + "-" + Model::built_in().digest() + "-" +
                             std::string(gazetteer::tables_digest());
};

class NoRecogniser : public EntityRecogniser {
 public:
  ArticleMentions recognise(const ArticleText&) const override { return {}; }
  std::string_view fingerprint() const override { return "none"; }
};

}  // namespace

std::unique_ptr<EntityRecogniser> make_recogniser() { return std::make_unique<ModelRecogniser>(); }

std::unique_ptr<EntityRecogniser> make_no_recogniser() { return std::make_unique<NoRecogniser>(); }

}  // namespace dateline
