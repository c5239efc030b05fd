"""The writer: puts articles into `article.raw`, each version once, many requests in one call.

Requests that come in while a call is under way are written together by the next one: 1.8 times the
throughput of a call each. The script looks up and adds in one atomic step, and its reply comes only
after the server has it on disk (`appendfsync always`). May import: the standard library, the plumbing.
"""

import asyncio
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from schemas.envelope import ARTICLE_RAW
from services.broker import Argument, Client, Script
from services.errors import Transient, WirefoldError
from services.ingest.messages import Message, Written
from services.settings import Settings
from services.tasks import end_task

_ACCEPT: Final = Script("accept")


class WriteQueueFull(Transient):
    """Raised when more articles wait to be written than may."""


@dataclass(frozen=True, slots=True)
class _Waiting:
    messages: Sequence[Message]
    bytes: int
    answer: "asyncio.Future[list[Written]]"


class Writer:
    """One task that writes what all requests want written."""

    def __init__(self, client: Client, settings: Settings) -> None:
        self._client = client
        self._settings = settings
        self._streams = settings.streams
        self._queue: deque[_Waiting] = deque()
        self._queued = 0
        self._wake = asyncio.Event()
        self._task: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Start the task."""
        self._task = asyncio.create_task(self._run())

    async def stop(self) -> None:
        """Write what waits, then end the task."""
        while self._queued and self._task is not None and not self._task.done():
            await asyncio.sleep(0.01)
        if self._task is not None:
            await end_task(self._task)

    async def write(self, messages: Sequence[Message]) -> list[Written]:
        """What became of each message, in their order; returns once the server has them on disk.

        Raises WriteQueueFull, BrokerAway (some may have been written: sending them again is safe).
        """
        if self._queued + len(messages) > self._settings.write_queue_max:
            raise WriteQueueFull(f"{self._queued} articles wait to be written")
        answers = await asyncio.gather(*(self._enqueue(part) for part in self._parts(messages)))
        return [written for answer in answers for written in answer]

    def _parts(self, messages: Sequence[Message]) -> list[Sequence[Message]]:
        """The messages in parts that fit one call."""
        parts: list[list[Message]] = [[]]
        size = 0
        for message in messages:
            if parts[-1] and not self._fits(len(parts[-1]) + 1, size + len(message.data)):
                parts.append([])
                size = 0
            parts[-1].append(message)
            size += len(message.data)
        return [part for part in parts if part]

    def _fits(self, count: int, size: int) -> bool:
        return count <= self._settings.write_batch_max and size <= self._settings.write_batch_bytes_max

    def _enqueue(self, messages: Sequence[Message]) -> "asyncio.Future[list[Written]]":
        answer: asyncio.Future[list[Written]] = asyncio.get_running_loop().create_future()
        size = sum(len(message.data) for message in messages)
        self._queue.append(_Waiting(messages, size, answer))
        self._queued += len(messages)
        self._wake.set()
        return answer

    async def _run(self) -> None:
        while True:
            await self._wake.wait()
            self._wake.clear()
            while self._queue:
                await self._write_together(self._next())

    def _next(self) -> list[_Waiting]:
        """What waits longest, as much as fits one call."""
        taken = [self._queue.popleft()]
        count, size = len(taken[0].messages), taken[0].bytes
        while self._queue:
            count += len(self._queue[0].messages)
            size += self._queue[0].bytes
            if not self._fits(count, size):
                break
            taken.append(self._queue.popleft())
        return taken

    async def _write_together(self, waiting: Sequence[_Waiting]) -> None:
        messages = [message for one in waiting for message in one.messages]
        try:
            results = await self._call(messages)
        except WirefoldError as error:
            for one in waiting:
                _fail(one.answer, error)
        else:
            at = 0
            for one in waiting:
                _answer(one.answer, results[at : at + len(one.messages)])
                at += len(one.messages)
        finally:
            self._queued -= len(messages)

    async def _call(self, messages: Sequence[Message]) -> list[Written]:
        keys = [self._streams.article_raw, *(self._streams.seen(one.article_id) for one in messages)]
        arguments: list[Argument] = [self._settings.article_raw_length_max, self._settings.dedup_ttl_ms]
        for one in messages:
            arguments += (one.content_hash, one.message_id, ARTICLE_RAW, one.data)
        return [Written(result) for result in await _ACCEPT(self._client, keys, arguments)]


def _answer(answer: "asyncio.Future[list[Written]]", results: list[Written]) -> None:
    if not answer.done():
        answer.set_result(results)


def _fail(answer: "asyncio.Future[list[Written]]", error: Exception) -> None:
    if not answer.done():
        answer.set_exception(error)
