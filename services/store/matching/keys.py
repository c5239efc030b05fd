"""Blocking keys: where a report is filed in the index, and where its likely companions are looked up.

Each key is one integer: its kind in the top bits, then a place cell, day, name or word. A report is
filed under few keys and looks under some more (neighbouring days and cells). Votes are worth what such a
meeting says; a candidate needs `VOTE_LEAST` together. Pure; imported by the index only.
"""

import math
from collections.abc import Iterator
from enum import IntEnum
from itertools import islice
from typing import Final, NamedTuple
from zlib import crc32

from services.store.matching.profile import DateRow, PlaceRow, Profile, Vector

VOTE_LEAST: Final = 1.0
"""One place on one day, one rare name, one street with its block, or two heavy words."""

_CELLS_PER_DEGREE: Final = 2
"""Cells of half a degree: about 55 km by 30 to 55 km."""
_NEIGHBOUR: Final = 0.25
"""Degrees to the corners that are looked up: places nearer than that always meet."""
_P_FILED: Final = 0.1
"""Less likely dates and places are no keys."""
_ROWS_FILED: Final = 3
_DAYS_FILED: Final = 7
"""A date of more days is filed by month only."""
_COARSE_PLACE: Final = 4
"""UCDP precision from which a place is a region."""
_PERIOD_DAYS: Final = 14
"""Heavy words meet within a period and its neighbours."""
_WORDS_FILED: Final = 10
_MINIMA_FILED: Final = 4
"""Two texts of overlap 0.6 share one of the four smallest minima with probability 0.97."""


class Kind(IntEnum):
    """What a key says; the number is part of the key."""

    PLACE_DAY = 1
    REGION_MONTH_FINE = 2
    REGION_MONTH_COARSE = 3
    NAME = 4
    STREET = 5
    STREET_BLOCK = 6
    WORD = 7
    SHINGLE = 8


class KindRule(NamedTuple):
    """A meeting's worth in votes, how fast that fades with company, how many incidents end it.

    Under a key with n incidents a meeting is worth votes / (1 + fading · (n - 1)).
    """

    votes: float
    fading: float
    cap: int

    def worth(self, incidents: int) -> float:
        return self.votes / (1.0 + self.fading * (incidents - 1))


RULES: Final[dict[Kind, KindRule]] = {
    Kind.PLACE_DAY: KindRule(1.0, 0.0, 96),
    Kind.REGION_MONTH_FINE: KindRule(0.6, 0.0, 64),
    Kind.REGION_MONTH_COARSE: KindRule(0.6, 0.0, 64),
    Kind.NAME: KindRule(2.0, 0.15, 24),
    Kind.STREET: KindRule(0.6, 0.05, 32),
    Kind.STREET_BLOCK: KindRule(1.0, 0.0, 24),
    Kind.WORD: KindRule(0.6, 0.03, 48),
    Kind.SHINGLE: KindRule(1.5, 0.3, 16),
}
_BITS: Final = 60
_DAY_BITS: Final = 20
_UNDATED: Final = 0


def kind_of(key: int) -> Kind:
    """The kind that a key carries."""
    return Kind(key >> _BITS)


def filed_keys(profile: Profile) -> Iterator[int]:
    """The keys under which a report is filed, doubles possible."""
    for row in _filed_places(profile):
        cell = _cell(*_point(row))
        yield from (_place_day(cell, day) for day in _filed_days(profile, 0))
    kind = Kind.REGION_MONTH_COARSE if _is_coarse(profile) else Kind.REGION_MONTH_FINE
    yield from _region_months(profile, kind)
    yield from _text_keys(profile, (_period(profile),))


def looked_up_keys(profile: Profile) -> Iterator[int]:
    """The keys under which a report's companions are looked up, doubles possible."""
    days = _filed_days(profile, 1)
    for row in _filed_places(profile):
        yield from (_place_day(cell, day) for cell in _cells_around(*_point(row)) for day in days)
    yield from _region_months(profile, Kind.REGION_MONTH_COARSE)
    if _is_coarse(profile):
        yield from _region_months(profile, Kind.REGION_MONTH_FINE)
    period = _period(profile)
    near = (period - 1, period, period + 1) if period != _UNDATED else (_UNDATED,)
    yield from _text_keys(profile, near)


def cell_day(profile: Profile) -> int | None:
    """The key of the best place on the best day: how busy it is tells how little a meeting there says."""
    rows = _filed_places(profile)
    if not rows or not profile.dates:
        return None
    return _place_day(_cell(*_point(rows[0])), profile.dates[0][0])


def name_key(name: int) -> int:
    """The key of a person's name."""
    return Kind.NAME << _BITS | name


def _text_keys(profile: Profile, periods: tuple[int, ...]) -> Iterator[int]:
    yield from (name_key(name) for name in profile.names)
    for street in profile.streets:
        yield Kind.STREET << _BITS | street
        yield from (Kind.STREET_BLOCK << _BITS | _mix(street, block) for block in profile.blocks)
    for word in _heavy_words(profile):
        yield from (Kind.WORD << _BITS | _mix(word, period) for period in periods)
    yield from (Kind.SHINGLE << _BITS | minimum for minimum in profile.minhash[:_MINIMA_FILED])


def _heavy_words(profile: Profile) -> dict[int, None]:
    """The heaviest capitalised words and the heaviest of all words, each once."""
    return dict.fromkeys((*_first(profile.capitals), *_first(profile.terms)))


def _first(vector: Vector) -> Iterator[int]:
    return islice(vector, _WORDS_FILED)


def _mix(a: int, b: int) -> int:
    return crc32(a.to_bytes(8, "little") + b.to_bytes(8, "little", signed=True))


def _filed_places(profile: Profile) -> list[PlaceRow]:
    return [row for row in profile.places[:_ROWS_FILED] if row[6] >= _P_FILED and _is_point(row)]


def _is_point(row: PlaceRow) -> bool:
    return row[3] is not None and row[5] < _COARSE_PLACE


def _point(row: PlaceRow) -> tuple[float, float]:
    return (row[3] or 0.0, row[4] or 0.0)


def _cell(latitude: float, longitude: float) -> int:
    row = math.floor((latitude + 90) * _CELLS_PER_DEGREE)
    column = math.floor((longitude % 360) * _CELLS_PER_DEGREE)
    return row << 10 | column


def _cells_around(latitude: float, longitude: float) -> set[int]:
    shifts = (-_NEIGHBOUR, _NEIGHBOUR)
    return {_cell(latitude + north, longitude + east) for north in shifts for east in shifts}


def _place_day(cell: int, day: int) -> int:
    return Kind.PLACE_DAY << _BITS | cell << _DAY_BITS | day


def _filed_days(profile: Profile, reach: int) -> set[int]:
    rows = [row for row in profile.dates[:_ROWS_FILED] if row[2] >= _P_FILED and _is_short(row)]
    return {day for start, end, _ in rows for day in range(start - reach, end + reach + 1)}


def _is_short(row: DateRow) -> bool:
    return row[1] - row[0] < _DAYS_FILED


def _is_coarse(profile: Profile) -> bool:
    return not (
        profile.places and profile.dates and _is_point(profile.places[0]) and _is_short(profile.dates[0])
    )


def _region_months(profile: Profile, kind: Kind) -> Iterator[int]:
    """Region and month of the best place and date; nothing where either is unknown."""
    if not profile.places or not profile.dates:
        return
    _, region, country, *_ = profile.places[0]
    start, end, _ = profile.dates[0]
    for month in sorted({start // 30, end // 30}):
        yield kind << _BITS | _mix(region or country, month)


def _period(profile: Profile) -> int:
    day = profile.published or (profile.dates[0][0] if profile.dates else _UNDATED)
    return day // _PERIOD_DAYS
