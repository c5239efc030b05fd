"""Policies: which named rules were in force from which position on."""

from collections.abc import Iterable

from services.store import events
from services.store.facts import Facts
from services.store.projections.change import Change, Put, RowChange
from services.store.stored_values import json_text


class PoliciesProjection:
    """Table `policies`, one row a change of rules."""

    name = "policies"
    version = 1

    def rows(self, change: Change, _facts: Facts) -> Iterable[RowChange]:
        event = change.effect.event
        if event.type == events.POLICY_CHANGED:
            yield Put("policies", {"position": event.position, "versions": json_text(event.data["versions"])})
