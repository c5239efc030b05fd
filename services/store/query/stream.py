"""Server-sent events: past changes from the log, then live ones from the hub, without a gap."""

import asyncio
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from typing import Final

from services.store.query.filters import Filters
from services.store.query.hub import READ_LIMIT, Frame, Hub, Subscriber, admits, encode
from services.store.query.ports import LoggedUpdate, ReadModels

HEARTBEAT: Final = b": still here\n\n"
DROPPED: Final = b"event: dropped\ndata: too slow; resume with Last-Event-ID\n\n"
Enrich = Callable[[LoggedUpdate], LoggedUpdate]
"""Puts the whole record in place of the compact one (`?full=1`)."""

OPENING: Final = b"retry: 2000\n: wirefold incident updates\n\n"
"""Clients reconnect after two seconds; no id, so a cursor is never lost to it."""


@dataclass(frozen=True, slots=True)
class Subscription:
    """What one client asked for. `after` None starts with what happens from now on."""

    filters: Filters
    after: int | None
    buffer_max: int
    heartbeat_s: float


async def event_stream(
    subscription: Subscription,
    hub: Hub,
    models: ReadModels,
    enrich: Enrich | None = None,
) -> AsyncIterator[bytes]:
    """The bytes of one client's stream; ends when the client is too slow or the service stops.

    The subscriber joins the hub before the past is read, so nothing falls between the two.
    """
    subscriber = Subscriber(subscription.filters, subscription.buffer_max)
    joined_at = hub.join(subscriber)
    try:
        yield OPENING
        if subscription.after is not None:
            async for chunk in _past(subscription, joined_at, models, enrich):
                yield chunk
        async for chunk in _live(subscription, subscriber, models.log_id, enrich):
            yield chunk
    finally:
        hub.leave(subscriber)


async def _past(
    subscription: Subscription,
    up_to: int,
    models: ReadModels,
    enrich: Enrich | None,
) -> AsyncIterator[bytes]:
    after = subscription.after or 0
    while after < up_to:
        read = await asyncio.to_thread(models.updates, after, READ_LIMIT)
        updates = [one for one in read if one.position <= up_to]
        if not updates:
            return
        after = updates[-1].position
        shown = await asyncio.to_thread(_encode_all, updates, subscription.filters, models.log_id, enrich)
        if shown:
            yield shown


def _encode_all(
    updates: list[LoggedUpdate],
    filters: Filters,
    log_id: str,
    enrich: Enrich | None,
) -> bytes:
    frames = []
    for update in updates:
        frame = encode(update, log_id)
        if admits(filters, frame):
            frames.append(_full(frame, update, log_id, enrich))
    return b"".join(frames)


def _full(
    frame: Frame,
    update: LoggedUpdate,
    log_id: str,
    enrich: Enrich | None,
) -> bytes:
    return frame.data if enrich is None else encode(enrich(update), log_id).data


async def _live(
    subscription: Subscription,
    subscriber: Subscriber,
    log_id: str,
    enrich: Enrich | None,
) -> AsyncIterator[bytes]:
    while True:
        frames = await subscriber.take(subscription.heartbeat_s)
        if frames:
            yield await _joined(frames, log_id, enrich)
        elif subscriber.dropped:
            yield DROPPED
            return
        else:
            yield HEARTBEAT


async def _joined(frames: list[Frame], log_id: str, enrich: Enrich | None) -> bytes:
    if enrich is None:
        return b"".join(frame.data for frame in frames)
    return await asyncio.to_thread(_enriched, frames, log_id, enrich)


def _enriched(frames: list[Frame], log_id: str, enrich: Enrich) -> bytes:
    return b"".join(encode(enrich(frame.update), log_id).data for frame in frames)
