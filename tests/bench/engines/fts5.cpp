// SPDX-License-Identifier: GPL-3.0-or-later
// SQLite FTS5 as its users set it up: a table of articles, and an FTS5 index of it with the Porter
// stemmer. Entities have a table of their own, which is made when the index is first asked, so that
// building measures the full text alone.
#include <sqlite3.h>

#include <memory>

#include "tests/bench/engines/documents.h"
#include "tests/bench/engines/protocol.h"

namespace dateline::bench {
namespace {

using Operator = Question::Operator;

[[noreturn]] void fail(sqlite3* db) { throw std::runtime_error(sqlite3_errmsg(db)); }

struct Close {
  void operator()(sqlite3* db) const { sqlite3_close(db); }
  void operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
};
using Database = std::unique_ptr<sqlite3, Close>;

class Statement {
 public:
  Statement(sqlite3* db, std::string_view sql) : db_(db) {
    sqlite3_stmt* statement = nullptr;
    if (sqlite3_prepare_v2(db, sql.data(), static_cast<int>(sql.size()), &statement, nullptr) !=
        SQLITE_OK) {
      fail(db);
    }
    statement_.reset(statement);
  }

  /// The text must live until the statement has run.
  Statement& bind(int at, std::string_view text) {
    sqlite3_bind_text(get(), at, text.data(), static_cast<int>(text.size()), SQLITE_STATIC);
    return *this;
  }
  Statement& bind(int at, std::int64_t number) {
    sqlite3_bind_int64(get(), at, number);
    return *this;
  }
  bool next() {
    const auto status = sqlite3_step(get());
    if (status != SQLITE_ROW && status != SQLITE_DONE) fail(db_);
    return status == SQLITE_ROW;
  }
  void run() {
    while (next()) continue;
    sqlite3_reset(get());
  }
  std::int64_t number(int column) { return sqlite3_column_int64(get(), column); }
  std::string text(int column) {
    return std::string(reinterpret_cast<const char*>(sqlite3_column_text(get(), column)),
                       static_cast<std::size_t>(sqlite3_column_bytes(get(), column)));
  }

 private:
  sqlite3_stmt* get() const { return statement_.get(); }

  sqlite3* db_;
  std::unique_ptr<sqlite3_stmt, Close> statement_;
};

Database open(const std::string& path) {
  sqlite3* db = nullptr;
  const auto status = sqlite3_open(path.c_str(), &db);
  Database opened(db);
  if (status != SQLITE_OK) fail(db);
  return opened;
}

void run(sqlite3* db, const char* sql) {
  if (sqlite3_exec(db, sql, nullptr, nullptr, nullptr) != SQLITE_OK) fail(db);
}

void build(const std::string& documents, const std::string& index) {
  const auto db = open(index);
  run(db.get(),
      "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -200000;"
      "CREATE TABLE article (id INTEGER PRIMARY KEY, name, date, source, entities, title, text);"
      "CREATE VIRTUAL TABLE fts USING fts5 (title, text, content = 'article', content_rowid = 'id',"
      " tokenize = 'porter unicode61');"
      "BEGIN");
  Statement insert(db.get(), "INSERT INTO article VALUES (?, ?, ?, ?, ?, ?, ?)");
  Statement index_text(db.get(), "INSERT INTO fts (rowid, title, text) VALUES (?, ?, ?)");
  std::int64_t row = 0;
  for_each_document(documents, [&](const Document& d) {
    std::string entities;
    for (const auto& entity : d.entities) entities += entity + '|';
    insert.bind(1, ++row).bind(2, d.id).bind(3, d.date).bind(4, d.source).bind(5, entities);
    insert.bind(6, d.title).bind(7, d.text).run();
    index_text.bind(1, row).bind(2, d.title).bind(3, d.text).run();
  });
  run(db.get(), "COMMIT");
}

/// What facets and filters are answered from.
void add_entity_table(sqlite3* db) {
  run(db,
      "PRAGMA cache_size = -500000; PRAGMA mmap_size = 20000000000; BEGIN;"
      "DROP TABLE IF EXISTS entity; CREATE TABLE entity (article INTEGER, name TEXT, PRIMARY KEY "
      "(article, name)) "
      "WITHOUT "
      "ROWID;"
      "CREATE INDEX IF NOT EXISTS article_date ON article (date)");
  Statement read(db, "SELECT id, entities FROM article");
  Statement insert(db, "INSERT OR IGNORE INTO entity VALUES (?, ?)");
  while (read.next()) {
    const auto names = read.text(1);
    for (std::size_t at = 0; at < names.size();) {
      const auto end = names.find('|', at);
      insert.bind(1, read.number(0)).bind(2, std::string_view(names).substr(at, end - at)).run();
      at = end + 1;
    }
  }
  run(db, "COMMIT");
}

std::string match_text(const Question& question) {
  const auto joined = [&](std::string_view between) {
    std::string text;
    for (const auto& word : question.words) {
      if (!text.empty()) text += between;
      text += question.op == Operator::phrase ? word : '"' + word + '"';
    }
    return text;
  };
  switch (question.op) {
    case Operator::any:
      return joined(" OR ");
    case Operator::all:
      return joined(" AND ");
    case Operator::phrase:
      return '"' + joined(" ") + '"';
    case Operator::prefix:
      return joined(" ") + " *";
    case Operator::every:
      return "";
  }
  throw Unsupported("no such operator");
}

std::uint64_t count_rows(Statement&& statement) {
  std::uint64_t rows = 0;
  while (statement.next()) ++rows;
  return rows;
}

/// The articles that match, as SQL; binds ?1 to the words, ?2 to the source, ?3 to the month.
std::string from_matches(const Question& question) {
  const bool filtered = !question.month.empty() || !question.source.empty();
  std::string sql = question.words.empty() ? " FROM article" : " FROM fts";
  if (filtered && !question.words.empty()) sql += " JOIN article ON article.id = fts.rowid";
  std::string where;
  const auto add = [&](const char* condition) {
    where += where.empty() ? " WHERE " : " AND ";
    where += condition;
  };
  if (!question.words.empty()) add("fts MATCH ?1");
  if (!question.source.empty()) add("article.source = ?2");
  if (!question.month.empty()) add("article.date BETWEEN ?3 || '-01' AND ?3 || '-31'");
  return sql + where;
}

class Index {
 public:
  explicit Index(const std::string& path) : db_(open(path)) { add_entity_table(db_.get()); }

  std::uint64_t answer(const Question& question) {
    const auto from = from_matches(question);
    const std::string id = question.words.empty() ? "article.id" : "fts.rowid";
    std::uint64_t matches = count_rows(ask(question, best(question, from, id)));
    if (question.facets) count_facets(question, "SELECT " + id + " AS id" + from);
    if (question.total || question.facets) {
      auto total = ask(question, "SELECT count(*)" + from);
      total.next();
      matches = static_cast<std::uint64_t>(total.number(0));
    }
    return matches;
  }

 private:
  static std::string best(const Question& question, const std::string& from,
                          const std::string& id) {
    if (question.newest && question.words.empty()) {
      return "SELECT id" + from + " ORDER BY date DESC LIMIT 10";
    }
    if (question.newest) {
      return "SELECT m.id FROM (SELECT " + id + " AS id" + from +
             ") m CROSS JOIN article ON article.id = m.id ORDER BY date DESC LIMIT 10";
    }
    const std::string passage = question.text ? ", snippet(fts, 1, '[', ']', '...', 32)" : "";
    return "SELECT " + id + passage + from + (question.words.empty() ? "" : " ORDER BY rank") +
           " LIMIT 10";
  }

  // CROSS JOIN: else SQLite begins with the larger table, which takes a thousand times as long.
  void count_facets(const Question& question, const std::string& matching) {
    for (const char* value : {"source", "substr(date, 1, 7)"}) {
      count_rows(ask(question, "SELECT " + std::string(value) + " v, count(*) n FROM (" + matching +
                                   ") m CROSS JOIN article ON article.id = m.id"
                                   " GROUP BY v ORDER BY n DESC LIMIT 150"));
    }
    count_rows(ask(question, "SELECT name, count(*) n FROM (" + matching +
                                 ") m CROSS JOIN entity ON entity.article = m.id"
                                 " GROUP BY name ORDER BY n DESC LIMIT 30"));
  }

  Statement ask(const Question& question, const std::string& sql) {
    text_ = match_text(question);
    Statement statement(db_.get(), sql);
    statement.bind(1, text_).bind(2, question.source).bind(3, question.month);
    return statement;
  }

  Database db_;
  std::string text_;  ///< what the statement is bound to
};

void serve_index(const std::string& path) {
  Index index(path);
  serve([&](const Question& question) { return index.answer(question); });
}

}  // namespace
}  // namespace dateline::bench

int main(int argc, char** argv) {
  return dateline::bench::run_engine(argc, argv, dateline::bench::build,
                                     dateline::bench::serve_index);
}
