"""The catalogue of damage: each kind is named with its position, none is repaired in silence."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import text

from services.clock import FixedClock
from services.errors import Corruption
from services.store.event_log.database import Database
from services.store.event_log.entry import Head
from services.store.event_log.errors import DiskFull, LogDamaged, NoSuchLog, StorageUnavailable, UnknownSchema
from services.store.event_log.rows import read_after
from services.store.event_log.sql import SqlEventLog, create_log
from services.store.event_log.verify import verify_chain
from services.store.ports import NewEvent

NOON = datetime(2024, 3, 1, 12, tzinfo=UTC)


def new_event(number: int, size: int = 10) -> NewEvent:
    return NewEvent(
        f"e-{number}", "article-a", "ArticleRecorded", 1, NOON, "a", None, {"text": "plain" + "x" * size}
    )


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "log.db"


@pytest.fixture
def database(path: Path) -> Database:
    return Database(str(path), busy_timeout_s=0.1)


@pytest.fixture
def log(database: Database) -> SqlEventLog:
    create_log(database, "log-1", FixedClock(NOON))
    return SqlEventLog(database, FixedClock(NOON))


def chain(database: Database, after: Head | None = None) -> Head:
    with database.read() as connection:
        return verify_chain(connection, after)


def change(database: Database, statement: str) -> None:
    with database.write() as connection:
        connection.execute(text(statement))


def test_a_whole_chain_leads_to_its_head(database: Database, log: SqlEventLog) -> None:
    log.append([new_event(number) for number in range(5)])
    assert chain(database).position == 5


@pytest.mark.parametrize(
    "assignment",
    [
        "data = replace(data, 'plain', 'plaim')",
        "type = 'ArticleRetracted'",
        "event_id = 'other'",
        "stream = 'article-b'",
        "version = 9",
        "occurred_at = '2024-03-01T12:00:00.000001Z'",
        "correlation_id = NULL",
        "causation_id = 'x'",
        "schema_version = 2",
        "checksum = zeroblob(32)",
    ],
)
def test_a_change_of_any_column_is_named_with_its_position(
    database: Database, log: SqlEventLog, assignment: str
) -> None:
    log.append([new_event(number) for number in range(5)])
    change(database, f"UPDATE events SET {assignment} WHERE position = 3")
    with pytest.raises(LogDamaged) as caught:
        chain(database)
    assert caught.value.position == 3


def test_the_first_of_several_bad_entries_is_named(database: Database, log: SqlEventLog) -> None:
    log.append([new_event(number) for number in range(9)])
    change(database, "UPDATE events SET data = '{}' WHERE position IN (4, 7)")
    with pytest.raises(LogDamaged) as caught:
        chain(database)
    assert caught.value.position == 4


def test_a_missing_entry_is_named(database: Database, log: SqlEventLog) -> None:
    log.append([new_event(number) for number in range(5)])
    change(database, "DELETE FROM events WHERE position = 2")
    with pytest.raises(LogDamaged) as caught:
        chain(database)
    assert caught.value.position == 2


def test_checking_a_tail_starts_at_a_known_head(database: Database, log: SqlEventLog) -> None:
    log.append([new_event(number) for number in range(5)])
    middle = chain(database)
    log.append([new_event(number) for number in range(5, 8)])
    assert chain(database, middle).position == 8


def test_a_rewritten_past_does_not_fit_a_known_head(database: Database, log: SqlEventLog) -> None:
    log.append([new_event(number) for number in range(5)])
    with pytest.raises(LogDamaged):
        chain(database, Head(3, bytes(32), None))


def test_a_torn_tail_is_dropped_and_what_was_committed_before_stays(
    database: Database, log: SqlEventLog, path: Path, tmp_path: Path
) -> None:
    """A crash in the middle of a commit: the last pages of the write-ahead log are cut off."""
    log.append([new_event(1)])
    whole = path.with_name("log.db-wal").stat().st_size
    log.append([new_event(2, size=20_000)])
    torn = tmp_path / "torn.db"
    torn.write_bytes(path.read_bytes())
    wal = path.with_name("log.db-wal").read_bytes()
    (tmp_path / "torn.db-wal").write_bytes(wal[: (whole + len(wal)) // 2])
    after = Database(str(torn))
    assert chain(after).position == 1
    assert SqlEventLog(after, FixedClock(NOON)).append([new_event(2)])[0].position == 2


def test_a_full_disk_fails_the_append_whole_and_it_works_again_with_room(
    database: Database, log: SqlEventLog
) -> None:
    log.append([new_event(1)])
    change(database, "PRAGMA max_page_count = 20")
    with pytest.raises(DiskFull):
        log.append([new_event(number, size=50_000) for number in range(2, 5)])
    assert chain(database).position == 1
    change(database, "PRAGMA max_page_count = 1000000")
    assert len(log.append([new_event(number) for number in range(2, 5)])) == 3
    assert chain(database).position == 4


def test_a_lock_held_by_another_is_transient(database: Database, log: SqlEventLog, path: Path) -> None:
    other = Database(str(path))
    with other.write(), pytest.raises(StorageUnavailable):
        log.append([new_event(1)])
    assert log.append([new_event(1)])


def test_a_file_that_is_no_database_is_corruption(path: Path) -> None:
    path.write_bytes(b"not a database, however long this text may be " * 100)
    with pytest.raises(Corruption):
        create_log(Database(str(path)), "log-1", FixedClock(NOON))


def test_reading_where_nothing_was_written_is_refused(tmp_path: Path) -> None:
    with pytest.raises(NoSuchLog):
        Database(str(tmp_path / "nowhere.db"), read_only=True)


def test_a_reader_of_a_database_without_a_log_is_refused(database: Database, path: Path) -> None:
    change(database, "CREATE TABLE other (a)")
    with pytest.raises(NoSuchLog):
        SqlEventLog(Database(str(path), read_only=True), FixedClock(NOON))


def test_a_format_newer_than_this_program_is_refused(database: Database, log: SqlEventLog) -> None:
    change(database, "UPDATE log SET format_version = 2")
    with pytest.raises(UnknownSchema):
        SqlEventLog(database, FixedClock(NOON))


def test_a_reader_sees_one_state_while_the_writer_goes_on(
    database: Database, log: SqlEventLog, path: Path
) -> None:
    log.append([new_event(1)])
    reader = Database(str(path), read_only=True)
    with reader.read() as connection:
        assert len(read_after(connection, 0, 10)) == 1
        log.append([new_event(2)])
        assert len(read_after(connection, 0, 10)) == 1
    with reader.read() as connection:
        assert len(read_after(connection, 0, 10)) == 2


def test_a_read_only_database_cannot_be_written(log: SqlEventLog, path: Path) -> None:
    reader = Database(str(path), read_only=True)
    with pytest.raises(StorageUnavailable), reader.read() as connection:
        connection.execute(text("DELETE FROM events"))
