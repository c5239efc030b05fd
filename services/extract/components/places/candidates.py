"""From mentions to candidates: what each name of an article may mean, whatever the event. Pure."""

import math
from collections.abc import Iterator, Sequence
from typing import Final

from services.extract.components.places.entity_features import Survey, people
from services.extract.components.places.evidence import Evidence, gather
from services.extract.components.places.features import Feature
from services.extract.components.places.keeping import kept_entities
from services.extract.components.places.mentions import Found, read_mentions
from services.extract.components.places.unplaced import Unplaced, unplaced
from services.extract.components.places.values import Name, PlaceCandidate, PlaceTable
from services.extract.model import Document
from services.extract.resources.gazetteer import Gazetteer, Kind

KIND_NAMES: Final = {kind: kind.name for kind in Kind}
"""Names of the kinds, at hand: an enumeration's own are slow to read."""


def find_places(doc: Document, gazetteer: Gazetteer) -> PlaceTable:
    """All places that an article may be about; the outlet's home city last, if it is assumed."""
    reading = read_mentions(doc, gazetteer)
    survey = Survey(gather(doc, reading, gazetteer), gazetteer)
    candidates = [candidate for name in _names(reading.found) for candidate in _of_name(name, survey)]
    candidates.extend(_assumed(candidates, survey))
    evidence = survey.evidence
    return PlaceTable(tuple(candidates), _shares(evidence), evidence.is_wire, gazetteer)


def _names(found: Sequence[Found]) -> Iterator[Name]:
    """The mentions gathered by key, in order of first mention."""
    groups: dict[str, list[Found]] = {}
    for item in found:
        groups.setdefault(item.mention.key, []).append(item)
    for key, items in groups.items():
        entities = tuple((number >> 1, bool(number & 1)) for number in items[0].entities)
        yield Name(key, tuple(item.mention for item in items), entities, items[0].loose)


def _shares(evidence: Evidence) -> dict[str, float]:
    total = sum(evidence.countries.values())
    return {country: count / total for country, count in evidence.countries.items()} if total else {}


def _of_name(name: Name, survey: Survey) -> Iterator[PlaceCandidate]:
    gazetteer = survey.gazetteer
    kept = kept_entities(name, survey.evidence, gazetteer)
    total = sum(people(entity, gazetteer) for entity, _ in kept)
    said = any(mention.level == "region" for mention in name.mentions)
    for rank, (entity, alias) in enumerate(kept):
        kind = KIND_NAMES[gazetteer.kind(entity)]
        features = survey.features(name, entity)
        features.append(("share", math.log(people(entity, gazetteer) / total)))
        features.append(("first" if rank == 0 else "later", 1.0))
        if alias:
            features.append(("alias", 1.0))
        if said:
            features.append((f"said-region&{kind}", 1.0))
        yield PlaceCandidate(name, entity, None, kind, tuple(features))
    found = unplaced(name, kept, survey)
    if found is not None:
        features = _unplaced_features(name, found, survey)
        yield PlaceCandidate(name, None, found.container, "UNPLACED", tuple(features))


def _unplaced_features(name: Name, found: Unplaced, survey: Survey) -> list[Feature]:
    levels = sorted({mention.level for mention in name.mentions if mention.level is not None})
    features = [("kind=UNPLACED", 1.0), (f"unplaced={found.rule}", 1.0)]
    features.extend((f"unplaced-level={level}", 1.0) for level in levels)
    if found.container is not None:
        features.extend(survey.in_country(survey.gazetteer.country(found.container)))
        if survey.gazetteer.kind(found.container) is Kind.FIRST:
            features.extend(survey.in_region(found.container))
    return features


def _assumed(candidates: Sequence[PlaceCandidate], survey: Survey) -> Iterator[PlaceCandidate]:
    """The outlet's home city, where the article does not name it: what a local paper leaves unsaid."""
    evidence = survey.evidence
    city = evidence.home.city if evidence.home is not None else None
    if city is None or any(candidate.entity == city for candidate in candidates):
        return
    if evidence.is_wire and evidence.main_country != survey.gazetteer.country(city):
        return
    name = Name("", (), (), loose=False)
    features = (("assumed", 1.0), *survey.features(name, city))
    yield PlaceCandidate(name, city, None, Kind.PLACE.name, features)
