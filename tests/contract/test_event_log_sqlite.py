"""The event log over SQLite, in a file and in memory, against the contract."""

from datetime import timedelta
from pathlib import Path
from typing import cast

import pytest
from sqlalchemy import text

from services.clock import FixedClock
from services.store.event_log.database import MEMORY, Database
from services.store.event_log.sql import SqlEventLog, create_log
from services.store.lease import Lease
from services.store.ports import EventLog
from tests.contract.event_log_contract import EventLogContract


class SqlContract(EventLogContract):
    """What the SQL adapters share: all state lies in the database."""

    @pytest.fixture
    def database(self, tmp_path: Path) -> Database:
        raise NotImplementedError

    @pytest.fixture
    def log(self, database: Database, clock: FixedClock) -> EventLog:
        create_log(database, "log-1", clock)
        return SqlEventLog(database, clock)

    @pytest.fixture(autouse=True)
    def _shared_database(self, database: Database) -> None:
        self.database_in_use = database

    def reopen(self, log: EventLog, clock: FixedClock) -> EventLog:
        return SqlEventLog(_database(log), clock)

    def two_holders(self, clock: FixedClock) -> tuple[EventLog, EventLog]:
        database = self.database_in_use
        create_log(database, "log-1", clock)
        ttl = timedelta(seconds=10)
        paused, standby = Lease(database, clock, "paused", ttl), Lease(database, clock, "standby", ttl)
        assert paused.acquire()
        clock.set(clock.now() + 2 * ttl)
        assert standby.acquire()
        return (
            SqlEventLog(database, clock, fence=paused.check),
            SqlEventLog(database, clock, fence=standby.check),
        )

    def flip_a_byte(self, log: EventLog, position: int) -> None:
        self._execute(
            log, f"UPDATE events SET data = replace(data, 'plain', 'plaim') WHERE position = {position}"
        )

    def drop_entry(self, log: EventLog, position: int) -> None:
        self._execute(log, f"DELETE FROM events WHERE position = {position}")

    def _execute(self, log: EventLog, statement: str) -> None:
        with _database(log).write() as connection:
            connection.execute(text(statement))


def _database(log: EventLog) -> Database:
    return cast("SqlEventLog", log)._database


class TestSqliteFile(SqlContract):
    @pytest.fixture
    def database(self, tmp_path: Path) -> Database:
        return Database(str(tmp_path / "log.db"))


class TestSqliteMemory(SqlContract):
    @pytest.fixture
    def database(self, tmp_path: Path) -> Database:
        return Database(MEMORY)
