"""The event log over SQL: SQLite by default, PostgreSQL by the same statements."""

from collections.abc import Callable, Mapping, Sequence

from sqlalchemy import Connection, insert, select, update

from services.clock import Clock
from services.store.event_log import rows
from services.store.event_log.database import Database
from services.store.event_log.entry import (
    FORMAT_VERSION,
    Head,
    LogEntry,
    Upcast,
    as_stored,
    sequence,
    without_repeats,
)
from services.store.event_log.errors import NoSuchLog, UnknownSchema, VersionConflict
from services.store.event_log.schema import LOG_TABLES, log
from services.store.event_log.timestamps import to_text
from services.store.ports import ANY_VERSION, NewEvent, RecordedEvent

Fence = Callable[[Connection], None]
"""Called inside every append's transaction; raises LeaseLost when the writer may not write."""


def unfenced(_connection: Connection) -> None:
    """The fence of a log that has one writer by construction."""


def create_log(database: Database, log_id: str, clock: Clock) -> None:
    """Make the log's tables and give the log its id; a log that exists stays as it is."""
    with database.write() as connection:
        LOG_TABLES.create_all(connection)
        if connection.execute(select(log.c.log_id)).first() is None:
            connection.execute(
                insert(log).values(
                    log_id=log_id, format_version=FORMAT_VERSION, created_at=to_text(clock.now())
                )
            )


class SqlEventLog:
    """The port `EventLog` over a database that `create_log` has prepared."""

    def __init__(
        self,
        database: Database,
        clock: Clock,
        *,
        fence: Fence = unfenced,
        upcast: Upcast = as_stored,
    ) -> None:
        self._database = database
        self._clock = clock
        self._fence = fence
        self._upcast = upcast
        with database.read() as connection:
            self._log_id = _read_log_id(connection)

    @property
    def log_id(self) -> str:
        return self._log_id

    def append(
        self, events: Sequence[NewEvent], expected_versions: Mapping[str, int] | None = None
    ) -> list[RecordedEvent]:
        with self._database.write() as connection:
            self._fence(connection)
            _check_versions(connection, expected_versions or {})
            known = rows.known_ids(connection, [event.event_id for event in events])
            fresh = without_repeats(events, known)
            versions = {
                stream: rows.stream_version(connection, stream)
                for stream in {event.stream for event in fresh}
            }
            entries = sequence(rows.read_head(connection), fresh, versions, self._clock.now())
            rows.write_entries(connection, entries)
        return [self.as_event(entry) for entry in entries]

    def write(self, connection: Connection, entries: Sequence[LogEntry], base: Head) -> None:
        """Append entries that were sequenced after `base`, inside the caller's transaction.

        Raises LeaseLost when fenced off and VersionConflict when the log no longer ends at `base`.
        """
        self._fence(connection)
        if rows.read_head(connection) != base:
            raise VersionConflict(f"the log no longer ends at position {base.position}")
        rows.write_entries(connection, entries)

    def check_writable(self, connection: Connection) -> None:
        """Raise what an append would raise now: LeaseLost when fenced off, DiskFull without room."""
        self._fence(connection)
        connection.execute(update(log).values(format_version=log.c.format_version))

    def as_event(self, entry: LogEntry) -> RecordedEvent:
        """The event of an entry, in the newest schema version."""
        return entry.as_event(self._upcast)

    def read(self, after: int = 0, limit: int = 1000) -> list[RecordedEvent]:
        with self._database.read() as connection:
            return [self.as_event(entry) for entry in rows.read_after(connection, after, limit)]

    def read_stream(
        self, stream: str, after_version: int = 0, up_to_position: int | None = None
    ) -> list[RecordedEvent]:
        with self._database.read() as connection:
            entries = rows.read_stream(connection, stream, after_version, up_to_position)
        return [self.as_event(entry) for entry in entries]

    def known(self, event_ids: Sequence[str]) -> set[str]:
        with self._database.read() as connection:
            return rows.known_ids(connection, event_ids)

    def head(self) -> int:
        with self._database.read() as connection:
            return rows.read_head(connection).position


def _read_log_id(connection: Connection) -> str:
    if not connection.dialect.has_table(connection, log.name):
        raise NoSuchLog("the database holds no event log; the store makes it when it first starts")
    row = connection.execute(select(log.c.log_id, log.c.format_version)).one()
    if row.format_version > FORMAT_VERSION:
        raise UnknownSchema(
            f"the log has format {row.format_version}, this program reads up to {FORMAT_VERSION}"
        )
    return str(row.log_id)


def _check_versions(connection: Connection, expected: Mapping[str, int]) -> None:
    for stream, version in expected.items():
        actual = rows.stream_version(connection, stream)
        if version not in (ANY_VERSION, actual):
            raise VersionConflict(f"{stream} is at version {actual}, not {version}")
