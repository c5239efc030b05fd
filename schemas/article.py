"""RawArticle: a news report exactly as it was accepted."""

from datetime import datetime
from typing import ClassVar, Literal

from pydantic import AwareDatetime, Field

from schemas.base import Contract


class Source(Contract):
    """Who published an article: the outlet's name and its domain, either may be unknown."""

    name: str | None = None
    domain: str | None = None


class RawArticle(Contract):
    """An accepted article. Everything but id, text, hash and `received_at` may be missing.

    `text` is exactly as posted: all offsets of evidence point into it. Times are UTC;
    `published_precision` says whether `published_at` names a moment or only a day (then 00:00).
    `content_hash` is the SHA-256 (hex) of what `services.ingest.identity` hashes.
    """

    SCHEMA_VERSION: ClassVar[int] = 1

    schema_version: Literal[1] = 1
    id: str = Field(min_length=1, max_length=200)
    content_hash: str = Field(pattern=r"^[0-9a-f]{64}$")
    url: str | None = None
    source: Source = Source()
    title: str | None = None
    text: str = Field(min_length=1)
    language: str | None = None
    byline: str | None = None
    published_at: AwareDatetime | None = None
    published_precision: Literal["day", "time"] | None = None
    received_at: AwareDatetime

    @property
    def reported_at(self) -> datetime:
        """When the report counts as published: `published_at`, else `received_at`."""
        return self.published_at or self.received_at
