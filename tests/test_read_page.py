"""The layout of a page: headline, byline, date, furniture, ratings; what is body stays body."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from masudi.config import Settings
from masudi.read import read_text
from masudi.read.dates import date_line, read_date
from masudi.read.furniture import furnishing, lines_of
from masudi.read.page import wire_dateline
from masudi.read.vocabulary import vocabulary
from masudi.records import Ratings, Span

WORDS = vocabulary()
PLAIN = Settings()
KEEP = Settings(keep_text=True)
BODY = [
    "The ferry company in Bergen cancelled all sailings on Tuesday after a strike vote, its director said.",
    "Union leaders told reporters that talks would go on, and that nobody wanted a long strike.",
    "The last strike, in the spring of 2019, lasted eleven days and cost the town dear.",
    "Passengers were asked to stay at home until the company announced a new timetable.",
]
PAGE = "\n".join(
    [
        "Ferries stand still in Bergen", "", "Ingrid Vale", "2031 / 3 / 5", "", *BODY, "", "", "Add comment",
        "Rate the article", "", "Bad 12345678910 Very good", "\u00a0 \u00a0 \u00a0",
        "Result : 85% Participated in the vote : 1,204",
    ]
)  # fmt: skip


def test_saved_page_gives_headline_author_date_rating_and_only_the_body() -> None:
    article = read_text(PAGE, settings=PLAIN)
    assert article.title == "Ferries stand still in Bergen"
    assert article.authors == ("Ingrid Vale",)
    assert article.published == "2031-03-05"
    assert article.ratings == Ratings(votes=1204, result_percent=85.0)
    assert article.text == "\n".join(BODY)
    assert article.furniture == ()


def test_kept_text_is_the_page_itself_with_header_and_furniture_marked() -> None:
    article = read_text(PAGE, settings=KEEP)
    assert article.text == PAGE
    assert article.mends == ()
    marked = [PAGE[s.start : s.end] for s in article.furniture]
    assert marked[:2] == ["Ingrid Vale", "2031 / 3 / 5"]
    assert "Add comment" in marked
    headline = Span(0, len("Ferries stand still in Bergen"))
    assert not any(headline.overlaps(s) for s in article.furniture)
    assert article.title == "Ferries stand still in Bergen"
    assert article.ratings == Ratings(votes=1204, result_percent=85.0)


@pytest.mark.parametrize(
    ("line", "published"),
    [
        ("2031 / 3 / 5", "2031-03-05"),
        ("5 March 2031", "2031-03-05"),
        ("March 5, 2031", "2031-03-05"),
        ("Mar. 5th, 2031", "2031-03-05"),
        ("Published: Wednesday, 5 March 2031, 10:15 GMT", "2031-03-05"),
        ("2031-03-05", "2031-03-05"),
        ("2031-03-05T10:15:00+03:00", "2031-03-05"),
        ("Wed 5 Mar 2031 10.15 GMT", "2031-03-05"),
        ("25/03/2031", "2031-03-25"),
        ("03/25/2031", "2031-03-25"),
        ("05/03/2031", "2031"),
        ("March 2031", "2031-03"),
        ("31 February 2031", None),
        ("The harbour shut on 5 March 2031", None),
        ("5 March 2031 brought storms", None),
        ("At 10:15", None),
    ],
)
def test_date_line_is_read_as_fine_as_it_is_written(line: str, published: str | None) -> None:
    assert date_line(line, WORDS) == published


@pytest.mark.parametrize(
    ("value", "published"),
    [("20310305", "2031-03-05"), ("2031", "2031"), ("2031-03", "2031-03"), ("Wed, 05 Mar 2031 08:00:00 +0000", "2031-03-05"),
     ("soon", None), ("2031-13-40", None), ("99", None)],
)  # fmt: skip
def test_metadata_date_is_read_or_refused(value: str, published: str | None) -> None:
    assert read_date(value, WORDS) == published


@pytest.mark.parametrize(
    ("header", "authors", "published", "publisher"),
    [
        (["By Ingrid Vale and Omar Haddad, Staff Writers", "March 5, 2031"], ("Ingrid Vale", "Omar Haddad"), "2031-03-05", None),
        (["By Ingrid Vale in Bergen"], ("Ingrid Vale",), None, None),
        (["Published: 5 March 2031 | Updated: 6 March 2031"], (), "2031-03-05", None),
        (["Ingrid Vale and Omar Haddad", "5 March 2031"], ("Ingrid Vale", "Omar Haddad"), "2031-03-05", None),
        (["5 March 2031", "Ingrid van der Vale"], ("Ingrid van der Vale",), "2031-03-05", None),
        (["Ingrid Vale, 5 March 2031"], ("Ingrid Vale",), "2031-03-05", None),
        (["By Ingrid Vale", "The Bergen Herald", "5 March 2031"], ("Ingrid Vale",), "2031-03-05", "The Bergen Herald"),
        (["Middle East", "5 March 2031"], (), "2031-03-05", None),
        (["Share this article", "2 hours ago", "By Abd al-Karim Qasim"], ("Abd al-Karim Qasim",), None, None),
    ],
)  # fmt: skip
def test_header_lines_are_read_and_left_out_of_the_body(
    header: list[str], authors: tuple[str, ...], published: str | None, publisher: str | None
) -> None:
    article = read_text("\n".join(["Ferries stand still", "", *header, "", *BODY]), settings=PLAIN)
    assert (article.authors, article.published, article.publisher) == (authors, published, publisher)
    assert article.title == "Ferries stand still"
    assert article.text == "\n".join(BODY)


@pytest.mark.parametrize(
    "lines",
    [
        ["One Swedish and one Danish climber have died near Bergen.", "5 March 2031"],
        ["Ingrid Vale, the head of the ferry line, was arrested on Sunday, March 2, 2031."],
        ["By Sunday the town had run out of bread, and the shops were closed."],
        ["Author and activist Omar Haddad left the meeting early, witnesses said."],
    ],
)
def test_first_sentence_that_resembles_a_byline_stays_in_the_body(lines: list[str]) -> None:
    article = read_text("\n".join(["Ferries stand still", *lines, *BODY]), settings=PLAIN)
    assert article.text.startswith(lines[0])
    assert article.authors == ()


def test_headline_with_full_stop_is_one_only_in_title_case_or_before_a_byline() -> None:
    assert read_text("\n\n".join(["Ferries Stand Still In Bergen.", *BODY]), settings=PLAIN).title is not None
    plain = read_text("\n\n".join(["The ferries stand still today.", *BODY]), settings=PLAIN)
    assert plain.title is None
    assert plain.text.startswith("The ferries stand still today.")


def test_wrapped_headline_is_one_title() -> None:
    article = read_text(
        "\n".join(["Ferries stand still in Bergen", "after night of talks", "", *BODY]), settings=PLAIN
    )
    assert article.title == "Ferries stand still in Bergen after night of talks"


def test_text_of_one_sentence_is_all_body() -> None:
    article = read_text(BODY[0], settings=PLAIN)
    assert (article.title, article.text) == (None, BODY[0])


def test_given_title_beats_the_page_and_its_line_is_found() -> None:
    article = read_text(
        "\n".join(["FERRIES STAND STILL", *BODY]), settings=PLAIN, title="Ferries stand still"
    )
    assert (article.title, article.text) == ("Ferries stand still", "\n".join(BODY))
    other = read_text("\n".join(["A town waits", *BODY]), settings=PLAIN, title="Ferries stand still")
    assert other.text.startswith("A town waits")


def test_publisher_at_the_end_of_a_headline_is_taken_off() -> None:
    article = read_text("\n".join(["Ferries stand still in Bergen - Xinhua", *BODY]), settings=PLAIN)
    assert (article.title, article.publisher) == ("Ferries stand still in Bergen", "Xinhua")


TAIL_FURNITURE = [
    "Add comment", "Leave a Reply", "3 comments", "Rate the article", "Bad 12345678910 Very good", "Share this article",
    "Share on Facebook", "Read more: Storm closes the northern ports", "Related articles", "Advertisement",
    "Sign up for our newsletter", "© 2031 The Bergen Herald", "All rights reserved.", "Tags: ferries, strikes",
    "Copyright 2031 The Bergen Herald. All rights reserved.", "We use cookies to make this site better.",
    "Photo: Omar Haddad/AFP", "Omar Haddad via Getty Images", "File photo of a ferry", "5 min read", "1.2k shares",
    "Follow Ingrid Vale on Twitter @ivale", "#ferries #bergen", "* * *", "Subscribe to our daily briefing",
]  # fmt: skip


@pytest.mark.parametrize("line", TAIL_FURNITURE)
def test_furniture_after_the_body_is_cut(line: str) -> None:
    text = "\n".join([*BODY, "", line])
    assert read_text(text, settings=PLAIN).text == "\n".join(BODY)
    kept = read_text(text, settings=KEEP)
    assert [text[s.start : s.end] for s in kept.furniture] == [line]


@pytest.mark.parametrize(
    "line", ["Advertisement", "Read more: Storm closes the ports", "Photo: Omar Haddad/AFP", "Share this article", "Article continues below"]
)  # fmt: skip
def test_furniture_between_paragraphs_is_cut_and_the_rest_stays(line: str) -> None:
    article = read_text("\n\n".join([*BODY[:2], line, *BODY[2:]]), settings=PLAIN)
    assert article.text == "\n\n".join(BODY)


HARD_NEGATIVES = [
    "Share prices fell by a tenth after the strike, the ferry company's auditors said.",
    "Sharing the harbour with the navy was never going to be easy, the mayor told the council.",
    "The rating agency cut its rating of the city's bonds from good to bad on Wednesday.",
    "Comments by the minister angered the crew, who walked out of the meeting at noon.",
    "Three comments in particular angered the crew, and one of them was the minister's.",
    "Related articles of the constitution were suspended, the president's office announced.",
    "Advertisement of the vacant posts will begin in May, the ministry wrote in a letter.",
    "Copyright law was rewritten that year, and the publishers sued the state at once.",
    "Read by millions, the paper was closed by the junta within a week of the coup.",
    "Print shops in the old town were raided on Monday and four owners were detained.",
    "Follow the money, the prosecutor said, and you will find the ferry company's owners.",
    "Subscribers to the treaty promised to leave the strait open for all merchant ships.",
    "Email accounts of the opposition were read by the police, the court was told.",
    "The vote was 12 to 3, and participation stood at 85 percent, the commission said.",
    "Cookies and tea were served while the two ministers talked of war.",
    "Image matters more than truth in this campaign, the former minister complained.",
    "Listen to this, he told the court, and played the tape of the general's order.",
    "More than that, the army had orders to fire, three of the soldiers testified.",
    "“No.”",
    "Video evidence was shown to the jury on the second day of the trial in Bergen.",
]


@pytest.mark.parametrize("sentence", HARD_NEGATIVES)
@pytest.mark.parametrize("place", [1, len(BODY)])
def test_body_sentence_that_resembles_furniture_stays(sentence: str, place: int) -> None:
    lines = [*BODY[:place], sentence, *BODY[place:]]
    article = read_text("\n".join(lines), settings=PLAIN)
    assert article.text == "\n".join(lines)


def test_everything_after_a_comment_heading_goes() -> None:
    text = "\n".join(
        [
            *BODY,
            "2 comments",
            "Nils says:",
            "I never liked the ferries anyway, and I will say so again.",
            "Reply",
        ]
    )
    assert read_text(text, settings=PLAIN).text == "\n".join(BODY)


def test_comment_link_above_the_body_costs_only_its_own_line() -> None:
    text = "\n".join(["Ferries stand still", "By Ingrid Vale", "3 comments", "", *BODY])
    assert read_text(text, settings=PLAIN).text == "\n".join(BODY)


def test_links_under_a_related_heading_go_and_the_next_paragraph_stays() -> None:
    text = "\n".join([*BODY[:3], "Related articles", "Storm closes the ports", "Mayor under fire", BODY[3]])
    assert read_text(text, settings=PLAIN).text == "\n".join([*BODY[:3], BODY[3]])


@pytest.mark.parametrize(
    ("line", "ratings"),
    [
        ("Result : 100% Participated in the vote : 1", Ratings(votes=1, result_percent=100.0)),
        ("Rating: 4.5/5 (12 votes)", Ratings(votes=12, result_percent=90.0)),
        ("37 votes, average: 8 out of 10", Ratings(votes=37, result_percent=80.0)),
    ],
)
def test_rating_widget_is_kept_as_figures(line: str, ratings: Ratings) -> None:
    article = read_text("\n".join([*BODY, "Rate this article", line]), settings=PLAIN)
    assert article.ratings == ratings
    assert article.text == "\n".join(BODY)


@pytest.mark.parametrize(
    ("opening", "found"),
    [
        ("BERGEN, March 5 (Fjord News) -- The ferries stopped.", (None, 3, 5)),
        ("OSLO, Norway, March 5, 2031 (Fjord News) - The ferries stopped.", (2031, 3, 5)),
        ("Bergen, 5 March (Fjord News) – The ferries stopped.", (None, 3, 5)),
        ("BERGEN (Reuters) - The ferries stopped.", (None, None, None)),
        ("BERGEN: The ferries stopped.", (None, None, None)),
        ("Bergen, a town of ferries - and of rain - slept.", "none"),
        ("The ferries stopped in Bergen - all of them.", "none"),
    ],
)
def test_wire_dateline_is_told_from_prose(opening: str, found: object) -> None:
    line = wire_dateline(opening, WORDS)
    assert ("none" if line is None else (line.year, line.month, line.day)) == found


@pytest.mark.parametrize(
    ("known", "published"), [("2031", "2031-03-05"), ("2031-03", "2031-03-05"), ("2031-04", "2031-04"), ("2031-03-06", "2031-03-06"), (None, None)]
)  # fmt: skip
def test_dateline_makes_a_known_year_finer_and_changes_nothing_else(
    known: str | None, published: str | None
) -> None:
    text = "BERGEN, March 5 (Fjord News) -- The ferries stopped at noon, the company said."
    article = read_text(text, settings=PLAIN, published=known)
    assert article.published == published
    assert article.text == text


OPINION = (
    "We should be ashamed. Who believes the company's absurd excuses? I do not. The hypocrisy of its owners is "
    "shameful, and their so-called reforms are a farce. Must a town beg for its own boats? Surely not. "
    "The council ought to act; it merely talks. In my view the truth is plain: we were betrayed, and the "
    "disgraceful silence of the mayor tells us why. Why should anyone trust him again?"
)


def test_commentary_and_report_are_told_apart_with_their_signs() -> None:
    commentary = read_text("\n".join(["A town betrayed", "", "By Ingrid Vale", "", OPINION]), settings=PLAIN)
    assert commentary.kind == "commentary"
    assert any("questions" in sign for sign in commentary.kind_signs)
    report = read_text("BERGEN (Fjord News) -- " + " ".join(BODY), settings=PLAIN)
    assert report.kind == "report"
    assert "opens with a wire dateline" in report.kind_signs


def test_quoted_anger_makes_no_commentary() -> None:
    quoted = "\n".join([*BODY, f"“{OPINION}” the union's chairman said.", *BODY])
    assert read_text(quoted, settings=PLAIN).kind != "commentary"


def test_weak_signs_give_no_kind() -> None:
    article = read_text("The ferry is old. It is blue. It goes to Bergen and back.", settings=PLAIN)
    assert (article.kind, article.kind_signs) == (None, ())


def test_opinion_address_makes_commentary() -> None:
    text = " ".join(
        BODY[2:] + ["The quay is long and the boats are blue, and gulls sit on every roof of it."] * 3
    )
    article = read_text(text, settings=PLAIN, url="https://example.org/opinion/2031/ferries")
    assert article.kind == "commentary"


@pytest.mark.parametrize(
    ("text", "language"),
    [
        (BODY[0], "en"),
        ("Le ministre a déclaré que les navires resteraient au port jusqu'à la fin de la grève.", None),
        ("Der Minister sagte, dass die Schiffe bis zum Ende des Streiks im Hafen bleiben.", None),
        ("وقال الوزير إن السفن ستبقى في الميناء حتى نهاية الإضراب", None),
    ],
)
def test_language_is_english_or_unknown(text: str, language: str | None) -> None:
    assert read_text(text, settings=PLAIN).language == language


def test_given_language_is_kept_without_its_region() -> None:
    assert read_text(BODY[0], settings=PLAIN, language="en-GB").language == "en"


def test_id_hangs_on_publisher_address_and_text_alone() -> None:
    one = read_text(BODY[0], settings=PLAIN, path="a.txt", given_id="1")
    assert one.id == read_text(BODY[0], settings=PLAIN, path="b.txt", given_id="2").id
    assert one.id != read_text(BODY[0], settings=PLAIN, publisher="Fjord News").id


@hypothesis_settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from([*BODY, *TAIL_FURNITURE, "", "By Ingrid Vale", "5 March 2031", "Ferries stand still", "\r", "\u00a0"]), max_size=12),
       st.sampled_from(["\n", "\r\n", "\n\n"]))  # fmt: skip
def test_kept_text_is_always_identical_and_furniture_never_covers_a_paragraph(
    lines: list[str], newline: str
) -> None:
    text = newline.join([BODY[0], *lines])
    article = read_text(text, settings=KEEP)
    assert article.text == text
    spans = article.furniture
    assert all(a.end <= b.start for a, b in zip(spans, spans[1:], strict=False))
    assert not any(span.start < len(BODY[0]) for span in spans)


def test_every_furniture_pattern_is_one_that_can_match() -> None:
    missed = []
    for pattern in WORDS.exact:
        lines = lines_of(pattern)
        if not lines or furnishing(lines[0], WORDS) is None:
            missed.append(pattern)
    assert missed == []
