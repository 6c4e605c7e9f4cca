// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/date/zones.h"

#include <algorithm>
#include <array>
#include <chrono>

namespace dateline::date {
namespace {

using namespace std::chrono_literals;

/// The North American ones and UT, GMT and Z as RFC 2822, 4.3 has them, the others by the names and
/// offsets of the IANA time zone database. IST (India, Ireland, Israel), AST, SST, AMT, ECT and the
/// like stand for several zones. BST is British: Bangladesh's newspapers write it too, but in
/// Bangladesh it has no official standing.
constexpr std::array<Zone, 55> zones{{
    {"z", 0},           {"ut", 0},          {"utc", 0},         {"gmt", 0},         {"wet", 0},
    {"est", -300},      {"edt", -240},      {"cst", -360},      {"cdt", -300},      {"mst", -420},
    {"mdt", -360},      {"pst", -480},      {"pdt", -420},      {"akst", -540},     {"akdt", -480},
    {"hst", -600},      {"nst", -210},      {"ndt", -150},      {"cet", 60},        {"mez", 60},
    {"cest", 120},      {"mesz", 120},      {"met", 60},        {"mest", 120},      {"west", 60},
    {"bst", 60},        {"eet", 120},       {"eest", 180},      {"trt", 180},       {"msk", 180},
    {"мск", 180},       {"sast", 120},      {"cat", 120},       {"eat", 180},       {"wat", 60},
    {"pkt", 300},       {"npt", 345},       {"ict", 420},       {"wib", 420},       {"hkt", 480},
    {"sgt", 480},       {"awst", 480},      {"jst", 540},       {"kst", 540},       {"acst", 570},
    {"acdt", 630},      {"aest", 600},      {"aedt", 660},      {"nzst", 720},      {"nzdt", 780},
    {"et", -300, true}, {"ct", -360, true}, {"mt", -420, true}, {"pt", -480, true}, {"ist", {}},
}};

/// Since 2007 from 2:00 on the second Sunday of March to 2:00 on the first of November (Energy
/// Policy Act of 2005, Public Law 109-58, section 110). Nothing for the hours that do not exist or
/// come twice, and for the rules before.
std::optional<bool> us_summer(Day day, std::int32_t second_of_day) {
  using namespace std::chrono;
  const year_month_day ymd{day};
  if (ymd.year() < year{2007}) return std::nullopt;
  const seconds now = (day - Day{}) + seconds{second_of_day};
  const seconds starts = sys_days{ymd.year() / March / Sunday[2]} - Day{} + 2h;
  const seconds ends = sys_days{ymd.year() / November / Sunday[1]} - Day{} + 2h;
  const bool missing = now >= starts && now < starts + 1h;
  const bool twice = now >= ends - 1h && now < ends;
  if (missing || twice) return std::nullopt;
  return now >= starts && now < ends;
}

}  // namespace

const Zone* zone_named(std::string_view word) {
  const auto found =
      std::find_if(zones.begin(), zones.end(), [&](const Zone& z) { return z.name == word; });
  return found == zones.end() ? nullptr : &*found;
}

std::optional<std::int32_t> offset_at(const Zone& zone, Day day, std::int32_t second_of_day) {
  if (!zone.us_summer_time || !zone.offset_minutes) return zone.offset_minutes;
  const auto summer = us_summer(day, second_of_day);
  if (!summer) return std::nullopt;
  return *zone.offset_minutes + (*summer ? 60 : 0);
}

}  // namespace dateline::date
