"""Regions and countries said right after a place's name: "Columbus, Ohio", "Felton, Minn.". Pure."""

import re
from typing import Final

from services.extract.resources.gazetteer import Gazetteer, Kind
from services.extract.resources.gazetteer.lexicon import region_abbreviations
from services.extract.resources.gazetteer.names import name_key

_AFTER: Final = re.compile(r"\s*(?:,|\()\s*((?:[A-Z][\w.'’\-]*\s?){1,3})")
_WORDS_MAX: Final = 3
_ENTITIES_MAX: Final = 3
"""Postings of a name read; regions and countries stand among the first."""


class Qualifiers:
    """Reads qualifiers against one gazetteer. Immutable."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self._gazetteer: Final = gazetteer
        self._abbreviations: Final = _abbreviations(gazetteer)

    def after(self, text: str, end: int) -> int | None:
        """The region or country said after a comma or in brackets at `end`, as an entity."""
        mark = text[end : end + 2]
        if "," not in mark and "(" not in mark:
            return None
        match = _AFTER.match(text, end)
        if match is None:
            return None
        words = match.group(1).split()
        for size in range(min(_WORDS_MAX, len(words)), 0, -1):
            found = self._named(name_key(" ".join(words[:size])))
            if found is not None:
                return found
        return None

    def _named(self, key: str) -> int | None:
        if key in self._abbreviations:
            return self._abbreviations[key]
        for number in self._gazetteer.find(key).entities[:_ENTITIES_MAX]:
            if not number & 1 and self._gazetteer.kind(number >> 1) in (Kind.FIRST, Kind.COUNTRY):
                return number >> 1
        return None


def _abbreviations(gazetteer: Gazetteer) -> dict[str, int]:
    """Key of an abbreviation → the region's entity."""
    found = {}
    for key, (country, name) in region_abbreviations().items():
        for number in gazetteer.find(name_key(name)).entities:
            entity = number >> 1
            if gazetteer.kind(entity) is Kind.FIRST and gazetteer.country(entity) == country:
                found[key] = entity
                break
    return found
