"""What date expressions mean, against the day of publication (Friday 14 May 2021 unless said)."""

from datetime import date

import pytest

from services.extract.components.dates import find_dates
from services.extract.components.dates.holidays import easter, last_holiday, nth_weekday
from services.extract.components.dates.resolve import numeric, unit_back, weekday_before
from tests.unit.extract.articles import document


def days(text: str, published: str | None = "2021-05-14") -> list[tuple[str, str, int]]:
    doc = document(text, published=published)
    return [(c.value.start.isoformat(), c.value.end.isoformat(), c.value.precision) for c in find_dates(doc)]


def day(text: str, published: str | None = "2021-05-14") -> str:
    ((start, end, precision),) = days(text, published)
    assert start == end
    assert precision == 1
    return start


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("on Wednesday", "2021-05-12"),
        ("early Sunday", "2021-05-09"),
        ("on Friday", "2021-05-14"),
        ("yesterday", "2021-05-13"),
        ("this morning", "2021-05-14"),
        ("last night", "2021-05-13"),
        ("three days ago", "2021-05-11"),
        ("on 27 February", "2021-02-27"),
        ("on Feb. 27, 2020", "2020-02-27"),
        ("on the 12th", "2021-05-12"),
        ("on 27/2/2020", "2020-02-27"),
        ("on 2/27/2020", "2020-02-27"),
        ("on 2020-02-27", "2020-02-27"),
        ("on Tuesday, May 11", "2021-05-11"),
        ("on Christmas Eve", "2020-12-24"),
        ("on 30 December", "2020-12-30"),
    ],
)
def test_a_day_is_resolved_against_the_day_of_publication(words: str, expected: str) -> None:
    assert day(f"Gunmen attacked the market {words}.") == expected


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("last month", ("2021-04-01", "2021-04-30", 4)),
        ("in February", ("2021-02-01", "2021-02-28", 4)),
        ("in March 2019", ("2019-03-01", "2019-03-31", 4)),
        ("in 2016", ("2016-01-01", "2016-12-31", 5)),
        ("last week", ("2021-05-03", "2021-05-09", 3)),
        ("over the weekend", ("2021-05-08", "2021-05-09", 2)),
        ("overnight", ("2021-05-13", "2021-05-14", 2)),
    ],
)
def test_what_names_no_day_becomes_a_span_with_its_precision(
    words: str, expected: tuple[str, str, int]
) -> None:
    assert days(f"Gunmen attacked the market {words}.") == [expected]


def test_upper_case_wire_copy_is_read() -> None:
    assert day("THE GARRISON WAS SHELLED ON 30 DEC 89.", "1990-01-03") == "1989-12-30"
    assert day("A BRIDGE WAS DYNAMITED YESTERDAY.", "1990-01-03") == "1990-01-02"


def test_an_undated_article_yields_absolute_dates_only() -> None:
    assert day("The mine collapsed on 3 April 2018.", None) == "2018-04-03"
    assert days("The mine collapsed on Tuesday, two days after the storm.", None) == []


def test_a_day_told_from_another_counts_from_that_one() -> None:
    text = "The convoy left on Tuesday. It had been shelled two days earlier."
    assert [start for start, _, _ in days(text)] == ["2021-05-11", "2021-05-09"]


def test_a_day_after_an_event_names_the_events_day() -> None:
    text = "Shops stayed shut on Thursday, a day after the bombing."
    assert [start for start, _, _ in days(text)] == ["2021-05-13", "2021-05-12"]


def test_last_monday_late_in_the_week_stays_open_between_two_mondays() -> None:
    assert [start for start, _, _ in days("The mayor was shot last Monday.")] == ["2021-05-10", "2021-05-03"]


def test_a_weekday_that_lost_its_apostrophe_is_still_one() -> None:
    assert day("Rescuers searched the ruins after Mondays blast.") == "2021-05-10"


@pytest.mark.parametrize("words", ["may fire again", "will march to the square", "paid 24/7", "block 1989"])
def test_words_that_only_look_like_dates_are_none(words: str) -> None:
    assert days(f"The guards {words} there.") == []


def test_every_candidate_quotes_the_words_it_was_read_from() -> None:
    doc = document("Two died on Wednesday night. A third died on 13 May.")
    quotes = [doc.quote(c.span) for c in find_dates(doc) if c.span is not None]
    assert quotes == ["Wednesday", "13 May"]


def test_ambiguous_figures_take_the_reading_nearest_before_the_anchor() -> None:
    assert numeric(date(2021, 5, 14), 4, 5, 2021) == date(2021, 5, 4)
    assert numeric(None, 4, 5, 2021) is None


def test_easter_and_counted_weekdays_fall_where_the_calendar_has_them() -> None:
    assert easter(2021) == date(2021, 4, 4)
    assert nth_weekday(2020, 11, 3, 4) == date(2020, 11, 26)
    assert nth_weekday(2021, 12, 4, -1) == date(2021, 12, 31)
    assert last_holiday(date(2021, 5, 14), "memorial") == date(2020, 5, 25)


def test_the_same_weekday_is_today_unless_it_must_lie_before() -> None:
    friday = date(2021, 5, 14)
    assert weekday_before(friday, 4) == friday
    assert weekday_before(friday, 4, strictly=True) == date(2021, 5, 7)


def test_units_are_as_coarse_as_they_sound() -> None:
    anchor = date(2021, 5, 14)
    precisions = [unit_back(anchor, 2, unit) for unit in ("day", "week", "month", "year")]
    assert [value.precision for value in precisions if value is not None] == [1, 3, 4, 5]
