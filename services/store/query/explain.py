"""Why a record says what it says: per field the claims counted and left out; per report the match. Pure."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from schemas.incident import IncidentRecord
from services.store.facts import ReportFact
from services.store.figures import Verdict
from services.store.incident import Incident
from services.store.query.errors import BadParameter, FieldError
from services.store.record_claims import ClaimBook, read_claims

FIGURES: Final = ("fatalities", "injured")
FIELDS: Final = (*FIGURES, "date", "place", "event_type", "grade", "attributions", "reports")


def check_field(field: str | None) -> None:
    """Raises BadParameter for a field that cannot be explained."""
    if field is not None and field not in FIELDS:
        raise BadParameter(FieldError("field", "one of " + ", ".join(FIELDS) + " is expected"))


def explain(
    record: IncidentRecord,
    state: Incident,
    facts: Sequence[ReportFact],
    decisions: Sequence[Mapping[str, Any]],
    field: str | None,
) -> dict[str, Any]:
    """The explanation of one field, or of all."""
    asked = FIELDS if field is None else (field,)
    members = {member.ref: member for member in state.current()}
    live = [fact for fact in facts if fact.ref in members]
    book = read_claims(live, _copies(state), record.figure_policy)
    sections: dict[str, Any] = {}
    for name in asked:
        if name in FIGURES:
            sections[name] = _figure(name, record, book, live)
        elif name == "reports":
            sections[name] = [dict(one) for one in decisions]
        else:
            sections[name] = _value(name, record)
    return {
        "incident_id": record.id,
        "position": record.position,
        "fields": sections,
    }


def _copies(state: Incident) -> dict[str, str]:
    return {one.ref.article_id: one.copy_of for one in state.current() if one.copy_of is not None}


def _figure(name: str, record: IncidentRecord, book: ClaimBook, live: Sequence[ReportFact]) -> dict[str, Any]:
    figure = getattr(record, name)
    verdicts = {one.claim_id: one for one in book.verdicts[name]}
    claims = [
        {"claim": one.as_json(), **_verdict(verdicts.get(one.id or ""))}
        for one in record.claims
        if one.about.value == name
    ]
    own = {claim["claim"]["id"] for claim in claims}
    return {
        "value": figure.as_json(),
        "policy": record.figure_policy,
        "claims": claims,
        "reports_own_figures": [
            {"claim_id": one.claim_id, **_verdict(one)}
            for one in book.verdicts[name]
            if one.claim_id not in own
        ],
        "by_report": [
            {"article_id": fact.article.id, "figure": getattr(fact.event, name).as_json()} for fact in live
        ],
        "evidence": [one.as_json() for one in record.evidence if one.field.split(".")[0] == name],
    }


def _verdict(verdict: Verdict | None) -> dict[str, Any]:
    if verdict is None:
        return {"counted": False, "because": "names no number, or is not the claimant's own figure"}
    found = {"counted": verdict.counted, "because": verdict.reason}
    return found if verdict.superseded_by is None else {**found, "superseded_by": verdict.superseded_by}


def _value(name: str, record: IncidentRecord) -> Any:
    if name == "grade":
        return {"value": record.grade.value, "rules": record.grade_rules, "because": record.grade_reason}
    if name == "attributions":
        return [one.as_json() for one in record.attributions]
    return _fused(name, record)


def _fused(name: str, record: IncidentRecord) -> dict[str, Any]:
    value = getattr(record, name)
    table = getattr(record.alternatives, name, ())
    return {
        "value": value.as_json() if hasattr(value, "as_json") else value,
        "fusion": record.fusion,
        "confidence": record.confidence.get(name),
        "alternatives": [one.as_json() for one in table],
        "evidence": [one.as_json() for one in record.evidence if one.field.split(".")[0] == name],
    }
