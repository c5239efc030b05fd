"""A candidate as the contract has it: names, point and UCDP where_prec. Pure over the gazetteer."""

from typing import Final

from schemas.extraction import Place
from services.extract.components.places.values import Name, PlaceCandidate
from services.extract.resources.gazetteer import Gazetteer, Kind
from services.extract.resources.gazetteer.names import loose_key, name_key

_PRECISION: Final = {
    Kind.PLACE: 1,
    Kind.SECOND: 3,
    Kind.FIRST: 4,
    Kind.REGION: 5,
    Kind.COUNTRY: 6,
    Kind.SEA: 7,
}
"""UCDP where_prec of an entity's own point."""

_PRECISION_WITHIN: Final = {**_PRECISION, Kind.PLACE: 2}
"""The same for a place known by name only, which has its container's point; a quarter is near its city's."""


def describe(candidate: PlaceCandidate, container: int | None, gazetteer: Gazetteer) -> Place:
    """The place that a candidate means; `container` is what an unplaced name lies in, as far as is known."""
    if candidate.entity is None:
        return _unplaced(candidate.name, container, gazetteer)
    entity = candidate.entity
    kind, region, country = gazetteer.kind(entity), gazetteer.region(entity), gazetteer.country(entity)
    latitude, longitude = gazetteer.point(entity)
    return Place(
        name=shown_name(candidate.name, entity, gazetteer),
        admin1=gazetteer.name(region) if region is not None else None,
        country=country or None,
        latitude=latitude,
        longitude=longitude,
        geonames_id=gazetteer.geonames_id(entity),
        precision=2 if kind is Kind.PLACE and _only_near(candidate.name) else _PRECISION[kind],
    )


def _unplaced(name: Name, container: int | None, gazetteer: Gazetteer) -> Place:
    written = _as_written(name)
    if container is None:
        return Place(name=written, precision=6)
    kind, region = gazetteer.kind(container), gazetteer.region(container)
    latitude, longitude = gazetteer.point(container)
    return Place(
        name=written,
        admin1=gazetteer.name(region) if region is not None else None,
        country=gazetteer.country(container) or None,
        latitude=latitude,
        longitude=longitude,
        precision=_PRECISION_WITHIN[kind],
        contained_in=gazetteer.name(container),
    )


def _only_near(name: Name) -> bool:
    """Whether the article only ever says "near" the place."""
    return bool(name.mentions) and all("l=near" in mention.cues for mention in name.mentions)


def shown_name(name: Name, entity: int, gazetteer: Gazetteer) -> str:
    """The article's spelling where it is one of the gazetteer's name, else the gazetteer's."""
    known = gazetteer.name(entity)
    if not name.mentions or name_key(known) == name.key or loose_key(name_key(known)) != loose_key(name.key):
        return known
    return _as_written(name)


def _as_written(name: Name) -> str:
    """A name's first words as the article has them, in title case where they stand in capitals."""
    written = next((m.name for m in name.mentions if not m.name.isupper()), name.mentions[0].name)
    words = written.split()
    return (
        " ".join(_titled(word) for word in words)
        if written.isupper() and len(written) > 3
        else " ".join(words)
    )


_SMALL: Final = frozenset({"de", "del", "la", "las", "los", "el", "al", "y", "of", "do", "da", "dos", "das"})


def _titled(word: str) -> str:
    lower = word.lower()
    return lower if lower in _SMALL else "-".join(part.capitalize() for part in lower.split("-"))
