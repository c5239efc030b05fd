"""Reads a full GeoNames dump (the main table: 19 columns, tab-separated, UTF-8) as gazetteer rows.

I/O: reads the file given. Format: the readme at the top of GeoNames' export folder. Populated places,
their sections and, in a full dump, first-level divisions' better points are taken.
"""

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from services.errors import Refused
from services.extract.resources.gazetteer.rows import Kind, Row
from services.extract.resources.gazetteer.sources import place_row, region_rows

_COLUMNS: Final = 19
_GONE: Final = frozenset({"PPLH", "PPLQ", "PPLW", "PPLCH"})
"""Feature codes of places that are no more: historical, abandoned, destroyed."""


def dump_rows(path: Path) -> Iterator[Row]:
    """The populated places of a dump and the regions around them.

    Raises `Refused` when the file has another number of columns or no populated place.
    """
    places, points = [], {}
    for record in _records(path):
        if record[6] == "P" and record[7] not in _GONE:
            places.append(_place(record))
        elif record[7] == "ADM1":
            points[record[8], record[10]] = (float(record[4]), float(record[5]), int(record[0]))
    if not places:
        raise Refused(f"{path}: holds no populated place (feature class P)")
    yield from places
    for row in region_rows(places):
        yield _with_own_point(row, points)


def _records(path: Path) -> Iterator[list[str]]:
    with path.open(encoding="utf-8", newline="") as source:
        for record in csv.reader(source, delimiter="\t", quoting=csv.QUOTE_NONE):
            if len(record) != _COLUMNS:
                raise Refused(f"{path}: {len(record)} columns where a GeoNames dump has {_COLUMNS}")
            yield record


def _place(record: list[str]) -> Row:
    return place_row(
        name=record[1],
        country=record[8],
        admin1=record[10],
        point=(float(record[4]), float(record[5])),
        population=int(record[14] or 0),
        geonames_id=int(record[0]),
        alternates=[name for name in record[3].split(",") if name],
    )


def _with_own_point(row: Row, points: dict[tuple[str, str], tuple[float, float, int]]) -> Row:
    found = points.get((row.country, row.admin1)) if row.kind is Kind.FIRST else None
    if found is None:
        return row
    return row._replace(latitude=found[0], longitude=found[1], geonames_id=found[2], derived=False)
