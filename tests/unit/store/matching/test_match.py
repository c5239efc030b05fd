"""The decision: what belongs together goes together, near misses stay apart, and why is said."""

from datetime import timedelta

import pytest

from schemas.extraction import Place
from schemas.taxonomy import EventType
from services.store.matching.index import CANDIDATES_MAX, MatchIndex
from services.store.matching.match import match
from services.store.matching.weights import load_weights
from tests.unit.store.matching.stories import (
    HARBOUR,
    HARBOUR_AGAIN,
    HARBOUR_TRIAL,
    MONDAY,
    harbour,
    market,
    story,
    where,
)

WEIGHTS = load_weights()


@pytest.fixture
def index() -> MatchIndex:
    """An index that holds the shooting at the harbour as incident `harbour`."""
    found = MatchIndex()
    found.add("harbour", harbour())
    return found


def test_the_first_report_opens_an_incident() -> None:
    decision = match(harbour(), MatchIndex(), WEIGHTS)
    assert decision.incident_id is None
    assert decision.features == ()


def test_another_outlets_report_of_the_incident_joins_it(index: MatchIndex) -> None:
    assert match(harbour("h2", HARBOUR_AGAIN), index, WEIGHTS).incident_id == "harbour"


def test_the_same_town_on_the_next_day_is_another_incident(index: MatchIndex) -> None:
    decision = match(market(), index, WEIGHTS)
    assert decision.incident_id is None
    assert decision.score < 0


def test_the_same_town_on_the_next_day_stays_apart_from_a_well_reported_incident(index: MatchIndex) -> None:
    index.add("harbour", harbour("h2", HARBOUR_AGAIN))
    assert match(market(), index, WEIGHTS).incident_id is None


def test_a_trial_weeks_later_joins_by_the_names_of_those_concerned(index: MatchIndex) -> None:
    index.add("harbour", harbour("h2", HARBOUR_AGAIN))
    trial = story("h3", HARBOUR_TRIAL, day=None, place=where(), killed=1, later=120)
    assert match(trial, index, WEIGHTS).incident_id == "harbour"


def test_contributions_sum_to_the_score(index: MatchIndex) -> None:
    decision = match(harbour("h2", HARBOUR_AGAIN), index, WEIGHTS)
    assert sum(f.contribution for f in decision.features) == pytest.approx(decision.score, abs=0.1)
    assert decision.as_reason()["weights"] == WEIGHTS.version


def test_an_excluded_incident_is_never_chosen(index: MatchIndex) -> None:
    assert match(harbour("h2", HARBOUR_AGAIN), index, WEIGHTS, exclude={"harbour"}).incident_id is None


def test_a_copy_names_the_earliest_article_with_its_text(index: MatchIndex) -> None:
    index.add("harbour", harbour("h2", HARBOUR_AGAIN))
    decision = match(harbour("h3", "MARBEKE (AP) " + HARBOUR + " The cafe was closed."), index, WEIGHTS)
    assert decision.copy_of == "h1"


def test_an_own_text_is_no_copy(index: MatchIndex) -> None:
    assert match(harbour("h2", HARBOUR_AGAIN), index, WEIGHTS).copy_of is None


def test_a_report_without_date_and_place_joins_by_its_words(index: MatchIndex) -> None:
    bare = story("h2", HARBOUR_AGAIN, day=None, place=None)
    assert match(bare, index, WEIGHTS).incident_id == "harbour"


def test_an_untyped_report_on_another_subject_stays_apart(index: MatchIndex) -> None:
    text = """The council of Marbeke voted on Monday to build a swimming pool beside Quay Street. The
    mayor, Hendrik Somers, said that it would open in two years and cost nine million."""
    pool = story("p1", text, place=where(), event_type=None, event_mode=None)
    assert match(pool, index, WEIGHTS).incident_id is None


def test_a_lesser_event_of_an_article_joins_only_on_the_same_day_place_and_kind(index: MatchIndex) -> None:
    elsewhere = harbour("x1", index=1, primary=False, place=where("Ostrand", north=50.1), killed=3)
    assert match(elsewhere, index, WEIGHTS).incident_id is None


def test_a_coarser_report_joins_the_finer_one() -> None:
    index = MatchIndex()
    text = """An air strike killed 21 soldiers of Norland near the village of Tel Amun in the province of
    Qasra on Thursday night, President Ardan Velik said. Norland blames the government of Sumeria for the
    raid; Sumeria denies it. General Osman Ker promised an answer."""
    later = """Foreign Secretary Maud Ellery accused Vostria on Tuesday of last month's air strike in
    Qasra, in which 21 soldiers of Norland died. President Ardan Velik had blamed Sumeria for the raid on
    his troops. Ellery announced sanctions against General Osman Ker's opponents."""
    fine = Place(name="Tel Amun", admin1="Qasra", country="SY", latitude=35.7, longitude=36.5, precision=1)
    coarse = Place(admin1="Qasra", country="SY", latitude=35.9, longitude=36.6, precision=4)
    index.add("strike", story("s1", text, place=fine, killed=21, event_mode="aerial"))
    follow_up = story("s2", later, day=None, place=coarse, killed=21, event_mode="aerial", later=20)
    assert match(follow_up, index, WEIGHTS).incident_id == "strike"


def test_a_disaster_is_grouped_by_the_same_rules() -> None:
    index = MatchIndex()
    text = """An earthquake of magnitude 6.4 struck the island of Serrata on Monday morning and killed at
    least 12 people, most of them in the port of Vallone, the civil protection said. Mayor Lucia Bren
    asked for tents and water."""
    again = """At least 14 people died when a 6.4 earthquake shook Serrata on Monday. Houses collapsed in
    Vallone, where Mayor Lucia Bren asked for help, and the civil protection sent tents."""
    quake = {"event_type": EventType.DISASTER, "event_mode": None, "place": where("Vallone", north=38.0)}
    index.add("quake", story("q1", text, killed=12, **quake))
    assert match(story("q2", again, killed=14, **quake), index, WEIGHTS).incident_id == "quake"


def test_however_much_happens_in_a_town_a_bounded_number_is_scored() -> None:
    index = MatchIndex()
    for number in range(60):
        index.add(f"i{number}", harbour(f"a{number}", f"Shots fell in yard {number}. Nobody was hurt there."))
    profile_candidates = match(harbour("new", HARBOUR_AGAIN), index, WEIGHTS)
    assert len(profile_candidates.near) + len(profile_candidates.bridges) <= CANDIDATES_MAX


def test_a_report_published_before_the_event_day_is_no_report_of_it(index: MatchIndex) -> None:
    next_week = market("m1", day=MONDAY + timedelta(days=7), later=8)
    assert match(next_week, index, WEIGHTS).incident_id is None
