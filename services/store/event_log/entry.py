"""An entry: an event as it lies in the log, and the chain of checksums over entries. Pure.

`FORMAT.md` is the description of what is written here; a change of either is a change of the format.
"""

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final

import orjson

from services.store.event_log.errors import LogDamaged
from services.store.event_log.timestamps import from_text, to_text
from services.store.ports import NewEvent, RecordedEvent

FORMAT_VERSION: Final = 1
GENESIS: Final = bytes(32)
"""The checksum before position 1."""

Upcast = Callable[[str, int, dict[str, Any]], tuple[int, dict[str, Any]]]
"""(type, schema_version, data) as stored → (schema_version, data) as this program reads it."""


def as_stored(_type: str, schema_version: int, data: dict[str, Any]) -> tuple[int, dict[str, Any]]:
    """The upcast that changes nothing."""
    return schema_version, data


@dataclass(frozen=True, slots=True)
class LogEntry:
    """One row of the log. Times are texts of `timestamps`, `data` is canonical JSON text."""

    position: int
    event_id: str
    stream: str
    version: int
    type: str
    schema_version: int
    occurred_at: str
    recorded_at: str
    correlation_id: str | None
    causation_id: str | None
    data: str
    checksum: bytes

    def as_event(self, upcast: Upcast = as_stored) -> RecordedEvent:
        """The event that this entry holds, in the newest schema version."""
        schema_version, data = upcast(self.type, self.schema_version, orjson.loads(self.data))
        return RecordedEvent(
            position=self.position,
            version=self.version,
            recorded_at=from_text(self.recorded_at),
            event_id=self.event_id,
            stream=self.stream,
            type=self.type,
            schema_version=schema_version,
            occurred_at=from_text(self.occurred_at),
            correlation_id=self.correlation_id,
            causation_id=self.causation_id,
            data=data,
        )


@dataclass(frozen=True, slots=True)
class Head:
    """The end of a log: its last position, checksum and time of recording (None: empty)."""

    position: int = 0
    checksum: bytes = GENESIS
    recorded_at: str | None = None

    @staticmethod
    def after(entry: LogEntry) -> "Head":
        """The head of a log that ends with this entry."""
        return Head(entry.position, entry.checksum, entry.recorded_at)


def canonical_json(data: Mapping[str, Any]) -> str:
    """JSON with sorted keys, no spaces, UTF-8: one text for one value."""
    return orjson.dumps(data, option=orjson.OPT_SORT_KEYS).decode()


def checksum(previous: bytes, entry: LogEntry) -> bytes:
    """SHA-256 over the previous checksum, the entry's fields as a JSON array, and its data."""
    fields = orjson.dumps(
        [
            entry.position,
            entry.event_id,
            entry.stream,
            entry.version,
            entry.type,
            entry.schema_version,
            entry.occurred_at,
            entry.recorded_at,
            entry.correlation_id,
            entry.causation_id,
        ]
    )
    return hashlib.sha256(b"\n".join((previous + fields, entry.data.encode()))).digest()


def check(previous: bytes, entry: LogEntry) -> None:
    """Raise LogDamaged unless the entry's checksum follows from the one before it."""
    if checksum(previous, entry) != entry.checksum:
        raise LogDamaged(entry.position, "the checksum does not follow from the entry")


def sequence(
    head: Head, events: Sequence[NewEvent], versions: Mapping[str, int], now: datetime
) -> list[LogEntry]:
    """Entries for events, at the positions after `head`, in the order given.

    `versions` maps each of their streams to its version so far. The time of recording never falls
    behind the head's, so that it rises with the position even when a clock is set back.
    """
    recorded_at = max(to_text(now), head.recorded_at or "")
    counts = dict(versions)
    entries: list[LogEntry] = []
    position, previous = head.position, head.checksum
    for event in events:
        position += 1
        counts[event.stream] = counts.get(event.stream, 0) + 1
        entry = _entry(event, position, counts[event.stream], recorded_at, previous)
        entries.append(entry)
        previous = entry.checksum
    return entries


def _entry(event: NewEvent, position: int, version: int, recorded_at: str, previous: bytes) -> LogEntry:
    unsealed = LogEntry(
        position=position,
        event_id=event.event_id,
        stream=event.stream,
        version=version,
        type=event.type,
        schema_version=event.schema_version,
        occurred_at=to_text(event.occurred_at),
        recorded_at=recorded_at,
        correlation_id=event.correlation_id,
        causation_id=event.causation_id,
        data=canonical_json(event.data),
        checksum=b"",
    )
    return replace(unsealed, checksum=checksum(previous, unsealed))


def without_repeats(events: Iterable[NewEvent], known: set[str]) -> list[NewEvent]:
    """The events whose ids are neither known nor met before in the sequence, in order."""
    met = set(known)
    fresh: list[NewEvent] = []
    for event in events:
        if event.event_id not in met:
            met.add(event.event_id)
            fresh.append(event)
    return fresh
