"""Views: what of an article's candidates one event may choose from.

The main event may choose from the whole article but for the sentences that tell of another event; any
other event only from its own. A political act has no casualties. Pure.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import TypeVar

from schemas.taxonomy import EventType, Relation
from services.extract.components.counts import Counts
from services.extract.model import Candidate, Frame

T = TypeVar("T")

_WITH_CASUALTIES = frozenset(
    (EventType.ASSAULT, EventType.ACCIDENT, EventType.DISASTER, EventType.PROTEST, EventType.COERCE, None)
)


def has_casualties(frame: Frame) -> bool:
    """Whether an event of this type can kill or injure at all."""
    return frame.event_type in _WITH_CASUALTIES


def own_counts(counts: Counts, frame: Frame) -> Counts:
    """What the event's own sentences say of casualties."""
    own = frozenset(frame.sentences)
    return replace(counts, findings=tuple(f for f in counts.findings if f.sentence in own))


def own_candidates(candidates: Sequence[Candidate[T]], frame: Frame) -> Sequence[Candidate[T]]:
    """The candidates of an event beside the main one: those of its own sentences; all for the main one."""
    if frame.relation is Relation.MAIN:
        return candidates
    own = frozenset(frame.sentences)
    return [c for c in candidates if c.sentence in own]
