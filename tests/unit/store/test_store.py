"""The store in one process: batches are whole, repeats change nothing, failures leave no trace."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import text

from schemas.article import RawArticle
from schemas.extraction import ArticleExtraction, ExtractionFailure, Sketch
from services.clock import FixedClock
from services.errors import Corruption, Refused
from services.store import events
from services.store.decider import Decider
from services.store.event_log.errors import DiskFull, LeaseLost, VersionConflict
from services.store.matching.weights import load_weights
from services.store.read_models import hash_rows
from services.store.store import Store
from services.store.texts import read_text
from tests.unit.store.make import EXTRACTOR, article, event, extraction

NOON = datetime(2024, 3, 1, 12, tzinfo=UTC)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "store.db"


def opened(path: Path | str, **more: object) -> Store:
    return Store.open(str(path), clock=FixedClock(NOON), decider=Decider(load_weights()), **more)  # type: ignore[arg-type]


@pytest.fixture
def store(path: Path) -> Store:
    return opened(path)


def said(of: RawArticle, killed: int) -> ArticleExtraction:
    """What every article here tells of: one strike, the same two victims by name."""
    sketch = Sketch(
        version="1",
        names=("amina hassan", "juma otieno", "grace wanjiru"),
        ages=(31, 47),
        minhash=tuple(range(64)),
        word_count=200,
    )
    return extraction(of, event(killed)).model_copy(update={"sketch": sketch})


def log_of(store: Store) -> list[str]:
    return [event.type for event in store.log.read()]


def rows_hash(store: Store) -> str:
    with store.database.read() as connection:
        return hash_rows(connection, store.tables)


def test_a_report_opens_an_incident_and_a_second_joins_it(store: Store) -> None:
    first, second = article(1), article(2, day=1)
    store.ingest([first, second], [said(first, 3), said(second, 4)])
    (record,) = store.records()
    assert record.articles == ("a1", "a2")
    assert log_of(store) == [
        "ArticleRecorded",
        "ArticleRecorded",
        "EventsExtracted",
        "IncidentOpened",
        "EventsExtracted",
        "ReportMerged",
    ]


def test_the_second_decision_of_a_batch_sees_the_first_one(path: Path, tmp_path: Path) -> None:
    """One batch or many: the same log."""
    pairs = [(one, said(one, number)) for number, one in enumerate(map(article, range(1, 9)))]
    together, apart = opened(path), opened(tmp_path / "other.db")
    together.ingest([one for one, _ in pairs], [told for _, told in pairs])
    for one, _ in pairs:
        apart.ingest([one])
    for _, told in pairs:
        apart.ingest([], [told])
    assert together.log.read() == apart.log.read()
    assert rows_hash(together) == rows_hash(apart)


def test_a_second_delivery_of_the_same_messages_changes_nothing(store: Store) -> None:
    one = article(1)
    store.ingest([one], [said(one, 3)])
    before = (store.log.head(), rows_hash(store))
    assert store.ingest([one], [said(one, 3)]).recorded == ()
    assert (store.log.head(), rows_hash(store)) == before


def test_the_same_message_twice_in_one_batch_is_recorded_once(store: Store) -> None:
    one = article(1)
    told = said(one, 3)
    store.ingest([one, one], [told, told])
    assert log_of(store) == ["ArticleRecorded", "EventsExtracted", "IncidentOpened"]


def test_an_extraction_before_its_article_waits(store: Store) -> None:
    one = article(1)
    told = said(one, 3)
    taken = store.ingest([], [told])
    assert taken.waiting == (told,)
    assert taken.recorded == ()
    store.ingest([one], [told])
    assert len(list(store.records())) == 1


def test_a_failure_of_extraction_is_a_fact(store: Store) -> None:
    one = article(1)
    failure = ExtractionFailure(
        article_id="a1",
        content_hash=one.content_hash,
        extractor=EXTRACTOR,
        error="TimeLimit",
        detail="10 s",
        deliveries=5,
    )
    store.take([one, failure, failure])
    assert log_of(store) == ["ArticleRecorded", "ExtractionFailed"]


def test_a_new_version_of_an_article_supersedes_its_report(store: Store) -> None:
    old, new = article(1), article(1, content_hash="f" * 64, text="other words")
    store.ingest([old], [said(old, 3)])
    store.ingest([new], [said(new, 5)])
    (record,) = store.records()
    assert [report.status for report in record.reports] == ["current", "superseded"]
    assert record.fatalities.best == 5


def test_texts_are_kept_with_their_articles(store: Store) -> None:
    store.ingest([article(1, text="Fünf Menschen starben.")])
    with store.database.read() as connection:
        assert read_text(connection, article(1).content_hash) == "Fünf Menschen starben."
    assert "Menschen" not in str(store.log.read())


def test_a_store_opened_again_goes_on_where_it_stopped(path: Path) -> None:
    first, second = article(1), article(2, day=1)
    opened(path).ingest([first], [said(first, 3)])
    again = opened(path)
    again.ingest([second], [said(second, 4)])
    assert [record.articles for record in again.records()] == [("a1", "a2")]


def test_missing_read_models_are_made_anew_at_the_start(path: Path) -> None:
    store = opened(path)
    one = article(1)
    store.ingest([one], [said(one, 3)])
    before = rows_hash(store)
    with store.database.write() as connection:
        connection.execute(text("DROP TABLE updates"))
        for name in store.tables.by_name:
            connection.execute(text(f"DROP TABLE IF EXISTS {name}"))
    assert rows_hash(opened(path)) == before


def test_a_failed_commit_leaves_no_trace_and_the_next_batch_works(store: Store) -> None:
    first, second = article(1), article(2, day=1)
    store.ingest([first], [said(first, 3)])
    before = rows_hash(store)
    with store.database.write() as connection:
        connection.execute(text("PRAGMA max_page_count = 1"))
    with pytest.raises(DiskFull):
        store.ingest([second, article(3, text="x" * 400_000)], [said(second, 4)])
    with pytest.raises(DiskFull):
        store.ingest([second, article(3, text="x" * 400_000)], [said(second, 4)])
    assert rows_hash(store) == before
    with store.database.write() as connection:
        connection.execute(text("PRAGMA max_page_count = 1000000"))
    store.ingest([second], [said(second, 4)])
    assert [record.articles for record in store.records()] == [("a1", "a2")]


def test_a_decision_that_raises_leaves_no_trace_of_its_batch(store: Store) -> None:
    one = article(1)

    def failing() -> None:
        with store.batch() as unit:
            unit.record(store.decider.decide_article(one), article=one)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        failing()
    assert store.log.head() == 0
    store.ingest([one], [said(one, 3)])
    assert len(store.index) == 1


def test_a_store_that_lost_its_lease_cannot_store(path: Path) -> None:
    lost = False

    def fence(_connection: object) -> None:
        if lost:
            raise LeaseLost("taken over")

    store = opened(path, fence=fence)
    lost = True
    with pytest.raises(LeaseLost):
        store.ingest([article(1)])
    lost = False
    assert len(store.ingest([article(1)]).recorded) == 1


def test_a_log_that_another_writer_grew_is_noticed(path: Path) -> None:
    first, second = opened(path), opened(path)
    first.ingest([article(1)])
    with pytest.raises(VersionConflict):
        second.ingest([article(2)])
    assert len(second.ingest([article(2)]).recorded) == 1


def test_read_models_above_the_end_of_the_log_stop_the_store(path: Path) -> None:
    store = opened(path)
    store.ingest([article(1), article(2)])
    with store.database.write() as connection:
        connection.execute(text("DELETE FROM events WHERE position = 2"))
    with pytest.raises(Corruption, match="ends at position 1"):
        opened(path)


def test_policies_are_recorded_once_and_again_when_they_change(path: Path) -> None:
    for policy in ("latest-by-claimant/1", "latest-by-claimant/1", "conservative/1"):
        store = opened(path, policies={"figure_policy": policy})
    changes = [one for one in store.log.read() if one.type == events.POLICY_CHANGED]
    assert [one.data["versions"]["figure_policy"] for one in changes] == [
        "latest-by-claimant/1",
        "conservative/1",
    ]


def test_an_unknown_figure_policy_is_refused(path: Path) -> None:
    with pytest.raises(Refused, match="latest-by-claimant/1"):
        opened(path, policies={"figure_policy": "guess/1"})


def test_a_store_in_memory_works_alike(store: Store) -> None:
    memory = opened(":memory:")
    pairs = [(one, said(one, number)) for number, one in enumerate(map(article, range(1, 5)))]
    for one in (store, memory):
        one.ingest([first for first, _ in pairs], [second for _, second in pairs])
    assert rows_hash(store) == rows_hash(memory)
