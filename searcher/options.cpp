// SPDX-License-Identifier: GPL-3.0-or-later
#include "searcher/options.h"

#include <array>

#include "common/completions.h"

namespace dateline {
namespace {

constexpr std::string_view which = "Which articles";
constexpr std::string_view page = "Which of them to show";
constexpr std::string_view facets = "What to count";
constexpr std::string_view output = "How to show them";
constexpr std::string_view batch = "Many queries";
constexpr std::string_view general = "General";

constexpr long max_page = 1'000'000;
constexpr std::string_view facet_names = "source date person org place author lang topic";

constexpr std::array rows{
    OptionRow{"db", 0, "DIR", which,
              "the index directory; else $DATELINE_DB, else dateline/index in the XDG data folder"}
        .of(ValueKind::folder)
        .as_setting(),
    OptionRow{"snapshot", 0, "N", which,
              "answer from generation N of the index, or not at all; by default from the newest"}
        .number(1, 1'000'000'000),
    OptionRow{"any", 0, "", which, "any word may match; by default all must"}.as_setting(),
    OptionRow{"all", 0, "", which, "without a query and filters: every article, the newest first"},
    OptionRow{"like", 0, "ID", which,
              "in place of a query: articles like the one of this id, or (-) like the text on "
              "standard input"},
    OptionRow{"source", 0, "NAME", which,
              "only articles of this source, or of none stated: unknown; repeated: of any of them"}
        .repeated(),
    OptionRow{"person", 0, "NAME", which,
              "only articles about this person: named in title or lead, or twice, or given"}
        .repeated(),
    OptionRow{"org", 0, "NAME", which, "only articles about this organisation"}.repeated(),
    OptionRow{"place", 0, "NAME", which, "only articles about this place"}.repeated(),
    OptionRow{"entity", 0, "NAME", which, "only articles about this person, organisation or place"}
        .repeated(),
    OptionRow{"all-mentions", 0, "", which,
              "let articles that name a person, organisation or place in passing count, too, in "
              "filters and facets"}
        .as_setting(),
    OptionRow{"author", 0, "NAME", which,
              "only articles by this author, or by none stated: unknown"}
        .repeated(),
    OptionRow{"lang", 0, "CODE", which, "only articles in this language, such as en or de"}
        .repeated(),
    OptionRow{"topic", 0, "NAME", which, "only articles to which this topic is given"}.repeated(),
    OptionRow{"date", 0, "DATE", which,
              "only articles of this year, month or day (2023, 2023-03, 2023-03-17), range "
              "(2023-03..2023-05, ..2022, 2022..) or undated; repeated: of any of them"}
        .repeated(),
    OptionRow{"since", 0, "DATE", which, "only articles of this year, month or day, or later"},
    OptionRow{"until", 0, "DATE", which, "only articles of this year, month or day, or earlier"},
    OptionRow{"changed-since", 0, "WHEN", which,
              "only articles that the index got, or found changed, since WHEN: a date or time "
              "(2026-11-22, 2026-11-22T10:30Z), or after a generation (#17, generation:17)"},
    OptionRow{"today", 0, "DATE", which,
              "the day that \"yesterday\" counts from, as 2023-03-17; by default today"}
        .as_setting(),
    OptionRow{"expand", 0, "", which,
              "ask again with the telling words of the best articles: finds more, on the subject"}
        .as_setting(),
    OptionRow{"no-synonyms", 0, "", which, "find a name under no other name than the one written"}
        .as_setting(),
    OptionRow{"limit", 'n', "N", page, "at most this many articles; 10, for trec 1000"}
        .number(0, max_page)
        .as_setting(),
    OptionRow{"offset", 0, "N", page, "leave out this many before them"}.number(0, max_page),
    OptionRow{"sort", 0, "ORDER", page,
              "relevance, newest, oldest or changed: what changed last first"}
        .one_of("relevance newest oldest changed")
        .as_setting(),
    OptionRow{
        "no-total", 0, "", page,
        "with --sort newest: stop at the last article of the page, without facets, and do not "
        "count those that are older"},
    OptionRow{"recency", 0, "DAYS", page,
              "let fresh articles rank higher: their freshness counts half after DAYS days"}
        .as_setting(),
    OptionRow{"open", 0, "N", page,
              "open article N of the results: its web address in $BROWSER, else its text"}
        .number(1, max_page),
    OptionRow{"facet", 0, "NAME", facets,
              "count source, date, person, org, place, author, lang or topic; person:put* only "
              "values with such a word, date:month by year, month, week or day; may be repeated"}
        .repeated()
        .such_as(facet_names),
    OptionRow{"facet-sort", 0, "ORDER", facets,
              "values by count, by name, or by significance: what these articles have more often "
              "than others"}
        .one_of("count name significance")
        .as_setting(),
    OptionRow{"facet-values", 0, "N", facets,
              "at most this many values of each facet, 0 for no facets; 10, for json 50"}
        .number(0, max_page)
        .as_setting(),
    OptionRow{"facet-sizes", 0, "", facets,
              "tell how many values each facet has, which takes counting all"},
    OptionRow{"facets-only", 0, "", facets,
              "no articles, only facets; without a query, those of the whole index"},
    OptionRow{"count", 0, "", facets, "print only how many articles match"},
    OptionRow{"format", 'f', "FORMAT", output,
              "text, json (one object), jsonl (an object an article), tsv, csv, trec or ids (an id "
              "a line)"}
        .one_of("text json jsonl tsv csv trec ids")
        .as_setting(),
    OptionRow{"format-version", 0, "N", output,
              "the version of JSON to print, 1; another is refused, so that a script never "
              "misreads"}
        .number(0, max_page),
    OptionRow{"fields", 0, "LIST", output,
              "what to print of each article, in this order: names of docs/json-output.md with "
              "commas, as title,date,url; not for trec and ids"},
    OptionRow{"full", 0, "", output, "print the whole text of each article; for text and JSON"},
    OptionRow{"header", 0, "", output, "with tsv: a first line with the names of the columns"}
        .as_setting(),
    OptionRow{"raw-cells", 0, "", output,
              "with tsv and csv: leave text as it is that a spreadsheet would take for a formula; "
              "else an apostrophe leads it"}
        .as_setting(),
    OptionRow{"null", '0', "", output, "with ids: end each with NUL in place of a line feed"},
    OptionRow{"explain", 0, "", output,
              "say how the query was understood, and what each word adds to an article's score"},
    OptionRow{
        "profile", 0, "", output,
        "in place of articles, describe the one person, organisation or place named: its other "
        "names, first and last article, timeline, sources, and who and what appears with it"},
    OptionRow{"color", 0, "WHEN", output, "auto, always or never; auto respects $NO_COLOR"}
        .one_of("auto always never")
        .as_setting(),
    OptionRow{"links", 0, "WHEN", output,
              "make titles links that a terminal can follow: auto, always or never"}
        .one_of("auto always never")
        .as_setting(),
    OptionRow{"no-pager", 0, "", output,
              "never show a long page through $DATELINE_PAGER, $PAGER or less"}
        .as_setting(),
    OptionRow{"batch", 0, "FILE", batch,
              "run a query a line of FILE (- for stdin): its text, ID<TAB>TEXT, or a JSON object; "
              "answers come in the same order, as jsonl, tsv, csv or trec"}
        .of(ValueKind::file),
    OptionRow{"jobs", 'j', "N", batch, "threads for --batch; by default one for each core"}
        .number(1, 256)
        .as_setting(),
    OptionRow{"qrels", 0, "FILE", batch,
              "with --batch: rate the answers by these relevance judgements (TREC qrels) and print "
              "MAP, nDCG@10, P@10 and recall@100 in place of them; text or json"}
        .of(ValueKind::file),
    OptionRow{"no-history", 0, "", general,
              "without a query on a terminal: do not keep what is typed for the next time"}
        .as_setting(),
    OptionRow{"no-config", 0, "", general, "leave the configuration file alone"},
    OptionRow{"completions", 0, "SHELL", general,
              "print a script that has bash, zsh or fish complete options, and exit"}
        .one_of(completion_shells),
    OptionRow{"help", 'h', "", general, "print this and exit"},
    OptionRow{"version", 'V', "", general, "print the version and exit"},
    OptionRow{"man-options", 0, "", general, "print the options in man page markup and exit"},
};

constexpr ProgramText program{"dateline-search", "search an index of news articles",
                              "[--db DIR] [options] QUERY...", true};

}  // namespace

std::span<const OptionRow> search_options() { return rows; }
const ProgramText& search_program() { return program; }

}  // namespace dateline
