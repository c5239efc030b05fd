"""What an article says on the whole of where it plays: countries and regions it names, its outlet's home.

Pure over the gazetteer and the packaged tables.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from services.extract.components.places.mentions import Found
from services.extract.components.places.outlets import Home, home_of
from services.extract.components.places.values import DATELINE
from services.extract.model import Document
from services.extract.resources.gazetteer import Gazetteer, Kind
from services.extract.resources.gazetteer.lexicon import demonyms

_CELL: Final = 1.0
"""Degrees: places in the same or adjoining cells count as near each other (up to about 200 km)."""

_NAMESAKES_MAX: Final = 60
"""Entities of a name that vote for a cell; more ambiguous names tell nothing."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """Counts of an article: mentions by country and region entity, names by cell (a bit a name)."""

    countries: dict[str, float]
    regions: dict[int, float]
    regions_of_dateline: frozenset[int]
    countries_of_dateline: frozenset[str]
    cells: dict[tuple[int, int], int]
    regions_of_names: dict[int, int]
    counties: tuple[int, ...]
    home: Home | None


def gather(doc: Document, found: Sequence[Found], gazetteer: Gazetteer) -> Evidence:
    """The evidence of an article."""
    countries: dict[str, float] = defaultdict(float)
    regions: dict[int, float] = defaultdict(float)
    dateline: set[int] = set()
    for item in found:
        for entity in _regions(item, gazetteer):
            regions[entity] += 1.0
            if item.mention.sentence == DATELINE:
                dateline.add(entity)
        for entity in _countries(item, gazetteer):
            countries[gazetteer.country(entity)] += 1.0
    for country, count in demonyms_of(doc).items():
        countries[country] += 0.5 * count
    cells, regions_of_names = _cells(found, gazetteer)
    return Evidence(
        countries=dict(countries),
        regions=dict(regions),
        regions_of_dateline=frozenset(dateline),
        countries_of_dateline=frozenset(gazetteer.country(entity) for entity in dateline),
        cells=cells,
        regions_of_names=regions_of_names,
        counties=tuple(sorted(_counties(found, gazetteer))),
        home=home_of(doc.domain, doc.outlet, gazetteer),
    )


def _regions(item: Found, gazetteer: Gazetteer) -> Iterable[int]:
    """The first-level regions that a mention names itself, or that are said after it."""
    if item.mention.qualifier is not None and gazetteer.kind(item.mention.qualifier) is Kind.FIRST:
        yield item.mention.qualifier
    for number in item.entities[:2]:
        if not number & 1 and gazetteer.kind(number >> 1) is Kind.FIRST:
            yield number >> 1


def _counties(found: Iterable[Found], gazetteer: Gazetteer) -> set[int]:
    """The second-level regions that the article names, with all their namesakes."""
    return {
        number >> 1
        for item in found
        for number in item.entities
        if not number & 1 and gazetteer.kind(number >> 1) is Kind.SECOND
    }


def _countries(item: Found, gazetteer: Gazetteer) -> Iterable[int]:
    for number in item.entities[:1]:
        if not number & 1 and gazetteer.kind(number >> 1) is Kind.COUNTRY:
            yield number >> 1
    if item.mention.qualifier is not None:
        yield item.mention.qualifier


def demonyms_of(doc: Document) -> Counter[str]:
    """Countries by how often their people are named."""
    found = _demonym_pattern().findall(doc.text)
    by_word = _demonyms()
    counts: Counter[str] = Counter()
    for word in found:
        counts[by_word[word.lower()]] += 1
    return counts


@lru_cache(maxsize=1)
def _demonyms() -> dict[str, str]:
    return {word.lower(): country for word, country in demonyms().items()}


@lru_cache(maxsize=1)
def _demonym_pattern() -> re.Pattern[str]:
    words = sorted(demonyms(), key=len, reverse=True)
    both = [re.escape(form) for word in words for form in (word, word.upper())]
    return re.compile(rf"\b(?:{'|'.join(both)})\b")


def _cells(found: Sequence[Found], gazetteer: Gazetteer) -> tuple[dict[tuple[int, int], int], dict[int, int]]:
    """Which names (bits in order of first mention) have an entity in a cell, and in a region."""
    bits: dict[str, int] = {}
    cells: dict[tuple[int, int], int] = defaultdict(int)
    regions: dict[int, int] = defaultdict(int)
    for item in found:
        key = item.mention.key
        if key in bits or not item.entities or len(item.entities) > _NAMESAKES_MAX:
            continue
        bit = bits[key] = 1 << len(bits)
        for number in item.entities:
            if not number & 1 and gazetteer.kind(number >> 1) in (Kind.PLACE, Kind.SECOND):
                cells[cell_of(gazetteer.point(number >> 1))] |= bit
                region = gazetteer.region(number >> 1)
                if region is not None:
                    regions[region] |= bit
    return dict(cells), dict(regions)


def cell_of(point: tuple[float, float]) -> tuple[int, int]:
    """The grid cell of a point."""
    return int(point[0] // _CELL), int(point[1] // _CELL)


def names_near(evidence: Evidence, point: tuple[float, float]) -> int:
    """How many distinct names have an entity in the cell of a point or the cells around it."""
    row, column = cell_of(point)
    cells, bits = evidence.cells, 0
    for r in (row - 1, row, row + 1):
        for c in (column - 1, column, column + 1):
            bits |= cells.get((r, c), 0)
    return bits.bit_count()
