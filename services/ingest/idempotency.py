"""Idempotency-Key (draft-ietf-httpapi-idempotency-key-header-07, expired, no RFC): one request, one answer.

The first request with a key claims it; its answer is kept for `idempotency_ttl_ms` and given again to
the same request. The same key with another body is refused, and while the first still runs, so is the
second. May import: the standard library, orjson, redis, the plumbing.
"""

import hashlib
import re
from dataclasses import dataclass
from typing import Any, Final

import orjson
from redis import exceptions as redis_errors

from services.broker import Client, as_wirefold_error
from services.ingest.faults import IngestRefused
from services.settings import Settings

KEY_CHARS_MAX: Final = 255

_QUOTED: Final = re.compile(r'"((?:[^"\\]|\\["\\])*)"')
_BARE: Final = re.compile(r"[\x21\x23-\x7e]+")


@dataclass(frozen=True, slots=True)
class KeptAnswer:
    """The answer to the first request of a key."""

    status: int
    body: bytes


def read_key(header: str) -> str:
    """The key in the header: a quoted Structured Field String, or bare as many clients send it.

    Raises IngestRefused (400).
    """
    text = header.strip()
    quoted = _QUOTED.fullmatch(text)
    key = re.sub(r"\\(.)", r"\1", quoted.group(1)) if quoted else text
    if not key or len(key) > KEY_CHARS_MAX or not (quoted or _BARE.fullmatch(text)) or not key.isascii():
        raise IngestRefused(
            "bad-parameter",
            f"Idempotency-Key must be 1 to {KEY_CHARS_MAX} ASCII characters, such as a quoted UUID",
        )
    return key


def fingerprint(*parts: bytes) -> str:
    """What tells one request from another: a hash over the lengths and contents of its parts."""
    digest = hashlib.sha256()
    for part in parts:
        digest.update(len(part).to_bytes(8, "big"))
        digest.update(part)
    return digest.hexdigest()


class IdempotencyKeys:
    """The keys of all requests, on the server of streams: every ingest process knows them."""

    def __init__(self, client: Client, settings: Settings) -> None:
        self._client = client
        self._streams = settings.streams
        self._running_ms = settings.idempotency_running_max_ms
        self._kept_ms = settings.idempotency_ttl_ms

    async def claim(self, key: str, request: str) -> KeptAnswer | None:
        """Claim a key for a request; None where it is ours now, else the kept answer.

        Raises IngestRefused: 422 for another request's key, 409 while the first still runs.
        """
        name, running = self._name(key), orjson.dumps({"request": request})
        try:
            if await self._client.set(name, running, nx=True, px=self._running_ms):
                return None
            kept = await self._client.get(name)
        except (redis_errors.RedisError, OSError) as error:
            raise as_wirefold_error(error) from error
        return _kept_answer(orjson.loads(kept), request) if kept else await self.claim(key, request)

    async def keep(self, key: str, request: str, answer: KeptAnswer) -> None:
        """Keep the answer for later requests of the key."""
        value = {"request": request, "status": answer.status, "body": answer.body.decode()}
        try:
            await self._client.set(self._name(key), orjson.dumps(value), px=self._kept_ms)
        except (redis_errors.RedisError, OSError):
            return  # the articles are safe; a repeated request finds them known

    async def release(self, key: str) -> None:
        """Give a key back: the request was not handled, and may be sent again."""
        try:
            await self._client.delete(self._name(key))
        except (redis_errors.RedisError, OSError):
            return  # it expires

    def _name(self, key: str) -> str:
        return self._streams.idempotency(hashlib.sha256(key.encode()).hexdigest())


def _kept_answer(kept: dict[str, Any], request: str) -> KeptAnswer:
    if kept["request"] != request:
        raise IngestRefused("idempotency-mismatch", "this Idempotency-Key was used for another request")
    if "status" not in kept:
        raise IngestRefused("conflict", "the first request with this Idempotency-Key still runs")
    return KeptAnswer(kept["status"], kept["body"].encode())
