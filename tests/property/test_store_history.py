"""Whatever is sent, repeated, lost, corrected, undone or interrupted: the log and what follows from it agree."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from schemas.article import RawArticle
from schemas.command import StoreCommand
from schemas.extraction import ArticleExtraction, Sketch
from schemas.incident import IncidentRecord
from services.clock import FixedClock
from services.store import events
from services.store.command_desk import carry_out
from services.store.decider import Decider
from services.store.facts import report_fact
from services.store.matching.weights import load_weights
from services.store.read_models import hash_rows
from services.store.rebuild import rebuild
from services.store.record import build_record
from services.store.recorded_facts import RecordedFacts
from services.store.snapshot import SnapshotFile
from services.store.sql_facts import SqlFacts
from services.store.store import Store
from services.store.unit_of_work import UnitOfWork
from services.store.upcasters import upcast_event
from services.store.verify import verify
from tests.unit.store.make import actor, article, claim, event, extraction

NOON = datetime(2024, 3, 1, 12, tzinfo=UTC)
TOWNS = ("Tana", "Lamu")
NUMBERS = st.integers(1, 6)
PICK = st.integers(0, 50)


class Crash(Exception):
    """The process died before its commit."""


def told(number: int, version: int, killed: int) -> tuple[RawArticle, ArticleExtraction]:
    """Article `number` in a version: one or two events; odd ones share their words, so they are copies."""
    one = article(number, day=number % 3, content_hash=f"{number * 10 + version:064x}")
    town = TOWNS[number % 2]
    said = claim(actor("Ministry"), article_id=one.id, value=killed)
    found = [event(killed, town=town, claims=(said,)), event(killed + 1, town=f"{town} {number}")]
    sketch = Sketch(
        version="1", names=(f"victim of {town}",), minhash=tuple(range(number % 2, 64)), word_count=90
    )
    made = extraction(one, *found[: 1 + number % 2])
    return one, made.model_copy(update={"sketch": sketch})


class StoreHistory(RuleBasedStateMachine):
    """A store, driven at random; a second life of the process can begin at any time."""

    @initialize()
    def begin(self) -> None:
        self.folder = TemporaryDirectory(prefix="store-history-")
        self.clock = FixedClock(NOON)
        self.commands = 0
        self.rebuilds = 0
        self.seen: dict[int, dict[str, IncidentRecord]] = {}
        self.store = self.open()

    def open(self) -> Store:
        path = Path(self.folder.name)
        store = Store.open(
            str(path / "store.db"), clock=self.clock, decider=Decider(load_weights()), log_id="l"
        )
        store._source = SnapshotFile(path / "snapshot", "l")
        return store

    def teardown(self) -> None:
        if hasattr(self, "store"):
            self.the_log_and_the_read_models_agree()
            self.store.close()
            self.folder.cleanup()

    @rule(number=NUMBERS, version=st.integers(0, 2), killed=st.integers(0, 3))
    def article_and_extraction_arrive(self, number: int, version: int, killed: int) -> None:
        one, said = told(number, version, killed)
        self.store.take([one, said, one])

    @rule(number=NUMBERS, version=st.integers(0, 2))
    def only_the_article_arrives(self, number: int, version: int) -> None:
        self.store.take([told(number, version, 0)[0]])

    @rule(number=NUMBERS, version=st.integers(0, 2), killed=st.integers(0, 3))
    def only_the_extraction_arrives(self, number: int, version: int, killed: int) -> None:
        self.store.take([told(number, version, killed)[1]])

    @rule(number=NUMBERS, killed=st.integers(0, 3))
    def the_process_dies_before_its_commit(self, number: int, killed: int) -> None:
        one, said = told(number, 0, killed)
        before = self.store.log.head()
        with pytest.raises(Crash), self.store.batch() as unit:
            self.take_and_crash(unit, one, said)
        assert self.store.log.head() == before

    def take_and_crash(self, unit: UnitOfWork, one: RawArticle, said: ArticleExtraction) -> None:
        unit.record(self.store.decider.decide_article(one), article=one)
        now = self.clock.now()
        decided = self.store.decider.decide_extraction(said, unit.facts, self.store.index, now)
        unit.record(decided, extraction=said)
        raise Crash

    @rule()
    def the_process_starts_again(self) -> None:
        self.store.close()
        self.store = self.open()

    @rule()
    def a_snapshot_is_kept(self) -> None:
        if self.store.is_settled:
            SnapshotFile(Path(self.folder.name) / "snapshot", "l").save(self.store.index, self.store.head)

    @rule()
    def time_goes_by(self) -> None:
        self.clock.set(self.clock.now() + timedelta(minutes=1))

    @rule(one=PICK, other=PICK)
    def incidents_are_merged(self, one: int, other: int) -> None:
        self.command(kind="merge", incident_id=self.an_incident(one), other_id=self.an_incident(other))

    @rule(one=PICK, number=NUMBERS)
    def an_incident_is_split(self, one: int, number: int) -> None:
        self.command(kind="split", incident_id=self.an_incident(one), reports=[{"article_id": f"a{number}"}])

    @rule(number=NUMBERS, other=PICK, alone=st.booleans())
    def a_report_is_moved(self, number: int, other: int, alone: bool) -> None:
        target = None if alone else self.an_incident(other)
        self.command(kind="move", article_id=f"a{number}", event_index=0, other_id=target)

    @rule(one=PICK, killed=st.integers(0, 9))
    def a_figure_is_corrected(self, one: int, killed: int) -> None:
        value = {"low": killed, "best": killed, "high": killed}
        self.command(kind="correct", incident_id=self.an_incident(one), field="fatalities", value=value)

    @rule(number=NUMBERS, back=st.booleans())
    def an_article_is_retracted_or_reinstated(self, number: int, back: bool) -> None:
        self.command(kind="reinstate" if back else "retract", article_id=f"a{number}")

    @precondition(lambda self: self.changes())
    @rule(which=PICK)
    def a_change_is_undone(self, which: int) -> None:
        changes = self.changes()
        change = changes[which % len(changes)]
        self.command(kind="undo", incident_id=change.data["incident_id"], position=change.position)

    @rule()
    def the_read_models_are_rebuilt(self) -> None:
        before = self.rows_hash()
        self.rebuilds += 1
        assert rebuild(self.store.database, self.clock, f"r{self.rebuilds}").rows_hash == before

    @rule()
    def the_log_and_the_read_models_agree(self) -> None:
        assert verify(self.store.database).events == self.store.log.head()

    @invariant()
    def each_article_version_and_extraction_is_recorded_once(self) -> None:
        ids = [one.event_id for one in self.store.log.read(0, 10_000)]
        assert len(ids) == len(set(ids))

    @invariant()
    def the_index_holds_what_counts(self) -> None:
        if not self.store.is_settled:
            return
        for record in self.records().values():
            counted = {(r.article_id, r.event_index) for r in record.reports if r.status == "current"}
            held = {profile.key for profile in self.store.index.reports(record.id)}
            assert held == counted

    @invariant()
    def what_was_recorded_at_a_position_never_changes(self) -> None:
        head = self.store.log.head()
        self.seen.setdefault(head, self.records())
        for position in sorted(self.seen)[-4:]:
            assert self.as_recorded(position) == self.seen[position]

    @invariant()
    def ids_never_vanish(self) -> None:
        opened = {one.data["incident_id"] for one in self.changes()}
        with self.store.database.read() as connection:
            facts = SqlFacts(connection, self.store.tables, upcast=upcast_event)
            resolved = {one: facts.resolve(one) for one in opened}
        living = set(self.records())
        assert all(survivor in living for survivor in resolved.values())

    def command(self, **more: Any) -> None:
        """Send a command twice: it acts once at most, and is answered alike."""
        if more.get("incident_id", "") is None:
            return
        self.commands += 1
        values = {"id": f"c{self.commands}", "author": "ana", "reason": "by hand", **more}
        asked = StoreCommand.model_validate(values)
        first = carry_out(self.store, asked, self.clock)
        head = self.store.log.head()
        again = carry_out(self.store, asked, self.clock)
        assert self.store.log.head() == head
        assert again == first or not first.accepted

    def an_incident(self, which: int) -> str | None:
        found = sorted(self.records())
        return found[which % len(found)] if found else None

    def changes(self) -> list[Any]:
        every = self.store.log.read(0, 10_000)
        return [one for one in every if one.type in events.INCIDENT_TYPES]

    def records(self) -> dict[str, IncidentRecord]:
        return {record.id: record for record in self.store.records()}

    def as_recorded(self, position: int) -> dict[str, IncidentRecord]:
        """The living records of a position, folded from the log alone."""
        ids = {one.data["incident_id"] for one in self.changes() if one.position <= position}
        found: dict[str, IncidentRecord] = {}
        with self.store.database.read() as connection:
            facts = RecordedFacts(connection, position, upcast_event)
            for one in ids:
                state = facts.incident(one)
                if state is not None and state.merged_into is None:
                    found[one] = build_record(state, [report_fact(facts, m.ref) for m in state.reports])
        return found

    def rows_hash(self) -> str:
        with self.store.database.read() as connection:
            return hash_rows(connection, self.store.tables)


TestStoreHistory = StoreHistory.TestCase
TestStoreHistory.settings = settings(
    max_examples=20,
    stateful_step_count=25,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
