"""Explanations: why an extractor answered as it did, as plain values that a terminal or page can show.

Built from the events alone, so that it explains any extractor's output; the rule pipeline adds its trace
(masked furniture, triggers of each event with their stage). Pure.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from schemas.article import RawArticle
from schemas.evidence import Evidence, Where
from schemas.extraction import DateRange, ExtractedEvent, Place
from services.extract.model import Frame, Span
from services.extract.pipeline import Reading
from services.extract.ports import Extraction


@dataclass(frozen=True, slots=True)
class Highlight:
    """Words that speak for a field of an event: code points `start:end` of the text or title."""

    where: Where
    start: int
    end: int
    event: int
    field: str
    kind: str


@dataclass(frozen=True, slots=True)
class Choice:
    """One row of a field's table: the value in words, its probability, whether it won."""

    value: str
    p: float
    won: bool


@dataclass(frozen=True, slots=True)
class FieldTrace:
    """A field of an event: the choices best first, and the words or fallback behind the winner."""

    field: str
    choices: tuple[Choice, ...]
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class EventTrace:
    """One event: what it is to the article and why, its triggers, its fields, its claims in a line each."""

    index: int
    label: str
    relation: str
    stage: str
    salience: float
    primary: bool
    reason: str | None
    triggers: tuple[str, ...]
    fields: tuple[FieldTrace, ...]
    claims: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Explanation:
    """An article explained: highlights in order of the text, events, the spans masked as furniture."""

    article_id: str
    title: str | None
    text: str
    events: tuple[EventTrace, ...]
    highlights: tuple[Highlight, ...]
    masked: tuple[Span, ...] = ()


def explain(article: RawArticle, extraction: Extraction, reading: Reading | None = None) -> Explanation:
    """Explain an extraction; `reading` is the rule pipeline's own view of the article, where it made it."""
    frames: Sequence[Frame] = reading.frames if reading is not None else ()
    return Explanation(
        article_id=article.id,
        title=article.title,
        text=article.text,
        events=tuple(
            _event(index, event, extraction.primary == index, frames)
            for index, event in enumerate(extraction.events)
        ),
        highlights=tuple(sorted(_highlights(extraction), key=lambda h: (h.where != "title", h.start, h.end))),
        masked=reading.doc.boilerplate if reading is not None else (),
    )


def _highlights(extraction: Extraction) -> Iterator[Highlight]:
    for index, event in enumerate(extraction.events):
        for evidence in event.evidence:
            if evidence.start is not None and evidence.end is not None and evidence.in_ is not None:
                yield Highlight(
                    evidence.in_, evidence.start, evidence.end, index, evidence.field, str(evidence.kind)
                )
        for claim in event.claims:
            spot = claim.evidence
            yield Highlight(spot.in_, spot.start, spot.end, index, f"claim.{claim.about}", "stated")


def _event(index: int, event: ExtractedEvent, primary: bool, frames: Sequence[Frame]) -> EventTrace:
    triggers = frames[index].triggers if index < len(frames) else ()
    return EventTrace(
        index=index,
        label=label(event),
        relation=str(event.relation),
        stage=str(event.stage),
        salience=event.salience,
        primary=primary,
        reason=event.reason,
        triggers=tuple(dict.fromkeys(f"{t.rule} ({t.stage}, {t.weight:.1f})" for t in triggers)),
        fields=tuple(_fields(event)),
        claims=tuple(_claims(event)),
    )


def label(event: ExtractedEvent) -> str:
    """Type and mode in one word: ASSAULT/aerial."""
    kind = event.event_type or "untyped"
    return f"{kind}/{event.event_mode}" if event.event_mode else str(kind)


def _fields(event: ExtractedEvent) -> Iterator[FieldTrace]:
    tables = event.alternatives
    days = [Choice(day_words(row.value), row.p, row.value == event.date) for row in tables.date]
    spots = [Choice(place_words(row.value), row.p, row.value == event.place) for row in tables.place]
    yield FieldTrace("date", tuple(days), _reasons(event, "date"))
    yield FieldTrace("place", tuple(spots), _reasons(event, "place"))
    for field, figure, rows in (
        ("fatalities", event.fatalities, tables.fatalities),
        ("injured", event.injured, tables.injured),
    ):
        counts = [Choice(_count_words(row.value), row.p, row.value == figure.best) for row in rows]
        yield FieldTrace(field, tuple(counts), _reasons(event, field))


def _reasons(event: ExtractedEvent, field: str) -> tuple[str, ...]:
    return tuple(_reason(evidence) for evidence in event.evidence if evidence.field.split(".")[0] == field)


def _reason(evidence: Evidence) -> str:
    note = f" ({evidence.note})" if evidence.note else ""
    if evidence.quote is None:
        return f"{evidence.kind}{note}: nothing in the article says so"
    return f"{evidence.kind}{note}: “{evidence.quote}” at {evidence.in_} {evidence.start}"


def day_words(value: DateRange) -> str:
    """A date as read aloud: one day, or first to last."""
    return str(value.start) if value.start == value.end else f"{value.start} to {value.end}"


def place_words(value: Place) -> str:
    """A place from the narrow to the wide."""
    return ", ".join(part for part in (value.name, value.admin1, value.country) if part) or "unknown"


def _count_words(value: int | None) -> str:
    return "nothing said" if value is None else str(value)


def _claims(event: ExtractedEvent) -> Iterator[str]:
    for claim in event.claims:
        about = claim.value if claim.value is not None else claim.actor.name if claim.actor else ""
        yield (
            f"{claim.claimant.name} {claim.stance} {claim.about} {about}".strip()
            + f": “{claim.evidence.quote}”"
        )
