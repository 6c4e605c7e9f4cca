// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/update/twins.h"

#include <algorithm>
#include <filesystem>

namespace dateline {
namespace {

/// Among copies of one content the name is looked for in so many: there may be thousands.
constexpr std::size_t most_names_compared = 64;

bool same_name(const std::string& a, const std::string& b) {
  return std::filesystem::path(a).filename() == std::filesystem::path(b).filename();
}

}  // namespace

Twins::Twins(const Catalogue& before, const Catalogue& now) {
  for (const auto& [path, entry] : before) {
    const Known known{&path, entry.content};
    if (now.contains(path)) {
      there_.try_emplace(entry.content.low, known);
    } else {
      gone_[entry.content.low].push_back(known);
    }
  }
  for (auto& [hash, files] : gone_) std::ranges::reverse(files);  // taken from the back, in order
}

const std::string* Twins::take(const std::string& path, const Digest& content) {
  if (const auto found = gone_.find(content.low); found != gone_.end()) {
    auto& files = found->second;
    const auto compared = std::min(files.size(), most_names_compared);
    auto chosen = std::find_if(
        files.rbegin(), files.rbegin() + static_cast<long>(compared),
        [&](const Known& k) { return k.content == content && same_name(*k.path, path); });
    if (chosen == files.rbegin() + static_cast<long>(compared)) chosen = files.rbegin();
    if (chosen != files.rend() && chosen->content == content) {
      const auto* taken = chosen->path;
      files.erase(std::next(chosen).base());
      return taken;
    }
  }
  const auto found = there_.find(content.low);
  return found != there_.end() && found->second.content == content ? found->second.path : nullptr;
}

}  // namespace dateline
