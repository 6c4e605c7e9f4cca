// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/commands/damage_report.h"

#include <fmt/format.h>

#include "common/text/unicode.h"

namespace dateline {

std::string damage_text(const DamageList& damage, const Palette& palette) {
  std::string out;
  for (const auto& d : damage.kept()) {
    out += fmt::format("{} {} {}: {}\n", palette.problem("damaged"), printable(d.file.string()),
                       printable(d.problem), printable(d.consequence));
  }
  if (damage.count() > damage.kept().size()) {
    out += fmt::format("{} … and {} more\n", palette.problem("damaged"),
                       damage.count() - damage.kept().size());
  }
  return out;
}

Json damage_json(const DamageList& damage) {
  auto list = Json::array();
  for (const auto& d : damage.kept()) {
    list.push_back({{"part", d.owner},
                    {"file", d.file.string()},
                    {"problem", d.problem},
                    {"consequence", d.consequence}});
  }
  return list;
}

}  // namespace dateline
