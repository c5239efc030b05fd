"""The projector: one recorded event in; states evolved, the record computed, rows waiting to be written.

The same code serves the writer, a rebuild and a catch-up after a crash, so they cannot differ. Reads
through the working set; writes nothing before `flush`.
"""

from collections.abc import Callable, Sequence
from typing import Final

from sqlalchemy import Connection

from schemas.article import RawArticle
from schemas.extraction import ArticleExtraction
from services.errors import Corruption
from services.store import events
from services.store.event_log.errors import UnknownSchema
from services.store.facts import ReportFact, report_fact
from services.store.figures import DEFAULT_POLICY, POLICIES
from services.store.incident import Incident
from services.store.ports import RecordedEvent
from services.store.projections.all import PROJECTIONS
from services.store.projections.change import Change, Projection
from services.store.projections.rows import RowBuffer, raise_checkpoints
from services.store.projections.schema import ReadTables
from services.store.record import RecordContext, build_record
from services.store.record_documents import Document
from services.store.working_set import Effect, Remembered, WorkingSet

RECORDS_MAX: Final = 5_000
"""Records remembered between batches, for the difference that the next change makes: 20 KB each."""

ReadDocument = Callable[[str], Document | None]


class Projector:
    """Applies events in the order of the log; `policies` are the versions in force before the first."""

    def __init__(
        self,
        working: WorkingSet,
        tables: ReadTables,
        *,
        policies: dict[str, str],
        projections: Sequence[Projection] = PROJECTIONS,
    ) -> None:
        self.working = working
        self.policies = policies
        self.read_document: ReadDocument = lambda _incident_id: None
        self._tables = tables
        self._projections = projections
        self._rows = RowBuffer(tables)
        self._documents: Remembered[str, Document] = Remembered(RECORDS_MAX)

    def apply(
        self,
        event: RecordedEvent,
        *,
        article: RawArticle | None = None,
        extraction: ArticleExtraction | None = None,
    ) -> Effect:
        """Evolve by one event and note the rows that follow. Raises Corruption if it cannot follow."""
        effect = self.working.apply(event, article=article, extraction=extraction)
        if event.type == events.POLICY_CHANGED:
            self.policies = {**self.policies, **event.data["versions"]}
        change = self._change(effect)
        for projection in self._projections:
            self._rows.add(projection.rows(change, self.working))
        return effect

    def flush(self, connection: Connection, base: int, position: int) -> None:
        """Write the rows of the events above `base` up to `position`, and the checkpoint with them."""
        self._rows.flush(connection)
        raise_checkpoints(connection, self._tables, base, position)

    def settle(self) -> None:
        """What was flushed is committed."""
        self.working.settle()
        self._documents.trim()

    def clear(self, policies: dict[str, str]) -> None:
        """What was applied and not committed never happened."""
        self.policies = policies
        self.working.clear()
        self._documents.clear()
        self._rows.clear()

    def _change(self, effect: Effect) -> Change:
        if effect.after is None:
            return Change(effect)
        before = None if effect.before is None else self._document_of(effect.before.id)
        record = build_record(effect.after, self._facts_of(effect.after), self._context())
        document = record.as_json()
        self._documents.put(effect.after.id, document)
        return Change(effect, before, record, document)

    def _document_of(self, incident_id: str) -> Document:
        document = self._documents.get(incident_id, lambda: self.read_document(incident_id))
        if document is None:
            raise Corruption(f"incident {incident_id} has a state but no record")
        return document

    def _facts_of(self, state: Incident) -> list[ReportFact]:
        return [report_fact(self.working, member.ref) for member in state.reports]

    def _context(self) -> RecordContext:
        policy = self.policies.get("figure_policy", DEFAULT_POLICY)
        if policy not in POLICIES:
            raise UnknownSchema(f"the log asks for the figure policy {policy!r}, which this program lacks")
        return RecordContext(figure_policy=policy)
