"""The hub and the event stream: every change once, in order, whoever is slow."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

from services.store.query.filters import Filters, parse_filters
from services.store.query.hub import Hub
from services.store.query.ports import LoggedUpdate
from services.store.query.stream import Subscription, event_stream

LOG = "log-1"


class GrowingLog:
    """Updates that a test adds to; the part of the readers' port that streams need."""

    log_id = LOG

    def __init__(self) -> None:
        self.all: list[LoggedUpdate] = []

    def add(self, count: int, country: str = "KE") -> None:
        for _ in range(count):
            position = len(self.all) + 1
            incident = {"id": "i1", "headline": "x", "hidden": False, "place": {"country": country}}
            update = {"incident_id": "i1", "position": position, "recorded_at": "2023-05-10T00:00:00Z",
                      "incident": incident}  # fmt: skip
            self.all.append(LoggedUpdate(position, "i1", update))

    def updates(self, after: int, limit: int, incident_id: str | None = None) -> list[LoggedUpdate]:
        return [one for one in self.all if one.position > after][:limit]


def hub_over(log: GrowingLog) -> Hub:
    return Hub(log_id=LOG, read=log.updates, read_head=lambda: len(log.all), subscribers_max=10)


def subscription(
    after: int | None = None, buffer_max: int = 100, filters: Filters = Filters()
) -> Subscription:
    return Subscription(filters, after, buffer_max, heartbeat_s=0.05)


def positions(chunks: list[bytes]) -> list[int]:
    lines = b"".join(chunks).decode().splitlines()
    return [int(line.rpartition(":")[2]) for line in lines if line.startswith("id: ")]


async def collect(stream: AsyncIterator[bytes], until: int, *, patience: int = 50) -> list[bytes]:
    chunks: list[bytes] = []
    async for chunk in stream:
        chunks.append(chunk)
        patience -= 1
        if len(positions(chunks)) >= until or patience == 0:
            break
    return chunks


def test_a_subscriber_from_the_past_sees_every_change_once_and_in_order_while_new_ones_arrive() -> None:
    async def scenario() -> list[int]:
        log = GrowingLog()
        log.add(1200)
        hub = hub_over(log)
        stream = event_stream(subscription(after=0, buffer_max=5000), hub, log)  # type: ignore[arg-type]
        chunks = [await anext(stream), await anext(stream)]
        log.add(300)
        await hub.advance()
        return positions(chunks + await collect(stream, until=1500 - len(positions(chunks))))

    assert asyncio.run(scenario()) == list(range(1, 1501))


def test_a_slow_subscriber_is_dropped_whole_and_told_so() -> None:
    async def scenario() -> tuple[list[bytes], int]:
        log = GrowingLog()
        hub = hub_over(log)
        stream = event_stream(subscription(buffer_max=5), hub, log)  # type: ignore[arg-type]
        await anext(stream)
        log.add(6)
        await hub.advance()
        rest = [chunk async for chunk in stream]
        return rest, hub.subscribers

    rest, left = asyncio.run(scenario())
    assert positions(rest) == []
    assert rest[-1].startswith(b"event: dropped")
    assert left == 0


def test_an_idle_stream_beats_without_an_id() -> None:
    async def scenario() -> list[bytes]:
        log = GrowingLog()
        stream = event_stream(subscription(), hub_over(log), log)  # type: ignore[arg-type]
        return [await anext(stream), await anext(stream)]

    opening, beat = asyncio.run(scenario())
    assert b"id:" not in opening + beat
    assert beat.startswith(b":")


def test_filters_hold_for_past_and_live_changes_alike() -> None:
    async def scenario() -> list[int]:
        log = GrowingLog()
        log.add(2, "KE")
        log.add(2, "SO")
        hub = hub_over(log)
        wanted: Any = log
        stream = event_stream(subscription(after=0, filters=parse_filters({"country": "SO"})), hub, wanted)
        chunks = [await anext(stream), await anext(stream)]
        log.add(1, "KE")
        log.add(1, "SO")
        await hub.advance()
        return positions(chunks + await collect(stream, until=1))

    assert asyncio.run(scenario()) == [3, 4, 6]
