"""The HTTP readers' composition root: routes over the read models, the hub, health and metrics."""

import asyncio
import gc
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any, Final

import orjson
import uvicorn
from prometheus_client import CollectorRegistry, Gauge, Histogram
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response, StreamingResponse
from starlette.routing import Route

from schemas.incident import IncidentRecord
from services.broker import connect
from services.clock import SystemClock
from services.embedded import server_url
from services.errors import WirefoldError
from services.health import Health, health_routes
from services.logs import configure_logs, get_logger
from services.problems import problem, problem_response
from services.settings import Settings
from services.store.query import geojson
from services.store.query.answers import Answers, Moved
from services.store.query.command_routes import command_routes
from services.store.query.cursor import parse_cursor
from services.store.query.desk import Desk
from services.store.query.errors import ReadRefused
from services.store.query.filters import FILTER_PARAMETERS, parse_filters, parse_flag
from services.store.query.hub import Hub
from services.store.query.openapi import openapi_document
from services.store.query.parameters import refuse_unknown
from services.store.query.reads import open_reads
from services.store.query.stream import Subscription, event_stream
from services.store.query.tail import tail

STREAM_PARAMETERS: Final = (*FILTER_PARAMETERS, "after", "full")
SECURITY_HEADERS: Final = {
    "x-content-type-options": "nosniff",
    "cache-control": "no-store",
    "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
    "referrer-policy": "no-referrer",
}


@dataclass(frozen=True, slots=True)
class Parts:
    """What the routes share."""

    settings: Settings
    answers: Answers
    hub: Hub
    health: Health
    registry: CollectorRegistry
    desk: Desk | None = None


def build_app(parts: Parts, keep_up: Callable[[], Awaitable[None]]) -> Starlette:
    """The ASGI application; `keep_up` runs beside it and advances the hub."""

    @asynccontextmanager
    async def lifespan(_app: Starlette) -> AsyncIterator[None]:
        task = asyncio.create_task(_forever(keep_up))
        gc.collect()
        gc.freeze()
        try:
            yield
        finally:
            parts.hub.close()
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)

    return Starlette(
        routes=_routes(parts),
        lifespan=lifespan,
        exception_handlers={
            ReadRefused: _refused,
            HTTPException: _http_error,
            WirefoldError: _failed,
            Exception: _failed,
        },
    )


async def _forever(keep_up: Callable[[], Awaitable[None]]) -> None:
    await keep_up()


def _routes(parts: Parts) -> list[Route]:
    answers = parts.answers
    timer = Histogram("wirefold_query_seconds", "Time to answer a read.", ["path"], registry=parts.registry)
    Gauge("wirefold_subscribers", "Open event streams.", registry=parts.registry).set_function(
        lambda: parts.hub.subscribers
    )

    def answering(name: str, call: Callable[..., Any]) -> Callable[[Request], Awaitable[Response]]:
        async def endpoint(request: Request) -> Response:
            with timer.labels(name).time():
                found = await asyncio.to_thread(
                    call, *request.path_params.values(), _single(request.query_params)
                )
            return _respond(request, found)

        return endpoint

    async def stream(request: Request) -> Response:
        return _stream(parts, request)

    async def openapi(_request: Request) -> Response:
        return _json(openapi_document())

    return [
        Route("/v1/incidents", answering("/v1/incidents", answers.list_incidents)),
        Route("/v1/incidents/stream", stream),
        Route("/v1/incidents/{incident_id}", answering("/v1/incidents/{id}", answers.incident)),
        Route("/v1/incidents/{incident_id}/history", answering("history", answers.history)),
        Route("/v1/incidents/{incident_id}/explain", answering("explain", answers.explain)),
        *command_routes(parts.desk),
        Route("/v1/articles/{article_id:path}", answering("/v1/articles/{id}", answers.article)),
        Route("/v1/stats", answering("/v1/stats", answers.stats)),
        Route("/openapi.json", openapi),
        *health_routes(parts.health, parts.registry),
    ]


def _single(params: Mapping[str, str]) -> dict[str, str]:
    return dict(params)


def _respond(request: Request, found: Any) -> Response:
    if isinstance(found, Moved):
        path = request.url.path.replace(request.path_params["incident_id"], found.survivor, 1)
        query = f"?{request.url.query}" if request.url.query else ""
        return RedirectResponse(path + query, status_code=308, headers=SECURITY_HEADERS)
    if isinstance(found, IncidentRecord):
        headers = {"etag": f'"{found.position}"'}
        return _json(found.as_json(), headers)
    if geojson.MEDIA_TYPE in request.headers.get("accept", "") and "items" in found and "position" in found:
        members = {"next": found["next"], "position": found["position"]}
        return _json(geojson.feature_collection(found["items"], **members), media_type=geojson.MEDIA_TYPE)
    return _json(found)


def _json(
    body: Any, headers: Mapping[str, str] | None = None, media_type: str = "application/json"
) -> Response:
    return Response(
        orjson.dumps(body), media_type=media_type, headers={**SECURITY_HEADERS, **(headers or {})}
    )


def _stream(parts: Parts, request: Request) -> Response:
    given = _single(request.query_params)
    refuse_unknown(given, STREAM_PARAMETERS)
    models = parts.answers.models
    cursor = request.headers.get("last-event-id") or given.get("after")
    after = None if cursor is None else parse_cursor(cursor, models.log_id).position
    full = parse_flag(given.get("full", "false"), "full")
    subscription = Subscription(
        filters=parse_filters(given),
        after=after,
        buffer_max=parts.settings.subscriber_buffer_max,
        heartbeat_s=parts.settings.heartbeat_ms / 1000,
    )
    if parts.hub.full:
        refusal = problem("unavailable", "too many open streams on this reader")
        return problem_response(refusal, {"retry-after": str(parts.settings.retry_after_s)})
    body = event_stream(subscription, parts.hub, models, parts.answers.whole if full else None)
    headers = {**SECURITY_HEADERS, "x-accel-buffering": "no"}
    return StreamingResponse(body, media_type="text/event-stream", headers=headers)


async def _refused(_request: Request, error: Exception) -> Response:
    assert isinstance(error, ReadRefused)
    return problem_response(error.document, SECURITY_HEADERS)


async def _http_error(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    slug = {404: "unknown-path", 405: "method-not-allowed"}.get(error.status_code, "bad-parameter")
    document = problem(slug, f"{request.method} {request.url.path}: {error.detail}")
    return problem_response(document, {**SECURITY_HEADERS, **(error.headers or {})})


async def _failed(request: Request, error: Exception) -> Response:
    get_logger("query").error("read failed", path=request.url.path, exc_info=error)
    slug = "unavailable" if isinstance(error, WirefoldError) else "internal-error"
    return problem_response(problem(slug, "this read could not be answered"), SECURITY_HEADERS)


def run(settings: Settings) -> int:
    """Serve until SIGTERM or SIGINT; the exit status."""
    configure_logs("query", log_format=settings.log_format, level=settings.log_level)
    return asyncio.run(_serve(settings))


async def _serve(settings: Settings) -> int:

    health = Health("query", ("database", "updates"))
    registry = CollectorRegistry()
    models = await open_reads(settings, health)
    client = connect(server_url(settings), settings)
    hub = Hub(
        log_id=models.log_id,
        read=models.updates,
        read_head=models.head,
        subscribers_max=settings.subscribers_max,
    )
    answers = Answers(models, settings.figure_policy, settings.page_items_max)
    desk = Desk(client, settings, SystemClock())
    parts = Parts(settings, answers, hub, health, registry, desk)
    app = build_app(parts, lambda: tail(hub, client, settings, health))
    config = uvicorn.Config(
        app,
        host=settings.query_host,
        port=settings.query_port,
        log_config=None,
        access_log=False,
        timeout_graceful_shutdown=2,
    )
    server = uvicorn.Server(config)
    await server.serve()
    await client.aclose()
    return 0
