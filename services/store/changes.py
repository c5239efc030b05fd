"""Makers of the events by which incidents merge, split and change by hand; used by people and machine. Pure.

What touches two incidents is two events that name each other and share a causation id.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from services.errors import Refused
from services.store import events
from services.store.identity import fact_id, incident_id
from services.store.incident import Incident, Membership
from services.store.ports import NewEvent


class CommandRefused(Refused):
    """Raised when a command cannot be carried out; `slug` names the problem document."""

    def __init__(self, slug: str, detail: str) -> None:
        super().__init__(detail)
        self.slug = slug


def incident_change(
    command_id: str,
    kind: str,
    home: str,
    now: datetime,
    data: Mapping[str, Any],
    article_id: str | None = None,
) -> NewEvent:
    """One incident's side of a change."""
    return NewEvent(
        event_id=fact_id(kind, command_id, home),
        stream=events.incident_stream(home),
        type=kind,
        schema_version=events.SCHEMA_VERSION,
        occurred_at=now,
        correlation_id=article_id,
        causation_id=command_id,
        data={"incident_id": home, **data},
    )


def merge_incidents(
    one: Incident, two: Incident, *, cause: str, now: datetime, who: Mapping[str, Any]
) -> list[NewEvent]:
    """The younger incident ends in the older one: its end first, then the survivor's gain."""
    survivor, loser = sorted((one, two), key=lambda each: each.opened_position)
    gained = {
        "role": "survivor",
        "other": loser.id,
        "members": [member.as_dict() for member in loser.reports],
        "absorbed": [loser.id, *loser.absorbed],
    }
    lost = {"role": "absorbed", "other": survivor.id}
    return [
        incident_change(cause, events.INCIDENTS_MERGED, loser.id, now, {**lost, **who}),
        incident_change(cause, events.INCIDENTS_MERGED, survivor.id, now, {**gained, **who}),
    ]


def split_incident(
    state: Incident, leaving: Sequence[Membership], *, cause: str, now: datetime, who: Mapping[str, Any]
) -> list[NewEvent]:
    """Reports leave for a new incident; the larger side keeps the id."""
    refs = {member.ref for member in leaving}
    staying = [member for member in state.reports if member.ref not in refs]
    if len(leaving) > len(staying):
        leaving = staying
    first = leaving[0].ref
    other = incident_id(first.article_id, first.event_index, f"split/{cause}")
    moved = {"members": [member.as_dict() for member in leaving]}
    kept = {"role": "kept", "other": other, **moved}
    made = {"role": "new", "other": state.id, **moved}
    return [
        incident_change(cause, events.INCIDENT_SPLIT, state.id, now, {**kept, **who}),
        incident_change(cause, events.INCIDENT_SPLIT, other, now, {**made, **who}),
    ]
