"""The typed values that the stages of the rule pipeline hand each other.

One immutable `Document` goes through all stages. A stage yields candidates: each is a value with its
span, the rule that made it and features; a ranker turns candidates into a probability table per frame.
Pure: standard library and `schemas` only.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Generic, TypeVar

from schemas.evidence import Where
from schemas.taxonomy import EventType, Relation, Stage

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Span:
    """Code points `start:end` of the article's text or title, as posted."""

    start: int
    end: int
    where: Where = "text"

    def covers(self, other: "Span") -> bool:
        return self.where == other.where and self.start <= other.start and other.end <= self.end

    def overlaps(self, other: "Span") -> bool:
        return self.where == other.where and self.start < other.end and other.start < self.end


@dataclass(frozen=True, slots=True)
class Token:
    """A word, number or punctuation mark: `lower` is its case-folded text, offsets in its field."""

    start: int
    end: int
    text: str
    lower: str


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of the title (index 0, if there is a title) or of the kept text, in order.

    `index` counts through the document, `paragraph` counts paragraphs. `tokens` cover the sentence.
    """

    index: int
    span: Span
    text: str
    paragraph: int
    tokens: tuple[Token, ...]


@dataclass(frozen=True, slots=True)
class Quotation:
    """Quoted words. `speaker` is the span of whom they are attributed to, where that is known."""

    span: Span
    speaker: Span | None = None


@dataclass(frozen=True, slots=True)
class Dateline:
    """`PLACE (AGENCY), DATE —` at the head of a report, parts as spans."""

    span: Span
    place: Span | None = None
    agency: Span | None = None
    day: Span | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """One article, read once: cleaned by masking (offsets stay those of the text as posted).

    `sentences` leave out boilerplate; `boilerplate` holds the masked spans. `upper_case` marks
    copy without case. `published` is the day of publication, the anchor of relative dates.
    """

    article_id: str
    text: str
    title: str | None
    published: date | None
    outlet: str | None
    domain: str | None
    sentences: tuple[Sentence, ...]
    boilerplate: tuple[Span, ...] = ()
    quotations: tuple[Quotation, ...] = ()
    dateline: Dateline | None = None
    byline: Span | None = None
    upper_case: bool = False

    def quote(self, span: Span) -> str:
        """The exact words at a span."""
        source = self.title or "" if span.where == "title" else self.text
        return source[span.start : span.end]

    def sentence_at(self, span: Span) -> Sentence | None:
        """The sentence that holds a span's start."""
        for sentence in self.sentences:
            own = sentence.span
            if own.where == span.where and own.start <= span.start < own.end:
                return sentence
        return None


@dataclass(frozen=True, slots=True)
class Trigger:
    """A word or phrase that tells of an event: its type, mode, strength 0…1 and stage."""

    span: Span
    sentence: int
    event_type: EventType | None
    event_mode: str | None
    weight: float
    stage: Stage
    rule: str


@dataclass(frozen=True, slots=True)
class Frame:
    """One event of the article before its fields are filled: the triggers that tell of it.

    `sentences` are the indexes of all sentences that speak of it, `core` of those with its own
    triggers. `relation` and `reason` say why it is not the main one.
    """

    index: int
    event_type: EventType | None
    event_mode: str | None
    stage: Stage
    relation: Relation
    salience: float
    triggers: tuple[Trigger, ...]
    sentences: tuple[int, ...]
    core: tuple[int, ...]
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Candidate(Generic[T]):
    """A possible value of a field: where it is said, by which rule, with which features.

    `addends` are the spans a derived value was summed from. `span` None marks an assumed value.
    """

    value: T
    span: Span | None
    sentence: int | None
    rule: str
    features: Mapping[str, float] = field(default_factory=dict)
    addends: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Ranked(Generic[T]):
    """A candidate value with its probability, and the candidates that support it, best first."""

    value: T
    p: float
    support: tuple[Candidate[T], ...]
