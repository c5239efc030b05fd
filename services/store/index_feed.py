"""Keeps the match index in step with the log: one recorded event in, the index changed. Pure."""

from services.store import events
from services.store.facts import Facts, ReportFact, report_fact
from services.store.incident import ReportRef
from services.store.matching.index import MatchIndex
from services.store.matching.model import ReportView
from services.store.ports import RecordedEvent


def view(fact: ReportFact) -> ReportView:
    """A report as the matcher sees it."""
    article = fact.article
    return ReportView(
        article_id=article.id,
        event_index=fact.ref.event_index,
        event=fact.event,
        sketch=fact.sketch,
        published=article.published_at.date() if article.published_at else None,
        reported_at=article.reported_at,
        source=article.source.name,
        domain=article.source.domain,
        title=article.title,
        is_primary=fact.is_primary,
    )


def feed(index: MatchIndex, event: RecordedEvent, facts: Facts) -> None:
    """Apply one recorded event to the index; events of no incident change nothing."""
    if event.type not in events.INCIDENT_TYPES:
        return
    ref = ReportRef.from_dict(event.data["report"]) if "report" in event.data else None
    home = event.data["incident_id"]
    if event.type in (events.INCIDENT_OPENED, events.REPORT_MERGED) and ref:
        index.add(home, view(report_fact(facts, ref)))
    elif event.type == events.REPORT_MOVED and ref:
        _move(index, event, ref, facts)
    elif event.type in (events.REPORT_SUPERSEDED, events.REPORT_RETRACTED) and ref:
        _leave(index, home, ref, facts)


def _move(index: MatchIndex, event: RecordedEvent, ref: ReportRef, facts: Facts) -> None:
    home = event.data["incident_id"]
    if event.data["to"] == home:
        index.add(home, view(report_fact(facts, ref)))
    else:
        index.remove(home, ref.article_id, ref.event_index)


def _leave(index: MatchIndex, home: str, ref: ReportRef, facts: Facts) -> None:
    """Take a report out, unless a newer version of the same report stands in its place."""
    incident = facts.incident(home)
    others = () if incident is None else incident.current()
    for other in others:
        same = (other.ref.article_id, other.ref.event_index) == (ref.article_id, ref.event_index)
        if same and other.ref != ref:
            return
    index.remove(home, ref.article_id, ref.event_index)
