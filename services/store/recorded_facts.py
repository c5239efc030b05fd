"""Facts as this store had recorded them by a log position: folded from the log's own streams.

Serves reads "as recorded" and the replay of the match index. Costs a fold per incident, so it is not
for lists. May import: the event log's adapters, the pure core. Uses no read model.
"""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, bindparam, func, select

from schemas.article import RawArticle
from schemas.extraction import ArticleExtraction
from services.store import events
from services.store.article_history import fold_article
from services.store.event_log import rows, schema
from services.store.event_log.entry import Upcast, as_stored
from services.store.event_log.timestamps import to_text
from services.store.facts import ArticleState
from services.store.incident import Incident, fold
from services.store.ports import RecordedEvent
from services.store.stored_values import article_from, extraction_from

_STREAMS_ABOUT = (
    select(schema.events.c.stream)
    .distinct()
    .where(
        schema.events.c.correlation_id == bindparam("article_id"),
        schema.events.c.position <= bindparam("position"),
        schema.events.c.stream.startswith("incident-"),
    )
)
_RECORDED_AT = select(schema.events.c.recorded_at).where(schema.events.c.position == bindparam("position"))


class RecordedFacts:
    """The port `Facts` as of one position of the log, over one connection."""

    def __init__(self, connection: Connection, position: int, upcast: Upcast = as_stored) -> None:
        self._connection = connection
        self._upcast = upcast
        self.position = position

    def article(self, article_id: str) -> ArticleState | None:
        return fold_article(self._stream(events.article_stream(article_id)))

    def article_version(self, article_id: str, content_hash: str) -> RawArticle | None:
        event = self._event(events.article_fact_id(article_id, content_hash))
        return None if event is None else article_from(event.data)

    def extraction(self, extraction_id: str) -> ArticleExtraction | None:
        event = self._event(extraction_id)
        if event is None or event.type != events.EVENTS_EXTRACTED:
            return None
        return extraction_from(event.data)

    def incident(self, incident_id: str) -> Incident | None:
        return fold(self._stream(events.incident_stream(incident_id)))

    def resolve(self, incident_id: str) -> str | None:
        incident = self.incident(incident_id)
        while incident is not None and incident.merged_into is not None:
            incident = self.incident(incident.merged_into)
        return None if incident is None else incident.id

    def incidents_of(self, article_id: str) -> Sequence[str]:
        """Living incidents that hold a report of the article, found through its correlation id."""
        streams = self._connection.scalars(
            _STREAMS_ABOUT, {"article_id": article_id, "position": self.position}
        )
        found = {self.resolve(stream.removeprefix("incident-")) for stream in list(streams)}
        return [one for one in sorted(filter(None, found)) if self._holds(one, article_id)]

    def _holds(self, incident_id: str, article_id: str) -> bool:
        incident = self.incident(incident_id)
        return incident is not None and any(
            report.ref.article_id == article_id for report in incident.reports
        )

    def _stream(self, stream: str) -> list[RecordedEvent]:
        entries = rows.read_stream(self._connection, stream, up_to=self.position)
        return [entry.as_event(self._upcast) for entry in entries]

    def _event(self, event_id: str) -> RecordedEvent | None:
        entry = rows.read_event(self._connection, event_id)
        if entry is None or entry.position > self.position:
            return None
        return entry.as_event(self._upcast)


def position_at(connection: Connection, moment: datetime) -> int:
    """The last position recorded by a moment; 0 if none was.

    By bisection: the time of recording never falls as the position rises.
    """
    wanted = to_text(moment)
    low, high = 0, connection.scalar(select(func.max(schema.events.c.position))) or 0
    while low < high:
        middle = (low + high + 1) // 2
        recorded_at = connection.scalar(_RECORDED_AT, {"position": middle})
        if recorded_at is not None and recorded_at <= wanted:
            low = middle
        else:
            high = middle - 1
    return low
