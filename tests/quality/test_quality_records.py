"""The scorers of fused records, of evidence, and the parts of a set."""

import pytest

from tests.quality.outputs import TEXT, a_claim, a_fold, an_event, count, on, value_of
from tools.quality.evidence import is_exact, score_evidence
from tools.quality.measures import shuffled_within_days
from tools.quality.parts import by_part, of_part, part_of, spread
from tools.quality.records import representative, score_records
from tools.quality.rows import Score, grouping

TRUTH = {"date": "2014-05-05", "city": "A", "state": "B", "lat_lon": None, "killed": 2, "injured": 1}
GOLD = [{"id": i, "incident_id": g, "gold": TRUTH} for i, g in zip("abc", "ggh", strict=True)]


def test_a_gold_incident_is_represented_by_the_record_with_most_of_its_articles():
    fold = a_fold(dict.fromkeys("abcd", ()), {"x": ["a", "b", "d"], "y": ["c"]})
    assert representative(frozenset("abc"), fold)["id"] == "x"


def test_on_a_tie_the_record_with_fewer_other_articles_represents():
    fold = a_fold(dict.fromkeys("abcd", ()), {"x": ["a", "c", "d"], "y": ["b"]})
    assert representative(frozenset("ab"), fold)["id"] == "y"


def test_record_fields_are_scored_over_incidents_of_several_articles_only():
    fold = a_fold(dict.fromkeys("abc", ()), {"x": ["a", "b"], "y": ["c"]}, x={"date": on("2014-05-05")})
    scores = score_records(GOLD, fold)
    assert {score.count for score in scores} == {1}
    assert value_of(scores, "gva.record.date.exact") == 1
    assert value_of(scores, "gva.record.killed") == 0


def test_an_incident_without_a_record_is_wrong_in_every_field():
    assert {score.value for score in score_records(GOLD, a_fold(dict.fromkeys("abc", ()), {}))} == {0}


def test_articles_without_an_incident_are_alone_and_not_together():
    fold = a_fold({"a": [], "b": []}, {})
    assert len(set(grouping(fold, "ab").values())) == 2


SPAN = {"field": "fatalities", "in": "text", "start": 0, "end": 3, "quote": "Six", "kind": "stated"}


@pytest.mark.parametrize(
    ("change", "exact"),
    [
        ({}, True),
        ({"start": 1}, False),
        ({"quote": "six"}, False),
        ({"in": "title"}, False),
        ({"kind": "assumed"}, False),
        ({"kind": "assumed", "start": None, "end": None, "quote": None}, True),
        ({"start": None, "end": None, "quote": None}, False),
        ({"end": 0, "quote": ""}, False),
    ],
)
def test_a_quote_is_exact_when_it_is_the_text_at_its_offsets_and_assumed_has_none(change, exact):
    assert is_exact({**SPAN, **change}, {"text": TEXT, "title": None}) is exact


def test_every_known_value_needs_evidence_and_spans_of_claims_are_checked_too():
    event = an_event(
        fatalities=count(6), date=on("2014-05-05"), evidence=[{**SPAN, "field": "fatalities.low"}],
        claims=[a_claim("a", "police", "asserts", "fatalities", value=6, evidence={**SPAN, "quote": "Sax"})],
    )  # fmt: skip
    scores = score_evidence([{"id": "a", "text": TEXT}], a_fold({"a": [event]}, {}), "x")
    assert value_of(scores, "x.evidence.exact") == 0.5
    assert value_of(scores, "x.evidence.covered") == pytest.approx(1 / 3)


def test_the_part_of_an_incident_depends_on_its_id_alone_and_parts_are_about_equal():
    parts = [part_of(f"incident-{n}", 5) for n in range(5000)]
    assert parts == [part_of(f"incident-{n}", 5) for n in range(5000)]
    assert all(900 < parts.count(n) < 1100 for n in range(5))


def test_articles_of_one_incident_never_lie_in_two_parts():
    rows = [{"id": str(n), "incident_id": f"g{n // 3}"} for n in range(60)]
    halves = [{row["incident_id"] for row in of_part(rows, 2, n)} for n in range(2)]
    assert halves[0].isdisjoint(halves[1])
    assert len(halves[0] | halves[1]) == 20


def test_the_spread_leaves_out_parts_without_a_case():
    rows = [{"id": str(n), "incident_id": f"g{n}"} for n in range(3)]
    scored = by_part(rows, 4, lambda part: [Score("x", 0.5, len(part))])
    assert spread("x", scored) == (0.5, 0.5)


def test_shuffling_keeps_the_order_of_days_and_every_article():
    rows = [{"id": str(n), "published_at": f"2014-05-0{1 + n % 3}"} for n in range(30)]
    shuffled = shuffled_within_days([*rows, {"id": "u", "published_at": None}], seed=1)
    assert [row["published_at"] for row in shuffled[:-1]] == sorted(row["published_at"] for row in rows)
    assert {row["id"] for row in shuffled} == {*(row["id"] for row in rows), "u"}
    assert shuffled != shuffled_within_days(rows, seed=2)
    assert shuffled[-1]["id"] == "u"
