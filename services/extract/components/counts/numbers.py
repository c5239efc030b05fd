"""Reading numbers of persons: figures, words, scales, ranges and the qualifiers before them.

Pure. Works on the lower-cased words of a sentence.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from services.extract.components.counts.lexicon import NUMBER_WORDS, QUALIFIERS, SCALES

_FIGURE: Final = re.compile(r"\d{1,3}(?:,\d{3})+|\d+")
WORDS_KEPT_MAX = 50_000
"""Words whose value is remembered: more than a day's news uses, about 5 MB."""

PERSONS_MAX = 10_000_000
"""No report counts more persons harmed in one incident; larger numbers are money, votes or viewers."""


@dataclass(frozen=True, slots=True)
class Number:
    """A number over words `first:last`: its value, the upper end of a range, its qualifier."""

    first: int
    last: int
    value: int
    upper: int | None = None
    qualifier: str | None = None


@lru_cache(maxsize=WORDS_KEPT_MAX)
def word_value(word: str) -> int | None:
    """The value of one word: "3", "1,200", "seven", "twenty-two"; None for any other word."""
    if word in NUMBER_WORDS:
        return NUMBER_WORDS[word]
    if word[:1].isdigit():
        return int(word.replace(",", "")) if _FIGURE.fullmatch(word) and len(word) < 10 else None
    tens, dash, ones = word.partition("-")
    if dash and NUMBER_WORDS.get(tens, 0) >= 20 and 0 < NUMBER_WORDS.get(ones, 0) < 10:
        return NUMBER_WORDS[tens] + NUMBER_WORDS[ones]
    return None


def read_number(words: Sequence[str], at: int) -> Number | None:
    """The number that begins at a word, with scales ("two hundred"), a range and its qualifier."""
    plain = _scaled(words, at)
    if plain is None:
        return None
    value, last = plain
    upper = _upper(words, last, value)
    if upper is not None:
        value_of_upper, last = upper
        return Number(qualifier_before(words, at)[0], last, value, value_of_upper, "between")
    first, qualifier = qualifier_before(words, at)
    return Number(first, last, value, None, qualifier)


def _scaled(words: Sequence[str], at: int) -> tuple[int, int] | None:
    word = words[at]
    if word in {"a", "half"} and at + 1 < len(words) and words[at + 1] in SCALES:
        scale = SCALES[words[at + 1]]
        return (scale // 2 if word == "half" else scale), at + 2
    value = word_value(word)
    if value is None:
        return None
    last = at + 1
    while last < len(words) and words[last] in SCALES and value * SCALES[words[last]] <= PERSONS_MAX:
        value *= SCALES[words[last]]
        last += 1
        ones = _remainder(words, last)
        if ones is not None:
            value, last = value + ones[0], ones[1]
    return (value, last) if value <= PERSONS_MAX else None


def _remainder(words: Sequence[str], at: int) -> tuple[int, int] | None:
    """Reads "and forty-three" behind a hundred."""
    if at + 1 < len(words) and words[at] == "and":
        value = word_value(words[at + 1])
        if value is not None and value < 100 and not words[at + 1].isdigit():
            return value, at + 2
    return None


def _upper(words: Sequence[str], last: int, value: int) -> tuple[int, int] | None:
    """The upper end of "10-15", "10 to 15", "between 10 and 15", "three or four"."""
    if last + 1 >= len(words) or words[last] not in {"-", "–", "to", "or", "and"}:
        return None
    first_word = words[last - 2] if last >= 2 else ""
    if words[last] == "and" and first_word != "between":
        return None
    if words[last] == "to" and first_word in {"up", "close"}:
        return None
    found = _scaled(words, last + 1)
    return found if found is not None and found[0] > value else None


def qualifier_before(words: Sequence[str], at: int) -> tuple[int, str | None]:
    """Where a number's phrase begins with the qualifier before it, and that qualifier's name."""
    for size in (3, 2, 1):
        name = QUALIFIERS.get(tuple(words[max(at - size, 0) : at]))
        if name is not None and at >= size:
            return at - size, None if name in {"all", "total", "exactly", "between"} else name
    return at, None


def bounds(number: Number) -> tuple[int, int, int]:
    """Low, best and high of a number: a qualifier says nothing on how far off it may be."""
    if number.upper is not None:
        return number.value, number.value, number.upper
    return number.value, number.value, number.value
