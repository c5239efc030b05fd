"""Invented articles for the tests of actors and claims, and events that all or part of them tells of."""

from collections.abc import Iterable
from datetime import UTC, datetime

from schemas.article import RawArticle, Source
from schemas.claim import Claim
from schemas.taxonomy import EventType, Relation, Stage
from services.extract.components.claims import EventClaims, find_claims
from services.extract.document import build_document
from services.extract.model import Document, Frame, Span, Trigger

PUBLISHED = datetime(2024, 5, 15, tzinfo=UTC)
"""A Wednesday."""


def document(text: str, title: str | None = None) -> Document:
    """A document of an invented article."""
    return build_document(
        RawArticle(
            id="made-up", content_hash="0" * 64, source=Source(name="The Daily"), title=title, text=text,
            published_at=PUBLISHED, received_at=PUBLISHED,
        )
    )  # fmt: skip


def one_frame(doc: Document) -> Frame:
    """An event that the whole article tells of."""
    return frame(0, [sentence.index for sentence in doc.sentences], doc=doc)


def frame(
    index: int,
    sentences: Iterable[int],
    *,
    doc: Document,
    relation: Relation = Relation.MAIN,
    trigger: str = "",
) -> Frame:
    """An event told in some sentences; `trigger` is a word of the text that tells of it."""
    told = tuple(sentences)
    at = doc.text.find(trigger) if trigger else -1
    span = Span(at, at + len(trigger))
    found = doc.sentence_at(span) if at >= 0 else None
    marks = (
        (Trigger(span, found.index, EventType.ASSAULT, None, 1.0, Stage.HAPPENED, "test"),)
        if found is not None
        else ()
    )
    return Frame(index, EventType.ASSAULT, None, Stage.HAPPENED, relation, 1.0, marks, told, told)


def found_in(text: str, title: str | None = None) -> EventClaims:
    """Claims, perpetrators and weapon of an invented text, as if all of it told of one event."""
    doc = document(text, title)
    whole = one_frame(doc)
    return find_claims(doc, (whole,)).of(whole)


def claims_of(text: str) -> tuple[Claim, ...]:
    """The claims of an invented text, as if all of it told of one event."""
    return found_in(text).claims
