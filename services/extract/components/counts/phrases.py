"""Phrases for persons in a sentence: counted, single, named, aged, vague.

Pure. The phrase grammar is one regular expression over the sentence's string of class letters (`items`).
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from services.extract.components.counts import lexicon as lex
from services.extract.components.counts.items import Reading, age_of
from services.extract.components.counts.numbers import Number, bounds, word_value
from services.extract.components.counts.values import Harm, Person
from services.extract.model import Token

_GRAMMAR: Final = re.compile(
    r"(?P<none>n(?:#|[xXO]{0,2}[PpIM]|(?=[bBf])))"  # no one, no injuries, none were
    r"|(?P<of>o?#O?f(?:t[xXO#]{0,3}?[PHD]|e|t(?=[bBKHSF])))"  # two of her children, one of them
    r"|(?P<count>o?#O?[xXHDKyvp]{0,4}?[PMI]+)"  # four other Turkish soldiers
    r"|(?P<one>(?:[ao#][xXvHDKO]{0,4}?p+)(?:,#(?=[,.;bBKHDSTCWRrc)]|$))?)"  # a local man, a man, 20,
    r"|(?P<aged>[ato]?[xXO]{0,2}y[xX]{0,5}?(?:p+|(?=[^xXp]|$|X{2}|x)))"  # a 3-year-old girl
    r"|(?P<more>#O|o#?)"  # three others, another
    r"|(?P<the>t[xXOv]{0,3}?p+(?:,#(?=[,.;bBKHDSTCWRrc)]|$))?)"  # the man, his wife
    r"|(?P<vague>d(?:O|f[tO]?)?[xX]{0,3}?[POI]|d(?:O|(?=[KHDbBRrC.,;]|$)))"  # dozens of people, dozens more
    r"|(?P<name>p?[XY](?:\.?[XY]){0,3},#(?=[,.;bBKHDSTCWRrc)]|$)|p?[XY](?:\.?[XY]){1,3}(?=[KHDSbBT,vW(C.]|$)"
    r"|p[XY](?=[KHDSbBT])|X(?=B?v?D|B?bv?K)|p?Y)"  # Ana Silva, 20
    r"|(?P<many>t?[xXO]{0,2}?P+)"
    r"|(?P<bare>#)"
    r"|(?P<single>[xX]{0,1}p+(?:,#(?=[,.;bBKHDSTCWRrc)]|$))?)"
    r"|(?P<pronoun>e|O)"
)


_POINTING: Final = frozenset({"one", "aged", "the", "single"})
"""Kinds of phrases for one person that is not named."""


@dataclass(frozen=True, slots=True)
class Phrase:
    """A phrase for persons over items `start:end` of a reading."""

    start: int
    end: int
    person: Person


def find_persons(words: Sequence[str], tokens: Sequence[Token], reading: Reading) -> Iterator[Phrase]:
    """The phrases for persons of a sentence, in order."""
    for match in _GRAMMAR.finditer(reading.string):
        person = _person(match, words, tokens, reading)
        if person is not None:
            yield Phrase(match.start(), match.end(), person)


def _person(
    match: re.Match[str], words: Sequence[str], tokens: Sequence[Token], reading: Reading
) -> Person | None:
    """The person or persons of one match; None where the phrase turns out to name a place or a thing."""
    kind = match.lastgroup or ""
    start, end = match.span()
    first, last = reading.first[start], reading.last[end - 1]
    own = words[first:last]
    if kind == "pronoun":
        kind = "self" if own[0].endswith(("self", "selves")) else kind
        return Person(first, last, kind, noun=own[0], other=_is_other(own))
    if kind == "name" and (own[0] in lex.COMPASS or not lex.NOT_NAMES.isdisjoint(own)):
        return None
    noun, harm = _noun(own), _harm_in(own)
    number = _number_of(kind, reading, start, end)
    low, high = _how_many(kind, noun, number)
    if low is None and kind in {"of", "count", "bare"}:
        return None
    ages = _ages_behind(words, reading, end) if kind == "many" else 0
    if ages > 1:
        kind, low, high = "ages", ages, ages
    return Person(
        first, last, kind,
        low=low, best=low, high=high,
        qualifier=_qualifier(kind, own, number),
        noun=noun,
        name=_name(tokens[first:last]) if kind == "name" else None,
        age=_age_in(own, match.group()),
        other=_is_other(own) or (kind == "none" and "else" in words[last : last + 2]),
        part=kind == "of" and harm is not None,
        attacker=noun in lex.ATTACKERS,
        points=kind in _POINTING and own[0] in {"the", "that", "victim"} and len(own) <= 3,
        ordinal=_ordinal(own) if kind in _POINTING and number is None and low == 1 else None,
        harm=harm,
    )  # fmt: skip


def _number_of(kind: str, reading: Reading, start: int, end: int) -> Number | None:
    """The number that a phrase begins with, maybe behind one other word."""
    if kind not in {"of", "count", "more", "bare", "one"}:
        return None
    return next(
        (reading.numbers[at] for at in range(start, min(start + 2, end)) if at in reading.numbers), None
    )


def _how_many(kind: str, noun: str | None, number: Number | None) -> tuple[int | None, int | None]:
    """Lowest and highest number of persons; None where the phrase says none."""
    if kind == "none":
        return 0, 0
    if number is not None:
        low, _, high = bounds(number)
        return low, high
    if kind in {"one", "single", "the", "many"} and noun in lex.PAIRS:
        return 2, 2
    return (None, None) if kind in {"of", "count", "bare", "vague", "many"} else (1, 1)


def _qualifier(kind: str, own: Sequence[str], number: Number | None) -> str | None:
    if kind == "vague":
        return next((word for word in own if word in lex.VAGUE), None)
    return number.qualifier if number is not None else None


def _ordinal(own: Sequence[str]) -> int | None:
    return next((lex.ORDINALS[word] for word in own if word in lex.ORDINALS), None)


def _ages_behind(words: Sequence[str], reading: Reading, end: int) -> int:
    """How many ages are listed right behind a phrase; a range ("ages 16 to 20") lists none."""
    if reading.string[end : end + 1] != "~":
        return 0
    listed = words[reading.first[end] + 1 : reading.last[end]]
    ranged = {"to", "-", "–", "from", "between"} & set(listed)
    return 0 if ranged else sum(word_value(word) is not None for word in listed)


def _is_other(own: Sequence[str]) -> bool:
    """Whether the persons are on top of others told of ("another 40", "five more")."""
    more = "more" in own[1:] or ("more" in own and "than" not in own)
    return more or not {"other", "others", "additional", "another"}.isdisjoint(own)


def _harm_in(own: Sequence[str]) -> Harm | None:
    """What a phrase itself says befell the persons ("two dead bodies")."""
    found = next((lex.HARMED_NOUNS[word] for word in own if word in lex.HARMED_NOUNS), None)
    return Harm(found) if found is not None else None


def _noun(own: Sequence[str]) -> str | None:
    return next(
        (
            word
            for word in reversed(own)
            if word in lex.GROUPS or word in lex.HARMED_NOUNS or word in lex.ATTACKERS
        ),
        None,
    )


def _age_in(own: Sequence[str], string: str) -> int | None:
    compound = next((age for word in own if (age := age_of(word)) is not None), None)
    if compound is None and "y" in string:
        return next((value for word in own if (value := word_value(word)) is not None and value <= 115), None)
    if compound is not None or ",#" not in string:
        return compound
    value = word_value(own[-1])
    return value if value is not None and value <= 115 else None


def _name(tokens: Sequence[Token]) -> str:
    parts = [token.text for token in tokens if token.text[0].isalpha() and token.text[0].isupper()]
    return " ".join(parts)
