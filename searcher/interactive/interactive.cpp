// SPDX-License-Identifier: GPL-3.0-or-later
#include "searcher/interactive/interactive.h"

#include <unistd.h>

#include "common/program.h"
#include "searcher/interactive/completion.h"
#include "searcher/interactive/history_file.h"
#include "searcher/interactive/line_editor.h"
#include "searcher/interactive/session.h"

namespace dateline {

bool can_interact() { return is_terminal(STDIN_FILENO) && is_terminal(STDOUT_FILENO); }

ExitCode interact(const std::filesystem::path& index, const SearchRequest& defaults,
                  const Palette& palette, bool keep_history) {
  Session session(index, defaults);
  ValueNames names(session.snapshot());
  LineEditor editor([&](std::string_view line) {
    if (names.snapshot() != session.snapshot()) names = ValueNames(session.snapshot());
    return complete(line, names);
  });
  const HistoryFile history(keep_history ? history_path() : std::nullopt);
  editor.remember(history.load());

  print_out(session.greeting(palette, terminal_width(STDOUT_FILENO)));
  while (const auto line =
             editor.read(session.prompt(terminal_width(STDOUT_FILENO)), palette.colour())) {
    if (editor.remember(*line)) history.append(*line);
    const auto reply = session.take(*line, palette, terminal_width(STDOUT_FILENO));
    print_out(reply.text);
    if (reply.ends) break;
  }
  return editor.was_stopped() ? ExitCode::interrupted : ExitCode::ok;
}

}  // namespace dateline
