"""The domain events: past tense, private to the store, each with its reason.

Every maker returns a `NewEvent` whose id is deterministic, so a repeat changes nothing. One event
changes one incident at most (DESIGN 2.4): what touches two incidents is two events.
Pure. FORMAT.md in `event_log/` describes how they lie in the log.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from schemas.article import RawArticle
from schemas.extraction import ArticleExtraction, ExtractionFailure
from services.store.identity import fact_id
from services.store.incident import ReportRef
from services.store.ports import NewEvent

ARTICLE_RECORDED: Final = "ArticleRecorded"
EVENTS_EXTRACTED: Final = "EventsExtracted"
EXTRACTION_FAILED: Final = "ExtractionFailed"
ARTICLE_RETRACTED: Final = "ArticleRetracted"
ARTICLE_REINSTATED: Final = "ArticleReinstated"
INCIDENT_OPENED: Final = "IncidentOpened"
REPORT_MERGED: Final = "ReportMerged"
REPORT_MOVED: Final = "ReportMoved"
REPORT_SUPERSEDED: Final = "ReportSuperseded"
REPORT_RETRACTED: Final = "ReportRetracted"
INCIDENTS_MERGED: Final = "IncidentsMerged"
INCIDENT_SPLIT: Final = "IncidentSplit"
CORRECTION_APPLIED: Final = "CorrectionApplied"
CHANGE_UNDONE: Final = "ChangeUndone"
POLICY_CHANGED: Final = "PolicyChanged"

INCIDENT_TYPES: Final = frozenset(
    {
        INCIDENT_OPENED,
        REPORT_MERGED,
        REPORT_MOVED,
        REPORT_SUPERSEDED,
        REPORT_RETRACTED,
        INCIDENTS_MERGED,
        INCIDENT_SPLIT,
        CORRECTION_APPLIED,
        CHANGE_UNDONE,
    }
)
"""Events of incident streams: each changes exactly one incident."""

SCHEMA_VERSION: Final = 1


def article_stream(article_id: str) -> str:
    """The stream of an article's facts."""
    return f"article-{article_id}"


def incident_stream(incident_id: str) -> str:
    """The stream of one incident's changes."""
    return f"incident-{incident_id}"


STORE_STREAM: Final = "store"


def article_fact_id(article_id: str, content_hash: str) -> str:
    """The id of the fact "this article version was accepted"."""
    return fact_id("article", article_id, content_hash)


def failure_fact_id(failure: ExtractionFailure) -> str:
    """The id of the fact "this extractor version gave up on this article version"."""
    return fact_id("extraction-failed", failure.article_id, failure.content_hash, failure.extractor)


def extraction_id(extraction: ArticleExtraction) -> str:
    """The id of the fact "this extractor version said this of this article version"."""
    return fact_id("extraction", extraction.article_id, extraction.content_hash, extraction.extractor)


def article_recorded(article: RawArticle) -> NewEvent:
    """An article version was accepted. The text lies by its content hash outside the log."""
    return NewEvent(
        event_id=article_fact_id(article.id, article.content_hash),
        stream=article_stream(article.id),
        type=ARTICLE_RECORDED,
        schema_version=SCHEMA_VERSION,
        occurred_at=article.received_at,
        correlation_id=article.id,
        causation_id=None,
        data={"article": article.model_dump(mode="json", exclude={"text"})},
    )


def events_extracted(extraction: ArticleExtraction, occurred_at: datetime) -> NewEvent:
    """An extractor said this of an article version."""
    return NewEvent(
        event_id=extraction_id(extraction),
        stream=article_stream(extraction.article_id),
        type=EVENTS_EXTRACTED,
        schema_version=SCHEMA_VERSION,
        occurred_at=occurred_at,
        correlation_id=extraction.article_id,
        causation_id=article_fact_id(extraction.article_id, extraction.content_hash),
        data={"extraction": extraction.model_dump(mode="json", exclude={"duration_ms"})},
    )


def extraction_failed(failure: ExtractionFailure, occurred_at: datetime) -> NewEvent:
    """No delivery could extract this article version; it lies in the dead letter."""
    return NewEvent(
        event_id=failure_fact_id(failure),
        stream=article_stream(failure.article_id),
        type=EXTRACTION_FAILED,
        schema_version=SCHEMA_VERSION,
        occurred_at=occurred_at,
        correlation_id=failure.article_id,
        causation_id=article_fact_id(failure.article_id, failure.content_hash),
        data=failure.model_dump(mode="json"),
    )


def report_event(
    kind: str,
    incident_id: str,
    ref: ReportRef,
    *,
    occurred_at: datetime,
    reason: Mapping[str, Any],
    **more: Any,
) -> NewEvent:
    """An incident gained, lost or re-weighed a report (`kind` names which)."""
    return NewEvent(
        event_id=fact_id(kind, incident_id, *ref.key(), *sorted(more.items())),
        stream=incident_stream(incident_id),
        type=kind,
        schema_version=SCHEMA_VERSION,
        occurred_at=occurred_at,
        correlation_id=ref.article_id,
        causation_id=ref.extraction_id,
        data={"incident_id": incident_id, "report": ref.as_dict(), "reason": dict(reason), **more},
    )


def policy_changed(versions: Mapping[str, str], occurred_at: datetime) -> NewEvent:
    """From here on the store decides and computes by these named, versioned rules."""
    return NewEvent(
        event_id=fact_id("policy", occurred_at.isoformat(), *sorted(versions.items())),
        stream=STORE_STREAM,
        type=POLICY_CHANGED,
        schema_version=SCHEMA_VERSION,
        occurred_at=occurred_at,
        correlation_id=None,
        causation_id=None,
        data={"versions": dict(versions)},
    )
