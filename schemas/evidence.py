"""Where a value comes from: article, offsets in code points, exact quote."""

from typing import Literal, Self

from pydantic import Field, model_validator

from schemas.base import Contract
from schemas.taxonomy import EvidenceKind

Where = Literal["text", "title"]


class Quote(Contract):
    """A span of an article: `quote` equals `text[start:end]` (or `title[start:end]`).

    Offsets are Unicode code points into the article as posted, end exclusive.
    """

    in_: Where = Field(default="text", alias="in")
    start: int = Field(ge=0)
    end: int = Field(ge=0)
    quote: str

    @model_validator(mode="after")
    def _length_matches(self) -> Self:
        if self.end - self.start != len(self.quote):
            raise ValueError("end - start must be the length of the quote in code points")
        return self


class Evidence(Contract):
    """One piece of evidence for one field of an event or record.

    `stated`: the quote says the value. `derived`: the value follows from the quotes of its addends
    (one Evidence each). `assumed`: a fallback without a span (start, end and quote are null).
    `field` is the name of the field: date, place, event_type, fatalities, injured, weapon,
    victims, perpetrators, and for a part of one `fatalities.low` and the like.
    """

    field: str
    article_id: str
    in_: Where | None = Field(default="text", alias="in")
    start: int | None = Field(default=None, ge=0)
    end: int | None = Field(default=None, ge=0)
    quote: str | None = None
    kind: EvidenceKind = EvidenceKind.STATED
    note: str | None = None

    @model_validator(mode="after")
    def _span_matches_kind(self) -> Self:
        spans = (self.start, self.end, self.quote)
        if self.kind is EvidenceKind.ASSUMED:
            if any(part is not None for part in spans):
                raise ValueError("assumed evidence carries no span")
        elif self.start is None or self.end is None or self.quote is None:
            raise ValueError("stated and derived evidence carry start, end and quote")
        elif self.end - self.start != len(self.quote):
            raise ValueError("end - start must be the length of the quote in code points")
        return self
