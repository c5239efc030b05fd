"""Claims: who says what about an incident, in which words."""

from datetime import date, datetime
from typing import Self

from pydantic import Field, model_validator

from schemas.base import Contract
from schemas.evidence import Quote
from schemas.taxonomy import About, ActorKind, Stance

ClaimValue = int | str | tuple[int, int] | None


class Actor(Contract):
    """A normalised actor: the name the record uses, its kind, its country (ISO 3166-1 alpha-2)."""

    name: str = Field(min_length=1)
    kind: ActorKind = ActorKind.UNKNOWN
    country: str | None = Field(default=None, pattern=r"^[A-Z]{2}$")


class Claim(Contract):
    """One claimant's word on one field of one incident.

    `actor` is whom a responsibility claim speaks of: the accused of `attributes`, the denier's own
    side of `denies`. `said_at` is null where the article does not say when. `superseded_by` is the
    id of the later claim of the same claimant on the same field; records fill it, extractors don't.
    """

    id: str | None = None
    article_id: str
    claimant: Actor
    stance: Stance
    about: About
    value: ClaimValue = None
    qualifier: str | None = None
    actor: Actor | None = None
    said_at: date | datetime | None = None
    reported_by: str | None = None
    caveat: str | None = None
    evidence: Quote
    superseded_by: str | None = None

    @model_validator(mode="after")
    def _range_rises(self) -> Self:
        if isinstance(self.value, tuple) and self.value[0] > self.value[1]:
            raise ValueError("a range is [low, high]")
        return self
