"""The document builder: offsets, furniture, datelines, sentences, quotations."""

import pytest

from services.extract.document import build_document
from services.extract.model import Document
from tests.unit.extract.articles import article, document


def words(doc: Document) -> list[str]:
    return [sentence.text for sentence in doc.body]


def test_every_sentence_is_the_text_at_its_offsets() -> None:
    """Offsets are code points of the text as posted, whatever was masked before."""
    text = (
        "Share\n\nORAN (HW) — A café burnt down on Sunday. “Nobody was hurt,” the mayor said.\nRead more: x\n"
    )
    doc = document(text, title="Café burns in Oran - Harbour Wire")
    assert len(doc.body) == 2
    for sentence in doc.sentences:
        assert doc.quote(sentence.span) == sentence.text
        for token in sentence.tokens:
            source = doc.title if sentence.span.where == "title" else doc.text
            assert source is not None
            assert source[token.start : token.end] == token.text


def test_the_outlet_is_no_part_of_the_headline() -> None:
    """The title keeps its own words only."""
    doc = document("A bus fell.", title="UPDATE: Bus falls into river - WKXQ 7 News, Weather")
    assert doc.headline is not None
    assert doc.headline.text == "Bus falls into river"


def test_a_headline_keeps_its_own_dash() -> None:
    """What follows a dash and names no outlet is headline."""
    doc = document("A bus fell.", title="Bus falls into river - three missing")
    assert doc.headline is not None
    assert doc.headline.text == "Bus falls into river - three missing"


@pytest.mark.parametrize(
    "line",
    [
        "Share this: Facebook Twitter",
        "Related Stories:",
        "Read More: The quarrel over the dam",
        "Follow us on Facebook and Twitter",
        "Sign up for our morning newsletter.",
        "© 2021 Harbour Wire",
        "Copyright 2021 Harbour Wire. All rights reserved.",
        "4 min read",
        "0:57 Dog rides tram to school",
        "14 May, 2021",
        "Soldiers at the bridge [Getty]",
        "Your email address will not be published.",
        "By Mira Osei, Staff Writer",
        "newsroom@harbourwire.example",
        "Last updated at 7.28 PM",
    ],
)
def test_furniture_is_no_sentence(line: str) -> None:
    """Lines of the page are masked."""
    doc = document(f"A bus fell into the river on Friday.\n\n{line}\n\nSix people drowned, police said.")
    assert words(doc) == ["A bus fell into the river on Friday.", "Six people drowned, police said."]


def test_links_under_a_related_header_are_masked() -> None:
    """Headlines of other stories poison date, place and figures alike."""
    doc = document(
        "A bus fell into the river on Friday.\n\nRelated Stories:\n\nNine killed in mill fire\n\nMayor shot dead in Oran"
    )
    assert words(doc) == ["A bus fell into the river on Friday."]


def test_the_title_as_first_line_is_not_told_twice() -> None:
    """A first line that repeats the title is masked."""
    doc = document("Bus falls into river\n\nA bus fell.", title="Bus falls into river")
    assert words(doc) == ["A bus fell."]


def test_an_article_of_nothing_but_furniture_is_still_read() -> None:
    """With everything masked, nothing is."""
    assert words(document("Read more: Bus falls into river")) == ["Read more: Bus falls into river"]


@pytest.mark.parametrize(
    ("head", "place", "agency", "day"),
    [
        ("ORAN, Algeria (HW) — ", "ORAN, Algeria", "HW", None),
        ("(ORAN) — ", "ORAN", None, None),
        ("N'DJAMENA, June 16 (Harbour Wire) - ", "N'DJAMENA", "Harbour Wire", "June 16"),
        ("Oran (Harbour Wire) -- ", "Oran", "Harbour Wire", None),
        ("TULA, Pa.–", "TULA, Pa.", None, None),
    ],
)
def test_a_dateline_is_a_field_and_no_sentence(
    head: str, place: str, agency: str | None, day: str | None
) -> None:
    """Place, agency and day of a dateline are spans; the sentence begins behind it."""
    doc = document(f"{head}A bus fell into the river.")
    assert doc.dateline is not None
    parts = (doc.dateline.place, doc.dateline.agency, doc.dateline.day)
    assert [None if part is None else doc.quote(part) for part in parts] == [place, agency, day]
    assert words(doc) == ["A bus fell into the river."]


def test_upper_case_wire_copy_is_read_across_its_line_breaks() -> None:
    """Hard line breaks are no sentence ends, tags behind the dateline are no report."""
    doc = document(
        "   QUITO, 3 MAR 88 (HARBOUR WIRE) -- [TEXT] TWO BRIDGES WERE BLOWN UP LAST\n"
        "NIGHT IN THE NORTH OF THE COUNTRY.  THE ARMY SAID THAT NOBODY HAD BEEN\n"
        "HURT.\n\n   A THIRD BRIDGE STOOD.\n"
    )
    assert doc.upper_case
    assert doc.dateline is not None
    assert [" ".join(text.split()) for text in words(doc)] == [
        "TWO BRIDGES WERE BLOWN UP LAST NIGHT IN THE NORTH OF THE COUNTRY.",
        "THE ARMY SAID THAT NOBODY HAD BEEN HURT.",
        "A THIRD BRIDGE STOOD.",
    ]


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("The U.S. Army left at 1:15 a.m. Friday. Nobody was hurt.", 2),
        ("Lt. Col. J. R. Diaz of St. Paul spoke. He left.", 2),
        ("It happened at 7 p.m. Police came late.", 2),
        ("The dead were brought home from the war.The army said nothing.", 2),
        ("He wrote to harbour.Example.org about it.", 1),
        ("“Did you see it?” she asked. “No.”", 2),
        ("They came at dawn. “We ran,” he said. Others hid.", 3),
        ("Route No. 5 was shut. It rained 2.5 inches.", 2),
        ("He was shot on Main St. near the port.", 1),
    ],
)
def test_sentences_end_where_a_reader_would_end_them(text: str, count: int) -> None:
    """Abbreviations, initials and clock times end no sentence; a lost space does not hide an end."""
    assert len(document(text).body) == count


def test_quotations_know_their_speaker_where_it_is_said() -> None:
    """Said-X, X-said and X-said-colon forms."""
    doc = document(
        "“We heard two blasts,” said Mayor Ana Ruiz.\n"
        "The army said: “No aircraft of ours were in the area.”\n"
        '"It was a drone," the spokesman added. The "drone" was never found.'
    )
    speakers = [None if q.speaker is None else doc.quote(q.speaker) for q in doc.quotations]
    assert speakers == ["Mayor Ana Ruiz", "The army", "the spokesman", None]


def test_a_byline_is_a_field() -> None:
    """The reporter is no actor of the report."""
    doc = build_document(article("By Mira Osei\n\nA bus fell into the river."))
    assert doc.byline is not None
    assert doc.quote(doc.byline) == "Mira Osei"
    assert words(doc) == ["A bus fell into the river."]


def test_a_sentence_is_found_by_any_span_inside_it() -> None:
    """`sentence_at` answers for text and title, and None for masked text."""
    doc = document("Share\nA bus fell. Six drowned.", title="Bus falls")
    for sentence in doc.sentences:
        assert doc.sentence_at(sentence.tokens[-1].span(sentence.span.where)) is sentence
    assert doc.sentence_at(doc.boilerplate[0]) is None
