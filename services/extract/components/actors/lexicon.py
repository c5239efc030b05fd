"""The actor lexicon: countries, groups, organisations, media and head nouns, looked up by words.

Built once from the tables of `services/extract/resources/actors`. May be imported by the actor and
claim components. Reads packaged files only.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import Enum
from functools import lru_cache
from importlib.resources import files
from typing import Final

from schemas.taxonomy import ActorKind
from services.extract.components.actors.wordlist import word_set
from services.extract.model import tokenize

_TABLES: Final = files("services.extract") / "resources" / "actors"
_ENGLISH_ACRONYMS: Final = word_set(
    "let is us who site map car mend far as au ena dawn pip spa saba petra mek rt tak asg"
)
"""Acronyms that are words of English: meaningless in copy without case."""


class Part(Enum):
    """What an entry can be in an actor phrase."""

    COUNTRY = "country"
    ADJECTIVE = "adjective"
    GROUP = "group"
    ORGANISATION = "organisation"
    AGENCY = "agency"
    OUTLET = "outlet"
    STATE_MEDIA = "state media"
    LEADER = "leader"
    OFFICE = "office"
    BODY = "body"
    FORCE = "force"
    GEAR = "gear"
    ATTACKER = "attacker"
    SOURCE = "source"


HEADS: Final = frozenset({Part.OFFICE, Part.BODY, Part.FORCE, Part.GEAR, Part.ATTACKER, Part.SOURCE})
NAMED: Final = frozenset({Part.GROUP, Part.ORGANISATION, Part.AGENCY, Part.OUTLET, Part.STATE_MEDIA})


@dataclass(frozen=True, slots=True)
class Entry:
    """One lexicon entry: the record's name, its kind and country, and its part in a phrase.

    `case` says what copy with case must show: "any", "capital" (a capital initial) or "exact".
    `owner` marks a form that lost its apostrophe ("Syrias"). `people` a plural people ("Russians").
    """

    name: str
    kind: ActorKind
    country: str | None
    part: Part
    case: str = "any"
    written: str = ""
    owner: bool = False


Tails = tuple[tuple[tuple[str, ...], Entry], ...]


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Entries by their first word, longest first; adjectives and names of countries by code."""

    tails: dict[str, Tails]
    adjectives: dict[str, str]
    countries: dict[str, str]

    def match(
        self, words: tuple[str, ...], texts: tuple[str, ...], at: int, *, cased: bool
    ) -> tuple[int, Entry] | None:
        """The longest entry that starts at a word: its length in words and itself."""
        for tail, entry in self.tails.get(words[at], ()):
            end = at + 1 + len(tail)
            if tail and words[at + 1 : end] != tail:
                continue
            if _case_fits(entry, texts, at, end, cased=cased):
                return end - at, entry
        return None


def _case_fits(entry: Entry, texts: tuple[str, ...], at: int, end: int, *, cased: bool) -> bool:
    if entry.case == "any":
        return True
    if not cased:
        return entry.written.lower() not in _ENGLISH_ACRONYMS
    if entry.case == "exact":
        return end == at + 1 and bare(texts[at]) == entry.written
    return texts[at][0].isupper()


def bare(word: str) -> str:
    """A word without its possessive ending."""
    if word.endswith(("'s", "’s")):
        return word[:-2]
    if word.endswith(("s'", "s’")):
        return word[:-1]
    return word


def phrase(text: str) -> tuple[str, ...]:
    """The words of a phrase as they are looked up: lower case, no full stops, no possessives."""
    return tuple(bare(token.lower.replace("’", "'")) for token in tokenize(text) if token.text != ".")


@lru_cache(maxsize=1)
def load() -> Lexicon:
    """The lexicon, read once per process from the packaged tables."""
    table: dict[str, list[tuple[tuple[str, ...], Entry]]] = {}
    for written, entry in _all_entries():
        for words, form in _forms(written, entry):
            table.setdefault(words[0], []).append((words[1:], form))
    rows = list(_rows("countries.tsv"))
    return Lexicon(
        tails={first: tuple(sorted(found, key=lambda one: -len(one[0]))) for first, found in table.items()},
        adjectives={code: adjectives.split("|")[0] for code, _, adjectives, _ in rows},
        countries={code: name for code, name, _, _ in rows},
    )


def _forms(written: str, entry: Entry) -> Iterator[tuple[tuple[str, ...], Entry]]:
    words = phrase(written)
    yield words, replace(entry, written=written)
    if entry.part in HEADS or words[-1].endswith("s"):
        return
    owner = entry.part is not Part.ADJECTIVE
    yield (*words[:-1], words[-1] + "s"), replace(entry, written=written + "s", owner=owner)


def _rows(name: str) -> Iterator[list[str]]:
    for line in (_TABLES / name).read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            yield line.split("\t")


def _all_entries() -> Iterator[tuple[str, Entry]]:
    yield from _heads()
    yield from _countries()
    yield from _groups()
    yield from _media()
    yield from _leaders()


def _countries() -> Iterator[tuple[str, Entry]]:
    for code, name, adjectives, others in _rows("countries.tsv"):
        country = Entry(name, ActorKind.STATE, code, Part.COUNTRY)
        for written in (name, *others.split("|")):
            if written:
                yield written, replace(country, case=_case(written))
        people = Entry(name, ActorKind.STATE, code, Part.ADJECTIVE)
        for written in adjectives.split("|"):
            yield written, replace(people, case="capital")


def _groups() -> Iterator[tuple[str, Entry]]:
    for table, part in (("groups.tsv", Part.GROUP), ("organisations.tsv", Part.ORGANISATION)):
        for name, kind, country, others in _rows(table):
            entry = Entry(name, ActorKind(kind), country or None, part)
            for written in dict.fromkeys((name, *others.split("|"))):
                if written:
                    yield written, replace(entry, case=_case(written))


_MEDIA: Final = {"agency": Part.AGENCY, "outlet": Part.OUTLET, "state": Part.STATE_MEDIA}


def _media() -> Iterator[tuple[str, Entry]]:
    for name, what, country, others in _rows("media.tsv"):
        entry = Entry(name, ActorKind.OUTLET, country or None, _MEDIA[what])
        for written in dict.fromkeys((name, *others.split("|"))):
            if written:
                yield written, replace(entry, case=_case(written))


def _leaders() -> Iterator[tuple[str, Entry]]:
    for family, country, full in _rows("leaders.tsv"):
        entry = Entry(full, ActorKind.OFFICIAL, country, Part.LEADER, case="capital")
        yield family, entry
        yield full, entry


def _heads() -> Iterator[tuple[str, Entry]]:
    for words, kind, part in _rows("heads.tsv"):
        for written in words.split("|"):
            yield written, Entry(written, ActorKind(kind), None, Part(part))


def _case(written: str) -> str:
    if written.isupper() and len(written) <= 6:
        return "exact"
    return "capital" if written[0].isupper() else "any"
