// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/bench/generated_set.h"

#include <fmt/format.h>

#include <fstream>
#include <stdexcept>
#include <string>

#include "tests/bench/corpus/news.h"

namespace dateline::bench {
namespace {

constexpr std::uint64_t seed = 1;

}  // namespace

GeneratedSet::GeneratedSet(std::filesystem::path folder, std::uint64_t articles)
    : folder_(std::move(folder)), articles_(articles) {
  const std::filesystem::path whole = fmt::format("{}-{}", folder_.string(), articles);
  if (std::filesystem::exists(whole)) return;
  std::filesystem::remove_all(folder_);
  std::filesystem::create_directories(folder_);
  for (std::uint64_t file = 0; file < files; ++file) write(file, Changed::none);
  std::ofstream(whole) << articles << '\n';
}

void GeneratedSet::change_one_file() {
  one_changed_ = !one_changed_;
  write(files / 2, one_changed_ ? Changed::all : Changed::none);
}

void GeneratedSet::change_scattered() {
  scattered_changed_ = !scattered_changed_;
  for (std::uint64_t file = 0; file < files; ++file) {
    write(file, scattered_changed_ ? Changed::every_hundredth : Changed::none);
  }
}

void GeneratedSet::restore() {
  if (one_changed_) change_one_file();
  if (scattered_changed_) change_scattered();
}

void GeneratedSet::write(std::uint64_t file, Changed changed) const {
  const auto path = folder_ / fmt::format("news-{:02}.jsonl", file);
  std::ofstream out(path);
  const auto first = articles_ * file / files;
  for (auto number = first; number < articles_ * (file + 1) / files; ++number) {
    auto article = news_article(seed, number);
    if (changed == Changed::all || (changed == Changed::every_hundredth && number % 100 == 7)) {
      article.text += " This story has been corrected.";
    }
    out << json_line(article);
  }
  if (!out.flush()) throw std::runtime_error("cannot write " + path.string());
}

}  // namespace dateline::bench
