"""Phrases for persons in a sentence: counted, single, named, aged, vague.

Pure. The sentence becomes a string of class letters (`lexicon`), one a word or number, so that the
phrase grammar is one regular expression over a short string.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from services.extract.components.counts import lexicon as lex
from services.extract.components.counts.numbers import Number, bounds, read_number, word_value
from services.extract.components.counts.values import Harm, Person
from services.extract.model import Token

_AGE: Final = re.compile(r"(\d{1,3}|[a-z]+(?:-[a-z]+)?)-(year|month|week|day)s?-olds?")
_NO_PERSON_AFTER: Final = frozenset(
    "times minutes hours days weeks months years percent p.m. a.m. pm am miles feet yards inches shots rounds"
    " bullets guns weapons blocks block street avenue st ave road homes houses vehicles cars buildings"
    " counts charges % million billion dollars pounds kilos tons acres o'clock degrees rifles grenades"
    " bombs apartments businesses stores calls schools points games seasons news gauge caliber hour minute"
    " kilometers kilometres km meters metres mm pesos stitches surgeries seconds handguns pistols states"
    " stations channel abc nbc cbs fox wounds gunshot stab shootings incidents attacks cases year month day week"
    " january february march april may june july august september october november december jan feb mar apr jun jul"
    " aug sep sept oct nov dec strikes airstrikes explosions blasts tanks planes helicopters aircraft vessels cities towns villages"
    " shell separate different shooting hospitals area locations scenes occasions things warrants arrests".split()
)
_NO_PERSON_BEFORE: Final = frozenset(
    "route highway interstate channel number nos unit apartment apt room page chapter article phase district"
    " ward precinct exit age both grade level mile zone section act category news fox abc nbc cbs # $ sr us i"
    " january february march april may june july august september october november december jan feb mar apr jun"
    " jul aug sep sept oct nov dec".split()
)
_PARENTS: Final = frozenset("father mother dad mom parent parents grandmother grandfather".split())
_AGES: Final = frozenset({"aged", "ages", "age"})
_CHAIN: Final = frozenset({",", "and", "&", "to", "-", "–", "or", "between", "from"})

_GRAMMAR: Final = re.compile(
    r"(?P<none>n(?:#|[xXO]{0,2}[PpIM]|(?=[bBf])))"  # no one, no injuries, none were
    r"|(?P<of>o?#O?f(?:t[xXO#]{0,3}?[PHD]|e|t(?=[bBKHSF])))"  # two of her children, one of them
    r"|(?P<count>o?#O?[xXHDKyvp]{0,4}?[PMI]+)"  # four other Turkish soldiers
    r"|(?P<one>(?:[ao#][xXvHDKO]{0,4}?p+)(?:,#(?=[,.;bBKHDSTCWRrc)]|$))?)"  # a local man, a man, 20,
    r"|(?P<aged>[ato]?[xXO]{0,2}y[xX]{0,5}?(?:p+|(?=[^xXp]|$|X{2}|x)))"  # a 3-year-old girl
    r"|(?P<more>#O|o#?)"  # three others, another
    r"|(?P<the>t[xXOv]{0,3}?p+(?:,#(?=[,.;bBKHDSTCWRrc)]|$))?)"  # the man, his wife
    r"|(?P<vague>d(?:O|f[tO]?)?[xX]{0,3}?[POI]|d(?:O|(?=[KHDbBRC.,;]|$)))"  # dozens of people, dozens more
    r"|(?P<name>p?[XY](?:\.?[XY]){0,3},#(?=[,.;bBKHDSTCWRrc)]|$)|p?[XY](?:\.?[XY]){1,3}(?=[KHDSbBT,vW(C.]|$)"
    r"|p[XY](?=[KHDSbBT])|X(?=B?v?D|B?bv?K)|p?Y)"  # Ana Silva, 20
    r"|(?P<many>t?[xXO]{0,2}?P+)"
    r"|(?P<bare>#)"
    r"|(?P<single>[xX]{0,1}p+(?:,#(?=[,.;bBKHDSTCWRrc)]|$))?)"
    r"|(?P<pronoun>e|O)"
)


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
        if words[at] in _AGES and (chain := _age_chain(words, at)) > at + 1:
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
            read.take("Y" if letter == "X" and plain(words[at]) in surnames else letter, first, last)
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


def _word_item(words: Sequence[str], tokens: Sequence[Token], at: int, *, names: bool) -> tuple[str, int, int]:
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
    known = lex.CLASSES.get(word)
    if known is not None:
        return known
    if word in lex.SCALES or word_value(word) is not None:
        return "#"
    if not word[0].isalnum():
        return word if word in ",();:." else '"'
    if word.endswith(("-old", "-olds")) and _AGE.fullmatch(word):
        return "y"
    if word[0].isdigit():
        return "u"
    return "X" if names and written[0].isupper() else "x"


def _is_spaced_age(words: Sequence[str], at: int) -> bool:
    """"Two year old" without its hyphens."""
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
    return word == "911" or word.isdigit() and (len(word) == 4 and 1900 <= int(word) <= 2099 or len(word) > 6)


def age_of(word: str) -> int | None:
    """The age in years of "20-year-old" (0 for months, weeks and days)."""
    match = _AGE.fullmatch(word)
    if match is None:
        return None
    if match.group(2) != "year":
        return 0
    value = word_value(match.group(1))
    return value if value is not None and value <= 115 else None


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


def _person(match: re.Match[str], words: Sequence[str], tokens: Sequence[Token], reading: Reading) -> Person | None:
    kind = match.lastgroup or ""
    start, end = match.span()
    first, last = reading.first[start], reading.last[end - 1]
    own = words[first:last]
    base = Person(first, last, kind, noun=_noun(own), other=_is_other(own))
    base = replace(base, attacker=base.noun in lex.ATTACKERS, age=_age_in(own, match.group()))
    base = replace(base, harm=_harm_in(own), part=kind == "of" and _harm_in(own) is not None)
    number = next((reading.numbers[at] for at in range(start, min(start + 2, end)) if at in reading.numbers), None)
    if kind == "none":
        return replace(base, low=0, best=0, high=0, other="else" in words[last : last + 2] or base.other)
    if kind in {"of", "count", "more", "bare"} or (kind == "one" and number is not None):
        return _counted(base, number)
    if kind in {"one", "single", "the"} and base.noun in lex.PAIRS:
        return replace(base, low=2, best=2, high=2)
    if kind == "vague":
        return replace(base, qualifier=next((word for word in own if word in lex.VAGUE), None))
    if kind == "pronoun":
        return replace(base, kind="self" if own[0].endswith(("self", "selves")) else kind, noun=own[0])
    ages = _ages_behind(words, reading, end) if kind == "many" else 0
    if ages > 1:
        return replace(base, kind="ages", low=ages, best=ages, high=ages)
    if kind == "many" and base.noun in lex.PAIRS:
        return replace(base, low=2, best=2, high=2)
    if kind in {"many", "pronoun"}:
        return base
    if kind == "name" and (own[0] in lex.COMPASS or not lex.NOT_NAMES.isdisjoint(own)):
        return None
    if kind == "name":
        return replace(base, low=1, best=1, high=1, name=_name(tokens[first:last]))
    points = own[0] in {"the", "that", "victim"} and len(own) <= 3
    ordinal = next((lex.ORDINALS[word] for word in own if word in lex.ORDINALS), None)
    return replace(base, low=1, best=1, high=1, points=points, ordinal=ordinal)


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


def _counted(base: Person, number: Number | None) -> Person | None:
    if number is None:
        return replace(base, low=1, best=1, high=1) if base.kind == "more" else None
    low, best, high = bounds(number)
    return replace(base, low=low, best=best, high=high, qualifier=number.qualifier)


def _noun(own: Sequence[str]) -> str | None:
    return next((word for word in reversed(own) if word in lex.GROUPS or word in lex.HARMED_NOUNS or word in lex.ATTACKERS), None)


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
