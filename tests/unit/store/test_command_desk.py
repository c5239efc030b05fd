"""Commands of people: carried out once, answered alike when sent twice, refused with a reason."""

from datetime import UTC, datetime

import pytest

from schemas.command import CommandAnswer, StoreCommand
from services.clock import FixedClock
from services.store.command_desk import carry_out
from services.store.decider import Decider
from services.store.event_log.database import MEMORY
from services.store.matching.weights import load_weights
from services.store.read_models import hash_rows
from services.store.rebuild import rebuild
from services.store.store import Store
from services.store.verify import verify
from tests.unit.store.make import article, event, extraction

NOON = datetime(2024, 3, 1, 12, tzinfo=UTC)
CLOCK = FixedClock(NOON)


@pytest.fixture
def store() -> Store:
    """Three incidents, months and towns apart, with a report each."""
    store = Store.open(MEMORY, clock=CLOCK, decider=Decider(load_weights()))
    for number, town in ((1, "Tana"), (2, "Lamu"), (3, "Wajir")):
        one = article(number, day=90 * number)
        told = event(number, town=town, on=(one.published_at or NOON).date())
        store.ingest([one], [extraction(one, told)])
    return store


def command(store: Store, name: str = "c1", **more: object) -> CommandAnswer:
    values = {"id": name, "author": "ana", "reason": "checked by hand", **more}
    return carry_out(store, StoreCommand.model_validate(values), CLOCK)


def ids(store: Store) -> list[str]:
    return [record.id for record in store.records()]


def rows_hash(store: Store) -> str:
    with store.database.read() as connection:
        return hash_rows(connection, store.tables)


def test_a_merge_leaves_one_record_with_both_reports(store: Store) -> None:
    older, younger, third = ids(store)
    answer = command(store, kind="merge", incident_id=younger, other_id=older)
    assert answer.accepted
    assert len(answer.positions) == 2
    assert ids(store) == [older, third]
    record = store.record(older)
    assert record is not None
    assert record.articles == ("a1", "a2")


def test_a_command_sent_twice_acts_once_and_is_answered_alike(store: Store) -> None:
    older, younger, _ = ids(store)
    first = command(store, kind="merge", incident_id=younger, other_id=older)
    head = store.log.head()
    assert command(store, kind="merge", incident_id=younger, other_id=older) == first
    assert store.log.head() == head


def test_a_retraction_sent_twice_is_answered_alike(store: Store) -> None:
    first = command(store, kind="retract", article_id="a1")
    assert len(first.positions) == 2
    assert command(store, kind="retract", article_id="a1") == first


def test_a_refused_command_changes_nothing_and_says_why(store: Store) -> None:
    head = store.log.head()
    answer = command(store, kind="correct", incident_id="nowhere", field="fatalities")
    assert (answer.accepted, answer.slug) == (False, "unknown-id")
    assert store.log.head() == head


def test_a_report_that_stands_alone_cannot_be_moved_out(store: Store) -> None:
    answer = command(store, kind="move", article_id="a1")
    assert (answer.accepted, answer.slug) == (False, "conflict")


def test_the_store_goes_on_after_a_refused_command(store: Store) -> None:
    command(store, kind="correct", incident_id="nowhere", field="fatalities")
    one = article(9, day=400)
    store.ingest([one], [extraction(one, event(2, town="Garsen", on=NOON.date()))])
    assert len(ids(store)) == 4


def test_read_models_equal_a_rebuild_after_merge_split_correction_and_undo(store: Store) -> None:
    older, younger, _third = ids(store)
    merged = command(store, "c1", kind="merge", incident_id=younger, other_id=older)
    value = {"low": 7, "best": 7, "high": 8}
    command(store, "c2", kind="correct", incident_id=older, field="fatalities", value=value)
    command(store, "c3", kind="move", article_id="a3", other_id=older)
    command(store, "c4", kind="retract", article_id="a1")
    command(store, "c5", kind="reinstate", article_id="a1")
    command(store, "c6", kind="split", incident_id=older, reports=[{"article_id": "a3"}])
    assert verify(store.database).events == store.log.head()
    before = rows_hash(store)
    assert rebuild(store.database, CLOCK, "a1").rows_hash == before
    assert merged.accepted


def test_an_undone_merge_restores_both_records(store: Store) -> None:
    older, younger, _ = ids(store)
    before = [store.record(one) for one in (older, younger)]
    merged = command(store, "c1", kind="merge", incident_id=younger, other_id=older)
    undone = command(store, "c2", kind="undo", incident_id=older, position=merged.positions[1])
    assert undone.accepted, undone
    after = [store.record(one) for one in (older, younger)]
    plain = [one and one.model_copy(update={"position": 0, "version": 0}) for one in after]
    assert plain == [one and one.model_copy(update={"position": 0, "version": 0}) for one in before]
    verify(store.database)
