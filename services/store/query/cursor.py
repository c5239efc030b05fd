"""Cursors: `<log_id>:<position>`, for pages followed by `~` and where the page ended. Pure."""

import base64
import binascii
import json
from dataclasses import dataclass
from typing import Any

from services.store.query.errors import BadParameter, FieldError, ForeignCursor

POSITION_MAX = 2**63 - 1


@dataclass(frozen=True, slots=True)
class Cursor:
    """A point in one log; `key` is the (sort value, incident id) of the last item of a page."""

    log_id: str
    position: int
    key: tuple[Any, str] | None = None

    def __str__(self) -> str:
        plain = f"{self.log_id}:{self.position}"
        return plain if self.key is None else f"{plain}~{_pack(self.key)}"


def parse_cursor(text: str, log_id: str, parameter: str = "after") -> Cursor:
    """The cursor that a client sent.

    A bare position counts as one of this log. Raises BadParameter for what is no cursor and
    ForeignCursor for one of another log.
    """
    head, _, tail = text.partition("~")
    name, _, digits = head.rpartition(":")
    if not digits.isascii() or not digits.isdigit() or int(digits) > POSITION_MAX:
        raise BadParameter(FieldError(parameter, "not a cursor: <log id>:<position> is expected"))
    if name and name != log_id:
        raise ForeignCursor(
            "this cursor belongs to another log (the store was restored or replaced); start without it"
        )
    return Cursor(log_id, int(digits), _unpack(tail, parameter) if tail else None)


def _pack(key: tuple[Any, str]) -> str:
    return base64.urlsafe_b64encode(json.dumps(key).encode()).decode().rstrip("=")


def _unpack(text: str, parameter: str) -> tuple[Any, str]:
    try:
        value = json.loads(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)))
    except (ValueError, binascii.Error, RecursionError) as error:
        raise BadParameter(FieldError(parameter, "not a cursor of this API")) from error
    if not isinstance(value, list) or len(value) != 2 or not isinstance(value[1], str):
        raise BadParameter(FieldError(parameter, "not a cursor of this API"))
    if not isinstance(value[0], str | int | float | None):
        raise BadParameter(FieldError(parameter, "not a cursor of this API"))
    return value[0], value[1]
