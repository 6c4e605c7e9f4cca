// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <vector>

#include "tests/bench/engine.h"
#include "tests/bench/questions.h"
#include "tests/bench/samples.h"

namespace dateline::bench {

/// Of one engine and one kind of questions, in milliseconds.
struct AskedTimes {
  std::string engine;
  std::size_t questions = 0;  ///< answered within the time given; 0: it has no such question
  double p50 = 0;
  double first_p50 = 0;  ///< the first engine's over the same questions
  double p95 = 0;
  /// The first engine's p50 and p95 over the same questions, divided by this one's; by round.
  Spread p50_ratio{};
  Spread p95_ratio{};
  double matches_ratio = 0;  ///< the first engine's matches by this one's, which may be bounds
};

struct AskedKind {
  std::string name;
  std::vector<AskedTimes> times;  ///< in the order of the engines
};

struct AskingPlan {
  std::size_t rounds = 5;
  double seconds_each = 2;  ///< for an engine, a kind and a round
};

/// Takes the questions out that an engine does not answer, as wildcards that stand for too many
/// words (of a kind of which it answers none, none); returns how many.
std::size_t leave_out_refused(Engine& engine, std::vector<QuestionKind>& kinds);

/// Puts all questions to all engines, kind by kind, engine after engine, round after round; each is
/// warmed up before. `progress` is told what is asked.
std::vector<AskedKind> ask_all(std::vector<Engine>& engines, const std::vector<QuestionKind>& kinds,
                               const AskingPlan& plan,
                               const std::function<void(const std::string&)>& progress);

}  // namespace dateline::bench
