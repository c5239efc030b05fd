"""The event log in memory: for tests, simulations and short-lived uses; passes the same contract."""

from collections.abc import Mapping, Sequence

from services.clock import Clock
from services.store.event_log.entry import (
    GENESIS,
    Head,
    LogEntry,
    Upcast,
    as_stored,
    check,
    sequence,
    without_repeats,
)
from services.store.event_log.errors import LeaseLost, LogDamaged, VersionConflict
from services.store.ports import ANY_VERSION, NewEvent, RecordedEvent


class LogMemory:
    """What a database is to the SQL adapter: entries by position, and the current token."""

    def __init__(self, log_id: str) -> None:
        self.log_id = log_id
        self.entries: dict[int, LogEntry] = {}
        self.token = 0

    def lend(self) -> int:
        """Hand the right to write to a new holder, whose token this is."""
        self.token += 1
        return self.token


class MemoryEventLog:
    """The port `EventLog` over a `LogMemory`; `token` is None for a log with a single writer."""

    def __init__(
        self, memory: LogMemory, clock: Clock, *, token: int | None = None, upcast: Upcast = as_stored
    ) -> None:
        self._memory = memory
        self._clock = clock
        self._token = token
        self._upcast = upcast

    @property
    def log_id(self) -> str:
        return self._memory.log_id

    def append(
        self, events: Sequence[NewEvent], expected_versions: Mapping[str, int] | None = None
    ) -> list[RecordedEvent]:
        self._check_token()
        versions = self._versions()
        _check_versions(versions, expected_versions or {})
        fresh = without_repeats(events, self.known([event.event_id for event in events]))
        entries = sequence(self._head(), fresh, versions, self._clock.now())
        self._memory.entries.update({entry.position: entry for entry in entries})
        return [entry.as_event() for entry in entries]

    def read(self, after: int = 0, limit: int = 1000) -> list[RecordedEvent]:
        end = min(self.head(), after + limit)
        return [self._checked(position) for position in range(after + 1, end + 1)]

    def read_stream(
        self, stream: str, after_version: int = 0, up_to_position: int | None = None
    ) -> list[RecordedEvent]:
        end = self.head() if up_to_position is None else up_to_position
        return [
            self._checked(entry.position)
            for entry in self._memory.entries.values()
            if entry.stream == stream and entry.version > after_version and entry.position <= end
        ]

    def known(self, event_ids: Sequence[str]) -> set[str]:
        return set(event_ids) & {entry.event_id for entry in self._memory.entries.values()}

    def head(self) -> int:
        return max(self._memory.entries, default=0)

    def _head(self) -> Head:
        last = self._memory.entries.get(self.head())
        return Head() if last is None else Head.after(last)

    def _versions(self) -> dict[str, int]:
        return {entry.stream: entry.version for entry in self._memory.entries.values()}

    def _checked(self, position: int) -> RecordedEvent:
        entry, before = self._entry(position), GENESIS
        if position > 1:
            before = self._entry(position - 1).checksum
        check(before, entry)
        return entry.as_event(self._upcast)

    def _entry(self, position: int) -> LogEntry:
        entry = self._memory.entries.get(position)
        if entry is None:
            raise LogDamaged(position, "the entry is missing")
        return entry

    def _check_token(self) -> None:
        if self._token is not None and self._token != self._memory.token:
            raise LeaseLost(f"token {self._token} was superseded by {self._memory.token}")


def _check_versions(versions: Mapping[str, int], expected: Mapping[str, int]) -> None:
    for stream, version in expected.items():
        actual = versions.get(stream, 0)
        if version not in (ANY_VERSION, actual):
            raise VersionConflict(f"{stream} is at version {actual}, not {version}")
