"""The routes by which analysts change records: each makes a command and answers what became of it."""

from collections.abc import Awaitable, Callable
from typing import Final

import orjson
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from services.errors import Transient
from services.problems import problem, problem_response
from services.store.query.desk import BODY_BYTES_MAX, Desk, read_command

KEY_CHARS_MAX: Final = 200

PATHS: Final[tuple[tuple[str, str], ...]] = (
    ("/v1/incidents/{incident_id}/merge", "merge"),
    ("/v1/incidents/{incident_id}/split", "split"),
    ("/v1/incidents/{incident_id}/corrections", "correct"),
    ("/v1/incidents/{incident_id}/undo", "undo"),
    ("/v1/articles/{article_id}/move", "move"),
    ("/v1/articles/{article_id}/retract", "retract"),
    ("/v1/articles/{article_id}/reinstate", "reinstate"),
)
"""Path and kind of command."""


def command_routes(desk: Desk | None) -> list[Route]:
    """The routes; none without a desk (a reader that has no server of streams)."""
    if desk is None:
        return []
    return [Route(path, _endpoint(kind, desk), methods=["POST"]) for path, kind in PATHS]


def _endpoint(kind: str, desk: Desk) -> Callable[[Request], Awaitable[Response]]:
    async def endpoint(request: Request) -> Response:
        body = await _body(request)
        if body is None:
            return problem_response(problem("body-too-large", f"at most {BODY_BYTES_MAX} bytes are taken"))
        key = request.headers.get("idempotency-key")
        command = read_command(
            kind, body, request.path_params, key.strip('"')[:KEY_CHARS_MAX] if key else None
        )
        try:
            answer = await desk.carry_out(command)
        except Transient as error:
            return problem_response(problem("unavailable", str(error)), {"retry-after": "2"})
        told = {
            "command_id": answer.command_id,
            "positions": list(answer.positions),
            "incidents": [{"id": one, "link": f"/v1/incidents/{one}"} for one in answer.incident_ids],
        }
        return Response(orjson.dumps(told), media_type="application/json")

    return endpoint


async def _body(request: Request) -> bytes | None:
    """The body, or None once it is too large."""
    parts = bytearray()
    async for chunk in request.stream():
        parts += chunk
        if len(parts) > BODY_BYTES_MAX:
            return None
    return bytes(parts)
