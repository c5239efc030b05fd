"""What speaks for an entity as what a name means: its size, and how the article's evidence fits it. Pure."""

import math
from collections.abc import Iterable, Iterator
from typing import Final

from services.extract.components.places.evidence import Evidence, names_near
from services.extract.components.places.features import Feature
from services.extract.components.places.keeping import lies_in
from services.extract.components.places.values import Name
from services.extract.resources.gazetteer import Gazetteer, Kind

_PEOPLE_UNKNOWN: Final = 300
"""People taken for a place whose population is unknown: GeoNames counts few places of less than 500."""


def people(entity: int, gazetteer: Gazetteer) -> int:
    """Its population, or a small number where that is unknown."""
    return gazetteer.population(entity) or _PEOPLE_UNKNOWN


def entity_features(name: Name, entity: int, evidence: Evidence, gazetteer: Gazetteer) -> Iterator[Feature]:
    """The features of one entity that a name may mean, the same for all events of the article."""
    kind, country = gazetteer.kind(entity), gazetteer.country(entity)
    yield f"kind={kind.name}", 1.0
    yield f"people&{kind.name}", math.log10(people(entity, gazetteer)) - 4.0
    if name.loose:
        yield "loose", 1.0
    yield from _qualified(name, entity, gazetteer)
    yield from in_country(country, kind, evidence)
    yield from _at_home(name, entity, evidence, gazetteer)
    if kind is Kind.PLACE:
        yield from _of_place(entity, evidence, gazetteer)
    elif kind is Kind.SECOND:
        yield from in_region(gazetteer.region(entity), evidence)
        yield "near", math.log1p(max(names_near(evidence, gazetteer.cell(entity)) - 1, 0))
    elif kind is Kind.FIRST:
        yield "members", math.log1p(evidence.regions_of_names.get(entity, 0).bit_count())


def _of_place(entity: int, evidence: Evidence, gazetteer: Gazetteer) -> Iterator[Feature]:
    region = gazetteer.region(entity)
    yield from in_region(region, evidence)
    if region is not None:
        members = evidence.regions_of_names.get(region, 0).bit_count()
        yield "region-members", math.log1p(max(members - 1, 0))
    yield "near", math.log1p(max(names_near(evidence, gazetteer.cell(entity)) - 1, 0))
    if evidence.counties:
        yield _in_county(entity, evidence.counties, gazetteer), 1.0
    if gazetteer.is_capital(entity):
        yield "capital", 1.0


def _in_county(entity: int, counties: Iterable[int], gazetteer: Gazetteer) -> str:
    """How near a place lies to the middle of the nearest second-level region named in its own region."""
    region, point = gazetteer.region(entity), gazetteer.point(entity)
    distances = [
        kilometres(point, gazetteer.point(county))
        for county in counties
        if gazetteer.region(county) == region
    ]
    if not distances:
        return "county=elsewhere"
    nearest = min(distances)
    return f"county-within={next((limit for limit in (15, 30, 50, 80) if nearest < limit), 'far')}"


def _qualified(name: Name, entity: int, gazetteer: Gazetteer) -> Iterator[Feature]:
    qualifiers = [mention.qualifier for mention in name.mentions if mention.qualifier is not None]
    if not qualifiers:
        return
    within = sum(lies_in(entity, qualifier, gazetteer) for qualifier in qualifiers)
    if within:
        yield "qualified", 1.0
        yield "qualified-often", math.log1p(within)
    else:
        yield "contradicted", 1.0


def in_region(region: int | None, evidence: Evidence) -> Iterator[Feature]:
    """How much the article speaks of the region that something lies in."""
    if region is None:
        return
    count = evidence.regions.get(region, 0.0)
    if count:
        yield "region-named", 1.0
        yield "region-count", math.log1p(count)
        yield "region-share", count / sum(evidence.regions.values())
    elif evidence.regions:
        yield "other-region-named", 1.0
    if region in evidence.regions_of_dateline:
        yield "region-of-dateline", 1.0


def in_country(country: str, kind: Kind, evidence: Evidence) -> Iterator[Feature]:
    """How much the article speaks of the country that something lies in, or is."""
    total = sum(evidence.countries.values())
    count = evidence.countries.get(country, 0.0)
    own = "&itself" if kind is Kind.COUNTRY else ""
    if count:
        yield f"country-named{own}", 1.0
        yield f"country-share{own}", count / total
    elif total:
        yield "other-country-named", min(math.log1p(total), 3.0)
    if country == evidence.main_country:
        yield f"country-main{own}", 1.0
    if country in evidence.lead:
        yield f"country-in-lead{own}", 1.0
    elif evidence.lead:
        yield f"other-country-in-lead{own}", 1.0
    if country in evidence.countries_of_dateline:
        yield f"country-of-dateline{own}", 1.0


def _at_home(name: Name, entity: int, evidence: Evidence, gazetteer: Gazetteer) -> Iterator[Feature]:
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


def _near_home(entity: int, city: int, region: int | None, gazetteer: Gazetteer) -> Iterator[Feature]:
    if entity == city:
        yield "home-city", 1.0
    elif gazetteer.kind(entity) in (Kind.PLACE, Kind.SECOND):
        distance = kilometres(gazetteer.point(entity), gazetteer.point(city))
        yield f"home-within={next((limit for limit in (25, 60, 120, 250) if distance < limit), 'far')}", 1.0
        if gazetteer.region(entity) == region:
            yield "home-region", 1.0
    elif entity == region:
        yield "home-region-itself", 1.0


def kilometres(a: tuple[float, float], b: tuple[float, float]) -> float:
    """The distance of two points (latitude, longitude in degrees), good to a per cent at these distances."""
    mean = math.radians((a[0] + b[0]) / 2)
    dx = ((b[1] - a[1] + 180.0) % 360.0 - 180.0) * math.cos(mean)
    return 111.2 * math.hypot(b[0] - a[0], dx)
