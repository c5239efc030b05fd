"""Records as JSON documents: what a change touched, and the part that travels in updates and lists. Pure.

A document is `IncidentRecord.as_json()`, or the same read back from a read model.
"""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from schemas.incident import CompactIncident

Document = Mapping[str, Any]

_COMPACT_FIELDS: Final = tuple(name for name in CompactIncident.model_fields if name != "attributions")
_LONG: Final = frozenset(
    {"claims", "reports", "background", "evidence", "alternatives", "victims", "attributions"}
)
_UNCOUNTED: Final = frozenset({"position", "version", "schema_version"})


def diff_documents(before: Document | None, after: Document) -> dict[str, Any]:
    """The fields that a change touched: `{"from", "to"}` for short values, None for long lists."""
    old = before or {}
    changed: dict[str, Any] = {}
    for name, value in after.items():
        if name in _UNCOUNTED or (before is not None and old.get(name) == value):
            continue
        if before is None and value in (None, [], {}, ""):
            continue
        changed[name] = None if name in _LONG else {"from": old.get(name), "to": value}
    return changed


def compact_document(document: Document) -> dict[str, Any]:
    """The record without its lists of reports and claims, as a `CompactIncident` reads it."""
    brief = {name: document[name] for name in _COMPACT_FIELDS}
    return {**brief, "attributions": [_brief(one) for one in document["attributions"]]}


def _brief(attribution: Document) -> dict[str, Any]:
    return {
        "actor": attribution["actor"],
        "supporters": _speakers(attribution["supporters"]),
        "deniers": _speakers(attribution["deniers"]),
    }


def _speakers(voices: Sequence[Document]) -> list[str]:
    return list(dict.fromkeys(voice["claimant"]["name"] for voice in voices if voice["current"]))
