"""Domain events written by earlier versions of this program, brought up to date when read. Pure.

One step a version, `<event>_v1_to_v2`, data in and data out; the log itself is never rewritten. An event
newer than this program is refused: guessing at it could silently change records.
"""

from collections.abc import Callable, Mapping
from typing import Any, Final

from services.store import events
from services.store.event_log.errors import UnknownSchema

Step = Callable[[dict[str, Any]], dict[str, Any]]

CURRENT: Final[Mapping[str, int]] = dict.fromkeys(
    (
        *sorted(events.INCIDENT_TYPES),
        events.ARTICLE_RECORDED,
        events.EVENTS_EXTRACTED,
        events.EXTRACTION_FAILED,
        events.ARTICLE_RETRACTED,
        events.ARTICLE_REINSTATED,
        events.POLICY_CHANGED,
    ),
    events.SCHEMA_VERSION,
)
"""The schema version that this program writes, by type of event."""

STEPS: Final[Mapping[tuple[str, int], Step]] = {}
"""(type, version) → the step to the next version. Version 1 is the first there is."""


def upcast_event(
    kind: str,
    schema_version: int,
    data: dict[str, Any],
    *,
    current: Mapping[str, int] = CURRENT,
    steps: Mapping[tuple[str, int], Step] = STEPS,
) -> tuple[int, dict[str, Any]]:
    """An event's data in the current version of its type.

    Raises UnknownSchema for a type or a version that this program does not know, and where a step
    is missing.
    """
    wanted = current.get(kind)
    if wanted is None or schema_version > wanted:
        raise UnknownSchema(f"{kind} of version {schema_version} was written by a newer program")
    while schema_version < wanted:
        step = steps.get((kind, schema_version))
        if step is None:
            raise UnknownSchema(f"nothing brings {kind} of version {schema_version} up to {wanted}")
        data = step(data)
        schema_version += 1
    return schema_version, data
