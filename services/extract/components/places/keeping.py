"""Which of the entities that bear a name are worth ranking.

The populous namesakes stay, and those in regions or countries that the article names or its outlet is at
home in. A place known by the name only as an alternate stays where nothing better bears it, or where
much points to it. Pure.
"""

from collections.abc import Set as AbstractSet
from typing import Final

from services.extract.components.places.evidence import Evidence
from services.extract.components.places.values import Name
from services.extract.resources.gazetteer import Gazetteer, Kind

NAMESAKES_MAX: Final = 3
"""Populous namesakes kept beside those that the article's regions and outlet point to."""

SUPPORTED_MAX: Final = 5
"""Namesakes kept for being in a region or country that the article names."""

_ALIAS_FACTOR: Final = 20
"""A place known under another's own name must have so many times its people to stay."""

Row = tuple[int, bool]


def kept_entities(name: Name, evidence: Evidence, gazetteer: Gazetteer) -> list[Row]:
    """Entities with the flag "not its own name", countries and regions first, then by people."""
    qualifiers = {mention.qualifier for mention in name.mentions if mention.qualifier is not None}
    pool = _pool(name, qualifiers, evidence, gazetteer)
    if qualifiers and all(mention.qualifier is not None for mention in name.mentions):
        return [row for row in pool if any(lies_in(row[0], q, gazetteer) for q in qualifiers)]
    if name.loose:
        return [row for row in pool if gazetteer.country(row[0]) in evidence.countries][:NAMESAKES_MAX]
    if len(pool) > 1:
        pool.sort(key=lambda row: (row[1], -_rank(row[0], gazetteer)))
    if len(pool) <= NAMESAKES_MAX:
        return pool
    rest = (row for row in pool[NAMESAKES_MAX:] if _is_supported(row[0], qualifiers, evidence, gazetteer))
    return [*pool[:NAMESAKES_MAX], *(row for row, _ in zip(rest, range(SUPPORTED_MAX), strict=False))]


def _pool(name: Name, qualifiers: AbstractSet[int], evidence: Evidence, gazetteer: Gazetteer) -> list[Row]:
    own = [row for row in name.entities if not row[1]]
    aliases = name.entities[len(own) :]
    if not own or not aliases:
        return list(name.entities)
    floor = max(_ALIAS_FACTOR * max(gazetteer.population(entity) for entity, _ in own), 1)
    return [
        *own,
        *(
            r
            for r in aliases
            if gazetteer.population(r[0]) > floor or _is_near(r[0], qualifiers, evidence, gazetteer)
        ),
    ]


def _rank(entity: int, gazetteer: Gazetteer) -> int:
    """People, with countries and regions before places."""
    level = {Kind.COUNTRY: 2, Kind.FIRST: 1, Kind.REGION: 1}.get(gazetteer.kind(entity), 0)
    return level * 10**10 + gazetteer.population(entity)


def _is_supported(
    entity: int, qualifiers: AbstractSet[int], evidence: Evidence, gazetteer: Gazetteer
) -> bool:
    region = gazetteer.region(entity)
    if region is not None and (region in evidence.regions or _is_home(region, evidence)):
        return True
    if any(lies_in(entity, qualifier, gazetteer) for qualifier in qualifiers):
        return True
    country = gazetteer.country(entity)
    return country in evidence.countries and country != "US"


def _is_near(entity: int, qualifiers: AbstractSet[int], evidence: Evidence, gazetteer: Gazetteer) -> bool:
    """Whether a place known by another name lies in the outlet's region or the one said after the name."""
    if gazetteer.kind(entity) is not Kind.PLACE:
        return False
    region = gazetteer.region(entity)
    return (region is not None and _is_home(region, evidence)) or any(
        lies_in(entity, qualifier, gazetteer) for qualifier in qualifiers
    )


def _is_home(region: int, evidence: Evidence) -> bool:
    return evidence.home is not None and evidence.home.region == region


def lies_in(entity: int, container: int, gazetteer: Gazetteer) -> bool:
    """Whether an entity lies in a region or country, or is it."""
    if gazetteer.kind(container) is Kind.COUNTRY:
        return gazetteer.country(entity) == gazetteer.country(container)
    return gazetteer.region(entity) == container
