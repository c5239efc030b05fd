"""What speaks for an entity as what a name means: its size, and how the article's evidence fits it. Pure."""

import math
from collections.abc import Iterator
from functools import cached_property
from typing import Final

from services.extract.components.places.evidence import Evidence, main_region, names_near
from services.extract.components.places.features import Feature
from services.extract.components.places.keeping import lies_in
from services.extract.components.places.values import Name
from services.extract.resources.gazetteer import Gazetteer, Kind

_PEOPLE_UNKNOWN: Final = 300
"""People taken for a place whose population is unknown: GeoNames counts few places of less than 500."""


def people(entity: int, gazetteer: Gazetteer) -> int:
    """Its population, or a small number where that is unknown."""
    return gazetteer.population(entity) or _PEOPLE_UNKNOWN


class Survey:
    """The features of entities in one article; what depends on country or region is worked out once each."""

    def __init__(self, evidence: Evidence, gazetteer: Gazetteer) -> None:
        self.evidence: Final = evidence
        self.gazetteer: Final = gazetteer
        self._countries: dict[tuple[str, bool], tuple[Feature, ...]] = {}
        self._regions: dict[int, tuple[Feature, ...]] = {}
        self._near: dict[tuple[int, int], float] = {}
        self._total_of_countries = sum(evidence.countries.values())
        self._total_of_regions = sum(evidence.regions.values())

    @cached_property
    def container(self) -> int | None:
        """What a place known by name only lies in, if nothing else is said."""
        states, country = self.evidence.states, self.evidence.main_country
        return main_region(self.evidence, self.gazetteer) or states.get(country or "")

    def features(self, name: Name, entity: int) -> list[Feature]:
        """The features of one entity that a name may mean, the same for all events of the article."""
        gazetteer = self.gazetteer
        kind = gazetteer.kind(entity)
        kind_feature, size_feature = _KIND_FEATURES[kind]
        found = [kind_feature, (size_feature, _size(entity, gazetteer))]
        if name.loose:
            found.append(("loose", 1.0))
        found += self.in_country(gazetteer.country(entity), itself=kind is Kind.COUNTRY)
        found += self._qualified(name, entity)
        found += self._at_home(name, entity, kind)
        if kind is Kind.PLACE:
            found += self._of_place(entity)
        elif kind is Kind.SECOND:
            found += self.in_region(gazetteer.region(entity))
            found.append(("near", self._names_near(gazetteer.cell(entity))))
        elif kind is Kind.FIRST:
            members = self.evidence.regions_of_names.get(entity, 0).bit_count()
            found.append(("members", math.log1p(members)))
        return found

    def _of_place(self, entity: int) -> list[Feature]:
        gazetteer, evidence = self.gazetteer, self.evidence
        region = gazetteer.region(entity)
        found = [("near", self._names_near(gazetteer.cell(entity))), *self.in_region(region)]
        if region is not None:
            members = evidence.regions_of_names.get(region, 0).bit_count()
            found.append(("region-members", math.log1p(max(members - 1, 0))))
        if evidence.counties:
            found.append((self._in_county(entity, region), 1.0))
        if gazetteer.is_capital(entity):
            found.append(("capital", 1.0))
        return found

    def _names_near(self, cell: tuple[int, int]) -> float:
        found = self._near.get(cell)
        if found is None:
            found = self._near[cell] = math.log1p(max(names_near(self.evidence, cell) - 1, 0))
        return found

    def _in_county(self, entity: int, region: int | None) -> str:
        """How near a place lies to the middle of the nearest second-level region named in its own region."""
        gazetteer = self.gazetteer
        point = gazetteer.point(entity)
        distances = [
            kilometres(point, gazetteer.point(county))
            for county in self.evidence.counties
            if gazetteer.region(county) == region
        ]
        return f"county-within={_step(min(distances), _COUNTY_KM)}" if distances else "county=elsewhere"

    def _qualified(self, name: Name, entity: int) -> list[Feature]:
        qualifiers = [mention.qualifier for mention in name.mentions if mention.qualifier is not None]
        if not qualifiers:
            return []
        within = sum(lies_in(entity, qualifier, self.gazetteer) for qualifier in qualifiers)
        if within:
            return [("qualified", 1.0), ("qualified-often", math.log1p(within))]
        return [("contradicted", 1.0)]

    def in_region(self, region: int | None) -> tuple[Feature, ...]:
        """How much the article speaks of the region that something lies in."""
        if region is None:
            return ()
        found = self._regions.get(region)
        if found is None:
            found = self._regions[region] = tuple(self._read_region(region))
        return found

    def _read_region(self, region: int) -> Iterator[Feature]:
        count = self.evidence.regions.get(region, 0.0)
        if count:
            yield "region-named", 1.0
            yield "region-count", math.log1p(count)
            yield "region-share", count / self._total_of_regions
        elif self._total_of_regions:
            yield "other-region-named", 1.0
        if region in self.evidence.regions_of_dateline:
            yield "region-of-dateline", 1.0

    def in_country(self, country: str, *, itself: bool = False) -> tuple[Feature, ...]:
        """How much the article speaks of the country that something lies in, or is."""
        found = self._countries.get((country, itself))
        if found is None:
            found = self._countries[country, itself] = tuple(self._read_country(country, itself=itself))
        return found

    def _read_country(self, country: str, *, itself: bool) -> Iterator[Feature]:
        evidence, total = self.evidence, self._total_of_countries
        count, own = evidence.countries.get(country, 0.0), "&itself" if itself else ""
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

    def _at_home(self, name: Name, entity: int, kind: Kind) -> list[Feature]:
        home = self.evidence.home
        if home is None:
            return [("home=unknown", 1.0)]
        found = []
        if home.letters and len(name.key) > 4 and name.key.replace(" ", "") in home.letters:
            found.append(("name-in-domain", 1.0))
        if home.country is not None:
            at_home = self.gazetteer.country(entity) == home.country
            found.append(("home-country" if at_home else "abroad", 1.0))
            if home.city is not None:
                found += self._near_home(entity, kind, home.city, home.region, at_home=at_home)
        return found

    def _near_home(
        self, entity: int, kind: Kind, city: int, region: int | None, *, at_home: bool
    ) -> list[Feature]:
        if entity == city:
            return [("home-city", 1.0)]
        if kind not in (Kind.PLACE, Kind.SECOND):
            return [("home-region-itself", 1.0)] if entity == region else []
        if not at_home:
            return [("home-within=far", 1.0)]
        gazetteer = self.gazetteer
        distance = kilometres(gazetteer.point(entity), gazetteer.point(city))
        within = (f"home-within={_step(distance, _HOME_KM)}", 1.0)
        return [within, ("home-region", 1.0)] if gazetteer.region(entity) == region else [within]


_KIND_FEATURES: Final = {kind: ((f"kind={kind.name}", 1.0), f"people&{kind.name}") for kind in Kind}
_COUNTY_KM: Final = (15, 30, 50, 80)
_HOME_KM: Final = (25, 60, 120, 250)


def _step(distance: float, limits: tuple[int, ...]) -> str:
    """The first limit that a distance is below, or "far"."""
    return next((str(limit) for limit in limits if distance < limit), "far")


def _size(entity: int, gazetteer: Gazetteer) -> float:
    """Orders of magnitude of people, a town of 10,000 being 0."""
    return math.log10(people(entity, gazetteer)) - 4.0


def kilometres(a: tuple[float, float], b: tuple[float, float]) -> float:
    """The distance of two points (latitude, longitude in degrees), good to a per cent at these distances."""
    mean = math.radians((a[0] + b[0]) / 2)
    dx = ((b[1] - a[1] + 180.0) % 360.0 - 180.0) * math.cos(mean)
    return 111.2 * math.hypot(b[0] - a[0], dx)
