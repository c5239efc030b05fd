"""The intake: checks the articles of a posting and has the good ones written.

May import: the standard library, `schemas`, the plumbing, the other modules of ingest but `app`.
"""

import asyncio
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from schemas.envelope import ARTICLE_RAW
from services.clock import Clock
from services.envelopes import INGEST_SOURCE, article_message_id, encode_parts
from services.ingest.answers import Result
from services.ingest.faults import InvalidArticle
from services.ingest.messages import Message, Written
from services.ingest.normalise import Accepted, ArticleLimits, normalise
from services.ingest.posted import read_posted
from services.ingest.posting import Item, Posting, pieces
from services.ingest.writer import Writer

PIECE_ITEMS: Final = 50
"""Articles checked before other requests get their turn: about 5 ms."""


@dataclass(frozen=True, slots=True)
class _Checked:
    """A checked item: its result so far, and the message to write unless it was refused."""

    result: Result
    message: Message | None = None


class Intake:
    """Takes postings in."""

    def __init__(self, writer: Writer, limits: ArticleLimits, clock: Clock) -> None:
        self._writer = writer
        self._limits = limits
        self._clock = clock

    async def take(self, posting: Posting, correlation_id: str | None) -> list[Result]:
        """What became of each item, in order; returns once the good ones are on disk.

        `correlation_id` is the client's, else each article's own id. Raises Transient errors of writing.
        """
        checked: list[_Checked] = []
        received_at = self._clock.now()
        for piece in pieces(posting.items, PIECE_ITEMS):
            checked += [self._check(item, received_at, correlation_id) for item in piece]
            await asyncio.sleep(0)
        messages = [one.message for one in checked if one.message is not None]
        written = iter(await self._writer.write(messages) if messages else ())
        return [
            one.result if one.message is None else _with_written(one.result, next(written)) for one in checked
        ]

    def _check(self, item: Item, received_at: datetime, correlation_id: str | None) -> _Checked:
        if item.fault is not None:
            return _Checked(Result(item.index, faults=(item.fault,)))
        try:
            accepted = normalise(read_posted(item.value), received_at, self._limits)
        except InvalidArticle as error:
            return _Checked(Result(item.index, faults=error.faults))
        correlation = correlation_id or accepted.id
        result = Result(
            item.index, id=accepted.id, content_hash=accepted.content_hash, correlation_id=correlation
        )
        return _Checked(result, _message(accepted, received_at, correlation))


def _message(accepted: Accepted, received_at: datetime, correlation_id: str) -> Message:
    message_id = article_message_id(accepted.id, accepted.content_hash)
    fields = encode_parts(
        id=message_id,
        type=ARTICLE_RAW,
        source=INGEST_SOURCE,
        time=received_at,
        subject=accepted.id,
        correlation_id=correlation_id,
        causation_id=None,
        data=accepted.article,
    )
    data = fields["data"]
    assert isinstance(data, bytes)
    return Message(accepted.id, accepted.content_hash, message_id, data)


def _with_written(result: Result, written: Written) -> Result:
    return replace(result, written=written)
