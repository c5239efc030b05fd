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
    """The first-level region of the main country that the article names most; the outlet's wins ties."""
    country, home = evidence.main_country, evidence.home
    scores = {r: n for r, n in evidence.regions.items() if gazetteer.country(r) == country}
    if home is not None and home.region is not None and home.country == country:
        scores[home.region] = scores.get(home.region, 0.0) + 0.5
    for region in evidence.regions_of_dateline:
        if region in scores:
            scores[region] -= 0.75
    return min(scores, key=lambda region: (-scores[region], region)) if scores else None
