"""Dead letters: entries that no delivery could handle, with the reason, kept until someone acts.

They lie in `<stream>.dead`, readable without our code. Lives here: how one is written, listed and put
back. May import: the standard library, redis, `schemas`, the plumbing.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from redis import exceptions as redis_errors

from services.broker import Client, Script, as_wirefold_error
from services.delivery import Entry, Failed, Output
from services.envelopes import MESSAGE_FIELDS
from services.errors import Refused
from services.streams import Streams

_REQUEUE: Final = Script("requeue")


@dataclass(frozen=True, slots=True)
class DeadLetter:
    """One dead letter. `entry` is its id in the stream it came from, `id` its own."""

    id: str
    stream: str
    group: str
    entry: str
    message_id: str
    message_type: str
    reason: str
    error: str
    detail: str
    deliveries: int
    died_at: str


class NoSuchDeadLetter(Refused):
    """Raised when a dead letter is not there (any more)."""


def dead_letter(
    entry: Entry, failure: Failed, *, to: str, group: str, died_at: datetime, detail_bytes_max: int
) -> Output:
    """The dead letter of an entry: its message, where it came from, and why it died."""
    message = {name: entry.fields.get(name.encode(), b"") for name in MESSAGE_FIELDS}
    return Output(
        to,
        {
            **message,
            "stream": entry.stream,
            "group": group,
            "entry": entry.id,
            "reason": failure.reason,
            "error": _shortened(failure.error, detail_bytes_max),
            "detail": _shortened(failure.detail, detail_bytes_max),
            "deliveries": str(entry.deliveries),
            "died_at": died_at.isoformat(),
        },
    )


async def list_dead_letters(
    client: Client, streams: Streams, stream: str, *, after: str = "-", limit: int = 100
) -> list[DeadLetter]:
    """Dead letters of a stream, oldest first; `after` is the id of the last one seen."""
    start = after if after == "-" else f"({after}"
    try:
        rows: Any = await client.xrange(streams.dead(stream), min=start, max="+", count=limit)
    except (redis_errors.RedisError, OSError) as error:
        raise as_wirefold_error(error) from error
    return [_read(_text(entry_id), fields) for entry_id, fields in rows or ()]


async def count_dead_letters(client: Client, streams: Streams, stream: str) -> int:
    """How many dead letters a stream has."""
    try:
        return int(await client.xlen(streams.dead(stream)))
    except (redis_errors.RedisError, OSError) as error:
        raise as_wirefold_error(error) from error


async def requeue(client: Client, streams: Streams, stream: str, dead_letter_id: str) -> str:
    """Put a dead letter back at the end of its stream, once; the id of the new entry.

    Every group of the stream reads it again; those that had handled it change nothing, since what they
    write has the same ids. Raises NoSuchDeadLetter where it is gone.
    """
    keys = [streams.dead(stream), stream]
    new_id = await _REQUEUE(client, keys, [dead_letter_id, *MESSAGE_FIELDS])
    if not new_id:
        raise NoSuchDeadLetter(f"{streams.dead(stream)} has no entry {dead_letter_id}")
    return _text(new_id)


def dead_letter_streams(streams: Streams) -> tuple[str, ...]:
    """The streams that can have dead letters."""
    return tuple(streams.groups())


def _read(entry_id: str, fields: Mapping[bytes, bytes]) -> DeadLetter:
    def value(name: str) -> str:
        return fields.get(name.encode(), b"").decode("utf-8", "replace")

    return DeadLetter(
        id=entry_id,
        stream=value("stream"),
        group=value("group"),
        entry=value("entry"),
        message_id=value("id"),
        message_type=value("type"),
        reason=value("reason"),
        error=value("error"),
        detail=value("detail"),
        deliveries=int(value("deliveries") or 0),
        died_at=value("died_at"),
    )


def _shortened(text: str, bytes_max: int) -> bytes:
    """The end of a text: the last lines of a traceback tell the most."""
    return text.encode("utf-8", "backslashreplace")[-bytes_max:]


def _text(value: bytes | str) -> str:
    return value.decode() if isinstance(value, bytes) else value
