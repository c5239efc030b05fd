"""Ingest's composition root: builds the parts, mounts the routes, runs the process."""

import asyncio
from dataclasses import dataclass

import orjson
from prometheus_client import CollectorRegistry
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from services.broker import Client, connect
from services.clock import Clock, SystemClock
from services.embedded import server_url
from services.health import Health, health_routes
from services.ingest.body import BodyLimits
from services.ingest.decompression import DecompressionLimits
from services.ingest.endpoint import ArticlesEndpoint, EndpointLimits
from services.ingest.idempotency import IdempotencyKeys
from services.ingest.intake import Intake
from services.ingest.load import BROKER_PART, PIPELINE_PART, LoadWatch
from services.ingest.metrics import IngestMetrics
from services.ingest.normalise import ArticleLimits
from services.ingest.openapi import openapi_document
from services.ingest.pages import Pages
from services.ingest.writer import Writer
from services.logs import get_logger
from services.metrics import BacklogMetrics
from services.problems import problem, problem_response
from services.process import freeze_objects, run_until_stopped, serve_http
from services.settings import Settings
from services.tasks import end_task

_log = get_logger(__name__)


def run(settings: Settings) -> int:
    """Serve until SIGTERM or SIGINT; the exit status."""

    async def serve(stop: asyncio.Event) -> None:
        await serve_ingest(settings, SystemClock(), stop)

    return run_until_stopped("ingest", settings, serve)


async def serve_ingest(settings: Settings, clock: Clock, stop: asyncio.Event) -> None:
    """Serve until `stop` is set. Raises what nobody can wait out: a weak server, an address taken."""
    client = connect(server_url(settings), settings)
    parts = build_parts(client, settings, clock)
    parts.writer.start()
    freeze_objects()
    watching = asyncio.create_task(parts.load.run())
    watching.add_done_callback(lambda _task: stop.set())
    try:
        await serve_http(build_app(parts), settings.ingest_host, settings.ingest_port, stop)
    finally:
        await parts.writer.stop()
        await parts.pages.stop()
        await end_task(watching)
        await client.aclose()


@dataclass(frozen=True, slots=True)
class Parts:
    """The parts of ingest."""

    endpoint: ArticlesEndpoint
    writer: Writer
    pages: Pages
    load: LoadWatch
    health: Health
    registry: CollectorRegistry


def build_parts(client: Client, settings: Settings, clock: Clock) -> Parts:
    """Build the parts; nothing connects yet."""
    registry = CollectorRegistry()
    health = Health("ingest", (BROKER_PART, PIPELINE_PART))
    writer = Writer(client, settings)
    pages = Pages(settings)
    load = LoadWatch(client, settings, health, BacklogMetrics(registry))
    endpoint = ArticlesEndpoint(
        intake=Intake(writer, article_limits(settings), clock),
        pages=pages,
        keys=IdempotencyKeys(client, settings),
        load=load,
        limits=_endpoint_limits(settings),
        metrics=IngestMetrics(registry),
        clock=clock,
    )
    return Parts(endpoint, writer, pages, load, health, registry)


def build_app(parts: Parts) -> Starlette:
    """The ASGI application."""
    document = orjson.dumps(openapi_document())

    async def post_articles(request: Request) -> Response:
        return await parts.endpoint(request)

    async def openapi(_request: Request) -> Response:
        return Response(document, media_type="application/json")

    return Starlette(
        routes=[
            Route("/v1/articles", post_articles, methods=["POST"]),
            Route("/openapi.json", openapi, methods=["GET"]),
            *health_routes(parts.health, parts.registry),
        ],
        exception_handlers={HTTPException: _http_error, Exception: _failed},
    )


async def _http_error(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    slug = {404: "unknown-path", 405: "method-not-allowed"}.get(error.status_code, "bad-parameter")
    return problem_response(problem(slug, f"{request.method} {request.url.path}"), error.headers)


async def _failed(request: Request, error: Exception) -> Response:
    _log.error("request failed", path=request.url.path, exc_info=error)
    return problem_response(problem("internal-error", "the request could not be answered"))


def article_limits(settings: Settings) -> ArticleLimits:
    """The limits of an article that the settings give."""
    return ArticleLimits(
        article_bytes_max=settings.article_bytes_max,
        title_chars_max=settings.title_chars_max,
        url_chars_max=settings.url_chars_max,
        published_year_min=settings.published_year_min,
        published_ahead_max_h=settings.published_ahead_max_h,
    )


def _endpoint_limits(settings: Settings) -> EndpointLimits:
    decompression = DecompressionLimits(settings.decompressed_bytes_max, settings.decompressed_ratio_max)
    return EndpointLimits(
        body=BodyLimits(settings.body_bytes_max, decompression, settings.request_time_max_ms),
        batch_items_max=settings.batch_items_max,
        requests_in_flight_max=settings.requests_in_flight_max,
        retry_after_s=settings.retry_after_s,
    )
