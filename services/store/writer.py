"""The writer: what the store's process does with each batch of its streams.

Commit first, acknowledge after: an entry is answered once what follows from it is in the log, so a
crash in between brings it back and changes nothing. Work on the database happens in one thread, off
the event loop. May import: the store, the plumbing. May not import: FastStream, redis.
"""

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import TypeVar

from schemas.command import CommandAnswer, StoreCommand
from schemas.extraction import ArticleExtraction
from services.clock import Clock
from services.delivery import Batch, Done, Entry, Failed, Settlement
from services.envelopes import UnreadableMessage
from services.errors import Refused
from services.store.command_desk import carry_out
from services.store.event_log.errors import LeaseLost
from services.store.messages import article_of, command_of, extraction_of
from services.store.metrics import StoreMetrics
from services.store.store import Message, Store, Taken
from services.store.waiting_room import Waiting, WaitingRoom

Reply = Callable[[CommandAnswer], Awaitable[None]]

Settle = Callable[[Sequence[str]], Awaitable[None]]
"""Acknowledges entries of `event.extracted` that were handled together with a batch of articles."""

M = TypeVar("M")
T = TypeVar("T")


class StoodDown(Refused):
    """Raised when another store holds the lease: this one must end."""


class Writer:
    """Handles the three streams of the store; calls `committed` after each commit."""

    def __init__(
        self,
        store: Store,
        *,
        clock: Clock,
        metrics: StoreMetrics,
        waiting_max: int,
        committed: Callable[[], None],
        reply: Reply,
        settle: Settle,
    ) -> None:
        self._store = store
        self._clock = clock
        self._metrics = metrics
        self._room = WaitingRoom(waiting_max)
        self._committed = committed
        self._reply = reply
        self._settle = settle
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="store")

    async def articles(self, batch: Batch) -> AsyncGenerator[Settlement, None]:
        """Record articles, and the extractions that waited for them."""
        readable, failed = _read(batch, article_of)
        for failure in failed:
            yield failure
        arrived = [article for _, article in readable]
        due = self._room.due(arrived)
        await self._take([*arrived, *(one.extraction for one in due)])
        await self._settle([one.entry_id for one in due])
        self._room.leave(due)
        for entry, article in readable:
            yield Done(entry.id, correlation_id=article.id)

    async def extractions(self, batch: Batch) -> AsyncGenerator[Settlement, None]:
        """Record extractions and place their reports; one whose article is not here yet stays pending."""
        readable, failed = _read(batch, extraction_of)
        for failure in failed:
            yield failure
        taken = await self._take([said for _, said in readable])
        early = {id(said) for said in taken.waiting}
        for entry, said in readable:
            if id(said) not in early:
                yield Done(entry.id, correlation_id=said.article_id)
            elif isinstance(said, ArticleExtraction):
                self._room.keep(Waiting(entry.id, said))
        self._metrics.waiting.set(len(self._room))

    async def commands(self, batch: Batch) -> AsyncGenerator[Settlement, None]:
        """Carry out commands one by one and answer each when it is in the log."""
        readable, failed = _read(batch, command_of)
        for failure in failed:
            yield failure
        for entry, command in readable:
            answer = await self._carry_out(command)
            await self._reply(answer)
            outcome = "done" if answer.accepted else "refused"
            yield Done(entry.id, correlation_id=command.article_id, outcome=outcome)

    async def aside(self, work: Callable[[], T]) -> T:
        """Run work that touches the store in the store's thread."""
        return await asyncio.get_running_loop().run_in_executor(self._thread, work)

    def close(self) -> None:
        self._thread.shutdown()

    async def _take(self, messages: Sequence[Message]) -> Taken:
        with self._metrics.commit_seconds.time():
            taken = await self._guarded(lambda: self._store.take(messages))
        self._metrics.note(taken.recorded)
        for seconds in await self.aside(lambda: self._delays(taken)):
            self._metrics.end_to_end_seconds.observe(seconds)
        if taken.recorded:
            self._committed()
        return taken

    async def _carry_out(self, command: StoreCommand) -> CommandAnswer:
        answer = await self._guarded(lambda: carry_out(self._store, command, self._clock))
        if answer.positions:
            self._committed()
        return answer

    async def _guarded(self, work: Callable[[], T]) -> T:
        try:
            return await self.aside(work)
        except LeaseLost as error:
            raise StoodDown(str(error)) from error

    def _delays(self, taken: Taken) -> list[float]:
        """Seconds from accepting an article to recording what it says."""
        return [delay / timedelta(seconds=1) for delay in self._store.delays(taken.recorded)]


def _read(batch: Batch, read: Callable[[bytes | None], M]) -> tuple[list[tuple[Entry, M]], list[Failed]]:
    readable: list[tuple[Entry, M]] = []
    failed: list[Failed] = []
    for entry in batch.entries:
        try:
            readable.append((entry, read(entry.data)))
        except UnreadableMessage as error:
            failed.append(Failed.of(entry, error))
    return readable, failed
