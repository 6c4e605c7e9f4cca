// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>

#include <cstdlib>
#include <fstream>
#include <map>
#include <nlohmann/json.hpp>
#include <sstream>
#include <set>

#include "corpus/bytes/byte_source.h"
#include "corpus/bytes/line_reader.h"
#include "indexer/entities/model/features.h"
#include "indexer/entities/model/trainer.h"
#include "indexer/entities/model/training_data.h"

using namespace dateline;
using namespace dateline::ner;

namespace {

std::uint64_t phrase_of(const std::string& text, std::vector<std::uint64_t>* keys = nullptr) {
  std::vector<Token> tokens;
  Gazetteer::built_in().tokenise(text, tokens);
  std::uint64_t key = 0;
  for (const Token& t : tokens) {
    key = phrase_key(key, t.key);
    if (keys) keys->push_back(t.key);
  }
  return key;
}

template <class F>
void each_line(const std::string& path, F f) {
  ByteSource source{std::filesystem::path(path)};
  LineReader lines(source, 1 << 24);
  for (Line line; lines.next(line);) f(line.text);
}

struct Counts { int tp[4]{}, gold[4]{}, pred[4]{}; };

}  // namespace

int main(int argc, char** argv) {
  std::map<std::string, std::string> opt{{"rounds", "12"}, {"step", "0.05"}, {"decay", "1e-6"}, {"uses", "2"},
    {"models", "1"}, {"seed", "1"}, {"pool", "0.3"}, {"word-dropout", "0"}, {"folds", "5"}, {"only", ""}, {"open-weight", "0.3"}, {"errors", ""}, {"domains", "0"}, {"least_inside", "2"}, {"caps", "0"}, {"iso", "1"}, {"outlets", "1"}, {"own-lists", "0"}};
  std::vector<std::string> files;
  for (int i = 1; i < argc; ++i) {
    std::string a = argv[i];
    if (a.starts_with("--")) {
      opt[a.substr(2)] = argv[i + 1];
      ++i;
    } else files.push_back(a);
  }
  const std::string G = "/work/shared/data/gazetteers/";
  std::vector<NameLists::Entry> entries;
  const auto add = [&](std::uint64_t key, unsigned list) {
    entries.push_back({NameLists::hash_of(key), static_cast<std::uint16_t>(list)});
  };
  each_line(G + "first-names.txt.gz", [&](const std::string& l) { if (!l.empty()) add(phrase_of(l), first_name); });
  each_line(G + "surnames.txt.gz", [&](const std::string& l) { if (!l.empty()) add(phrase_of(l), surname); });
  each_line("/usr/share/dict/american-english", [&](const std::string& l) {
    if (l.empty() || l.ends_with("'s")) return;
    add(phrase_of(l), l[0] >= 'A' && l[0] <= 'Z' ? capitalised : ordinary);
  });
  const auto add_phrase = [&](const std::string& name, unsigned list) {
    std::vector<std::uint64_t> keys;
    const auto key = phrase_of(name, &keys);
    if (keys.empty() || keys.size() > 6) return;
    add(key, list);
    if (keys.size() > 1) add(phrase_key(0, keys[0]), phrase_begins);
  };
  const auto whole = [&](const std::string& path) { std::string all; each_line(path, [&](const std::string& l) { all += l + "\n"; }); return all; };
  const auto jc = nlohmann::json::parse(whole(G + "cities.json.gz")); for (auto& [k, v] : jc.items()) add_phrase(v["name"].get<std::string>(), city);
  if (opt["iso"] == "1") {
    const auto j2 = nlohmann::json::parse(whole("/usr/share/iso-codes/json/iso_3166-2.json"));
    for (auto& v : j2["3166-2"]) {
      std::string n = v["name"].get<std::string>();
      std::string k;
      std::stringstream st(n);
      std::string piece; std::size_t from = 0;
      while (true) { auto c = n.find_first_of(",([;/", from); std::string w = n.substr(from, c == std::string::npos ? c : c - from);
        while (!w.empty() && (w.back() == ' ' || w.back() == ')' || w.back() == ']' || w.back() == '*')) w.pop_back();
        while (!w.empty() && w.front() == ' ') w.erase(0, 1);
        if (w.size() > 2) add_phrase(w, region);
        if (c == std::string::npos) break; from = c + 1; }
    }
    const auto j6 = nlohmann::json::parse(whole("/usr/share/iso-codes/json/iso_639-2.json"));
    for (auto& v : j6["639-2"]) { std::string n = v["name"].get<std::string>(); add_phrase(n.substr(0, n.find_first_of(";,(")), other_name); }
  }
  if (opt["outlets"] == "1")
    each_line("/work/main/corpus/metadata/outlets.tsv", [&](const std::string& l) {
      if (l.empty() || l[0] == '#') return;
      std::stringstream st(l);
      for (std::string f; std::getline(st, f, '\t');) {
        if (f.starts_with("The ")) f = f.substr(4);
        if (f.find('.') == std::string::npos || f.find(' ') != std::string::npos) add_phrase(f, outlet);
      }
    });
  for (auto [file, list] : std::initializer_list<std::pair<const char*, unsigned>>{{"organisations", organisation}, {"places", region}, {"others", other_name}})
    if (opt["own-lists"] == "1") each_line(std::string("/work/main/indexer/entities/model/lists/") + file + ".txt", [&](const std::string& l) { if (!l.empty() && l[0] != '#') { std::stringstream st(l); for (std::string f; std::getline(st, f, ',');) { while (!f.empty() && f[0] == ' ') f.erase(0, 1); if (!f.empty()) add_phrase(f, list); } } });
  std::map<std::string, std::string> group;
  if (opt.contains("groups")) {
    std::ifstream in(opt["groups"]);
    for (std::string l; std::getline(in, l);) group[l.substr(0, l.find('\t'))] = l.substr(l.find('\t') + 1);
  }
  std::vector<LabelledText> texts;
  std::vector<bool> own;
  for (auto& f : files)
    for (auto& t : read_labelled_texts(f)) { own.push_back(f.find("own") != std::string::npos); texts.push_back(std::move(t)); }
  // learned list of small words
  std::map<std::uint64_t, int> inside; std::map<std::uint64_t, std::string> shown;
  {
    std::vector<Token> tokens;
    for (std::size_t d = 0; d < texts.size(); ++d) {
      auto& t = texts[d];
      Gazetteer::built_in().tokenise(t.text, tokens);
      for (auto& s : t.spans)
        for (auto& k : tokens)
          if (k.begin >= s.begin && k.end <= s.end && !k.has(Shape::capital)) { ++inside[k.key]; shown[k.key] = t.text.substr(k.begin, k.end - k.begin); }
    }
  }
  std::string shownlist;
  for (auto& [k, n] : inside) if (n >= std::stoi(opt["least_inside"])) { add(phrase_key(0, k), inside_names); shownlist += shown[k] + " "; }
  if (opt.contains("verbose")) fmt::print("inside: {}\n", shownlist);
  NameLists lists(entries);
  fmt::print("lists {} texts {}\n", lists.entries().size(), texts.size());

  Document document(Gazetteer::built_in(), lists);
  struct Doc { std::vector<std::vector<std::uint64_t>> pool; std::vector<TrainingSequence> seqs; std::vector<std::vector<std::pair<std::size_t, std::size_t>>> at; std::set<std::tuple<std::size_t, std::size_t, int>> gold; };
  std::vector<Doc> docs(texts.size());
  std::size_t misaligned = 0, unreachable = 0, total = 0, active = 0, alltok = 0;
  for (std::size_t d = 0; d < texts.size(); ++d) {
    std::string_view tv = texts[d].text;
    document.read({&tv, 1});
    const Part& part = document.parts()[0];
    std::vector<Tag> tags(part.tokens.size(), outside);
    for (auto& s : texts[d].spans) {
      docs[d].gold.insert({s.begin, s.end, (int)s.label});
      ++total;
      std::size_t a = part.tokens.size(), b = 0;
      for (std::size_t i = 0; i < part.tokens.size(); ++i) {
        auto& t = part.tokens[i];
        std::size_t lo = std::max(t.begin, s.begin), hi = std::min(t.end, s.end);
        if (lo < hi && (hi - lo) * 2 >= t.end - t.begin) { a = std::min(a, i); b = i; }
      }
      if (a > b || part.tokens[a].begin != s.begin || part.tokens[b].end != s.end) {
        ++misaligned;
        if (own[d] && opt.contains("verbose")) fmt::print("misaligned {} [{}] {}\n", texts[d].doc, tv.substr(s.begin > 10 ? s.begin - 10 : 0, s.end - s.begin + 20), tv.substr(s.begin, s.end - s.begin));
        if (a > b) continue;
      }
      bool ok = true;
      for (std::size_t i = a; i <= b; ++i) ok = ok && part.words[i].active && (i == a || !part.tokens[i].has(Shape::sentence_start));
      if (!ok) {
        ++unreachable;
        if (own[d] && opt.contains("verbose")) fmt::print("unreachable {} {}\n", texts[d].doc, tv.substr(s.begin, s.end - s.begin));
        continue;
      }
      for (std::size_t i = a; i <= b; ++i)
        tags[i] = tag_of(s.label, a == b ? TagPosition::only : i == a ? TagPosition::first : i == b ? TagPosition::last : TagPosition::inner);
    }
    alltok += part.tokens.size();
    for (const Sentence& sentence : part.sentences) {
      for (std::size_t i = sentence.first; i < sentence.last;) {
        if (!part.words[i].active) { ++i; continue; }
        TrainingSequence s;
        s.own = own[d];
        s.weight = own[d] ? 1 : std::stof(opt["open-weight"]);
        std::vector<std::pair<std::size_t, std::size_t>> at;
        std::vector<std::uint64_t> pool;
        while (i < sentence.last && part.words[i].active) {
          std::vector<std::uint64_t> f;
          find_features(document, part, i, f);
          s.features.push_back(f);
          s.tags.push_back(tags[i]);
          at.emplace_back(part.tokens[i].begin, part.tokens[i].end);
          {
            const Word& w = part.words[i];
            std::uint64_t k = i - w.run_first + 17;
            for (std::size_t q = w.run_first; q <= w.run_last; ++q) k = phrase_key(k, part.words[q].lower);
            pool.push_back(part.tokens[i].has(Shape::capital) ? k : 0);
          }
          ++i; ++active;
        }
        docs[d].seqs.push_back(std::move(s));
        docs[d].at.push_back(std::move(at));
        docs[d].pool.push_back(std::move(pool));
      }
    }
  }
  fmt::print("spans {} misaligned {} unreachable {} active {} of {}\n", total, misaligned, unreachable, active, alltok);

  TrainingOptions to;
  to.seed = std::stoul(opt["seed"]); to.rounds = std::stoul(opt["rounds"]); to.step = std::stof(opt["step"]); to.models = std::stoul(opt["models"]);
  to.least_uses = std::stoul(opt["uses"]); 
  const std::size_t folds = std::stoul(opt["folds"]);
  std::map<std::string, Counts> counts;
  std::ofstream errors;
  if (!opt["errors"].empty()) errors.open(opt["errors"]);
  std::size_t do_folds = opt["only"].empty() ? folds : std::stoul(opt["only"]);
  for (std::size_t fold = 0; fold < do_folds; ++fold) {
    std::vector<TrainingSequence> train_set;
    std::vector<std::size_t> test;
    for (std::size_t d = 0; d < docs.size(); ++d) {
      std::size_t g = std::hash<std::string>{}(group.contains(texts[d].doc) ? group[texts[d].doc] : texts[d].doc) % 997 % folds;
      if (own[d] && g == fold) test.push_back(d);
      else for (auto& s : docs[d].seqs) train_set.push_back(s);
    }
    LearnedWeights w = train(train_set, to);
    for (std::size_t d : test) {
      std::set<std::tuple<std::size_t, std::size_t, int>> pred;
      std::vector<std::vector<TagWeights>> em;
      std::map<std::uint64_t, std::pair<int, TagWeights>> sums;
      for (std::size_t q = 0; q < docs[d].seqs.size(); ++q) {
        em.push_back(emissions(w, docs[d].seqs[q].features));
        for (std::size_t i = 0; i < em[q].size(); ++i) {
          if (docs[d].pool[q][i] == 0) continue;
          auto& s = sums[docs[d].pool[q][i]];
          ++s.first;
          for (std::size_t t = 0; t < tag_count; ++t) s.second[t] += em[q][i][t];
        }
      }
      const float lambda = std::stof(opt["pool"]);
      for (std::size_t q = 0; q < docs[d].seqs.size(); ++q)
        for (std::size_t i = 0; i < em[q].size(); ++i) {
          if (docs[d].pool[q][i] == 0) continue;
          auto& s = sums[docs[d].pool[q][i]];
          if (s.first < 2) continue;
          for (std::size_t t = 0; t < tag_count; ++t) { float others = (s.second[t] - em[q][i][t]) / float(s.first - 1); em[q][i][t] = (1 - lambda) * em[q][i][t] + lambda * others; }
        }
      for (std::size_t q = 0; q < docs[d].seqs.size(); ++q) {
        auto tags = decode(w, em[q]);
        for (std::size_t i = 0, a = 0; i < tags.size(); ++i) {
          if (tags[i] == outside) continue;
          if (position_of(tags[i]) == TagPosition::first || position_of(tags[i]) == TagPosition::only) a = i;
          if (!goes_on(tags[i])) pred.insert({docs[d].at[q][a].first, docs[d].at[q][i].second, (int)label_of(tags[i])});
        }
      }
      Counts& c = counts[texts[d].doc.substr(0, 1)];
      for (auto& p : pred) { ++c.pred[std::get<2>(p)]; c.tp[std::get<2>(p)] += docs[d].gold.contains(p); }
      for (auto& g : docs[d].gold) ++c.gold[std::get<2>(g)];
      if (errors.is_open()) {
        auto say = [&](const char* kind, const auto& x) {
          auto [b, e, l] = x;
          std::string ctx = texts[d].text.substr(b > 40 ? b - 40 : 0, b > 40 ? 40 : b) + "[[" + texts[d].text.substr(b, e - b) + "]]" + texts[d].text.substr(e, 40);
          for (char& ch : ctx) if (ch == '\n') ch = '|';
          errors << kind << " " << label_names[l] << " " << texts[d].doc << "\t" << ctx << "\n";
        };
        for (auto& p : pred) if (!docs[d].gold.contains(p)) say("FP", p);
        for (auto& g : docs[d].gold) if (!pred.contains(g)) say("FN", g);
      }
    }
    std::string line;
    for (auto& [k, c] : counts) {
      auto f1 = [&](int a, int b) { int t = 0, g = 0, p = 0; for (int l = a; l <= b; ++l) t += c.tp[l], g += c.gold[l], p += c.pred[l]; return fmt::format("{:.2f} ({:.1f}/{:.1f})", 200.0 * t / std::max(1, g + p), 100.0 * t / std::max(1, p), 100.0 * t / std::max(1, g)); };
      line += fmt::format("  {}: {} P {} O {} L {} M {}", k, f1(0, 2), f1(0, 0), f1(1, 1), f1(2, 2), f1(3, 3));
    }
    fmt::print("fold {} features {}{}\n", fold, w.features.size(), line);
    fflush(stdout);
  }
}
