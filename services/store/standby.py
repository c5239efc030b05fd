"""Waiting for the lease, and keeping it: at most one store writes."""

import asyncio
import os
import secrets
import socket

from services.errors import Transient
from services.health import Health
from services.logs import get_logger
from services.settings import Settings
from services.store.event_log.database import Database
from services.store.event_log.errors import LeaseLost
from services.store.lease import Lease, holder_of
from services.store.writer import StoodDown

LEASE_PART = "lease"
_LOOKS_PER_TTL = 3
"""A holder renews, and a standby looks, three times within the lease's time."""

_log = get_logger(__name__)


def holder_name() -> str:
    """Names this process for people, and no other one."""
    return f"{socket.gethostname()}:{os.getpid()}:{secrets.token_hex(3)}"


async def await_lease(
    lease: Lease, database: Database, settings: Settings, health: Health, stop: asyncio.Event
) -> bool:
    """Wait until the lease is ours; False if told to stop before. A standby is not ready, and says so."""
    said = False
    while not stop.is_set():
        try:
            if await asyncio.to_thread(lease.acquire):
                health.report(LEASE_PART, None)
                _log.info("lease taken", fencing=lease.token)
                return True
            problem = await asyncio.to_thread(_standing_by, database)
        except Transient as error:
            problem = str(error)
        health.report(LEASE_PART, problem)
        if not said:
            _log.info("standing by", why=problem)
            said = True
        await pause(stop, settings.lease_ttl_ms / 1000 / _LOOKS_PER_TTL)
    return False


async def keep_lease(lease: Lease, settings: Settings, health: Health, stop: asyncio.Event) -> None:
    """Renew the lease until told to stop. Raises StoodDown when another store has it."""
    while not stop.is_set():
        await pause(stop, settings.lease_ttl_ms / 1000 / _LOOKS_PER_TTL)
        try:
            await asyncio.to_thread(lease.renew)
        except LeaseLost as error:
            raise StoodDown(str(error)) from error
        except Transient as error:
            health.report(LEASE_PART, str(error))
        else:
            health.report(LEASE_PART, None)


async def pause(stop: asyncio.Event, seconds: float) -> None:
    """Wait, or less where the process is told to stop."""
    try:
        async with asyncio.timeout(seconds):
            await stop.wait()
    except TimeoutError:
        return


def _standing_by(database: Database) -> str:
    found = holder_of(database)
    return "the lease is free" if found is None else f"standing by: {found[0]} holds the lease"
