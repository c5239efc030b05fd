"""What every event log must do; each adapter's test file subclasses this with a constructor."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from services.clock import FixedClock
from services.errors import Corruption, Transient
from services.store.event_log.errors import LeaseLost, VersionConflict
from services.store.ports import ANY_VERSION, EventLog, NewEvent, RecordedEvent

NOON = datetime(2024, 3, 1, 12, tzinfo=UTC)


def new_event(name: str, stream: str = "article-a", **data: Any) -> NewEvent:
    return NewEvent(
        event_id=name,
        stream=stream,
        type="ArticleRecorded",
        schema_version=1,
        occurred_at=NOON,
        correlation_id="a",
        causation_id=None,
        data=data,
    )


def names(events: Sequence[RecordedEvent]) -> list[str]:
    return [event.event_id for event in events]


class EventLogContract:
    """The cases. A subclass says how to open a log, open it again, share it and damage it."""

    @pytest.fixture
    def clock(self) -> FixedClock:
        return FixedClock(NOON)

    @pytest.fixture
    def log(self, clock: FixedClock) -> EventLog:
        raise NotImplementedError

    def reopen(self, log: EventLog, clock: FixedClock) -> EventLog:
        """The same stored log through a new adapter."""
        raise NotImplementedError

    def two_holders(self, clock: FixedClock) -> tuple[EventLog, EventLog]:
        """A writer that lost its lease, and the one that took over, on one stored log."""
        raise NotImplementedError

    def flip_a_byte(self, log: EventLog, position: int) -> None:
        """Damage the stored data of one entry."""
        raise NotImplementedError

    def drop_entry(self, log: EventLog, position: int) -> None:
        """Remove one stored entry."""
        raise NotImplementedError

    def test_an_empty_log_has_head_zero_and_reads_nothing(self, log: EventLog) -> None:
        assert log.head() == 0
        assert log.read() == []
        assert log.read_stream("article-a") == []

    def test_appended_events_get_consecutive_positions_in_the_order_given(self, log: EventLog) -> None:
        recorded = log.append([new_event("1"), new_event("2", "article-b"), new_event("3")])
        assert [event.position for event in recorded] == [1, 2, 3]
        assert names(recorded) == ["1", "2", "3"]
        assert log.head() == 3

    def test_versions_count_within_a_stream(self, log: EventLog) -> None:
        log.append([new_event("1"), new_event("2", "article-b")])
        recorded = log.append([new_event("3"), new_event("4"), new_event("5", "article-b")])
        assert [event.version for event in recorded] == [2, 3, 2]

    def test_what_append_returns_is_what_read_returns(self, log: EventLog) -> None:
        data: dict[str, Any] = {
            "ä": [1, 2.5, None, True],
            "nested": {"b": 1, "a": "\u0000 line\n"},
            "pair": (1, 2),
        }
        recorded = log.append([replace(new_event("1"), data=data)])
        assert log.read() == recorded
        assert recorded[0].data["pair"] == [1, 2]

    def test_a_known_event_id_is_left_out_and_changes_nothing(self, log: EventLog) -> None:
        log.append([new_event("1", text="first")])
        recorded = log.append([new_event("1", text="second"), new_event("2")])
        assert names(recorded) == ["2"]
        assert log.read()[0].data == {"text": "first"}
        assert log.head() == 2

    def test_an_event_id_that_comes_twice_in_one_append_is_recorded_once(self, log: EventLog) -> None:
        assert names(log.append([new_event("1"), new_event("1")])) == ["1"]

    def test_the_expected_version_must_be_the_actual_one(self, log: EventLog) -> None:
        log.append([new_event("1")], {"article-a": 0})
        with pytest.raises(VersionConflict):
            log.append([new_event("2")], {"article-a": 0})
        assert names(log.append([new_event("2")], {"article-a": 1})) == ["2"]

    def test_a_conflict_writes_none_of_the_events(self, log: EventLog) -> None:
        log.append([new_event("1")])
        with pytest.raises(VersionConflict):
            log.append([new_event("2", "article-b"), new_event("3")], {"article-a": 7})
        assert log.head() == 1

    def test_any_version_and_an_unnamed_stream_match_whatever_is_there(self, log: EventLog) -> None:
        log.append([new_event("1")])
        assert log.append([new_event("2")], {"article-a": ANY_VERSION})
        assert log.append([new_event("3")], {})

    def test_reading_starts_after_a_position_and_stops_at_the_limit(self, log: EventLog) -> None:
        log.append([new_event(str(number)) for number in range(1, 8)])
        assert names(log.read(after=2, limit=3)) == ["3", "4", "5"]
        assert log.read(after=7) == []

    def test_a_stream_reads_its_own_events_in_order_of_version(self, log: EventLog) -> None:
        log.append([new_event("1"), new_event("2", "article-b"), new_event("3"), new_event("4")])
        assert names(log.read_stream("article-a")) == ["1", "3", "4"]
        assert names(log.read_stream("article-a", after_version=1)) == ["3", "4"]
        assert names(log.read_stream("article-a", up_to_position=3)) == ["1", "3"]
        assert log.read_stream("article-a", up_to_position=0) == []

    def test_known_names_the_ids_that_the_log_holds(self, log: EventLog) -> None:
        log.append([new_event(str(number)) for number in range(1200)])
        assert log.known(["3", "1199", "nowhere"]) == {"3", "1199"}
        assert log.known([]) == set()

    def test_the_time_of_recording_comes_from_the_clock(self, log: EventLog, clock: FixedClock) -> None:
        clock.set(NOON + timedelta(microseconds=1))
        assert log.append([new_event("1")])[0].recorded_at == NOON + timedelta(microseconds=1)

    def test_the_time_of_recording_never_falls_when_the_clock_is_set_back(
        self, log: EventLog, clock: FixedClock
    ) -> None:
        log.append([new_event("1")])
        clock.set(NOON - timedelta(hours=1))
        assert log.append([new_event("2")])[0].recorded_at == NOON

    def test_a_log_opened_again_holds_what_was_appended(self, log: EventLog, clock: FixedClock) -> None:
        recorded = log.append([new_event("1"), new_event("2")])
        again = self.reopen(log, clock)
        assert again.log_id == log.log_id
        assert again.read() == recorded
        assert again.append([new_event("3")])[0].position == 3

    def test_a_writer_that_lost_its_lease_cannot_append(self, clock: FixedClock) -> None:
        old, new = self.two_holders(clock)
        with pytest.raises(LeaseLost):
            old.append([new_event("1")])
        assert names(new.append([new_event("2")])) == ["2"]
        assert issubclass(LeaseLost, Transient)

    def test_a_flipped_byte_is_found_however_the_entry_is_reached(self, log: EventLog) -> None:
        log.append([new_event(str(number), text="plain") for number in range(1, 4)])
        self.flip_a_byte(log, 2)
        readings: list[Callable[[], object]] = [
            log.read,
            lambda: log.read(after=1, limit=1),
            lambda: log.read_stream("article-a"),
        ]
        for reading in readings:
            with pytest.raises(Corruption, match="position 2"):
                reading()
        assert names(log.read(after=0, limit=1)) == ["1"]

    def test_a_missing_entry_is_found(self, log: EventLog) -> None:
        log.append([new_event(str(number)) for number in range(1, 4)])
        self.drop_entry(log, 2)
        with pytest.raises(Corruption, match="position 2"):
            log.read()
