"""What an article says on the whole of where it plays: countries and regions it names, its outlet's home.

Pure over the gazetteer and the packaged tables.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from services.extract.components.places.mentions import Found, Reading
from services.extract.components.places.outlets import Home, home_of
from services.extract.components.places.values import DATELINE
from services.extract.model import Document
from services.extract.resources.gazetteer import Gazetteer, Kind

_NAMESAKES_MAX: Final = 60
"""Entities of a name that vote for a cell; more ambiguous names tell nothing."""

_LEAD: Final = 2
"""Sentences of the body that with the title make the lead."""

_WEIGHT: Final = {"name": 1.0, "region": 0.5, "people": 0.5}
"""What a mention of a country counts: itself, one of its regions, its people (who may be abroad)."""


@dataclass(frozen=True)
class Evidence:
    """Weighted mentions of an article by country and by region entity, and its names by cell.

    `lead` are the countries of title and lead; `states` maps countries to their entities where named;
    `region_mentions` and `country_mentions` are (start, entity) by sentence; `regions_said` weighs regions
    by how surely the region is meant and not the city of its name. `cells` and `regions_of_names` hold a
    bit a name.
    """

    countries: Mapping[str, float]
    lead: frozenset[str]
    states: Mapping[str, int]
    regions: Mapping[int, float]
    regions_said: Mapping[int, float]
    region_mentions: Mapping[int, Sequence[tuple[int, int]]]
    country_mentions: Mapping[int, Sequence[tuple[int, int]]]
    regions_of_dateline: frozenset[int]
    countries_of_dateline: frozenset[str]
    cells: Mapping[tuple[int, int], int]
    regions_of_names: Mapping[int, int]
    counties: tuple[int, ...]
    home: Home | None
    names_states: bool

    @cached_property
    def is_wire(self) -> bool:
        """Whether this is copy for readers elsewhere: its lead names a country, or it plays abroad.

        What else there is is local news, whose labelled articles are all of the United States.
        """
        if self.names_states:
            return True
        at_home = self.home is not None and self.home.country == "US"
        return not at_home and self.main_country not in (None, "US")

    @cached_property
    def main_country(self) -> str | None:
        """The country that the article speaks of most; the outlet's where it names none."""
        if not self.countries:
            return self.home.country if self.home is not None else None
        return min(self.countries, key=lambda code: (-self.countries[code] - (code in self.lead), code))


def gather(doc: Document, reading: Reading, gazetteer: Gazetteer) -> Evidence:
    """The evidence of an article."""
    lead_end = len(doc.sentences) - len(doc.body) + _LEAD
    countries: dict[str, float] = defaultdict(float)
    lead: set[str] = set()
    for country, sentence, weight in _named_countries(reading, gazetteer):
        countries[country] += weight
        if DATELINE < sentence < lead_end:
            lead.add(country)
    mentions = [
        (item.mention.sentence, item.mention.span.start, region)
        for item in reading.found
        for region in _regions(item, gazetteer)
    ]
    regions: dict[int, float] = defaultdict(float)
    for _, _, region in mentions:
        regions[region] += 1.0
    said: dict[int, float] = defaultdict(float)
    for item in reading.found:
        for region in _regions(item, gazetteer):
            said[region] += _how_surely(item, region)
    dateline = frozenset(region for sentence, _, region in mentions if sentence == DATELINE)
    cells, regions_of_names = _cells(reading.found, gazetteer)
    return Evidence(
        countries=countries,
        lead=frozenset(lead),
        states=_states(reading.found, gazetteer),
        regions=regions,
        regions_said=said,
        region_mentions=_by_sentence(mentions),
        country_mentions=_by_sentence(_country_mentions(reading, gazetteer)),
        regions_of_dateline=dateline,
        countries_of_dateline=frozenset(gazetteer.country(entity) for entity in dateline),
        cells=cells,
        regions_of_names=regions_of_names,
        counties=_counties(reading.found, gazetteer),
        home=home_of(doc.domain, doc.outlet, gazetteer),
        names_states=_names_states(reading, lead_end, gazetteer),
    )


def _country_mentions(reading: Reading, gazetteer: Gazetteer) -> Iterator[tuple[int, int, int]]:
    """Sentence, start and entity of each country's own name."""
    for item in reading.found:
        first = _first_own(item)
        if first is not None and gazetteer.kind(first) is Kind.COUNTRY:
            yield item.mention.sentence, item.mention.span.start, first


def _by_sentence(mentions: Iterable[tuple[int, int, int]]) -> dict[int, list[tuple[int, int]]]:
    found: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for sentence, start, region in mentions:
        if sentence != DATELINE:
            found[sentence].append((start, region))
    return found


def main_region(evidence: Evidence, gazetteer: Gazetteer) -> int | None:
    """The first-level region that the article speaks of most as a place; outlet and main country win ties."""
    scores = dict(evidence.regions_said)
    home = evidence.home.region if evidence.home is not None else None
    if home is not None and not evidence.is_wire:
        scores[home] = scores.get(home, 0.0) + 0.5
    for region in scores:
        if gazetteer.country(region) == evidence.main_country:
            scores[region] += 0.4
    known = [r for r, n in scores.items() if n >= _SURE or gazetteer.country(r) == evidence.main_country]
    return min(known, key=lambda region: (-scores[region], region)) if known else None


_SURE: Final = 1.0
"""How surely a region of another than the main country must be said to contain what lies in none."""


def _named_countries(reading: Reading, gazetteer: Gazetteer) -> Iterator[tuple[str, int, float]]:
    """Country, sentence and weight of each mention; parts of longer names (persons') name no country."""
    for item in reading.found:
        sentence = item.mention.sentence
        if item.mention.qualifier is not None:
            yield gazetteer.country(item.mention.qualifier), sentence, _WEIGHT["name"]
        first = _first_own(item)
        if first is not None and "capital-after=other" not in item.mention.cues:
            kind = gazetteer.kind(first)
            if kind is Kind.COUNTRY:
                yield gazetteer.country(first), sentence, _WEIGHT["name"]
            elif kind in (Kind.FIRST, Kind.REGION):
                yield gazetteer.country(first), sentence, _WEIGHT["region"]
    for country, sentence in reading.demonyms:
        yield country, sentence, _WEIGHT["people"]


def _names_states(reading: Reading, lead_end: int, gazetteer: Gazetteer) -> bool:
    """Whether title or lead name a country or its people, as copy for readers elsewhere does."""
    if any(sentence < lead_end for _, sentence in reading.demonyms):
        return True
    firsts = (_first_own(item) for item in reading.found if item.mention.sentence < lead_end)
    return any(first is not None and gazetteer.kind(first) is Kind.COUNTRY for first in firsts)


def _first_own(item: Found) -> int | None:
    number = item.entities[0] if item.entities else 1
    return None if number & 1 else number >> 1


def _regions(item: Found, gazetteer: Gazetteer) -> Iterator[int]:
    """The first-level regions that a mention names itself, or that are said after it."""
    qualifier = item.mention.qualifier
    if qualifier is not None and gazetteer.kind(qualifier) is Kind.FIRST:
        yield qualifier
    for number in item.entities[:2]:
        if not number & 1 and gazetteer.kind(number >> 1) is Kind.FIRST:
            yield number >> 1


def _how_surely(item: Found, region: int) -> float:
    """How surely a mention means the region: "Idlib province" and "Saraqeb, Idlib" more than "Idlib"."""
    mention = item.mention
    if mention.qualifier == region or mention.level == "region":
        return 2.0
    if mention.sentence == DATELINE:
        return 0.2
    shared = len(item.entities) > 1
    placed = any(cue.startswith("l=in") for cue in mention.cues)
    return 1.0 if placed or not shared else 0.3


def _states(found: Iterable[Found], gazetteer: Gazetteer) -> dict[str, int]:
    firsts = (entity for item in found if (entity := _first_own(item)) is not None)
    return {gazetteer.country(e): e for e in firsts if gazetteer.kind(e) is Kind.COUNTRY}


def _counties(found: Iterable[Found], gazetteer: Gazetteer) -> tuple[int, ...]:
    """The second-level regions that the article names, with all their namesakes."""
    numbers = {number for item in found for number in item.entities if not number & 1}
    return tuple(sorted(n >> 1 for n in numbers if gazetteer.kind(n >> 1) is Kind.SECOND))


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
            entity = number >> 1
            if not number & 1 and gazetteer.kind(entity) in _LOCAL:
                cells[gazetteer.cell(entity)] |= bit
                region = gazetteer.region(entity)
                if region is not None:
                    regions[region] |= bit
    return cells, regions


_LOCAL: Final = frozenset({Kind.PLACE, Kind.SECOND})


def names_near(evidence: Evidence, cell: tuple[int, int]) -> int:
    """How many distinct names have an entity in a cell of a degree or around it (to about 200 km)."""
    row, column = cell
    get, bits = evidence.cells.get, 0
    for r in (row - 1, row, row + 1):
        for c in (column - 1, column, column + 1):
            bits |= get((r, c), 0)
    return bits.bit_count()
