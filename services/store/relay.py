"""The relay: from the log's updates to the stream `incident.merged`, in order, each exactly once.

An update's entry id is `<position>-0`, so the stream's last entry is the relay's checkpoint: it and the
update are written in one step by the server. Updates of a batch are added by one script that stops at
the first error, so none is overtaken. A server that knows nothing of this log (restarted empty, or
used by another log before) is noticed by a key beside the stream; what it lost is then put back.
May import: the read models, the plumbing, redis.
"""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any, Final

import orjson
from redis import exceptions as redis_errors
from sqlalchemy import select

from schemas.envelope import INCIDENT_MERGED
from services.broker import Client, Script, as_wirefold_error, pauses_s
from services.errors import Refused, Transient
from services.health import Health
from services.settings import Settings
from services.store.event_log import rows
from services.store.event_log.database import Database
from services.store.projections.schema import read_tables
from services.store.projections.updates import update_text

RELAY_PART: Final = "relay"
EVENT_SOURCE: Final = "/wirefold/store"

_PUBLISH: Final = Script("publish")
_ADOPT: Final = Script("adopt_log")
_ANOTHER_LOG: Final = "another log"

Update = Mapping[str, Any]
"""A row of the table `updates`."""

PutBack = Callable[[], Awaitable[int]]


class StreamAhead(Refused):
    """Raised when `incident.merged` holds or refuses ids that this log cannot explain."""


class Relay:
    """Publishes the updates of one log. `published` is the position of the last one."""

    def __init__(
        self, database: Database, log_id: str, client: Client, settings: Settings, *, put_back: PutBack
    ) -> None:
        self._database = database
        self._log_id = log_id
        self._client = client
        self._settings = settings
        self._put_back = put_back
        self._adopted = False
        self.published = 0

    async def run(self, stop: asyncio.Event, wake: asyncio.Event, health: Health) -> None:
        """Publish whenever `wake` is set, and look every `relay_interval_ms` besides, until `stop`.

        Raises StreamAhead; trouble with the server is reported and waited out.
        """
        pauses = pauses_s(self._settings)
        while not stop.is_set():
            wake.clear()
            try:
                await self.publish_all()
            except Transient as error:
                health.report(RELAY_PART, str(error))
                await asyncio.sleep(next(pauses))
            else:
                health.report(RELAY_PART, None)
                pauses = pauses_s(self._settings)
                await _wait(wake, self._settings.relay_interval_ms / 1000)

    async def publish_all(self) -> int:
        """Publish everything that is not published yet; the number of updates."""
        if not self._adopted or not await self._still_ours():
            await self._adopt()
        total = 0
        while batch := await asyncio.to_thread(self._waiting):
            done = await self._publish(batch)
            total += done
            if done < len(batch):
                break
        return total

    async def _adopt(self) -> None:
        """Find where the stream stands. What a server without its data lost is put back first."""
        if not await self._still_ours():
            await self._put_back()
        keys, floor = self._keys(), await asyncio.to_thread(self._floor)
        _fresh, last = await _ADOPT(self._client, keys, [self._log_id, floor])
        self.published = int(last.split(b"-")[0])
        head = await asyncio.to_thread(self._head)
        if self.published > head:
            raise StreamAhead(
                f"{keys[0]} stands at position {self.published}, the log ends at {head}: "
                f"it tells of another state of the log; delete the keys {', '.join(keys)}"
            )
        self._adopted = True

    async def _still_ours(self) -> bool:
        try:
            found = await self._client.get(self._keys()[2])
        except (redis_errors.RedisError, OSError) as error:
            raise as_wirefold_error(error) from error
        return bool(found == self._log_id.encode())

    async def _publish(self, batch: Sequence[Update]) -> int:
        arguments: list[Any] = [self._log_id, self._settings.incident_merged_length_max]
        for row in batch:
            arguments += [f"{row['position']}-0", *message(row, self._log_id)]
        done, problem = await _PUBLISH(self._client, self._keys(), arguments)
        if done:
            self.published = int(batch[done - 1]["position"])
        if problem == _ANOTHER_LOG.encode():
            self._adopted = False
        elif problem:
            raise _trouble(batch[done]["position"], problem.decode())
        return int(done)

    def _waiting(self) -> Sequence[Update]:
        updates = read_tables()["updates"]
        query = (
            select(updates)
            .where(updates.c.position > self.published)
            .order_by(updates.c.position)
            .limit(self._settings.relay_batch_max)
        )
        with self._database.read() as connection:
            return [{**row} for row in connection.execute(query).mappings()]

    def _floor(self) -> int:
        """The position below which a stream that starts anew publishes nothing: its length is capped."""
        updates = read_tables()["updates"]
        query = (
            select(updates.c.position)
            .order_by(updates.c.position.desc())
            .offset(self._settings.incident_merged_length_max)
            .limit(1)
        )
        with self._database.read() as connection:
            return connection.scalar(query) or 0

    def _head(self) -> int:
        with self._database.read() as connection:
            return rows.read_head(connection).position

    def _keys(self) -> list[str]:
        streams = self._settings.streams
        return [streams.incident_merged, streams.trimmed_to, streams.merged_log]


def message(row: Update, log_id: str) -> tuple[str, str, bytes]:
    """Id, type and CloudEvents envelope of an update's message."""
    position = row["position"]
    message_id = f"{log_id}:{position}"
    envelope = {
        "specversion": "1.0",
        "id": message_id,
        "source": EVENT_SOURCE,
        "type": INCIDENT_MERGED,
        "time": row["recorded_at"],
        "subject": row["incident_id"],
        "datacontenttype": "application/json",
        "sequence": f"{position:019}",
    }
    if row["article_id"] is not None:
        envelope["correlationid"] = row["article_id"]
    body = {**envelope, "data": orjson.Fragment(update_text(row, log_id))}
    return message_id, INCIDENT_MERGED, orjson.dumps(body)


def _trouble(position: int, problem: str) -> Exception:
    if "equal or smaller" in problem:
        return StreamAhead(
            f"incident.merged refused position {position}, which it does not hold: {problem}; "
            "something else writes to it"
        )
    return as_wirefold_error(redis_errors.ResponseError(problem))


async def _wait(wake: asyncio.Event, seconds: float) -> None:
    try:
        async with asyncio.timeout(seconds):
            await wake.wait()
    except TimeoutError:
        return
