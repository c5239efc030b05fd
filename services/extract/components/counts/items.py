"""Items of a sentence: one class letter a word, a number with its qualifier, or a list of ages.

Pure. Letters are those of `lexicon`, and `#` a number of persons, `y` an age ("3-year-old"), `~` a list
of ages, `u` a number of other things, `Y` the name of someone met before, `X` a capital, `x` any other word.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from services.extract.components.counts import lexicon as lex
from services.extract.components.counts.lexicon import word_set
from services.extract.components.counts.numbers import WORDS_KEPT_MAX, Number, read_number, word_value
from services.extract.model import Token

_AGE: Final = re.compile(r"(\d{1,3}|[a-z]+(?:-[a-z]+)?)-(year|month|week|day)s?-olds?")
_NO_PERSON_AFTER: Final = word_set(
    "times minutes hours days weeks months years percent p.m. a.m. pm am miles feet yards inches shots"
    " rounds bullets guns weapons blocks block street avenue st ave road homes houses vehicles cars"
    " buildings counts charges % million billion dollars pounds kilos tons acres o'clock degrees rifles"
    " grenades bombs apartments businesses stores calls schools points games seasons news gauge caliber"
    " hour minute kilometers kilometres km meters metres mm pesos stitches surgeries seconds handguns"
    " pistols states stations channel abc nbc cbs fox wounds gunshot stab shootings incidents attacks"
    " cases year month day week january february march april may june july august september october"
    " november december jan feb mar apr jun jul aug sep sept oct nov dec strikes airstrikes explosions"
    " blasts tanks planes helicopters aircraft vessels cities towns villages shell separate different"
    " shooting hospitals area locations scenes occasions things warrants arrests"
)
_NO_PERSON_BEFORE: Final = word_set(
    "route highway interstate channel number nos unit apartment apt room page chapter article phase"
    " district ward precinct exit age both grade level mile zone section act category news fox abc nbc cbs"
    " # $ sr us i january february march april may june july august september october november december"
    " jan feb mar apr jun jul aug sep sept oct nov dec"
)
_PARENTS: Final = word_set("father mother dad mom parent parents grandmother grandfather")
_AGES: Final = frozenset({"aged", "ages", "age"})
_STARTS: Final = _AGES | {"a"}
"""Words with a class at which a longer item may begin all the same ("a dozen", an initial)."""

_CHAIN: Final = frozenset({",", "and", "&", "to", "-", "–", "or", "between", "from"})


@dataclass(frozen=True, slots=True)
class Reading:
    """A sentence read into items: `string` has a letter an item, `first` and `last` its words' bounds."""

    string: str
    first: tuple[int, ...]
    last: tuple[int, ...]
    numbers: dict[int, Number]


def read_items(
    words: Sequence[str], tokens: Sequence[Token], *, names: bool, surnames: frozenset[str] = frozenset()
) -> Reading:
    """The class string of a sentence; a number with its qualifier is one item, "#".

    `names` says whether a capital tells of a name (not in upper-case copy or headlines).
    """
    read = _Read([], [], [], {})
    at = 0
    while at < len(words):
        word = words[at]
        known = lex.CLASSES.get(word)
        if known is not None and word not in _STARTS:
            read.take(known, at, at + 1)  # most words: no number, age or name begins here
        elif word in _AGES and (chain := _age_chain(words, at)) > at + 1:
            if read.string and read.string[-1] == ",":
                read.drop()
            read.take("~", at, chain)
        elif (number := _number_at(words, at, names=names)) is not None:
            while read.first and read.first[-1] >= number.first:
                read.drop()
            read.numbers[len(read.string)] = number
            read.take("#", number.first, number.last)
        else:
            letter, first, last = _word_item(words, tokens, at, names=names)
            read.take("Y" if letter == "X" and plain(word) in surnames else letter, first, last)
        at = read.last[-1]
    return Reading("".join(read.string), tuple(read.first), tuple(read.last), read.numbers)


@dataclass(frozen=True, slots=True)
class _Read:
    """A reading in the making."""

    string: list[str]
    first: list[int]
    last: list[int]
    numbers: dict[int, Number]

    def take(self, letter: str, first: int, last: int) -> None:
        self.string.append(letter)
        self.first.append(first)
        self.last.append(last)

    def drop(self) -> None:
        self.string.pop()
        self.first.pop()
        self.last.pop()


def plain(word: str) -> str:
    """A word without its possessive ending."""
    return word[:-2] if word.endswith(("'s", "’s")) else word


def _age_chain(words: Sequence[str], at: int) -> int:
    """Where a list of ages ends: "ages 20, 22 and 31", "aged 5"."""
    end = at + 1
    while end < len(words) and (word_value(words[end]) is not None or words[end] in _CHAIN):
        end += 1
    while end > at + 1 and word_value(words[end - 1]) is None:
        end -= 1
    return end


def _number_at(words: Sequence[str], at: int, *, names: bool) -> Number | None:
    """The number of persons that begins at a word, if one does."""
    word = words[at]
    dozen = word in {"a", "half"} and words[at + 1 : at + 2] and words[at + 1] in lex.SCALES
    if word_value(word) is None and not dozen:
        return None
    if _is_spaced_age(words, at) or _is_no_person(words, at):
        return None
    return None if not names and _is_set_off_age(words, at) else read_number(words, at)


def _word_item(
    words: Sequence[str], tokens: Sequence[Token], at: int, *, names: bool
) -> tuple[str, int, int]:
    """Letter and bounds of any other word."""
    if _is_spaced_age(words, at) and word_value(words[at]) is not None:
        return "y", at, at + 3
    letter = _letter(words[at], tokens[at].text, names=names)
    if letter == "#":
        letter = "u"
    if letter == "a" and names and at and words[at] == "a" and words[at + 1 : at + 2] == ["."]:
        letter = "X"  # an initial
    return letter, at, at + 1


def _letter(word: str, written: str, *, names: bool) -> str:
    letter = _letter_of(word)
    return "X" if letter == "x" and names and written[0].isupper() else letter


@lru_cache(maxsize=WORDS_KEPT_MAX)
def _letter_of(word: str) -> str:
    """The class letter of a lower-cased word, its capital aside."""
    known = lex.CLASSES.get(word)
    if known is not None:
        return known
    if word in lex.SCALES or word_value(word) is not None:
        return "#"
    if not word[0].isalnum():
        return word if word in ",();:." else '"'
    if word.endswith(("-old", "-olds")) and _AGE.fullmatch(word):
        return "y"
    return "u" if word[0].isdigit() else "x"


def _is_spaced_age(words: Sequence[str], at: int) -> bool:
    """Whether an age stands here without its hyphens ("two year old")."""
    return words[at + 1 : at + 3] in (["year", "old"], ["month", "old"], ["years", "old"], ["year", "olds"])


def _is_set_off_age(words: Sequence[str], at: int) -> bool:
    """A figure between commas behind a word, where capitals cannot tell that the word is a name."""
    between = at > 1 and words[at - 1] == "," and words[at + 1 : at + 2] == [","]
    return between and words[at].isdigit() and len(words[at]) <= 2 and lex.CLASSES.get(words[at - 2]) != "p"


def _is_no_person(words: Sequence[str], at: int) -> bool:
    """Whether a number counts something else than persons, as its neighbours tell."""
    after = words[at + 1] if at + 1 < len(words) else ""
    before = words[at - 1] if at else ""
    if after in _NO_PERSON_AFTER or before in _NO_PERSON_BEFORE:
        return True
    if before == "of" and at > 1 and words[at - 2] in _PARENTS:
        return True
    word = words[at]
    return word == "911" or (
        word.isdigit() and ((len(word) == 4 and 1900 <= int(word) <= 2099) or len(word) > 6)
    )


def age_of(word: str) -> int | None:
    """The age in years of "20-year-old" (0 for months, weeks and days)."""
    match = _AGE.fullmatch(word)
    if match is None:
        return None
    if match.group(2) != "year":
        return 0
    value = word_value(match.group(1))
    return value if value is not None and value <= 115 else None
