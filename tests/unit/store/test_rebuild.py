"""Read models are derived: a rebuild gives the same rows, and verify finds what differs."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import inspect, text

from services.clock import FixedClock
from services.errors import Corruption
from services.store.decider import Decider
from services.store.event_log.database import Database
from services.store.event_log.errors import LogDamaged
from services.store.matching.weights import load_weights
from services.store.read_models import StaleReadModels, hash_rows
from services.store.rebuild import rebuild
from services.store.store import Store
from services.store.verify import ReadModelsDiffer, verify
from tests.unit.store.make import actor, article, claim, event, extraction

CLOCK = FixedClock(datetime(2024, 3, 1, 12, tzinfo=UTC))
TOWNS = ("Tana", "Garsen", "Lamu")


def filled(path: Path | str, articles: int = 12) -> Store:
    """A store with articles on three towns, one of them twice, one retold in a new version."""
    store = Store.open(
        str(path),
        clock=CLOCK,
        decider=Decider(load_weights()),
        policies={"figure_policy": "latest-by-claimant/1"},
    )
    for number in range(1, articles + 1):
        one = article(number, day=number // 4)
        told = claim(actor("Ministry"), article_id=one.id, value=number % 5)
        store.ingest([one], [extraction(one, event(number % 5, town=TOWNS[number % 3], claims=(told,)))])
    retold = article(3, content_hash="e" * 64, text="other words")
    store.ingest([retold, article(1)], [extraction(retold, event(7, town="Lamu"))])
    return store


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return filled(tmp_path / "store.db")


def rows_hash(store: Store) -> str:
    with store.database.read() as connection:
        return hash_rows(connection, store.tables)


def change(store: Store, statement: str) -> None:
    with store.database.write() as connection:
        connection.execute(text(statement))


def test_a_rebuild_gives_the_same_rows(store: Store) -> None:
    before = rows_hash(store)
    done = rebuild(store.database, CLOCK, "a1")
    assert done.rows_hash == before == rows_hash(store)
    assert done.events == done.position == store.log.head()


def test_a_rebuild_mends_rows_that_were_changed(store: Store) -> None:
    before = rows_hash(store)
    change(store, "UPDATE incidents SET headline = 'something else'")
    assert rebuild(store.database, CLOCK, "a1").rows_hash == before


def test_the_writer_goes_on_over_rebuilt_tables(store: Store, tmp_path: Path) -> None:
    rebuild(store.database, CLOCK, "a1")
    rebuild(store.database, CLOCK, "a2")
    one = article(50)
    store.ingest([one], [extraction(one, event(2))])
    untouched = filled(tmp_path / "other.db")
    untouched.ingest([one], [extraction(one, event(2))])
    assert rows_hash(store) == rows_hash(untouched)


def test_search_finds_by_words_after_a_rebuild(store: Store) -> None:
    rebuild(store.database, CLOCK, "a1")
    with store.database.read() as connection:
        query = text("SELECT count(*) FROM incident_search WHERE incident_search MATCH 'places:lamu'")
        assert (connection.scalar(query) or 0) > 0


def test_the_left_overs_of_a_killed_rebuild_are_removed(store: Store) -> None:
    def killed(_position: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        rebuild(store.database, CLOCK, "dead", killed)
    rebuild(store.database, CLOCK, "a1")
    with store.database.read() as connection:
        names = inspect(connection).get_table_names()
    assert not [name for name in names if name.endswith(("_dead", "_a1"))]


def test_a_rebuild_of_a_damaged_log_leaves_the_live_tables_alone(store: Store) -> None:
    before = rows_hash(store)
    change(store, "UPDATE events SET data = replace(data, 'Lamu', 'Lama') WHERE type = 'EventsExtracted'")
    with pytest.raises(LogDamaged):
        rebuild(store.database, CLOCK, "a1")
    assert rows_hash(store) == before


def test_events_that_arrive_during_a_rebuild_are_in_it(store: Store, tmp_path: Path) -> None:
    late = article(60)
    arrived: list[int] = []

    def arrive(position: int) -> None:
        if not arrived:
            arrived.append(position)
            store.ingest([late], [extraction(late, event(9, town="Hola"))])

    done = rebuild(store.database, CLOCK, "a1", arrive)
    assert done.position == store.log.head()
    untouched = filled(tmp_path / "other.db")
    untouched.ingest([late], [extraction(late, event(9, town="Hola"))])
    assert done.rows_hash == rows_hash(untouched)


def test_verify_finds_a_whole_store_whole(store: Store) -> None:
    found = verify(store.database)
    assert found.events == store.log.head()
    assert found.rows_hash == rows_hash(store)


def test_verify_works_over_a_read_only_connection(store: Store, tmp_path: Path) -> None:
    reader = Database(str(tmp_path / "store.db"), read_only=True)
    assert verify(reader).rows_hash == rows_hash(store)


@pytest.mark.parametrize(
    ("statement", "table"),
    [
        ("UPDATE incidents SET fatalities_best = 99 WHERE position = (SELECT max(position) FROM incidents)", "incidents"),
        ("DELETE FROM updates WHERE position = (SELECT max(position) FROM updates)", "updates"),
        ("UPDATE claims SET claimant = 'someone'", "claims"),
        ("DELETE FROM article_versions WHERE position = (SELECT max(position) FROM article_versions)", "article_versions"),
    ],
)  # fmt: skip
def test_verify_names_the_read_model_that_differs(store: Store, statement: str, table: str) -> None:
    change(store, statement)
    with pytest.raises(ReadModelsDiffer) as caught:
        verify(store.database)
    assert caught.value.table == table


def test_verify_names_the_first_position_that_differs(store: Store) -> None:
    with store.database.read() as connection:
        positions = list(connection.scalars(text("SELECT position FROM updates ORDER BY position")))
    change(store, f"UPDATE updates SET reason = 'other' WHERE position IN ({positions[2]}, {positions[4]})")
    with pytest.raises(ReadModelsDiffer) as caught:
        verify(store.database)
    assert caught.value.position == positions[2]


def test_verify_names_the_damaged_entry_of_the_log(store: Store) -> None:
    change(store, "UPDATE events SET data = '{}' WHERE position = 7")
    with pytest.raises(LogDamaged) as caught:
        verify(store.database)
    assert caught.value.position == 7


def test_verify_notices_a_cut_off_tail(store: Store) -> None:
    change(store, "DELETE FROM events WHERE position = (SELECT max(position) FROM events)")
    with pytest.raises(Corruption, match="read models stand at"):
        verify(store.database)


def reopen(store: Store) -> Store:
    return Store.open(database=store.database, clock=CLOCK, decider=Decider(load_weights()))


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE checkpoints SET version = 99 WHERE projection = 'claims'",
        "DELETE FROM checkpoints WHERE projection = 'claims'",
        "UPDATE checkpoints SET position = position - 1 WHERE projection = 'claims'",
    ],
)
def test_read_models_of_other_rules_are_refused_until_rebuilt(store: Store, statement: str) -> None:
    before = rows_hash(store)
    change(store, statement)
    with pytest.raises(StaleReadModels):
        reopen(store)
    rebuild(store.database, CLOCK, "a1")
    assert rows_hash(reopen(store)) == before


def test_the_tables_are_the_same_however_they_were_made() -> None:
    """In memory there is one connection only; the replay must not need two."""
    store = filled(":memory:")
    before = rows_hash(store)
    assert rebuild(store.database, CLOCK, "a1").rows_hash == before
    assert verify(store.database).rows_hash == before
