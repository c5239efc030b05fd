"""Texts by content hash: kept once, read back exactly, taken down without a trace elsewhere."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import update

from services.clock import FixedClock
from services.errors import Corruption
from services.store.event_log.database import MEMORY, Database
from services.store.event_log.schema import texts
from services.store.event_log.sql import create_log
from services.store.texts import read_text, take_down, write_texts

TEXT = "Zwölf Menschen 😀\u0000 starben.\n" * 50


@pytest.fixture
def database() -> Database:
    database = Database(MEMORY)
    create_log(database, "log-1", FixedClock(datetime(2024, 3, 1, tzinfo=UTC)))
    return database


def test_a_text_is_read_back_exactly_as_it_was_written(database: Database) -> None:
    with database.write() as connection:
        write_texts(connection, [("h1", TEXT), ("h2", ""), ("h1", TEXT)])
        assert read_text(connection, "h1") == TEXT
        assert read_text(connection, "h2") == ""
        assert read_text(connection, "h3") is None


def test_a_text_that_is_there_stays(database: Database) -> None:
    with database.write() as connection:
        write_texts(connection, [("h1", TEXT)])
        write_texts(connection, [("h1", "another"), ("h2", "new")])
        assert read_text(connection, "h1") == TEXT
        assert read_text(connection, "h2") == "new"


def test_a_text_taken_down_is_gone_and_does_not_come_back(database: Database) -> None:
    with database.write() as connection:
        write_texts(connection, [("h1", TEXT)])
        take_down(connection, "h1")
        write_texts(connection, [("h1", TEXT)])
        assert read_text(connection, "h1") is None


@pytest.mark.parametrize("values", [{"body": b"broken"}, {"size_bytes": 3}, {"encoding": "rot13"}])
def test_a_damaged_text_is_reported(database: Database, values: dict[str, object]) -> None:
    with database.write() as connection:
        write_texts(connection, [("h1", TEXT)])
        connection.execute(update(texts).values(values))
        with pytest.raises(Corruption):
            read_text(connection, "h1")
