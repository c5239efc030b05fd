"""IncidentRecord: what is known of one incident, with every source's claims side by side."""

from datetime import datetime
from typing import Any, ClassVar, Literal

from pydantic import AwareDatetime, Field

from schemas.base import Contract
from schemas.claim import Actor, Claim
from schemas.evidence import Evidence, Quote
from schemas.extraction import (
    Alternatives,
    DateRange,
    ExtractorId,
    Figure,
    Perpetrator,
    Place,
    Victim,
)
from schemas.taxonomy import EventType, Grade, Relation, Stage, Stance


class SourceCounts(Contract):
    """Articles, distinct outlets, and independent sources (syndicated copies count once)."""

    articles: int = Field(ge=0)
    outlets: int = Field(ge=0)
    independent: int = Field(ge=0)


class Report(Contract):
    """One article's report of the incident. `copy_of` names the article whose text it repeats."""

    article_id: str
    content_hash: str
    event_index: int = Field(ge=0)
    extractor: ExtractorId
    relation: Relation
    stage: Stage
    source: str | None = None
    domain: str | None = None
    url: str | None = None
    title: str | None = None
    published_at: AwareDatetime | None = None
    received_at: AwareDatetime
    date: DateRange | None = None
    place: Place | None = None
    fatalities: Figure = Figure()
    injured: Figure = Figure()
    copy_of: str | None = None
    status: Literal["current", "superseded", "retracted"] = "current"


class Voice(Contract):
    """One claimant's stance on one attribution, with the words."""

    claimant: Actor
    stance: Stance
    article_id: str
    said_at: str | None = None
    caveat: str | None = None
    evidence: Quote
    current: bool = True


class Attribution(Contract):
    """One actor held responsible: who says so, who denies it, in which words."""

    actor: Actor
    supporters: tuple[Voice, ...] = ()
    deniers: tuple[Voice, ...] = ()


class CountedClaim(Contract):
    """A figure claim and what the figure policy did with it."""

    claim_id: str
    counted: bool
    reason: str


class Correction(Contract):
    """A value that a person set: it wins over the machine's until it is undone."""

    field: str
    value: Any = None
    author: str
    reason: str
    source: str | None = None
    position: int


class IncidentRecord(Contract):
    """The record of one incident, as of one log position.

    `id` never changes. `figure_policy`, `grade_rules` and `fusion` name the rules and versions that
    made the values. `position` is the last log position that changed the incident, `version` counts
    its changes. `hidden` marks a news event of no known type (kept for grouping).
    """

    SCHEMA_VERSION: ClassVar[int] = 1

    schema_version: Literal[1] = 1
    id: str
    headline: str
    event_type: EventType | None = None
    event_mode: str | None = None
    sub_event: str | None = None
    relation: Relation = Relation.MAIN
    stage: Stage = Stage.HAPPENED
    hidden: bool = False
    date: DateRange | None = None
    place: Place | None = None
    fatalities: Figure = Figure()
    injured: Figure = Figure()
    victims: tuple[Victim, ...] = ()
    perpetrators: tuple[Perpetrator, ...] = ()
    weapon: str | None = None
    claims: tuple[Claim, ...] = ()
    attributions: tuple[Attribution, ...] = ()
    grade: Grade = Grade.WEAK
    grade_reason: str = ""
    figure_policy: str = ""
    grade_rules: str = ""
    fusion: str = ""
    confidence: dict[str, float] = Field(default_factory=dict)
    alternatives: Alternatives = Alternatives()
    evidence: tuple[Evidence, ...] = ()
    articles: tuple[str, ...] = ()
    reports: tuple[Report, ...] = ()
    background: tuple[Report, ...] = ()
    sources: SourceCounts = SourceCounts(articles=0, outlets=0, independent=0)
    first_reported_at: AwareDatetime | None = None
    last_reported_at: AwareDatetime | None = None
    corrections: tuple[Correction, ...] = ()
    merged_ids: tuple[str, ...] = ()
    position: int = Field(default=0, ge=0)
    version: int = Field(default=0, ge=0)


class CompactIncident(Contract):
    """The record without its lists of reports and claims: what travels in updates and lists."""

    id: str
    headline: str
    event_type: EventType | None = None
    event_mode: str | None = None
    sub_event: str | None = None
    stage: Stage = Stage.HAPPENED
    hidden: bool = False
    date: DateRange | None = None
    place: Place | None = None
    fatalities: Figure = Figure()
    injured: Figure = Figure()
    weapon: str | None = None
    perpetrators: tuple[Perpetrator, ...] = ()
    attributions: tuple[dict[str, Any], ...] = ()
    grade: Grade = Grade.WEAK
    figure_policy: str = ""
    sources: SourceCounts = SourceCounts(articles=0, outlets=0, independent=0)
    first_reported_at: AwareDatetime | None = None
    last_reported_at: AwareDatetime | None = None
    position: int = 0
    version: int = 0


class IncidentUpdate(Contract):
    """The message `incident.merged`: one change of one incident, at one log position.

    `changed` maps a field's name to `{"from": …, "to": …}` for short values, else to null.
    `incident` is null where the incident ended (merged away: `merged_into` says where it lives on).
    """

    SCHEMA_VERSION: ClassVar[int] = 1

    schema_version: Literal[1] = 1
    incident_id: str
    log_id: str
    position: int = Field(ge=1)
    recorded_at: datetime
    reason: str
    article_id: str | None = None
    changed: dict[str, Any] = Field(default_factory=dict)
    incident: CompactIncident | None = None
    merged_into: str | None = None
    link: str
