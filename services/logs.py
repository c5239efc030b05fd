"""Logs: structlog set up once per process, readable on a terminal, JSON lines elsewhere.

One canonical line per message handled, with the correlation id of its article in every line from
ingest to incident. Article text never enters a line, and nothing from outside can forge one: values
are rendered with control characters escaped. May import: the standard library, structlog,
`services.settings`.
"""

import logging
import sys
from collections.abc import Mapping, MutableMapping
from contextlib import AbstractContextManager
from typing import Any, Final, TextIO, cast

import orjson
import structlog

from services.settings import LogFormat

NEVER_LOGGED: Final = frozenset({"text", "title", "body", "html", "password", "redis_url", "key", "token"})
"""Keys whose values are dropped wherever they turn up: articles are data, secrets are secret."""

VALUE_CHARS_MAX: Final = 2_000
"""Longest value of a field, in characters: an error may quote its input."""

_NEWLINES_KEPT: Final = frozenset({"exception", "stack"})
"""Fields that structlog itself writes over several lines on a terminal."""

Logger = structlog.typing.FilteringBoundLogger
EventDict = MutableMapping[str, Any]


def configure_logs(
    service: str,
    *,
    log_format: LogFormat = LogFormat.AUTO,
    level: str = "info",
    stream: TextIO | None = None,
) -> None:
    """Send all lines of this process, and those of libraries, to `stream` (default: stderr)."""
    out = stream or sys.stderr
    console = log_format is LogFormat.CONSOLE or (log_format is LogFormat.AUTO and out.isatty())
    shared: list[Any] = [
        structlog.contextvars.merge_contextvars,
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        _with_service(service),
        drop_forbidden,
    ]
    renderers = _renderers(console=console, colors=console and out.isatty())
    # Our own lines go straight to the stream: through the standard library each costs 34 µs, so 10.
    structlog.configure(
        processors=[*shared, *renderers],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=structlog.WriteLoggerFactory(out),
        cache_logger_on_first_use=False,
    )
    _route_standard_logging(out, level, shared, renderers)


def get_logger(name: str) -> Logger:
    """The logger of a module. Its name is not in the lines: service and event say where they are from."""
    del name
    return cast("Logger", structlog.get_logger())


def correlated(correlation_id: str | None) -> AbstractContextManager[Mapping[str, Any]]:
    """While in this context, every line carries the article's correlation id."""
    return cast(
        "AbstractContextManager[Mapping[str, Any]]",
        structlog.contextvars.bound_contextvars(correlation_id=correlation_id),
    )


def drop_forbidden(_logger: Any, _method: str, event: EventDict) -> EventDict:
    """Drop forbidden keys, escape control characters and shorten values."""
    for key in list(event):
        if key in NEVER_LOGGED:
            del event[key]
        elif isinstance(event[key], str) and key not in _NEWLINES_KEPT:
            event[key] = printable(event[key])
    return event


def printable(value: str, chars_max: int = VALUE_CHARS_MAX) -> str:
    """The value on one line: control characters (newlines, terminal escapes) become backslash escapes."""
    cut = value if len(value) <= chars_max else f"{value[:chars_max]}… ({len(value)} characters)"
    if cut.isprintable():
        return cut
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode("ascii") for c in cut)


def _with_service(service: str) -> Any:
    def add_service(_logger: Any, _method: str, event: EventDict) -> EventDict:
        event.setdefault("service", service)
        return event

    return add_service


def _renderers(*, console: bool, colors: bool) -> list[Any]:
    if console:
        # Plain tracebacks: the rich ones print local variables, and those hold article text.
        plain = structlog.dev.plain_traceback
        return [structlog.dev.ConsoleRenderer(colors=colors, exception_formatter=plain)]
    return [structlog.processors.format_exc_info, structlog.processors.JSONRenderer(_as_json)]


def _as_json(event: EventDict, **_options: Any) -> str:
    return orjson.dumps(event, default=str, option=orjson.OPT_NON_STR_KEYS).decode()


def _route_standard_logging(out: TextIO, level: str, shared: list[Any], renderers: list[Any]) -> None:
    """Give lines of libraries (uvicorn, FastStream) the same form; their access lines stay off."""
    handler = logging.StreamHandler(out)
    strip = structlog.stdlib.ProcessorFormatter.remove_processors_meta
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(foreign_pre_chain=shared, processors=[strip, *renderers])
    )
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level.upper())
    for noisy in ("uvicorn.access", "httpx", "httpcore", "trafilatura", "htmldate", "justext", "urllib3"):
        logging.getLogger(noisy).setLevel(logging.CRITICAL)
