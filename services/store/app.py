"""The store's composition root: the writer process.

One writer at a time: a second process waits as a standby until the lease is free. May import everything
of the store but its queries, and the plumbing.
"""

import asyncio
from collections.abc import Awaitable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from typing import Final
from uuid import uuid4

from prometheus_client import CollectorRegistry
from starlette.applications import Starlette

from services.broker import Client, connect
from services.clock import Clock, SystemClock
from services.consumer import BROKER_PART, HANDLER_PART, Consumer
from services.delivery import Answer, Route
from services.embedded import server_url
from services.errors import Transient
from services.health import Health, health_routes
from services.logs import get_logger
from services.metrics import DeliveryMetrics
from services.process import freeze_objects, run_until_stopped, serve_http
from services.settings import Settings
from services.store.event_log.database import Database
from services.store.event_log.errors import StorageUnavailable
from services.store.event_log.sql import create_log
from services.store.lease import Lease
from services.store.metrics import StoreMetrics
from services.store.opening import open_store
from services.store.put_back import put_back
from services.store.relay import RELAY_PART, Relay
from services.store.replies import Replies
from services.store.snapshot import SnapshotFile
from services.store.standby import LEASE_PART, await_lease, holder_name, keep_lease, pause
from services.store.store import Store
from services.store.writer import Writer
from services.streams import STORE_GROUP
from services.transport import RedisTransport

LOG_PART: Final = "log"
_GAUGES_S: Final = 1.0
_LAST_RELAY_S: Final = 2.0
"""How long a stopping store tries to publish what it just committed; the next start does it else."""

_log = get_logger(__name__)


def run(settings: Settings) -> int:
    """Write until SIGTERM or SIGINT; the exit status, not 0 after corruption or a lost lease."""
    return run_until_stopped("store", settings, partial(serve_store, settings, SystemClock()))


async def serve_store(settings: Settings, clock: Clock, stop: asyncio.Event) -> None:
    """Write until `stop` is set. Raises Corruption, StoodDown, and what the consumer calls fatal."""
    parts = (LEASE_PART, LOG_PART, BROKER_PART, HANDLER_PART, RELAY_PART)
    process = _Process(settings, clock, Health("store", parts), CollectorRegistry(), stop)
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    database = Database(settings.log_database)
    try:
        await _together(stop, _serve_health(process), _write_with_lease(process, database))
    finally:
        database.close()


@dataclass(frozen=True, slots=True)
class _Process:
    """What all parts of the process share."""

    settings: Settings
    clock: Clock
    health: Health
    registry: CollectorRegistry
    stop: asyncio.Event


async def _write_with_lease(process: _Process, database: Database) -> None:
    settings, clock = process.settings, process.clock
    await asyncio.to_thread(create_log, database, uuid4().hex, clock)
    lease = Lease(database, clock, holder_name(), timedelta(milliseconds=settings.lease_ttl_ms))
    if not await await_lease(lease, database, settings, process.health, process.stop):
        return
    try:
        await _together(
            process.stop,
            keep_lease(lease, settings, process.health, process.stop),
            _write(process, database, lease),
        )
    finally:
        with suppress(Transient):
            await asyncio.to_thread(lease.release)


async def _write(process: _Process, database: Database, lease: Lease) -> None:
    settings = process.settings
    store, snapshot = await asyncio.to_thread(
        open_store, database, settings, process.clock, fence=lease.check, rebuild_name=uuid4().hex[:8]
    )
    process.health.report(LOG_PART, None)
    _log.info("store opened", position=store.head.position, incidents=len(store.index))
    freeze_objects()
    client = connect(server_url(settings), settings)
    wake = asyncio.Event()
    metrics = StoreMetrics(process.registry)
    relay = Relay(
        database, store.log.log_id, client, settings, put_back=partial(put_back, database, client, settings)
    )
    writer = _build_writer(process, store, client, metrics, wake)
    try:
        await _together(
            process.stop,
            _build_consumer(process, writer).run(process.stop),
            relay.run(process.stop, wake, process.health),
            _look_after(process, writer, store, snapshot, relay, metrics),
        )
    finally:
        await _finish(relay, writer, store, snapshot, client)


def _build_writer(
    process: _Process, store: Store, client: Client, metrics: StoreMetrics, wake: asyncio.Event
) -> Writer:
    return Writer(
        store,
        clock=process.clock,
        metrics=metrics,
        waiting_max=process.settings.extractions_waiting_max,
        committed=wake.set,
        reply=Replies(client, process.settings).send,
        settle=partial(_settle_extractions, client, process.settings),
    )


async def _settle_extractions(client: Client, settings: Settings, entry_ids: Sequence[str]) -> None:
    """Acknowledge extractions that had waited for their article, which is recorded now."""
    if entry_ids:
        transport = RedisTransport(client, settings.streams, STORE_GROUP, STORE_GROUP)
        await transport.settle(settings.streams.event_extracted, [Answer(one) for one in entry_ids])


def _build_consumer(process: _Process, writer: Writer) -> Consumer:
    streams = process.settings.streams
    return Consumer(
        process.settings,
        url=server_url(process.settings),
        group=STORE_GROUP,
        routes=[
            Route(streams.article_raw, writer.articles),
            Route(streams.event_extracted, writer.extractions),
            Route(streams.store_command, writer.commands),
        ],
        health=process.health,
        metrics=DeliveryMetrics(process.registry),
        clock=process.clock,
    )


async def _look_after(
    process: _Process,
    writer: Writer,
    store: Store,
    snapshot: SnapshotFile,
    relay: Relay,
    metrics: StoreMetrics,
) -> None:
    """Show where things stand, and write a snapshot whenever enough was added."""
    kept = store.head.position
    while not process.stop.is_set():
        metrics.head.set(store.head.position)
        metrics.relayed.set(relay.published)
        metrics.incidents.set(len(store.index))
        if store.database.file is not None:
            metrics.database_bytes.set(store.database.file.stat().st_size)
        if store.head.position - kept >= process.settings.snapshot_events_min:
            kept = await writer.aside(lambda: save_snapshot(store, snapshot))
        await pause(process.stop, _GAUGES_S)


def save_snapshot(store: Store, snapshot: SnapshotFile) -> int:
    """Keep the index as it stands; the position. Nothing while a failed batch is not forgotten yet.

    Where there is no room for it, the next start replays more of the log instead.
    """
    if store.is_settled:
        with suppress(StorageUnavailable):
            snapshot.save(store.index, store.head)
    return store.head.position


async def _finish(relay: Relay, writer: Writer, store: Store, snapshot: SnapshotFile, client: Client) -> None:
    """Publish what was committed last, keep the index, let go of the server."""
    try:
        with suppress(Transient, TimeoutError):
            async with asyncio.timeout(_LAST_RELAY_S):
                await relay.publish_all()
        await writer.aside(lambda: save_snapshot(store, snapshot))
    finally:
        writer.close()
        await client.aclose()


async def _serve_health(process: _Process) -> None:
    """Serve health and metrics where a port is set."""
    settings = process.settings
    if settings.store_health_port is None:
        await process.stop.wait()
        return
    app = Starlette(routes=health_routes(process.health, process.registry))
    await serve_http(app, settings.store_host, settings.store_health_port, process.stop)


async def _together(stop: asyncio.Event, *work: Awaitable[None]) -> None:
    """Run side by side until `stop` is set; the first to fail sets it, and its error is raised."""
    failures: list[BaseException] = []

    async def guarded(one: Awaitable[None]) -> None:
        try:
            await one
        except BaseException as error:
            failures.append(error)
            raise
        finally:
            stop.set()

    await asyncio.gather(*(guarded(one) for one in work), return_exceptions=True)
    if failures:
        raise failures[0]
