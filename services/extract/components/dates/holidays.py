"""Named days by rule: fixed ones, those of an nth weekday, and those that hang on Easter.

Pure, standard library only. The rules are those of the civil calendars of the United States and of
the Western churches.
"""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Final


def nth_weekday(year: int, month: int, weekday: int, nth: int) -> date:
    """The nth such weekday of a month, counted from 1; from the end where nth is negative."""
    if nth > 0:
        first = date(year, month, 1)
        return first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * (nth - 1))
    last = date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)
    return last - timedelta(days=(last.weekday() - weekday) % 7)


def easter(year: int) -> date:
    """Western Easter Sunday by the anonymous Gregorian computus (Meeus, Astronomical Algorithms, ch. 8)."""
    golden = year % 19
    century, rest = divmod(year, 100)
    leaps, skipped = divmod(century, 4)
    correction = (century - (century + 8) // 25 + 1) // 3
    moon = (19 * golden + century - leaps - correction + 15) % 30
    quarters, ordinary = divmod(rest, 4)
    weekday = (32 + 2 * skipped + 2 * quarters - moon - ordinary) % 7
    shift = (golden + 11 * moon + 22 * weekday) // 451
    month, day = divmod(moon + weekday - 7 * shift + 114, 31)
    return date(year, month, day + 1)


_RULES: Final[dict[str, Callable[[int], date]]] = {
    "thanksgiving": lambda year: nth_weekday(year, 11, 3, 4),
    "black-friday": lambda year: nth_weekday(year, 11, 3, 4) + timedelta(days=1),
    "memorial": lambda year: nth_weekday(year, 5, 0, -1),
    "labor": lambda year: nth_weekday(year, 9, 0, 1),
    "king": lambda year: nth_weekday(year, 1, 0, 3),
    "mothers": lambda year: nth_weekday(year, 5, 6, 2),
    "fathers": lambda year: nth_weekday(year, 6, 6, 3),
    "easter": easter,
    "easter-monday": lambda year: easter(year) + timedelta(days=1),
    "good-friday": lambda year: easter(year) - timedelta(days=2),
    "palm-sunday": lambda year: easter(year) - timedelta(days=7),
}


def holiday_in(year: int, rule: str) -> date:
    """The day of a named or fixed (`month-day`) holiday in a year."""
    if rule in _RULES:
        return _RULES[rule](year)
    month, day = rule.split("-")
    return date(year, int(month), int(day))


def last_holiday(anchor: date, rule: str) -> date:
    """The last such holiday on or before the anchor."""
    this_year = holiday_in(anchor.year, rule)
    return this_year if this_year <= anchor else holiday_in(anchor.year - 1, rule)
