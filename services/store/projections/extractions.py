"""Extractions: which extractor said how much of which article version, and which gave up."""

from collections.abc import Iterable
from typing import Any

from services.store import events
from services.store.facts import Facts
from services.store.projections.change import Change, Put, RowChange


class ExtractionsProjection:
    """Tables `extractions` and `failures`."""

    name = "extractions"
    version = 1

    def rows(self, change: Change, _facts: Facts) -> Iterable[RowChange]:
        event = change.effect.event
        if event.type == events.EVENTS_EXTRACTED:
            said = event.data["extraction"]
            yield Put(
                "extractions",
                {
                    "extraction_id": event.event_id,
                    "article_id": said["article_id"],
                    "content_hash": said["content_hash"],
                    "extractor": _extractor(said["extractor"]),
                    "events": len(said["events"]),
                    "primary_event": said["primary"],
                    "position": event.position,
                },
            )
        elif event.type == events.EXTRACTION_FAILED:
            failure = event.data
            yield Put(
                "failures",
                {
                    "article_id": failure["article_id"],
                    "content_hash": failure["content_hash"],
                    "extractor": _extractor(failure["extractor"]),
                    "error": failure["error"],
                    "detail": failure["detail"],
                    "deliveries": failure["deliveries"],
                    "position": event.position,
                },
            )


def _extractor(said: dict[str, Any]) -> str:
    return f"{said['name']}@{said['version']}"
