"""What a source of the gazetteer yields: one row a place, region or country. Pure."""

from enum import IntEnum
from typing import NamedTuple


class Kind(IntEnum):
    """What a row is; the numbers are stored in the index."""

    PLACE = 0
    SECOND = 1
    FIRST = 2
    REGION = 3
    COUNTRY = 4
    SEA = 5


class Row(NamedTuple):
    """A place with its names. Degrees are WGS 84; `admin1` is GeoNames' code; 0 people is unknown.

    `own` are the names it goes by in English or at home, `other` those that only a few sources use.
    `derived` marks a point computed from member places.
    """

    kind: Kind
    name: str
    country: str
    admin1: str
    latitude: float
    longitude: float
    population: int
    geonames_id: int
    own: tuple[str, ...] = ()
    other: tuple[str, ...] = ()
    derived: bool = False
    capital: bool = False
