// SPDX-License-Identifier: GPL-3.0-or-later
// Xapian as its users set it up: scriptindex of xapian-omega builds, QueryParser and Enquire
// answer. "build DOCUMENTS INDEX" writes what scriptindex reads.
#include <xapian.h>

#include <fstream>

#include "tests/bench/engines/documents.h"
#include "tests/bench/engines/protocol.h"

namespace dateline::bench {
namespace {

using Operator = Question::Operator;

constexpr unsigned best = 10;
constexpr Xapian::valueno month_slot = 0;
constexpr Xapian::valueno source_slot = 1;

// What the month and the source are found by, and counted by.
constexpr std::string_view script =
    "id : field\n"
    "title : field indexnopos=S index\n"
    "text : field index\n"
    "month : boolean=XM value=0\n"
    "source : field boolean=XS value=1\n"
    "entity : boolean=XE\n";

void prepare(const std::string& documents, const std::string& index) {
  std::ofstream(index + ".script") << script;
  std::ofstream out(index + ".documents");
  for_each_document(documents, [&](const Document& d) {
    out << "id=" << d.id << "\ntitle=" << d.title << "\ntext=" << d.text
        << "\nmonth=" << d.date.substr(0, 7) << "\nsource=" << d.source << '\n';
    for (const auto& entity : d.entities) out << "entity=" << entity << '\n';
    out << '\n';
  });
  if (!out.flush()) throw std::runtime_error("cannot write " + index + ".documents");
}

class Index {
 public:
  explicit Index(const std::string& path) : database_(path) {
    parser_.set_database(database_);
    parser_.set_stemmer(Xapian::Stem("english"));
    parser_.set_stemming_strategy(Xapian::QueryParser::STEM_SOME);
  }

  std::uint64_t answer(const Question& question) {
    if (question.text || question.newest) throw Unsupported("no such question is put to it");
    Xapian::Enquire enquire(database_);
    enquire.set_query(query(question));
    Xapian::ValueCountMatchSpy sources(source_slot);
    Xapian::ValueCountMatchSpy months(month_slot);
    if (question.facets) {  // entities are many a document: a value holds one
      enquire.add_matchspy(&sources);
      enquire.add_matchspy(&months);
    }
    const bool exact = question.total || question.facets;
    const auto found = enquire.get_mset(0, best, exact ? database_.get_doccount() : 0);
    return found.get_matches_estimated();
  }

 private:
  Xapian::Query query(const Question& question) {
    auto query = words(question);
    if (!question.month.empty()) query = filtered(query, "XM" + question.month);
    if (!question.source.empty()) query = filtered(query, "XS:" + question.source);
    return query;
  }

  static Xapian::Query filtered(const Xapian::Query& query, const std::string& term) {
    return {Xapian::Query::OP_FILTER, query, Xapian::Query(term)};
  }

  Xapian::Query words(const Question& question) {
    if (question.op == Operator::every) return Xapian::Query(std::string());
    std::string text;
    for (const auto& word : question.words) text += (text.empty() ? "" : " ") + word;
    unsigned flags = 0;
    if (question.op == Operator::phrase) {
      text = '"' + text + '"';
      flags = Xapian::QueryParser::FLAG_PHRASE;
    } else if (question.op == Operator::prefix) {
      text += '*';
      flags = Xapian::QueryParser::FLAG_WILDCARD;
    }
    parser_.set_default_op(question.op == Operator::any ? Xapian::Query::OP_OR
                                                        : Xapian::Query::OP_AND);
    return parser_.parse_query(text, flags);
  }

  Xapian::Database database_;
  Xapian::QueryParser parser_;
};

void serve_index(const std::string& path) try {
  Index index(path);
  serve([&](const Question& question) { return index.answer(question); });
} catch (const Xapian::Error& e) {
  throw std::runtime_error(e.get_description());
}

}  // namespace
}  // namespace dateline::bench

int main(int argc, char** argv) {
  return dateline::bench::run_engine(argc, argv, dateline::bench::prepare,
                                     dateline::bench::serve_index);
}
