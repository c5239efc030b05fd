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
    """Apply one recorded event to the index; `facts` are those after it. Others change nothing."""
    if event.type not in events.INCIDENT_TYPES:
        return
    home = event.data["incident_id"]
    if event.type in (events.INCIDENT_OPENED, events.REPORT_MERGED):
        index.add(home, view(report_fact(facts, ReportRef.from_dict(event.data["report"]))))
    else:
        _align(index, home, facts)


def _align(index: MatchIndex, home: str, facts: Facts) -> None:
    """Make the index hold of an incident just the reports that count now."""
    incident = facts.incident(home)
    living = incident is not None and incident.merged_into is None
    wanted = {
        (one.ref.article_id, one.ref.event_index): one.ref
        for one in (incident.current() if incident is not None and living else ())
    }
    held = {profile.key for profile in index.reports(home)}
    for article_id, event_index in sorted(held - wanted.keys()):
        index.remove(home, article_id, event_index)
    for key in sorted(wanted.keys() - held):
        index.add(home, view(report_fact(facts, wanted[key])))
