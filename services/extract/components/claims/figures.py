"""Figures that someone asserts: how many killed or injured, as the words have it. Pure.

Only what a claim needs: the number or the vague word, its qualifier and where it stands. What the
event's own count is, with sums and named victims, is the business of `components.counts`.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from schemas.claim import ClaimValue
from schemas.taxonomy import About
from services.extract.components.actors.wordlist import word_set
from services.extract.components.claims.harm import AUX, PERSONS, harm_of
from services.extract.components.claims.singles import single_at
from services.extract.components.claims.tolls import is_increment
from services.extract.components.claims.word_tests import Lower, any_of, word_at
from services.extract.components.counts.numbers import PERSONS_MAX, read_number

_UNITS: Final = word_set(
    "years year months month weeks week days day hours hour minutes minute km kilometres kilometers "
    "miles mile metres meters percent % million billion dollars times trucks vehicles houses homes "
    "buildings aircraft planes tanks am pm a.m p.m th kg pounds bullets shots rounds rockets missiles "
    "bombs villages towns countries o'clock degrees tons attacks strikes airstrikes incidents points "
    "killings shootings murders homicides lorries cars gmt blocks block"
)
_SUBSET: Final = word_set("including includes among included whom include")
_VAGUE: Final = word_set("dozens scores hundreds thousands tens")


@dataclass(frozen=True, slots=True)
class FigureSaid:
    """A figure over words first … last - 1: what it counts, the value and the qualifier.

    `single` marks one person told of without a number ("a guard").
    """

    about: About
    first: int
    last: int
    at: int
    value: ClaimValue
    qualifier: str | None
    single: bool = False


def figures(lower: Lower) -> Iterator[FigureSaid]:
    """The figures of dead and injured of a sentence, in order, parts of a whole left out."""
    at, before = 0, None
    while at < len(lower):
        found = _number(lower, at)
        if found is None:
            at += 1
            continue
        first, last, value, qualifier = found
        part = _is_part(lower, first) or is_increment(lower, last)
        harm = None if part else harm_of(lower, first, last, before)
        if harm is not None:
            about, end = harm
            further = _added(lower, last, end, value)
            single = further is None and value == 1 and lower[first] in _ARTICLES
            yield FigureSaid(about, first, end, last - 1, further[1] if further else value, qualifier, single)
            before = about
            last = further[0] if further else last
        at = max(last, at + 1)


_ARTICLES: Final = frozenset({"a", "an", "another"})


def _added(lower: Lower, last: int, end: int, value: ClaimValue) -> tuple[int, int] | None:
    """As in "two women and three children were killed": where the second number ends, and the sum."""
    for at in range(last + 1, min(last + 9, end)):
        if lower[at - 1] == "and" and isinstance(value, int):
            found = _number(lower, at)
            if found is not None and isinstance(found[2], int) and any_of(lower, AUX, found[1], end):
                return found[1], value + found[2]
    return None


def _number(lower: Lower, at: int) -> tuple[int, int, ClaimValue, str | None] | None:
    word = lower[at]
    if word in _VAGUE:
        if word_at(lower, at - 1) in {"in", "two", "three", "several", "few"}:
            return None
        last = at + 1
        if word == "thousands" or (
            word_at(lower, last) == "of" and word_at(lower, last + 1) in {"thousands", "hundreds"}
        ):
            return None
        return at, last, " ".join(lower[at:last]), None
    single = single_at(lower, at)
    if single is not None:
        return *single, None
    if not (word[0].isdigit() or word in _NUMERALS or "-" in word):
        return None
    number = read_number(lower, at)
    if number is None or number.value > PERSONS_MAX or word_at(lower, number.last) in _UNITS | {"-"}:
        return None
    if word_at(lower, number.first - 1) in _NOT_COUNTS or _is_year(lower, at):
        return None
    value: ClaimValue = number.value if number.upper is None else (number.value, number.upper)
    return number.first, number.last, value, number.qualifier


_NOT_COUNTS: Final = frozenset({"$", "£", "€", "no", "number", "channel", "route", "highway"})
_NUMERALS: Final = word_set(
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
    "seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred a"
)


def _is_year(lower: Lower, at: int) -> bool:
    text = lower[at]
    if len(text) == 4 and text.isdigit() and 1900 <= int(text) <= 2100:
        return word_at(lower, at + 1) not in PERSONS
    return word_at(lower, at - 1) in _MONTHS or word_at(lower, at + 1) in _MONTHS


_MONTHS: Final = word_set(
    "january february march april may june july august september october november december jan feb "
    "mar apr jun jul aug sep sept oct nov dec"
)


def _is_part(lower: Lower, first: int) -> bool:
    """As in "including 10 children", "three of whom": a part of a figure already told."""
    if word_at(lower, first - 1) == "among":
        return False
    if any_of(lower, _SUBSET, first - 3, first) or any_of(lower, _AMONG, first + 1, first + 6):
        return True
    at = first + 1 if word_at(lower, first + 1) == "of" else first + 2
    return (
        word_at(lower, at) == "of"
        and word_at(lower, at + 1) in {"whom", "them", "those", "the"}
        and (
            word_at(lower, at + 1) != "the"
            or word_at(lower, at + 2) in {"wounded", "injured", "dead", "victims", "casualties"}
        )
    )


_AMONG: Final = frozenset({"among"})
