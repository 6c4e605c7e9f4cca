// SPDX-License-Identifier: GPL-3.0-or-later
#include <unistd.h>

#include "common/completions.h"
#include "common/program.h"
#include "common/settings.h"
#include "searcher/commands.h"
#include "searcher/options.h"

namespace dateline {
namespace {

/// What is asked about the program itself; false where nothing is.
bool print_about(const ParsedOptions& options) {
  if (options.has("help")) {
    print_out(help_text(search_options(), search_program(), terminal_width(STDOUT_FILENO)));
  } else if (options.has("version")) {
    print_out(version_text(search_program().name));
  } else if (options.has("man-options")) {
    print_out(man_options(search_options()));
  } else if (options.has("completions")) {
    print_out(completions(options.value("completions"), search_options(), search_program()));
  } else {
    return false;
  }
  return true;
}

ExitCode run(int argc, const char* const* argv) {
  auto options = parse_options(search_options(), search_program(), argc, argv);
  if (print_about(options)) return ExitCode::ok;
  add_settings(options, search_options(), "search");
  return with_remedies_at(options.typed("db") ? options.value("db") : "", [&] {
    if (options.has("batch")) return search_batch(options);
    if (options.has("profile")) return describe_entity(options);
    if (options.has("open")) return open_one(options);
    return search_once(options);
  });
}

}  // namespace
}  // namespace dateline

int main(int argc, char** argv) {
  return dateline::run_program(dateline::search_program().name,
                               [&] { return static_cast<int>(dateline::run(argc, argv)); });
}
