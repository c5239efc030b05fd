"""Upkeep of streams: trims what every group has acknowledged and forgets consumers that are gone.

May import: the standard library, redis, the plumbing. May not import: any service.
"""

from dataclasses import dataclass
from typing import Final

from services.backlog import trim_acknowledged
from services.broker import Argument, Client, Script
from services.delivery import Route
from services.metrics import DeliveryMetrics
from services.streams import Streams

CONSUMER_SILENT_MAX_MS: Final = 3_600_000
"""A live consumer asks every `poll_ms`; one silent for an hour is dead (a paused one comes back anew)."""

_FORGET_CONSUMERS: Final = Script("forget_consumers")


@dataclass(frozen=True, slots=True)
class Upkeep:
    """The upkeep of one group's streams."""

    client: Client
    streams: Streams
    group: str
    metrics: DeliveryMetrics

    async def tend(self, route: Route) -> int:
        """Trim one stream and forget dead consumers; the number of entries trimmed."""
        trimmed = await trim_acknowledged(self.client, route.stream, self.streams.groups()[route.stream])
        self.metrics.trimmed.labels(route.stream).inc(trimmed)
        await self.forget(route.stream)
        return trimmed

    async def forget(self, stream: str, *leaving: str) -> int:
        """Remove consumers that hold nothing and are leaving, or have been silent for long."""
        arguments: list[Argument] = [self.group, CONSUMER_SILENT_MAX_MS, *leaving]
        return int(await _FORGET_CONSUMERS(self.client, [stream], arguments))
