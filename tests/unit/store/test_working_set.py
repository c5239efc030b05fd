"""The working set: reads its own writes, remembers, and forgets only what it may."""

from datetime import UTC, datetime

from services.clock import FixedClock
from services.store import events
from services.store.decider import Decider
from services.store.event_log.database import MEMORY, Database
from services.store.event_log.sql import SqlEventLog, create_log
from services.store.matching.weights import load_weights
from services.store.ports import NewEvent
from services.store.recorded_facts import RecordedFacts, position_at
from services.store.store import Store
from services.store.upcasters import upcast_event
from services.store.working_set import Remembered, WorkingSet
from tests.unit.store.make import article, event, extraction, fact

NOON = datetime(2024, 3, 1, 12, tzinfo=UTC)


def opened(clock: FixedClock) -> Store:
    return Store.open(MEMORY, clock=clock, decider=Decider(load_weights()))


def test_least_recently_used_values_are_forgotten_only_when_told() -> None:
    remembered: Remembered[str, int] = Remembered(2)
    for number, key in enumerate("abc"):
        remembered.put(key, number)
    remembered.get("a", lambda: 99)
    assert remembered.peek("b") == 1
    remembered.trim()
    assert (remembered.peek("a"), remembered.peek("b"), remembered.peek("c")) == (0, None, 2)


def test_absence_is_remembered_too() -> None:
    remembered: Remembered[str, int] = Remembered(2)
    looks: list[str] = []
    for _ in range(3):
        remembered.get("a", lambda: looks.append("a"))  # type: ignore[arg-type, func-returns-value]
    assert looks == ["a"]


def test_states_evolve_with_events_before_anything_is_stored() -> None:
    database = Database(MEMORY)
    create_log(database, "log-1", FixedClock(NOON))
    log = SqlEventLog(database, FixedClock(NOON), upcast=upcast_event)
    one = article(1)
    opening = fact(one, event(3))
    decided: list[NewEvent] = [
        events.article_recorded(one),
        events.events_extracted(extraction(one, event(3)), NOON),
        events.report_event(events.INCIDENT_OPENED, "i1", opening.ref, occurred_at=NOON, reason={}),
    ]
    recorded = log.append(decided)
    with database.read() as connection:
        working = WorkingSet(RecordedFacts(connection, 0, upcast_event))
        for one_event in recorded:
            working.apply(one_event)
        state = working.article("a1")
        assert state is not None
        assert state.versions == (one.content_hash,)
        assert working.incidents_of("a1") == ("i1",)
        assert working.resolve("i1") == "i1"
        assert working.extraction(opening.ref.extraction_id) == extraction(one, event(3))


def test_facts_as_recorded_are_those_of_the_position() -> None:
    """At every position the folded facts equal those a store had when its log ended there."""
    clock = FixedClock(NOON)
    store = opened(clock)
    seen: dict[int, tuple[object, object]] = {}
    for number in range(1, 5):
        one = article(number)
        store.ingest([one], [extraction(one, event(3, town=f"town {number}"))])
        head = store.log.head()
        with store.database.read() as connection:
            facts = RecordedFacts(connection, head, upcast_event)
            seen[head] = (facts.article("a1"), facts.incidents_of("a1"))
    again = article(1, content_hash="f" * 64, text="other words")
    store.ingest([again], [extraction(again, event(5, town="town 1"))])
    with store.database.read() as connection:
        for position, (state, homes) in seen.items():
            facts = RecordedFacts(connection, position, upcast_event)
            assert (facts.article("a1"), facts.incidents_of("a1")) == (state, homes)
        now = RecordedFacts(connection, store.head.position, upcast_event).article("a1")
    assert now is not None
    assert len(now.versions) == 2


def test_the_position_of_a_moment_is_the_last_recorded_by_then() -> None:
    clock = FixedClock(NOON)
    store = opened(clock)
    moments = [datetime(2024, 3, day, tzinfo=UTC) for day in (2, 3, 3, 7)]
    for number, moment in enumerate(moments, start=1):
        clock.set(moment)
        store.ingest([article(number)])
    with store.database.read() as connection:
        found = [position_at(connection, datetime(2024, 3, day, tzinfo=UTC)) for day in range(1, 9)]
    assert found == [0, 1, 3, 3, 3, 3, 4, 4]
