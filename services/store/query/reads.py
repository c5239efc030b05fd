"""The readers' port over SQL: a read-only handle on the store's database, one snapshot a call."""

import asyncio
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

import orjson
from sqlalchemy import Connection, Row, func, select

from schemas.incident import IncidentRecord
from services.clock import SystemClock
from services.errors import Transient
from services.health import Health
from services.settings import Settings
from services.store import events
from services.store.event_log import rows
from services.store.event_log.database import Database
from services.store.event_log.entry import Upcast
from services.store.event_log.errors import NoSuchLog
from services.store.event_log.sql import SqlEventLog
from services.store.facts import ReportFact, report_fact
from services.store.incident import Incident
from services.store.projections.schema import ReadTables, read_tables
from services.store.query.filters import Filters, Sort
from services.store.query.page_sql import page_statement, sort_column
from services.store.query.ports import ListedIncident, LoggedUpdate
from services.store.recorded_facts import RecordedFacts, position_at
from services.store.sql_facts import SqlFacts
from services.store.texts import read_text
from services.store.upcasters import upcast_event

OPEN_PAUSE_S = 0.2


class SqlReadModels:
    """The port `ReadModels` over a database that a store keeps."""

    def __init__(self, database: Database, log: SqlEventLog, upcast: Upcast) -> None:
        self._database = database
        self._upcast = upcast
        self._log_id = log.log_id
        self._tables: ReadTables = read_tables()

    @property
    def log_id(self) -> str:
        return self._log_id

    def head(self) -> int:
        checkpoints = self._tables["checkpoints"]
        with self._database.read() as connection:
            return connection.scalar(select(func.min(checkpoints.c.position))) or 0

    def page(
        self, filters: Filters, sort: Sort, after: tuple[Any, str] | None, limit: int
    ) -> Sequence[ListedIncident]:
        statement = page_statement(self._tables, filters, sort, after, limit, self._database.dialect)
        with self._database.read() as connection:
            found = connection.execute(statement).all()
        return [_listed(row, sort) for row in found]

    def resolve(self, incident_id: str) -> str | None:
        with self._database.read() as connection:
            return self._facts(connection).resolve(incident_id)

    def record(self, incident_id: str) -> IncidentRecord | None:
        with self._database.read() as connection:
            return self._facts(connection).record(incident_id)

    def state(self, incident_id: str, position: int | None = None) -> Incident | None:
        with self._database.read() as connection:
            if position is None:
                return self._facts(connection).incident(incident_id)
            return RecordedFacts(connection, position, self._upcast).incident(incident_id)

    def facts(self, state: Incident) -> Sequence[ReportFact]:
        with self._database.read() as connection:
            facts = self._facts(connection)
            return [report_fact(facts, report.ref) for report in state.reports]

    def position_at(self, moment: datetime) -> int:
        with self._database.read() as connection:
            return position_at(connection, moment)

    def updates(self, after: int, limit: int, incident_id: str | None = None) -> Sequence[LoggedUpdate]:
        updates = self._tables["updates"]
        statement = select(updates).where(updates.c.position > after)
        if incident_id is not None:
            statement = statement.where(updates.c.incident_id == incident_id)
        statement = statement.order_by(updates.c.position).limit(limit)
        with self._database.read() as connection:
            return [self._update(row) for row in connection.execute(statement)]

    def decisions(self, incident_id: str) -> Sequence[Mapping[str, Any]]:
        with self._database.read() as connection:
            entries = rows.read_stream(connection, events.incident_stream(incident_id))
        return [_decision(entry.as_event(self._upcast)) for entry in entries]

    def article(self, article_id: str, *, with_text: bool = True) -> Mapping[str, Any] | None:
        with self._database.read() as connection:
            facts = self._facts(connection)
            state = facts.article(article_id)
            if state is None:
                return None
            current = facts.article_version(article_id, state.content_hash)
            assert current is not None, "an article's current version is a fact of the log"
            shown = current.model_dump(mode="json", exclude={"text"})
            if with_text:
                shown["text"] = read_text(connection, state.content_hash)
            return {
                "article": shown,
                "versions": list(state.versions),
                "retracted": state.retracted,
                "extractions": self._extractions(connection, article_id),
                "failures": self._failures(connection, article_id),
                "incidents": self._incidents_of(connection, article_id),
            }

    def stats(self) -> Mapping[str, Any]:
        tables = self._tables
        incidents, extractions = tables["incidents"], tables["extractions"]
        with self._database.read() as connection:
            return {
                "articles": _count(connection, tables["articles"]),
                "articles_extracted": connection.scalar(
                    select(func.count(func.distinct(extractions.c.article_id)))
                ),
                "extractions_failed": _count(connection, tables["failures"]),
                "incidents": connection.scalar(
                    select(func.count()).select_from(incidents).where(incidents.c.living)
                ),
                "incidents_shown": connection.scalar(
                    select(func.count()).select_from(incidents).where(incidents.c.living, ~incidents.c.hidden)
                ),
                "claims": _count(connection, tables["claims"]),
            }

    def _facts(self, connection: Connection) -> SqlFacts:
        return SqlFacts(connection, self._tables, upcast=self._upcast)

    def _update(self, row: Row[Any]) -> LoggedUpdate:
        update = {
            "schema_version": 1,
            "incident_id": row.incident_id,
            "log_id": self._log_id,
            "position": row.position,
            "recorded_at": row.recorded_at,
            "reason": row.reason,
            "article_id": row.article_id,
            "changed": orjson.loads(row.changed),
            "incident": None if row.incident is None else orjson.loads(row.incident),
            "merged_into": row.merged_into,
            "link": f"/v1/incidents/{row.incident_id}",
        }
        return LoggedUpdate(row.position, row.incident_id, update)

    def _extractions(self, connection: Connection, article_id: str) -> list[dict[str, Any]]:
        table = self._tables["extractions"]
        found = connection.execute(
            select(table).where(table.c.article_id == article_id).order_by(table.c.position)
        )
        return [_plain(row) for row in found]

    def _failures(self, connection: Connection, article_id: str) -> list[dict[str, Any]]:
        table = self._tables["failures"]
        found = connection.execute(
            select(table).where(table.c.article_id == article_id).order_by(table.c.position)
        )
        return [_plain(row) for row in found]

    def _incidents_of(self, connection: Connection, article_id: str) -> list[dict[str, Any]]:
        reports, incidents = self._tables["reports"], self._tables["incidents"]
        found = connection.execute(
            select(reports.c.incident_id, reports.c.event_index, reports.c.status, incidents.c.headline)
            .join(incidents, incidents.c.incident_id == reports.c.incident_id)
            .where(reports.c.article_id == article_id)
            .order_by(reports.c.event_index, reports.c.position)
        )
        return [_plain(row) for row in found]


def _listed(row: Row[Any], sort: Sort) -> ListedIncident:
    incident = orjson.loads(row.incident)
    return ListedIncident(row.incident_id, getattr(row, sort_column(sort)), incident)


def _decision(event: Any) -> dict[str, Any]:
    return {
        "position": event.position,
        "recorded_at": event.recorded_at.isoformat(),
        "type": event.type,
        "article_id": event.correlation_id,
        "report": event.data.get("report"),
        "reason": event.data.get("reason"),
        "copy_of": event.data.get("copy_of"),
    }


def _plain(row: Any) -> dict[str, Any]:
    """A row by column names as plain strings: SQLAlchemy's own keys are a subclass that JSON refuses."""
    return {str(name): value for name, value in row._asdict().items()}


def _count(connection: Connection, table: Any) -> int:
    return connection.scalar(select(func.count()).select_from(table)) or 0


def _open(settings: Settings) -> SqlReadModels:
    database = Database(settings.log_database, read_only=True)
    return SqlReadModels(database, SqlEventLog(database, SystemClock(), upcast=upcast_event), upcast_event)


async def open_reads(settings: Settings, health: Health) -> SqlReadModels:
    """The read models of the settings' database; waits until a store has made it."""
    while True:
        try:
            found = await asyncio.to_thread(_open, settings)
        except (Transient, NoSuchLog) as error:
            health.report("database", str(error))
            await asyncio.sleep(OPEN_PAUSE_S)
        else:
            health.report("database", None)
            return found
