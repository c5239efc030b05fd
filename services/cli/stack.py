"""The whole stack on one machine: embedded server (unless a URL is set), workers, HTTP readers."""

import os
import socket
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass

import httpx

from services.cli.supervisor import Supervisor, service_command
from services.embedded import embedded_server
from services.errors import Refused, Transient
from services.settings import Settings

READY_WITHIN_S = 90.0
POLL_S = 0.05


@dataclass(frozen=True, slots=True)
class Stack:
    """A running stack: where it answers, and its supervisor."""

    ingest_url: str
    query_url: str
    redis_url: str
    supervisor: Supervisor


@contextmanager
def running_stack(
    settings: Settings,
    *,
    extract_workers: int,
    report: Callable[[str], None],
    environment: Mapping[str, str] | None = None,
) -> Iterator[Stack]:
    """Start everything, yield when it is ready, stop everything at the end.

    Raises Refused when a port or the data folder is in use, Transient when it does not get ready.
    """
    for name, port in (("ingest", settings.ingest_port), ("query", settings.query_port)):
        _refuse_taken(name, port)
    with embedded_server(settings) as redis_url:
        supervisor = Supervisor(
            {**os.environ, **(environment or {}), "WIREFOLD_REDIS_URL": redis_url}, report
        )
        stack = Stack(
            ingest_url=f"http://127.0.0.1:{settings.ingest_port}",
            query_url=f"http://127.0.0.1:{settings.query_port}",
            redis_url=redis_url,
            supervisor=supervisor,
        )
        try:
            _start(supervisor, extract_workers)
            _await_ready(stack)
            yield stack
        finally:
            supervisor.stop()


def _start(supervisor: Supervisor, extract_workers: int) -> None:
    supervisor.start("store", service_command("store"))
    for number in range(1, extract_workers + 1):
        supervisor.start(f"extract-{number}", service_command("extract"))
    supervisor.start("ingest", service_command("ingest"))
    supervisor.start("query", service_command("query"))


def _await_ready(stack: Stack) -> None:
    deadline = time.monotonic() + READY_WITHIN_S
    waiting = [f"{stack.ingest_url}/readyz", f"{stack.query_url}/readyz"]
    while waiting and not stack.supervisor.stopping:
        stack.supervisor.check()
        waiting = [url for url in waiting if not _is_ready(url)]
        if waiting and time.monotonic() > deadline:
            raise Transient(f"not ready within {READY_WITHIN_S:.0f} s: {', '.join(waiting)}")
        time.sleep(POLL_S)


def _is_ready(url: str) -> bool:
    try:
        return httpx.get(url, timeout=2.0).status_code == 200
    except httpx.TransportError:
        return False


def _refuse_taken(name: str, port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError as error:
            raise Refused(
                f"port {port} for {name} is in use ({error.strerror}); "
                f"stop what listens there or set WIREFOLD_{name.upper()}_PORT"
            ) from error


def free_port() -> int:
    """A loopback port that is free at this moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
