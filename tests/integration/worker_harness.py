"""What the delivery tests share: a recording worker, running consumers, waiting for a condition."""

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

from prometheus_client import CollectorRegistry

from services.broker import Client, connect, ensure_groups
from services.clock import SystemClock
from services.consumer import Consumer
from services.delivery import Batch, Done, Output, Route, Settlement
from services.health import Health
from services.metrics import DeliveryMetrics
from services.settings import Settings

GROUP = "extract"


class Worker:
    """Handles entries by name, as told; remembers each batch it was given."""

    def __init__(self, settings: Settings) -> None:
        self.streams = settings.streams
        self.batches: list[tuple[str, ...]] = []
        self.trouble: dict[str, Callable[[], BaseException]] = {}
        self.outage: Exception | None = None
        self.slow_s: dict[str, float] = {}

    async def handle(self, batch: Batch) -> AsyncGenerator[Settlement, None]:
        self.batches.append(tuple(name_of(entry.fields) for entry in batch.entries))
        if self.outage is not None:
            raise self.outage
        for entry in batch.entries:
            name = name_of(entry.fields)
            await asyncio.sleep(self.slow_s.get(name, 0))
            if name in self.trouble:
                error = self.trouble[name]()
                raise error
            yield Done(
                entry.id, (Output(self.streams.event_extracted, {"id": name, "type": "t", "data": "{}"}),)
            )

    def route(self) -> Route:
        return Route(self.streams.article_raw, self.handle)


def name_of(fields: dict[bytes, bytes]) -> str:
    return fields[b"id"].decode()


def build_consumer(settings: Settings, *routes: Route, health: Health | None = None) -> Consumer:
    return Consumer(
        settings,
        url=settings.redis_url.get_secret_value() if settings.redis_url else "",
        group=GROUP,
        routes=routes,
        health=health or new_health(),
        metrics=DeliveryMetrics(CollectorRegistry()),
        clock=SystemClock(),
    )


def new_health() -> Health:
    return Health("test", ["broker", "handler"])


@asynccontextmanager
async def running(*consumers: Consumer) -> AsyncIterator[None]:
    """Run consumers; at the end stop them and raise what was fatal."""
    stop = asyncio.Event()
    tasks = [asyncio.create_task(consumer.run(stop)) for consumer in consumers]
    try:
        yield
    finally:
        stop.set()
        await asyncio.gather(*tasks)


@asynccontextmanager
async def client_for(settings: Settings) -> AsyncIterator[Client]:
    assert settings.redis_url is not None
    client = connect(settings.redis_url.get_secret_value(), settings)
    try:
        yield client
    finally:
        await client.aclose()


async def post(client: Client, settings: Settings, *names: str) -> list[str]:
    """Add entries to `article.raw`; their ids."""
    await ensure_groups(client, settings.streams)
    added = []
    for name in names:
        entry_id = await client.xadd(settings.streams.article_raw, {"id": name, "type": "t", "data": "{}"})
        added.append(entry_id.decode())
    return added


async def outputs(client: Client, settings: Settings) -> list[str]:
    """The names of what came out so far, in order."""
    return [name_of(fields) for _, fields in await client.xrange(settings.streams.event_extracted)]


async def pending(client: Client, settings: Settings) -> int:
    return int((await client.xpending(settings.streams.article_raw, GROUP))["pending"])


async def until(condition: Callable[[], Awaitable[bool]], limit_s: float = 15.0) -> None:
    """Wait until a condition holds; fails after `limit_s`."""
    async with asyncio.timeout(limit_s):
        while not await condition():
            await asyncio.sleep(0.02)
