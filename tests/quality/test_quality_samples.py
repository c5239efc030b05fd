"""The sample articles of the demo: whole, dated by the calendar, and they say what their page says."""

import re
from datetime import date
from pathlib import Path

import pytest

from tools.quality.rows import read_rows

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
