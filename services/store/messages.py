"""Messages of the store's streams, read into the values of the core. Pure.

Whatever cannot be read is an `UnreadableMessage` (Permanent): it becomes a dead letter.
"""

from typing import Final, Generic, TypeVar

import orjson
from pydantic import BaseModel, ConfigDict, ValidationError

from schemas.article import RawArticle
from schemas.command import StoreCommand
from schemas.envelope import EVENT_EXTRACTED, EXTRACTION_FAILED, CloudEvent
from schemas.extraction import ArticleExtraction, ExtractionFailure
from schemas.upcasting import read_message
from services.envelopes import UnreadableMessage, decode, first_fault

M = TypeVar("M", bound=BaseModel)


class _Typed(BaseModel, Generic[M]):
    """An envelope whose message is read in the same pass: half the time of reading it twice."""

    model_config = ConfigDict(frozen=True)
    type: str
    data: M


_ARTICLE: Final = _Typed[RawArticle]
_EXTRACTION: Final = _Typed[ArticleExtraction]


def article_of(data: bytes | None) -> RawArticle:
    """The article of an `article.raw` entry."""
    try:
        return _ARTICLE.model_validate_json(data or b"").data
    except ValidationError:
        return _body(RawArticle, decode(data))


def extraction_of(data: bytes | None) -> ArticleExtraction | ExtractionFailure:
    """What an `event.extracted` entry says: an extraction, or that there is none."""
    try:
        found = _EXTRACTION.model_validate_json(data or b"")
    except ValidationError:
        return _extraction_of(decode(data))
    return found.data if found.type == EVENT_EXTRACTED else _extraction_of(decode(data))


def command_of(data: bytes | None) -> StoreCommand:
    """The command of a `store.command` entry."""
    return _body(StoreCommand, decode(data))


def _extraction_of(envelope: CloudEvent) -> ArticleExtraction | ExtractionFailure:
    if envelope.type == EVENT_EXTRACTED:
        return _body(ArticleExtraction, envelope)
    if envelope.type == EXTRACTION_FAILED:
        return _body(ExtractionFailure, envelope)
    raise UnreadableMessage(f"nothing is known of messages of type {envelope.type}")


def _body(model: type[M], envelope: CloudEvent) -> M:
    """The message in an envelope, of any version; read as JSON, as the log will give it back."""
    try:
        return read_message(model, orjson.dumps(envelope.data))
    except ValidationError as error:
        raise UnreadableMessage(f"no valid {model.__name__}: {first_fault(error)}") from None
