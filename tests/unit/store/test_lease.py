"""One writer at a time, and a paused one cannot come back unnoticed."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from services.clock import FixedClock
from services.store.event_log.database import Database
from services.store.event_log.errors import LeaseLost
from services.store.event_log.sql import create_log
from services.store.lease import Lease, holder_of

NOON = datetime(2024, 3, 1, 12, tzinfo=UTC)
TTL = timedelta(seconds=10)


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock(NOON)


@pytest.fixture
def database(tmp_path: Path, clock: FixedClock) -> Database:
    database = Database(str(tmp_path / "log.db"))
    create_log(database, "log-1", clock)
    return database


def later(clock: FixedClock, period: timedelta) -> None:
    clock.set(clock.now() + period)


def test_the_first_store_gets_the_lease_and_a_second_waits(database: Database, clock: FixedClock) -> None:
    first, second = Lease(database, clock, "first", TTL), Lease(database, clock, "second", TTL)
    assert first.acquire()
    assert not second.acquire()
    assert holder_of(database) == ("first", 1, "2024-03-01T12:00:10.000000Z")


def test_a_standby_takes_over_when_the_lease_ran_out(database: Database, clock: FixedClock) -> None:
    first, second = Lease(database, clock, "first", TTL), Lease(database, clock, "second", TTL)
    first.acquire()
    later(clock, TTL)
    assert second.acquire()
    assert second.token == 2


def test_a_renewed_lease_does_not_run_out(database: Database, clock: FixedClock) -> None:
    first, second = Lease(database, clock, "first", TTL), Lease(database, clock, "second", TTL)
    first.acquire()
    for _ in range(5):
        later(clock, TTL / 2)
        first.renew()
    assert not second.acquire()


def test_a_holder_paused_past_its_lease_finds_out_when_it_renews(
    database: Database, clock: FixedClock
) -> None:
    first, second = Lease(database, clock, "first", TTL), Lease(database, clock, "second", TTL)
    first.acquire()
    later(clock, TTL)
    second.acquire()
    with pytest.raises(LeaseLost, match="second"):
        first.renew()


def test_a_released_lease_is_free_at_once(database: Database, clock: FixedClock) -> None:
    first, second = Lease(database, clock, "first", TTL), Lease(database, clock, "second", TTL)
    first.acquire()
    first.release()
    assert second.acquire()


def test_releasing_a_lost_lease_leaves_the_new_holder_alone(database: Database, clock: FixedClock) -> None:
    first, second = Lease(database, clock, "first", TTL), Lease(database, clock, "second", TTL)
    first.acquire()
    later(clock, TTL)
    second.acquire()
    first.release()
    second.renew()


def test_without_acquiring_nothing_may_be_written(database: Database, clock: FixedClock) -> None:
    with pytest.raises(LeaseLost, match="nobody"):
        Lease(database, clock, "first", TTL).renew()
