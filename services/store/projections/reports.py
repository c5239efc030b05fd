"""Reports: which report stands in which incident."""

from collections.abc import Iterable, Mapping
from typing import Any

from services.store.facts import Facts
from services.store.incident import Incident, Membership
from services.store.projections.change import Change, Drop, Put, RowChange


class ReportsProjection:
    """Table `reports`."""

    name = "reports"
    version = 1

    def rows(self, change: Change, _facts: Facts) -> Iterable[RowChange]:
        after = change.effect.after
        if after is None:
            return
        before = _members(change.effect.before)
        now = _members(after)
        for ref, member in before.items():
            if ref not in now:
                yield Drop("reports", _key(after.id, member))
        for ref, member in now.items():
            if before.get(ref) != member:
                yield Put("reports", _row(after.id, member))


def _members(state: Incident | None) -> dict[Any, Membership]:
    return {} if state is None else {member.ref: member for member in state.reports}


def _key(incident_id: str, member: Membership) -> Mapping[str, Any]:
    return {"incident_id": incident_id, **member.ref.as_dict()}


def _row(incident_id: str, member: Membership) -> Mapping[str, Any]:
    return {
        **_key(incident_id, member),
        "status": member.status,
        "copy_of": member.copy_of,
        "position": member.since,
    }
