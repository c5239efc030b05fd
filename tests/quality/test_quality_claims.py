"""The scorers of claims, and of claims that landed in another incident's record."""

import pytest

from tests.quality.outputs import TEXT, a_claim, a_fold, an_actor, an_event, value_of
from tools.quality.claim_scores import denial_found, score_claims, score_withdrawals
from tools.quality.claims import (
    answers,
    labelled,
    labelled_denials,
    overlapping,
    predicted,
    predicted_statements,
    scored_labels,
)
from tools.quality.wrong_incident import score_misplaced


def a_label(claimant, stance, about, value=None, **more):
    label = {"article_id": "a", "claimant": claimant, "stance": stance, "about": about, "value": value}
    return {**label, "quote": TEXT, **more}


def matches(claim, label, **options):
    return answers(predicted(claim), labelled(label), **options)


@pytest.mark.parametrize("name", ["Syrian state TV", "Damascus", "SANA", "Syrian government"])
def test_a_claimant_is_known_by_country_whatever_the_name(name):
    claim = a_claim("a", name, "asserts", "fatalities", value=6)
    assert matches(claim, a_label("state news agency", "asserts", "fatalities", 6, claimant_norm="Syria"))


def test_an_official_speaks_for_the_country_but_a_private_person_does_not():
    label = a_label("Washington", "asserts", "fatalities", 6)
    claim = a_claim("a", None, "asserts", "fatalities", value=6)
    assert matches({**claim, "claimant": an_actor("Jane Roe", "official", "US")}, label)
    assert not matches({**claim, "claimant": an_actor("Jane Roe", "witness", "US")}, label)


def test_the_narrator_is_the_outlet():
    label = a_label("Wire (narrator)", "asserts", "fatalities", 6)
    assert matches(a_claim("a", None, "asserts", "fatalities", value=6), label)
    assert not matches(a_claim("a", "police", "asserts", "fatalities", value=6), label)


def test_another_number_is_another_claim_but_the_end_of_a_range_is_not():
    label = a_label("police", "asserts", "fatalities", 6)
    assert not matches(a_claim("a", "police", "asserts", "fatalities", value=7), label)
    assert matches(a_claim("a", "police", "confirms", "fatalities", value=[6, 8]), label)


def test_the_claimant_can_be_left_out_of_account():
    claim = a_claim("a", "mayor", "asserts", "fatalities", value=6)
    assert matches(claim, a_label("police", "asserts", "fatalities", 6), any_claimant=True)


def test_a_label_that_accuses_two_is_answered_by_either():
    label = a_label("monitors", "attributes", "responsibility", "Russia and Syrian regime")
    for accused in ("Moscow", "Syrian army"):
        claim = a_claim("a", "monitors", "attributes", "responsibility", actor=an_actor(accused))
        assert matches(claim, label)
    other = a_claim("a", "monitors", "attributes", "responsibility", actor=an_actor("Turkey"))
    assert not matches(other, label)


def test_who_claims_responsibility_speaks_of_himself():
    claim = a_claim("a", "ISIL", "claims_responsibility", "responsibility")
    assert matches(claim, a_label("Daesh", "claims_responsibility", "responsibility", "Daesh"))


def test_absences_words_and_condemnations_are_not_scored():
    incident = {
        "incident_id": "g",
        "claims": [
            a_label("Wire (narrator)", "asserts", "responsibility", "no claim"),
            a_label("bishop", "condemns", "responsibility"),
            a_label("police", "asserts", "injured", "dozens"),
            a_label("police", "asserts", "fatalities", 6),
        ],
    }
    assert [statement.value for statement in scored_labels([incident])] == [6]


def test_a_statement_repeated_in_an_article_counts_once_and_as_the_primary_s():
    said = a_claim("a", "police", "asserts", "fatalities", value=6)
    fold = a_fold({"a": [an_event(), an_event(claims=[said])]}, {})
    fold.extractions["a"]["events"][0]["claims"] = [said, said]
    statements = predicted_statements(fold, ["a"])
    assert [statement.primary for statement in statements] == [True]


def test_precision_asks_primary_events_only_unless_a_label_is_answered():
    right = a_claim("a", "police", "asserts", "fatalities", value=6)
    wrong = a_claim("a", "police", "asserts", "fatalities", value=60)
    labels = [labelled(a_label("police", "asserts", "fatalities", 6))]
    aside = a_fold({"a": [an_event(), an_event(claims=[right, wrong])]}, {})
    main = a_fold({"a": [an_event(claims=[right, wrong])]}, {})
    for fold, precision in ((aside, 1.0), (main, 0.5)):
        scores = score_claims(labels, predicted_statements(fold, ["a"]), "x")
        assert value_of(scores, "x.figures.p") == precision
        assert value_of(scores, "x.figures.r") == 1


def test_a_denial_is_found_by_its_claimant_or_by_its_words():
    denial = labelled(a_label("militia", "denies", "responsibility", quote="The militia denied any part"))
    by_name = predicted(a_claim("a", "Militia", "denies", "responsibility"))
    by_words = predicted(
        a_claim("a", "they", "denies", "responsibility", evidence={"quote": "militia denied any part."})
    )
    elsewhere = predicted(a_claim("b", "Militia", "denies", "responsibility"))
    assert denial_found(denial, [by_name])
    assert denial_found(denial, [by_words])
    assert not denial_found(denial, [elsewhere])


def test_a_bare_office_answers_the_person_who_holds_it():
    label = a_label("army spokesman Captain Ito", "asserts", "fatalities", 6)
    assert matches(a_claim("a", "army spokesman", "asserts", "fatalities", value=6), label)
    assert not matches(a_claim("a", "police spokeswoman", "asserts", "fatalities", value=6), label)


def test_a_retraction_is_found_by_article_stance_and_claimant():
    gold = [labelled(a_label("coast guard", "retracts", "injured", 1))]
    for claim, value in (
        (a_claim("a", "Coast Guard", "retracts", "injured"), 1),
        (a_claim("a", "Coast Guard", "asserts", "injured", value=1), 0),
        (a_claim("b", "Coast Guard", "retracts", "injured"), 0),
    ):
        assert score_withdrawals(gold, [predicted(claim)], "x").value == value


def test_a_denial_labelled_under_two_incidents_is_one_denial():
    label = a_label("militia", "denies", "responsibility")
    incidents = [{"incident_id": g, "claims": [label]} for g in ("g", "h")]
    assert len(labelled_denials(incidents)) == 1


def test_quotes_overlap_when_most_words_of_the_shorter_are_in_the_longer():
    assert overlapping("six people were killed", TEXT)
    assert not overlapping("seven aircraft were seen over the town", TEXT)
    assert not overlapping("", TEXT)


def test_a_claim_made_about_one_incident_and_carried_by_another_record_is_misplaced():
    claim = a_claim("a", "police", "asserts", "fatalities", value=6)
    labels = [labelled(a_label("police", "asserts", "fatalities", 6), "g")]
    fold = a_fold({"a": [], "b": []}, {"x": ["a"], "y": ["b"]}, x={"claims": [claim]}, y={"claims": [claim]})
    gold = {"a": "g", "b": "h"}
    assert score_misplaced(labels, fold, gold, "c").value == -1


def test_a_claim_labelled_for_both_incidents_is_misplaced_in_neither():
    claim = a_claim("a", "police", "asserts", "fatalities", value=6)
    labels = [labelled(a_label("police", "asserts", "fatalities", 6), incident) for incident in "gh"]
    fold = a_fold({"a": [], "b": []}, {"y": ["b"]}, y={"claims": [claim]})
    assert score_misplaced(labels, fold, {"a": "g", "b": "h"}, "c").value == 0
