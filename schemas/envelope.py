"""CloudEvents 1.0 JSON envelopes: what field `data` of every stream entry holds."""

from typing import Any, Final, Literal

from pydantic import AwareDatetime, Field

from schemas.base import Contract

TYPE_PREFIX: Final = "org.wirefold"
ARTICLE_RAW: Final = f"{TYPE_PREFIX}.article.raw.v1"
EVENT_EXTRACTED: Final = f"{TYPE_PREFIX}.event.extracted.v1"
EXTRACTION_FAILED: Final = f"{TYPE_PREFIX}.extraction.failed.v1"
INCIDENT_MERGED: Final = f"{TYPE_PREFIX}.incident.merged.v1"
STORE_COMMAND: Final = f"{TYPE_PREFIX}.store.command.v1"


class CloudEvent(Contract):
    """A structured-mode CloudEvent (specification 1.0.2). `source` + `id` identify the event."""

    specversion: Literal["1.0"] = "1.0"
    id: str = Field(min_length=1)
    source: str = Field(min_length=1)
    type: str = Field(min_length=1)
    time: AwareDatetime | None = None
    subject: str | None = None
    datacontenttype: Literal["application/json"] = "application/json"
    dataschema: str | None = None
    correlationid: str | None = None
    causationid: str | None = None
    sequence: str | None = None
    data: dict[str, Any]
