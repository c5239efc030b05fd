"""The values and the port of delivery: what a worker is given, and what it answers.

A worker is handed a `Batch` and yields one `Settlement` per entry: `Done` (acknowledge it, adding the
outputs in the same atomic step) or `Failed` (try again later, or dead letter). `Transport` is what
delivery asks of the server of streams; the Redis adapter is `services.transport`, and a simulation
brings its own. Pure. May import: the standard library, `services.envelopes`, `services.errors`.
"""

import traceback
from collections.abc import AsyncGenerator, Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol, Self, TypeAlias

from services.envelopes import Fields
from services.errors import Permanent


@dataclass(frozen=True, slots=True)
class Entry:
    """One delivery of a stream entry; `deliveries` counts this one."""

    stream: str
    id: str
    fields: Mapping[bytes, bytes]
    deliveries: int = 1

    @property
    def data(self) -> bytes | None:
        """The JSON envelope, or None where the entry has none."""
        return self.fields.get(b"data")


@dataclass(frozen=True, slots=True)
class Batch:
    """Entries of one stream, in its order. Redelivered entries come alone after their second delivery."""

    stream: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Output:
    """An entry to be added to a stream."""

    stream: str
    fields: Fields


@dataclass(frozen=True, slots=True)
class Done:
    """The entry is finished: acknowledge it and add the outputs, both or neither."""

    entry_id: str
    outputs: tuple[Output, ...] = ()
    correlation_id: str | None = None
    outcome: str = "done"


@dataclass(frozen=True, slots=True)
class Failed:
    """The entry could not be handled: it stays pending, or is dead where `permanent` or tried enough.

    `reason` is a word for counting, `error` one line, `detail` the traceback.
    """

    entry_id: str
    reason: str
    error: str
    detail: str = ""
    permanent: bool = False
    correlation_id: str | None = None

    @classmethod
    def of(cls, entry: Entry, error: Exception, correlation_id: str | None = None) -> Self:
        """The failure that an exception amounts to: permanent if it is a `Permanent`."""
        return cls(
            entry_id=entry.id,
            reason="raised",
            error=f"{type(error).__name__}: {error}",
            detail="".join(traceback.format_exception(error)),
            permanent=isinstance(error, Permanent),
            correlation_id=correlation_id,
        )


Settlement: TypeAlias = Done | Failed

Handle: TypeAlias = Callable[[Batch], AsyncGenerator[Settlement, None]]
"""Handles a batch, yielding a settlement per entry as each is finished. An entry without one stays
pending. Raise `Transient` where everything would fail now (a database away): the batch is held and
tried again, at no cost to its entries. Raise `Corruption` or `Refused` to stop the process. Any other
error is blamed on a single entry: the batch is repeated entry by entry to find it."""

LastWords: TypeAlias = Callable[[Entry, Failed], Sequence[Output]]
"""What else to add, in the same atomic step, when an entry goes to the dead letters."""

Gate: TypeAlias = Callable[[], Awaitable[bool]]
"""Whether work may go on; False while what comes after is full."""


def no_last_words(_entry: Entry, _failure: Failed) -> Sequence[Output]:
    """Nothing but the dead letter."""
    return ()


async def always_open() -> bool:
    """Nothing downstream can be full."""
    return True


@dataclass(frozen=True, slots=True)
class Route:
    """What a worker does with one stream."""

    stream: str
    handle: Handle
    last_words: LastWords = no_last_words
    gate: Gate = always_open


@dataclass(frozen=True, slots=True)
class Idle:
    """A pending entry that nobody has renewed for a while, and how often it was delivered."""

    id: str
    deliveries: int


@dataclass(frozen=True, slots=True)
class Answer:
    """An acknowledgement with the outputs that belong to it."""

    entry_id: str
    outputs: tuple[Output, ...] = field(default=())


class Transport(Protocol):
    """What delivery asks of the server, for one consumer of one group.

    Every call may raise `Transient`; every call may be repeated. `settle` acknowledges and adds both
    or neither, and only for entries still pending: it says which. `renew` keeps entries that this
    consumer still holds from being taken over. `idle` lists what nobody renewed for `min_idle_ms`,
    lowest id first. `claim` takes such entries over, counting a delivery each, and leaves out those
    that someone else took first. `mend` recreates what the server lost (groups).
    """

    async def settle(self, stream: str, answers: Sequence[Answer]) -> list[bool]: ...

    async def renew(self, stream: str, ids: Sequence[str]) -> int: ...

    async def idle(self, stream: str, min_idle_ms: int, limit: int) -> list[Idle]: ...

    async def claim(self, stream: str, idle: Sequence[Idle], min_idle_ms: int) -> list[Entry]: ...

    async def mend(self) -> None: ...
