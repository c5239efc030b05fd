"""From what a date expression says to the days it means, against an anchor day.

Pure: standard library and `schemas` only. Nothing is guessed: where the anchor is needed and
missing, or the parts name no real day, the answer is None.
"""

from calendar import monthrange
from datetime import date, timedelta

from schemas.extraction import DateRange

FUTURE_DAYS = 60
"""A day and month without year lie at most this far (days) ahead of the anchor, else a year back."""

YEAR_MIN, YEAR_MAX = 1900, 2099


def exact(day: date) -> DateRange:
    """One day, precision 1."""
    return DateRange(start=day, end=day, precision=1)


def day_of(year: int, month: int, day: int) -> date | None:
    """The day, or None where the calendar has none."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def full_year(text: str) -> int | None:
    """A year of four digits, or of two (00-68 are of this century, as POSIX has it)."""
    if not text.isdigit():
        return None
    number = int(text)
    if len(text) == 2:
        return number + (2000 if number <= 68 else 1900)
    return number if len(text) == 4 and YEAR_MIN <= number <= YEAR_MAX else None


def weekday_before(anchor: date, weekday: int, *, strictly: bool = False) -> date:
    """The most recent such weekday on or before the anchor (before it, if `strictly`)."""
    back = (anchor.weekday() - weekday) % 7
    return anchor - timedelta(days=7 if strictly and back == 0 else back)


def weekday_after(anchor: date, weekday: int) -> date:
    """The first such weekday after the anchor."""
    return anchor + timedelta(days=(weekday - anchor.weekday() - 1) % 7 + 1)


def month_day(anchor: date, month: int, day: int, weekday: int | None) -> date | None:
    """The day of a month without year: the last one not far ahead, agreeing with a weekday if one is said."""
    options = [day_of(anchor.year + shift, month, day) for shift in (1, 0, -1, -2, -3)]
    past = [o for o in options if o is not None and o <= anchor + timedelta(days=FUTURE_DAYS)]
    if not past:
        return None
    if weekday is not None:
        past = [o for o in past if o.weekday() == weekday] or past
    ahead = past[0] - anchor
    return past[1] if ahead > timedelta(days=FUTURE_DAYS) and len(past) > 1 else past[0]


def bare_day(anchor: date, day: int) -> date | None:
    """Reads "the 27th": the last such day of a month on or before the anchor."""
    months = ((anchor.year, anchor.month), previous_month(anchor.year, anchor.month))
    found = (day_of(year, month, day) for year, month in months)
    return next((o for o in found if o is not None and o <= anchor), None)


def previous_month(year: int, month: int) -> tuple[int, int]:
    """Year and month of the month before."""
    return (year - 1, 12) if month == 1 else (year, month - 1)


def whole_month(year: int, month: int, part: str | None = None) -> DateRange:
    """A month, or its early, middle or late third ("mid-March"); precision 4 either way."""
    last = monthrange(year, month)[1]
    first_day, last_day = {"early": (1, 10), "mid": (11, 20), "late": (21, last)}.get(part or "", (1, last))
    return DateRange(start=date(year, month, first_day), end=date(year, month, last_day), precision=4)


def whole_year(year: int) -> DateRange:
    """A year, precision 5."""
    return DateRange(start=date(year, 1, 1), end=date(year, 12, 31), precision=5)


def month_without_year(anchor: date, month: int, *, strictly: bool = False) -> tuple[int, int]:
    """Year and month of the last such month that has begun by the anchor ("last March": has ended)."""
    current = month > anchor.month or (strictly and month == anchor.month)
    return (anchor.year - 1 if current else anchor.year), month


def week_of(anchor: date, shift: int) -> DateRange:
    """The week (Monday to Sunday) `shift` weeks from the anchor's; the anchor's own ends with it."""
    monday = anchor - timedelta(days=anchor.weekday()) + timedelta(weeks=shift)
    end = anchor if shift == 0 else monday + timedelta(days=6)
    precision = 1 if monday == end else 2 if (end - monday).days < 6 else 3
    return DateRange(start=monday, end=end, precision=precision)


def weekend_of(anchor: date, *, strictly: bool = False) -> DateRange:
    """The last Saturday and Sunday that have begun by the anchor (have ended, if `strictly`)."""
    saturday = weekday_before(anchor, 5)
    if strictly and (anchor - saturday).days < 2:
        saturday -= timedelta(days=7)
    return DateRange(start=saturday, end=saturday + timedelta(days=1), precision=2)


def unit_back(anchor: date, count: int, unit: str) -> DateRange | None:
    """Reads "N units ago": a day for days and hours, a window as coarse as the unit for the rest."""
    if unit == "day":
        return exact(anchor - timedelta(days=count)) if count <= 31 else around(anchor, count, 3)
    if unit == "hour":
        return exact(anchor - timedelta(days=count // 24)) if count <= 72 else None
    if unit == "week":
        return around(anchor, 7 * count, 1 if count == 1 else 3)
    if unit == "month":
        total = anchor.year * 12 + anchor.month - 1 - count
        return whole_month(total // 12, total % 12 + 1) if total >= YEAR_MIN * 12 else None
    if unit == "year":
        return whole_year(anchor.year - count) if anchor.year - count >= YEAR_MIN else None
    return None


def around(anchor: date, days: int, margin: int) -> DateRange:
    """A window of `margin` days on both sides of the day so many days back."""
    middle = anchor - timedelta(days=days)
    start, end = middle - timedelta(days=margin), middle + timedelta(days=margin)
    return DateRange(start=start, end=end, precision=2 if margin <= 2 else 3)


def numeric(anchor: date | None, first: int, second: int, year: int | None) -> date | None:
    """Reads "4/5/2016" or "4/5": month first or day first, whichever is a day on or before the anchor.

    Where both are, the nearer to the anchor wins, on a tie the month-first reading. Without a year
    an anchor is needed; without an anchor only unambiguous figures are read.
    """
    if year is None and anchor is None:
        return None
    options = []
    for month, day in ((first, second), (second, first)):
        if year is None and anchor is not None:
            found = month_day(anchor, month, day, None) if 1 <= month <= 12 else None
        else:
            found = day_of(year or 0, month, day)
        if found is not None:
            options.append(found)
    if anchor is None:
        return options[0] if len(set(options)) == 1 else None
    past = [option for option in options if option <= anchor] or options
    return min(past, key=lambda option: abs((anchor - option).days), default=None)
