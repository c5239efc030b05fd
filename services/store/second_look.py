"""The second look: after a report found its place, does its incident still hold together, or join another?

Judges by the same weights as matching, with a gap between joining and parting, so that nothing flaps.
What a person decided is never overruled: incidents they set apart, reports they put somewhere, values
they set on an incident that would end. Pure.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from services.store import events
from services.store.changes import merge_incidents, split_incident
from services.store.facts import Facts
from services.store.incident import Incident, Membership
from services.store.matching.index import MatchIndex
from services.store.matching.model import Feature, MergeProposal, SplitProposal
from services.store.matching.review import propose_merges, review
from services.store.matching.weights import Weights
from services.store.ports import NewEvent


def second_look(
    placed: NewEvent, facts: Facts, index: MatchIndex, weights: Weights, now: datetime
) -> list[NewEvent]:
    """What follows from one report's placement: a merge, a split, or nothing.

    `placed` is an IncidentOpened or ReportMerged that is recorded already; other events change nothing.
    """
    if placed.type not in (events.INCIDENT_OPENED, events.REPORT_MERGED):
        return []
    home = placed.data["incident_id"]
    state = facts.incident(home)
    if state is None or state.merged_into is not None:
        return []
    bridges = [one["incident_id"] for one in placed.data["reason"].get("bridges", ())]
    for merge in propose_merges(home, bridges, index, weights):
        if (joined := _join(merge, facts, placed.event_id, now)) is not None:
            return joined
    split = review(home, index, weights)
    return [] if split is None else _part(split, state, placed.event_id, now)


def _join(proposal: MergeProposal, facts: Facts, cause: str, now: datetime) -> list[NewEvent] | None:
    one, two = facts.incident(proposal.from_id), facts.incident(proposal.into_id)
    if one is None or two is None or one.merged_into or two.merged_into:
        return None
    if one.id in two.apart or two.id in one.apart:
        return None
    loser = max((one, two), key=lambda each: each.opened_position)
    if loser.corrections or any(member.pinned for member in loser.reports):
        return None
    why = _reason("merge", proposal.score, proposal.features, proposal.weights)
    return merge_incidents(one, two, cause=f"merge/{cause}", now=now, who=why)


def _part(proposal: SplitProposal, state: Incident, cause: str, now: datetime) -> list[NewEvent]:
    leaving = _members(state, proposal)
    if not leaving or any(member.pinned for member in leaving):
        return []
    why = _reason("split", proposal.score, proposal.features, proposal.weights)
    return split_incident(state, leaving, cause=f"split/{cause}", now=now, who=why)


def _members(state: Incident, proposal: SplitProposal) -> list[Membership]:
    moving = set(proposal.moving)
    return [one for one in state.reports if (one.ref.article_id, one.ref.event_index) in moving]


def _reason(code: str, score: float, features: Sequence[Feature], weights: str) -> Mapping[str, Any]:
    return {
        "author": None,
        "why": None,
        "source": None,
        "reason": {
            "code": code,
            "score": round(score, 4),
            "weights": weights,
            "features": [
                {"name": one.name, "value": round(one.value, 4), "contribution": round(one.contribution, 4)}
                for one in features
            ],
        },
    }
