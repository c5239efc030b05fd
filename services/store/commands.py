"""What follows from a command of an analyst: the events that carry it out, or why it is refused. Pure.

Corrections are events like all others and win over the machine in every later replay. What touches two
incidents is two events that name each other; the one that loses comes first.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from pydantic import ValidationError

from schemas.command import ReportPick, StoreCommand
from schemas.incident import IncidentRecord
from services.store import events
from services.store.changes import CommandRefused, incident_change, merge_incidents, split_incident
from services.store.facts import Facts
from services.store.identity import fact_id
from services.store.incident import Incident, Membership
from services.store.ports import NewEvent, RecordedEvent
from services.store.undo import undo

CORRECTABLE: Final = (
    "event_type", "event_mode", "stage", "date", "place", "fatalities", "injured", "victims", "weapon",
    "headline", "hidden",
)  # fmt: skip
"""Fields that a person may set by hand."""

ReadStream = Callable[[str], Sequence[RecordedEvent]]
"""The recorded events of an incident's stream."""


@dataclass(frozen=True, slots=True)
class Situation:
    """What a command is decided on: the facts, incidents' streams, and the time."""

    facts: Facts
    stream: ReadStream
    now: datetime

    def living(self, wanted: str | None) -> Incident:
        """The incident that an id stands for now. Raises CommandRefused for an unknown id."""
        found = self.facts.resolve(wanted) if wanted else None
        state = self.facts.incident(found) if found else None
        if state is None:
            raise CommandRefused("unknown-id", f"no incident {wanted}")
        return state


def decide_command(command: StoreCommand, facts: Facts, stream: ReadStream, now: datetime) -> list[NewEvent]:
    """The events of a command, in order. Raises CommandRefused; the same command gives the same ids."""
    situation = Situation(facts, stream, now)
    return _KINDS[command.kind](command, situation)


def _who(command: StoreCommand, code: str) -> dict[str, Any]:
    return {
        "author": command.author,
        "why": command.reason,
        "source": command.source,
        "reason": {"code": code, "author": command.author, "why": command.reason},
    }


def _merge(command: StoreCommand, situation: Situation) -> list[NewEvent]:
    one, two = situation.living(command.incident_id), situation.living(command.other_id)
    if one.id == two.id:
        raise CommandRefused("conflict", "both ids stand for the same incident already")
    return merge_incidents(one, two, cause=command.id, now=situation.now, who=_who(command, "merge"))


def _split(command: StoreCommand, situation: Situation) -> list[NewEvent]:
    state = situation.living(command.incident_id)
    leaving = _picked(state, command.reports)
    if len({one.ref for one in leaving}) == len(state.reports):
        raise CommandRefused("conflict", "at least one report must stay")
    return split_incident(state, leaving, cause=command.id, now=situation.now, who=_who(command, "split"))


def _picked(state: Incident, picks: Sequence[ReportPick]) -> list[Membership]:
    """The members that picks name. Raises CommandRefused for one that is not there."""
    found: dict[Any, Membership] = {}
    for pick in picks:
        named = [
            one
            for one in state.reports
            if one.ref.article_id == pick.article_id and pick.event_index in (None, one.ref.event_index)
        ]
        if not named:
            raise CommandRefused("conflict", f"incident {state.id} holds no report of {pick.article_id}")
        found.update({one.ref: one for one in named})
    return sorted(found.values(), key=lambda one: one.since)


def _move(command: StoreCommand, situation: Situation) -> list[NewEvent]:
    assert command.article_id is not None, "the contract demands it"
    origin, member = _only_report(command, situation)
    if command.other_id is None:
        if len(origin.reports) == 1:
            raise CommandRefused("conflict", f"the report stands alone in incident {origin.id} already")
        return split_incident(
            origin, [member], cause=command.id, now=situation.now, who=_who(command, "split")
        )
    target = situation.living(command.other_id)
    if target.id == origin.id:
        raise CommandRefused("conflict", f"the report is in incident {target.id} already")
    who = _who(command, "move")
    ends = {"from": origin.id, "to": target.id, "was": member.as_dict()}
    pinned = {**member.as_dict(), "pinned": True}
    gone = {**ends, "members": [member.as_dict()], **who}
    come = {**ends, "members": [pinned], **who}
    article = command.article_id
    return [
        incident_change(command.id, events.REPORT_MOVED, origin.id, situation.now, gone, article),
        incident_change(command.id, events.REPORT_MOVED, target.id, situation.now, come, article),
    ]


def _only_report(command: StoreCommand, situation: Situation) -> tuple[Incident, Membership]:
    """The one current report that a move speaks of. Raises CommandRefused for none or several."""
    found = [
        (state, member)
        for home in situation.facts.incidents_of(command.article_id or "")
        if (state := situation.facts.incident(home)) is not None
        for member in state.current()
        if member.ref.article_id == command.article_id
        and command.event_index in (None, member.ref.event_index)
        and command.incident_id in (None, state.id)
    ]
    if not found:
        raise CommandRefused("unknown-id", f"no report of article {command.article_id} counts anywhere")
    if len(found) > 1:
        places = ", ".join(f"event {m.ref.event_index} in {s.id}" for s, m in found)
        raise CommandRefused("conflict", f"the article has several reports; name one: {places}")
    return found[0]


def _correct(command: StoreCommand, situation: Situation) -> list[NewEvent]:
    state = situation.living(command.incident_id)
    data = {"field": command.field, "value": checked_value(command.field, command.value)}
    return [
        incident_change(
            command.id,
            events.CORRECTION_APPLIED,
            state.id,
            situation.now,
            {**data, **_who(command, "correction")},
        )
    ]


def checked_value(field: str | None, value: Any) -> Any:
    """The value as the record will hold it, JSON-ready. Raises CommandRefused if it cannot."""
    if field not in CORRECTABLE:
        raise CommandRefused("bad-parameter", f"field must be one of {', '.join(CORRECTABLE)}")
    try:
        record = IncidentRecord.model_validate({"id": "-", "headline": "-", field: value})
    except ValidationError as error:
        why = "; ".join(f"{'.'.join(map(str, one['loc']))}: {one['msg']}" for one in error.errors()[:5])
        raise CommandRefused("bad-parameter", why) from error
    return record.as_json()[field]


def _retract(command: StoreCommand, situation: Situation) -> list[NewEvent]:
    article = situation.facts.article(command.article_id or "")
    if article is None:
        raise CommandRefused("unknown-id", f"no article {command.article_id}")
    if article.retracted:
        raise CommandRefused("conflict", "the article is retracted already")
    changes = [_article_change(command, events.ARTICLE_RETRACTED, situation.now)]
    for state, member in _members_of(command.article_id or "", situation, "current"):
        data = {"report": member.ref.as_dict(), **_who(command, "retraction")}
        changes.append(
            _report_change(command, events.REPORT_RETRACTED, state.id, member, situation.now, data)
        )
    return changes


def _reinstate(command: StoreCommand, situation: Situation) -> list[NewEvent]:
    article = situation.facts.article(command.article_id or "")
    if article is None or not article.retracted:
        raise CommandRefused("conflict", f"article {command.article_id} is not retracted")
    changes = [_article_change(command, events.ARTICLE_REINSTATED, situation.now)]
    for state, member in _members_of(command.article_id or "", situation, "retracted"):
        back = {**member.as_dict(), "status": "current"}
        data = {
            "undoes": _retracted_at(situation, state.id, member),
            "returning": [back],
            "leaving": [],
            "released": [],
            "merged_into": state.merged_into,
            "apart": list(state.apart),
            **_who(command, "undo"),
        }
        changes.append(_report_change(command, events.CHANGE_UNDONE, state.id, member, situation.now, data))
    return changes


def _retracted_at(situation: Situation, home: str, member: Membership) -> int:
    """The position at which a report was last retracted."""
    ref = member.ref.as_dict()
    return max(
        one.position
        for one in situation.stream(home)
        if one.type == events.REPORT_RETRACTED and one.data["report"] == ref
    )


def _members_of(article_id: str, situation: Situation, status: str) -> list[tuple[Incident, Membership]]:
    return [
        (state, member)
        for home in situation.facts.incidents_of(article_id)
        if (state := situation.facts.incident(home)) is not None
        for member in state.reports
        if member.ref.article_id == article_id and member.status == status
    ]


def _article_change(command: StoreCommand, kind: str, now: datetime) -> NewEvent:
    article = command.article_id or ""
    return NewEvent(
        event_id=fact_id(kind, command.id, article),
        stream=events.article_stream(article),
        type=kind,
        schema_version=events.SCHEMA_VERSION,
        occurred_at=now,
        correlation_id=article,
        causation_id=command.id,
        data={"article_id": article, **_who(command, "retraction")},
    )


def _report_change(
    command: StoreCommand, kind: str, home: str, member: Membership, now: datetime, data: Mapping[str, Any]
) -> NewEvent:
    return incident_change(f"{command.id}/{member.ref.key()}", kind, home, now, data, member.ref.article_id)


def _undo(command: StoreCommand, situation: Situation) -> list[NewEvent]:
    assert command.incident_id is not None, "the contract demands it"
    assert command.position is not None, "the contract demands it"
    return undo(command, situation.facts, situation.stream, situation.now, _who(command, "undo"))


_KINDS: Final[Mapping[str, Callable[[StoreCommand, Situation], list[NewEvent]]]] = {
    "merge": _merge,
    "split": _split,
    "move": _move,
    "correct": _correct,
    "retract": _retract,
    "reinstate": _reinstate,
    "undo": _undo,
}
