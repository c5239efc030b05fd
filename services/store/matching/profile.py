"""A report boiled down to what pairs are compared by: numbers, hashes and small tables.

A profile is made once per report and kept by the index; words and names become 32-bit hashes, so
that it packs into about a kilobyte. Pure; imported by the other modules of matching only.
"""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final
from zlib import crc32

from schemas.extraction import CountOption, DateRange, ExtractedEvent, Figure, Place, Sketch
from schemas.taxonomy import EvidenceKind
from services.store.matching.model import ReportKey, ReportView

OPTIONS_MAX: Final = 5
"""Rows kept of each probability table."""
P_LEAST: Final = 0.03
"""Rows below are noise."""
_DAYS_MAX: Final = 40
"""A date of more days, such as a year, is kept out: it agrees with everything."""
_SURE: Final = 0.9
"""The probability of a value that comes without a table."""
_ASSUMED: Final = 0.3
"""The probability of a fallback value, such as the day of publication."""

DateRow = tuple[int, int, float]
"""First and last day as ordinals, probability."""
PlaceRow = tuple[int, int, int, float | None, float | None, int, float]
"""Hashes of name, region and country (0: unknown), latitude, longitude, UCDP precision, probability."""
CountRow = tuple[int, float]
"""A count (-1: nothing said), probability."""
Vector = dict[int, float]


@dataclass(frozen=True, slots=True, eq=False)
class Profile:
    """What is compared of one report; tables are best first, days are ordinals, 0 is "unknown"."""

    key: ReportKey
    primary: bool
    relation: str
    reported: int
    published: int
    dates: tuple[DateRow, ...]
    places: tuple[PlaceRow, ...]
    killed: tuple[CountRow, ...]
    injured: tuple[CountRow, ...]
    kind: str
    mode: str
    victims: frozenset[int]
    victim_ages: frozenset[int]
    names: frozenset[int]
    streets: frozenset[int]
    blocks: frozenset[int]
    clocks: frozenset[int]
    ages: frozenset[int]
    localities: frozenset[int]
    facility: int
    capitals: Vector
    terms: Vector
    numbers: frozenset[int]
    title: frozenset[int]
    minhash: tuple[int, ...]
    source: int
    agency: int
    words: int


_NO_SKETCH: Final = Sketch(version="none")


def profile_of(view: ReportView) -> Profile:
    """The profile of a report. A sketch speaks for its article's primary event; others go without."""
    event = view.event
    sketch = view.sketch if view.is_primary and view.sketch is not None else _NO_SKETCH
    victims = frozenset(hashes(_person(victim.name) for victim in event.victims))
    return Profile(
        key=view.key,
        primary=view.is_primary,
        relation=event.relation.value,
        reported=view.reported_at.toordinal(),
        published=view.published.toordinal() if view.published else 0,
        dates=date_rows(event),
        places=place_rows(event),
        killed=count_rows(event.alternatives.fatalities, event.fatalities),
        injured=count_rows(event.alternatives.injured, event.injured),
        kind=event.event_type.value if event.event_type else "",
        mode=event.event_mode or "",
        victims=victims,
        victim_ages=frozenset(victim.age for victim in event.victims if victim.age is not None),
        names=frozenset(hashes(sketch.names)) | victims,
        streets=frozenset(hashes(sketch.streets)),
        blocks=frozenset(hashes(sketch.blocks)),
        clocks=frozenset(hashes(sketch.clock_times)),
        ages=frozenset(sketch.ages),
        localities=_localities(event),
        facility=hash_of(event.place.facility if event.place else None),
        capitals={hash_of(word): weight for word, weight in sketch.capitals},
        terms={hash_of(word): weight for word, weight in sketch.terms},
        numbers=frozenset(hashes(sketch.numbers)),
        title=frozenset(hashes(sketch.title_terms)),
        minhash=sketch.minhash,
        source=hash_of(view.domain or view.source),
        agency=hash_of(sketch.agency),
        words=sketch.word_count,
    )


def _localities(event: ExtractedEvent) -> frozenset[int]:
    """The words of all places that the report may mean."""
    places = [option.value for option in event.alternatives.place]
    if event.place is not None:
        places.append(event.place)
    names = [name for place in places for name in (place.name, place.admin1) if name]
    return frozenset(hashes(word for name in names for word in (*name.split(), name)))


def hash_of(text: str | None) -> int:
    """A 32-bit hash of a text regardless of case and accents; 0 for none."""
    if not text:
        return 0
    if not text.isascii():
        text = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    return crc32(text.casefold().encode()) or 1


def hashes(texts: Iterable[str | None]) -> Iterable[int]:
    """The hashes of all texts that are there."""
    return (hash_of(text) for text in texts if text)


def _person(name: str | None) -> str | None:
    """A full name as sketches have it: given name and surname; None for a single word."""
    parts = (name or "").replace(".", " ").split()
    return f"{parts[0]} {parts[-1]}" if len(parts) > 1 else None


def date_rows(event: ExtractedEvent) -> tuple[DateRow, ...]:
    """The event's dates with probabilities, best first."""
    rows = [_date_row(option.value, option.p) for option in event.alternatives.date[:OPTIONS_MAX]]
    if not rows and event.date is not None:
        rows = [_date_row(event.date, _p_without_table(event, "date"))]
    return tuple(row for row in rows if row[2] >= P_LEAST and row[1] - row[0] < _DAYS_MAX)


def _date_row(value: DateRange, p: float) -> DateRow:
    return (_ordinal(value.start), _ordinal(value.end), p)


def _ordinal(day: date) -> int:
    return day.toordinal()


def place_rows(event: ExtractedEvent) -> tuple[PlaceRow, ...]:
    """The event's places with probabilities, best first."""
    rows = [_place_row(option.value, option.p) for option in event.alternatives.place[:OPTIONS_MAX]]
    if not rows and event.place is not None:
        rows = [_place_row(event.place, _p_without_table(event, "place"))]
    return tuple(row for row in rows if row[6] >= P_LEAST)


def _place_row(place: Place, p: float) -> PlaceRow:
    names = (hash_of(place.name), hash_of(place.admin1), hash_of(place.country))
    return (*names, place.latitude, place.longitude, place.precision, p)


def _p_without_table(event: ExtractedEvent, field: str) -> float:
    assumed = any(e.field == field and e.kind is EvidenceKind.ASSUMED for e in event.evidence)
    return event.confidence.get(field, _ASSUMED if assumed else _SURE)


def count_rows(table: tuple[CountOption, ...], figure: Figure) -> tuple[CountRow, ...]:
    """The table of a count, or its best value where there is no table."""
    if table:
        rows = ((-1 if option.value is None else option.value, option.p) for option in table[:OPTIONS_MAX])
        return tuple(row for row in rows if row[1] >= P_LEAST)
    return ((figure.best, _SURE),) if figure.best is not None else ()
