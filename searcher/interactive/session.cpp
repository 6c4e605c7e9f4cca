// SPDX-License-Identifier: GPL-3.0-or-later
#include "searcher/interactive/session.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "common/error.h"
#include "common/text/unicode.h"
#include "searcher/output/article_page.h"
#include "searcher/output/page.h"
#include "searcher/output/records.h"

namespace dateline {
namespace {

constexpr std::size_t listed_values = 50;
constexpr std::size_t listed_values_of_each = 15;

std::string problem_text(std::string_view cause, std::string_view remedy, const Palette& palette) {
  const auto end = std::min(cause.find('\n'), cause.size());
  auto text = palette.problem(printable_text(cause.substr(0, end))) +
              printable_text(cause.substr(end)) + '\n';
  if (!remedy.empty()) text += fmt::format("  try: {}\n", printable(remedy));
  return text;
}

std::string noted(std::string_view note) { return fmt::format("note: {}\n", printable(note)); }

std::string help_line(std::string_view what, std::string_view does, const Palette& palette) {
  constexpr std::size_t columns = 29;
  return fmt::format("  {}{}{}\n", palette.match(what), std::string(columns - what.size(), ' '),
                     does);
}

std::string help_of(const Palette& palette) {
  auto out = help_line("storm harbour", "articles with both words: any query", palette) +
             help_line("3", "read the article of rank 3", palette) +
             help_line("+12", "only articles of facet value 12; again: no longer", palette);
  for (const auto& row : command_rows()) {
    out += help_line(fmt::format("/{} {}", row.name, row.argument), row.help, palette);
  }
  return out + "  Tab completes commands, fields and values (person:wan). \"3\" looks for a 3.\n";
}

/// What the index is called: its folder's name, unless it is the usual one.
std::string index_name(const std::filesystem::path& index) {
  const auto path = index.has_filename() ? index : index.parent_path();
  const auto name = path.filename().string();
  return name == "index" || name.empty() ? "dateline" : printable(name);
}

}  // namespace

Session::Session(std::filesystem::path index, SearchRequest defaults)
    : index_(std::move(index)),
      defaults_(std::move(defaults)),
      snapshot_(IndexSnapshot::open(index_)),
      searcher_(std::make_unique<Searcher>(snapshot_)) {
  view_.order = defaults_.sort;
  defaults_.facet_sizes = true;  // "12 more" tells a reader whether going on is worth it
}

Session::Reply Session::take(std::string_view line, const Palette& palette, std::size_t width) {
  try {
    const auto command = parse_command(line);
    if (command.kind == Command::Kind::quit) return {{}, true};
    return {answer(command, {palette, width}), false};
  } catch (const Error& e) {
    return {problem_text(e.what(), e.remedy(), palette), false};
  } catch (const Xapian::Error& e) {
    return {problem_text(fmt::format("the index cannot be read: {}", e.get_description()),
                         "dateline-index --rebuild", palette),
            false};
  }
}

std::string Session::greeting(const Palette& palette, std::size_t width) const {
  const auto& manifest = snapshot_->manifest();
  const auto counted =
      fmt::format("{} {}", manifest.articles, manifest.articles == 1 ? "article" : "articles");
  constexpr std::string_view how =
      "type words; N reads article N, +N narrows; Tab completes; /help";
  return fmt::format("{}  {}\n", palette.heading(counted),
                     palette.quiet(ellipsize(how, width - counted.size() - 2)));
}

std::string Session::prompt(std::size_t columns) const {
  auto text = index_name(index_);
  if (!view_.selections.empty()) {
    std::string values;
    for (const auto& selection : view_.selections) {
      values += (values.empty() ? "" : ", ") + printable(selection.value);
    }
    text += fmt::format(" [{}]", ellipsize(values, columns / 3));
  }
  return ellipsize(text, columns / 2) + "> ";
}

std::string Session::answer(const Command& command, const Screen& screen) {
  switch (command.kind) {
    case Command::Kind::nothing:
    case Command::Kind::quit:
      return {};
    case Command::Kind::query:
      return ask(command.text, screen);
    case Command::Kind::open:
      return open(command.numbers[0], screen);
    case Command::Kind::toggle:
      return toggle(command.numbers, screen);
    case Command::Kind::back:
      return back(screen);
    case Command::Kind::clear:
      return clear(screen);
    case Command::Kind::drop:
      return drop(command.numbers, screen);
    case Command::Kind::explain:
      return explain(screen);
    case Command::Kind::facets:
      return command.facet ? list_facet({{*command.facet, command.text, {}}, 0}, screen)
                           : list_facets(screen);
    case Command::Kind::help:
      return help_of(screen.palette);
    case Command::Kind::more:
      return list_more(screen);
    case Command::Kind::next:
    case Command::Kind::previous:
      return turn_page(command.kind == Command::Kind::next, screen);
    case Command::Kind::similar:
      return similar(command.numbers[0], screen);
    case Command::Kind::sort:
      return sort(command.order, screen);
  }
  return {};
}

std::string Session::ask(const std::string& query, const Screen& screen) {
  const auto news = newer_generation(screen);
  auto next = view_;
  next.query = query;
  next.like_id.clear();
  next.like_title.clear();
  next.offset = 0;
  try {
    return news + step_to(std::move(next), screen);
  } catch (const Error& e) {
    return news + problem_text(e.what(), e.remedy(), screen.palette);
  }
}

std::string Session::open(std::size_t rank, const Screen& screen) const {
  return article_page(hit_of(rank), screen.palette, screen.width);
}

std::string Session::toggle(const std::vector<std::size_t>& numbers, const Screen& screen) {
  auto next = view_;
  for (const auto number : numbers) {
    next.selections = toggled(std::move(next.selections), facets_.numbered(number));
  }
  next.offset = 0;
  return step_to(std::move(next), screen);
}

std::string Session::drop(const std::vector<std::size_t>& numbers, const Screen& screen) {
  auto next = view_;
  if (next.selections.empty()) throw Error(ExitCode::usage, "nothing is selected", "+1");
  const auto number = numbers.empty() ? next.selections.size() : numbers[0];
  if (number == 0 || number > next.selections.size()) {
    throw Error(ExitCode::usage, fmt::format("there is no selection {}", number),
                fmt::format("/drop with 1 to {}", next.selections.size()));
  }
  next.selections.erase(next.selections.begin() + static_cast<std::ptrdiff_t>(number - 1));
  next.offset = 0;
  return step_to(std::move(next), screen);
}

std::string Session::clear(const Screen& screen) {
  auto next = view_;
  if (next.selections.empty()) throw Error(ExitCode::usage, "nothing is selected", "+1");
  next.selections.clear();
  next.offset = 0;
  return step_to(std::move(next), screen);
}

std::string Session::sort(SortOrder order, const Screen& screen) {
  auto next = view_;
  next.order = order;
  next.offset = 0;
  return step_to(std::move(next), screen);
}

std::string Session::similar(std::size_t rank, const Screen& screen) {
  auto next = view_;
  const auto& hit = hit_of(rank);
  next.like_id = hit.id;
  next.like_title = shown_title(hit).text;
  next.query.clear();
  next.offset = 0;
  return step_to(std::move(next), screen);
}

std::string Session::back(const Screen& screen) {
  if (before_.empty()) throw Error(ExitCode::usage, "there is no step to undo", "/help");
  auto text = show(before_.back(), false, screen);
  before_.pop_back();
  return text;
}

std::string Session::turn_page(bool forward, const Screen& screen) {
  if (!result_) throw Error(ExitCode::usage, "nothing was asked yet", "type words to search for");
  auto next = view_;
  if (forward) {
    next.offset += defaults_.limit;
    if (next.offset >= result_->total || defaults_.limit == 0) {
      throw Error(ExitCode::usage, "that was the last page", "/prev");
    }
  } else {
    if (next.offset == 0) throw Error(ExitCode::usage, "this is the first page", "/next");
    next.offset -= std::min(next.offset, defaults_.limit);
  }
  return show(std::move(next), false, screen);
}

std::string Session::explain(const Screen& screen) {
  if (!result_) throw Error(ExitCode::usage, "nothing was asked yet", "type words to search for");
  return show(view_, true, screen);
}

std::string Session::list_facets(const Screen& screen) {
  auto request = request_of(view_);
  request.limit = 0;
  request.offset = 0;
  request.facet_values = listed_values_of_each;
  const auto result = search(request);
  facets_ = {};
  for (const auto& facet : result.facets) {
    facets_.add(facet, view_.selections, 0, listed_values_of_each);
  }
  listing_.reset();
  return lines_above(screen) + facets_.text(screen.palette, screen.width);
}

std::string Session::list_facet(Listing listing, const Screen& screen) {
  auto request = request_of(view_);
  request.limit = 0;
  request.offset = 0;
  request.facets = {listing.asked};
  request.facet_values = listing.shown + listed_values;
  const auto facet = search(request).facets.at(0);
  const bool is_date = listing.asked.facet == Facet::date;
  if (listing.shown > 0 && (is_date || listing.shown >= facet.values.size())) {
    throw Error(ExitCode::usage, "there are no more values", "/facets");
  }
  facets_ = {};
  facets_.add(facet, view_.selections, listing.shown,
              is_date ? facet.values.size() : listed_values);
  listing.shown = is_date ? facet.values.size() : request.facet_values;
  listing_ = std::move(listing);
  return facets_.text(screen.palette, screen.width);
}

std::string Session::list_more(const Screen& screen) {
  if (!listing_) throw Error(ExitCode::usage, "no facet is listed", "/facets person");
  return list_facet(*listing_, screen);
}

std::string Session::step_to(View next, const Screen& screen) {
  const bool something_shown = result_ || !facets_.empty();
  auto present = view_;
  auto text = show(std::move(next), false, screen);
  if (something_shown) before_.push_back(std::move(present));
  if (before_.size() > max_steps_back) before_.pop_front();
  return text;
}

std::string Session::show(View view, bool explained, const Screen& screen) {
  auto request = request_of(view);
  request.snippet_columns = page_snippet_columns(screen.width);
  request.explain = explained;
  auto result = search(request);
  view_ = std::move(view);
  listing_.reset();
  facets_ = {};
  for (const auto& facet : result.facets) {
    facets_.add(facet, view_.selections, 0, defaults_.facet_values);
  }
  std::string text;
  for (const auto& note : result.notes) text += noted(note);
  text += lines_above(screen);
  const auto facets = std::exchange(result.facets, {});
  text += result_page(result, request, screen.palette, screen.width);
  if (result.total > 0 && !facets.empty()) {
    text += '\n' + facets_.text(screen.palette, screen.width);
  }
  result_ = std::move(result);
  return text;
}

/// What a page is about besides a query: "like  Storm over harbour" and
/// "only  1 source Gazette · 2 date 2023", each on a line.
std::string Session::lines_above(const Screen& screen) const {
  const auto line = [&](std::string_view label, std::string_view text) {
    return fmt::format("{}  {}\n", screen.palette.heading(label),
                       ellipsize(text, screen.width - label.size() - 2));
  };
  std::string values;
  for (std::size_t i = 0; i < view_.selections.size(); ++i) {
    const auto& selection = view_.selections[i];
    values += fmt::format("{}{} {} {}", i == 0 ? "" : " · ", i + 1, name_of(selection.facet),
                          printable(selection.value));
  }
  return (view_.like_id.empty() ? "" : line("like", printable(view_.like_title))) +
         (values.empty() ? "" : line("only", values));
}

/// Opens the generation in force if it is not the one asked so far; says so.
std::string Session::newer_generation(const Screen& screen) {
  try {
    if (IndexLayout(index_).current_generation() == snapshot_->manifest().generation) return {};
    auto snapshot = IndexSnapshot::open(index_);
    searcher_ = std::make_unique<Searcher>(snapshot);
    snapshot_ = std::move(snapshot);
    return screen.palette.quiet(fmt::format("the index was updated: now {} articles",
                                            snapshot_->manifest().articles)) +
           '\n';
  } catch (const Error& e) {
    return noted(
        fmt::format("the index was changed and cannot be opened anew ({}): going on as it "
                    "was",
                    e.what()));
  }
}

SearchRequest Session::request_of(const View& view) const {
  auto request = defaults_;
  request.query = view.query;
  request.like_id = view.like_id;
  request.sort = view.order;
  request.offset = view.offset;
  for (const auto& selection : view.selections) apply(selection, request.filters);
  return request;
}

SearchResult Session::search(const SearchRequest& request) { return searcher_->search(request); }

const Hit& Session::hit_of(std::size_t rank) const {
  if (!result_ || result_->hits.empty()) {
    throw Error(ExitCode::usage, "no articles are on the screen",
                fmt::format("\"{}\" in quotes to search for the number", rank));
  }
  const auto& hits = result_->hits;
  const auto hit = std::ranges::find(hits, rank, &Hit::rank);
  if (hit != hits.end()) return *hit;
  throw Error(ExitCode::usage, fmt::format("no article of rank {} is on this page", rank),
              fmt::format("/next or /prev; \"{}\" in quotes searches for the number", rank));
}

}  // namespace dateline
