"""What one request asks for beside filters: page, times, policy. Pure: dict of strings in, values out."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from services.store.figures import POLICIES
from services.store.query.cursor import POSITION_MAX, parse_cursor
from services.store.query.errors import BadParameter, FieldError
from services.store.query.filters import parse_int
from services.store.query.moments import parse_moment

PAGE_DEFAULT: Final = 50


@dataclass(frozen=True, slots=True)
class AsKnown:
    """The two time axes of a read, and the figure policy if another is asked for.

    `published_by`: only reports published by then. `position` or `recorded_by`: as this store had it.
    """

    published_by: datetime | None = None
    position: int | None = None
    recorded_by: datetime | None = None
    figure_policy: str | None = None

    @property
    def live(self) -> bool:
        """Whether the read model itself answers."""
        return self == AsKnown()


def parse_as_known(given: Mapping[str, str], log_id: str) -> AsKnown:
    """The times and policy that query parameters ask for. Raises BadParameter, ForeignCursor."""
    position, recorded_by = _as_recorded(given.get("as_recorded"), log_id)
    return AsKnown(
        published_by=parse_moment(given["as_of"], "as_of") if "as_of" in given else None,
        position=position,
        recorded_by=recorded_by,
        figure_policy=_policy(given.get("figure_policy")),
    )


def _as_recorded(text: str | None, log_id: str) -> tuple[int | None, datetime | None]:
    """A position, `<log_id>:<position>`, or a moment."""
    if text is None:
        return None, None
    if text.isascii() and text.isdigit():
        return parse_int(text, "as_recorded", high=POSITION_MAX), None
    if "T" not in text and ":" in text:
        return parse_cursor(text, log_id, "as_recorded").position, None
    return None, parse_moment(text, "as_recorded")


def _policy(text: str | None) -> str | None:
    if text is not None and text not in POLICIES:
        raise BadParameter(FieldError("figure_policy", "one of " + ", ".join(POLICIES) + " is expected"))
    return text


def parse_limit(given: Mapping[str, str], page_items_max: int) -> int:
    """Items of a page; 50 by default. Raises BadParameter."""
    if "limit" not in given:
        return min(PAGE_DEFAULT, page_items_max)
    return parse_int(given["limit"], "limit", low=1, high=page_items_max)


def refuse_unknown(given: Iterable[str], known: Iterable[str]) -> None:
    """Raises BadParameter naming every parameter that this path does not take."""
    allowed = frozenset(known)
    wrong = [name for name in given if name not in allowed]
    if wrong:
        hint = "no such parameter here; known: " + (", ".join(sorted(allowed)) or "none")
        raise BadParameter(*(FieldError(name, hint) for name in wrong))
