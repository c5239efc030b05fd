"""FastStream's Redis broker with a client that waits out trouble instead of handing it on.

FastStream 0.7 answers a missing group by stopping with status 0, any other server error by reading on
without a pause, and a lost connection by a fixed pause of 5 s; it creates groups at `$`. All of
that happens around two calls of the client, so the client is where it is mended: a group read here
only ever returns, and groups are created at 0. The tests in `tests/integration/` hold each of these
behaviours. May import: the standard library, redis, faststream, the plumbing.
"""

import asyncio
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass
from typing import Any, cast

from faststream.redis import RedisBroker
from faststream.redis.configs.state import RedisConnectionState
from redis import exceptions as redis_errors
from redis.asyncio import ConnectionPool, Redis

from services.broker import GROUP_START, as_wirefold_error
from services.errors import Transient


@dataclass(frozen=True, slots=True)
class Patience:
    """How to wait: pauses, what to mend first, whom to tell, how to give up, when to stop waiting."""

    pauses_s: Callable[[], Iterable[float]]
    mend: Callable[[], Awaitable[None]]
    report: Callable[[str | None], None]
    give_up: Callable[[Exception], None]
    stopping: Callable[[], bool]


class PatientRedis(Redis):
    """A client whose group reads wait out trouble, and whose groups begin at 0."""

    patience: Patience

    async def xgroup_create(self, name: Any, groupname: Any, **options: Any) -> Any:  # type: ignore[override]
        """Create a group at 0, whatever the caller asks for."""
        options["id"] = GROUP_START
        return await super().xgroup_create(name, groupname, **options)

    async def xreadgroup(self, *args: Any, **options: Any) -> Any:
        """Read for a group; returns once the server answered, or nothing where the process stops."""
        for pause_s in self.patience.pauses_s():
            if self.patience.stopping():
                await asyncio.sleep(pause_s)  # FastStream asks again at once and would let nobody else run
                break
            try:
                response = await super().xreadgroup(*args, **options)
            except (redis_errors.RedisError, OSError) as error:
                await self._wait_out(error, pause_s)
            else:
                self.patience.report(None)
                return response
        return []

    async def _wait_out(self, error: Exception, pause_s: float) -> None:
        known = as_wirefold_error(error)
        self.patience.report(str(known))
        if not isinstance(known, Transient):
            self.patience.give_up(known)
        await asyncio.sleep(pause_s)
        if "NOGROUP" in str(error):
            await self._mend()

    async def _mend(self) -> None:
        try:
            await self.patience.mend()
        except Transient as error:
            self.patience.report(str(error))


class _PatientConnection(RedisConnectionState):
    """Connects a PatientRedis where FastStream would connect a plain client."""

    __slots__ = ("_patience",)

    def __init__(self, options: dict[str, Any], patience: Patience) -> None:
        super().__init__(options)
        self._patience = patience

    async def connect(self) -> Any:
        client = cast("PatientRedis", PatientRedis.from_pool(ConnectionPool(**self._options)))
        client.patience = self._patience
        self._client = client
        self._connected = True
        return client


class PatientBroker(RedisBroker):
    """FastStream's broker over a PatientRedis."""

    def __init__(
        self, url: str, *, patience: Patience, connection_options: dict[str, Any], **options: Any
    ) -> None:
        self._patience = patience
        self._own_options = connection_options
        super().__init__(url, **options)

    def _make_connection_state(self, connection_options: dict[str, Any], kwargs: dict[str, Any]) -> Any:
        del kwargs
        options = connection_options | self._own_options
        options.pop("protocol", None)  # a version in the URL would change the shape of replies
        return _PatientConnection(options, self._patience)
