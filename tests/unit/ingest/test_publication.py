"""When an article was published: days, moments, and what can't be believed."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.ingest.publication import UnreadableMoment, doubt_about, read_published_at

NOW = datetime(2024, 5, 3, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("value", "moment", "precision"),
    [
        ("2024-05-03", datetime(2024, 5, 3, tzinfo=UTC), "day"),
        (" 2024-05-03 ", datetime(2024, 5, 3, tzinfo=UTC), "day"),
        ("2024-05-03T10:20:30Z", datetime(2024, 5, 3, 10, 20, 30, tzinfo=UTC), "time"),
        ("2024-05-03T10:20:30+02:00", datetime(2024, 5, 3, 8, 20, 30, tzinfo=UTC), "time"),
        ("2024-05-03 10:20", datetime(2024, 5, 3, 10, 20, tzinfo=UTC), "time"),
    ],
)
def test_days_and_moments_are_read(value: str, moment: datetime, precision: str) -> None:
    assert read_published_at(value) == (moment, precision)


@pytest.mark.parametrize(
    "value", ["", "20240503", "2024-W18-5", "3 May 2024", "2024-13-01", "2024-05-03T25:00"]
)
def test_other_forms_are_refused(value: str) -> None:
    with pytest.raises(UnreadableMoment):
        read_published_at(value)


@given(st.text(max_size=30))
def test_any_text_is_read_or_refused(value: str) -> None:
    try:
        moment, _ = read_published_at(value)
    except UnreadableMoment:
        return
    assert moment.tzinfo is UTC


@pytest.mark.parametrize(
    ("moment", "believed"),
    [
        (datetime(1899, 12, 31, tzinfo=UTC), False),
        (datetime(1900, 1, 1, tzinfo=UTC), True),
        (datetime(2024, 5, 5, 12, tzinfo=UTC), True),
        (datetime(2024, 5, 5, 13, tzinfo=UTC), False),
    ],
)
def test_what_lies_far_back_or_ahead_is_doubted(moment: datetime, believed: bool) -> None:
    doubt = doubt_about(moment, NOW, year_min=1900, ahead_max_h=48)
    assert (doubt is None) is believed
