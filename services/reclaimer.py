"""The reclaimer: takes over entries that a dead, stuck or paused worker left pending.

Entries delivered once come back in a batch; later ones come alone, so that an entry that kills its
worker counts against itself only. An entry that was delivered `deliveries_max` times without any answer
becomes a dead letter. No server, no wall clock. May import: the standard library and the plumbing.
"""

from collections.abc import Sequence

from services.delivery import Idle, Route, Transport
from services.handling import Handling


class Reclaimer:
    """Looks through the pending entries of a group's streams, once per call of `sweep`."""

    def __init__(
        self,
        transport: Transport,
        handling: Handling,
        *,
        min_idle_ms: int,
        deliveries_max: int,
        batch_max: int,
    ) -> None:
        self._transport = transport
        self._handling = handling
        self._min_idle_ms = min_idle_ms
        self._deliveries_max = deliveries_max
        self._batch_max = batch_max

    async def sweep(self, route: Route) -> int:
        """Take over what lies idle in one stream; the number of entries taken. May raise Transient."""
        idle = await self._transport.idle(route.stream, self._min_idle_ms, self._batch_max)
        spent = [entry for entry in idle if entry.deliveries >= self._deliveries_max]
        once = [entry for entry in idle if entry.deliveries <= 1]
        again = [entry for entry in idle if 1 < entry.deliveries < self._deliveries_max]
        taken = await self._bury(route, spent) + await self._take(route, once)
        for entry in again:
            taken += await self._take(route, [entry])
        return taken

    async def _take(self, route: Route, idle: Sequence[Idle]) -> int:
        entries = await self._transport.claim(route.stream, idle, self._min_idle_ms)
        if entries:
            await self._handling.run(route, entries)
        return len(entries)

    async def _bury(self, route: Route, idle: Sequence[Idle]) -> int:
        entries = await self._transport.claim(route.stream, idle, self._min_idle_ms)
        if entries:
            await self._handling.bury(route, entries)
        return len(entries)
