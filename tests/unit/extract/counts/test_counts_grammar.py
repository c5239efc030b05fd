"""What a sentence says befell whom."""

import pytest

from services.extract.components.counts import find_counts
from services.extract.components.counts.numbers import read_number, word_value
from services.extract.components.counts.options import said
from services.extract.model import tokenize
from tests.unit.extract.articles import document


def told(text: str, title: str | None = None) -> set[tuple[str, int]]:
    found = find_counts(document(text, title=title)).findings
    return {(f.harm.value, n) for f in found if not f.negated and (n := said(f)) is not None}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("At least 12 soldiers were killed and 30 others wounded.", {("killed", 12), ("injured", 30)}),
        ("A bomb went off, killing seven people and wounding nine.", {("killed", 7), ("injured", 9)}),
        ("The blast left two dead and five injured.", {("killed", 2), ("injured", 5)}),
        ("A mother and two of her children were killed.", {("killed", 3)}),
        ("Four adults and a 3-year-old were shot.", {("hit", 5)}),
        ("The death toll from the market fire rose to at least 61.", {("killed", 61)}),
        ("Six people, including two children, were wounded.", {("injured", 6)}),
        ("Police shot and killed a man.", {("killed", 1)}),
        ("Two men, ages 20 and 25, were wounded.", {("injured", 2)}),
        ("A dozen villagers were hurt.", {("injured", 12)}),
        ("The raid killed 4 soldiers and wounded another 40.", {("killed", 4), ("injured", 40)}),
        ("Two men, a baker and a clerk, were killed.", {("killed", 2)}),
        ("THREE SUBVERSIVES WERE KILLED AND SEVEN OTHERS WERE WOUNDED.", {("killed", 3), ("injured", 7)}),
        ("They said 39 people were still in hospital.", {("injured", 39)}),
        ("A woman was shot in the neck and later died.", {("hit", 1), ("killed", 1)}),
        ("No one was injured.", {("injured", 0)}),
    ],
)  # fmt: skip
def test_casualties_are_read_with_whom_they_befell(text: str, expected: set[tuple[str, int]]) -> None:
    assert expected <= told(text)


@pytest.mark.parametrize(
    "text",
    [
        "Shots were fired in the 1300 block of Elm Street.",
        "The father of 4 thanked the doctors.",
        "He was shot 6 times.",
        "The trial of 1989 killed his career.",
        "Russia has killed the talks.",
    ],
)
def test_numbers_of_other_things_are_no_casualties(text: str) -> None:
    assert {number for _, number in told(text)} <= {0, 1}


def test_the_speaker_behind_a_figure_is_not_counted() -> None:
    assert ("injured", 42) in told("The bomb wounded 42, a deputy commissioner said.")


def test_a_list_ends_where_the_next_clause_begins() -> None:
    assert ("killed", 2) in told("Gunmen killed two guards and three clerks were wounded.")


def test_a_total_over_time_is_marked_wherever_it_recurs() -> None:
    doc = document(
        "Nearly 60 soldiers have been killed since February. At least 59 soldiers were killed before the truce."
    )
    assert [f.excluded for f in find_counts(doc).findings if (said(f) or 0) > 1] == [
        "cumulative",
        "cumulative",
    ]


@pytest.mark.parametrize(
    ("words", "value", "upper", "qualifier"),
    [
        ("at least 33", 33, None, "at least"),
        ("almost two dozen", 24, None, "nearly"),
        ("between 10 and 15", 10, 15, "between"),
        ("two hundred and five", 205, None, None),
        ("1,200", 1200, None, None),
        ("more than fifty-one", 51, None, "more than"),
    ],
)
def test_numbers_are_read_with_their_qualifier(
    words: str, value: int, upper: int | None, qualifier: str | None
) -> None:
    split = [token.lower for token in tokenize(words)]
    at = next(n for n, word in enumerate(split) if word_value(word) is not None)
    number = read_number(split, at)
    assert number is not None
    assert (number.value, number.upper, number.qualifier) == (value, upper, qualifier)
    assert number.first == 0
