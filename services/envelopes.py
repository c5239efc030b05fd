"""Stream entries: how a message becomes the fields of an entry, and back.

An entry is readable without our code: field `data` holds a JSON CloudEvents envelope; `id` and `type`
repeat two of its attributes for readers at a terminal. Ids derive from what the message says, so a
message that is made twice is the same message. Pure. May import: the standard library, orjson,
pydantic, `schemas`, `services.errors`.
"""

import uuid
from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

import orjson
from pydantic import ValidationError

from schemas.envelope import CloudEvent
from services.errors import Permanent

NAMESPACE: Final = uuid.UUID("6f0c3f0e-6a4f-5d0a-9b5b-3c1f5a6e7d20")
"""Namespace of all derived ids (UUIDv5). Never change it: ids in every log depend on it."""

INGEST_SOURCE: Final = "/wirefold/ingest"
EXTRACT_SOURCE: Final = "/wirefold/extract"
"""CloudEvents sources of our messages: with an id they name a message once and for all."""

MESSAGE_FIELDS: Final = ("id", "type", "data")
"""The fields of an entry that belong to the message; dead letters add others."""

Fields = dict[str, bytes | str]


class UnreadableMessage(Permanent):
    """Raised when an entry holds no valid envelope, or none that its reader knows."""


def derived_id(*parts: str) -> str:
    """The UUIDv5 of the parts; a separator that no part holds keeps ("a", "bc") from ("ab", "c")."""
    return str(uuid.uuid5(NAMESPACE, "\x00".join(parts)))


def article_message_id(article_id: str, content_hash: str) -> str:
    """The id of the `article.raw` message of an article version."""
    return derived_id("article.raw", article_id, content_hash)


def extraction_message_id(article_id: str, content_hash: str, extractor: str) -> str:
    """The id of what one extractor version (`name@version`) says of one article version."""
    return derived_id("event.extracted", article_id, content_hash, extractor)


def failure_message_id(article_id: str, content_hash: str, extractor: str) -> str:
    """The id of the message that one extractor version failed at one article version."""
    return derived_id("extraction.failed", article_id, content_hash, extractor)


def encode(event: CloudEvent) -> Fields:
    """The fields of an entry for an envelope."""
    document = event.model_dump(mode="json", exclude_none=True)
    return {"id": event.id, "type": event.type, "data": orjson.dumps(document)}


def encode_parts(
    *,
    id: str,  # noqa: A002 - the attribute's name in CloudEvents
    type: str,  # noqa: A002
    source: str,
    time: datetime,
    subject: str,
    correlation_id: str,
    causation_id: str | None,
    data: Mapping[str, Any],
) -> Fields:
    """The fields of an entry from parts known to be valid: the fast way of `encode(CloudEvent(…))`."""
    envelope: dict[str, Any] = {
        "specversion": "1.0",
        "id": id,
        "source": source,
        "type": type,
        "time": time,
        "subject": subject,
        "datacontenttype": "application/json",
        "correlationid": correlation_id,
    }
    if causation_id is not None:
        envelope["causationid"] = causation_id
    envelope["data"] = data
    return {"id": id, "type": type, "data": orjson.dumps(envelope, option=orjson.OPT_UTC_Z)}


def decode(data: bytes | None) -> CloudEvent:
    """The envelope in field `data` of an entry. Raises UnreadableMessage."""
    if data is None:
        raise UnreadableMessage("the entry has no field 'data'")
    try:
        return CloudEvent.model_validate_json(data)
    except ValidationError as error:
        raise UnreadableMessage(f"no valid CloudEvents envelope: {first_fault(error)}") from None


def first_fault(error: ValidationError) -> str:
    """The first fault of a validation error: where and what, without the input."""
    fault = error.errors(include_input=False, include_url=False, include_context=False)[0]
    where = "/".join(str(part) for part in fault["loc"])
    return f"{where}: {fault['msg']}" if where else fault["msg"]
