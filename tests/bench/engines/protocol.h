// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace dateline::bench {

/// What every engine is asked, each in its own language.
struct Question {
  /// How the words belong together; `prefix`: there is one, and words that begin with it match;
  /// `every`: without words, every article.
  enum class Operator { any, all, phrase, prefix, every };
  Operator op = Operator::any;
  std::vector<std::string> words{};  ///< a-z and 0-9 alone
  std::string month{};               ///< only of this month, "2019-03"; "": of any
  std::string source{};              ///< only of this source; "": of any
  bool total = false;                ///< how many match, exactly, besides the ten best
  bool facets = false;               ///< and how many of each source, month and entity
  bool newest = false;               ///< the ten newest in place of the ten best
  bool text = false;                 ///< with title and a passage of each of the ten
};

/// One line, without its end: "any\tlord palmerston\tmonth=2019-03\tfacets".
std::string write_question(const Question& question);
/// REQUIRES: a line that write_question() made.
Question read_question(std::string_view line);

/// An engine has no such question.
class Unsupported : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// Answers a question and returns how many articles match, or as many as it looked at.
using Answer = std::function<std::uint64_t(const Question&)>;

/// The far side of Engine: reads "TIMES\tQUESTION" from standard input until its end, answers it so
/// many times and writes "MATCHES\tMICROSECONDS MICROSECONDS ..." or "!\tREASON". Says "ready"
/// first.
void serve(const Answer& answer);

/// `arguments` as "build DOCUMENTS INDEX" or "serve INDEX"; the exit code of the process.
int run_engine(
    int argc, char** argv,
    const std::function<void(const std::string& documents, const std::string& index)>& build,
    const std::function<void(const std::string& index)>& serve_index);

}  // namespace dateline::bench
