"""Keeps the hub in step with the log: woken by the relay's stream, else by a short poll.

The stream only wakes; what subscribers get is read from the database, so a lost or trimmed stream
costs latency, never an update.
"""

import asyncio
from typing import Any, Final

from redis import exceptions as redis_errors

from services.broker import Client
from services.errors import Transient
from services.health import Health
from services.settings import Settings
from services.store.query.hub import Hub

POLL_S: Final = 0.25
"""Longest delay of an update when the stream cannot wake us."""
BLOCK_MS: Final = 1_000


async def tail(hub: Hub, client: Client, settings: Settings, health: Health) -> None:
    """Advance the hub for ever; a failing database shows in the health and is tried again."""
    wake = asyncio.Event()
    listener = asyncio.create_task(_listen(client, settings, wake))
    try:
        while not listener.done():
            await _advance(hub, health)
            await _wait(wake)
        listener.result()  # it never ends by itself: what it raised is a defect to be seen
    finally:
        listener.cancel()


async def _advance(hub: Hub, health: Health) -> None:
    try:
        await hub.advance()
    except Transient as error:
        health.report("updates", str(error))
        await asyncio.sleep(POLL_S)
    else:
        health.report("updates", None)


async def _wait(wake: asyncio.Event) -> None:
    try:
        await asyncio.wait_for(wake.wait(), POLL_S)
    except TimeoutError:
        return
    wake.clear()


async def _listen(client: Client, settings: Settings, wake: asyncio.Event) -> None:
    """Set `wake` whenever the relay has published; a server that is away is tried again."""
    stream = settings.streams.incident_merged
    last = b"$"
    while True:
        try:
            found: Any = await client.xread({stream: last}, count=1000, block=BLOCK_MS)
        except (redis_errors.RedisError, OSError):
            last = b"$"
            await asyncio.sleep(POLL_S)
            continue
        for _, entries in found or ():
            last = entries[-1][0]
            wake.set()
