"""Reading and writing entries over one connection: the statements of the SQL adapter.

Every read joins an entry with the one before it, so that its checksum is checked whichever way it
was reached.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Select, bindparam, func, insert, select

from services.store.event_log.entry import GENESIS, Head, LogEntry, check
from services.store.event_log.errors import LogDamaged
from services.store.event_log.schema import events

_IDS_AT_ONCE = 500
"""Below the 999 variables that older SQLite builds allow in a statement."""

_before = events.alias("before")
_ENTRIES = select(*events.c, _before.c.checksum.label("previous")).select_from(
    events.outerjoin(_before, _before.c.position == events.c.position - 1)
)
_AFTER = (
    _ENTRIES.where(events.c.position > bindparam("after"))
    .order_by(events.c.position)
    .limit(bindparam("number"))
)
_OF_STREAM = _ENTRIES.where(
    events.c.stream == bindparam("stream"),
    events.c.version > bindparam("after_version"),
    events.c.position <= bindparam("up_to"),
).order_by(events.c.version)
_BY_ID = _ENTRIES.where(events.c.event_id == bindparam("event_id"))
_KNOWN = select(events.c.event_id).where(events.c.event_id.in_(bindparam("ids", expanding=True)))
_VERSION = select(func.max(events.c.version)).where(events.c.stream == bindparam("stream"))
_HEAD = (
    select(events.c.position, events.c.checksum, events.c.recorded_at)
    .order_by(events.c.position.desc())
    .limit(1)
)
_VERSIONS = (
    select(events.c.stream, func.max(events.c.version))
    .where(events.c.stream.in_(bindparam("streams", expanding=True)))
    .group_by(events.c.stream)
)
_END_OF_TIME = 2**63 - 1
_COLUMNS = tuple(events.c.keys())


def read_head(connection: Connection) -> Head:
    """The end of the log."""
    row = connection.execute(_HEAD).first()
    return Head() if row is None else Head(row.position, row.checksum, row.recorded_at)


def read_after(connection: Connection, after: int, limit: int) -> list[LogEntry]:
    """Up to `limit` entries above position `after`, in order. LogDamaged for a gap or a bad entry."""
    entries = list(_checked(connection, _AFTER, {"after": after, "number": limit}))
    for expected, entry in enumerate(entries, start=after + 1):
        if entry.position != expected:
            raise LogDamaged(expected, "the entry is missing")
    return entries


def read_stream(
    connection: Connection, stream: str, after_version: int = 0, up_to: int | None = None
) -> list[LogEntry]:
    """A stream's entries above a version, up to a position of the log, in order of version."""
    bounds = {"stream": stream, "after_version": after_version, "up_to": up_to or _END_OF_TIME}
    if up_to == 0:
        return []
    return list(_checked(connection, _OF_STREAM, bounds))


def read_event(connection: Connection, event_id: str) -> LogEntry | None:
    """The entry of this event id, or None."""
    return next(_checked(connection, _BY_ID, {"event_id": event_id}), None)


def known_ids(connection: Connection, event_ids: Sequence[str]) -> set[str]:
    """Which of these event ids the log holds."""
    found: set[str] = set()
    for start in range(0, len(event_ids), _IDS_AT_ONCE):
        part = list(event_ids[start : start + _IDS_AT_ONCE])
        found.update(connection.scalars(_KNOWN, {"ids": part}))
    return found


def stream_version(connection: Connection, stream: str) -> int:
    """How many events the stream has; 0 for none."""
    return connection.scalar(_VERSION, {"stream": stream}) or 0


def stream_versions(connection: Connection, streams: Sequence[str]) -> dict[str, int]:
    """The same for several streams at once."""
    found = dict.fromkeys(streams, 0)
    for start in range(0, len(streams), _IDS_AT_ONCE):
        part = list(streams[start : start + _IDS_AT_ONCE])
        for stream, version in connection.execute(_VERSIONS, {"streams": part}):
            found[stream] = version
    return found


def write_entries(connection: Connection, entries: Sequence[LogEntry]) -> None:
    """Insert entries as they are; a taken position, event id or stream version is a VersionConflict."""
    if entries:
        connection.execute(insert(events), [_row(entry) for entry in entries])


def _row(entry: LogEntry) -> dict[str, Any]:
    return {name: getattr(entry, name) for name in _COLUMNS}


def _checked(connection: Connection, statement: Select[Any], values: Mapping[str, Any]) -> Iterator[LogEntry]:
    for *fields, previous in connection.execute(statement, values):
        entry = LogEntry(**dict(zip(_COLUMNS, fields, strict=True)))
        if previous is None and entry.position != 1:
            raise LogDamaged(entry.position - 1, "the entry is missing")
        check(GENESIS if previous is None else previous, entry)
        yield entry
