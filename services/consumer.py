"""The consumer: everything between a stream and a worker's handler.

How a worker uses it:

    async def handle(batch: Batch) -> AsyncGenerator[Settlement, None]:
        results = commit(batch.entries)             # first make it last …
        for entry in batch.entries:
            yield Done(entry.id)                    # … then it is acknowledged

    consumer = Consumer(settings, group=STORE_GROUP, health=health, metrics=metrics, clock=clock,
                        routes=[Route(streams.article_raw, handle), Route(streams.event_extracted, other)])
    await consumer.run(stop)                        # until `stop` is set; raises on a fatal error

Handlers of one consumer never run at the same time. What a handler may raise, and what follows, is
said at `services.delivery.Handle`. The consumer waits for a server that is away (at the start and
later), creates groups at 0 and again after the server lost them, reads new entries through a FastStream
batch subscriber (`>`, COUNT, acknowledgement by hand), takes over abandoned ones, turns hopeless
ones into dead letters, trims what every group has acknowledged, and keeps `health` true: part
`broker` (the server answers) and part `handler` (nothing is held).

May import: the standard library, faststream, redis, the plumbing. May not import: any service.
"""

import asyncio
import os
import secrets
import socket
from collections.abc import Awaitable, Callable, Coroutine, Iterator, Sequence
from contextlib import suppress
from typing import Any

from redis import exceptions as redis_errors

from services.broker import (
    as_wirefold_error,
    check_durability,
    connect,
    ensure_groups,
    pauses_s,
    wait_until_serving,
)
from services.clock import Clock
from services.delivery import Entry, Route
from services.errors import Transient, WirefoldError
from services.handling import DeliveryPolicy, Handling, Outcome
from services.health import Health
from services.logs import get_logger
from services.metrics import DeliveryMetrics
from services.patient_broker import Patience, PatientBroker
from services.reader import build_reader
from services.reclaimer import Reclaimer
from services.settings import Settings
from services.tasks import end_task, unless
from services.transport import RedisTransport
from services.trouble import TroubleSign
from services.upkeep import Upkeep

BROKER_PART = "broker"
HANDLER_PART = "handler"

_log = get_logger(__name__)


class Consumer:
    """Reads the streams of one group for one worker process."""

    def __init__(
        self,
        settings: Settings,
        *,
        url: str,
        group: str,
        routes: Sequence[Route],
        health: Health,
        metrics: DeliveryMetrics,
        clock: Clock,
    ) -> None:
        self._settings = settings
        self._url = url
        self._group = group
        self._routes = tuple(routes)
        self._health = health
        self._metrics = metrics
        self._name = consumer_name(group)
        self._stop = asyncio.Event()
        self._fatal: Exception | None = None
        self._client = connect(url, settings)
        self._trouble = TroubleSign(self._client, settings.streams, group)
        self._transport = RedisTransport(self._client, settings.streams, group, self._name)
        self._upkeep = Upkeep(self._client, settings.streams, group, metrics)
        self._handling = self._build_handling(clock)

    async def run(self, stop: asyncio.Event) -> None:
        """Consume until `stop` is set, then finish the batch at hand. Raises what was fatal.

        Raises TooWeakServer for a server that would lose articles, Refused for wrong credentials, and
        whatever `Corruption` or `Refused` a handler raised: the process must end with a failure then.
        """
        stopper = asyncio.create_task(self._stop_with(stop))
        try:
            await unless(self._stop, self._guarded(self._wait_for_server()))
            if not self._stop.is_set():
                await self._consume()
        finally:
            await end_task(stopper)
            await self._client.aclose()
        if self._fatal is not None:
            raise self._fatal

    async def _consume(self) -> None:
        broker = self._build_reader()
        await self._start(broker)
        beside = [asyncio.create_task(self._guarded(loop())) for loop in (self._reclaim, self._tend)]
        await self._stop.wait()
        await broker.stop()
        await asyncio.wait(beside, timeout=self._settings.stop_grace_max_ms / 1000)
        for task in beside:
            await end_task(task)
        await self._say_goodbye()

    async def _say_goodbye(self) -> None:
        with suppress(WirefoldError, TimeoutError):
            async with asyncio.timeout(2):
                for route in self._routes:
                    await self._upkeep.forget(route.stream, self._name)

    async def _wait_for_server(self) -> None:
        for pause_s in self._pauses_s():
            try:
                await self._prepare_server()
            except Transient as error:
                self._report_broker(str(error))
                await self._sleep(pause_s)
            else:
                return

    async def _prepare_server(self) -> None:
        await wait_until_serving(self._client, self._settings, self._report_broker)
        if warning := await check_durability(self._client, self._settings.durability):
            _log.warning("durability unknown", warning=warning)
        await ensure_groups(self._client, self._settings.streams)
        self._health.report(HANDLER_PART, None)

    async def _start(self, broker: PatientBroker) -> None:
        for pause_s in self._pauses_s():
            if self._stop.is_set():
                return
            try:
                await broker.start()
            except (redis_errors.RedisError, OSError, TimeoutError) as error:
                self._report_broker(str(as_wirefold_error(error)))
                await broker.stop()
                await self._sleep(pause_s)
            else:
                _log.info("consuming", group=self._group, consumer=self._name)
                return

    def _build_reader(self) -> PatientBroker:
        return build_reader(
            self._settings,
            url=self._url,
            group=self._group,
            consumer=self._name,
            routes=self._routes,
            receive=self._receive,
            patience=Patience(
                self._pauses_s, self._transport.mend, self._report_broker, self._fail, self._stop.is_set
            ),
        )

    async def _receive(self, route: Route, entries: Sequence[Entry]) -> None:
        with self._metrics.batch_seconds.labels(route.stream, self._group).time():
            await self._guarded(self._handling.run(route, entries))

    async def _reclaim(self) -> None:
        reclaimer = Reclaimer(
            self._transport,
            self._handling,
            min_idle_ms=self._settings.min_idle_ms,
            deliveries_max=self._settings.deliveries_max,
            batch_max=self._settings.read_batch_max,
        )

        async def sweep(route: Route) -> None:
            taken = await reclaimer.sweep(route)
            self._metrics.redelivered.labels(route.stream, self._group).inc(taken)

        await self._repeat(sweep, self._settings.reclaim_interval_ms)

    async def _tend(self) -> None:
        await self._repeat(self._upkeep.tend, self._settings.trim_interval_ms)

    async def _repeat(self, task: Callable[[Route], Awaitable[object]], interval_ms: int) -> None:
        """Run a task for each stream, again and again; recreate groups that the server lost."""
        while not self._stop.is_set():
            try:
                for route in self._routes:
                    await task(route)
            except Transient as error:
                if "NOGROUP" in str(error):
                    with suppress(Transient):
                        await self._transport.mend()
            await self._sleep(interval_ms / 1000)

    def _build_handling(self, clock: Clock) -> Handling:
        settings = self._settings
        return Handling(
            self._transport,
            group=self._group,
            streams=settings.streams,
            policy=DeliveryPolicy(
                deliveries_max=settings.deliveries_max,
                min_idle_ms=settings.min_idle_ms,
                settle_batch_max=settings.settle_batch_max,
                settle_delay_max_ms=settings.settle_delay_max_ms,
                error_bytes_max=settings.error_bytes_max,
            ),
            clock=clock,
            sleep=self._sleep,
            pauses_s=self._pauses_s,
            stopping=self._stop.is_set,
            observe=self._observe,
            report=self._report_handler,
        )

    def _observe(self, outcome: Outcome) -> None:
        self._metrics.handled.labels(outcome.entry.stream, self._group, outcome.outcome).inc()

    def _report_broker(self, problem: str | None) -> None:
        self._health.report(BROKER_PART, problem)

    async def _report_handler(self, problem: str | None) -> None:
        self._health.report(HANDLER_PART, problem)
        self._metrics.held.labels(self._group).set(0 if problem is None else 1)
        await self._trouble.show(problem)

    def _pauses_s(self) -> Iterator[float]:
        return pauses_s(self._settings)

    async def _sleep(self, seconds: float) -> None:
        """Wait, but no longer than until the process is told to stop."""
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await self._stop.wait()

    async def _stop_with(self, stop: asyncio.Event) -> None:
        await stop.wait()
        self._stop.set()

    async def _guarded(self, work: Coroutine[Any, Any, None]) -> None:
        """Let no error get lost: FastStream drops what a handler raises, a task keeps it to itself."""
        try:
            await work
        except Exception as error:  # noqa: BLE001 - `run` raises it
            self._fail(error)

    def _fail(self, error: Exception) -> None:
        if self._fatal is None:
            _log.critical("stopping", group=self._group, error=f"{type(error).__name__}: {error}")
            self._fatal = error
        self._stop.set()


def consumer_name(group: str) -> str:
    """A name that no other process has: two consumers of one name would answer for each other."""
    return f"{group}.{socket.gethostname()}.{os.getpid()}.{secrets.token_hex(4)}"
