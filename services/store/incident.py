"""The aggregate `Incident`: which reports tell of it, folded from its own stream. Pure.

`evolve` applies one recorded event and never judges; `services.store.decider` judges and never
applies. The record that users read is computed from the aggregate by `services.store.record`.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import Any, Final, Literal

from services.errors import Corruption
from services.store.ports import RecordedEvent

ReportStatus = Literal["current", "superseded", "retracted"]


@dataclass(frozen=True, slots=True)
class ReportRef:
    """One event of one extraction of one article version."""

    article_id: str
    content_hash: str
    extraction_id: str
    event_index: int

    def key(self) -> tuple[str, str, str, int]:
        return (self.article_id, self.content_hash, self.extraction_id, self.event_index)

    def as_dict(self) -> dict[str, Any]:
        return asdict(self)

    @staticmethod
    def from_dict(data: Mapping[str, Any]) -> "ReportRef":
        return ReportRef(data["article_id"], data["content_hash"], data["extraction_id"], data["event_index"])


@dataclass(frozen=True, slots=True)
class Membership:
    """A report within an incident: its standing, whose text it copies, since which position."""

    ref: ReportRef
    status: ReportStatus
    copy_of: str | None
    since: int


@dataclass(frozen=True, slots=True)
class SetField:
    """A field that a person set, and where in the log."""

    field: str
    value: Any
    author: str
    reason: str
    source: str | None
    position: int


@dataclass(frozen=True, slots=True)
class Incident:
    """The folded state of one incident stream.

    `reports` in order of arrival; `version` counts the stream, `position` is its last change,
    `opened_position` its first, by which incidents are older or younger.
    `merged_into` names the survivor once this incident was merged away.
    """

    id: str
    opened_at: datetime
    reports: tuple[Membership, ...] = ()
    corrections: tuple[SetField, ...] = ()
    absorbed: tuple[str, ...] = ()
    merged_into: str | None = None
    version: int = 0
    position: int = 0
    opened_position: int = 0

    def current(self) -> tuple[Membership, ...]:
        """The reports that count."""
        return tuple(report for report in self.reports if report.status == "current")

    def holds(self, ref: ReportRef) -> bool:
        return any(report.ref == ref for report in self.reports)


def evolve(state: Incident | None, event: RecordedEvent) -> Incident:
    """The incident after one event of its stream. Raises Corruption if the event cannot follow."""
    if event.type == "IncidentOpened":
        if state is not None:
            raise Corruption(f"incident opened twice at position {event.position}")
        state = Incident(
            id=event.data["incident_id"], opened_at=event.recorded_at, opened_position=event.position
        )
    elif state is None:
        raise Corruption(f"{event.type} at position {event.position} precedes its IncidentOpened")
    change = _CHANGES.get(event.type)
    if change is None:
        raise Corruption(f"unknown incident event {event.type} at position {event.position}")
    return replace(change(state, event), version=event.version, position=event.position)


def fold(events: Iterable[RecordedEvent]) -> Incident | None:
    """The incident after all events of its stream, in order; None for no events."""
    state: Incident | None = None
    for event in events:
        state = evolve(state, event)
    return state


def _add_report(state: Incident, event: RecordedEvent) -> Incident:
    ref = ReportRef.from_dict(event.data["report"])
    entry = Membership(ref, "current", event.data.get("copy_of"), event.position)
    kept = tuple(report for report in state.reports if report.ref != ref)
    return replace(state, reports=(*kept, entry))


def _mark(status: ReportStatus, state: Incident, event: RecordedEvent) -> Incident:
    ref = ReportRef.from_dict(event.data["report"])
    return replace(
        state,
        reports=tuple(
            replace(report, status=status) if report.ref == ref else report for report in state.reports
        ),
    )


def _move(state: Incident, event: RecordedEvent) -> Incident:
    if event.data["to"] == state.id:
        return _add_report(state, event)
    ref = ReportRef.from_dict(event.data["report"])
    return replace(state, reports=tuple(r for r in state.reports if r.ref != ref))


def _supersede(state: Incident, event: RecordedEvent) -> Incident:
    return _mark("superseded", state, event)


def _retract(state: Incident, event: RecordedEvent) -> Incident:
    return _mark("retracted", state, event)


_CHANGES: Final[dict[str, Callable[[Incident, RecordedEvent], Incident]]] = {
    "IncidentOpened": _add_report,
    "ReportMerged": _add_report,
    "ReportMoved": _move,
    "ReportSuperseded": _supersede,
    "ReportRetracted": _retract,
}
