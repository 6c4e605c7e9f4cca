// SPDX-License-Identifier: GPL-3.0-or-later
#include "searcher/console/pager.h"

#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <string_view>
#include <utility>

#include "common/program.h"
#include "common/terminal.h"
#include "searcher/console/process.h"

namespace dateline {
namespace {

Command pager_command() {
  for (const auto* name : {"DATELINE_PAGER", "PAGER"}) {
    const char* value = std::getenv(name);
    if (value == nullptr) continue;
    auto command = split_command(value);
    if (!command.empty() || std::string_view(name) == "DATELINE_PAGER") return command;
  }
  return {"less", "-R"};
}

bool at_a_terminal() { return is_terminal(STDOUT_FILENO) && is_terminal(STDIN_FILENO); }

bool longer_than_the_screen(const std::string& text) {
  const auto height = terminal_height(STDOUT_FILENO);
  // The last line is the shell's.
  return height > 0 && std::cmp_greater_equal(std::ranges::count(text, '\n'), height);
}

}  // namespace

void show_page(const std::string& text, bool allowed) {
  if (allowed && at_a_terminal() && longer_than_the_screen(text)) {
    ::setenv("LESS", "FRX", 0);
    if (run_command(pager_command(), &text)) return;
  }
  print_out(text);
}

bool pager_breaks_links(bool allowed) {
  if (!allowed || !at_a_terminal()) return false;
  const auto command = pager_command();
  if (command.empty()) return false;
  const auto& program = command.front();
  return program.substr(program.rfind('/') + 1) != "less";
}

}  // namespace dateline
