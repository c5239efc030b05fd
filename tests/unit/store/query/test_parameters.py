"""What requests may ask for, and how they are told no."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.taxonomy import EventType
from services.store.query.cursor import Cursor, parse_cursor
from services.store.query.errors import BadParameter, ForeignCursor, ReadRefused
from services.store.query.filters import Filters, parse_filters, parse_sort
from services.store.query.moments import parse_moment
from services.store.query.parameters import parse_as_known, parse_limit, refuse_unknown

LOG = "5c0ffee5-0000-4000-8000-000000000000"


def test_a_bare_date_means_its_end() -> None:
    assert parse_moment("2020-03-01", "as_of") == datetime(2020, 3, 1, 23, 59, 59, 999999, UTC)


def test_a_moment_without_an_offset_is_utc_and_one_with_an_offset_is_turned_into_it() -> None:
    assert parse_moment("2020-03-01T12:00", "as_of") == datetime(2020, 3, 1, 12, tzinfo=UTC)
    assert parse_moment("2020-03-01T12:00+03:00", "as_of") == datetime(2020, 3, 1, 9, tzinfo=UTC)


def test_a_plus_that_a_url_turned_into_a_space_is_understood() -> None:
    assert parse_moment("2020-03-01T12:00:00 03:00", "as_of") == datetime(2020, 3, 1, 9, tzinfo=UTC)


def test_every_wrong_filter_is_named_at_once() -> None:
    with pytest.raises(BadParameter) as caught:
        parse_filters({"type": "NOISE", "bbox": "1,2,3", "from": "yesterday"})
    assert {one.parameter for one in caught.value.errors} == {"type", "bbox", "from"}


def test_filters_are_read_in_any_case() -> None:
    filters = parse_filters({"type": "assault", "country": "sy", "mode": "Aerial"})
    assert filters == Filters(event_type=EventType.ASSAULT, country="SY", event_mode="aerial")


def test_a_cursor_of_another_log_is_refused_as_gone() -> None:
    with pytest.raises(ForeignCursor):
        parse_cursor("another-log:12", LOG)


@pytest.mark.parametrize(
    "text", ["", "abc", f"{LOG}:-1", f"{LOG}:1~!!", f"{LOG}:9223372036854775808", "1~eyJhIjoxfQ"]
)
def test_what_is_no_cursor_is_told_so(text: str) -> None:
    with pytest.raises(BadParameter):
        parse_cursor(text, LOG)


@given(
    st.integers(0, 2**63 - 1),
    st.one_of(st.none(), st.tuples(st.one_of(st.none(), st.integers(), st.text()), st.text())),
)
def test_a_cursor_reads_back_as_it_was_written(position: int, key: tuple[object, str] | None) -> None:
    cursor = Cursor(LOG, position, key)
    assert parse_cursor(str(cursor), LOG) == cursor


@given(st.text())
def test_no_text_breaks_the_cursor_parser(text: str) -> None:
    try:
        parse_cursor(text, LOG)
    except ReadRefused:
        pass


@given(st.dictionaries(st.sampled_from(["q", "type", "mode", "country", "bbox", "from", "to", "min_fatalities",
                                        "updated_since", "grade", "hidden"]), st.text(max_size=30)))  # fmt: skip
def test_no_text_breaks_the_filters(given_: dict[str, str]) -> None:
    try:
        parse_filters(given_)
    except BadParameter:
        pass


@pytest.mark.parametrize(
    ("text", "position"),
    [("12", 12), (f"{LOG}:12", 12), ("2020-03-01", None), ("2020-03-01T10:00:00Z", None)],
)
def test_as_recorded_takes_a_position_or_a_time(text: str, position: int | None) -> None:
    known = parse_as_known({"as_recorded": text}, LOG)
    assert known.position == position
    assert (known.recorded_by is None) == (position is not None)


def test_an_unknown_figure_policy_is_refused_with_the_known_ones() -> None:
    with pytest.raises(BadParameter, match="latest-by-claimant/1"):
        parse_as_known({"figure_policy": "mine"}, LOG)


def test_a_page_may_not_be_larger_than_the_limit() -> None:
    assert parse_limit({}, 20) == 20
    with pytest.raises(BadParameter):
        parse_limit({"limit": "21"}, 20)


def test_a_parameter_that_a_path_does_not_know_is_refused_not_ignored() -> None:
    with pytest.raises(BadParameter, match="asof"):
        refuse_unknown({"asof": "1"}, ("as_of",))


def test_an_unknown_order_is_refused() -> None:
    with pytest.raises(BadParameter):
        parse_sort("random")


INCIDENT = {
    "id": "i1",
    "headline": "Air strike kills 5 in Tana, Coast",
    "event_type": "ASSAULT",
    "event_mode": "aerial",
    "hidden": False,
    "place": {"country": "KE", "latitude": -1.5, "longitude": 40.0},
    "date": {"start": "2023-05-10", "end": "2023-05-11", "precision": 2},
    "fatalities": {"low": 5, "best": 5, "high": 6},
    "grade": "weak",
}


@pytest.mark.parametrize(
    ("asked", "passes"),
    [
        ({}, True),
        ({"type": "ASSAULT"}, True),
        ({"type": "PROTEST"}, False),
        ({"country": "KE"}, True),
        ({"country": "SO"}, False),
        ({"bbox": "39,-2,41,0"}, True),
        ({"bbox": "170,-2,-170,0"}, False),
        ({"from": "2023-05-11"}, True),
        ({"from": "2023-05-12"}, False),
        ({"to": "2023-05-09"}, False),
        ({"min_fatalities": "5"}, True),
        ({"min_fatalities": "6"}, False),
        ({"q": "tana strike"}, True),
        ({"q": "flood"}, False),
        ({"grade": "contested"}, False),
    ],
)
def test_a_stream_filter_admits_what_a_list_would_show(asked: dict[str, str], passes: bool) -> None:
    assert parse_filters(asked).admit(INCIDENT) is passes


def test_an_incident_of_unknown_place_or_toll_passes_no_filter_on_them() -> None:
    unknown = {
        **INCIDENT,
        "place": None,
        "fatalities": {"low": None, "best": None, "high": None},
        "date": None,
    }
    assert parse_filters({}).admit(unknown)
    for asked in ({"country": "KE"}, {"bbox": "39,-2,41,0"}, {"min_fatalities": "0"}, {"from": "2023-01-01"}):
        assert not parse_filters(asked).admit(unknown)


def test_days_compare_as_days() -> None:
    assert parse_filters({"from": "2023-05-10"}).first_day == date(2023, 5, 10)
