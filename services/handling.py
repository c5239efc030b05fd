"""Handling: runs a worker's handler over a batch so that no entry is lost, doubled or blamed wrongly.

What it does, whatever the handler does:
- finished entries are settled in small groups, output and acknowledgement in one atomic step;
- while a batch is worked on, its deliveries are renewed, so that nobody else takes it over;
- `Transient` errors hold the batch and try again with backoff, at no cost to its entries;
- any other error is traced to a single entry by repeating the batch entry by entry;
- a failed entry stays pending for another delivery; a permanent failure, or the last delivery, makes
  it a dead letter;
- `Corruption` and `Refused` go to the caller, who stops the process.

No server, no wall clock: both come in through ports, so a simulation runs this very code. May
import: the standard library and the plumbing.
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Sequence
from contextlib import aclosing, asynccontextmanager, suppress
from dataclasses import dataclass

from services.clock import Clock
from services.dead_letter import dead_letter
from services.delivery import (
    Answer,
    Batch,
    Done,
    Entry,
    Failed,
    Route,
    Settlement,
    Transport,
)
from services.errors import Corruption, Permanent, Refused, Transient
from services.logs import correlated, get_logger
from services.streams import Streams
from services.tasks import end_task

_log = get_logger(__name__)

Sleep = Callable[[float], Awaitable[None]]
"""Waits for seconds, or less where the process is told to stop."""

Report = Callable[[str | None], Awaitable[None]]
"""Tells the outside what holds a worker up, or None where nothing does."""


class WrongStream(Refused):
    """Raised when the server refuses for good what a worker writes; someone must look."""


@dataclass(frozen=True, slots=True)
class DeliveryPolicy:
    """The limits of delivery; see the settings of the same names."""

    deliveries_max: int
    min_idle_ms: int
    settle_batch_max: int
    settle_delay_max_ms: int
    error_bytes_max: int


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one delivery: done, failed (stays pending), dead, or late (others were faster)."""

    entry: Entry
    outcome: str
    duration_ms: float
    correlation_id: str | None = None
    error: str | None = None


Observe = Callable[[Outcome], None]


class Handling:
    """Runs handlers over batches, one batch at a time."""

    def __init__(
        self,
        transport: Transport,
        *,
        group: str,
        streams: Streams,
        policy: DeliveryPolicy,
        clock: Clock,
        sleep: Sleep,
        pauses_s: Callable[[], Iterable[float]],
        stopping: Callable[[], bool],
        observe: Observe,
        report: Report,
    ) -> None:
        self._transport = transport
        self._group = group
        self._streams = streams
        self._policy = policy
        self._clock = clock
        self._sleep = sleep
        self._pauses_s = pauses_s
        self._stopping = stopping
        self._observe = observe
        self._report = report
        self._one_at_a_time = asyncio.Lock()

    async def run(self, route: Route, entries: Sequence[Entry]) -> None:
        """Handle entries until each is settled or left pending, or the process stops."""
        async with self._one_at_a_time:
            left = {entry.id: entry for entry in entries}
            async with self._renewed(route.stream, left):
                await self._wait_at(route)
                await self._handle(route, left)

    async def bury(self, route: Route, entries: Sequence[Entry]) -> None:
        """Make dead letters of entries that were delivered too often without any answer."""
        async with self._one_at_a_time:
            left = {entry.id: entry for entry in entries}
            settlements = [_unanswered(entry) for entry in entries]
            await self._settle(route, left, settlements, self._clock.monotonic())

    async def _wait_at(self, route: Route) -> None:
        """Wait while what comes after is full."""
        for pause_s in self._pauses_s():
            with suppress(Transient):
                if self._stopping() or await route.gate():
                    return
            await self._sleep(pause_s)

    async def _handle(self, route: Route, left: dict[str, Entry]) -> None:
        for pause_s in self._pauses_s():
            if self._stopping() or not left:
                return
            try:
                await self._handle_once(route, left)
            except Transient as error:
                await self._hold(route, error, pause_s)
            except (Corruption, Refused):
                raise
            except Exception as error:  # noqa: BLE001 - a handler may raise anything; it is traced below
                if await self._blame(route, left, error):
                    break
            else:
                break
        await self._report(None)

    async def _hold(self, route: Route, error: Transient, pause_s: float) -> None:
        problem = f"{type(error).__name__}: {error}"
        _log.warning("held", stream=route.stream, group=self._group, error=problem, pause_s=round(pause_s, 3))
        await self._report(problem)
        await self._sleep(pause_s)

    async def _blame(self, route: Route, left: dict[str, Entry], error: Exception) -> bool:
        """Find the entry to blame; False where a passing error came up meanwhile."""
        if len(left) == 1:
            await self._blame_one(route, left, error)
            return True
        for entry in list(left.values()):
            if self._stopping():
                return True
            alone = {entry.id: entry}
            try:
                await self._handle_once(route, alone)
            except Transient:
                return False
            except (Corruption, Refused):
                raise
            except Exception as own_error:  # noqa: BLE001 - this one entry made the handler raise
                await self._blame_one(route, alone, own_error)
            del left[entry.id]
        return True

    async def _blame_one(self, route: Route, left: dict[str, Entry], error: Exception) -> None:
        [entry] = left.values()
        await self._settle(route, left, [Failed.of(entry, error)], self._clock.monotonic())

    async def _handle_once(self, route: Route, left: dict[str, Entry]) -> None:
        """Run the handler once over what is left, settling results as they come."""
        batch = Batch(route.stream, tuple(left.values()))
        ready: list[Settlement] = []
        started = since = self._clock.monotonic()
        async with aclosing(route.handle(batch)) as settlements:
            try:
                async for settlement in settlements:
                    ready.append(settlement)
                    now = self._clock.monotonic()
                    if self._due(len(ready), (now - since) * 1000):
                        await self._settle(route, left, ready, started)
                        ready, since = [], now
            except Exception:
                await self._settle(route, left, ready, started)
                raise
        await self._settle(route, left, ready, started)

    def _due(self, count: int, waited_ms: float) -> bool:
        return count >= self._policy.settle_batch_max or waited_ms >= self._policy.settle_delay_max_ms

    async def _settle(
        self, route: Route, left: dict[str, Entry], settlements: Sequence[Settlement], started: float
    ) -> None:
        """Write settlements, again and again while the server is away; tell what became of each entry."""
        known = [settlement for settlement in settlements if settlement.entry_id in left]
        answers = [(s, answer) for s in known if (answer := self._answer(route, left, s)) is not None]
        settled = await self._write(route.stream, [answer for _, answer in answers])
        if settled is None:
            return
        first = {s.entry_id: was_first for (s, _), was_first in zip(answers, settled, strict=True)}
        duration_ms = (self._clock.monotonic() - started) * 1000
        for settlement in known:
            entry = left.pop(settlement.entry_id)
            self._tell(entry, settlement, first.get(entry.id), duration_ms)

    def _answer(self, route: Route, left: dict[str, Entry], settlement: Settlement) -> Answer | None:
        """The answer to write, or None where the entry stays pending."""
        if isinstance(settlement, Done):
            return Answer(settlement.entry_id, settlement.outputs)
        entry = left[settlement.entry_id]
        if not settlement.permanent and entry.deliveries < self._policy.deliveries_max:
            return None
        letter = dead_letter(
            entry,
            settlement,
            to=self._streams.dead(entry.stream),
            group=self._group,
            died_at=self._clock.now(),
            detail_bytes_max=self._policy.error_bytes_max,
        )
        return Answer(entry.id, (letter, *route.last_words(entry, settlement)))

    async def _write(self, stream: str, answers: Sequence[Answer]) -> list[bool] | None:
        """Which answers were first; None where the process stops before the server is back."""
        if not answers:
            return []
        for pause_s in self._pauses_s():
            try:
                return await self._transport.settle(stream, answers)
            except Transient as error:
                await self._report(str(error))
                if self._stopping():
                    break
                await self._sleep(pause_s)
            except Permanent as error:
                raise WrongStream(f"can't settle entries of {stream}: {error}") from error
        return None

    def _tell(self, entry: Entry, settlement: Settlement, was_first: bool | None, ms: float) -> None:
        outcome, error = _outcome_of(settlement, was_first)
        told = Outcome(entry, outcome, ms, settlement.correlation_id, error)
        self._observe(told)
        with correlated(settlement.correlation_id):
            write = _log.info if error is None else _log.warning
            write(
                "handled",
                stream=entry.stream,
                entry=entry.id,
                outcome=outcome,
                attempt=entry.deliveries,
                duration_ms=round(ms, 2),
                **({} if error is None else {"error": error}),
            )

    @asynccontextmanager
    async def _renewed(self, stream: str, left: dict[str, Entry]) -> AsyncIterator[None]:
        """Renew the deliveries of what is left, three times within `min_idle_ms`."""
        task = asyncio.create_task(self._renew(stream, left))
        try:
            yield
        finally:
            await end_task(task)

    async def _renew(self, stream: str, left: dict[str, Entry]) -> None:
        while not self._stopping():
            await self._sleep(self._policy.min_idle_ms / 3000)
            with suppress(Transient):
                await self._transport.renew(stream, list(left))


def _outcome_of(settlement: Settlement, was_first: bool | None) -> tuple[str, str | None]:
    if isinstance(settlement, Done):
        return (settlement.outcome if was_first else "late"), None
    if was_first is None:
        return "failed", settlement.error
    return ("dead" if was_first else "late"), settlement.error


def _unanswered(entry: Entry) -> Failed:
    """The failure of an entry that no delivery answered: each one's worker died or was lost."""
    times = entry.deliveries - 1
    return Failed(entry.id, "unanswered", f"delivered {times} times without an answer", permanent=True)
