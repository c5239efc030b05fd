"""Facts over SQL, as they are now: the read models' states, and the log's own entries.

One `SqlFacts` lives as long as its connection's transaction and sees one state of the database. May
import: the event log's adapters, the projections' schema, the pure core.
"""

from collections.abc import Sequence
from typing import Any

import orjson
from sqlalchemy import BindParameter, Connection, bindparam, select

from schemas.article import RawArticle
from schemas.extraction import ArticleExtraction
from schemas.incident import IncidentRecord
from services.errors import Corruption
from services.store import events
from services.store.event_log import rows
from services.store.event_log.entry import Upcast, as_stored
from services.store.facts import ArticleState
from services.store.incident import Incident
from services.store.projections.schema import ReadTables
from services.store.stored_values import article_from, extraction_from, incident_from, record_from

_HOPS_MAX = 1_000
"""Longest chain of merges that is followed; a longer one must be a circle."""


class SqlFacts:
    """The port `Facts` over one connection; `views` may be another one than the log's."""

    def __init__(
        self,
        connection: Connection,
        tables: ReadTables,
        *,
        upcast: Upcast = as_stored,
        views: Connection | None = None,
    ) -> None:
        self._log = connection
        self._views = views or connection
        self._upcast = upcast
        articles, incidents = tables["articles"], tables["incidents"]
        redirects, reports = tables["redirects"], tables["reports"]
        wanted: BindParameter[str] = bindparam("wanted")
        self._article = select(articles.c.content_hash, articles.c.versions, articles.c.retracted).where(
            articles.c.article_id == wanted
        )
        self._state = select(incidents.c.state).where(incidents.c.incident_id == wanted)
        self._record = select(incidents.c.record).where(incidents.c.incident_id == wanted)
        self._survivor = select(redirects.c.survivor_id).where(redirects.c.incident_id == wanted)
        self._homes = (
            select(reports.c.incident_id)
            .distinct()
            .join(incidents, incidents.c.incident_id == reports.c.incident_id)
            .where(reports.c.article_id == wanted, incidents.c.living)
            .order_by(reports.c.incident_id)
        )

    def article(self, article_id: str) -> ArticleState | None:
        row = self._views.execute(self._article, {"wanted": article_id}).first()
        if row is None:
            return None
        return ArticleState(article_id, row.content_hash, tuple(orjson.loads(row.versions)), row.retracted)

    def article_version(self, article_id: str, content_hash: str) -> RawArticle | None:
        entry = rows.read_event(self._log, events.article_fact_id(article_id, content_hash))
        return None if entry is None else article_from(entry.as_event(self._upcast).data)

    def extraction(self, extraction_id: str) -> ArticleExtraction | None:
        entry = rows.read_event(self._log, extraction_id)
        if entry is None or entry.type != events.EVENTS_EXTRACTED:
            return None
        return extraction_from(entry.as_event(self._upcast).data)

    def incident(self, incident_id: str) -> Incident | None:
        text = self._views.scalar(self._state, {"wanted": incident_id})
        return None if text is None else incident_from(text)

    def record(self, incident_id: str) -> IncidentRecord | None:
        """The record of an incident as the projection last wrote it."""
        text = self._views.scalar(self._record, {"wanted": incident_id})
        return None if text is None else record_from(text)

    def document(self, incident_id: str) -> dict[str, Any] | None:
        """The same as parsed JSON."""
        text = self._views.scalar(self._record, {"wanted": incident_id})
        return None if text is None else orjson.loads(text)

    def resolve(self, incident_id: str) -> str | None:
        current = incident_id
        for _ in range(_HOPS_MAX):
            survivor = self._views.scalar(self._survivor, {"wanted": current})
            if survivor is None:
                known = self._views.scalar(self._state, {"wanted": current}) is not None
                return current if known else None
            current = survivor
        raise Corruption(f"the redirects of incident {incident_id} lead in a circle")

    def incidents_of(self, article_id: str) -> Sequence[str]:
        return list(self._views.scalars(self._homes, {"wanted": article_id}))
