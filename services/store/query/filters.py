"""The filters of lists and streams: parsed from query parameters, and applied to one incident. Pure."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any, Final, TypeVar

from schemas.taxonomy import EventType, Grade
from services.store.query.errors import BadParameter, FieldError
from services.store.query.moments import parse_day, parse_moment

SEARCH_CHARS_MAX: Final = 200
NUMBER_MAX: Final = 10**9

E = TypeVar("E", bound=StrEnum)


class Sort(StrEnum):
    """Orders of a list; a minus sign is descending."""

    UPDATED_DESC = "-updated"
    UPDATED = "updated"
    DATE_DESC = "-date"
    DATE = "date"
    FATALITIES_DESC = "-fatalities"
    ARTICLES_DESC = "-articles"

    @property
    def descending(self) -> bool:
        return self.value.startswith("-")

    @property
    def key(self) -> str:
        return self.value.lstrip("-")


@dataclass(frozen=True, slots=True)
class Box:
    """A bounding box in degrees; west > east crosses the date line."""

    west: float
    south: float
    east: float
    north: float

    def holds(self, longitude: float, latitude: float) -> bool:
        within = (
            self.west <= longitude <= self.east
            if self.west <= self.east
            else longitude >= self.west or longitude <= self.east
        )
        return within and self.south <= latitude <= self.north


@dataclass(frozen=True, slots=True)
class Filters:
    """Which incidents are asked for; None asks for any. Days are inclusive."""

    search: str | None = None
    event_type: EventType | None = None
    event_mode: str | None = None
    country: str | None = None
    box: Box | None = None
    first_day: date | None = None
    last_day: date | None = None
    min_fatalities: int | None = None
    updated_since: datetime | None = None
    grade: Grade | None = None
    hidden: bool = False

    def admit(self, incident: Mapping[str, Any]) -> bool:
        """Whether a compact record (JSON) passes, for streams; `search` looks at the headline there."""
        return all(check(self, incident) for check in _CHECKS)


def parse_filters(given: Mapping[str, str]) -> Filters:
    """The filters that query parameters ask for. Raises BadParameter naming every wrong one."""
    values: dict[str, Any] = {}
    errors: list[FieldError] = []
    for name, (field, parse) in _PARSERS.items():
        if name not in given:
            continue
        try:
            values[field] = parse(given[name], name)
        except BadParameter as error:
            errors.extend(error.errors)
    if errors:
        raise BadParameter(*errors)
    return Filters(**values)


def parse_sort(text: str | None) -> Sort:
    """The order asked for; the latest update first by default. Raises BadParameter."""
    if text is None:
        return Sort.UPDATED_DESC
    return _one_of(Sort, text, "sort")


def parse_int(text: str, name: str, *, low: int = 0, high: int = NUMBER_MAX) -> int:
    """A whole number within bounds. Raises BadParameter."""
    if text.isascii() and text.isdigit() and len(text) < 20 and low <= int(text) <= high:
        return int(text)
    raise BadParameter(FieldError(name, f"a whole number from {low} to {high} is expected"))


def parse_flag(text: str, name: str) -> bool:
    """True or false, 1 or 0. Raises BadParameter."""
    known = {"true": True, "1": True, "false": False, "0": False}
    if text.lower() not in known:
        raise BadParameter(FieldError(name, "true or false is expected"))
    return known[text.lower()]


def _one_of(kind: type[E], text: str, name: str) -> E:
    try:
        return kind(text)
    except ValueError as error:
        raise BadParameter(FieldError(name, "one of " + ", ".join(kind) + " is expected")) from error


def _search(text: str, name: str) -> str:
    words = " ".join(text.replace("\x00", " ").split())
    if not words or len(words) > SEARCH_CHARS_MAX:
        raise BadParameter(FieldError(name, f"1 to {SEARCH_CHARS_MAX} characters are expected"))
    return words


def _mode(text: str, name: str) -> str:
    if not text or len(text) > 40 or not text.replace("-", "").isalnum():
        raise BadParameter(FieldError(name, "a mode such as aerial is expected"))
    return text.lower()


def _country(text: str, name: str) -> str:
    if len(text) != 2 or not text.isascii() or not text.isalpha():
        raise BadParameter(FieldError(name, "an ISO 3166-1 alpha-2 code such as SY is expected"))
    return text.upper()


def _box(text: str, name: str) -> Box:
    try:
        west, south, east, north = (float(part) for part in text.split(","))
    except ValueError as error:
        raise BadParameter(FieldError(name, "west,south,east,north in degrees is expected")) from error
    fits = abs(west) <= 180 and abs(east) <= 180 and -90 <= south <= north <= 90
    if not fits:
        raise BadParameter(FieldError(name, "degrees out of range, or south above north"))
    return Box(west, south, east, north)


_PARSERS: Final[dict[str, tuple[str, Callable[[str, str], Any]]]] = {
    "q": ("search", _search),
    "type": ("event_type", lambda text, name: _one_of(EventType, text.upper(), name)),
    "mode": ("event_mode", _mode),
    "country": ("country", _country),
    "bbox": ("box", _box),
    "from": ("first_day", parse_day),
    "to": ("last_day", parse_day),
    "min_fatalities": ("min_fatalities", parse_int),
    "updated_since": ("updated_since", lambda text, name: parse_moment(text, name, end_of_day=False)),
    "grade": ("grade", lambda text, name: _one_of(Grade, text.lower(), name)),
    "hidden": ("hidden", parse_flag),
}
FILTER_PARAMETERS: Final = tuple(_PARSERS)


def _place(incident: Mapping[str, Any]) -> Mapping[str, Any]:
    return incident.get("place") or {}


def _within_box(filters: Filters, incident: Mapping[str, Any]) -> bool:
    if filters.box is None:
        return True
    place = _place(incident)
    return place.get("longitude") is not None and filters.box.holds(place["longitude"], place["latitude"])


def _within_days(filters: Filters, incident: Mapping[str, Any]) -> bool:
    if filters.first_day is None and filters.last_day is None:
        return True
    days = incident.get("date")
    if not days:
        return False
    after = filters.first_day is None or days["end"] >= filters.first_day.isoformat()
    return after and (filters.last_day is None or days["start"] <= filters.last_day.isoformat())


def _deadly(filters: Filters, incident: Mapping[str, Any]) -> bool:
    best = (incident.get("fatalities") or {}).get("best")
    return filters.min_fatalities is None or (best is not None and best >= filters.min_fatalities)


def _mentions(filters: Filters, incident: Mapping[str, Any]) -> bool:
    if filters.search is None:
        return True
    headline = str(incident.get("headline", "")).casefold()
    return all(word in headline for word in filters.search.casefold().split())


_CHECKS: Final[tuple[Callable[[Filters, Mapping[str, Any]], bool], ...]] = (
    lambda filters, one: filters.hidden or not one.get("hidden"),
    lambda filters, one: filters.event_type is None or one.get("event_type") == filters.event_type,
    lambda filters, one: filters.event_mode is None or one.get("event_mode") == filters.event_mode,
    lambda filters, one: filters.country is None or _place(one).get("country") == filters.country,
    lambda filters, one: filters.grade is None or one.get("grade") == filters.grade,
    _within_box,
    _within_days,
    _deadly,
    _mentions,
)
