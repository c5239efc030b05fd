"""Ending tasks for certain.

Before Python 3.12 `asyncio.wait_for` drops a cancellation that arrives just as its work is done, and
redis-py sends every command through it: a task that was cancelled once may go on for ever. May import:
the standard library only.
"""

import asyncio
from collections.abc import Coroutine
from typing import Any, Final

_AGAIN_S: Final = 0.05
"""A cancellation that was dropped is repeated after this time."""


async def end_task(task: asyncio.Task[Any]) -> None:
    """Cancel a task, again if need be, until it ends. Raises the error that it ended with."""
    while not task.done():
        task.cancel()
        await asyncio.wait({task}, timeout=_AGAIN_S)
    if not task.cancelled() and (error := task.exception()) is not None:
        raise error


async def unless(stop: asyncio.Event, work: Coroutine[Any, Any, None]) -> None:
    """Do the work, or drop it when `stop` is set. Raises what the work raises."""
    task = asyncio.create_task(work)
    stopped = asyncio.create_task(stop.wait())
    await asyncio.wait({task, stopped}, return_when=asyncio.FIRST_COMPLETED)
    await end_task(stopped)
    await end_task(task)
