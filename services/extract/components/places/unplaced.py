"""Names that the gazetteer does not know as the article means them, and what contains them. Pure."""

from collections.abc import Sequence
from typing import Final, NamedTuple

from services.extract.components.places.evidence import Evidence
from services.extract.components.places.keeping import lies_in
from services.extract.components.places.values import DATELINE, Mention, Name
from services.extract.resources.gazetteer import Gazetteer, Kind


class Unplaced(NamedTuple):
    """Why a name counts as unplaced, and the entity it lies in, where that is known."""

    rule: str
    container: int | None


_SURE: Final = 1.0
"""How surely a region of another than the main country must be said to contain what lies in none."""

_REACH: Final = 120
"""Code points after a name within which a region of the same sentence is taken for what contains it."""


def unplaced(
    name: Name, kept: Sequence[tuple[int, bool]], evidence: Evidence, gazetteer: Gazetteer
) -> Unplaced | None:
    """The name as one that no known place fits, or None.

    "NAME, ST" with no such place in ST is unplaced in ST, never a namesake elsewhere. A name known to
    nobody is unplaced where the text calls it a village or the like, else a guess. A name that only
    places elsewhere bear may be a hamlet of the region that the article speaks of.
    """
    for mention in name.mentions:
        qualifier = mention.qualifier
        if qualifier is not None and not any(lies_in(entity, qualifier, gazetteer) for entity, _ in kept):
            return Unplaced("qualified", qualifier)
    container = _container(name, evidence, gazetteer)
    if not kept:
        said = any(mention.level is not None for mention in name.mentions)
        return Unplaced("said" if said else "guess", container)
    if name.loose or any(gazetteer.kind(entity) is not Kind.PLACE for entity, _ in kept):
        return None
    return _namesake(kept, container, gazetteer)


def _namesake(
    kept: Sequence[tuple[int, bool]], container: int | None, gazetteer: Gazetteer
) -> Unplaced | None:
    """Unplaced where all that bear the name lie in other countries (in the United States: other states)."""
    if container is None or any(_is_around(entity, container, gazetteer) for entity, _ in kept):
        return None
    return Unplaced("namesake", container)


def _is_around(entity: int, container: int, gazetteer: Gazetteer) -> bool:
    if gazetteer.country(container) == "US" and gazetteer.kind(container) is Kind.FIRST:
        return gazetteer.region(entity) == container
    return gazetteer.country(entity) == gazetteer.country(container)


def _container(name: Name, evidence: Evidence, gazetteer: Gazetteer) -> int | None:
    """The region said beside the name, else the one that the article speaks of most, else the country."""
    for mention in name.mentions:
        beside = _beside(mention, evidence)
        if beside is not None:
            return beside
    return main_region(evidence, gazetteer) or evidence.states.get(evidence.main_country or "")


def _beside(mention: Mention, evidence: Evidence) -> int | None:
    if mention.sentence == DATELINE:
        return None
    near = [
        (start, entity)
        for sentence, start, entity in evidence.region_mentions
        if sentence == mention.sentence and 0 < start - mention.span.end < _REACH
    ]
    return min(near)[1] if near else None


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
