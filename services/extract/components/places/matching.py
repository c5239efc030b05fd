"""Matches a run of capitals against the gazetteer, word by word, the longest match winning.

A name that the gazetteer does not know is kept as a match without entities when the text itself says that
it is a place ("the village of Tell Ghazwan", "Felton, Minn."). Pure over the gazetteer.
"""

import re
from typing import Final, NamedTuple

from services.extract.components.places.qualifiers import Qualifiers
from services.extract.components.places.runs import Run
from services.extract.components.places.words import NO_NAME, RIGHT
from services.extract.resources.gazetteer import Gazetteer, Kind, Match
from services.extract.resources.gazetteer.lexicon import common_words, demonyms
from services.extract.resources.gazetteer.names import name_key

_UNPLACED_WORDS_MAX: Final = 3
"""Words of an unplaced name; longer runs are titles of things."""

_WORDS_MAX: Final = 40_000
"""Words remembered, about 10 MB; emptied when full."""

_NOTHING: Final = Match((), continues=False)
_AREAS: Final = frozenset({Kind.COUNTRY, Kind.FIRST})
_IN: Final = frozenset({"in", "near", "outside"})
_LOCATIVES: Final = frozenset({"in", "at", "near", "outside", "around", "to", "from", "of"})
_CONTAINER_OF: Final = re.compile(
    r"\b(?:village|town|city|hamlet|settlement|community|canton|suburb|district|municipality|neighborhood|"
    r"neighbourhood|quarter|township|camp)s?\s+of\s+$"
)
_LEVEL_AFTER: Final = re.compile(
    r"\s+(?:village|hamlet|canton|municipality|township|neighborhood|neighbourhood|district|refugee camp)\b"
)


class Place(NamedTuple):
    """Where in a sentence a name was matched: words `first:last` of a run, its key, and its entities.

    `entities` holds numbers times two plus the alias flag; it is empty for an unplaced name.
    """

    run: Run
    first: int
    last: int
    key: str
    entities: tuple[int, ...]


class Known(NamedTuple):
    """What is known of one word: its key, what it names, the people it names, whether it is nothing."""

    key: str
    match: Match
    people: str | None
    is_dull: bool


class Matcher:
    """Matches runs against one gazetteer. Immutable but for a bounded memo of words."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self._gazetteer: Final = gazetteer
        self._qualifiers: Final = Qualifiers(gazetteer)
        self._common: Final = common_words()
        self._demonyms: Final = {word.lower(): country for word, country in demonyms().items()}
        self._first_words: Final = frozenset(word.split()[0] for word in self._demonyms if " " in word)
        self._words: dict[str, Known] = {}

    def read(self, run: Run, text: str) -> tuple[list[Place], list[str]]:
        """The places that a run of a sentence names, in order, and the countries whose people it names."""
        places: list[Place] = []
        peoples: list[str] = []
        at = 0
        while at < len(run.words):
            known = self._known(run.words[at].key)
            place = None if known.is_dull else self._longest(run, at)
            people = None if known.is_dull else self._people(run, at, place)
            if people is not None:
                peoples.append(people[0])
                at += people[1]
                continue
            place = self._checked(run, at, place, text)
            if place is None:
                at += 1
            else:
                places.append(place)
                at = place.last
        return places, peoples

    def is_area(self, place: Place) -> bool:
        """Whether the name is first of all that of a country or region."""
        return bool(place.entities) and self._gazetteer.kind(place.entities[0] >> 1) in _AREAS

    def is_word(self, word: str) -> bool:
        """Whether it is an ordinary word of the language."""
        lower = word.lower()
        return lower in NO_NAME or lower in self._common

    def _known(self, written: str) -> Known:
        known = self._words.get(written)
        if known is None:
            if len(self._words) >= _WORDS_MAX:
                self._words.clear()
            known = self._words[written] = self._look_up(written)
        return known

    def _look_up(self, written: str) -> Known:
        key, lower = name_key(written), written.lower()
        match = self._gazetteer.find(key) if key and (key not in NO_NAME or key == "the") else _NOTHING
        if match == _NOTHING and key[-1:] == "s" and len(key) > 4:
            key, match = self._without_s(key)
        people = self._demonyms.get(lower)
        return Known(
            key, match, people, match == _NOTHING and people is None and lower not in self._first_words
        )

    def _without_s(self, key: str) -> tuple[str, Match]:
        """A country or region in the genitive that has lost its apostrophe ("Syrias Aleppo")."""
        match = self._gazetteer.find(key[:-1])
        area = match.entities and not match.entities[0] & 1
        if area and self._gazetteer.kind(match.entities[0] >> 1) in _AREAS:
            return key[:-1], Match(match.entities, continues=False)
        return key, _NOTHING

    def _longest(self, run: Run, first: int) -> Place | None:
        words = run.words
        key, match = self._known(words[first].key)[:2]
        best = Place(run, first, first + 1, key, match.entities) if match.entities and key != "the" else None
        last = first + 1
        while match.continues and last < len(words):
            key = f"{key} {name_key(words[last].key)}"
            last += 1
            match = self._gazetteer.find(key)
            if match.entities:
                best = Place(run, first, last, key, match.entities)
        return best

    def _people(self, run: Run, at: int, place: Place | None) -> tuple[str, int] | None:
        """The country whose people the words here name, and how many words do; longer places win."""
        if place is not None and place.last - at > 1:
            return None
        word = run.words[at].key.lower()
        if word in self._first_words and at + 1 < len(run.words):
            country = self._demonyms.get(f"{word} {run.words[at + 1].key.lower()}")
            if country is not None:
                return country, 2
        country = self._demonyms.get(word)
        return None if country is None else (country, 1)

    def _checked(self, run: Run, at: int, place: Place | None, text: str) -> Place | None:
        """The place, or the unplaced name that the words here are instead."""
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
        if before not in _IN and not (before == "of" and _is_contained(text, start)):
            return False
        if any(self._is_no_part(word.key) for word in words[place.last :]):
            return False
        following = self._longest(place.run, place.last)
        return following is None or not self.is_area(following)

    def _is_no_part(self, word: str) -> bool:
        lower = word.lower()
        return lower in RIGHT or lower in self._demonyms or self.is_word(word)

    def _may_be_unplaced(self, run: Run, at: int, text: str) -> bool:
        """Whether the text says that the words here name a place: a noun beside it, or a region after it."""
        start = run.words[at].start
        before = _left_word(text, start)
        if run.words[at].key.lower() in NO_NAME:
            return False
        if before == "of" and _is_contained(text, start):
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
        while last < len(words) and (run.cased or not self.is_word(words[last].key)):
            last += 1
        if last - first > _UNPLACED_WORDS_MAX or words[last - 1].key.lower() in RIGHT:
            return None
        key = " ".join(name_key(word.key) for word in words[first:last])
        match = self._gazetteer.find_loose(key) if len(key) > 4 else _NOTHING
        return Place(run, first, last, key, match.entities)


def _left_word(text: str, start: int) -> str:
    """The word before a place in a text, lower-cased, where only a blank stands between them."""
    if start < 2 or text[start - 1] not in " \n":
        return ""
    return text[max(0, start - 12) : start - 1].rpartition(" ")[2].lower()


def _is_contained(text: str, start: int) -> bool:
    """Whether a noun like "village of" stands before a place in a text."""
    return _CONTAINER_OF.search(text[max(0, start - 24) : start].lower()) is not None
