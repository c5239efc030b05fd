"""The scorer of the project's own corpus, and the table that the gate prints."""

from pathlib import Path

import pytest

from tests.quality.outputs import a_claim, a_fold, an_actor, an_event, at, count, on, value_of
from tools.quality.own import HELD_OUT, RULES, same_or_unsaid, score_own
from tools.quality.rows import Score, read_rows
from tools.quality.table import table

CORPUS = Path(__file__).with_name("corpus")
UNSAID = {"low": None, "best": None, "high": None}


def a_label(article="a", incident="g", **more):
    label = {
        "id": article, "part": RULES, "incident_id": incident, "incident_ids": [incident],
        "event_type": "ASSAULT", "event_mode": "firearms|None", "date": on("2023-05-01"),
        "place": {"name": "Arborville", "admin1": None, "country": "XA"},
        "killed": count(6), "injured": UNSAID, "claims": [], "trap_counts": [60],
    }  # fmt: skip
    return {**label, **more}


def right_event(**more):
    event = an_event(date=on("2023-05-01"), place=at("Arborville", None, "XA"), fatalities=count(6))
    return {**event, **more}


def scored(gold, fold):
    articles = [{"id": row["id"], "text": "Nothing.", "title": None} for row in gold]
    return score_own(articles, gold, fold)


FIELDS = ("type", "mode", "date", "place", "country", "killed", "killed.span", "injured", "traps")


def test_a_right_event_is_right_in_every_field():
    scores = scored([a_label()], a_fold({"a": [right_event()]}, {"x": ["a"]}))
    assert [value_of(scores, f"own.{field}") for field in FIELDS] == [1.0] * len(FIELDS)


@pytest.mark.parametrize(
    ("field", "mistake"),
    [
        ("type", {"event_type": "ACCIDENT"}),
        ("mode", {"event_mode": "aerial"}),
        ("date", {"date": on("2023-05-02")}),
        ("date", {"date": None}),
        ("place", {"place": at("Brookton", None, "XA")}),
        ("country", {"place": at("Arborville", None, "XB")}),
        ("killed", {"fatalities": count(7)}),
        ("killed.span", {"fatalities": count(6, 5, 6)}),
        ("injured", {"injured": count(0)}),
        ("traps", {"fatalities": count(6, 6, 60)}),
    ],
)
def test_a_mistake_costs_its_field(field, mistake):
    scores = scored([a_label()], a_fold({"a": [right_event(**mistake)]}, {"x": ["a"]}))
    assert value_of(scores, f"own.{field}") == 0


def test_any_day_of_a_labelled_span_is_right_and_a_wider_one_is_not():
    gold = [a_label(date=on("2023-04-01", "2023-05-01"))]
    for days, right in ((on("2023-04-17"), 1), (on("2023-04-01", "2023-05-02"), 0)):
        fold = a_fold({"a": [right_event(date=days)]}, {"x": ["a"]})
        assert value_of(scored(gold, fold), "own.date") == right


def test_a_trap_that_the_record_shows_is_caught_even_where_the_article_avoids_it():
    fold = a_fold({"a": [right_event()]}, {"x": ["a"]}, x={"fatalities": count(60)})
    assert value_of(scored([a_label()], fold), "own.traps") == 0


def test_nothing_said_is_null_and_zero_is_answered_by_null_too():
    assert same_or_unsaid(None, None)
    assert same_or_unsaid(None, 0)
    assert not same_or_unsaid(0, None)
    assert not same_or_unsaid(None, 3)


def test_what_is_not_asked_is_not_counted():
    gold = [a_label(date=None, killed=None)]
    scores = {s.name: s for s in scored(gold, a_fold({"a": [right_event()]}, {"x": ["a"]}))}
    assert (scores["own.date"].count, scores["own.killed"].count, scores["own.place"].count) == (0, 0, 1)


def test_news_of_no_known_type_must_get_none_or_not_have_happened():
    gold = [a_label(event_type=None, event_mode=None)]
    for event, right in ((an_event(event_type=None), 1), (an_event(stage="denied"), 1), (an_event(), 0)):
        scores = scored(gold, a_fold({"a": [event]}, {"x": ["a"]}))
        assert value_of(scores, "own.untyped") == right


def test_a_second_incident_of_an_article_must_reach_the_record_of_that_incident():
    gold = [a_label("a", "g", incident_ids=["g", "h"]), a_label("b", "h")]
    events = {"a": [right_event()], "b": [right_event()]}
    for second, right in ((["b", "a"], 1), (["b"], 0)):
        scores = scored(gold, a_fold(events, {"x": ["a"], "y": second}))
        assert value_of(scores, "own.secondary") == right


def test_held_out_figures_are_taken_on_that_part_alone():
    gold = [a_label("a"), a_label("b", "h", part=HELD_OUT)]
    fold = a_fold({"a": [right_event()], "b": [right_event(date=None)]}, {"x": ["a"], "y": ["b"]})
    scores = scored(gold, fold)
    assert (value_of(scores, "own.date"), value_of(scores, "own.held_out.date")) == (0.5, 0)


def test_what_a_title_repeats_can_answer_a_label_and_is_no_error_where_it_does_not():
    quote = "police said six people had died"
    label = {"claimant": "police", "stance": "asserts", "about": "fatalities", "value": 6, "actor": None}
    titled = {"in": "title", "start": 0, "end": 3, "quote": "Six"}
    said = a_claim("a", "police", "asserts", "fatalities", value=6)
    echo = a_claim("a", None, "asserts", "fatalities", value=6, evidence=titled)
    fold = a_fold({"a": [right_event(claims=[said, echo])]}, {"x": ["a"]})
    scores = scored([a_label(claims=[{**label, "quote": quote}])], fold)
    assert value_of(scores, "own.claims.figures.f1") == 1


def test_the_table_shows_gated_figures_with_floor_and_goal_and_says_what_fell():
    scores = [Score("a.x", 0.5, 10), Score("a.y", 0.9, 10), Score("a.z", 0.1, 10)]
    lines = list(table(scores, {"a.x": 0.6}, {"a.y": 0.9}, full=False))
    assert [line.split()[0] for line in lines] == ["figure", "a.x", "a.y"]
    assert lines[1].endswith("BELOW THE FLOOR")
    assert lines[2].endswith("goal reached")
    assert len(list(table(scores, {}, {}, full=True))) == 4


def told_as_labelled(row):
    """The claim of a label as a fold would write it."""
    actor = an_actor(row["actor"]) if row["actor"] else None
    words = {"in": "text", "start": 0, "end": len(row["quote"]), "quote": row["quote"]}
    claimant = row["claimant"][-1] if isinstance(row["claimant"], list) else row["claimant"]
    claim = a_claim("", claimant, row["stance"], row["about"], value=row["value"], actor=actor)
    return {**claim, "evidence": words}


def event_as_labelled(row):
    """The primary event of an article as its label has it."""
    mode = None if row["event_mode"] is None else row["event_mode"].split("|")[0]
    claims = [{**told_as_labelled(claim), "article_id": row["id"]} for claim in row["claims"]]
    figures = {"fatalities": row["killed"] or UNSAID, "injured": row["injured"] or UNSAID}
    kind = {"event_type": row["event_type"], "event_mode": mode if mode != "None" else None}
    return an_event(**kind, **figures, date=row["date"], place=row["place"], claims=claims)


def fold_as_labelled(gold):
    """A fold that says what the labels say, with the records that they imply."""
    incidents = {row["incident_id"]: [] for row in gold}
    for row in gold:
        for incident in row["incident_ids"]:
            incidents.setdefault(incident, []).append(row["id"])
    fold = a_fold({row["id"]: [event_as_labelled(row)] for row in gold}, incidents)
    for row in gold:
        fold.assignments[row["id"]]["incident_id"] = row["incident_id"]
    return fold


def test_the_labels_of_the_corpus_answer_themselves():
    gold = read_rows(CORPUS / "gold.jsonl")
    scores = score_own(read_rows(CORPUS / "articles.jsonl"), gold, fold_as_labelled(gold))
    wrong = {s.name for s in scores if s.count and s.value < 1 and "evidence" not in s.name}
    assert wrong == {"own.claims_misplaced"}
    assert value_of(scores, "own.claims_misplaced") == 0
    denials = next(s for s in scores if s.name == "own.denials_found")
    assert denials.value == denials.count
