"""Sites: the towns that sentences place things in, as points, to tell events apart by where. Pure.

A site is a rough guess (the most populous place of the name), good enough to see that two mentions lie
far apart; the place of an event is ranked elsewhere.
"""

from collections import defaultdict
from collections.abc import Mapping
from math import cos, hypot, radians
from typing import Final, NamedTuple

from services.extract.components.places import PlaceTable
from services.extract.resources.gazetteer import Gazetteer, Kind

_LOCATIVE: Final = frozenset(("l=in", "l=near", "l=at", "l=village-of", "l=city-of", "l=town-of", "l=in-the"))
_KM_PER_DEGREE: Final = 111.2
APART_KM: Final = 30.0
"""Towns further apart than this are not two words for one scene (suburb and city)."""


class Site(NamedTuple):
    """A town named in a sentence: where its name begins, its key, its point in degrees."""

    start: int
    key: str
    latitude: float
    longitude: float


def find_sites(table: PlaceTable) -> Mapping[int, tuple[Site, ...]]:
    """The sites of each sentence, in order of the text."""
    towns = _towns(table)
    found: dict[int, list[Site]] = defaultdict(list)
    seen: set[str] = set()
    for candidate in table.candidates:
        name = candidate.name
        point = towns.get(name.key)
        if point is None or name.key in seen:
            continue
        seen.add(name.key)
        for mention in name.mentions:
            if (
                mention.span.where == "text"
                and mention.level != "region"
                and _LOCATIVE.intersection(mention.cues)
            ):
                found[mention.sentence].append(Site(mention.span.start, name.key, *point))
    return {sentence: tuple(sorted(sites)) for sentence, sites in found.items()}


def _towns(table: PlaceTable) -> dict[str, tuple[float, float]]:
    """Name key → point of its most populous town; names that may mean a region or country are left out."""
    best: dict[str, int] = {}
    wide: set[str] = set()
    for candidate in table.candidates:
        if candidate.entity is None:
            continue
        kind = table.gazetteer.kind(candidate.entity)
        if kind in {Kind.FIRST, Kind.REGION, Kind.COUNTRY, Kind.SEA}:
            wide.add(candidate.name.key)
        elif kind is Kind.PLACE and _larger(candidate.entity, best.get(candidate.name.key), table.gazetteer):
            best[candidate.name.key] = candidate.entity
    return {key: table.gazetteer.point(entity) for key, entity in best.items() if key not in wide}


def _larger(entity: int, known: int | None, gazetteer: Gazetteer) -> bool:
    return known is None or gazetteer.population(entity) > gazetteer.population(known)


def far_apart(left: Site, right: Site) -> bool:
    """Whether two sites lie more than `APART_KM` apart (flat approximation)."""
    north = (left.latitude - right.latitude) * _KM_PER_DEGREE
    east = (left.longitude - right.longitude) * _KM_PER_DEGREE * cos(radians(left.latitude))
    return hypot(north, east) > APART_KM
