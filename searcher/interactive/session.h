// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <deque>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "common/index/snapshot.h"
#include "common/terminal.h"
#include "searcher/engine/search.h"
#include "searcher/interactive/commands.h"
#include "searcher/interactive/facet_list.h"

namespace dateline {

/// A dialogue with one index: takes lines, gives what to print. Knows no terminal. One thread.
class Session {
 public:
  /// `defaults`: what every query is asked with. Throws as IndexSnapshot::open() does.
  Session(std::filesystem::path index, SearchRequest defaults);

  struct Reply {
    std::string text;   ///< fit for a terminal
    bool ends = false;  ///< nothing more is to be asked
  };
  /// Whatever cannot be honoured is in the reply, with its remedy, and leaves all as it was.
  Reply take(std::string_view line, const Palette& palette, std::size_t width);

  /// What to print before the first line.
  std::string greeting(const Palette& palette, std::size_t width) const;
  /// Names the index and the selections in force; plain text, at most half of the
  /// `columns` of the terminal and two.
  std::string prompt(std::size_t columns) const;

  /// The generation that is asked; another one from a query on that found a newer one published.
  const std::shared_ptr<const IndexSnapshot>& snapshot() const { return snapshot_; }

  static constexpr std::size_t max_steps_back = 1'000;

 private:
  /// What is asked, and how much of the answer is shown.
  struct View {
    std::string query;
    std::string like_id;  ///< of an article in place of a query
    std::string like_title;
    std::vector<Selection> selections;
    SortOrder order = SortOrder::relevance;
    std::size_t offset = 0;
  };
  /// The facet values listed last.
  struct Listing {
    FacetRequest asked;
    std::size_t shown = 0;
  };
  /// How the present reply is to look.
  struct Screen {
    const Palette& palette;
    std::size_t width;
  };

  std::string answer(const Command& command, const Screen& screen);
  std::string ask(const std::string& query, const Screen& screen);
  std::string open(std::size_t rank, const Screen& screen) const;
  std::string toggle(const std::vector<std::size_t>& numbers, const Screen& screen);
  std::string drop(const std::vector<std::size_t>& numbers, const Screen& screen);
  std::string clear(const Screen& screen);
  std::string sort(SortOrder order, const Screen& screen);
  std::string similar(std::size_t rank, const Screen& screen);
  std::string back(const Screen& screen);
  std::string turn_page(bool forward, const Screen& screen);
  std::string explain(const Screen& screen);
  std::string list_facets(const Screen& screen);
  std::string list_facet(Listing listing, const Screen& screen);
  std::string list_more(const Screen& screen);

  /// Makes `next` the view, so that back() finds the present one.
  std::string step_to(View next, const Screen& screen);
  std::string show(View view, bool explained, const Screen& screen);
  std::string lines_above(const Screen& screen) const;
  std::string newer_generation(const Screen& screen);
  SearchRequest request_of(const View& view) const;
  SearchResult search(const SearchRequest& request);
  const Hit& hit_of(std::size_t rank) const;

  std::filesystem::path index_;
  SearchRequest defaults_;
  std::shared_ptr<const IndexSnapshot> snapshot_;
  std::unique_ptr<Searcher> searcher_;
  View view_;
  std::deque<View> before_;             ///< the last is what back() returns to
  std::optional<SearchResult> result_;  ///< of view_, once it was shown
  FacetList facets_;                    ///< as numbered on the screen
  std::optional<Listing> listing_;
};

}  // namespace dateline
