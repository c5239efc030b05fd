"""When an article was published: a day or a moment, within what can be believed. Pure."""

import re
from datetime import UTC, date, datetime, time, timedelta
from typing import Final, Literal

from services.errors import Refused

DAY: Final = re.compile(r"\d{4}-\d{2}-\d{2}")

Precision = Literal["day", "time"]


class UnreadableMoment(Refused):
    """Raised for a value that is no day and no moment; the message says what would be."""


def read_published_at(value: str) -> tuple[datetime, Precision]:
    """The moment in UTC and its precision: `2024-05-03` is a day (00:00), `2024-05-03T10:00:00Z` a time.

    A time without an offset counts as UTC (RFC 3339 demands one; many feeds leave it out). Raises
    UnreadableMoment.
    """
    text = value.strip()
    try:
        if DAY.fullmatch(text):
            return datetime.combine(date.fromisoformat(text), time(), UTC), "day"
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise UnreadableMoment(
            "neither a day (2024-05-03) nor a moment (2024-05-03T10:00:00Z) of ISO 8601"
        ) from None
    if "T" not in text and " " not in text and "t" not in text:
        raise UnreadableMoment("write the day as 2024-05-03")
    return _in_utc(moment), "time"


def _in_utc(moment: datetime) -> datetime:
    if moment.tzinfo is None:
        return moment.replace(tzinfo=UTC)
    try:
        return moment.astimezone(UTC)
    except OverflowError:
        raise UnreadableMoment("outside the years 1 to 9999 in UTC") from None


def doubt_about(
    published_at: datetime, received_at: datetime, *, year_min: int, ahead_max_h: int
) -> str | None:
    """Why a moment of publication can't be believed, or None.

    An article older than wire services on paper, or from the future, is a wrong clock or a wrong
    field: every relative date in it would be resolved wrongly, so it is better left out.
    """
    if published_at.year < year_min:
        return f"before {year_min}; leave it out if it is not known"
    if published_at > received_at + timedelta(hours=ahead_max_h):
        return f"more than {ahead_max_h} hours ahead of now; leave it out if it is not known"
    return None
