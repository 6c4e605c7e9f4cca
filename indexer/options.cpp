// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/options.h"

#include <array>

#include "common/completions.h"

namespace dateline {
namespace {

constexpr std::string_view what = "What to index";
constexpr std::string_view how = "How to read it";
constexpr std::string_view report = "What to report";
constexpr std::string_view care = "How the index fares";
constexpr std::string_view general = "General";

constexpr std::array rows{
    OptionRow{"db", 0, "DIR", what,
              "the index directory; else $DATELINE_DB, else dateline/index in the XDG data folder"}
        .of(ValueKind::folder)
        .as_setting(),
    OptionRow{"files-from", 0, "LIST", what,
              "also take the files and folders that the file LIST names, one a line; - is standard "
              "input"}
        .of(ValueKind::file),
    OptionRow{"null", '0', "", what, "the paths in LIST end in NUL, as find -print0 writes them"},
    OptionRow{"rebuild", 0, "", what,
              "make everything anew beside the index in force, which answers until it is replaced"},
    OptionRow{"check-contents", 0, "", what,
              "read every file, also those whose size and times say that they did not change"}
        .as_setting(),
    OptionRow{
        "allow-mass-removal", 0, "", what,
        "let a set lose more than half of its articles, which is otherwise taken for a folder "
        "that is not mounted"}
        .as_setting(),
    OptionRow{"forget", 0, "PATH", what,
              "remember this article set no more: its articles leave the index; it need not exist",
              true}
        .of(ValueKind::file),
    OptionRow{"threads", 0, "N", what, "worker threads; by default one for each core"}
        .number(1, 256)
        .as_setting(),
    OptionRow{"no-entities", 0, "", what,
              "look for no people, organisations and places in texts, which takes most of the "
              "time: only what metadata names is found; holds until the index is rebuilt without "
              "it"},
    OptionRow{
        "watch", 0, "", what,
        "go on: bring the index up to date whenever its article sets change, until SIGTERM or "
        "Ctrl-C"},
    OptionRow{"lock-wait", 0, "SECONDS", what,
              "wait so long while another process writes to the index; by default not at all"}
        .number(0, 86'400)
        .as_setting(),
    OptionRow{
        "memory", 0, "SIZE", what,
        "hold no more than that of memory: 512M, 1.5G; longer articles than it lets be read are "
        "refused, and a run that cannot be done with it ends with a reason"}
        .as_setting(),
    OptionRow{"include", 0, "GLOB", what,
              "take only files of this name or path in the set: *, ?, [a-z], ** for folders; "
              "remembered with the article set, \"\" takes it back",
              true},
    OptionRow{"exclude", 0, "GLOB", what,
              "leave out files and folders of this name or path in the set; remembered with the "
              "article set, \"\" takes it back; a .datelineignore file in a folder does the same",
              true},
    OptionRow{"follow-symlinks", 0, "WHICH", what,
              "yes: read what symbolic links in the set lead to, each file once; no, the default: "
              "leave them out; remembered with the article set"}
        .one_of("yes no"),
    OptionRow{"map", 0, "FIELD=NAME", how,
              "read FIELD (title, deck, text, source, date, modified, authors, topics, language, "
              "url, id) from the field or column called NAME; remembered with the article set",
              true},
    OptionRow{"date-from-file-time", 0, "", how,
              "let the file's modification time date an article that nothing else dates; "
              "remembered with the article set"},
    OptionRow{"source-names", 0, "FILE", how,
              "a table of outlets' names and other spellings that comes before the built-in one; "
              "remembered with the article set, \"\" takes it back"}
        .of(ValueKind::file),
    OptionRow{
        "explain", 0, "", report,
        "index nothing: print each article of the files and folders named (- is standard input) "
        "as it would be indexed, every value with where it comes from"},
    OptionRow{"tag", 0, "FILE", report,
              "index nothing: read JSON Lines with \"doc\" and \"text\" (- is standard input) and "
              "print each with the people, organisations and places that its text names"}
        .of(ValueKind::file),
    OptionRow{
        "entities", 0, "", report,
        "index nothing: list the index's people, organisations and places with their articles "
        "and other names, and suggest which are one; text, tsv or jsonl"},
    OptionRow{"entity-type", 0, "TYPE", report, "with --entities: only person, org or place"}
        .one_of("person org place"),
    OptionRow{"raw-cells", 0, "", report,
              "with --entities or --diff and --format tsv: leave text as it is that a spreadsheet "
              "would take for a formula; else an apostrophe leads it"}
        .as_setting(),
    OptionRow{"export", 0, "", report,
              "index nothing: print every article of the index as JSON Lines, with all that the "
              "index keeps of it; indexed again, they answer as before"},
    OptionRow{"diff", 0, "A", report,
              "index nothing: tell what entered, left, was altered or moved from generation A to "
              "generation B, which follows (else to the one in force); text, json, jsonl or tsv"}
        .number(1, 1'000'000'000),
    OptionRow{"query", 'q', "QUERY", report, "with --diff: only articles that match this query"},
    OptionRow{"alerts", 0, "FILE", report,
              "print which new or changed articles match the queries in FILE, written as for "
              "dateline-search --batch, as JSON Lines; the run's report goes to stderr"}
        .of(ValueKind::file),
    OptionRow{"list-formats", 0, "", report, "print the formats that are read and exit"},
    OptionRow{"format", 'f', "FORMAT", report,
              "text or json: one object for the whole run; with --explain text or jsonl: one "
              "object an article; with --watch text or jsonl: one object a publish"}
        .one_of("text json jsonl tsv"),
    OptionRow{"quiet", 0, "", report, "no progress on stderr"}.as_setting(),
    OptionRow{"log", 0, "FILE", report,
              "append to FILE what runs do and what goes wrong, as JSON Lines; - is stderr"}
        .of(ValueKind::file)
        .as_setting(),
    OptionRow{"color", 0, "WHEN", report, "auto, always or never; auto respects $NO_COLOR"}
        .one_of("auto always never")
        .as_setting(),
    OptionRow{"status", 0, "", care,
              "index nothing: tell what the index holds, how large its parts are, how the last run "
              "ended and what was refused"},
    OptionRow{"check", 0, "", care,
              "index nothing: prove that every file of the index is whole and agrees with the "
              "others about every article; exit code 6 if not"},
    OptionRow{
        "repair", 0, "", care,
        "put a damaged index right from what is whole and from the article files; exit code 6 "
        "if articles were lost whose files are gone"},
    OptionRow{"optimise", 0, "", care,
              "merge all segments into one without dead rows: searching gets quicker and the index "
              "smaller; needs as much free space as the index takes"},
    OptionRow{"backup", 0, "DIR", care,
              "copy the generation in force into DIR, a new or empty folder or an earlier backup, "
              "whoever may be writing meanwhile; the copy is an index"}
        .of(ValueKind::folder),
    OptionRow{"keep-generations", 0, "N", care,
              "leave the last N generations whole, for --snapshot; remembered with the index, 1 "
              "keeps only the one in force"}
        .number(1, 1000),
    OptionRow{"no-config", 0, "", general, "leave the configuration file alone"},
    OptionRow{"completions", 0, "SHELL", general,
              "print a script that has bash, zsh or fish complete options, and exit"}
        .one_of(completion_shells),
    OptionRow{"help", 'h', "", general, "print this and exit"},
    OptionRow{"version", 'V', "", general, "print the version and exit"},
    OptionRow{"man-options", 0, "", general, "print the options in man page markup and exit"},
};

constexpr ProgramText program{"dateline-index",
                              "make or update the index of a set of news articles",
                              "[--db DIR] [options] [PATH...]"};

}  // namespace

std::span<const OptionRow> index_options() { return rows; }
const ProgramText& index_program() { return program; }

}  // namespace dateline
