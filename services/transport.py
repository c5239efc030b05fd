"""The Redis adapter of the delivery port: settling, renewing and taking over entries of one group.

May import: the standard library, redis, the plumbing. May not import: any service.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from redis import exceptions as redis_errors

from services.broker import Client, Script, as_wirefold_error, ensure_groups
from services.delivery import Answer, Entry, Idle
from services.streams import Streams

_SETTLE: Final = Script("settle")
_KEEP_CLAIMS: Final = Script("keep_claims")


@dataclass(frozen=True, slots=True)
class RedisTransport:
    """One consumer's view of the server. See `services.delivery.Transport` for what each call promises."""

    client: Client
    streams: Streams
    group: str
    consumer: str

    async def settle(self, stream: str, answers: Sequence[Answer]) -> list[bool]:
        keys = [stream, *_output_streams(answers)]
        results = await _SETTLE(self.client, keys, [self.group, *_settle_arguments(answers, keys)])
        return [result == 1 for result in results]

    async def renew(self, stream: str, ids: Sequence[str]) -> int:
        if not ids:
            return 0
        return int(await _KEEP_CLAIMS(self.client, [stream], [self.group, self.consumer, *ids]))

    async def idle(self, stream: str, min_idle_ms: int, limit: int) -> list[Idle]:
        try:
            rows: Any = await self.client.xpending_range(
                stream, self.group, "-", "+", limit, idle=min_idle_ms
            )
        except (redis_errors.RedisError, OSError) as error:
            raise as_wirefold_error(error) from error
        return [Idle(row["message_id"].decode(), int(row["times_delivered"])) for row in rows]

    async def claim(self, stream: str, idle: Sequence[Idle], min_idle_ms: int) -> list[Entry]:
        if not idle:
            return []
        ids: list[Any] = [entry.id for entry in idle]
        try:
            rows: Any = await self.client.xclaim(stream, self.group, self.consumer, min_idle_ms, ids)
            await self._forget_vanished(stream, ids, rows)
        except (redis_errors.RedisError, OSError) as error:
            raise as_wirefold_error(error) from error
        before = {entry.id: entry.deliveries for entry in idle}
        found = [(entry_id.decode(), fields) for entry_id, fields in rows if fields]
        return [Entry(stream, entry_id, fields, before[entry_id] + 1) for entry_id, fields in found]

    async def mend(self) -> None:
        await ensure_groups(self.client, self.streams)

    async def _forget_vanished(self, stream: str, ids: Sequence[str], rows: Sequence[Any]) -> None:
        """Acknowledge pending ids whose entries were deleted: servers before 7.0 keep them for ever."""
        if all(entry_id is not None for entry_id, _ in rows):
            return
        returned = {entry_id.decode() for entry_id, _ in rows if entry_id is not None}
        for entry_id in ids:
            if entry_id not in returned and not await self.client.xrange(stream, entry_id, entry_id):
                await self.client.xack(stream, self.group, entry_id)


def _output_streams(answers: Sequence[Answer]) -> list[str]:
    return list(dict.fromkeys(output.stream for answer in answers for output in answer.outputs))


def _settle_arguments(answers: Sequence[Answer], keys: Sequence[str]) -> Iterator[str | bytes | int]:
    """The flat arguments that settle.lua describes; its key indices count from 1."""
    for answer in answers:
        yield answer.entry_id
        yield len(answer.outputs)
        for output in answer.outputs:
            yield keys.index(output.stream, 1) + 1
            yield 2 * len(output.fields)
            for name, value in output.fields.items():
                yield name
                yield value
