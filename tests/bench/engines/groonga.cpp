// SPDX-License-Identifier: GPL-3.0-or-later
// Groonga, spoken to as its own program reads commands from a pipe. "build DOCUMENTS INDEX" writes
// what that program builds from. Words are not stemmed: Debian's package has no stemmer.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <fstream>

#include "tests/bench/engines/documents.h"
#include "tests/bench/engines/protocol.h"
#include "tests/bench/process.h"

namespace dateline::bench {
namespace {

using Operator = Question::Operator;

constexpr std::string_view schema =
    "table_create Article TABLE_NO_KEY\n"
    "table_create Name TABLE_PAT_KEY ShortText\n"
    "column_create Article title COLUMN_SCALAR Text\n"
    "column_create Article text COLUMN_SCALAR Text\n"
    "column_create Article day COLUMN_SCALAR UInt32\n"
    "column_create Article month COLUMN_SCALAR Name\n"
    "column_create Article source COLUMN_SCALAR Name\n"
    "column_create Article entity COLUMN_VECTOR Name\n"
    "table_create Term TABLE_PAT_KEY ShortText --default_tokenizer TokenBigram"
    " --normalizer NormalizerAuto\n"
    "column_create Term words COLUMN_INDEX|WITH_POSITION|WITH_SECTION Article title,text\n"
    "column_create Name months COLUMN_INDEX Article month\n"
    "column_create Name sources COLUMN_INDEX Article source\n"
    "load --table Article\n[\n";

std::string quoted(std::string_view text) {
  std::string json = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') json += '\\';
    if (static_cast<unsigned char>(c) >= ' ') json += c;
  }
  return json + '"';
}

std::string record(const Document& d) {
  std::string day;
  for (const char c : d.date) {
    if (c != '-') day += c;
  }
  std::vector<std::string> entities;
  for (const auto& entity : d.entities) entities.push_back(quoted(entity));
  return fmt::format(R"({{"title":{},"text":{},"day":{},"month":{},"source":{},"entity":[{}]}})",
                     quoted(d.title), quoted(d.text), day.empty() ? "0" : day,
                     quoted(d.date.substr(0, 7)), quoted(d.source), fmt::join(entities, ","));
}

void prepare(const std::string& documents, const std::string& index) {
  std::ofstream out(index + ".grn");
  out << schema;
  bool first = true;
  for_each_document(documents, [&](const Document& d) {
    out << (first ? "" : ",\n") << record(d);
    first = false;
  });
  out << "\n]\n";
  if (!out.flush()) throw std::runtime_error("cannot write " + index + ".grn");
}

std::string query_text(const Question& question) {
  switch (question.op) {
    case Operator::any:
      return fmt::format("{}", fmt::join(question.words, " OR "));
    case Operator::all:
      return fmt::format("{}", fmt::join(question.words, " "));
    case Operator::phrase:
      return fmt::format("\\\"{}\\\"", fmt::join(question.words, " "));
    case Operator::prefix:
      return question.words.at(0) + '*';
    case Operator::every:
      return "";
  }
  throw Unsupported("no such operator");
}

std::string command(const Question& question) {
  if (question.text) throw Unsupported("no such question is put to it");
  std::string line = "select Article --limit 10 --output_columns _id";
  if (!question.words.empty()) {
    line += fmt::format(" --match_columns \"title || text\" --query \"{}\"", query_text(question));
  }
  if (!question.month.empty()) {
    line += fmt::format(" --filter 'month == \"{}\"'", question.month);
  } else if (!question.source.empty()) {
    line += fmt::format(" --filter 'source == {}'", quoted(question.source));
  }
  line += question.newest ? " --sort_keys -day" : " --sort_keys -_score";
  if (question.facets) {
    line +=
        " --drilldown source,month,entity --drilldown_sort_keys -_nsubrecs"
        " --drilldown_limit 30 --drilldown_output_columns _key,_nsubrecs";
  }
  return line;
}

/// The first count in "[[0,…],[[[MATCHES],…": how many match.
std::uint64_t matches_in(const std::string& answer) {
  if (!answer.starts_with("[[0,")) throw std::runtime_error(answer);
  const auto at = answer.find("],[[[");
  return at == std::string::npos ? 0 : std::stoull(answer.substr(at + 5));
}

void serve_index(const std::string& index) {
  Process groonga({"groonga", index});
  groonga.ask("cache_limit 0");  // every engine answers anew
  serve([&](const Question& question) { return matches_in(groonga.ask(command(question))); });
}

}  // namespace
}  // namespace dateline::bench

int main(int argc, char** argv) {
  return dateline::bench::run_engine(argc, argv, dateline::bench::prepare,
                                     dateline::bench::serve_index);
}
