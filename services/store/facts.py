"""What the core reads back: articles, their extractions, incidents; as immutable values and a port.

A fact, once in the log, never changes: an article version, an extraction. States (which version is
current, who belongs to an incident) are folded from the log. Pure.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from schemas.article import RawArticle
from schemas.extraction import ArticleExtraction, ExtractedEvent, ExtractorId, Sketch
from services.store.incident import Incident, ReportRef


@dataclass(frozen=True, slots=True)
class ArticleState:
    """Which version of an article is current, and whether its publisher or a person withdrew it."""

    article_id: str
    content_hash: str
    versions: tuple[str, ...]
    retracted: bool = False


@dataclass(frozen=True, slots=True)
class ReportFact:
    """One report with everything a record needs of it. `article.text` may be empty here."""

    ref: ReportRef
    article: RawArticle
    event: ExtractedEvent
    sketch: Sketch | None
    extractor: ExtractorId
    is_primary: bool

    @property
    def reported_at(self) -> datetime:
        return self.article.reported_at


class Facts(Protocol):
    """Read access to facts and states, as of the writer's own last change (read-your-writes)."""

    def article(self, article_id: str) -> ArticleState | None: ...

    def article_version(self, article_id: str, content_hash: str) -> RawArticle | None:
        """An article version without its text, or None if it is not recorded."""
        ...

    def extraction(self, extraction_id: str) -> ArticleExtraction | None: ...

    def incident(self, incident_id: str) -> Incident | None: ...

    def resolve(self, incident_id: str) -> str | None:
        """The id under which an incident lives on (itself, or the survivor of merges)."""
        ...

    def incidents_of(self, article_id: str) -> Sequence[str]:
        """Ids of living incidents that hold a report of this article, any version, any status."""
        ...


def report_fact(facts: Facts, ref: ReportRef) -> ReportFact:
    """Assemble a report's fact; KeyError if the log does not hold what the reference names."""
    extraction = facts.extraction(ref.extraction_id)
    article = facts.article_version(ref.article_id, ref.content_hash)
    if extraction is None or article is None:
        raise KeyError(f"report {ref} points at nothing")
    return ReportFact(
        ref=ref,
        article=article,
        event=extraction.events[ref.event_index],
        sketch=extraction.sketch,
        extractor=extraction.extractor,
        is_primary=extraction.primary == ref.event_index,
    )
