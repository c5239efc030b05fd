"""The ports of the store: the event log, and what the core reads back from facts and read models.

Contracts are stated here and tested by one suite that every adapter runs (`tests/contract/`).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

ANY_VERSION = -1
"""Expected version that matches any: for facts whose event id alone makes them unique."""


@dataclass(frozen=True, slots=True)
class NewEvent:
    """A domain event that is not in the log yet.

    `event_id` is deterministic: the same fact has the same id whatever was redelivered. `stream` is
    `article-<article id>`, `incident-<incident id>` or `store`. `data` is JSON-ready.
    """

    event_id: str
    stream: str
    type: str
    schema_version: int
    occurred_at: datetime
    correlation_id: str | None
    causation_id: str | None
    data: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class RecordedEvent:
    """A domain event as the log holds it: `position` orders the log, `version` counts in its stream."""

    position: int
    version: int
    recorded_at: datetime
    event_id: str
    stream: str
    type: str
    schema_version: int
    occurred_at: datetime
    correlation_id: str | None
    causation_id: str | None
    data: Mapping[str, Any]


class EventLog(Protocol):
    """An append-only log with one total order.

    `append` writes all events or none, in the order given, at consecutive positions and returns
    them as recorded. An event whose id the log already holds is left out of the result and changes
    nothing (idempotency). `expected_versions` maps a stream to the version it must have before the
    append (ANY_VERSION or absent: any); raises VersionConflict (Transient) otherwise. Raises
    LeaseLost (Transient) when the writer's fencing token is not the current one, and Corruption
    when what is stored contradicts itself.
    """

    @property
    def log_id(self) -> str: ...

    def append(
        self, events: Sequence[NewEvent], expected_versions: Mapping[str, int] | None = None
    ) -> list[RecordedEvent]: ...

    def read(self, after: int = 0, limit: int = 1000) -> list[RecordedEvent]: ...

    def read_stream(
        self, stream: str, after_version: int = 0, up_to_position: int | None = None
    ) -> list[RecordedEvent]: ...

    def known(self, event_ids: Sequence[str]) -> set[str]: ...

    def head(self) -> int: ...
