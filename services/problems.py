"""Problem details for HTTP errors (RFC 9457): one document a kind, one place that makes them.

`type` is `urn:wirefold:problem:<slug>`; docs/api.md lists the slugs. Field errors come as
`errors: [{pointer, detail}]`. May import: the standard library, starlette, orjson.
"""

from collections.abc import Mapping, Sequence
from typing import Any, Final

import orjson
from starlette.responses import Response

MEDIA_TYPE: Final = "application/problem+json"
TYPE_PREFIX: Final = "urn:wirefold:problem:"

TITLES: Final[dict[str, tuple[int, str]]] = {
    "bad-parameter": (400, "A parameter does not fit"),
    "malformed-body": (400, "The body cannot be read"),
    "unknown-id": (404, "There is nothing by this id"),
    "unknown-path": (404, "There is nothing at this path"),
    "method-not-allowed": (405, "This method is not offered here"),
    "request-timeout": (408, "The request did not arrive in time"),
    "conflict": (409, "The request contradicts the present state"),
    "foreign-cursor": (410, "The cursor belongs to another log"),
    "body-too-large": (413, "The body is too large"),
    "unsupported-media-type": (415, "This kind of body is not taken"),
    "invalid-article": (422, "The article is not valid"),
    "idempotency-mismatch": (422, "The idempotency key was used for another body"),
    "too-many-requests": (429, "Too many requests"),
    "internal-error": (500, "The service failed"),
    "unavailable": (503, "The service cannot take this now"),
}
"""Every problem that is not tied to one service: slug → status, title."""


def problem(
    slug: str,
    detail: str,
    *,
    errors: Sequence[Mapping[str, Any]] = (),
    status: int | None = None,
    title: str | None = None,
    **extensions: Any,
) -> dict[str, Any]:
    """The problem document of a slug. KeyError for one that is not listed, unless titled here."""
    known = TITLES[slug] if title is None or status is None else (status, title)
    document: dict[str, Any] = {
        "type": TYPE_PREFIX + slug,
        "title": title or known[1],
        "status": status or known[0],
        "detail": detail,
    }
    if errors:
        document["errors"] = [dict(error) for error in errors]
    return {**document, **extensions}


def problem_response(document: Mapping[str, Any], headers: Mapping[str, str] | None = None) -> Response:
    """The HTTP answer that carries a problem document."""
    return Response(
        orjson.dumps(dict(document)),
        status_code=int(document["status"]),
        media_type=MEDIA_TYPE,
        headers=dict(headers or {}),
    )
