"""What an extractor says of one article: its events, and the sketch the merger compares."""

from datetime import date
from typing import ClassVar, Literal, Self

from pydantic import Field, model_validator

from schemas.base import Contract
from schemas.claim import Actor, Claim
from schemas.evidence import Evidence, Quote
from schemas.taxonomy import ActorKind, EventType, Relation, Stage


class DateRange(Contract):
    """When: first and last day, UCDP date_prec (1 day, 2 two to six days, 3 week, 4 month, 5 year)."""

    start: date
    end: date
    precision: int = Field(ge=1, le=5)

    @model_validator(mode="after")
    def _end_not_before_start(self) -> Self:
        if self.end < self.start:
            raise ValueError("end lies before start")
        return self


class Place(Contract):
    """Where: names, ISO 3166-1 alpha-2 country, WGS 84 point, UCDP where_prec (1 exact … 6 country).

    `name` is the place as the article has it where the gazetteer does not know it; the point is
    then that of what contains it. Unknown is null, never 0,0. `facility` is the school, hospital or
    base, as text. `contained_in` says whose point it is, where it is not the place's own.
    """

    name: str | None = None
    admin1: str | None = None
    country: str | None = Field(default=None, pattern=r"^[A-Z]{2}$")
    latitude: float | None = Field(default=None, ge=-90, le=90)
    longitude: float | None = Field(default=None, ge=-180, le=180)
    geonames_id: int | None = None
    precision: int = Field(ge=1, le=7)
    facility: str | None = None
    contained_in: str | None = None

    @model_validator(mode="after")
    def _point_is_whole(self) -> Self:
        if (self.latitude is None) != (self.longitude is None):
            raise ValueError("a point has both latitude and longitude")
        return self


class Figure(Contract):
    """How many: low ≤ best ≤ high, all null where nothing (or only words like "dozens") is said."""

    low: int | None = Field(default=None, ge=0)
    best: int | None = Field(default=None, ge=0)
    high: int | None = Field(default=None, ge=0)
    qualifier: str | None = None

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        known = [n for n in (self.low, self.best, self.high) if n is not None]
        if known != sorted(known):
            raise ValueError("low ≤ best ≤ high must hold")
        return self


class Victim(Contract):
    """Who suffered: a named person, or a group with its count. `role` attacker marks a dead attacker."""

    group: str | None = None
    name: str | None = None
    age: int | None = Field(default=None, ge=0, le=130)
    nationality: str | None = None
    count: int | None = Field(default=None, ge=0)
    status: Literal["killed", "injured", "abducted", "arrested", "missing", "displaced"] | None = None
    role: Literal["victim", "attacker"] = "victim"


class Perpetrator(Contract):
    """Who is said to have done it; `confidence` 0…1 follows from the claims it rests on."""

    name: str = Field(min_length=1)
    kind: ActorKind = ActorKind.UNKNOWN
    country: str | None = Field(default=None, pattern=r"^[A-Z]{2}$")
    confidence: float = Field(ge=0, le=1)
    evidence: Quote | None = None

    @property
    def actor(self) -> Actor:
        return Actor(name=self.name, kind=self.kind, country=self.country)


class DateOption(Contract):
    """One row of a date's probability table."""

    value: DateRange
    p: float = Field(ge=0, le=1)


class PlaceOption(Contract):
    """One row of a place's probability table."""

    value: Place
    p: float = Field(ge=0, le=1)


class CountOption(Contract):
    """One row of a count's probability table; a null value is "nothing said"."""

    value: int | None
    p: float = Field(ge=0, le=1)


class Alternatives(Contract):
    """Probability tables by field, best first; what a table leaves out is the missing mass."""

    date: tuple[DateOption, ...] = ()
    place: tuple[PlaceOption, ...] = ()
    fatalities: tuple[CountOption, ...] = ()
    injured: tuple[CountOption, ...] = ()


class ExtractedEvent(Contract):
    """One incident as one article reports it."""

    event_type: EventType | None = None
    event_mode: str | None = None
    sub_event: str | None = None
    relation: Relation = Relation.MAIN
    stage: Stage = Stage.HAPPENED
    salience: float = Field(default=1.0, ge=0, le=1)
    date: DateRange | None = None
    place: Place | None = None
    fatalities: Figure = Figure()
    injured: Figure = Figure()
    victims: tuple[Victim, ...] = ()
    perpetrators: tuple[Perpetrator, ...] = ()
    weapon: str | None = None
    claims: tuple[Claim, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    confidence: dict[str, float] = Field(default_factory=dict)
    alternatives: Alternatives = Alternatives()
    reason: str | None = None


class Sketch(Contract):
    """What the merger compares of an article beside its events; language-neutral keys.

    names: normalised full person names; capitals: capitalised words that are no sentence starts;
    streets, blocks, clock_times: as normalised keys; ages: of persons; terms: the article's heaviest
    words with weight; numbers: years, magnitudes and other numerals of two digits or more; minhash:
    32-bit minima over word shingles; agency: credited wire agency.
    """

    version: str
    names: tuple[str, ...] = ()
    capitals: tuple[tuple[str, float], ...] = ()
    streets: tuple[str, ...] = ()
    blocks: tuple[str, ...] = ()
    clock_times: tuple[str, ...] = ()
    ages: tuple[int, ...] = ()
    terms: tuple[tuple[str, float], ...] = ()
    numbers: tuple[str, ...] = ()
    title_terms: tuple[str, ...] = ()
    minhash: tuple[int, ...] = ()
    agency: str | None = None
    word_count: int = 0


class ExtractorId(Contract):
    """Which extractor, at which version, with which resources (a hash) made an output."""

    name: str
    version: str
    resources: str | None = None

    def __str__(self) -> str:
        return f"{self.name}@{self.version}"


class ArticleExtraction(Contract):
    """The message `event.extracted`: everything one extractor says of one article version.

    `primary` is the index of the event that the article is mainly about; null where there is none.
    """

    SCHEMA_VERSION: ClassVar[int] = 1

    schema_version: Literal[1] = 1
    article_id: str
    content_hash: str
    extractor: ExtractorId
    events: tuple[ExtractedEvent, ...] = ()
    primary: int | None = None
    sketch: Sketch | None = None
    duration_ms: float | None = None

    @model_validator(mode="after")
    def _primary_exists(self) -> Self:
        if self.primary is not None and not 0 <= self.primary < len(self.events):
            raise ValueError("primary is no index into events")
        return self


class ExtractionFailure(Contract):
    """An article that no delivery could extract: the reason, and how often it was tried."""

    SCHEMA_VERSION: ClassVar[int] = 1

    schema_version: Literal[1] = 1
    article_id: str
    content_hash: str
    extractor: ExtractorId
    error: str
    detail: str
    deliveries: int = Field(ge=1)
