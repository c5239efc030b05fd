"""Snapshots of the match index: a start with one equals a start without, and a bad one is left aside."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from services.clock import FixedClock
from services.store.decider import Decider
from services.store.event_log.database import Database
from services.store.index_replay import replay_index
from services.store.matching.weights import load_weights
from services.store.snapshot import SnapshotFile, UnusableSnapshot, read_snapshot
from services.store.store import Store
from tests.unit.store.make import article, event, extraction

CLOCK = FixedClock(datetime(2024, 3, 1, 12, tzinfo=UTC))


def grow(store: Store, first: int, last: int) -> None:
    for number in range(first, last + 1):
        one = article(number, day=number // 4)
        store.ingest([one], [extraction(one, event(number % 5, town=f"town {number % 7}"))])


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "index.snapshot"


@pytest.fixture
def store(tmp_path: Path, path: Path) -> Store:
    """Ten articles, a snapshot, then five more."""
    store = Store.open(str(tmp_path / "store.db"), clock=CLOCK, decider=Decider(load_weights()))
    grow(store, 1, 10)
    SnapshotFile(path, store.log.log_id).save(store.index, store.head)
    grow(store, 11, 15)
    return store


def restarted(store: Store, path: Path) -> Store:
    return Store.open(
        database=store.database,
        clock=CLOCK,
        decider=Decider(load_weights()),
        source=SnapshotFile(path, store.log.log_id),
    )


def test_an_index_from_a_snapshot_and_the_tail_equals_the_live_one(store: Store, path: Path) -> None:
    with store.database.read() as connection:
        index, head = read_snapshot(path, connection, store.log.log_id)
        assert 0 < head.position < store.log.head()
        replay_index(connection, index, head.position)
    assert index.dump() == store.index.dump()


def test_a_store_started_from_a_snapshot_decides_as_the_one_that_never_stopped(
    store: Store, path: Path, tmp_path: Path
) -> None:
    again = restarted(store, path)
    grow(again, 16, 20)
    other = Store.open(str(tmp_path / "other.db"), clock=CLOCK, decider=Decider(load_weights()))
    grow(other, 1, 20)
    assert again.log.read(0, 10_000) == other.log.read(0, 10_000)


def test_without_a_snapshot_the_log_is_replayed(store: Store, tmp_path: Path) -> None:
    assert restarted(store, tmp_path / "nowhere").index.dump() == store.index.dump()


@pytest.mark.parametrize(
    "damage",
    [
        lambda whole: whole[: len(whole) // 2],
        lambda whole: b"",
        lambda whole: b"[]\n" + whole.partition(b"\n")[2],
        lambda whole: whole[:-1] + bytes([whole[-1] ^ 1]),
        lambda whole: whole.replace(b'"format":1', b'"format":9'),
    ],
    ids=["torn", "empty", "no header", "flipped byte", "another format"],
)
def test_a_bad_snapshot_is_left_aside(store: Store, path: Path, damage: object) -> None:
    path.write_bytes(damage(path.read_bytes()))  # type: ignore[operator]
    with store.database.read() as connection, pytest.raises(UnusableSnapshot):
        read_snapshot(path, connection, store.log.log_id)
    assert restarted(store, path).index.dump() == store.index.dump()


def test_a_snapshot_of_another_log_is_left_aside(store: Store, path: Path, tmp_path: Path) -> None:
    other = Store.open(str(tmp_path / "other.db"), clock=CLOCK, decider=Decider(load_weights()))
    with other.database.read() as connection, pytest.raises(UnusableSnapshot, match="another log"):
        read_snapshot(path, connection, other.log.log_id)


def test_a_snapshot_ahead_of_its_log_is_left_aside(store: Store, path: Path, tmp_path: Path) -> None:
    """The database was put back to an older state, the snapshot was not."""
    older = Store.open(
        str(tmp_path / "older.db"),
        clock=CLOCK,
        decider=Decider(load_weights()),
        log_id=store.log.log_id,
    )
    grow(older, 1, 3)
    with Database(str(tmp_path / "older.db")).read() as connection, pytest.raises(UnusableSnapshot):
        read_snapshot(path, connection, store.log.log_id)
