"""The load watch: looks, twice a second, whether the pipeline can take more, and says so.

Ingest refuses before anything fills up: 429 while articles wait in numbers, 503 while the server is
away or short of memory, while a worker is held up (a disk full), or while dead letters pile up.
May import: the standard library, redis, the plumbing.
"""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass

from redis import exceptions as redis_errors

from services.backlog import StreamBacklog, read_backlog
from services.broker import Client, as_wirefold_error, check_durability, ensure_groups, pauses_s
from services.dead_letter import count_dead_letters
from services.errors import Transient
from services.health import Health
from services.logs import get_logger
from services.metrics import BacklogMetrics
from services.settings import MIB, Settings
from services.trouble import read_trouble

BROKER_PART = "broker"
PIPELINE_PART = "pipeline"

_log = get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why nothing is taken now: the problem's slug, and the reason."""

    slug: str
    detail: str


class LoadWatch:
    """Watches the server and the streams; `refusal` is None while articles are taken."""

    def __init__(self, client: Client, settings: Settings, health: Health, metrics: BacklogMetrics) -> None:
        self._client = client
        self._settings = settings
        self._streams = settings.streams
        self._health = health
        self._metrics = metrics
        self._prepared = False
        self._trouble: str | None = None
        self.refusal: Refusal | None = Refusal("unavailable", "starting")

    async def run(self) -> None:
        """Watch for ever. Raises TooWeakServer or other Refused errors, which nobody can wait out."""
        pauses = pauses_s(self._settings)
        while True:
            try:
                self.refusal = await self._look()
                self._health.report(BROKER_PART, None)
                self._health.report(PIPELINE_PART, self._trouble)
            except Transient as error:
                self._away(error)
                await asyncio.sleep(next(pauses))
            else:
                pauses = pauses_s(self._settings)
                await asyncio.sleep(self._settings.load_check_interval_ms / 1000)

    def _away(self, error: Transient) -> None:
        if self._prepared or self.refusal is None:
            _log.warning("server away", error=str(error))
        self._prepared = False
        self._health.report(BROKER_PART, str(error))
        self.refusal = Refusal("unavailable", "the server of streams is away")

    async def _look(self) -> Refusal | None:
        if not self._prepared:
            await self._prepare()
        backlogs = [await read_backlog(self._client, stream) for stream in self._streams.groups()]
        if any(not backlog.groups for backlog in backlogs):
            await ensure_groups(self._client, self._streams)
        self._trouble = await read_trouble(self._client, self._streams)
        if self._trouble is not None:
            return Refusal("unavailable", f"a worker is held up: {self._trouble}")
        return await self._short_of_memory() or await self._dead(backlogs) or self._behind(backlogs)

    async def _prepare(self) -> None:
        if warning := await check_durability(self._client, self._settings.durability):
            _log.warning("durability unknown", warning=warning)
        await ensure_groups(self._client, self._streams)
        self._prepared = True

    async def _short_of_memory(self) -> Refusal | None:
        try:
            used = int((await self._client.info("memory"))["used_memory"])
        except (redis_errors.RedisError, OSError) as error:
            raise as_wirefold_error(error) from error
        if used <= self._settings.redis_memory_max_mib * MIB:
            return None
        return Refusal("unavailable", "the server of streams is short of memory")

    async def _dead(self, backlogs: Sequence[StreamBacklog]) -> Refusal | None:
        """Show the gauges; refuse while dead letters pile up, since each is an article not in the log."""
        refusal = None
        for backlog in backlogs:
            dead = await count_dead_letters(self._client, self._streams, backlog.stream)
            self._metrics.show(backlog, dead)
            if dead >= self._settings.dead_letters_max:
                refusal = Refusal("unavailable", f"{dead} dead letters of {backlog.stream} wait for someone")
        return refusal

    def _behind(self, backlogs: Sequence[StreamBacklog]) -> Refusal | None:
        limits = {
            self._streams.article_raw: self._settings.article_raw_length_max,
            self._streams.event_extracted: self._settings.event_extracted_length_max,
        }
        for backlog in backlogs:
            if backlog.length >= limits.get(backlog.stream, backlog.length + 1):
                return Refusal("too-many-requests", f"{backlog.length} articles wait to be worked on")
        return None
