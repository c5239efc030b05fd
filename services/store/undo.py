"""Undo: the events that take one earlier change back, exactly, or why that is not possible any more. Pure.

A change of two incidents is undone in both. What came after it stays; where a later change stands in
the way (the survivor was merged on, a report moved elsewhere), that one must be undone first.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from schemas.command import StoreCommand
from services.store import events
from services.store.changes import CommandRefused, incident_change
from services.store.facts import Facts
from services.store.incident import Incident, Membership
from services.store.ports import NewEvent, RecordedEvent

ReadStream = Callable[[str], Sequence[RecordedEvent]]


@dataclass(frozen=True, slots=True)
class _Side:
    """What undoing does to one incident."""

    state: Incident
    undoes: int
    returning: Sequence[Membership] = ()
    leaving: Sequence[Membership] = ()
    released: Sequence[str] = ()
    merged_into: str | None = None
    apart: Sequence[str] = field(default=())


def undo(
    command: StoreCommand, facts: Facts, stream: ReadStream, now: datetime, who: Mapping[str, Any]
) -> list[NewEvent]:
    """The events that undo the change at `command.position` of `command.incident_id`.

    Raises CommandRefused for a position that changed no such incident, one that is undone already,
    a change that cannot be undone, and where a later change stands in the way.
    """
    event = _event_at(command, stream)
    state = _state(facts, event.data["incident_id"])
    if event.position in state.undone:
        raise CommandRefused("conflict", f"the change at position {event.position} is undone already")
    sides = _UNDOERS[event.type](event, facts, stream) if event.type in _UNDOERS else None
    if sides is None:
        raise CommandRefused("conflict", f"a change of kind {event.type} cannot be undone; {_INSTEAD}")
    return [_undone(command, side, now, who) for side in sides]


_INSTEAD: Final = "move or retract the report, or split the incident"


def _event_at(command: StoreCommand, stream: ReadStream) -> RecordedEvent:
    for event in stream(command.incident_id or ""):
        if event.position == command.position:
            return event
    raise CommandRefused("unknown-id", f"position {command.position} did not change {command.incident_id}")


def _state(facts: Facts, incident_id: str) -> Incident:
    state = facts.incident(incident_id)
    if state is None:
        raise CommandRefused("unknown-id", f"no incident {incident_id}")
    return state


def _partner(event: RecordedEvent, other: str, stream: ReadStream) -> RecordedEvent:
    """The other incident's side of the same change."""
    for candidate in stream(other):
        if candidate.causation_id == event.causation_id and candidate.type == event.type:
            return candidate
    raise CommandRefused("conflict", f"the other side of the change at {event.position} is missing")


def _living(state: Incident) -> None:
    if state.merged_into is not None:
        raise CommandRefused(
            "conflict", f"{state.id} was merged into {state.merged_into} since; undo that first"
        )


def _members_now(state: Incident, event: RecordedEvent) -> list[Membership]:
    """The members that a change brought, as they stand now. Refused if one went elsewhere since."""
    found = []
    for one in event.data["members"]:
        member = state.member(Membership.from_dict(one).ref)
        if member is None:
            raise CommandRefused("conflict", f"a report left {state.id} since; undo that first")
        found.append(member)
    return found


def _correction(event: RecordedEvent, facts: Facts, _stream: ReadStream) -> list[_Side]:
    state = _state(facts, event.data["incident_id"])
    return [_Side(state, event.position, merged_into=state.merged_into, apart=state.apart)]


def _merge(event: RecordedEvent, facts: Facts, stream: ReadStream) -> list[_Side]:
    other = _partner(event, event.data["other"], stream)
    gained, lost = (event, other) if event.data["role"] == "survivor" else (other, event)
    survivor, loser = _state(facts, gained.data["incident_id"]), _state(facts, lost.data["incident_id"])
    _living(survivor)
    members = _members_now(survivor, gained)
    by_machine = not event.data.get("author")
    return [
        _Side(
            survivor,
            gained.position,
            leaving=members,
            released=gained.data["absorbed"],
            apart=(*survivor.apart, loser.id) if by_machine else survivor.apart,
        ),
        _Side(
            loser,
            lost.position,
            returning=members,
            apart=(*loser.apart, survivor.id) if by_machine else loser.apart,
        ),
    ]


def _split(event: RecordedEvent, facts: Facts, stream: ReadStream) -> list[_Side]:
    other = _partner(event, event.data["other"], stream)
    kept, made = (event, other) if event.data["role"] == "kept" else (other, event)
    origin, branch = _state(facts, kept.data["incident_id"]), _state(facts, made.data["incident_id"])
    _living(origin)
    _living(branch)
    _members_now(branch, made)
    apart = [one for one in origin.apart if one != branch.id]
    return [
        _Side(branch, made.position, leaving=branch.reports, merged_into=origin.id, apart=branch.apart),
        _Side(origin, kept.position, returning=branch.reports, apart=apart),
    ]


def _move(event: RecordedEvent, facts: Facts, stream: ReadStream) -> list[_Side]:
    ends = {event.data["from"]: event, event.data["to"]: event}
    other = event.data["to"] if event.data["incident_id"] == event.data["from"] else event.data["from"]
    ends[other] = _partner(event, other, stream)
    origin, target = _state(facts, event.data["from"]), _state(facts, event.data["to"])
    _living(origin)
    _living(target)
    members = _members_now(target, ends[target.id])
    was = Membership.from_dict(event.data["was"])
    return [
        _Side(target, ends[target.id].position, leaving=members, apart=target.apart),
        _Side(origin, ends[origin.id].position, returning=[was], apart=origin.apart),
    ]


_UNDOERS: Final[Mapping[str, Callable[[RecordedEvent, Facts, ReadStream], list[_Side]]]] = {
    events.CORRECTION_APPLIED: _correction,
    events.INCIDENTS_MERGED: _merge,
    events.INCIDENT_SPLIT: _split,
    events.REPORT_MOVED: _move,
}


def _undone(command: StoreCommand, side: _Side, now: datetime, who: Mapping[str, Any]) -> NewEvent:
    data = {
        "undoes": side.undoes,
        "returning": [one.as_dict() for one in side.returning],
        "leaving": [one.as_dict() for one in side.leaving],
        "released": list(side.released),
        "merged_into": side.merged_into,
        "apart": list(side.apart),
        **who,
    }
    return incident_change(command.id, events.CHANGE_UNDONE, side.state.id, now, data)
