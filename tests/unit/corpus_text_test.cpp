// SPDX-License-Identifier: GPL-3.0-or-later
#include <catch2/catch.hpp>

#include "corpus/bytes/encoding.h"
#include "corpus/formats/boilerplate.h"
#include "corpus/formats/front_matter.h"
#include "corpus/formats/head.h"
#include "corpus/formats/paragraphs.h"

using namespace dateline;

namespace {

constexpr Day latest = std::chrono::sys_days{std::chrono::year{2024} / 1 / 1};

std::vector<std::string> paragraphs_of(std::string_view text) {
  std::vector<std::string> texts;
  for (const Paragraph& paragraph : split_paragraphs(text)) texts.push_back(paragraph.text);
  return texts;
}

struct Reading {
  Head head;
  std::string body;
};

Reading read(std::string_view text) {
  std::vector<Paragraph> paragraphs = split_paragraphs(text);
  mark_boilerplate(paragraphs);
  Head head = take_head(paragraphs, latest);
  return {std::move(head), join_body(paragraphs)};
}

std::string body_of(std::string_view text) {
  std::vector<Paragraph> paragraphs = split_paragraphs(text);
  mark_boilerplate(paragraphs);
  return join_body(paragraphs);
}

SourceCredit credit_of(std::string_view line) {
  std::vector<Paragraph> paragraphs =
      split_paragraphs("The talks went on all night.\n\n" + std::string(line) + "\n");
  mark_boilerplate(paragraphs);
  return credited_source(paragraphs);
}

const std::string lead =
    "The two presidents dined together on Monday and held formal talks on Tuesday, at which trade, "
    "energy and the war were on the agenda, and signed a number of papers.";

}  // namespace

TEST_CASE("blank lines divide paragraphs", "[corpus][text]") {
  CHECK(paragraphs_of("One.\n\nTwo.\n\n\n\nThree.\n") ==
        std::vector<std::string>{"One.", "Two.", "Three."});
}

TEST_CASE("lines of a text that is not wrapped are paragraphs", "[corpus][text]") {
  CHECK(paragraphs_of(lead + "\nA short one.\n" + lead) ==
        std::vector<std::string>{lead, "A short one.", lead});
}

TEST_CASE("hard-wrapped lines are joined", "[corpus][text]") {
  const std::string wrapped =
      "The catamaran carrying 186 passengers struck a sandbank at the mouth\n"
      "of the river on Thursday morning, leaving four people with minor\n"
      "injuries and a coffee urn in pieces.\n"
      "\n"
      "It left Halverton at 7.40 am for Port Sable and stopped dead eleven\n"
      "minutes later, throwing commuters out of their seats, said the half-\n"
      "amused skipper.\n";
  const auto paragraphs = paragraphs_of(wrapped);
  REQUIRE(paragraphs.size() == 2);
  CHECK(paragraphs[0] ==
        "The catamaran carrying 186 passengers struck a sandbank at the mouth of the river on "
        "Thursday morning, leaving four people with minor injuries and a coffee urn in pieces.");
  CHECK(paragraphs[1].ends_with("said the half-amused skipper."));
}

TEST_CASE("an indented line begins a paragraph in wrapped text", "[corpus][text]") {
  const auto paragraphs = paragraphs_of(
      "  The first paragraph is long enough to be wrapped at the column of it\n"
      "and goes on for another line which is also of full width, as it seems,\n"
      "and yet another one that is as wide as the two that stand above it all\n"
      "  The second paragraph begins with an indent and is wrapped like it was.\n");
  CHECK(paragraphs.size() == 2);
}

TEST_CASE("short lines are not joined because they are short", "[corpus][text]") {
  CHECK(paragraphs_of("Roses are red\nViolets are blue and they grow in the shade of the wall\n"
                      "Sugar is sweet")
            .size() == 3);
}

TEST_CASE("two lines are no evidence of wrapping", "[corpus][text]") {
  CHECK(
      paragraphs_of("A headline of as many characters as a wrapped line has\nAnd a deck.").size() ==
      2);
}

TEST_CASE("lines of a script without blanks are paragraphs", "[corpus][text]") {
  const std::string line =
      "中国国家主席习近平将于下周对俄罗斯进行国事访问并与普京总统举行会谈双方将就两国关系以及共同关"
      "心的国际和地区问题交换意见";
  CHECK(paragraphs_of(line + "\n" + line + "\n" + line).size() == 3);
}

TEST_CASE("rules are no paragraphs, and underline a heading", "[corpus][text]") {
  const auto paragraphs = split_paragraphs("Headline\n========\n\nText.\n\n***\n\nMore.\n");
  REQUIRE(paragraphs.size() == 3);
  CHECK(paragraphs[0].heading);
  CHECK(paragraphs[1].text == "Text.");
  CHECK_FALSE(paragraphs[1].heading);
}

TEST_CASE("a short first line set apart is the title", "[corpus][text]") {
  CHECK(read("Xi to visit Moscow\n\n" + lead).head.title == "Xi to visit Moscow");
  CHECK(read("Xi to visit Moscow\n" + lead).head.title == "Xi to visit Moscow");
  CHECK(read("# Xi to visit Moscow\n\n" + lead).head.title == "Xi to visit Moscow");
  CHECK(read("Who is Wang Yi?\n\n" + lead).head.title == "Who is Wang Yi?");
  CHECK(read("Powell picked to lead U.S.\n\n" + lead).head.title == "Powell picked to lead U.S.");
  CHECK(read("Xi  to\nvisit\n\n" + lead).head.title == "");
}

TEST_CASE("a text that begins with a sentence has no title", "[corpus][text]") {
  for (const std::string& text : {lead + "\n" + lead, lead + "\n\n" + lead,
                                  "He came.\nHe saw.\n" + lead, "A short sentence.\n\n" + lead}) {
    const Reading reading = read(text);
    CHECK(reading.head.title.empty());
    CHECK(reading.head.deck.empty());
  }
  CHECK(read("Only a line").head.title.empty());
  CHECK(read("Only a line").body == "Only a line");
}

TEST_CASE("a first sentence with a full stop is a title where a wide gap sets it off",
          "[corpus][text]") {
  CHECK(read("He is back.\n\n\n" + lead + "\n\n" + lead).head.title == "He is back.");
  CHECK(read("He is back.\n\n\n" + lead + "\n\n\n" + lead).head.title.empty());
}

TEST_CASE("a sentence under the title is the deck only where the layout says so",
          "[corpus][text]") {
  const std::string deck = "Ties are rock solid, the top diplomat says.";
  CHECK(read("Title\n\n" + deck + "\n\n" + lead).head.deck == deck);
  CHECK(read("Title\n" + deck + "\n\n" + lead).head.deck == deck);
  CHECK(read("Title\n\n*" + deck + "*\n\n" + lead).head.deck == deck);
  CHECK(read("Title\n\n" + deck + "\n\nBy Ann Lee\n\n" + lead).head.deck == deck);
  CHECK(read("Title\n\n" + lead + "\n\n" + lead).head.deck.empty());
  CHECK(read("Title\n\nShots were fired on Friday.\n\n" + lead).head.deck.empty());
  CHECK(read("Title\n\nMOSCOW (Reuters) - Short.\n\n" + lead).head.deck.empty());
  CHECK(read("Title\n\n" + deck).head.deck.empty());
}

TEST_CASE("a byline and a date under the title are understood and leave the body",
          "[corpus][text]") {
  const Reading reading =
      read("Title\n\nBy Ann Lee and Bo Ray\n\nPublished 17 March 2023\n\n" + lead);
  CHECK(reading.head.authors == std::vector<std::string>{"Ann Lee", "Bo Ray"});
  REQUIRE(reading.head.published);
  CHECK(format_timestamp(*reading.head.published) == "2023-03-17");
  CHECK(reading.body == lead);
}

TEST_CASE("a first line above a byline or a date is the title", "[corpus][text]") {
  const std::string body =
      "The storm killed three people on the coast on Thursday.\n\nRescuers searched.";
  const std::string title = "Storm kills three on coast";
  for (const std::string& above :
       {title + "\nBy Jane Doe\nMay 5, 2022\n\n", title + "\nMay 5, 2022\nBy Jane Doe\n\n",
        title + "\n\nBy Jane Doe\nMay 5, 2022\n", "May 5, 2022\n\n" + title + "\nBy Jane Doe\n\n",
        "By Jane Doe\nMay 5, 2022\n\n" + title + "\n\n",
        title + "\nBy Jane Doe, Staff Writer | May 5, 2022\n\n",
        title + "\n\nBy Jane Doe • May 5, 2022\n\n"}) {
    INFO(above);
    const Reading reading = read(above + body + "\n");
    CHECK(reading.head.title == title);
    CHECK(reading.head.authors == std::vector<std::string>{"Jane Doe"});
    REQUIRE(reading.head.published);
    CHECK(format_timestamp(*reading.head.published) == "2022-05-05");
    CHECK(reading.body == body);
  }
  CHECK(read("Title\nMay 5, 2022\n\n" + body).head.title == "Title");
  CHECK(read("May 5, 2022\n\n" + title + "\n\n" + body).head.title == title);
}

TEST_CASE("a byline is not joined to the full line of a wrapped text's title", "[corpus][text]") {
  const Reading reading = read(
      "Catamaran strikes a sandbank at the mouth of the river, four injured\n"
      "By Jane Doe\n\n"
      "The catamaran carrying 186 passengers struck a sandbank at the mouth\n"
      "of the river on Thursday morning, leaving four people with the minor\n"
      "injuries that such a sudden stop will cause, and a coffee urn in the\n"
      "pieces that nobody will put together again.\n");
  CHECK(reading.head.title ==
        "Catamaran strikes a sandbank at the mouth of the river, four injured");
  CHECK(reading.head.authors == std::vector<std::string>{"Jane Doe"});
}

TEST_CASE("a time of day belongs to the date before it on the line", "[corpus][text]") {
  const Reading reading = read("Title\nBy JANE DOE | May 5, 2022 | 10:32 am\n\n" + lead);
  REQUIRE(reading.head.published);
  CHECK(format_timestamp(*reading.head.published) == "2022-05-05T10:32:00");
}

TEST_CASE("a deck may stand between the title and the byline", "[corpus][text]") {
  const Reading reading =
      read("Storm kills three\nRescuers searched all night for others.\nBy Jane Doe\n\n" + lead);
  CHECK(reading.head.title == "Storm kills three");
  CHECK(reading.head.deck == "Rescuers searched all night for others.");
  CHECK(reading.head.authors == std::vector<std::string>{"Jane Doe"});
}

TEST_CASE("a date above a text without a title is metadata all the same", "[corpus][text]") {
  const Reading reading = read("May 5, 2022\n\n" + lead + "\n\n" + lead);
  CHECK(reading.head.title.empty());
  CHECK(reading.head.published);
  CHECK(reading.body == lead + "\n\n" + lead);
}

TEST_CASE("a headline that looks like a byline or a year stays the title", "[corpus][text]") {
  CHECK(read("By Popular Demand\n\n" + lead).head.title == "By Popular Demand");
  CHECK(read("1984\n\n" + lead).head.title == "1984");
  CHECK(read("Storm | Live\n\n" + lead).head.title == "Storm | Live");
}

TEST_CASE("a line that only looks like a byline stays", "[corpus][text]") {
  const std::string line = "By Friday the river had risen by two metres.";
  CHECK(read("Title\n\n" + line + "\n" + lead).body.starts_with(line));
}

TEST_CASE("page furniture is left out of the body", "[corpus][text]") {
  for (const char* line : {"Leave a Comment",
                           "LEAVE A REPLY",
                           "Advertisement",
                           "Share this:",
                           "Share on Facebook",
                           "Follow us on Twitter @CNNOpinion.",
                           "Follow @politico",
                           "Subscribe to our newsletter",
                           "Sign up for our daily newsletter",
                           "Read more: Ten things to know",
                           "READ MORE",
                           "Related:",
                           "Story Continued Below",
                           "Copyright © 2019 The Washington Times, LLC.",
                           "© The Lantern",
                           "(c) 2019, Washington Post Writers Group",
                           "We use cookies to improve.",
                           "12 Comments",
                           "( PHOTOS: 10 famous whistleblowers)",
                           "Photo: Kevin Lamarque/Reuters",
                           "A smile (Jonathan Ernst/Reuters)",
                           "A hall [File: Marta Oblak/Pool via Reuters]",
                           "Disclaimer: all opinions are ours",
                           "(Reporting by Ann Lee; Editing by Bo Ray)",
                           "Lesen Sie auch: Wetter",
                           "Publicité",
                           "Читайте также",
                           "Lascia un commento"}) {
    INFO(line);
    CHECK(body_of(lead + "\n\n" + line + "\n\n" + lead) == lead + "\n\n" + lead);
  }
}

TEST_CASE("a sentence that only begins like furniture stays", "[corpus][text]") {
  for (const char* line :
       {"Copyright law has changed little since 1976, the judge said.",
        "Share prices fell by three percent in Tokyo.", "Comments by the minister angered Beijing.",
        "Subscribe or not, readers pay, he said.", "Read more books, the mayor told the children.",
        "Follow the money, she advised.", "Advertisement revenue fell for the third year.",
        "Sign up for the army, they were told.", "Get vaccinated, the ministry urged.",
        "MOSCOW (Reuters) - Nothing happened.", "The treaty was signed in Paris (AFP/Reuters)",
        "He met the pope (see picture).", "Related industries suffered, too.",
        "Source protection is a duty of the press.", "Printing was stopped at noon.",
        "Want a job? There are few to be had in the valley.", "“Leave a comment,” he said.",
        "Editor's note: this story was corrected on Monday."}) {
    INFO(line);
    CHECK(body_of(lead + "\n\n" + line + "\n\n" + lead) == lead + "\n\n" + line + "\n\n" + lead);
  }
}

TEST_CASE("a sentence is never furniture for its label or its mention of copyright",
          "[corpus][text]") {
  for (const char* line :
       {"\"All rights reserved by the label stay with the label,\" the judge wrote.",
        "She said copyright holders want all rights reserved for the estate.",
        "Copyright 2019 law was struck down, he noted.",
        "Copyright 2019 law was struck down on Monday.",
        "More: the budget will be cut by a tenth, he said.",
        "More: the budget will be cut by a tenth.",
        "Listen: nobody voted for this, he added, and nobody will vote for it now.",
        "Picture: a town without a bridge, he said.",
        "File: a lawyer said the file was lost in the fire.",
        "Click here to pay, the fraudsters wrote to their victims in March.",
        "Disclaimer: the drug maker had hidden the risk from its patients.",
        "Reporting by night, editing by day, she told the inquiry on Tuesday."}) {
    INFO(line);
    const std::string text = lead + "\n\n" + line + "\n\n" + lead;
    CHECK(body_of(text) == text);
  }
}

TEST_CASE("a labelled line that is no sentence is furniture, whatever its case", "[corpus][text]") {
  for (const char* line :
       {"Read more: Minister said to be ill", "Watch: Moment bridge collapses in Genoa",
        "Copyright 2019 Northern Wire. All rights reserved.", "All Rights Reserved",
        "Copyright 2021 by The Post", "Photo: A man walks in Kyiv.",
        "Copyright 2020 The Lantern. All rights reserved. Do not copy."}) {
    INFO(line);
    CHECK(body_of(lead + "\n\n" + line + "\n\n" + lead) == lead + "\n\n" + lead);
  }
}

TEST_CASE("a disclaimer that is a sentence is the page's in the second half only",
          "[corpus][text]") {
  const std::string line = "Disclaimer: the views expressed here are those of the author.";
  CHECK(body_of(lead + "\n\n" + lead + "\n\n" + line) == lead + "\n\n" + lead);
  CHECK(body_of(line + "\n\n" + lead + "\n\n" + lead).starts_with(line));
}

TEST_CASE("a headline with a label is not dropped for it", "[corpus][text]") {
  for (const std::string headline :
       {"Watch: Moment bridge collapses in Genoa", "Photos: The year in pictures",
        "Picture: A town without a bridge"}) {
    CHECK(read(headline + "\n\n" + lead).head.title == headline);
  }
  CHECK(body_of("Photo: Kevin Lamarque/Reuters\n\n" + lead) == lead);
  CHECK(body_of("Share this:\n\n" + lead) == lead);
}

TEST_CASE("the line above an image's credit belongs to the image", "[corpus][text]") {
  CHECK(body_of(lead +
                "\n\nA portrait of the president\nThe president in a garden [File: Athit "
                "Perawongmetha/Pool via Reuters]\n\n" +
                lead) == lead + "\n\n" + lead);
}

TEST_CASE("an author's box between a disclaimer and the prompt for comments is left out",
          "[corpus][text]") {
  const std::string box =
      "\n\nDisclaimer: contact our team\n\nDeborah Acker\n\nI write epic fantasy.\n\n";
  CHECK(body_of(lead + "\n\n" + lead + box + "Leave a Reply\n") == lead + "\n\n" + lead);
  CHECK(body_of("Disclaimer: old\n\n" + lead + "\n\n" + lead + "\n\nLeave a Reply") ==
        lead + "\n\n" + lead);
}

TEST_CASE("what follows the prompt for comments in the second half is left out", "[corpus][text]") {
  CHECK(body_of(lead + "\n\nLeave a Reply\n\nName\n\nGreat story!") == lead);
  CHECK(body_of("Intro.\n\nLeave a Reply\n\n" + lead) == "Intro.\n\n" + lead);
}

TEST_CASE("a source credited at the end is named without its agencies", "[corpus][text]") {
  CHECK(credit_of("Source: Al Jazeera and news agencies").source == "Al Jazeera");
  CHECK(credit_of("Source: Al Jazeera").source == "Al Jazeera");
  CHECK(credit_of("(Source: BBC)").source == "BBC");
  CHECK(credit_of("Source: The Hindu, PTI").source == "The Hindu");
  CHECK(credit_of("Source: Radio and Television").source == "Radio and Television");
  CHECK(credit_of("Source: agencies").source.empty());
  CHECK(credit_of("Source: https://example.org/a").url == "https://example.org/a");
  CHECK(credit_of("Source: " + lead).source.empty());
}

TEST_CASE("a last sentence that begins with \"Source:\" stays and names no source",
          "[corpus][text]") {
  for (const std::string line :
       {"Source: police said the driver was drunk.", "Source: Police said he was drunk",
        "Source: The driver was drunk.", "Source: A man who was at the scene that night"}) {
    INFO(line);
    CHECK(credit_of(line).source.empty());
    CHECK(body_of(lead + "\n\n" + line) == lead + "\n\n" + line);
  }
  CHECK(credit_of("Source: Northern Wire Inc.").source == "Northern Wire Inc");
}

TEST_CASE("a credit in the middle of a text is no source", "[corpus][text]") {
  CHECK(body_of(lead + "\n\nSource: Census Bureau\n\n" + lead).find("Census") != std::string::npos);
}

TEST_CASE("YAML front matter is read", "[corpus][front-matter]") {
  const std::string text =
      "---\ntitle: \"A: b\"\nauthors:\n  - Ann Lee\n  - {name: Bo Ray}\nDate: 2023-03-17\n"
      "unknown: [1, {a: b}]\n---\n\nText.\n";
  const FieldNames names;
  const FrontMatter front = read_front_matter(text, names);
  CHECK(front.values.text(Field::title) == "A: b");
  CHECK(front.values.text(Field::authors, "|") == "Ann Lee|Bo Ray");
  CHECK(front.values.text(Field::published) == "2023-03-17");
  CHECK(front.rest == "\nText.\n");
  CHECK(front.problem.empty());
}

TEST_CASE("front matter that is not YAML is read line by line, and said so",
          "[corpus][front-matter]") {
  const FieldNames names;
  const std::string text = "---\ntitle: Storm: three dead: more\nsource: The Post\n---\nText.";
  const FrontMatter front = read_front_matter(text, names);
  CHECK(front.values.text(Field::title) == "Storm: three dead: more");
  CHECK(front.values.text(Field::source) == "The Post");
  CHECK_FALSE(front.problem.empty());
}

TEST_CASE("a block of headers is read, with continued lines", "[corpus][front-matter]") {
  const FieldNames names;
  const std::string text = "Title: A long\n  headline\nDate: 17 Mar 2023\nX-Other: y\n\nText.";
  const FrontMatter front = read_front_matter(text, names);
  CHECK(front.values.text(Field::title) == "A long headline");
  CHECK(front.rest == "Text.");
}

TEST_CASE("a text without front matter is all text", "[corpus][front-matter]") {
  const FieldNames names;
  for (const std::string text :
       {"Summary: what we know so far\n\nText.", "Opinion: why\n\nText.", "---\nnever closed",
        "Title without colon\n\nText.", "Ukraine: the war\nDate: unknown was the cry\nText."})
    CHECK(read_front_matter(text, names).rest == text);
}

TEST_CASE("hostile front matter costs neither stack nor time", "[corpus][front-matter]") {
  const FieldNames names;
  const std::string deep = "---\na: " + std::string(60'000, '[') + "\n---\nText.";
  CHECK(read_front_matter(deep, names).rest == "Text.");
  const std::string long_block = "---\n" + std::string(1 << 20, 'a') + "\n---\nText.";
  CHECK(read_front_matter(long_block, names).rest == long_block);
}
