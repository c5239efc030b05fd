"""Claims: those of each incident's record, one a row, to be found by who says what."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from services.store.facts import Facts
from services.store.incident import Incident
from services.store.projections.change import Change, Drop, Put, RowChange
from services.store.record_documents import Document
from services.store.stored_values import json_text


class ClaimsProjection:
    """Table `claims`; `number` counts within the record, which orders them."""

    name = "claims"
    version = 1

    def rows(self, change: Change, _facts: Facts) -> Iterable[RowChange]:
        after = change.effect.after
        if after is None:
            return
        before = _claims(change.effect.before, change.before)
        now = _claims(after, change.document)
        for number in range(len(now), len(before)):
            yield Drop("claims", {"incident_id": after.id, "number": number})
        for number, claim in enumerate(now):
            if number >= len(before) or before[number] != claim:
                yield Put("claims", _row(after.id, number, claim))


def _claims(state: Incident | None, document: Document | None) -> Sequence[Document]:
    """A merged incident's claims stand with its survivor."""
    if state is None or document is None or state.merged_into is not None:
        return ()
    found: Sequence[Document] = document["claims"]
    return found


def _row(incident_id: str, number: int, claim: Document) -> Mapping[str, Any]:
    return {
        "incident_id": incident_id,
        "number": number,
        "claim_id": claim["id"],
        "article_id": claim["article_id"],
        "claimant": claim["claimant"]["name"],
        "claimant_kind": claim["claimant"]["kind"],
        "stance": claim["stance"],
        "about": claim["about"],
        "actor": None if claim["actor"] is None else claim["actor"]["name"],
        "said_at": claim["said_at"],
        "superseded_by": claim["superseded_by"],
        "claim": json_text(claim),
    }
