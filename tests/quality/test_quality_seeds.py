"""The seeds' checks: each holds on a right record and fails on the mistake that it is there for."""

import copy

import pytest

from tests.quality.outputs import a_claim, a_fold, an_actor, an_event, at, count, on
from tools.quality.seeds import (
    A0,
    A1,
    A2,
    A4,
    ARTICLES,
    CHECKS,
    denials_labelled,
    found_denials,
    score_as_known,
    score_seeds,
)

RUSSIA = an_actor("Russia", "state", "RU")
SYRIA = an_actor("Syria", "state", "SY")
TURKEY = an_actor("Turkey", "state", "TR")
VILLAGE = at("Behun", "Idlib", "SY", latitude=35.8, longitude=36.6, contained_in="Idlib")


def attributes(article, claimant, accused, about="responsibility", **more):
    return a_claim(article, claimant, "attributes", about, actor=accused, **more)


def denies(article, claimant, about="responsibility", start=0, end=5):
    words = {"in": "text", "start": start, "end": end, "quote": "x" * (end - start)}
    return a_claim(article, claimant, "denies", about, evidence=words)


def scores_of_wounded():
    return a_claim(A4, "Turkey", "asserts", "injured", qualifier="scores")


def right_claims():
    """What a right record says, in no words of the articles."""
    american = {"caveat": "without naming which one", "said_at": "2020-03-17"}
    return [
        *(attributes(a, "Turkey", SYRIA) for a in (A0, A1, A2, A4)),
        *(attributes(a, "Russian defence ministry", SYRIA) for a in (A2, A4)),
        *(attributes(a, "United States", RUSSIA, **american) for a in (A0, A1)),
        *(attributes(a, None, RUSSIA) for a in (A0, A2)),
        *(attributes(a, "Moscow", TURKEY, "circumstances") for a in (A2, A4)),
        denies(A2, "Russia", start=100, end=150),
        denies(A4, "Russia", start=2430, end=2440),
        denies(A4, "Russia", start=2520, end=2530),
        denies(A4, "Turkish Defence Minister", "circumstances", start=1200, end=1250),
        a_claim(A2, "Turkey", "asserts", "fatalities", value=33),
        a_claim(A0, None, "asserts", "fatalities", value=34),
        scores_of_wounded(),
    ]


def right_fold():
    """A fold in which every check holds."""
    strike = {"event_type": "ASSAULT", "event_mode": "aerial"}
    claims = right_claims()
    record = {
        **strike, "sub_event": "Air/drone strike", "date": on("2020-02-27"),
        "place": {**VILLAGE, "precision": 4},
        "fatalities": count(34, 33, 34), "injured": count(40), "grade": "contested", "claims": claims,
        "victims": [{"group": "Turkish soldiers", "nationality": "TR"}],
        "sources": {"articles": 5, "outlets": 4, "independent": 4}, "evidence": [],
    }  # fmt: skip
    sanction, strike_back = an_event(event_type="SANCTION"), an_event(fatalities=count(16))
    events = {a: [an_event(**strike, claims=[c for c in claims if c["article_id"] == a])] for a in ARTICLES}
    events[A0].append(sanction)
    events[A1].append(sanction)
    events[A4].append(strike_back)
    incidents = {"m": list(ARTICLES), "s": [A0, A1], "r": [A4]}
    others = {"s": {"event_type": "SANCTION"}, "r": {"fatalities": count(16)}}
    return a_fold(events, incidents, m=record, **others)


def record_of(fold):
    return fold.incidents_by_id["m"]


def failed(fold):
    return {s.name.removeprefix("seeds.") for s in score_seeds(fold) if s.value < 1}


def test_every_check_holds_on_a_right_fold():
    assert failed(right_fold()) == set()


def test_no_check_holds_on_an_empty_fold():
    assert failed(a_fold({}, {})) == {*CHECKS, "all"}


MISTAKES = {
    "date": {"date": on("2020-02-28")},
    "type": {"event_mode": "heavy-weapons"},
    "killed": {"fatalities": count(34, 33, 59)},
    "injured": {"injured": count(None)},
    "place.name": {"place": at("Saraqib", "Idlib", "SY", latitude=35.8, longitude=36.6)},
    "grade": {"grade": "fair"},
    "sources": {"sources": {"articles": 5, "outlets": 5}},
    "victims": {"victims": [{"group": "civilians", "nationality": None}]},
    "acled_label": {"sub_event": None},
    "place.province": {"place": at("Behun", "Hama", "SY", latitude=35.8, longitude=36.6)},
}


@pytest.mark.parametrize("check", MISTAKES)
def test_a_wrong_field_fails_its_check(check):
    fold = right_fold()
    record_of(fold).update(MISTAKES[check])
    assert check in failed(fold)


@pytest.mark.parametrize("mistake", [{"precision": 1}, {"latitude": 41.0}, {"latitude": None}])
def test_a_point_outside_the_province_or_falsely_exact_fails(mistake):
    fold = right_fold()
    record_of(fold)["place"].update(mistake)
    assert failed(fold) == {"place.point", "all"}


def test_each_claim_that_is_missing_fails_a_check_of_its_own():
    fold = right_fold()
    claims = record_of(fold)["claims"]
    figures = {"fatalities"}
    repeated = {(A4, "Russia", "denies")}
    for index, claim in enumerate(claims):
        key = (claim["article_id"], claim["claimant"]["name"], claim["stance"])
        if claim["about"] not in figures and key not in repeated:
            less = copy.deepcopy(fold)
            del record_of(less)["claims"][index]
            assert len(failed(less)) >= 2, claim


@pytest.mark.parametrize("number", [59, 60, 300, 16])
def test_a_cumulative_or_foreign_count_among_the_claims_fails(number):
    fold = right_fold()
    record_of(fold)["claims"].append(a_claim(A0, None, "asserts", "fatalities", value=number))
    assert failed(fold) == {"not.cumulative_or_foreign_count", "all"}


def test_a_figure_resting_on_a_sentence_about_something_else_fails():
    fold = right_fold()
    record_of(fold)["evidence"] = [{"field": "date", "quote": "when a drone was lost near Saraqeb"}]
    assert failed(fold) == {"not.drone_of_tuesday", "not.capture_of_saraqeb", "all"}


def test_a_retaliation_in_the_same_record_fails():
    fold = right_fold()
    fold.incidents_by_id["r"]["fatalities"] = count(None)
    assert "not.retaliation_merged" in failed(fold)


def test_a_sanction_in_the_same_record_fails():
    fold = right_fold()
    fold.incidents_by_id["s"]["event_type"] = "ASSAULT"
    assert {"not.sanction_merged.seed-000", "not.sanction_merged.seed-001"} <= failed(fold)


def test_denials_are_found_by_article_claimant_and_place_in_the_text():
    assert len(found_denials(right_fold())) == denials_labelled() == 4


def test_a_denial_elsewhere_in_the_article_is_not_the_labelled_one():
    fold = a_fold({A2: [an_event(claims=[denies(A2, "Russia", start=3000, end=3010)])]}, {})
    assert found_denials(fold) == []


@pytest.mark.parametrize(("day", "right"), [("2020-03-01", False), ("2020-03-19", True)])
def test_the_later_accusation_is_wanted_after_its_day_and_not_before(day, right):
    assert score_as_known(right_fold(), day).value == float(right)
