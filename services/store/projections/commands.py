"""Commands: what people changed, so that a command sent twice is answered alike."""

from collections.abc import Iterable

from services.store.facts import Facts
from services.store.projections.change import Change, Put, RowChange


class CommandsProjection:
    """Table `commands`, one row an event that carries an author."""

    name = "commands"
    version = 1

    def rows(self, change: Change, _facts: Facts) -> Iterable[RowChange]:
        event = change.effect.event
        author = event.data.get("author")
        if author is None or event.causation_id is None:
            return
        yield Put(
            "commands",
            {
                "cause": event.causation_id,
                "position": event.position,
                "author": author,
                "incident_id": event.data.get("incident_id"),
                "article_id": event.correlation_id,
            },
        )
