"""The extract worker: hands articles to the sandbox and turns its replies into settlements.

May import: the standard library, `schemas`, the plumbing. Knows nothing of how articles are extracted.
"""

from collections.abc import AsyncGenerator, Sequence
from typing import Final

from schemas.envelope import EVENT_EXTRACTED, EXTRACTION_FAILED, CloudEvent
from schemas.extraction import ExtractionFailure, ExtractorId
from services.backlog import stream_length
from services.broker import Client
from services.clock import Clock
from services.delivery import Batch, Done, Entry, Failed, Output, Settlement
from services.envelopes import (
    EXTRACT_SOURCE,
    Fields,
    UnreadableMessage,
    decode,
    encode_parts,
    failure_message_id,
)
from services.errors import Transient
from services.sandbox import Broke, Reply, Result, Sandbox
from services.streams import Streams

DETAIL_CHARS_MAX: Final = 4_000
"""Characters of a traceback that the failure in the log keeps: its end."""


class ExtractorAway(Transient):
    """Raised when the extractor says that a later try may succeed (a service it calls is away)."""


class ExtractWorker:
    """Handles batches of `article.raw`."""

    def __init__(self, sandbox: Sandbox, extractor: ExtractorId, streams: Streams, clock: Clock) -> None:
        self._sandbox = sandbox
        self._extractor = extractor
        self._streams = streams
        self._clock = clock

    async def handle(self, batch: Batch) -> AsyncGenerator[Settlement, None]:
        """A settlement per entry, in order, each as soon as its article is extracted."""
        requests = [entry.data or b"" for entry in batch.entries]
        replies = self._sandbox.run(requests)
        try:
            for entry in batch.entries:
                yield self._settlement(entry, await anext(replies))
        finally:
            await replies.aclose()

    def _settlement(self, entry: Entry, reply: Reply) -> Settlement:
        if isinstance(reply, Result):
            return self._done(entry, reply.payload)
        if reply.branch == "Transient":
            raise ExtractorAway(reply.error)
        return _failed(entry, reply)

    def _done(self, entry: Entry, payload: bytes) -> Done:
        message_id, correlation_id, data = payload.split(b"\n", 2)
        fields: Fields = {"id": message_id, "type": EVENT_EXTRACTED, "data": data}
        output = Output(self._streams.event_extracted, fields)
        return Done(entry.id, (output,), correlation_id=correlation_id.decode())

    def last_words(self, entry: Entry, failure: Failed) -> Sequence[Output]:
        """The message that the article could not be extracted; none where it is no article at all."""
        event = _envelope(entry)
        if event is None:
            return ()
        article_id, content_hash = event.data.get("id"), event.data.get("content_hash")
        if not isinstance(article_id, str) or not isinstance(content_hash, str):
            return ()
        said = ExtractionFailure(
            article_id=article_id,
            content_hash=content_hash,
            extractor=self._extractor,
            error=failure.error,
            detail=failure.detail[-DETAIL_CHARS_MAX:],
            deliveries=entry.deliveries,
        )
        fields = encode_parts(
            id=failure_message_id(article_id, content_hash, str(self._extractor)),
            type=EXTRACTION_FAILED,
            source=EXTRACT_SOURCE,
            time=self._clock.now(),
            subject=article_id,
            correlation_id=event.correlationid or article_id,
            causation_id=event.id,
            data=said.as_json(),
        )
        return (Output(self._streams.event_extracted, fields),)


class RoomDownstream:
    """A gate: open while `event.extracted` has room."""

    def __init__(self, client: Client, stream: str, length_max: int) -> None:
        self._client = client
        self._stream = stream
        self._length_max = length_max

    async def __call__(self) -> bool:
        return await stream_length(self._client, self._stream) < self._length_max


def _failed(entry: Entry, broke: Broke) -> Failed:
    event = _envelope(entry)
    return Failed(
        entry.id,
        reason=broke.reason,
        error=broke.error,
        detail=broke.detail,
        permanent=broke.branch == "Permanent",
        correlation_id=event.correlationid if event else None,
    )


def _envelope(entry: Entry) -> CloudEvent | None:
    try:
        return decode(entry.data)
    except UnreadableMessage:
        return None
