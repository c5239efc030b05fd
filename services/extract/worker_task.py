"""The sandbox task of the extract worker: from an `article.raw` envelope to an `event.extracted` one.

Runs in the child process, where an extractor may hang, crash or eat memory. May import: the standard
library, orjson, pydantic, `schemas`, the plumbing, the extractor's side of this service.
"""

from contextlib import suppress
from datetime import UTC, datetime
from typing import Final

import orjson
from pydantic import ValidationError

from schemas.article import RawArticle
from schemas.envelope import EVENT_EXTRACTED, CloudEvent
from schemas.extraction import ArticleExtraction
from schemas.upcasting import read_message
from services.clock import Clock, SystemClock
from services.envelopes import (
    EXTRACT_SOURCE,
    UnreadableMessage,
    decode,
    encode_parts,
    extraction_message_id,
    first_fault,
)
from services.extract import registry
from services.extract.ports import Extractor
from services.extract.sketch import build_sketch

_WARM_UP: Final = RawArticle(
    id="warm-up",
    content_hash="0" * 64,
    title="Two people hurt in a fire",
    text="TESTVILLE, May 3 (Wire) - Two people were hurt in a fire on Tuesday, police said.",
    published_at=datetime(2024, 5, 3, tzinfo=UTC),
    received_at=datetime(2024, 5, 3, tzinfo=UTC),
)
"""Extracted once at the start, so that the first real article does not wait for resources to load."""


class ExtractionTask:
    """Extracts one article a request. A request is the JSON envelope, as is the answer after two lines:
    the id of the message and its correlation id.
    """

    def __init__(self, extractor: Extractor, clock: Clock) -> None:
        self._extractor = extractor
        self._clock = clock
        self.hello = extractor.id.model_dump_json().encode()

    def __call__(self, request: bytes) -> bytes:
        event = decode(request)
        article = read_article(event)
        started = self._clock.monotonic()
        found = self._extractor.extract(article)
        extraction = ArticleExtraction(
            article_id=article.id,
            content_hash=article.content_hash,
            extractor=self._extractor.id,
            events=found.events,
            primary=found.primary,
            sketch=build_sketch(article, found.kept),
            duration_ms=round((self._clock.monotonic() - started) * 1000, 3),
        )
        return self._message(event, article, extraction)

    def _message(self, event: CloudEvent, article: RawArticle, extraction: ArticleExtraction) -> bytes:
        message_id = extraction_message_id(article.id, article.content_hash, str(extraction.extractor))
        correlation_id = event.correlationid or article.id
        fields = encode_parts(
            id=message_id,
            type=EVENT_EXTRACTED,
            source=EXTRACT_SOURCE,
            time=self._clock.now(),
            subject=article.id,
            correlation_id=correlation_id,
            causation_id=event.id,
            data=extraction.as_json(),
        )
        data = fields["data"]
        assert isinstance(data, bytes)
        return b"\n".join((message_id.encode(), correlation_id.encode(), data))


def build(extractor_name: str) -> ExtractionTask:
    """Make the extractor and everything it loads."""
    extractor = registry.load(extractor_name)
    with suppress(Exception):
        extractor.extract(_WARM_UP)
        build_sketch(_WARM_UP)
    return ExtractionTask(extractor, SystemClock())


def read_article(event: CloudEvent) -> RawArticle:
    """The article in an envelope, whatever version wrote it. Raises UnreadableMessage."""
    try:
        return read_message(RawArticle, orjson.dumps(event.data))
    except ValidationError as error:
        raise UnreadableMessage(f"no valid article: {first_fault(error)}") from None
