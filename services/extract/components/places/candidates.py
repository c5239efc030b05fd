"""From mentions to candidates: the entities a name may mean, each with what holds for the whole article.

A name that is nobody's own name but some hamlet's alternate is kept only where nothing better bears it;
of many namesakes the populous ones stay, and those in regions or countries that the article names. Pure.
"""

import math
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from services.extract.components.places.evidence import Evidence, gather, names_near
from services.extract.components.places.mentions import Found, find_mentions
from services.extract.components.places.values import Name, PlaceCandidate, PlaceTable
from services.extract.model import Document
from services.extract.resources.gazetteer import Gazetteer, Kind

NAMESAKES_MAX: Final = 6
"""Populous namesakes kept beside those that the article's regions and outlet point to."""

SUPPORTED_MAX: Final = 8
"""Namesakes kept for being in a region or country that the article names."""

_ALIAS_FACTOR: Final = 20
"""A place known under another's own name must have so many times its people to stay ("New York")."""

_PEOPLE_UNKNOWN: Final = 300
"""People taken for a place whose population is unknown: GeoNames counts few places of less than 500."""


def find_places(doc: Document, gazetteer: Gazetteer) -> PlaceTable:
    """All places that an article may be about, with the features that do not depend on the event."""
    found = list(find_mentions(doc, gazetteer))
    evidence = gather(doc, found, gazetteer)
    candidates = [candidate for name in _names(found) for candidate in _of_name(name, evidence, gazetteer)]
    candidates.extend(_assumed(candidates, evidence, gazetteer))
    return PlaceTable(tuple(candidates), _shares(evidence.countries), gazetteer)


def _assumed(
    candidates: Sequence[PlaceCandidate], evidence: Evidence, gazetteer: Gazetteer
) -> Iterator[PlaceCandidate]:
    """The outlet's home city, where the article does not name it: what a local paper leaves unsaid."""
    city = evidence.home.city if evidence.home is not None else None
    if city is None or any(candidate.entity == city for candidate in candidates):
        return
    name = Name("", (), (), loose=False)
    features = (("assumed", 1.0), *_features(name, city, evidence, gazetteer))
    yield PlaceCandidate(name, city, None, features)


def _names(found: Sequence[Found]) -> Iterator[Name]:
    """The mentions gathered by key, in order of first mention."""
    groups: dict[str, list[Found]] = {}
    for item in found:
        groups.setdefault(item.mention.key, []).append(item)
    for key, items in groups.items():
        entities = tuple((number >> 1, bool(number & 1)) for number in items[0].entities)
        yield Name(key, tuple(item.mention for item in items), entities, items[0].loose)


def _shares(counts: dict[str, float]) -> dict[str, float]:
    total = sum(counts.values())
    return {country: count / total for country, count in counts.items()} if total else {}


def _of_name(name: Name, evidence: Evidence, gazetteer: Gazetteer) -> Iterator[PlaceCandidate]:
    kept = _kept(name, evidence, gazetteer)
    people = sum(_people(entity, gazetteer) for entity, _ in kept)
    for rank, (entity, alias) in enumerate(kept):
        features = _features(name, entity, evidence, gazetteer)
        share = math.log(_people(entity, gazetteer) / people)
        extra = [("share", share), ("first" if rank == 0 else "later", 1.0)]
        if alias:
            extra.append(("alias", 1.0))
        yield PlaceCandidate(name, entity, None, (*features, *extra))
    yield from _unplaced(name, kept, evidence, gazetteer)


def _kept(name: Name, evidence: Evidence, gazetteer: Gazetteer) -> list[tuple[int, bool]]:
    own = [entity for entity, alias in name.entities if not alias]
    floor = _ALIAS_FACTOR * max((gazetteer.population(entity) for entity in own), default=0)
    qualifiers = {mention.qualifier for mention in name.mentions if mention.qualifier is not None}
    pool = [
        (entity, alias)
        for entity, alias in name.entities
        if not alias or not own or gazetteer.population(entity) > max(floor, 1)
        or _is_near(entity, qualifiers, evidence, gazetteer)
    ]
    if qualifiers and all(mention.qualifier is not None for mention in name.mentions):
        return [row for row in pool if any(lies_in(row[0], q, gazetteer) for q in qualifiers)]
    pool.sort(key=lambda row: (row[1], -_rank(row[0], gazetteer)))
    supported = [row for row in pool[NAMESAKES_MAX:] if _is_supported(row[0], qualifiers, evidence, gazetteer)]
    return pool[:NAMESAKES_MAX] + supported[:SUPPORTED_MAX]


def _rank(entity: int, gazetteer: Gazetteer) -> int:
    """People, with countries and regions before places."""
    level = {Kind.COUNTRY: 2, Kind.FIRST: 1, Kind.REGION: 1}.get(gazetteer.kind(entity), 0)
    return level * 10**10 + gazetteer.population(entity)


def _is_supported(entity: int, qualifiers: Iterable[int], evidence: Evidence, gazetteer: Gazetteer) -> bool:
    region = gazetteer.region(entity)
    if region is not None and (region in evidence.regions or _is_home(region, evidence)):
        return True
    if any(lies_in(entity, qualifier, gazetteer) for qualifier in qualifiers):
        return True
    country = gazetteer.country(entity)
    return country in evidence.countries and country != "US"


def _is_near(entity: int, qualifiers: Iterable[int], evidence: Evidence, gazetteer: Gazetteer) -> bool:
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


def _people(entity: int, gazetteer: Gazetteer) -> int:
    return gazetteer.population(entity) or _PEOPLE_UNKNOWN


def _features(
    name: Name, entity: int, evidence: Evidence, gazetteer: Gazetteer
) -> Iterator[tuple[str, float]]:
    kind = gazetteer.kind(entity)
    yield f"kind={kind.name}", 1.0
    yield f"people&{kind.name}", math.log10(_people(entity, gazetteer)) - 4.0
    if name.loose:
        yield "loose", 1.0
    region, country = gazetteer.region(entity), gazetteer.country(entity)
    yield from _qualified(name, entity, gazetteer)
    yield from _in_region(region if kind is not Kind.FIRST else None, kind, evidence)
    yield from _in_country(country, kind, evidence)
    yield from _at_home(name, entity, evidence, gazetteer)
    if kind in (Kind.PLACE, Kind.SECOND):
        near = names_near(evidence, gazetteer.point(entity)) - 1
        yield "near", math.log1p(max(near, 0))
        if kind is Kind.PLACE and evidence.counties:
            yield _in_county(entity, evidence.counties, gazetteer), 1.0
    elif kind is Kind.FIRST:
        yield "members", math.log1p(evidence.regions_of_names.get(entity, 0).bit_count())


def _in_county(entity: int, counties: Iterable[int], gazetteer: Gazetteer) -> str:
    """How near a place lies to the middle of the nearest second-level region named in its own region."""
    region, point = gazetteer.region(entity), gazetteer.point(entity)
    distances = [
        kilometres(point, gazetteer.point(county)) for county in counties if gazetteer.region(county) == region
    ]
    if not distances:
        return "county=elsewhere"
    nearest = min(distances)
    return f"county-within={next((limit for limit in (15, 30, 50, 80) if nearest < limit), 'far')}"


def _qualified(name: Name, entity: int, gazetteer: Gazetteer) -> Iterator[tuple[str, float]]:
    qualifiers = [mention.qualifier for mention in name.mentions if mention.qualifier is not None]
    if not qualifiers:
        return
    within = sum(lies_in(entity, qualifier, gazetteer) for qualifier in qualifiers)
    if within:
        yield "qualified", 1.0
        yield "qualified-often", math.log1p(within)
    else:
        yield "contradicted", 1.0


def _in_region(region: int | None, kind: Kind, evidence: Evidence) -> Iterator[tuple[str, float]]:
    if region is None:
        return
    count, total = evidence.regions.get(region, 0.0), sum(evidence.regions.values())
    if count:
        yield "region-named", 1.0
        yield "region-count", math.log1p(count)
        yield "region-share", count / total
    elif total:
        yield "other-region-named", 1.0
    if region in evidence.regions_of_dateline:
        yield "region-of-dateline", 1.0
    members = evidence.regions_of_names.get(region, 0).bit_count()
    if kind is Kind.PLACE:
        yield "region-members", math.log1p(max(members - 1, 0))


def _in_country(country: str, kind: Kind, evidence: Evidence) -> Iterator[tuple[str, float]]:
    total = sum(evidence.countries.values())
    count = evidence.countries.get(country, 0.0)
    if kind is Kind.COUNTRY:
        yield "country-itself-share", count / total if total else 0.0
        return
    if count:
        yield "country-named", 1.0
        yield "country-share", count / total
    elif total:
        yield "other-country-named", min(math.log1p(total), 3.0)
    if country in evidence.countries_of_dateline:
        yield "country-of-dateline", 1.0


def _at_home(
    name: Name, entity: int, evidence: Evidence, gazetteer: Gazetteer
) -> Iterator[tuple[str, float]]:
    home = evidence.home
    if home is None:
        yield "home=unknown", 1.0
        return
    if home.letters and len(name.key) > 4 and name.key.replace(" ", "") in home.letters:
        yield "name-in-domain", 1.0
    if home.city is not None:
        yield from _near_home(entity, home.city, home.region, gazetteer)
    if home.country is not None:
        yield ("home-country" if gazetteer.country(entity) == home.country else "abroad"), 1.0


def _near_home(entity: int, city: int, region: int | None, gazetteer: Gazetteer) -> Iterator[tuple[str, float]]:
    if entity == city:
        yield "home-city", 1.0
        return
    if gazetteer.kind(entity) not in (Kind.PLACE, Kind.SECOND):
        if entity == region:
            yield "home-region-itself", 1.0
        return
    distance = kilometres(gazetteer.point(entity), gazetteer.point(city))
    yield f"home-within={next((limit for limit in (25, 60, 120, 250) if distance < limit), 'far')}", 1.0
    if gazetteer.region(entity) == region:
        yield "home-region", 1.0


def kilometres(a: tuple[float, float], b: tuple[float, float]) -> float:
    """The distance of two points (latitude, longitude in degrees), on a sphere, good to a per cent."""
    mean = math.radians((a[0] + b[0]) / 2)
    dx = ((b[1] - a[1] + 180.0) % 360.0 - 180.0) * math.cos(mean)
    return 111.2 * math.hypot(b[0] - a[0], dx)


def _unplaced(
    name: Name, kept: Sequence[tuple[int, bool]], evidence: Evidence, gazetteer: Gazetteer
) -> Iterator[PlaceCandidate]:
    """The name as that of a place which the gazetteer does not know, with what contains it."""
    container, rule = _container(name, kept, evidence, gazetteer)
    if rule is None:
        return
    features = [("kind=UNPLACED", 1.0), (f"unplaced={rule}", 1.0)]
    if container is not None:
        features.extend(_in_country(gazetteer.country(container), Kind.PLACE, evidence))
        if gazetteer.kind(container) is Kind.FIRST:
            features.extend(_in_region(container, Kind.REGION, evidence))
    levels = {mention.level for mention in name.mentions if mention.level is not None}
    features.extend((f"unplaced-level={level}", 1.0) for level in sorted(levels))
    yield PlaceCandidate(name, None, container, tuple(features))


def _container(
    name: Name, kept: Sequence[tuple[int, bool]], evidence: Evidence, gazetteer: Gazetteer
) -> tuple[int | None, str | None]:
    """What contains an unplaced name, and why it is one; the rule is None where it is none.

    "NAME, ST" with no such place in ST is unplaced in ST. A name that only places elsewhere bear may be a
    hamlet of the region that the article speaks of. A name known to nobody is a guess.
    """
    for mention in name.mentions:
        qualifier = mention.qualifier
        if qualifier is not None and not any(lies_in(entity, qualifier, gazetteer) for entity, _ in kept):
            return qualifier, "qualified"
    region = _main_region(evidence)
    if not kept or name.loose:
        said = any(mention.level is not None for mention in name.mentions)
        return region, "said" if said else "guess"
    if region is None or any(gazetteer.kind(entity) is not Kind.PLACE for entity, _ in kept):
        return None, None
    if any(lies_in(entity, region, gazetteer) for entity, _ in kept):
        return None, None
    return region, "namesake"


def _main_region(evidence: Evidence) -> int | None:
    """The first-level region that the article names most, the outlet's winning ties."""
    home = evidence.home.region if evidence.home is not None else None
    scores = dict(evidence.regions)
    if home is not None:
        scores[home] = scores.get(home, 0.0) + 0.5
    return min(scores, key=lambda region: (-scores[region], region)) if scores else None
