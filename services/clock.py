"""Time as a port: nothing in the core reads a clock, it is handed one."""

import time
from datetime import UTC, datetime
from typing import Protocol


class Clock(Protocol):
    """Wall time in UTC and a monotonic counter in seconds."""

    def now(self) -> datetime: ...

    def monotonic(self) -> float: ...


class SystemClock:
    """The machine's clock. The only place that reads it."""

    def now(self) -> datetime:
        return datetime.now(UTC)

    def monotonic(self) -> float:
        return time.monotonic()


class FixedClock:
    """A clock that moves only when told to, for tests and for folding files."""

    def __init__(self, start: datetime, monotonic_s: float = 0.0) -> None:
        self._now = start
        self._monotonic_s = monotonic_s

    def now(self) -> datetime:
        return self._now

    def monotonic(self) -> float:
        return self._monotonic_s

    def set(self, moment: datetime) -> None:
        self._now = moment
