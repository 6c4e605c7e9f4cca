// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/entities/model/training_data.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <stdexcept>

#include "common/json.h"
#include "common/text/unicode.h"
#include "corpus/bytes/byte_source.h"
#include "corpus/bytes/line_reader.h"

namespace dateline::ner {
namespace {

constexpr std::uint64_t longest_line = 16U << 20;
/// Sentences of a set that does not say where its texts begin are taken so many together.
constexpr std::size_t sentences_of_a_text = 20;

std::optional<Label> label_named(std::string_view name) {
  const auto found = std::find(label_names.begin(), label_names.end(), name);
  if (found == label_names.end()) return std::nullopt;
  return static_cast<Label>(found - label_names.begin());
}

LabelledText text_of_json(const std::string& line) {
  const Json object = Json::parse(line);
  LabelledText text{object.at("doc"), object.at("text"), {}};
  std::vector<std::size_t> begins;
  for (std::size_t at = 0; at < text.text.size();) {
    begins.push_back(at);
    next_code_point(text.text, at);
  }
  begins.push_back(text.text.size());
  for (const Json& span : object.at("spans")) {
    const auto label = label_named(span.at(2).get<std::string>());
    if (!label) throw std::runtime_error("an unknown type of name");
    text.spans.push_back({begins.at(span.at(0)), begins.at(span.at(1)), *label});
  }
  std::sort(text.spans.begin(), text.spans.end(),
            [](const LabelledSpan& a, const LabelledSpan& b) { return a.begin < b.begin; });
  return text;
}

/// Puts the words of a token table together as running text.
class TokenTable {
 public:
  void add(const std::string& line, std::vector<LabelledText>& texts) {
    const auto tab = line.find('\t');
    const std::string word = line.substr(0, tab);
    if (word == "-DOCSTART-") {
      finish(texts);
    } else if (word.empty()) {
      end_sentence(texts);
    } else {
      if (tab == std::string::npos) throw std::runtime_error("a word without a tag");
      add_word(word, line.substr(tab + 1));
    }
  }

  void finish(std::vector<LabelledText>& texts) {
    if (!text_.text.empty()) texts.push_back(std::move(text_));
    text_ = {};
    sentences_ = 0;
    space_ = false;
    open_ = false;
  }

 private:
  void end_sentence(std::vector<LabelledText>& texts) {
    if (!text_.text.empty() && text_.text.back() != '\n') {
      text_.text += '\n';
      ++sentences_;
    }
    open_ = false;
    space_ = false;
    if (sentences_ == sentences_of_a_text) finish(texts);
  }

  static bool hugs_left(const std::string& word) {
    constexpr std::string_view closing = ".,;:!?)]%";
    return word == "'s" || word == "n't" || word == "\u2019s" ||
           (word.size() == 1 && closing.find(word[0]) != std::string_view::npos);
  }

  void add_word(const std::string& word, const std::string& tag) {
    if (space_ && !hugs_left(word)) text_.text += ' ';
    const std::size_t begin = text_.text.size();
    text_.text += word;
    space_ = word != "(" && word != "[" && word != "$";
    const auto label = tag.size() > 2 ? label_named(tag.substr(2)) : std::nullopt;
    if (!label) {
      open_ = false;
      return;
    }
    const bool goes_on = open_ && tag[0] == 'I' && text_.spans.back().label == *label;
    if (goes_on) {
      text_.spans.back().end = text_.text.size();
    } else {
      text_.spans.push_back({begin, text_.text.size(), *label});
    }
    open_ = true;
  }

  LabelledText text_;
  std::size_t sentences_ = 0;
  bool space_ = false;
  bool open_ = false;
};

}  // namespace

std::vector<LabelledText> read_labelled_texts(const std::filesystem::path& file) {
  ByteSource source(file);
  LineReader lines(source, longest_line);
  const bool table = file.filename().string().find(".tsv") != std::string::npos;
  std::vector<LabelledText> texts;
  TokenTable tokens;
  for (Line line; lines.next(line);) {
    try {
      if (table) {
        tokens.add(line.text, texts);
      } else if (!line.text.empty()) {
        texts.push_back(text_of_json(line.text));
      }
    } catch (const std::exception& problem) {
      throw std::runtime_error(
          fmt::format("{}:{}: {}", file.string(), line.number, problem.what()));
    }
  }
  tokens.finish(texts);
  for (std::size_t i = 0; i < texts.size(); ++i)
    if (texts[i].doc.empty()) texts[i].doc = fmt::format("{}:{}", file.filename().string(), i);
  return texts;
}

}  // namespace dateline::ner
