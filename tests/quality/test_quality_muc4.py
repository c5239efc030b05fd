"""The scorer of event templates."""

import pytest

from tests.quality.outputs import a_fold, an_event, at, count, on, value_of
from tools.quality.muc4 import align, date_bound, date_exact, date_within, muc_type, score_templates
from tools.quality.names import same_organisation


def a_template(kind="ATTACK", number="1", day="1989-05-05", since="same", **more):
    spans = [{"from": day if since == "same" else since, "to": day}] if day else []
    base = {
        "template": number, "event_type": kind, "date_alternatives": spans,
        "location_raw": "PERU: LA OROYA (TOWN)", "perp_organization": [],
        "killed_derived": 0, "injured_derived": 0,
    }  # fmt: skip
    return {**base, **more}


def scored(events, templates):
    gold = [{"id": "a", "gold": {"templates": templates, "relevant": bool(templates)}}]
    return score_templates(gold, a_fold({"a": events}, {}))


@pytest.mark.parametrize(
    ("fields", "kind"),
    [
        ({"event_mode": "firearms"}, "ATTACK"),
        ({"event_mode": "aerial"}, "ATTACK"),
        ({"event_mode": None}, "ATTACK"),
        ({"event_mode": "abduct"}, "KIDNAPPING"),
        ({"event_mode": "explosives"}, "BOMBING"),
        ({"event_mode": "suicide-attack"}, "BOMBING"),
        ({"event_mode": "destroy"}, "ARSON"),
        ({"event_mode": "destroy", "weapon": "dynamite"}, "BOMBING"),
        ({"event_type": "COERCE", "event_mode": "arrest"}, None),
        ({"event_type": "SANCTION", "event_mode": None}, None),
        ({"relation": "cumulative"}, None),
        ({"stage": "historical"}, None),
        ({"stage": "planned"}, "ATTACK"),
    ],
)
def test_plover_events_are_read_as_muc_types(fields, kind):
    assert muc_type(an_event(**fields)) == kind


def test_types_must_agree_and_dates_decide_between_templates_of_one_type():
    templates = [a_template(number="1", day="1989-01-01"), a_template(number="2")]
    alignment = align([an_event(date=on("1989-05-05"))], templates)
    assert [pair.template["template"] for pair in alignment.pairs] == ["2"]
    assert [t["template"] for t in alignment.missed] == ["1"]


def test_a_place_name_breaks_the_tie_where_dates_do_not():
    templates = [a_template(number="1", location_raw="PERU: LIMA (CITY)"), a_template(number="2")]
    alignment = align([an_event(place=at("La Oroya"))], templates)
    assert [pair.template["template"] for pair in alignment.pairs] == ["2"]


def test_an_optional_template_is_a_hit_when_found_and_no_miss_when_not():
    scores = scored([an_event()], [a_template(), a_template("BOMBING", "2 (OPTIONAL)")])
    assert value_of(scores, "muc4.type.f1") == 1


def test_a_lone_event_answers_the_required_template_before_the_optional_one():
    scores = scored([an_event()], [a_template(number="1 (OPTIONAL)"), a_template(number="2")])
    assert value_of(scores, "muc4.type.r") == 1


def test_a_template_of_two_types_accepts_either_and_extra_events_cost_precision():
    scores = scored([an_event(), an_event()], [a_template("BOMBING / ATTACK")])
    assert (value_of(scores, "muc4.type.p"), value_of(scores, "muc4.type.r")) == (0.5, 1)


def test_a_date_may_lie_anywhere_in_an_accepted_span_but_is_exact_on_a_single_day_only():
    open_span = a_template(since=None)
    assert date_within(an_event(date=on("1989-04-01")), open_span)
    assert not date_within(an_event(date=on("1989-05-06")), open_span)
    assert not date_exact(an_event(date=on("1989-05-05")), open_span)
    assert date_exact(an_event(date=on("1989-05-05")), a_template())
    assert not date_exact(an_event(date=on("1989-05-04", "1989-05-05")), a_template())


def test_a_bound_of_an_open_span_is_its_last_day():
    open_span = a_template(since=None)
    assert date_bound(an_event(date=on("1989-05-05")), open_span)
    assert not date_bound(an_event(date=on("1989-05-04")), open_span)
    assert not date_bound(an_event(date=None), open_span)


def test_templates_without_a_single_day_are_not_asked_for_one():
    scores = scored([an_event(date=on("1989-05-05"))], [a_template(since=None)])
    exact = next(score for score in scores if score.name == "muc4.date.exact")
    assert exact.count == 0


def test_counts_are_asked_of_aligned_events_with_a_known_answer():
    templates = [a_template(killed_derived=None, injured_derived=3)]
    scores = {s.name: s for s in scored([an_event(injured=count(3))], templates)}
    assert (scores["muc4.killed"].count, scores["muc4.injured"].value) == (0, 1)


def test_organisations_match_by_initials_and_persons_are_left_out():
    slot = {"alternatives": ["FRENTE ROJO UNIDO", "\\"], "optional": False}
    people = [{"name": "FRU", "kind": "armed_group"}, {"name": "Ana Rios", "kind": "person"}]
    scores = scored([an_event(perpetrators=people)], [a_template(perp_organization=[slot])])
    assert value_of(scores, "muc4.perpetrator.f1") == 1


def test_an_optional_organisation_that_is_missed_costs_nothing():
    slot = {"alternatives": ["POLICE"], "optional": True}
    scores = {s.name: s for s in scored([an_event()], [a_template(perp_organization=[slot])])}
    assert scores["muc4.perpetrator.r"].count == 0


def test_a_generic_name_is_not_found_inside_another_body_s_name():
    assert same_organisation("army", ["HONDURAN ARMY"])
    assert not same_organisation("army", ["NATIONAL LIBERATION ARMY"])
    assert not same_organisation("National Liberation Army", ["ARMY"])
