"""Names that the gazetteer does not know as the article means them, and what contains them. Pure."""

from collections.abc import Sequence
from typing import Final, NamedTuple

from services.extract.components.places.entity_features import Survey
from services.extract.components.places.evidence import Evidence
from services.extract.components.places.keeping import lies_in
from services.extract.components.places.values import Mention, Name
from services.extract.resources.gazetteer import Gazetteer, Kind


class Unplaced(NamedTuple):
    """Why a name counts as unplaced, and the entity it lies in, where that is known."""

    rule: str
    container: int | None


_REACH: Final = 120
"""Code points after a name within which a region of the same sentence is taken for what contains it."""


def unplaced(name: Name, kept: Sequence[tuple[int, bool]], survey: Survey) -> Unplaced | None:
    """The name as one that no known place fits, or None.

    "NAME, ST" with no such place in ST is unplaced in ST, never a namesake elsewhere. A name known to
    nobody is unplaced where the text calls it a village or the like, else a guess. A name that only
    places elsewhere bear may be a hamlet of the region that the article speaks of.
    """
    gazetteer = survey.gazetteer
    for mention in name.mentions:
        qualifier = mention.qualifier
        if qualifier is not None and not any(lies_in(entity, qualifier, gazetteer) for entity, _ in kept):
            return Unplaced("qualified", qualifier)
    if not kept:
        said = any(mention.level is not None for mention in name.mentions)
        return Unplaced("said" if said else "guess", _container(name, survey))
    if name.loose or any(gazetteer.kind(entity) is not Kind.PLACE for entity, _ in kept):
        return None
    container = _container(name, survey)
    if container is None or any(_is_around(entity, container, gazetteer) for entity, _ in kept):
        return None
    return Unplaced("namesake", container)


def _is_around(entity: int, container: int, gazetteer: Gazetteer) -> bool:
    """In the United States the state counts, elsewhere the country."""
    if gazetteer.country(container) == "US" and gazetteer.kind(container) is Kind.FIRST:
        return gazetteer.region(entity) == container
    return gazetteer.country(entity) == gazetteer.country(container)


def _container(name: Name, survey: Survey) -> int | None:
    """The region said beside the name, else the one that the article speaks of most, else the country."""
    for mention in name.mentions:
        beside = _beside(mention, survey.evidence)
        if beside is not None:
            return beside
    return survey.container


def _beside(mention: Mention, evidence: Evidence) -> int | None:
    end = mention.span.end
    near = [row for row in evidence.region_mentions.get(mention.sentence, ()) if 0 < row[0] - end < _REACH]
    return min(near)[1] if near else None
