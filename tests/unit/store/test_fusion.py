"""Fusion: what many tables say together, coarse values backing fine ones, copies counted once."""

from datetime import date, timedelta

from schemas.extraction import Alternatives, CountOption, DateOption, DateRange, Place, PlaceOption
from services.store.fusion import fuse
from services.store.matching.model import ReportView
from tests.unit.store.matching.stories import HARBOUR, MONDAY, on, story

REGION = Place(admin1="Zeeland Coast", country="BE", precision=4)
TOWN = Place(name="Marbeke", admin1="Zeeland Coast", country="BE", precision=1)


def report(number: int, *, later: int = 1, **tables: dict) -> ReportView:
    values = {
        "date": tuple(DateOption(value=v, p=p) for v, p in tables.get("dates", {}).items()),
        "place": tuple(PlaceOption(value=v, p=p) for v, p in tables.get("places", {}).items()),
        "fatalities": tuple(CountOption(value=v, p=p) for v, p in tables.get("killed", {}).items()),
    }
    return story(f"f{number}", HARBOUR, day=None, later=later, alternatives=Alternatives(**values))


def test_two_unsure_reports_outvote_a_surer_one() -> None:
    tuesday = on(MONDAY + timedelta(days=1))
    views = [report(1, dates={tuesday: 0.7}), *(report(n, dates={on(MONDAY): 0.5}) for n in (2, 3))]
    assert fuse([(view, False) for view in views]).date == on(MONDAY)


def test_a_coarser_place_backs_the_finer_one_it_contains() -> None:
    views = [report(1, places={TOWN: 0.6}), report(2, places={REGION: 0.9}), report(3, places={REGION: 0.9})]
    assert fuse([(view, False) for view in views]).place == TOWN


def test_a_month_backs_the_day_within_it() -> None:
    month = DateRange(start=date(2021, 3, 1), end=date(2021, 3, 31), precision=4)
    views = [report(1, dates={on(MONDAY): 0.4}), report(2, dates={month: 0.9}, later=30)]
    assert fuse([(view, False) for view in views]).date == on(MONDAY)


def test_a_day_after_the_first_report_is_doubted() -> None:
    late = on(MONDAY + timedelta(days=9))
    views = [report(1, dates={on(MONDAY): 0.5}, later=0), report(2, dates={late: 0.9}, later=9)]
    assert fuse([(view, False) for view in views]).date == on(MONDAY)


def test_copies_of_one_text_vote_once() -> None:
    views = [report(1, killed={3: 0.9}), report(2, killed={2: 0.6}), report(3, killed={2: 0.6})]
    fused = fuse([(views[0], False), (views[1], False), (views[2], True)])
    assert fused.alternatives.fatalities[0].value == 3


def test_silence_on_a_count_weighs_less_than_a_figure() -> None:
    views = [report(1, killed={None: 0.9}), report(2, killed={2: 0.8})]
    assert fuse([(view, False) for view in views]).alternatives.fatalities[0].value == 2


def test_what_no_report_says_stays_unknown() -> None:
    fused = fuse([(report(1), False)])
    assert fused.date is None
    assert fused.place is None
    assert [option.value for option in fused.alternatives.fatalities] == [None]
