// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/bench/claims.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <string_view>

namespace dateline::bench {
namespace {

struct BuildClaim {
  std::string_view build;
  std::string_view peer;
  std::optional<double> at_most;  ///< none: it is only told
};
constexpr BuildClaim build_claims[]{{"dateline, 2 threads", "dateline, 1 thread", std::nullopt},
                                    {"dateline, 2 threads, no entities", "FTS5", 2.5},
                                    {"dateline, 2 threads, no entities", "scriptindex", 0.20},
                                    {"dateline, 2 threads", "FTS5", 4.5},
                                    {"dateline, 2 threads", "scriptindex", 0.35}};
constexpr double most_index_bytes = 1.8;  // by those of the text

struct AskedClaim {
  std::string_view kind;
  std::string_view peer;
  double at_most;
};
constexpr AskedClaim asked_claims[]{{"OR of 3", "Lucene", 1.0},
                                    {"OR of 3, facets", "Lucene", 0.5},
                                    {"AND of 2", "Lucene", 1.5},
                                    {"phrase of 2", "Lucene", 1.5}};
constexpr double anything_by_fts5 = 1.0 / 20;

const BuildTimes* find(const std::vector<BuildTimes>& builds, std::string_view name) {
  const auto found = std::ranges::find(builds, name, &BuildTimes::name);
  return found == builds.end() ? nullptr : &*found;
}

const AskedTimes* find(const AskedKind& kind, std::string_view engine) {
  const auto found = std::ranges::find(kind.times, engine, &AskedTimes::engine);
  return found == kind.times.end() || found->questions == 0 ? nullptr : &*found;
}

Figure figure_of(const AskedKind& kind, const AskedTimes& peer, double at_most) {
  return {fmt::format("{} / {}", kind.name, peer.engine),
          fmt::format("{:.3f} by {:.3f} ms", peer.first_p50, peer.p50), peer.p50_ratio, at_most};
}

}  // namespace

std::vector<Figure> claims_of(const std::vector<BuildTimes>& builds, std::uint64_t text_bytes) {
  std::vector<Figure> figures;
  for (const auto& claim : build_claims) {
    const auto* ours = find(builds, claim.build);
    const auto* theirs = find(builds, claim.peer);
    if (ours == nullptr || theirs == nullptr) continue;
    figures.push_back(
        {fmt::format("building: {} / {}", claim.build, claim.peer),
         fmt::format("{:.1f} by {:.1f} s", median(ours->seconds), median(theirs->seconds)),
         ratio_of(ours->seconds, theirs->seconds), claim.at_most});
  }
  if (!builds.empty()) {
    const auto ratio = static_cast<double>(builds[0].index_bytes) / static_cast<double>(text_bytes);
    figures.push_back({"index bytes / text bytes",
                       fmt::format("{:.1f} MB", static_cast<double>(builds[0].index_bytes) / 1e6),
                       {ratio, ratio, ratio},
                       most_index_bytes});
  }
  return figures;
}

std::vector<Figure> claims_of(const std::vector<AskedKind>& asked) {
  std::vector<Figure> figures;
  for (const auto& claim : asked_claims) {
    const auto kind = std::ranges::find(asked, claim.kind, &AskedKind::name);
    if (kind == asked.end()) continue;
    const auto* peer = find(*kind, claim.peer);
    if (peer != nullptr) figures.push_back(figure_of(*kind, *peer, claim.at_most));
  }
  for (const auto& kind : asked) {
    const auto* peer = find(kind, "FTS5");
    if (peer != nullptr) figures.push_back(figure_of(kind, *peer, anything_by_fts5));
  }
  return figures;
}

}  // namespace dateline::bench
