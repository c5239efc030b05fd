"""Updates: the timeline of every incident, and the outbox that the relay publishes from."""

from collections.abc import Iterable, Mapping
from typing import Any, Final

from schemas.incident import IncidentUpdate
from services.store.event_log.timestamps import to_text
from services.store.facts import Facts
from services.store.projections.change import Change, Put, RowChange
from services.store.record_documents import Document, compact_document, diff_documents
from services.store.stored_values import json_text

CHANGED_BYTES_MAX: Final = 24_000
INCIDENT_BYTES_MAX: Final = 36_000
"""Together with the envelope (under 2 KB) an update stays below the 64 KiB that CloudEvents
intermediaries must forward (specification 1.0.2, section "Size limits")."""


TEXT_CHARS_MAX: Final = 1_000
"""Longest text in an update that had to be shortened; a record's text fields are about a dozen."""


class UpdatesProjection:
    """Table `updates`, one row a position that changed an incident."""

    name = "updates"
    version = 1

    def rows(self, change: Change, _facts: Facts) -> Iterable[RowChange]:
        event, after, document = change.effect.event, change.effect.after, change.document
        if after is None or document is None:
            return
        ended = after.merged_into is not None
        yield Put(
            "updates",
            {
                "position": event.position,
                "incident_id": after.id,
                "recorded_at": to_text(event.recorded_at),
                "reason": str(event.data.get("reason", {}).get("code", event.type)),
                "article_id": event.correlation_id,
                "changed": _changed(change.before, document),
                "incident": None if ended else _brief(compact_document(document)),
                "merged_into": after.merged_into,
            },
        )


def update_from(row: Mapping[str, Any], log_id: str) -> IncidentUpdate:
    """The message of a row of `updates`; the log's id joins it here, since a restore renews that."""
    return IncidentUpdate.model_validate_json(update_text(row, log_id))


def update_text(row: Mapping[str, Any], log_id: str) -> str:
    """The message of a row as JSON text, built without reading its parts."""
    head = {
        "schema_version": IncidentUpdate.SCHEMA_VERSION,
        "incident_id": row["incident_id"],
        "log_id": log_id,
        "position": row["position"],
        "recorded_at": row["recorded_at"],
        "reason": row["reason"],
        "article_id": row["article_id"],
        "merged_into": row["merged_into"],
        "link": f"/v1/incidents/{row['incident_id']}",
    }
    incident = row["incident"] or "null"
    return f'{json_text(head)[:-1]},"changed":{row["changed"]},"incident":{incident}}}'


def _changed(before: Document | None, after: Document) -> str:
    """The changed fields as JSON; where that is long, their names only."""
    changed = diff_documents(before, after)
    text = json_text(changed)
    if len(text.encode()) > CHANGED_BYTES_MAX:
        return json_text(dict.fromkeys(changed))
    return text


def _brief(incident: dict[str, Any]) -> str:
    """The compact record as JSON; where that is long, without lists of actors and with texts cut."""
    text = json_text(incident)
    if len(text.encode()) > INCIDENT_BYTES_MAX:
        return json_text(_cut({**incident, "attributions": [], "perpetrators": []}))
    return text


def _cut(value: Any) -> Any:
    """The value with every text in it cut to TEXT_CHARS_MAX."""
    if isinstance(value, str):
        return value if len(value) <= TEXT_CHARS_MAX else f"{value[: TEXT_CHARS_MAX - 1]}…"
    if isinstance(value, dict):
        return {key: _cut(one) for key, one in value.items()}
    return value
