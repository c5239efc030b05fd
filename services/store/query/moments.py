"""Times as query parameters: a moment, or a bare date that means its end. UTC. Pure."""

from datetime import UTC, date, datetime, time

from services.store.query.errors import BadParameter, FieldError


def parse_moment(text: str, parameter: str, *, end_of_day: bool = True) -> datetime:
    """The moment that a parameter names; without an offset it is UTC.

    A bare date is its last microsecond, or its first with `end_of_day=False`. Raises BadParameter.
    """
    try:
        if "T" not in text and " " not in text:
            edge = time.max if end_of_day else time.min
            return datetime.combine(date.fromisoformat(text), edge, UTC)
        moment = datetime.fromisoformat(text.replace(" ", "+") if "T" in text else text)
        return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError) as error:
        raise BadParameter(
            FieldError(parameter, "an ISO 8601 date or date-time is expected, such as 2020-03-01")
        ) from error


def parse_day(text: str, parameter: str) -> date:
    """The day that a parameter names. Raises BadParameter."""
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise BadParameter(FieldError(parameter, "a date is expected, such as 2020-03-01")) from error
