"""The scorer of per-article fields."""

import pytest

from tests.quality.outputs import a_fold, an_event, at, count, on, value_of
from tools.quality.fields import score_fields
from tools.quality.names import distance_km, place_key, same_region_name

GOLD = {
    "id": "a",
    "incident_id": "g",
    "gold": {
        "date": "2014-05-05",
        "city": "Saint Joseph",
        "state": "Missouri",
        "lat_lon": [39.77, -94.85],
        "killed": 2,
        "injured": 0,
    },
}


def scored(**fields):
    return score_fields([GOLD], a_fold({"a": [an_event(**fields)]}, {"x": ["a"]}))


@pytest.mark.parametrize(
    ("day", "exact", "near"),
    [("2014-05-05", 1, 1), ("2014-05-04", 0, 1), ("2014-05-06", 0, 1), ("2014-05-07", 0, 0)],
)
def test_a_date_is_right_on_the_day_and_near_within_one_day(day, exact, near):
    scores = scored(date=on(day))
    assert (value_of(scores, "gva.date.exact"), value_of(scores, "gva.date.near")) == (exact, near)


def test_a_place_is_right_by_name_and_state_whatever_the_spelling_of_saint_and_the_state():
    scores = scored(place=at("St. Joseph", "MO", "US"))
    assert value_of(scores, "gva.place.city_state") == 1


def test_a_namesake_in_another_state_is_wrong_even_by_distance():
    scores = scored(place=at("Saint Joseph", "Michigan", "US", latitude=42.1, longitude=-86.5))
    assert value_of(scores, "gva.place.city_state") == 0
    assert value_of(scores, "gva.place.near") == 0


def test_another_name_within_twenty_km_is_near_but_not_right():
    scores = scored(place=at("Elwood", "Kansas", "US", latitude=39.75, longitude=-94.87))
    assert value_of(scores, "gva.place.city_state") == 0
    assert value_of(scores, "gva.place.near") == 1


def test_nothing_said_answers_zero_leniently_and_never_strictly():
    scores = scored(fatalities=count(2))
    assert value_of(scores, "gva.counts") == 1
    assert value_of(scores, "gva.injured.strict") == 0
    assert value_of(scores, "gva.counts.strict") == 0


def test_nothing_said_does_not_answer_a_number():
    assert value_of(scored(injured=count(0)), "gva.killed") == 0


def test_an_article_without_an_event_is_wrong_in_every_field_even_where_gold_is_zero():
    scores = score_fields([GOLD], a_fold({"a": []}, {}))
    assert {score.value for score in scores} == {0}
    assert {score.count for score in scores} == {1}


def test_place_names_drop_filler_words_but_not_the_whole_name():
    assert place_key("City of Orange (county)") == ("orange",)
    assert place_key("The Village") == ("the", "village")


def test_a_region_is_the_same_by_postal_code_but_codes_of_other_countries_are_left_alone():
    assert same_region_name("ga", "Georgia")
    assert not same_region_name("Georgia", "GAO")
    assert not same_region_name(None, "Georgia")


def test_a_degree_of_latitude_is_about_111_km():
    assert distance_km((10.0, 20.0), (11.0, 20.0)) == pytest.approx(111.2, abs=0.1)
