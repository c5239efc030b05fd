"""The embedded server: the Redis or Valkey that `up` starts where no URL is set.

`embedded_server` is the one way to have a server while a stack runs; `server_url` finds it from any
other process. How it is started and ended is said in `services.embedded_process`. May import: the
standard library and the plumbing.
"""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from services.clock import SystemClock
from services.embedded_process import EmbeddedServer, server_folder
from services.errors import Refused, Transient
from services.logs import get_logger
from services.settings import Settings

_GUARD_S: Final = 0.1
"""Pause between two looks whether the server still runs."""

RESTARTS_MAX: Final = 30
"""Restarts within a minute; more means that starting again does not help."""

_log = get_logger(__name__)


@contextmanager
def embedded_server(settings: Settings) -> Iterator[str]:
    """The URL of the server to use: the one set, else of an embedded one that runs meanwhile.

    The embedded one is started again when it dies, RESTARTS_MAX times a minute at most.
    """
    if settings.redis_url is not None:
        yield settings.redis_url.get_secret_value()
        return
    with EmbeddedServer(settings) as server:
        done = threading.Event()
        guard = threading.Thread(
            target=_guard, args=(server, done), name="embedded-server-guard", daemon=True
        )
        guard.start()
        try:
            yield server.url
        finally:
            done.set()
            guard.join()


def _guard(server: EmbeddedServer, done: threading.Event) -> None:
    """Start the server again whenever it died."""
    deaths: list[float] = []
    clock = SystemClock()
    while not done.wait(_GUARD_S):
        if server.alive:
            continue
        now = clock.monotonic()
        deaths = [moment for moment in deaths if moment > now - 60] + [now]
        if len(deaths) > RESTARTS_MAX:
            _log.critical("embedded server keeps dying", deaths=len(deaths))
            return
        _log.warning("embedded server died, starting it again", deaths=len(deaths))
        try:
            server.restart()
        except Transient as error:
            _log.warning("embedded server did not start", error=str(error))


def server_url(settings: Settings) -> str:
    """The URL of the server to use: the one set, else that of the embedded server of the data folder.

    Raises Refused where neither is there.
    """
    if settings.redis_url is not None:
        return settings.redis_url.get_secret_value()
    try:
        return (server_folder(settings) / "url").read_text(encoding="utf-8").strip()
    except FileNotFoundError:
        raise Refused(
            f"no server: set WIREFOLD_REDIS_URL, or run `wirefold up` on the data folder {settings.data_dir}"
        ) from None
