// SPDX-License-Identifier: GPL-3.0-or-later
#include <array>
#include <catch2/catch.hpp>
#include <filesystem>
#include <random>
#include <string>
#include <string_view>

#include "common/json.h"
#include "indexer/entities/gazetteer.h"
#include "indexer/entities/key_map.h"
#include "indexer/entities/model/model.h"
#include "indexer/entities/model/sequences.h"
#include "indexer/entities/model/tagger.h"
#include "indexer/entities/model/trainer.h"
#include "indexer/entities/model/training_data.h"
#include "indexer/entities/model/training_set.h"
#include "indexer/entities/names.h"
#include "tests/support/temp_dir.h"

using namespace dateline;
using namespace dateline::ner;
using dateline::test::TempDir;

namespace {

constexpr Tag one_person = tag_of(Label::person, TagPosition::only);
constexpr Tag one_place = tag_of(Label::place, TagPosition::only);

ModelContent small_model() {
  ModelContent content;
  content.features = {{5, {}}, {1000, {}}, {(std::uint64_t{1} << 40U) - 1, {}}};
  content.features[0].weights[one_person] = 100;
  content.features[1].weights[one_place] = -7;
  content.features[2].weights[outside] = 127;
  content.transitions[outside][one_place] = -300;
  content.lists = NameLists({{7, NameList::city}, {9, NameList::surname}, {7, NameList::ordinary}});
  return content;
}

/// Sequences of one token: feature 11 makes it a person, feature 22 a place, 33 is noise.
std::vector<TrainingSequence> two_kinds() {
  std::vector<TrainingSequence> sequences;
  for (int i = 0; i < 20; ++i) {
    sequences.push_back({{{11, 33}}, {one_person}, 1, true});
    sequences.push_back({{{22, 33}}, {one_place}, 1, false});
  }
  return sequences;
}

}  // namespace

TEST_CASE("the model is the one that its manifest describes, trained with the tables in use",
          "[model]") {
  const auto manifest =
      Json::parse(test::read_text(std::filesystem::path(DATELINE_SOURCE_DIR) /
                                  "indexer/entities/model/recogniser.manifest.json"));
  CHECK(manifest["model"]["digest"] == "xxh3:" + Model::built_in().digest());
  CHECK(manifest["tables"] == gazetteer::tables_digest());
}

TEST_CASE("a model file gives back what was written", "[model]") {
  const ModelContent content = small_model();
  const ModelContent read = read_model(write_model(content));
  REQUIRE(read.features.size() == 3);
  for (std::size_t i = 0; i < 3; ++i) {
    CHECK(read.features[i].hash == content.features[i].hash);
    CHECK(read.features[i].weights == content.features[i].weights);
  }
  CHECK(read.transitions == content.transitions);
  CHECK(read.lists.entries() == content.lists.entries());
  CHECK(read.lists.entries().front().lists == (NameList::city | NameList::ordinary));
}

TEST_CASE("a model file that is cut or changed is refused, wherever", "[model]") {
  const std::string good = write_model(small_model());
  for (std::size_t length = 0; length < good.size(); ++length) {
    INFO(length);
    CHECK_THROWS_AS(read_model(std::string_view(good).substr(0, length)), std::runtime_error);
  }
  std::string other = good;
  other[0] = 'X';
  CHECK_THROWS_AS(read_model(other), std::runtime_error);
}

TEST_CASE("a score is the sum of the features' weights, and of nothing else", "[model]") {
  const Model model(write_model(small_model()));
  TagScores scores{};
  model.score({5, 5, 1000, 77}, scores);
  CHECK(scores[one_person] == 200);
  CHECK(scores[one_place] == -7);
  CHECK(scores[outside] == 0);
}

TEST_CASE("decoding keeps the order of tags in a name, whatever the scores", "[model]") {
  const Model model(write_model(ModelContent{}));
  std::mt19937 random(7);
  for (int round = 0; round < 500; ++round) {
    std::vector<TagScores> scores(1 + random() % 6);
    for (TagScores& token : scores)
      for (auto& score : token) score = static_cast<std::int32_t>(random() % 2001) - 1000;
    std::vector<Tag> tags;
    model.decode(scores, tags);
    REQUIRE(tags.size() == scores.size());
    Tag before = outside;
    for (const Tag tag : tags) {
      CHECK(may_follow(before, tag));
      before = tag;
    }
    CHECK_FALSE(goes_on(before));
  }
}

TEST_CASE("training learns what tells the kinds apart, the same for the same seed", "[model]") {
  TrainingOptions options;
  options.models = 2;
  const LearnedWeights weights = train(two_kinds(), options);
  CHECK(weights.features.at(11)[one_person] > weights.features.at(11)[one_place] + 0.5F);
  CHECK(weights.features.at(22)[one_place] > weights.features.at(22)[one_person] + 0.5F);
  CHECK(train(two_kinds(), options).features == weights.features);
  options.seed = 2;
  CHECK(train(two_kinds(), options).features != weights.features);
}

TEST_CASE("annotated texts are read from JSON Lines and from tables of tokens", "[model]") {
  const TempDir folder;
  const auto json = read_labelled_texts(folder.write(
      "own.jsonl", "{\"doc\":\"a\",\"text\":\"Caf\u00e9 Ida Holm\",\"spans\":[[5,13,\"PER\"]]}\n"));
  REQUIRE(json.size() == 1);
  CHECK(json[0].spans == std::vector<LabelledSpan>{{6, 14, Label::person}});
  const auto table = read_labelled_texts(
      folder.write("t.tsv", "Ida\tB-PER\nHolm\tI-PER\n(\tO\nOslo\tB-LOC\n)\tO\n.\tO\n"));
  REQUIRE(table.size() == 1);
  CHECK(table[0].text == "Ida Holm (Oslo).");
  CHECK(table[0].spans == std::vector<LabelledSpan>{{0, 8, Label::person}, {10, 14, Label::place}});
  CHECK_THROWS_WITH(read_labelled_texts(folder.write("bad.jsonl", "{\"doc\":1}\n")),
                    Catch::Contains("bad.jsonl:1"));
}

TEST_CASE("a text is cut into sequences of what may be names, with their tags", "[model]") {
  const NameLists lists;
  Document document(Gazetteer::built_in(), lists);
  const LabelledText text{"a", "The mayor met Ida Holm.", {{14, 22, Label::person}}};
  const TrainingText cut = cut_text(document, text, 1, true);
  CHECK(cut.names == 1);
  CHECK(cut.out_of_reach == 0);
  REQUIRE(cut.sequences.size() == 2);
  CHECK(cut.sequences[0].tags == std::vector<Tag>{outside});
  CHECK(cut.sequences[1].tags == std::vector<Tag>{tag_of(Label::person, TagPosition::first),
                                                  tag_of(Label::person, TagPosition::last)});
}

TEST_CASE("the same text gives the same names whatever the tagger read before", "[model]") {
  constexpr std::string_view text =
      "Dana Orlovska left Riga for NATO talks. Orlovska, of the Baltic Herring Council (BHC), "
      "said the BHC would not.";
  Tagger fresh(Model::built_in());
  const ArticleMentions first = fresh.read({{}, {}, text});
  REQUIRE(first.body.size() >= 5);
  Tagger used(Model::built_in());
  used.read({"ORLOVSKA IN THE CAPITAL", "Riga Says No", "Orlovska is a street. Riga Orlovska."});
  CHECK(used.read({{}, {}, text}).body == first.body);
}

TEST_CASE("in other languages only certain names are kept: nouns with capitals are none",
          "[model]") {
  constexpr std::string_view body =
      "Die Regierung hat am Montag lange \u00fcber die Steuer und die Schule gesprochen. "
      "Angela Merkel sagte in Berlin, die L\u00f6sung sei gut. Merkel lobte die Feuerwehr, den "
      "Gemeinderat und das Ministerium.";
  Tagger tagger(Model::built_in());
  const ArticleMentions found = tagger.read({{}, {}, body, "de"});
  std::vector<std::string> names;
  for (const Mention& m : found.body) names.emplace_back(body.substr(m.begin, m.end - m.begin));
  CHECK(names == std::vector<std::string>{"Angela Merkel", "Berlin", "Merkel"});
}

TEST_CASE("a megabyte of anything is read in a time that grows with it", "[model][hostile]") {
  // Where each of these took quadratic time, a megabyte ran into the limit that ctest sets.
  constexpr std::size_t megabyte = 1U << 20U;
  Tagger tagger(Model::built_in());
  for (const std::string_view piece :
       {"\"", "'", "aB", "Obama\u3001", "\u201cA\u201d", "(A)", "A.", "a\n", "OBAMA ", "A of "}) {
    std::string text;
    while (text.size() < megabyte) text += piece;
    INFO(piece);
    const ArticleText article{{}, {}, text};
    const ArticleMentions found = tagger.read(article);
    for (const Mention& mention : found.body) REQUIRE(mention.end - mention.begin <= 300);
    CHECK(join_names(article, found, {}).body.size() == found.body.size());
  }
}

TEST_CASE("of a text longer than a book the beginning is read", "[model]") {
  std::string text(most_recognised_bytes, 'x');
  text += " Vladimir Putin came.";
  Tagger tagger(Model::built_in());
  CHECK(tagger.read({{}, {}, text}).body.empty());
  const std::string early = "Yesterday Vladimir Putin came. " + text;
  CHECK(tagger.read({{}, {}, early}).body.size() == 1);
}

TEST_CASE("a map of keys finds what was put, and nothing after it was cleared", "[model]") {
  KeyMap<int> map;
  CHECK(map.find(1) == nullptr);
  for (std::uint64_t key = 0; key < 5000; ++key) map[key << 20U] = static_cast<int>(key);
  for (std::uint64_t key = 0; key < 5000; ++key) {
    REQUIRE(map.find(key << 20U) != nullptr);
    CHECK(*map.find(key << 20U) == static_cast<int>(key));
  }
  CHECK(map.find(1) == nullptr);
  map.clear();
  CHECK(map.find(std::uint64_t{5} << 20U) == nullptr);
  CHECK(map[std::uint64_t{5} << 20U] == 0);
}
