// SPDX-License-Identifier: GPL-3.0-or-later
#include "searcher/console/open_article.h"

#include <cstdlib>

#include "searcher/console/process.h"
#include "searcher/output/page.h"

namespace dateline {
namespace {

Command browser_command(const std::string& address) {
  const char* browser = std::getenv("BROWSER");
  auto command = split_command(browser == nullptr ? "" : browser);
  if (command.empty()) command = {"xdg-open"};
  bool placed = false;
  for (std::size_t i = 1; i < command.size(); ++i) {
    const auto at = command[i].find("%s");
    if (at == std::string::npos) continue;
    command[i].replace(at, 2, address);
    placed = true;
  }
  if (!placed) command.push_back(address);
  return command;
}

}  // namespace

bool open_in_browser(const Article& article) {
  return has_web_address(article) && run_command(browser_command(article_address(article)));
}

}  // namespace dateline
