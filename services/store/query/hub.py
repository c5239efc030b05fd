"""The hub of live updates: reads each change once, encodes it once, hands it to every subscriber.

One task tails the read models (woken by the relay's stream, else by a short poll). A subscriber has a
bounded queue; one whose queue is full is dropped and may resume from where it was, out of the log.
"""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

import orjson

from services.store.query.filters import Filters
from services.store.query.ports import LoggedUpdate

READ_LIMIT: Final = 500
"""Updates read from the database at once."""


@dataclass(frozen=True, slots=True)
class Frame:
    """An encoded event of the stream, and what filters look at."""

    update: LoggedUpdate
    data: bytes

    @property
    def incident(self) -> Mapping[str, Any] | None:
        """The compact record after the change; None where the incident ended."""
        return self.update.update.get("incident")


@dataclass(slots=True, eq=False)
class Subscriber:
    """A bounded queue of frames; `dropped` once it could not keep up."""

    filters: Filters
    buffer_max: int
    frames: list[Frame] = field(default_factory=list)
    dropped: bool = False
    _ready: asyncio.Event = field(default_factory=asyncio.Event)

    def offer(self, frame: Frame) -> None:
        """Queue a frame that passes the filters; overflow drops the subscriber, never a frame."""
        if self.dropped or not admits(self.filters, frame):
            return
        if len(self.frames) >= self.buffer_max:
            self.dropped = True
            self.frames.clear()
        else:
            self.frames.append(frame)
        self._ready.set()

    def wake(self) -> None:
        """Let a waiting reader look again, for instance at the end of the service."""
        self._ready.set()

    async def take(self, timeout_s: float) -> list[Frame]:
        """All frames that wait, in order; an empty list after the timeout or once dropped."""
        if not self.frames and not self.dropped:
            try:
                await asyncio.wait_for(self._ready.wait(), timeout_s)
            except TimeoutError:
                return []
        self._ready.clear()
        taken, self.frames = self.frames, []
        return taken


def admits(filters: Filters, frame: Frame) -> bool:
    """Whether a frame passes; the end of an incident passes for all."""
    return frame.incident is None or filters.admit(frame.incident)


def encode(update: LoggedUpdate, log_id: str, *, event: str = "incident") -> Frame:
    """One change as a frame of the event stream: `id` is the cursor, `data` one line of JSON."""
    body = orjson.dumps(envelope(update, log_id))
    data = b"id: %s:%d\nevent: %s\ndata: %s\n\n" % (
        log_id.encode(), update.position, event.encode(), body,
    )  # fmt: skip
    return Frame(update, data)


def envelope(update: LoggedUpdate, log_id: str) -> dict[str, Any]:
    """The CloudEvents envelope of a change: the same event as on the Redis stream."""
    return {
        "specversion": "1.0",
        "id": f"{log_id}:{update.position}",
        "source": "/wirefold/store",
        "type": "org.wirefold.incident.merged.v1",
        "subject": update.incident_id,
        "time": update.update["recorded_at"],
        "datacontenttype": "application/json",
        "correlationid": update.update.get("article_id"),
        "data": update.update,
    }


class Hub:
    """Tails the read models for all subscribers of this process."""

    def __init__(
        self,
        *,
        log_id: str,
        read: Callable[[int, int], Sequence[LoggedUpdate]],
        read_head: Callable[[], int],
        subscribers_max: int,
    ) -> None:
        self._log_id = log_id
        self._read = read
        self._read_head = read_head
        self._head = read_head()
        self._subscribers_max = subscribers_max
        self._subscribers: set[Subscriber] = set()

    @property
    def head(self) -> int:
        """The last position handed to the subscribers."""
        return self._head

    @property
    def subscribers(self) -> int:
        return len(self._subscribers)

    @property
    def full(self) -> bool:
        return len(self._subscribers) >= self._subscribers_max

    def join(self, subscriber: Subscriber) -> int:
        """Take part from here on; the position after which frames will come."""
        self._subscribers.add(subscriber)
        return self._head

    def leave(self, subscriber: Subscriber) -> None:
        self._subscribers.discard(subscriber)

    async def advance(self) -> int:
        """Read and hand on what is new; the number of changes. Without a subscriber only the head moves."""
        if not self._subscribers:
            head = await asyncio.to_thread(self._read_head)
            if not self._subscribers:  # else one joined meanwhile, at the old head
                self._head = max(self._head, head)
                return 0
        total = 0
        while True:
            updates = await asyncio.to_thread(self._read, self._head, READ_LIMIT)
            for update in updates:
                self._hand_on(update)
            total += len(updates)
            if len(updates) < READ_LIMIT:
                return total

    def _hand_on(self, update: LoggedUpdate) -> None:
        if self._subscribers:
            frame = encode(update, self._log_id)
            for subscriber in self._subscribers:
                subscriber.offer(frame)
        self._head = update.position

    def close(self) -> None:
        """Drop all subscribers: the service ends."""
        for subscriber in self._subscribers:
            subscriber.dropped = True
            subscriber.wake()
