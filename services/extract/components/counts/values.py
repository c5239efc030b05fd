"""The values of casualty extraction: persons told of, what befell them, figures and tables.

Frozen values only; imports the model and `schemas`.
"""

from dataclasses import dataclass, field
from enum import StrEnum

from schemas.extraction import Figure, Victim
from services.extract.model import Candidate, Ranked, Span


class Harm(StrEnum):
    """What befell persons: killed, injured, or hit (shot or struck, the outcome not said)."""

    KILLED = "killed"
    INJURED = "injured"
    HIT = "hit"


@dataclass(frozen=True, slots=True)
class Person:
    """Persons told of in one phrase: tokens `first:last` of a sentence, and how many they are.

    kind: count ("three men"), one ("a man"), the ("the man", "his wife"), name, age ("the
    20-year-old"), bare (a number alone, or "Man shot"), vague ("dozens"), many (a plural without a
    number), pronoun. `best` is None where no number is said. `other` marks "other", "another",
    "more": on top of persons told before. `part` marks members of a group named before
    ("including two children").
    """

    first: int
    last: int
    kind: str
    low: int | None = None
    best: int | None = None
    high: int | None = None
    qualifier: str | None = None
    noun: str | None = None
    name: str | None = None
    age: int | None = None
    nationality: str | None = None
    other: bool = False
    part: bool = False
    attacker: bool = False
    points: bool = False
    ordinal: int | None = None
    harm: Harm | None = None


@dataclass(frozen=True, slots=True)
class Tally:
    """A number of persons harmed: what, low ≤ best ≤ high, qualifier; best None where only words are said."""

    harm: Harm
    low: int | None
    best: int | None
    high: int | None
    qualifier: str | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """What one sentence says befell someone: the persons, the harm, the rule that read it."""

    sentence: int
    harm: Harm
    persons: tuple[Person, ...]
    spans: tuple[Span, ...]
    rule: str
    negated: bool = False
    excluded: str | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """One person: what befell them at worst, names, age, and where that is said."""

    harm: Harm | None
    surname: str | None
    name: str | None
    age: int | None
    noun: str | None
    nationality: str | None
    female: bool | None
    suspect: bool
    span: Span
    sentence: int
    excluded: bool = False


@dataclass(slots=True)
class Option:
    """A value in the making: its features, and the findings (or the addends of a sum) that speak for it.

    The one value here that grows; it never leaves the ranking of one event.
    """

    value: int
    harm: Harm
    features: set[str] = field(default_factory=set)
    findings: list[tuple[Finding, str]] = field(default_factory=list)
    addends: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class CountRow:
    """One row of a count's probability table: a value (None: nothing said) and what speaks for it."""

    value: int | None
    p: float
    support: tuple[Candidate[Tally], ...]


@dataclass(frozen=True, slots=True)
class Excluded:
    """A figure that is not this event's, and why: cumulative, other incident, hypothetical."""

    candidate: Candidate[Tally]
    reason: str


@dataclass(frozen=True, slots=True)
class Counts:
    """All that an article says of casualties, before any event is asked for."""

    findings: tuple[Finding, ...]
    cues: frozenset[str]
    persons: tuple[Entry, ...] = ()


@dataclass(frozen=True, slots=True)
class CountTables:
    """How many an event killed and injured: figures, probability tables, support, victims, exclusions."""

    killed: Figure
    injured: Figure
    killed_rows: tuple[CountRow, ...] = ()
    injured_rows: tuple[CountRow, ...] = ()
    victims: tuple[Victim, ...] = ()
    excluded: tuple[Excluded, ...] = ()

    @property
    def killed_table(self) -> tuple[Ranked[int | None], ...]:
        """The probabilities of the killed, without what speaks for each."""
        return tuple(Ranked(row.value, row.p, ()) for row in self.killed_rows)

    @property
    def injured_table(self) -> tuple[Ranked[int | None], ...]:
        """The probabilities of the injured, without what speaks for each."""
        return tuple(Ranked(row.value, row.p, ()) for row in self.injured_rows)

    @property
    def killed_support(self) -> tuple[Candidate[Tally], ...]:
        """What speaks for the chosen number killed, the plainest first."""
        return self.killed_rows[0].support if self.killed_rows else ()

    @property
    def injured_support(self) -> tuple[Candidate[Tally], ...]:
        """What speaks for the chosen number injured, the plainest first."""
        return self.injured_rows[0].support if self.injured_rows else ()
