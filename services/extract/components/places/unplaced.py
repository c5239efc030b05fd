"""Names that the gazetteer does not know as the article means them, and what contains them. Pure."""

from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple

from services.extract.components.places.entity_features import Survey
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
        beside = _beside(mention, survey)
        if beside is not None:
            return beside
    return survey.container


def _beside(mention: Mention, survey: Survey) -> int | None:
    """The region that follows the name; of a country that follows first, a region of that country.

    "The village of N in eastern C" lies in C, whatever region of a neighbour the article tells of.
    """
    gazetteer, evidence = survey.gazetteer, survey.evidence
    regions = _following(mention, evidence.region_mentions)
    countries = _following(mention, evidence.country_mentions)
    if not countries:
        return regions[0][1] if regions else None
    country = gazetteer.country(countries[0][1])
    within = [entity for _, entity in regions if gazetteer.country(entity) == country]
    if within:
        return within[0]
    if regions and regions[0] < countries[0]:
        return regions[0][1]
    known = survey.container
    return known if known is not None and gazetteer.country(known) == country else countries[0][1]


def _following(mention: Mention, mentions: Mapping[int, Sequence[tuple[int, int]]]) -> list[tuple[int, int]]:
    """The (start, entity) rows of the mention's sentence within reach after it, nearest first."""
    end = mention.span.end
    return sorted(row for row in mentions.get(mention.sentence, ()) if 0 < row[0] - end < _REACH)
