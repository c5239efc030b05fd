"""Finds the names of places in an article: what the gazetteer knows, and names said to be places.

A run of capitals is matched word by word against the gazetteer, the longest match winning. A name that
the gazetteer does not know, or not in the region said after it, is kept as an unplaced name when the
text itself says that it is a place ("the village of Behun", "Felton, Minn."). Pure over the gazetteer.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Final, NamedTuple

from services.extract.components.places.qualifiers import Qualifiers
from services.extract.components.places.runs import Run, is_title_case, runs
from services.extract.components.places.surroundings import Surroundings, surroundings
from services.extract.components.places.values import DATELINE, Mention
from services.extract.components.places.words import LOCATIVE, NO_NAME, RIGHT
from services.extract.model import Document, Span
from services.extract.resources.gazetteer import Gazetteer, Kind
from services.extract.resources.gazetteer.lexicon import common_words, demonyms
from services.extract.resources.gazetteer.names import name_key

_UNPLACED_WORDS_MAX: Final = 3
"""Words of an unplaced name; longer runs are titles of things."""

_SHORT: Final = frozenset(
    {
        "US", "UK", "U.S", "U.K", "U.S.", "U.K.", "UAE", "U.A.E", "DRC", "USA", "U.S.A", "USSR", "D.C",
        "D.C.", "DC", "NYC", "N.Y.C", "L.A", "L.A.", "KCK", "KCMO"
    }
)  # fmt: skip
"""Names so short that only their capitals or dots tell them from words."""


class Found(NamedTuple):
    """A mention with the entities that its key names (numbers times two plus the alias flag)."""

    mention: Mention
    entities: tuple[int, ...]
    loose: bool


class Place(NamedTuple):
    """Where in a sentence a name was matched: words `first:last` of a run."""

    run: Run
    first: int
    last: int
    key: str
    entities: tuple[int, ...]


class Reading(NamedTuple):
    """An article's mentions in order (the title's, the dateline's, the body's), and its demonyms.

    A demonym is the country whose people are named, and the index of the sentence.
    """

    found: tuple[Found, ...]
    demonyms: tuple[tuple[str, int], ...]


def read_mentions(doc: Document, gazetteer: Gazetteer) -> Reading:
    """All mentions of places and peoples in an article."""
    scanner = scanner_of(gazetteer)
    demonyms: list[tuple[str, int]] = []
    return Reading(tuple(_mentions(doc, scanner, demonyms)), tuple(demonyms))


def _mentions(doc: Document, scanner: "Scanner", demonyms: list[tuple[str, int]]) -> Iterator[Found]:
    title = doc.headline
    if title is not None:
        cased = not (doc.upper_case or is_title_case(title.text))
        yield from scanner.scan(title.text, title.span, title.index, demonyms, cased=cased)
    if doc.dateline is not None and doc.dateline.place is not None:
        span = doc.dateline.place
        yield from scanner.scan(doc.quote(span), span, DATELINE, demonyms, cased=False)
    for sentence in doc.body:
        yield from scanner.scan(
            sentence.text, sentence.span, sentence.index, demonyms, cased=not doc.upper_case
        )


class Scanner:
    """Matches runs against one gazetteer. Immutable; made once per gazetteer."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self._gazetteer: Final = gazetteer
        self._common: Final = common_words()
        self._qualifiers: Final = Qualifiers(gazetteer)
        self._demonyms: Final = {word.lower(): country for word, country in demonyms().items()}
        self._first_words: Final = frozenset(word.split()[0] for word in self._demonyms if " " in word)

    def scan(
        self, text: str, span: Span, index: int, demonyms: list[tuple[str, int]], *, cased: bool
    ) -> Iterator[Found]:
        """The mentions of a sentence in order; its demonyms are added to the list given."""
        strict = index != DATELINE and not (cased and span.where == "text")
        for run in runs(text, cased=cased):
            owner: Place | None = None
            for place in self._matches(run, text, index, demonyms):
                around = surroundings(text, run, place.first, place.last, owner.first if owner else None)
                owner = place if self._owns(place, text) else None
                if self._is_plausible(place, around, text, strict=strict):
                    yield self._found(place, around, text, span, index)

    def _owns(self, place: Place, text: str) -> bool:
        """Whether a country or region stands in the genitive before the next words of its run."""
        if place.last >= len(place.run.words) or not place.entities:
            return False
        word = place.run.words[place.last - 1]
        lost = place.last - place.first == 1 and name_key(word.key) == f"{place.key}s"
        genitive = lost or text[word.end : word.end + 2] in {"'s", "’s", "'S"}
        return genitive and self._gazetteer.kind(place.entities[0] >> 1) in _AREAS

    def _matches(self, run: Run, text: str, index: int, demonyms: list[tuple[str, int]]) -> Iterator[Place]:
        at = 0
        while at < len(run.words):
            place = self._place_at(run, at, text)
            people = self._people(run, at) if place is None or place.last - at == 1 else None
            if people is not None:
                demonyms.append((people[0], index))
                at += people[1]
            elif place is not None:
                yield place
                at = place.last
            else:
                at += 1

    def _place_at(self, run: Run, at: int, text: str) -> Place | None:
        place = self._longest(run, at)
        if place is None:
            return self._unplaced(run, at) if self._may_be_unplaced(run, at, text) else None
        if place.last < len(run.words) and self._is_part_of_name(place, text):
            return self._unplaced(run, at)
        return place

    def _is_part_of_name(self, place: Place, text: str) -> bool:
        """Whether a match is only the beginning of a longer name of a place ("in Jersey Heights").

        Not where the rest is a noun ("in Chicago Police custody") or a region ("in Columbus Ohio").
        """
        words = place.run.words
        if not place.run.cased or len(words) - place.first > _UNPLACED_WORDS_MAX:
            return False
        start = words[place.first].start
        before = _left_word(text, start)
        if before not in _IN and not (
            before == "of" and _CONTAINER_OF.search(text[start - 24 : start].lower())
        ):
            return False
        rest = words[place.last :]
        if any(self._is_no_part(word.key) for word in rest):
            return False
        following = self._longest(place.run, place.last)
        return following is None or self._gazetteer.kind(following.entities[0] >> 1) not in _AREAS

    def _is_no_part(self, word: str) -> bool:
        lower = word.lower()
        return lower in RIGHT or lower in self._demonyms or self._is_word(word)

    def _people(self, run: Run, at: int) -> tuple[str, int] | None:
        """The country whose people the words here name, and how many words do."""
        word = run.words[at].key.lower()
        if word in self._first_words and at + 1 < len(run.words):
            country = self._demonyms.get(f"{word} {run.words[at + 1].key.lower()}")
            if country is not None:
                return country, 2
        country = self._demonyms.get(word)
        return None if country is None else (country, 1)

    def _longest(self, run: Run, first: int) -> Place | None:
        words = run.words
        key = name_key(words[first].key)
        if not key or (key in NO_NAME and key != "the"):
            return None
        match = self._gazetteer.find(key)
        if not match.entities and not match.continues and key[-1] == "s" and len(key) > 4:
            return self._without_s(run, first, key)
        best = Place(run, first, first + 1, key, match.entities) if match.entities else None
        last = first + 1
        while match.continues and last < len(words):
            key = f"{key} {name_key(words[last].key)}"
            last += 1
            match = self._gazetteer.find(key)
            if match.entities:
                best = Place(run, first, last, key, match.entities)
        return None if best is not None and best.key == "the" else best

    def _without_s(self, run: Run, first: int, key: str) -> Place | None:
        """A country or region in the genitive that has lost its apostrophe ("Syrias Aleppo")."""
        match = self._gazetteer.find(key[:-1])
        if (
            match.entities
            and not match.entities[0] & 1
            and self._gazetteer.kind(match.entities[0] >> 1) in _AREAS
        ):
            return Place(run, first, first + 1, key[:-1], match.entities)
        return None

    def _may_be_unplaced(self, run: Run, at: int, text: str) -> bool:
        """Whether the text says that the words here name a place: a noun beside it, or a region after it."""
        start = run.words[at].start
        if run.words[at].key.lower() in NO_NAME:
            return False
        before = _left_word(text, start)
        if before == "of" and _CONTAINER_OF.search(text[max(0, start - 24) : start].lower()):
            return True
        if at or not run.cased:
            return False
        if before in _IN:
            return True
        end = run.words[-1].end
        if before in _LOCATIVES and self._qualifiers.after(text, end) is not None:
            return True
        return text[end : end + 1] == " " and bool(_LEVEL_AFTER.match(text, end))

    def _unplaced(self, run: Run, first: int) -> Place | None:
        last = first + 1
        words = run.words
        while last < len(words) and (run.cased or not self._is_word(words[last].key)):
            last += 1
        if last - first > _UNPLACED_WORDS_MAX or words[last - 1].key.lower() in RIGHT:
            return None
        key = " ".join(name_key(word.key) for word in words[first:last])
        match = self._gazetteer.find_loose(key) if len(key) > 4 else None
        return Place(run, first, last, key, match.entities if match else ())

    def _is_word(self, word: str) -> bool:
        lower = word.lower()
        return lower in NO_NAME or lower in self._common

    def _is_plausible(self, place: Place, around: Surroundings, text: str, *, strict: bool) -> bool:
        """Whether a match is a name rather than a word with a capital.

        `strict` where capitals tell nothing: headlines and upper-case copy.
        """
        if place.last - place.first > 1:
            return True
        word = place.run.words[place.first]
        if place.run.cased and len(word.key) < 5 and word.key.isupper() and word.key not in _SHORT:
            return False  # an acronym
        if len(place.key) < 3 or word.key in _SHORT:
            return word.key in _SHORT and (not strict or "." in word.key)
        if place.key not in self._common:
            return True
        if self._qualifiers.after(text, word.end) is not None:
            return True
        return not strict and not (place.run.first and place.first == 0) and around.left_word in LOCATIVE

    def _found(self, place: Place, around: Surroundings, text: str, span: Span, index: int) -> Found:
        words = place.run.words[place.first : place.last]
        start, end = words[0].start, words[-1].end
        qualifier = None if self._is_country(place) else self._qualifiers.after(text, end)
        cues = around.cues if qualifier is None else (*around.cues, "qualified")
        mention = Mention(
            key=place.key,
            name=text[start:end],
            span=Span(span.start + start, span.start + end, span.where),
            sentence=index,
            qualifier=qualifier,
            cues=cues,
            level=around.level,
        )
        known = bool(self._gazetteer.find(place.key).entities)
        return Found(mention, place.entities, loose=not known)

    def _is_country(self, place: Place) -> bool:
        """Whether a country goes by the name; in "Turkey, Russia and France" none lies in another."""
        first = place.entities[0] if place.entities else 1
        return not first & 1 and self._gazetteer.kind(first >> 1) is Kind.COUNTRY


def _left_word(text: str, start: int) -> str:
    """The word before a place in a text, lower-cased, where only a blank stands between them."""
    if text[start - 1 : start] not in " \n" or start < 2:
        return ""
    return text[max(0, start - 12) : start - 1].rpartition(" ")[2].lower()


_AREAS: Final = frozenset({Kind.COUNTRY, Kind.FIRST})
_CONTAINER_OF: Final = re.compile(
    r"\b(?:village|town|city|hamlet|settlement|community|canton|suburb|district|municipality|neighborhood|neighbourhood|"
    r"quarter|township|camp)s?\s+of\s+$"
)
_IN: Final = frozenset({"in", "near", "outside"})
_LOCATIVES: Final = frozenset({"in", "at", "near", "outside", "around", "to", "from", "of"})
_LEVEL_AFTER: Final = re.compile(
    r"\s+(?:village|hamlet|canton|municipality|township|neighborhood|neighbourhood|district|refugee camp)\b"
)


@lru_cache(maxsize=4)
def scanner_of(gazetteer: Gazetteer) -> Scanner:
    """The scanner of a gazetteer, made once."""
    return Scanner(gazetteer)
