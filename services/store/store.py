"""The store in one process: a log, its read models and the match index, and the batches that grow them.

Needs no Redis: the writer process puts it behind streams, `wirefold fold` uses it as it is over a
database in memory. May import: everything of the store but its apps and queries.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import Self, TypeAlias
from uuid import uuid4

from sqlalchemy import Connection, select

from schemas.article import RawArticle
from schemas.extraction import ArticleExtraction, ExtractionFailure
from schemas.incident import IncidentRecord
from services.clock import Clock
from services.errors import Refused
from services.store import events
from services.store.decider import ArticleUnknown, Decider
from services.store.event_log import rows
from services.store.event_log.database import MEMORY, Database
from services.store.event_log.errors import VersionConflict
from services.store.event_log.sql import Fence, SqlEventLog, create_log, unfenced
from services.store.figures import DEFAULT_POLICY, POLICIES
from services.store.index_replay import IndexSource, WholeLog, replay_index
from services.store.matching.index import MatchIndex
from services.store.ports import RecordedEvent
from services.store.projections.schema import ReadTables, read_tables
from services.store.projector import Projector
from services.store.read_models import bring_up_to_date, policies_in_force
from services.store.sql_facts import SqlFacts
from services.store.stored_values import record_from
from services.store.unit_of_work import UnitOfWork
from services.store.upcasters import upcast_event
from services.store.working_set import WorkingSet

Message: TypeAlias = RawArticle | ArticleExtraction | ExtractionFailure


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of a batch: the events recorded, and extractions whose article is not known yet."""

    recorded: tuple[RecordedEvent, ...]
    waiting: tuple[ArticleExtraction, ...]


class Store:
    """The single writer. Not for several threads at once; one batch at a time."""

    def __init__(self, database: Database, log: SqlEventLog, clock: Clock, decider: Decider) -> None:
        self.database = database
        self.log = log
        self.tables: ReadTables = read_tables()
        self.decider = decider
        self._clock = clock
        self._source: IndexSource = WholeLog()
        self._stale = True
        with database.read() as connection:
            self.head = rows.read_head(connection)
            policies = policies_in_force(connection, self.tables)
            working = WorkingSet(SqlFacts(connection, self.tables, upcast=upcast_event))
        self._policies = policies
        self._projector = Projector(working, self.tables, policies=policies)
        self.index = MatchIndex()

    @classmethod
    def open(
        cls,
        url: str = MEMORY,
        *,
        clock: Clock,
        decider: Decider,
        policies: Mapping[str, str] | None = None,
        log_id: str | None = None,
        fence: Fence = unfenced,
        source: IndexSource | None = None,
        database: Database | None = None,
    ) -> Self:
        """Open a store at a database, made where it does not exist.

        Read models that are behind are brought up to date, the match index is loaded, and policies
        that differ from those in force are recorded. Raises Corruption where the log is damaged or
        ends before its read models do.
        """
        target = database or Database(url)
        create_log(target, log_id or uuid4().hex, clock)
        log = SqlEventLog(target, clock, fence=fence, upcast=upcast_event)
        bring_up_to_date(target)
        store = cls(target, log, clock, decider)
        if source is not None:
            store._source = source
        store._recover()
        store._adopt(policies or {})
        return store

    @property
    def is_settled(self) -> bool:
        """Whether states and index stand at `head`: no failed batch is waiting to be forgotten."""
        return not self._stale

    @contextmanager
    def batch(self) -> Iterator[UnitOfWork]:
        """A unit of work, stored when the block ends and forgotten when it raises."""
        if self._stale:
            self._recover()
        self._stale = True
        with self.database.read() as reading:
            unit = self._unit(reading)
            yield unit
        if unit.recorded:
            with self.database.write() as connection:
                unit.write(connection)
        self._projector.settle()
        self._policies = self._projector.policies
        self.head = unit.head
        self._stale = False

    def take(self, messages: Sequence[Message]) -> Taken:
        """Decide and store a batch of messages, in order. A repeat changes nothing."""
        waiting: list[ArticleExtraction] = []
        with self.batch() as unit:
            unit.expect((_fact_id(message), _article_id(message)) for message in messages)
            for message in messages:
                if not self._take_one(unit, message):
                    assert isinstance(message, ArticleExtraction)
                    waiting.append(message)
        return Taken(tuple(unit.recorded), tuple(waiting))

    def ingest(
        self, articles: Sequence[RawArticle] = (), extractions: Sequence[ArticleExtraction] = ()
    ) -> Taken:
        """Articles first, then what was extracted from them, in one batch."""
        return self.take([*articles, *extractions])

    def delays(self, recorded: Sequence[RecordedEvent]) -> list[timedelta]:
        """From receiving each article to recording what was extracted from it, for events just stored."""
        found: list[timedelta] = []
        for event in recorded:
            if event.type == events.EVENTS_EXTRACTED:
                said = event.data["extraction"]
                article = self._projector.working.remembered_version(said["article_id"], said["content_hash"])
                if article is not None:
                    found.append(event.recorded_at - article.received_at)
        return found

    def record(self, incident_id: str) -> IncidentRecord | None:
        """The record of an incident as it stands."""
        with self.database.read() as connection:
            return SqlFacts(connection, self.tables, upcast=upcast_event).record(incident_id)

    def records(self) -> Iterator[IncidentRecord]:
        """The records of all living incidents, in the order they were opened."""
        incidents = self.tables["incidents"]
        query = select(incidents.c.record).where(incidents.c.living).order_by(incidents.c.opened_position)
        with self.database.read() as connection:
            for text in connection.scalars(query):
                yield record_from(text)

    def close(self) -> None:
        self.database.close()

    def _take_one(self, unit: UnitOfWork, message: Message) -> bool:
        now = self._clock.now()
        if isinstance(message, RawArticle):
            unit.record(self.decider.decide_article(message), article=message)
        elif isinstance(message, ExtractionFailure):
            unit.record(self.decider.decide_failure(message, now))
        else:
            try:
                decided = self.decider.decide_extraction(message, unit.facts, self.index, now)
            except ArticleUnknown:
                return False
            unit.record(decided, extraction=message)
            for placed in decided:
                unit.record(self.decider.look_again(placed, unit.facts, self.index, now))
        return True

    def _unit(self, reading: Connection) -> UnitOfWork:
        head = rows.read_head(reading)
        if head != self.head:
            raise VersionConflict(f"the log ends at {head.position}, this store knew {self.head.position}")
        facts = SqlFacts(reading, self.tables, upcast=upcast_event)
        self._projector.working.base, self._projector.read_document = facts, facts.document
        return UnitOfWork(self.log, self._projector, self.index, self._clock, self.head, reading)

    def _recover(self) -> None:
        """Forget what was decided and not stored: states are read again, the index is loaded anew."""
        self._projector.clear(self._policies)
        with self.database.write() as connection:
            self.log.check_writable(connection)  # before the costly part
        with self.database.read() as connection:
            self.head = rows.read_head(connection)
            self.index, head = self._source.load(connection)
            replay_index(connection, self.index, head.position)
        self._stale = False

    def _adopt(self, policies: Mapping[str, str]) -> None:
        """Record the policies that differ from those in force. Refused for an unknown figure policy."""
        wanted = policies.get("figure_policy", DEFAULT_POLICY)
        if wanted not in POLICIES:
            raise Refused(f"there is no figure policy {wanted!r}; there are: {', '.join(sorted(POLICIES))}")
        if any(self._policies.get(name) != version for name, version in policies.items()):
            with self.batch() as unit:
                unit.record([events.policy_changed(policies, self._clock.now())])


def _fact_id(message: Message) -> str:
    """The id of the fact that a message tells, to be looked up before it is decided."""
    if isinstance(message, RawArticle):
        return events.article_fact_id(message.id, message.content_hash)
    if isinstance(message, ExtractionFailure):
        return events.failure_fact_id(message)
    return events.extraction_id(message)


def _article_id(message: Message) -> str:
    return message.id if isinstance(message, RawArticle) else message.article_id
