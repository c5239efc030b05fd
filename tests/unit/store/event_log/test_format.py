"""FORMAT.md and the code say the same."""

import re
from datetime import UTC, datetime
from pathlib import Path

from services.store.event_log.entry import Head, sequence
from services.store.event_log.schema import LOG_TABLES, events
from services.store.event_log.timestamps import from_text, to_text
from services.store.ports import NewEvent

FORMAT = Path(__file__).parents[4] / "services/store/event_log/FORMAT.md"
NOON = datetime(2024, 3, 1, 12, tzinfo=UTC)


def test_the_worked_example_of_the_format_has_the_checksum_it_states() -> None:
    event = NewEvent("e-1", "article-a", "ArticleRecorded", 1, NOON, "a", None, {"text": "plain"})
    (entry,) = sequence(Head(), [event], {}, NOON)
    stated = re.search(r"checksum +([0-9a-f]{64})", FORMAT.read_text())
    assert stated is not None
    assert entry.checksum.hex() == stated[1]


def test_every_table_and_every_column_of_the_log_is_described() -> None:
    text = FORMAT.read_text()
    for table in LOG_TABLES.tables.values():
        assert f"`{table.name}`" in text
    for column in events.columns:
        assert f"`{column.name}`" in text


def test_timestamps_sort_as_text_as_they_follow_in_time() -> None:
    moments = [datetime(850, 1, 2, tzinfo=UTC), datetime(1999, 12, 31, 23, 59, 59, 1, UTC), NOON]
    texts = [to_text(moment) for moment in moments]
    assert texts == sorted(texts)
    assert [from_text(text) for text in texts] == moments
    assert {len(text) for text in texts} == {27}
