"""Extract's composition root: the worker process."""

import asyncio
from functools import partial
from typing import Final

from prometheus_client import CollectorRegistry
from starlette.applications import Starlette

from schemas.extraction import ExtractorId
from services.broker import connect
from services.clock import Clock, SystemClock
from services.consumer import BROKER_PART, HANDLER_PART, Consumer
from services.delivery import Route
from services.embedded import server_url
from services.extract.worker import ExtractWorker, RoomDownstream
from services.health import Health, health_routes
from services.logs import get_logger
from services.metrics import DeliveryMetrics
from services.process import freeze_objects, run_until_stopped, serve_http
from services.sandbox import Sandbox, SandboxLimits
from services.settings import Settings
from services.streams import EXTRACT_GROUP

TASK: Final = "services.extract.worker_task:build"
"""What the sandbox loads, with the extractor's name as its argument."""

EXTRACTOR_PART: Final = "extractor"

_log = get_logger(__name__)


def run(settings: Settings) -> int:
    """Extract until SIGTERM or SIGINT; the exit status, not 0 after a fatal error."""
    return run_until_stopped("extract", settings, partial(serve_extract, settings, SystemClock()))


async def serve_extract(settings: Settings, clock: Clock, stop: asyncio.Event) -> None:
    """Extract until `stop` is set. Raises SandboxBroken where the extractor can't be loaded."""
    health = Health("extract", (BROKER_PART, HANDLER_PART, EXTRACTOR_PART))
    registry = CollectorRegistry()
    sandbox = Sandbox(TASK, settings.extractor, _limits(settings))
    beside = asyncio.create_task(_serve_health(settings, health, registry, stop))
    try:
        extractor = ExtractorId.model_validate_json(await sandbox.start())
        _log.info("extractor loaded", extractor=str(extractor), resources=extractor.resources)
        health.report(EXTRACTOR_PART, None)
        freeze_objects()
        worker = ExtractWorker(sandbox, extractor, settings.streams, clock)
        await _consume(settings, worker, health, DeliveryMetrics(registry), clock, stop)
    finally:
        stop.set()
        await sandbox.stop()
        await beside


async def _consume(
    settings: Settings,
    worker: ExtractWorker,
    health: Health,
    metrics: DeliveryMetrics,
    clock: Clock,
    stop: asyncio.Event,
) -> None:
    url = server_url(settings)
    streams = settings.streams
    async with connect(url, settings) as client:
        room = RoomDownstream(client, streams.event_extracted, settings.event_extracted_length_max)
        consumer = Consumer(
            settings,
            url=url,
            group=EXTRACT_GROUP,
            routes=[Route(streams.article_raw, worker.handle, worker.last_words, room)],
            health=health,
            metrics=metrics,
            clock=clock,
        )
        await consumer.run(stop)


async def _serve_health(
    settings: Settings, health: Health, registry: CollectorRegistry, stop: asyncio.Event
) -> None:
    """Serve health and metrics where a port is set."""
    if settings.extract_health_port is None:
        return
    app = Starlette(routes=health_routes(health, registry))
    try:
        await serve_http(app, settings.extract_host, settings.extract_health_port, stop)
    finally:
        stop.set()


def _limits(settings: Settings) -> SandboxLimits:
    return SandboxLimits(
        settings.extract_time_max_ms, settings.extract_start_max_ms, settings.extract_memory_max_mib
    )
