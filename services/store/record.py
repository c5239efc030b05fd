"""The record: what users read of an incident, computed from its reports. Pure.

`build_record` is the one place that turns an aggregate and the facts of its reports into an
`IncidentRecord`; live reads, reads as of an earlier time, rebuilds and `wirefold fold` all call it.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from schemas.incident import CompactIncident, Correction, IncidentRecord, Report, SourceCounts
from schemas.taxonomy import EventType, Grade, acled_sub_event
from services.store import attributions as blame
from services.store.facts import ReportFact
from services.store.figures import DEFAULT_POLICY
from services.store.fusion import FUSION_VERSION, Fused, fuse
from services.store.grade import GRADE_RULES, grade
from services.store.headline import headline
from services.store.incident import Incident, Membership
from services.store.index_feed import view
from services.store.outlets import outlet
from services.store.record_claims import ClaimBook, read_claims
from services.store.record_documents import compact_document, diff_documents
from services.store.record_evidence import gather_evidence
from services.store.record_victims import gather_victims


@dataclass(frozen=True, slots=True)
class RecordContext:
    """By which rules a record is computed; named and versioned, noted on the record."""

    figure_policy: str = DEFAULT_POLICY


@dataclass(frozen=True, slots=True)
class _Parts:
    """The reports of a record, split by whether they count."""

    live: Sequence[tuple[Membership, ReportFact]]
    gone: Sequence[tuple[Membership, ReportFact]]
    facts: Sequence[ReportFact] = field(default=())


def build_record(
    state: Incident, facts: Sequence[ReportFact], context: RecordContext = RecordContext()
) -> IncidentRecord:
    """The record of an incident from the facts of its reports.

    `facts` may leave reports out (those not published by a given day): they are then as if they had
    never been. An incident without a report that counts is `discounted` and hidden.
    """
    parts = _split(state, facts)
    book = read_claims([pair[1] for pair in parts.live], _copies(parts), context.figure_policy)
    fused = fuse([(view(fact), member.copy_of is not None) for member, fact in parts.live])
    record = _compose(state, parts, book, fused, context)
    return _correct(record, state)


def _split(state: Incident, facts: Sequence[ReportFact]) -> _Parts:
    by_ref = {fact.ref: fact for fact in facts}
    known = [(member, by_ref[member.ref]) for member in state.reports if member.ref in by_ref]
    known.sort(key=lambda pair: (pair[1].reported_at, pair[0].since))
    live = [pair for pair in known if pair[0].status == "current"]
    return _Parts(live=live, gone=[pair for pair in known if pair[0].status != "current"])


def _copies(parts: _Parts) -> Mapping[str, str]:
    present = {fact.article.id for _, fact in parts.live}
    return {
        fact.article.id: member.copy_of
        for member, fact in parts.live
        if member.copy_of is not None and member.copy_of in present
    }


def _compose(
    state: Incident, parts: _Parts, book: ClaimBook, fused: Fused, context: RecordContext
) -> IncidentRecord:
    live = [fact for _, fact in parts.live]
    found = blame.attributions(book.timed)
    sources = _sources(parts)
    stage = fused.stage
    graded, why = grade(found, sources, stage)
    victims = gather_victims(live)
    times = [fact.reported_at for fact in live]
    return IncidentRecord(
        id=state.id,
        headline=headline(
            event_type=fused.event_type,
            mode=fused.event_mode,
            place=fused.place,
            fatalities=book.fatalities,
            injured=book.injured,
            victims=victims,
            found=found,
        ),
        event_type=fused.event_type,
        event_mode=fused.event_mode,
        sub_event=acled_sub_event(fused.event_type, fused.event_mode),
        stage=stage,
        hidden=fused.event_type is None or not live,
        date=fused.date,
        place=fused.place,
        fatalities=book.fatalities,
        injured=book.injured,
        victims=victims,
        perpetrators=blame.perpetrators(found, [fact.event.perpetrators for fact in live]),
        weapon=_weapon(live),
        claims=book.claims,
        attributions=found,
        grade=graded,
        grade_reason=why,
        figure_policy=context.figure_policy,
        grade_rules=GRADE_RULES,
        fusion=FUSION_VERSION,
        confidence=fused.confidence,
        alternatives=fused.alternatives,
        evidence=gather_evidence(live, fused, book),
        articles=tuple(dict.fromkeys(fact.article.id for fact in live)),
        reports=tuple(_report(member, fact) for member, fact in (*parts.live, *parts.gone)),
        sources=sources,
        first_reported_at=min(times, default=None),
        last_reported_at=max(times, default=None),
        merged_ids=state.absorbed,
        position=state.position,
        version=state.version,
    )


def _report(member: Membership, fact: ReportFact) -> Report:
    article, event = fact.article, fact.event
    return Report(
        article_id=article.id,
        content_hash=article.content_hash,
        event_index=fact.ref.event_index,
        extractor=fact.extractor,
        relation=event.relation,
        stage=event.stage,
        source=article.source.name,
        domain=article.source.domain,
        url=article.url,
        title=article.title,
        published_at=article.published_at,
        received_at=article.received_at,
        date=event.date,
        place=event.place,
        fatalities=event.fatalities,
        injured=event.injured,
        copy_of=member.copy_of,
        status=member.status,
    )


def _sources(parts: _Parts) -> SourceCounts:
    copies = _copies(parts)
    articles = {fact.article.id: outlet(fact) for _, fact in parts.live}
    independent = {name for article_id, name in articles.items() if article_id not in copies}
    return SourceCounts(
        articles=len(articles), outlets=len(set(articles.values())), independent=len(independent)
    )


def _weapon(live: Sequence[ReportFact]) -> str | None:
    named = [fact.event.weapon for fact in live if fact.event.weapon]
    return max(named, key=lambda one: (named.count(one), -named.index(one)), default=None)


def _correct(record: IncidentRecord, state: Incident) -> IncidentRecord:
    """Set the values that a person set, the latest per field, and say so."""
    if not state.corrections:
        return record
    latest = {one.field: one for one in state.corrections}
    data = record.model_dump(mode="json")
    for one in latest.values():
        data[one.field] = one.value
    data["corrections"] = [
        Correction(
            field=one.field,
            value=one.value,
            author=one.author,
            reason=one.reason,
            source=one.source,
            position=one.position,
        ).model_dump(mode="json")
        for one in state.corrections
    ]
    return IncidentRecord.model_validate_json(json.dumps(data))  # as the log gives it back


def compact(record: IncidentRecord) -> CompactIncident:
    """The record without its lists of reports and claims."""
    return CompactIncident.model_validate(compact_document(record.as_json()))


def diff_records(before: IncidentRecord | None, after: IncidentRecord) -> dict[str, Any]:
    """The fields that a change touched: `{"from", "to"}` for short values, None for long lists."""
    return diff_documents(None if before is None else before.as_json(), after.as_json())


def published_by(facts: Sequence[ReportFact], moment: datetime) -> list[ReportFact]:
    """The reports published by a moment (received by then, where the day is unknown)."""
    return [fact for fact in facts if fact.reported_at <= moment]


def is_event(event_type: EventType | None, grade_: Grade) -> bool:
    """Whether lists show an incident by default."""
    return event_type is not None and grade_ is not Grade.DISCOUNTED
