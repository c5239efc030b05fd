"""The CLI's HTTP client: the public API and nothing else, problem details turned into `Refused`."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import httpx

from services.errors import Refused, Transient

TIMEOUT_S = 60.0


@contextmanager
def api(base_url: str) -> Iterator[httpx.Client]:
    """A client of one service. Raises Transient when nothing listens there."""
    try:
        with httpx.Client(base_url=base_url, timeout=TIMEOUT_S) as client:
            yield client
    except httpx.TransportError as error:
        raise Transient(f"nothing answers at {base_url} ({error}); is `wirefold up` running?") from error


def answer(response: httpx.Response) -> Any:
    """The JSON of a good answer. Raises Refused with the problem's words otherwise."""
    if response.is_success:
        return response.json()
    raise Refused(problem_text(response))


def problem_text(response: httpx.Response) -> str:
    """Title, detail and field errors of an RFC 9457 problem, or the status."""
    try:
        problem = response.json()
        parts = [problem.get("title"), problem.get("detail")]
        parts += [f"{one.get('pointer')}: {one.get('detail')}" for one in problem.get("errors", [])[:5]]
    except (ValueError, AttributeError):
        return f"HTTP {response.status_code}"
    return "; ".join(part for part in parts if part) or f"HTTP {response.status_code}"
