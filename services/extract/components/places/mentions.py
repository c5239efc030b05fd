"""Finds the names of places in an article, with what stands around them, and the peoples it names.

Pure over the gazetteer.
"""

from collections.abc import Iterator
from functools import lru_cache
from typing import Final, NamedTuple

from services.extract.components.places.matching import Matcher, Place
from services.extract.components.places.qualifiers import Qualifiers
from services.extract.components.places.runs import is_title_case, runs
from services.extract.components.places.surroundings import Surroundings, surroundings
from services.extract.components.places.values import DATELINE, Mention
from services.extract.components.places.words import LOCATIVE
from services.extract.model import Document, Span
from services.extract.resources.gazetteer import Gazetteer, Kind
from services.extract.resources.gazetteer.names import name_key

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
    """Finds mentions with one gazetteer. Immutable; made once per gazetteer."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self._gazetteer: Final = gazetteer
        self._matcher: Final = Matcher(gazetteer)
        self._qualifiers: Final = Qualifiers(gazetteer)

    def scan(
        self, text: str, span: Span, index: int, demonyms: list[tuple[str, int]], *, cased: bool
    ) -> Iterator[Found]:
        """The mentions of a sentence in order; its demonyms are added to the list given."""
        strict = index != DATELINE and not (cased and span.where == "text")
        for run in runs(text, cased=cased):
            places, peoples = self._matcher.read(run, text)
            if peoples:
                demonyms.extend((country, index) for country in peoples)
            owner: int | None = None
            for place in places:
                around = surroundings(text, run, place.first, place.last, owner)
                owner = place.first if self._owns(place, text) else None
                if self._is_plausible(place, around, text, strict=strict):
                    yield self._found(place, around, text, span, index)

    def _owns(self, place: Place, text: str) -> bool:
        """Whether a country or region stands in the genitive before the next words of its run."""
        if place.last >= len(place.run.words) or not place.entities:
            return False
        word = place.run.words[place.last - 1]
        lost = place.last - place.first == 1 and name_key(word.key) == f"{place.key}s"
        return (lost or text[word.end : word.end + 2] in _GENITIVES) and self._matcher.is_area(place)

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
        if not self._matcher.is_word(place.key):
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


_GENITIVES: Final = frozenset({"'s", "’s", "'S", "’S"})


@lru_cache(maxsize=4)
def scanner_of(gazetteer: Gazetteer) -> Scanner:
    """The scanner of a gazetteer, made once."""
    return Scanner(gazetteer)
