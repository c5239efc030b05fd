"""The server of streams: connecting, its errors, groups, durability, scripts.

Redis or Valkey is transport here, never the record. Lives here: one way to connect (RESP3, hiredis, no
blind retries: an XADD whose reply was lost must not be sent again), the translation of its errors
into our tree, the creation of groups at 0, the check of durability, and Lua scripts from `lua/`.
May import: the standard library, redis, the plumbing. May not import: any service.
"""

import asyncio
import random
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from importlib.resources import files
from typing import Any, Final, TypeAlias

from redis import exceptions as redis_errors
from redis.asyncio import Redis
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff

from services.errors import Permanent, Refused, Transient, WirefoldError
from services.settings import Durability, Settings
from services.streams import Streams

Client: TypeAlias = Redis
Argument: TypeAlias = str | bytes | int | float

GROUP_START: Final = "0"
"""Groups read a stream from its beginning: `$` would skip what came before the group."""

_PASSING: Final = (
    "LOADING",
    "READONLY",
    "MISCONF",
    "OOM",
    "BUSY",
    "TRYAGAIN",
    "CLUSTERDOWN",
    "MASTERDOWN",
    "NOREPLICAS",
    "NOGROUP",
    "UNBLOCKED",
)
"""Error codes of a server in a state that passes: loading, replica, disk or memory full, flushed."""


class BrokerAway(Transient):
    """Raised when the server cannot be reached or cannot serve now."""


class BrokerRefused(Permanent):
    """Raised when the server refuses a call that will never succeed (wrong type, bad arguments)."""


class TooWeakServer(Refused):
    """Raised when the server would lose accepted articles at a crash."""


def connect(url: str, settings: Settings) -> Client:
    """A client for the URL; connects at the first call, and never repeats a call by itself."""
    return Redis.from_url(url, **connection_options(settings))


def connection_options(settings: Settings) -> dict[str, Any]:
    """Options of every connection: time limits, no retries.

    `protocol` is left out on purpose: redis-py then speaks RESP3 and keeps the shapes of replies that
    FastStream expects; asking for 3 changes the shape of XREADGROUP's reply, and FastStream drops it.
    """
    timeout_s = settings.redis_timeout_ms / 1000
    return {
        "socket_timeout": timeout_s,
        "socket_connect_timeout": timeout_s,
        "retry": Retry(NoBackoff(), 0),
        "max_connections": settings.redis_connections_max,
        "decode_responses": False,
    }


def as_wirefold_error(error: Exception) -> WirefoldError:
    """The error of our tree that a redis-py or socket error amounts to."""
    text = f"{type(error).__name__}: {error}"
    if isinstance(error, redis_errors.AuthenticationError | redis_errors.NoPermissionError):
        return Refused(f"the server refused the credentials or the permission: {text}")
    if isinstance(error, redis_errors.ConnectionError | redis_errors.TimeoutError | OSError | TimeoutError):
        return BrokerAway(text)
    if isinstance(error, redis_errors.OutOfMemoryError | redis_errors.ReadOnlyError):
        return BrokerAway(text)
    if any(code in str(error)[:80] for code in _PASSING):
        return BrokerAway(text)
    return BrokerRefused(text)


def pauses_s(settings: Settings) -> Iterator[float]:
    """Pauses between tries, in seconds: doubling, to a limit, with jitter; endless."""
    pause_ms = float(settings.redis_backoff_min_ms)
    while True:
        yield pause_ms / 1000 * random.uniform(0.5, 1.0)  # noqa: S311 - jitter, no secret
        pause_ms = min(pause_ms * 2, settings.redis_backoff_max_ms)


async def wait_until_serving(
    client: Client, settings: Settings, report: Callable[[str | None], None] = lambda _problem: None
) -> None:
    """Return once the server answers; waits with backoff, raises Refused for wrong credentials.

    `report` is told the problem at each failed try, and None at the end.
    """
    for pause_s in pauses_s(settings):
        try:
            await client.ping()
        except (redis_errors.RedisError, OSError) as error:
            known = as_wirefold_error(error)
            if not isinstance(known, Transient):
                raise known from error
            report(str(known))
            await asyncio.sleep(pause_s)
        else:
            report(None)
            return


async def ensure_groups(client: Client, streams: Streams) -> int:
    """Create every group that is missing, at 0, with its stream; the number created.

    Called before anything reads, and again after NOGROUP (a server flushed or restarted empty).
    """
    created = 0
    for stream, groups in streams.groups().items():
        for group in groups:
            created += await _create_group(client, stream, group)
    return created


async def _create_group(client: Client, stream: str, group: str) -> int:
    try:
        await client.xgroup_create(stream, group, id=GROUP_START, mkstream=True)
    except redis_errors.ResponseError as error:
        if "BUSYGROUP" in str(error):
            return 0
        raise as_wirefold_error(error) from error
    except (redis_errors.RedisError, OSError) as error:
        raise as_wirefold_error(error) from error
    return 1


async def check_durability(client: Client, required: Durability) -> str | None:
    """Refuse a server that is weaker than required; returns a warning where that can't be known.

    Raises TooWeakServer with the two commands that mend it, BrokerAway where the server is away.
    """
    if required is Durability.NONE:
        return None
    try:
        config = await client.config_get("append*")
    except redis_errors.ResponseError:
        return "the server hides CONFIG: make sure that appendonly and appendfsync are set"
    except (redis_errors.RedisError, OSError) as error:
        raise as_wirefold_error(error) from error
    found = {_text(name): _text(value) for name, value in config.items()}
    enough = ("always",) if required is Durability.ALWAYS else ("always", "everysec")
    if found.get("appendonly") == "yes" and found.get("appendfsync") in enough:
        return None
    raise TooWeakServer(
        f"the server would lose accepted articles: appendonly is {found.get('appendonly')}, appendfsync is "
        f"{found.get('appendfsync')}. Set `CONFIG SET appendonly yes` and `CONFIG SET appendfsync "
        f"{required.value}` (and in its configuration file), or accept less with WIREFOLD_DURABILITY"
    )


class Script:
    """A Lua script of `services/lua`, called by its hash and sent whole only where it is unknown."""

    def __init__(self, name: str) -> None:
        self._source = script_source(name)
        self._sha: str | None = None

    async def __call__(self, client: Client, keys: Sequence[str], args: Sequence[Argument]) -> Any:
        """Run the script. Raises an error of our tree."""
        try:
            return await self._run(client, keys, args)
        except (redis_errors.RedisError, OSError) as error:
            raise as_wirefold_error(error) from error

    async def _run(self, client: Client, keys: Sequence[str], args: Sequence[Argument]) -> Any:
        if self._sha is not None:
            try:
                return await client.evalsha(self._sha, len(keys), *keys, *args)
            except redis_errors.NoScriptError:
                self._sha = None
        self._sha = _text(await client.script_load(self._source))
        return await client.evalsha(self._sha, len(keys), *keys, *args)


@cache
def script_source(name: str) -> str:
    """The text of `services/lua/<name>.lua`."""
    return (files("services") / "lua" / f"{name}.lua").read_text(encoding="utf-8")


def _text(value: bytes | str | None) -> str:
    return value.decode() if isinstance(value, bytes) else str(value)
