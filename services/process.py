"""A service as a process: logs, event loop, signals, exit status.

May import: the standard library, uvloop, uvicorn, starlette, the plumbing.
"""

import asyncio
import gc
import signal
import socket
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from typing import Final

import uvicorn
import uvloop
from starlette.types import ASGIApp

from services.errors import Refused, WirefoldError
from services.logs import configure_logs, get_logger
from services.settings import Settings

EXIT_OK: Final = 0
EXIT_FATAL: Final = 1
"""Any fatal stop: supervisors restart on it."""

HTTP_GRACE_S: Final = 5
"""How long requests at hand may take when a process stops."""

_log = get_logger(__name__)


class AddressTaken(Refused):
    """Raised when a service can't listen where it should."""


Serve = Callable[[asyncio.Event], Awaitable[None]]


def run_until_stopped(service: str, settings: Settings, serve: Serve) -> int:
    """Run a service until SIGTERM or SIGINT, or until it fails; the exit status."""
    configure_logs(service, log_format=settings.log_format, level=settings.log_level)
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        try:
            runner.run(_serve(serve))
        except WirefoldError as error:
            _log.critical("stopped by an error", error=f"{type(error).__name__}: {error}")
            return EXIT_FATAL
        except Exception:  # noqa: BLE001 - logged with its traceback; the status tells the supervisor
            _log.exception("stopped by an unexpected error")
            return EXIT_FATAL
    return EXIT_OK


async def _serve(serve: Serve) -> None:
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    await serve(stop)


async def serve_http(app: ASGIApp, host: str, port: int, stop: asyncio.Event) -> None:
    """Serve HTTP until `stop` is set, then finish the requests at hand.

    Raises AddressTaken where the address can't be had.
    """
    listener = _listen(host, port)
    config = uvicorn.Config(
        app,
        loop="none",
        http="httptools",
        log_config=None,
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=HTTP_GRACE_S,
    )
    server = _Server(config)
    ender = asyncio.create_task(_end_with(server, stop))
    _log.info("listening", host=host, port=listener.getsockname()[1])
    try:
        await server.serve(sockets=[listener])
    finally:
        ender.cancel()
        listener.close()


def _listen(host: str, port: int) -> socket.socket:
    try:
        return socket.create_server((host, port), backlog=2048, family=_family(host))
    except OSError as error:
        raise AddressTaken(f"can't listen on {host}:{port}: {error.strerror or error}") from error


def _family(host: str) -> socket.AddressFamily:
    return socket.AF_INET6 if ":" in host else socket.AF_INET


class _Server(uvicorn.Server):
    """uvicorn without its signal handlers: ours set `stop`."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Leave signals alone."""
        yield


async def _end_with(server: uvicorn.Server, stop: asyncio.Event) -> None:
    await stop.wait()
    server.should_exit = True


def freeze_objects() -> None:
    """Keep the collector from walking what start-up made: p99 49 ms → 3.9 ms at 13,000 requests/s."""
    gc.collect()
    gc.freeze()
