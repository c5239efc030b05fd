"""Trouble signs: how a worker tells ingest that nothing gets done now (a disk full, a database away).

A sign is a key with an expiry, so that a worker that dies does not leave one behind. Ingest answers 503
while there is one. May import: the standard library, redis, the plumbing.
"""

from typing import Final

from redis import exceptions as redis_errors

from services.broker import Client, as_wirefold_error
from services.streams import Streams

SIGN_TTL_MS: Final = 10_000
"""A sign lasts this long; a worker that is still held renews it at each try (pauses are shorter)."""

SIGN_CHARS_MAX: Final = 500


class TroubleSign:
    """The sign of one group."""

    def __init__(self, client: Client, streams: Streams, group: str) -> None:
        self._client = client
        self._key = streams.trouble(group)
        self._shown = False

    async def show(self, problem: str | None) -> None:
        """Put the sign up, or take it down; a server that is away is no reason to fail."""
        if problem is None and not self._shown:
            return
        try:
            if problem is None:
                await self._client.delete(self._key)
            else:
                await self._client.set(self._key, problem[:SIGN_CHARS_MAX], px=SIGN_TTL_MS)
        except (redis_errors.RedisError, OSError):
            return
        self._shown = problem is not None


async def read_trouble(client: Client, streams: Streams) -> str | None:
    """What holds any group up now, or None."""
    groups = sorted({group for groups in streams.groups().values() for group in groups})
    try:
        values = await client.mget([streams.trouble(group) for group in groups])
    except (redis_errors.RedisError, OSError) as error:
        raise as_wirefold_error(error) from error
    found = [
        f"{group}: {value.decode('utf-8', 'replace') if isinstance(value, bytes) else value}"
        for group, value in zip(groups, values, strict=True)
        if value
    ]
    return "; ".join(found) or None
