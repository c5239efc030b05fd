"""Messages of the store's streams, read into the values of the core. Pure.

Whatever cannot be read is an `UnreadableMessage` (Permanent): it becomes a dead letter.
"""

from typing import TypeVar

import orjson
from pydantic import BaseModel, ValidationError

from schemas.article import RawArticle
from schemas.command import StoreCommand
from schemas.envelope import EVENT_EXTRACTED, EXTRACTION_FAILED, CloudEvent
from schemas.extraction import ArticleExtraction, ExtractionFailure
from schemas.upcasting import read_message
from services.envelopes import UnreadableMessage, decode, first_fault

M = TypeVar("M", bound=BaseModel)


def article_of(data: bytes | None) -> RawArticle:
    """The article of an `article.raw` entry."""
    return _body(RawArticle, decode(data))


def extraction_of(data: bytes | None) -> ArticleExtraction | ExtractionFailure:
    """What an `event.extracted` entry says: an extraction, or that there is none."""
    envelope = decode(data)
    if envelope.type == EVENT_EXTRACTED:
        return _body(ArticleExtraction, envelope)
    if envelope.type == EXTRACTION_FAILED:
        return _body(ExtractionFailure, envelope)
    raise UnreadableMessage(f"nothing is known of messages of type {envelope.type}")


def command_of(data: bytes | None) -> StoreCommand:
    """The command of a `store.command` entry."""
    return _body(StoreCommand, decode(data))


def _body(model: type[M], envelope: CloudEvent) -> M:
    """The message in an envelope; read as JSON, so that it is what the log will give back."""
    try:
        return read_message(model, orjson.dumps(envelope.data))
    except ValidationError as error:
        raise UnreadableMessage(f"no valid {model.__name__}: {first_fault(error)}") from None
