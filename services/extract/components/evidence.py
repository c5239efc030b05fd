"""Evidence: the exact words behind each value of an event. Pure."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final

from schemas.evidence import Evidence, Quote
from schemas.taxonomy import EvidenceKind
from services.extract.model import Candidate, Document, Frame, Ranked, Span

_QUOTES_MAX: Final = 3
"""Spans kept for one value; the best-placed say enough."""


def quote(doc: Document, span: Span) -> Quote:
    """A span as a quote of the article."""
    return Quote(in_=span.where, start=span.start, end=span.end, quote=doc.quote(span))


def stated(
    doc: Document, field: str, span: Span, kind: EvidenceKind = EvidenceKind.STATED, note: str | None = None
) -> Evidence:
    """One span that says (or helps to derive) a field's value."""
    return Evidence(
        field=field, article_id=doc.article_id, in_=span.where,
        start=span.start, end=span.end, quote=doc.quote(span), kind=kind, note=note,
    )  # fmt: skip


def assumed(doc: Document, field: str, note: str) -> Evidence:
    """A fallback value, which no words of the article say."""
    return Evidence(field=field, article_id=doc.article_id, in_=None, kind=EvidenceKind.ASSUMED, note=note)


def of_value(doc: Document, field: str, ranked: Ranked[Any]) -> Iterator[Evidence]:
    """The evidence of a ranked value; assumed only where nothing states or derives it."""
    spoken = [candidate for candidate in ranked.support if candidate.span is not None or candidate.addends]
    if not spoken:
        yield from (assumed(doc, field, candidate.rule) for candidate in ranked.support[:1])
    yield from of_candidates(doc, field, spoken)


def of_candidates(doc: Document, field: str, candidates: Sequence[Candidate[Any]]) -> Iterator[Evidence]:
    """The evidence of the first few candidates: a span each, or the addends of a sum."""
    for candidate in candidates[:_QUOTES_MAX]:
        if candidate.addends:
            yield from (
                stated(doc, field, span, EvidenceKind.DERIVED, candidate.rule) for span in candidate.addends
            )
        elif candidate.span is not None:
            yield stated(doc, field, candidate.span, note=candidate.rule)


def of_type(doc: Document, frame: Frame) -> Iterator[Evidence]:
    """The words that give an event its type: the best triggers of that type, at most three."""
    telling = [
        t for t in frame.triggers if (t.event_type, t.event_mode) == (frame.event_type, frame.event_mode)
    ]
    best = sorted(telling or frame.triggers, key=lambda t: (t.form == "p", -t.weight, t.sentence))
    yield from (stated(doc, "event_type", span) for span in _distinct(t.span for t in best[:_QUOTES_MAX]))


def _distinct(spans: Iterable[Span]) -> Iterator[Span]:
    yield from dict.fromkeys(spans)
