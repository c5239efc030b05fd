"""Health: what a process says of itself, and the HTTP routes that say it.

`/healthz` answers 200 while the process runs its loop. `/readyz` tells the truth: 200 only when every
part that must work has reported that it does, else 503 with the reasons. `/metrics` is for Prometheus.
May import: the standard library, starlette, prometheus_client, the plumbing.
"""

from collections.abc import Iterable
from typing import Any

import orjson
from prometheus_client import CollectorRegistry
from prometheus_client.exposition import CONTENT_TYPE_LATEST, generate_latest
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route


class Health:
    """The standing of a process's parts. A part that has not reported yet is not ready."""

    def __init__(self, service: str, parts: Iterable[str]) -> None:
        self.service = service
        self._problems: dict[str, str | None] = dict.fromkeys(parts, "starting")

    def report(self, part: str, problem: str | None) -> None:
        """Say how a part is: a problem in one line, or None where it works."""
        self._problems[part] = problem

    @property
    def ready(self) -> bool:
        return not any(self._problems.values())

    @property
    def problems(self) -> dict[str, str]:
        """The parts that do not work, with the reason."""
        return {part: problem for part, problem in self._problems.items() if problem}


def health_routes(health: Health, registry: CollectorRegistry) -> list[Route]:
    """The routes `/healthz`, `/readyz` and `/metrics`."""

    async def healthz(_request: Request) -> Response:
        return _json({"service": health.service, "status": "alive"}, 200)

    async def readyz(_request: Request) -> Response:
        status = "ready" if health.ready else "not ready"
        body = {"service": health.service, "status": status, "problems": health.problems}
        return _json(body, 200 if health.ready else 503)

    async def metrics(_request: Request) -> Response:
        return Response(generate_latest(registry), headers={"content-type": CONTENT_TYPE_LATEST})

    return [
        Route("/healthz", healthz, methods=["GET"]),
        Route("/readyz", readyz, methods=["GET"]),
        Route("/metrics", metrics, methods=["GET"]),
    ]


def health_paths() -> dict[str, Any]:
    """The OpenAPI 3.1 path items of `health_routes`, and of the document itself at `/openapi.json`."""
    return {
        "/healthz": _path("Whether the process is alive.", "application/json", "200"),
        "/readyz": _path(
            "Whether every part works; if not, which and why.", "application/json", "200", "503"
        ),
        "/metrics": _path("Prometheus metrics.", "text/plain", "200"),
        "/openapi.json": _path("This document.", "application/json", "200"),
    }


def _path(summary: str, media_type: str, *statuses: str) -> dict[str, Any]:
    content = {media_type: {"schema": {"type": "string" if media_type == "text/plain" else "object"}}}
    answers = {status: {"description": summary, "content": content} for status in statuses}
    return {"get": {"summary": summary, "responses": answers}}


def _json(body: object, status: int) -> Response:
    return Response(orjson.dumps(body), status_code=status, media_type="application/json")
