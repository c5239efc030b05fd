"""The reader: FastStream batch subscribers for the new entries of a group's streams.

Entries are in our own form, not FastStream's, so they pass it raw. May import: the standard library,
faststream, redis, the plumbing. May not import: any service.
"""

from collections.abc import Awaitable, Callable, Sequence
from typing import Any

from faststream import AckPolicy
from faststream.redis import StreamSub
from faststream.redis.message import RedisBatchStreamMessage

from services.broker import connection_options
from services.delivery import Entry, Route
from services.patient_broker import Patience, PatientBroker
from services.settings import Settings

Receive = Callable[[Route, Sequence[Entry]], Awaitable[None]]


def build_reader(
    settings: Settings,
    *,
    url: str,
    group: str,
    consumer: str,
    routes: Sequence[Route],
    receive: Receive,
    patience: Patience,
) -> PatientBroker:
    """A broker with one batch subscriber per route; `start` and `stop` it. Connects at `start`."""
    broker = PatientBroker(
        url,
        patience=patience,
        connection_options=connection_options(settings),
        logger=None,
        apply_types=False,
        graceful_timeout=settings.stop_grace_max_ms / 1000,
    )
    for route in routes:
        stream = StreamSub(
            route.stream,
            group=group,
            consumer=consumer,
            batch=True,
            max_records=settings.read_batch_max,
            polling_interval=settings.poll_ms,
        )
        subscriber = broker.subscriber(
            stream=stream, ack_policy=AckPolicy.MANUAL, parser=_keep_raw, decoder=_as_entries
        )
        subscriber(_consume(route, receive))
    return broker


def _consume(route: Route, receive: Receive) -> Callable[[list[Entry]], Awaitable[None]]:
    async def consume(entries: list[Entry]) -> None:
        await receive(route, entries)

    return consume


async def _keep_raw(message: Any) -> RedisBatchStreamMessage:
    """FastStream's message around the raw reply: its own parsers know only its own format."""
    return RedisBatchStreamMessage(raw_message=message, body=b"", consumer=_NOBODY, group=None)


async def _as_entries(message: RedisBatchStreamMessage) -> list[Entry]:
    raw = message.raw_message
    return [
        Entry(raw["channel"], entry_id.decode(), fields)
        for entry_id, fields in zip(raw["message_ids"], raw["data"], strict=True)
    ]


class _Nobody:
    """Takes FastStream's acknowledgements: ours go another way."""

    async def xack(self, name: str, groupname: str, *ids: bytes) -> None: ...

    async def xdel(self, name: str, *ids: bytes) -> None: ...

    async def xpending_range(
        self,
        name: str,  # noqa: ARG002
        groupname: str,  # noqa: ARG002
        min: bytes,  # noqa: A002, ARG002
        max: bytes,  # noqa: A002, ARG002
        count: int,  # noqa: ARG002
    ) -> list[dict[str, Any]]:
        return []


_NOBODY = _Nobody()
