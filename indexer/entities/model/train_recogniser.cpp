// SPDX-License-Identifier: GPL-3.0-or-later
// train_recogniser: makes recogniser.model and its manifest from annotated texts and lists of
// names; docs/entities.md has the command.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <filesystem>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "common/error.h"
#include "common/file_io.h"
#include "common/hash.h"
#include "common/json.h"
#include "common/options.h"
#include "common/program.h"
#include "common/text/unicode.h"
#include "indexer/entities/gazetteer_rows.h"
#include "indexer/entities/model/list_sources.h"
#include "indexer/entities/model/model.h"
#include "indexer/entities/model/tagger.h"
#include "indexer/entities/model/trainer.h"
#include "indexer/entities/model/training_data.h"
#include "indexer/entities/model/training_set.h"

namespace dateline::ner {
namespace {

constexpr std::string_view what = "What to train on";
constexpr std::string_view how = "How to train";

constexpr std::array rows{
    OptionRow{"texts", 0, "DIR", what, "annotated texts: own-*.jsonl.gz, and open/*.tsv.gz"},
    OptionRow{"gazetteers", 0, "DIR", what, "first-names.txt.gz, surnames.txt.gz, cities.json.gz"},
    OptionRow{"dictionary", 0, "FILE", what, "a dictionary, a word a line"},
    OptionRow{"iso-codes", 0, "DIR", what, "iso_3166-2.json and iso_639-2.json"},
    OptionRow{"source", 0, "DIR", what, "dateline's source: its own lists, and where to write"},
    OptionRow{"seed", 0, "N", how, "order of the texts; 1 if not given"}.number(0, 1'000'000),
    OptionRow{"models", 0, "N", how, "models to average; 5 if not given"}.number(1, 100),
    OptionRow{"rounds", 0, "N", how, "times that each model sees the texts; 12 if not given"}
        .number(1, 1000),
    OptionRow{"folds", 0, "N", how,
              "first cross-validate: train N times, each without a part of our own texts, and find "
              "the names of that part"}
        .number(2, 100),
    OptionRow{"groups", 0, "FILE", how,
              "for --folds: a text's name, a tab and what keeps it together with others, such as "
              "its outlet"},
    OptionRow{
        "found", 0, "FILE", how,
        "for --folds: write each of our own texts with the names found while it was held out, "
        "as dateline-index --tag reads them"},
    OptionRow{"dry-run", 0, "", how, "write nothing"},
    OptionRow{"help", 'h', "", how, "print this and exit"},
};

constexpr ProgramText program{"train_recogniser", "train the recogniser of names", "[options]"};

/// Texts annotated by other guides count for less, and teach a general part only.
constexpr float weight_of_others = 0.3F;

struct TextFile {
  std::filesystem::path path;
  bool own = false;
};

std::vector<TextFile> text_files(const std::filesystem::path& folder) {
  std::vector<TextFile> files;
  for (const auto& [place, own] : {std::pair{folder, true}, std::pair{folder / "open", false}})
    for (const auto& entry : std::filesystem::directory_iterator(place)) {
      const std::string name = entry.path().filename().string();
      if (name.find(own ? ".jsonl" : ".tsv") != std::string::npos)
        files.push_back({entry.path(), own});
    }
  std::sort(files.begin(), files.end(),
            [](const TextFile& a, const TextFile& b) { return a.path < b.path; });
  return files;
}

ListSources sources_of(const ParsedOptions& options) {
  const std::filesystem::path gazetteers = options.value("gazetteers");
  const std::filesystem::path codes = options.value("iso-codes");
  const std::filesystem::path source = options.value("source");
  return {gazetteers / "first-names.txt.gz",
          gazetteers / "surnames.txt.gz",
          gazetteers / "cities.json.gz",
          options.value("dictionary"),
          codes / "iso_3166-2.json",
          codes / "iso_639-2.json",
          source / "corpus/metadata/outlets.tsv",
          source / "indexer/entities/model/lists"};
}

/// One of the annotated texts.
struct Example {
  LabelledText text;
  TrainingText cut;
  std::string set;  ///< the file's name without its ending
  bool own = false;
};

std::int16_t rounded(float weight, float most) {
  return static_cast<std::int16_t>(std::lround(std::clamp(weight * Model::unit, -most, most)));
}

std::string pack(const LearnedWeights& weights, const NameLists& lists) {
  constexpr float most_weight = 127;
  constexpr float most_transition = 32000;
  constexpr std::uint64_t kept = (std::uint64_t{1} << ModelContent::feature_bits) - 1;
  std::map<std::uint64_t, ModelContent::Feature> features;
  for (const auto& [hash, row] : weights.features) {
    ModelContent::Feature feature{hash & kept, {}};
    bool tells = false;
    for (std::size_t t = 0; t < tag_count; ++t) {
      feature.weights[t] = static_cast<std::int8_t>(rounded(row[t], most_weight));
      tells = tells || feature.weights[t] != 0;
    }
    if (tells) features.emplace(feature.hash, feature);
  }
  ModelContent content;
  for (const auto& [hash, feature] : features) content.features.push_back(feature);
  for (std::size_t a = 0; a < tag_count; ++a)
    for (std::size_t b = 0; b < tag_count; ++b)
      content.transitions[a][b] = rounded(weights.transitions[a][b], most_transition);
  content.lists = lists;
  return write_model(content);
}

struct Counts {
  std::array<std::uint64_t, 4> gold{};
  std::array<std::uint64_t, 4> found{};
  std::array<std::uint64_t, 4> right{};

  /// F1 in per cent over the labels [first, last].
  double f1(std::size_t first, std::size_t last) const {
    double all = 0;
    double both = 0;
    for (std::size_t l = first; l <= last; ++l) {
      all += static_cast<double>(gold[l] + found[l]);
      both += 200.0 * static_cast<double>(right[l]);
    }
    return all == 0 ? 0 : both / all;
  }
};

/// The line of --found: bounds in code points.
std::string line_of(const LabelledText& text, const std::vector<TaggedName>& names) {
  Json list = Json::array();
  const std::string_view all = text.text;
  for (const TaggedName& name : names)
    list.push_back({count_code_points(all.substr(0, name.begin)),
                    count_code_points(all.substr(0, name.end)),
                    label_names[static_cast<std::size_t>(name.label)]});
  return dump_json({{"doc", text.doc}, {"text", text.text}, {"mentions", list}}) + "\n";
}

void count(const std::vector<TaggedName>& names, const LabelledText& text, Counts& counts) {
  std::set<std::tuple<std::size_t, std::size_t, Label>> gold;
  for (const LabelledSpan& span : text.spans) {
    gold.emplace(span.begin, span.end, span.label);
    ++counts.gold[static_cast<std::size_t>(span.label)];
  }
  for (const TaggedName& name : names) {
    const auto label = static_cast<std::size_t>(name.label);
    ++counts.found[label];
    counts.right[label] += gold.contains({name.begin, name.end, name.label}) ? 1U : 0U;
  }
}

class Training {
 public:
  explicit Training(const ParsedOptions& options) : options_(options) {
    for (const char* const needed : {"texts", "gazetteers", "dictionary", "iso-codes", "source"})
      if (!options.has(needed))
        throw Error(ExitCode::usage, fmt::format("--{} is missing", needed),
                    "train_recogniser --help lists what is needed");
    settings_.seed = static_cast<std::uint64_t>(options.number("seed", 1));
    settings_.models = static_cast<unsigned>(options.number("models", 5));
    settings_.rounds = static_cast<unsigned>(options.number("rounds", 12));
    files_ = text_files(options.value("texts"));
    read();
  }

  void run() {
    if (options_.has("folds")) cross_validate();
    const std::string model = train_on([](const Example&) { return true; });
    print_out(fmt::format("model: {} bytes\n", model.size()));
    if (options_.has("dry-run")) return;
    const auto folder = std::filesystem::path(options_.value("source")) / "indexer/entities/model";
    replace_file(folder / "recogniser.model", model);
    replace_file(folder / "recogniser.manifest.json", manifest(model).dump(2) + "\n");
  }

 private:
  void read() {
    std::vector<LabelledText> texts;
    std::vector<std::size_t> ends;
    for (const TextFile& file : files_) {
      for (LabelledText& text : read_labelled_texts(file.path)) texts.push_back(std::move(text));
      ends.push_back(texts.size());
    }
    lists_ = NameLists(read_lists(sources_of(options_), texts));
    Document document(Gazetteer::built_in(), lists_);
    std::size_t file = 0;
    std::size_t names = 0;
    std::size_t lost = 0;
    for (std::size_t i = 0; i < texts.size(); ++i) {
      while (i >= ends[file]) ++file;
      const bool own = files_[file].own;
      TrainingText cut = cut_text(document, texts[i], own ? 1 : weight_of_others, own);
      names += cut.names;
      lost += cut.out_of_reach;
      const std::string name = files_[file].path.filename().string();
      examples_.push_back(
          {std::move(texts[i]), std::move(cut), name.substr(0, name.find('.')), own});
    }
    print_out(fmt::format("{} texts, {} names, {} of them out of reach, {} listed\n",
                          examples_.size(), names, lost, lists_.entries().size()));
  }

  template <class Choice>
  std::string train_on(Choice choice) const {
    std::vector<TrainingSequence> sequences;
    for (const Example& example : examples_)
      if (choice(example))
        sequences.insert(sequences.end(), example.cut.sequences.begin(),
                         example.cut.sequences.end());
    return pack(train(sequences, settings_), lists_);
  }

  std::map<std::string, std::string> groups() const {
    std::map<std::string, std::string> found;
    if (!options_.has("groups")) return found;
    constexpr std::uint64_t most = 16U << 20;
    const std::string content = read_file(options_.value("groups"), most);
    for (std::size_t at = 0; at < content.size();) {
      const auto end = std::min(content.find('\n', at), content.size());
      const std::string line = content.substr(at, end - at);
      if (const auto tab = line.find('\t'); tab != std::string::npos)
        found[line.substr(0, tab)] = line.substr(tab + 1);
      at = end + 1;
    }
    return found;
  }

  void cross_validate() {
    const auto folds = static_cast<std::uint64_t>(options_.number("folds", 5));
    const auto group_of = groups();
    const auto fold_of = [&](const Example& example) {
      const auto group = group_of.find(example.text.doc);
      return hash64(group == group_of.end() ? example.text.doc : group->second) % folds;
    };
    std::map<std::string, Counts> counts;
    std::string found;
    for (std::uint64_t fold = 0; fold < folds; ++fold) {
      const Model model(train_on([&](const Example& e) { return !e.own || fold_of(e) != fold; }));
      Tagger tagger(model);
      for (const Example& example : examples_) {
        if (!example.own || fold_of(example) != fold) continue;
        const std::array<std::string_view, 1> parts{example.text.text};
        const auto& names = tagger.find_names(parts);
        count(names, example.text, counts[example.set]);
        found += line_of(example.text, names);
      }
      print_out(fmt::format("fold {} of {} done\n", fold + 1, folds));
    }
    if (options_.has("found"))
      replace_file(std::filesystem::absolute(options_.value("found")), found);
    for (const auto& [set, c] : counts) {
      Json scores;
      for (std::size_t l = 0; l < label_names.size(); ++l)
        scores[std::string(label_names[l])] = std::round(c.f1(l, l) * 100) / 100;
      scores["PER+ORG+LOC"] = std::round(c.f1(0, 2) * 100) / 100;
      print_out(fmt::format("{}: F1 {}\n", set, scores.dump()));
      scores_[set] = scores;
    }
  }

  static std::string digest_of(const std::filesystem::path& path) {
    constexpr std::uint64_t most = 256U << 20;
    return fmt::format("xxh3:{:016x}", hash64(read_file(path, most)));
  }

  Json manifest(const std::string& model) const {
    Json out;
    out["model"] = {{"file", "recogniser.model"},
                    {"bytes", model.size()},
                    {"digest", fmt::format("xxh3:{:016x}", hash64(model))}};
    out["command"] =
        "train_recogniser --texts NER --gazetteers GAZETTEERS --dictionary "
        "/usr/share/dict/american-english --iso-codes /usr/share/iso-codes/json --source . "
        "--folds 5 --groups GROUPS";
    out["seed"] = settings_.seed;
    out["models"] = settings_.models;
    out["rounds"] = settings_.rounds;
    out["tables"] = gazetteer::tables_digest();
    if (!scores_.empty()) out["cross_validation_f1"] = scores_;
    out["sources"] = sources();
    return out;
  }

  Json sources() const {
    Json list = Json::array();
    const auto add = [&](const std::filesystem::path& path, const std::string& licence) {
      list.push_back(
          {{"file", path.filename().string()}, {"digest", digest_of(path)}, {"licence", licence}});
    };
    for (const TextFile& file : files_) {
      const std::string name = file.path.filename().string();
      add(file.path, file.own                       ? "annotation by the project"
                     : name.starts_with("wikigold") ? "CC BY 4.0, wikigold"
                     : name.starts_with("uner")     ? "CC BY-SA, Universal NER"
                     : name.starts_with("crossner") ? "MIT, CrossNER"
                                                    : "unknown");
    }
    const ListSources lists = sources_of(options_);
    add(lists.first_names, "public domain");
    add(lists.surnames, "public domain");
    add(lists.cities, "CC BY 4.0, GeoNames (geonames.org)");
    add(lists.dictionary, "SCOWL, free for any use; Debian package wamerican");
    add(lists.subdivisions, "LGPL-2.1-or-later; Debian package iso-codes");
    add(lists.languages, "LGPL-2.1-or-later; Debian package iso-codes");
    add(lists.outlets, "GPL-3.0-or-later, this project");
    for (const char* const own : {"organisations.txt", "places.txt", "others.txt"})
      add(lists.written / own, "GPL-3.0-or-later, this project");
    return list;
  }

  const ParsedOptions& options_;
  TrainingOptions settings_;
  std::vector<TextFile> files_;
  std::vector<Example> examples_;
  NameLists lists_;
  Json scores_;
};

int run(int argc, const char* const* argv) {
  const auto options = parse_options(rows, program, argc, argv);
  if (options.has("help")) {
    constexpr std::size_t width = 80;
    print_out(help_text(rows, program, width));
    return 0;
  }
  Training(options).run();
  return 0;
}

}  // namespace
}  // namespace dateline::ner

int main(int argc, char** argv) {
  return dateline::run_program("train_recogniser", [&] { return dateline::ner::run(argc, argv); });
}
