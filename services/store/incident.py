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
    """A report within an incident: its standing, whose text it copies, since which position.

    `since` is kept when a report moves, so that an undone move restores the order. `pinned` marks a
    report that a person put here: no machine decision takes it away.
    """

    ref: ReportRef
    status: ReportStatus
    copy_of: str | None
    since: int
    pinned: bool = False

    def as_dict(self) -> dict[str, Any]:
        return asdict(self)

    @staticmethod
    def from_dict(data: Mapping[str, Any]) -> "Membership":
        return Membership(
            ref=ReportRef.from_dict(data["ref"]),
            status=data["status"],
            copy_of=data["copy_of"],
            since=data["since"],
            pinned=data["pinned"],
        )


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
    `merged_into` names the survivor once this incident was merged away. `apart` are incidents that a
    person said are others: the machine never merges with them. `undone` are positions undone since.
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
    apart: tuple[str, ...] = ()
    undone: tuple[int, ...] = ()

    def current(self) -> tuple[Membership, ...]:
        """The reports that count."""
        return tuple(report for report in self.reports if report.status == "current")

    def holds(self, ref: ReportRef) -> bool:
        return any(report.ref == ref for report in self.reports)

    def member(self, ref: ReportRef) -> Membership | None:
        """The membership of a report, whatever its status."""
        return next((report for report in self.reports if report.ref == ref), None)


def evolve(state: Incident | None, event: RecordedEvent) -> Incident:
    """The incident after one event of its stream. Raises Corruption if the event cannot follow."""
    if _opens(event):
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


def _opens(event: RecordedEvent) -> bool:
    split_off = event.type == "IncidentSplit" and event.data["role"] == "new"
    return split_off or event.type == "IncidentOpened"


def _add_report(state: Incident, event: RecordedEvent) -> Incident:
    ref = ReportRef.from_dict(event.data["report"])
    pinned = bool(event.data.get("pinned"))
    entry = Membership(ref, "current", event.data.get("copy_of"), event.position, pinned)
    return _with(state, [entry])


def _with(state: Incident, members: Iterable[Membership]) -> Incident:
    """The incident with these members in their places by `since`; a member of the same report goes."""
    added = list(members)
    refs = {member.ref for member in added}
    kept = [report for report in state.reports if report.ref not in refs]
    return replace(state, reports=tuple(sorted((*kept, *added), key=lambda one: one.since)))


def _without(state: Incident, members: Iterable[Membership]) -> Incident:
    refs = {member.ref for member in members}
    return replace(state, reports=tuple(one for one in state.reports if one.ref not in refs))


def _members(event: RecordedEvent) -> list[Membership]:
    return [Membership.from_dict(one) for one in event.data["members"]]


def _mark(status: ReportStatus, state: Incident, event: RecordedEvent) -> Incident:
    ref = ReportRef.from_dict(event.data["report"])
    marked = [replace(one, status=status) for one in state.reports if one.ref == ref]
    return _with(state, marked)


def _supersede(state: Incident, event: RecordedEvent) -> Incident:
    return _mark("superseded", state, event)


def _retract(state: Incident, event: RecordedEvent) -> Incident:
    return _mark("retracted", state, event)


def _move(state: Incident, event: RecordedEvent) -> Incident:
    """A report leaves (`from`) or arrives (`to`), as the member it was, pinned if a person moved it."""
    if event.data["to"] == state.id:
        return _with(state, _members(event))
    return _without(state, _members(event))


def _merge(state: Incident, event: RecordedEvent) -> Incident:
    """Reports of `other` arrive, or this incident ends in it (its reports stay as they were)."""
    if event.data["role"] == "absorbed":
        return replace(state, merged_into=event.data["other"])
    return replace(_with(state, _members(event)), absorbed=(*state.absorbed, *event.data["absorbed"]))


def _split(state: Incident, event: RecordedEvent) -> Incident:
    """Reports leave for `other`, or open this incident; a person's split is for good (`apart`)."""
    apart = (*state.apart, event.data["other"]) if event.data.get("author") else state.apart
    changed = _with if event.data["role"] == "new" else _without
    return replace(changed(state, _members(event)), apart=apart)


def _correct(state: Incident, event: RecordedEvent) -> Incident:
    data = event.data
    fix = SetField(
        data["field"], data["value"], data["author"], data["why"], data.get("source"), event.position
    )
    return replace(state, corrections=(*state.corrections, fix))


def _undo(state: Incident, event: RecordedEvent) -> Incident:
    """The named earlier change is taken back: `restore` says which members return or leave."""
    data = event.data
    undone = data["undoes"]
    members = [Membership.from_dict(one) for one in data["returning"]]
    leaving = [Membership.from_dict(one) for one in data["leaving"]]
    changed = _with(_without(state, leaving), members)
    return replace(
        changed,
        corrections=tuple(one for one in state.corrections if one.position != undone),
        absorbed=tuple(one for one in state.absorbed if one not in data["released"]),
        merged_into=data["merged_into"],
        apart=tuple(data["apart"]),
        undone=(*state.undone, undone),
    )


_CHANGES: Final[dict[str, Callable[[Incident, RecordedEvent], Incident]]] = {
    "IncidentOpened": _add_report,
    "ReportMerged": _add_report,
    "ReportMoved": _move,
    "ReportSuperseded": _supersede,
    "ReportRetracted": _retract,
    "IncidentsMerged": _merge,
    "IncidentSplit": _split,
    "CorrectionApplied": _correct,
    "ChangeUndone": _undo,
}
