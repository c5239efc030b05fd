"""The sample articles of the demo: whole, dated by the calendar, and they say what their page says."""

import re
from datetime import date
from pathlib import Path

import pytest

from tests.quality.outputs import a_claim, a_fold, an_actor, an_event, at, count, on
from tools.quality.rows import read_rows
from tools.quality.sample_checks import MUDSLIDE, MUDSLIDE_CHECKS, STRIKE, STRIKE_CHECKS, score_samples

FOLDER = Path(__file__).parents[2] / "samples"
ARTICLES = {row["id"]: row for row in read_rows(FOLDER / "articles.jsonl")}


def test_there_are_six_reports_of_the_strike_and_two_of_the_mudslide():
    found = [[i for i, row in ARTICLES.items() if word in row["text"]] for word in ("Tajarhi", "Chosica")]
    strike = {*found[0], "sample-05"}  # the one that says "southern Libya" only
    assert sorted(strike) == [f"sample-0{n}" for n in range(1, 7)]
    assert found[1] == ["sample-07", "sample-08"]


def test_one_report_is_a_credited_copy_of_another():
    original, copy = (ARTICLES[i]["text"].split("\n\n") for i in ("sample-02", "sample-03"))
    assert set(original[1:5]) <= set(copy)
    assert "supplied by Sahel Wire" in copy[-1]


@pytest.mark.parametrize(
    ("article", "number"),
    [
        *(("sample-01", 12), ("sample-01", 19), ("sample-02", 30), ("sample-02", 52), ("sample-02", 14)),
        *(("sample-04", 31), ("sample-04", 33), ("sample-05", 58), ("sample-06", 200), ("sample-08", 61)),
    ],
)
def test_every_figure_of_the_page_stands_in_the_article_that_it_names(article, number):
    assert re.search(rf"\b{number}\b", ARTICLES[article]["text"])
    assert str(number) in (FOLDER / "README.md").read_text()


def test_days_of_the_week_agree_with_the_calendar():
    assert date(2022, 6, 15).strftime("%A") == "Wednesday"
    assert date(2022, 3, 8).strftime("%A") == "Tuesday"
    assert "Wednesday evening" in ARTICLES["sample-01"]["text"]


def test_every_article_has_what_a_post_needs():
    for row in ARTICLES.values():
        assert set(row) >= {"id", "url", "source", "published_at", "title", "text"}
        assert row["url"].split("/")[2].endswith(".example")


def a_right_fold():
    """A fold in which every check of the samples holds."""
    parties = {n: an_actor(n) for n in ("eastern Libyan command", "Sudan")}
    claims = [
        a_claim("sample-02", "Chad", "attributes", "responsibility", actor=parties["eastern Libyan command"]),
        a_claim("sample-05", "France", "attributes", "responsibility", actor=parties["Sudan"]),
        *(a_claim("sample-06", name, "denies", "responsibility") for name in parties),
    ]
    strike = {
        "event_type": "ASSAULT", "event_mode": "aerial", "date": on("2022-06-15"), "claims": claims,
        "place": at("Tajarhi", "Murzuq", "LY"), "fatalities": count(31, 30, 33), "injured": count(38),
        "grade": "contested", "sources": {"articles": 6, "outlets": 4, "independent": 3},
    }  # fmt: skip
    mudslide = {
        "event_type": "DISASTER", "event_mode": "landslide", "date": on("2022-03-08"),
        "place": at("Chosica", "Lima", "PE"), "fatalities": count(8), "injured": count(9),
    }  # fmt: skip
    events = {article: [an_event()] for article in ARTICLES}
    events["sample-05"].append(an_event(event_type="SANCTION"))
    incidents = {"a": list(STRIKE), "b": list(MUDSLIDE), "s": ["sample-05"]}
    return a_fold(events, incidents, a=strike, b=mudslide, s={"event_type": "SANCTION"})


def failed(fold):
    return {score.name.removeprefix("samples.") for score in score_samples(fold) if score.value < 1}


def test_every_check_holds_on_a_right_fold_and_none_on_an_empty_one():
    assert failed(a_right_fold()) == set()
    checks = {f"strike.{name}" for name in STRIKE_CHECKS} | {f"mudslide.{name}" for name in MUDSLIDE_CHECKS}
    assert failed(a_fold({}, {})) == {*checks, "all"}


@pytest.mark.parametrize(
    ("incident", "mistake", "check"),
    [
        ("a", {"fatalities": count(31, 14, 33)}, "strike.not.trap_counts"),
        ("a", {"place": at("Tajarhi", "Tibesti", "TD")}, "strike.place"),
        ("a", {"date": on("2022-06-16")}, "strike.date"),
        ("a", {"sources": {"articles": 6, "outlets": 4, "independent": 4}}, "strike.copy_collapsed"),
        ("b", {"fatalities": count(8, 5, 8)}, "mudslide.killed"),
        ("b", {"injured": count(11)}, "mudslide.injured"),
    ],
)
def test_a_mistake_fails_its_check(incident, mistake, check):
    fold = a_right_fold()
    fold.incidents_by_id[incident].update(mistake)
    assert check in failed(fold)
