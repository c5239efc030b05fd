"""Views: what of an article's candidates one event may choose from.

The main event may choose from the whole article but for the sentences that tell of another event; any
other event only from its own. A political act has no casualties. Pure.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final, TypeVar

from schemas.extraction import DateRange
from schemas.taxonomy import EventType, Relation
from services.extract.components.counts import Counts
from services.extract.components.places import PlaceTable
from services.extract.model import Candidate, Document, Frame, Ranked, Span, Trigger

T = TypeVar("T")

_WITH_CASUALTIES: Final = frozenset(
    (EventType.ASSAULT, EventType.ACCIDENT, EventType.DISASTER, EventType.PROTEST, EventType.COERCE, None)
)


def has_casualties(frame: Frame) -> bool:
    """Whether an event of this type can kill or injure at all."""
    return frame.event_type in _WITH_CASUALTIES


def own_counts(counts: Counts, frame: Frame) -> Counts:
    """What the event's own sentences say of casualties.

    Wording such as "last month" or "in retaliation" makes a figure another incident's, unless the
    sentence tells of this very event and no other.
    """
    own, firm = frozenset(frame.sentences), _firm(frame)
    return replace(
        counts,
        findings=tuple(
            replace(f, excluded=None) if f.excluded == OTHER_INCIDENT and f.sentence in firm else f
            for f in counts.findings
            if f.sentence in own and (not f.spans or _is_own(f.sentence, f.spans[0], frame, own))
        ),
        persons=tuple(entry for entry in counts.persons if entry.sentence in own),
    )


def _firm(frame: Frame) -> frozenset[int]:
    """The sentences in which only this event is told, by words of its kind; all of a lesser event's."""
    foreign = {trigger.sentence for trigger in frame.foreign}
    if frame.relation is not Relation.MAIN:
        return frozenset(frame.core) - foreign
    typed = {t.sentence for t in frame.triggers if t.form in "nv" and t.weight >= _TYPED_MIN}
    return frozenset(typed) - foreign


def own_candidates(candidates: Sequence[Candidate[T]], frame: Frame) -> Sequence[Candidate[T]]:
    """The candidates of an event beside the main one: those of its own sentences; all for the main one."""
    if frame.relation is Relation.MAIN:
        return candidates
    own = frozenset(frame.sentences)
    return [c for c in candidates if c.sentence in own]


OTHER_INCIDENT: Final = "other incident"
"""The counts' reason for a figure that wording gives to another incident."""
_TYPED_MIN: Final = 0.8
_TOLD_SHARE: Final = 0.65
"""How often the event lies in a month or year named right beside it, where the ranker prefers a day outside
(13 of 20 such articles of the incident data)."""
_COARSE: Final = 3
"""date_prec from which a date names a week or more."""


def settled_dates(ranked: Sequence[Ranked[DateRange]], frame: Frame) -> tuple[Ranked[DateRange], ...]:
    """The date table, those within the date told beside the event first where the ranker may be misled.

    The ranker prefers days, and was taught on main events: the day that an article names is often that of
    the talk about the event ("a strike last month"), or of the main one.
    """
    told = frame.told
    if told is None or not ranked or _within(ranked[0], told):
        return tuple(ranked)
    if told.precision < _COARSE and frame.relation is Relation.MAIN:
        return tuple(ranked)
    inside = [row for row in ranked if _within(row, told)]
    total = sum(row.p for row in inside)
    if not total:
        return tuple(ranked)
    kept = [Ranked(row.value, row.p / total * _TOLD_SHARE, row.support) for row in inside]
    rest = [Ranked(r.value, r.p * (1 - _TOLD_SHARE), r.support) for r in ranked if r not in inside]
    return (*kept, *rest)


def _within(row: Ranked[DateRange], told: DateRange) -> bool:
    return told.start <= row.value.start and row.value.end <= told.end


def own_places(doc: Document, table: PlaceTable, frame: Frame) -> PlaceTable:
    """The places that an event may have happened in: those told of elsewhere or of another event left out.

    An event beside the main one whose sentences name no place may have happened in any of the article's.
    """
    if not frame.foreign and len(frame.sentences) == len(doc.sentences):
        return table
    own = frozenset(frame.sentences if frame.relation is Relation.MAIN else frame.core)
    kept = []
    for candidate in table.candidates:
        mentions = tuple(m for m in candidate.name.mentions if _is_own(m.sentence, m.span, frame, own))
        if mentions or not candidate.name.mentions:
            kept.append(candidate._replace(name=candidate.name._replace(mentions=mentions)))
    named = any(candidate.name.mentions for candidate in kept)
    return replace(table, candidates=tuple(kept)) if named else table


def _is_own(sentence: int, span: Span, frame: Frame, own: frozenset[int]) -> bool:
    if sentence < 0:  # the dateline
        return frame.relation is Relation.MAIN
    if sentence not in own:
        return False
    rivals = [t for t in frame.foreign if t.sentence == sentence]
    if not rivals:
        return True
    mine = [t for t in frame.triggers if t.sentence == sentence]
    return not mine or min(_gap(t, span) for t in mine) <= min(_gap(t, span) for t in rivals)


def _gap(trigger: Trigger, span: Span) -> int:
    """Code points between a trigger and a name; a name before its trigger counts twice as far."""
    after = span.start - trigger.span.end
    return after if after >= 0 else 2 * (trigger.span.start - span.end)
