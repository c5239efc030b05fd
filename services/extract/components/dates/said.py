"""What a date expression says, and the words it is read from. Pure."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

Words = Sequence[str]

_ORDINAL: Final = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?$")


@dataclass(frozen=True, slots=True)
class Expression:
    """A date expression over words `first:last` (end exclusive), by kind, with the parts it names.

    kinds: weekday, month_day, full (with year), numeric, bare_day, month, year, offset (days from the
    anchor), anaphor (days from the date named before it), ago, week, weekend, holiday, overnight.
    """

    kind: str
    first: int
    last: int
    weekday: int | None = None
    month: int | None = None
    day: int | None = None
    year: int | None = None
    count: int = 0
    unit: str | None = None
    modifier: str | None = None
    rule: str | None = None


def plain(word: str) -> str:
    """A word without its possessive ending."""
    return word[:-2] if word.endswith(("'s", "’s")) else word


def word_at(words: Words, at: int) -> str:
    """The word at a place, empty outside the sentence."""
    return words[at] if 0 <= at < len(words) else ""


def day_number(word: str) -> int | None:
    """A day of a month: "27", "27th"."""
    match = _ORDINAL.match(word)
    number = int(match.group(1)) if match else 0
    return number if 1 <= number <= 31 else None


def skip(words: Words, at: int, *marks: str) -> int:
    """The first place from here on that holds none of the marks."""
    while word_at(words, at) in marks:
        at += 1
    return at
