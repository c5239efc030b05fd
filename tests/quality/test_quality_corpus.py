"""The corpus keeps its promises: quotes and figures stand in the texts, parts keep incidents whole."""

import json
import re
from collections import Counter, defaultdict
from datetime import date, timedelta
from pathlib import Path

import pytest

from schemas.taxonomy import MODES, About, EventType, Stance
from tools.quality.own import HELD_OUT, RULES, labelled_claims
from tools.quality.rows import read_rows

FOLDER = Path(__file__).with_name("corpus")
ARTICLES = {row["id"]: row for row in read_rows(FOLDER / "articles.jsonl")}
GOLD = read_rows(FOLDER / "gold.jsonl")
WORDS = {
    **dict(enumerate(("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"))),
    **dict(enumerate(("ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen"), start=10)),
    **dict(enumerate(("sixteen", "seventeen", "eighteen", "nineteen", "twenty"), start=16)),
}
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
each = pytest.mark.parametrize("gold", GOLD, ids=[row["id"] for row in GOLD])


def numbers_in(text):
    plain = text.lower().replace(",", "")
    figures = {int(n) for n in re.findall(r"\d+", plain)}
    return figures | {n for n, word in WORDS.items() if re.search(rf"\b{word}\b", plain)}


def labelled_numbers(gold):
    figures = [n for field in ("killed", "injured") for n in (gold[field] or {}).values()]
    claimed = [claim["value"] for claim in gold["claims"] if isinstance(claim["value"], int)]
    return {n for n in [*figures, *claimed, *gold["trap_counts"]] if n is not None}


def test_it_is_as_large_and_as_wide_as_it_says():
    incidents = {row["incident_id"] for row in GOLD}
    countries = {row["place"]["country"] for row in GOLD if row["place"]}
    parts = {row["incident_id"]: row["part"] for row in GOLD}
    said = f"{len(GOLD)} short reports on {len(incidents)} incidents in {len(countries)} countries"
    readme = (FOLDER / "README.md").read_text()
    assert said in readme
    assert f"`rules` ({list(parts.values()).count(RULES)} incidents)" in readme


def test_articles_and_labels_stand_for_each_other_in_order():
    assert list(ARTICLES) == [row["id"] for row in GOLD]


@each
def test_every_quote_is_in_its_text(gold):
    text = ARTICLES[gold["id"]]["text"]
    assert [claim["quote"] for claim in gold["claims"] if claim["quote"] not in text] == []


@each
def test_every_labelled_figure_stands_in_the_text_or_is_marked_as_worded(gold):
    unseen = labelled_numbers(gold) - numbers_in(ARTICLES[gold["id"]]["text"])
    assert unseen == set(gold["worded_counts"])


@each
def test_a_figure_rises_from_low_to_high_and_no_trap_is_a_label(gold):
    for field in ("killed", "injured"):
        bounds = [n for n in (gold[field] or {}).values() if n is not None]
        assert bounds == sorted(bounds)
        assert set(bounds).isdisjoint(gold["trap_counts"])


@each
def test_a_lone_weekday_of_the_text_is_the_day_of_publication_or_of_the_label(gold):
    if gold["date"] is None:
        return
    published = date.fromisoformat(ARTICLES[gold["id"]]["published_at"][:10])
    first, last = (date.fromisoformat(gold["date"][side]) for side in ("start", "end"))
    days = {first + timedelta(n) for n in range(min(7, (last - first).days + 1))}
    near = {published, published - timedelta(1), *days}
    named = [day for day in WEEKDAYS if re.search(rf"\b{day}\b", ARTICLES[gold["id"]]["text"].lower())]
    if len(named) == 1:
        assert named[0] in {WEEKDAYS[day.weekday()] for day in near}


@each
def test_types_modes_stances_and_subjects_are_of_the_vocabulary(gold):
    if gold["event_type"] is not None:
        modes = {*MODES[EventType(gold["event_type"])], "None"}
        assert set(gold["event_mode"].split("|")) <= modes
    assert {claim["stance"] for claim in gold["claims"]} <= set(Stance)
    assert {claim["about"] for claim in gold["claims"]} <= set(About)


def test_an_incident_lies_in_one_part_together_with_its_near_misses():
    part_of = {row["incident_id"]: row["part"] for row in GOLD}
    assert {row["part"] for row in GOLD} == {RULES, HELD_OUT}
    for row in GOLD:
        assert {part_of[i] for i in row["incident_ids"]} == {row["part"]}, row["id"]


def test_the_parts_are_about_equal_and_both_hold_claims_denials_and_traps():
    sizes = Counter(row["part"] for row in GOLD)
    assert abs(sizes[RULES] - sizes[HELD_OUT]) <= len(GOLD) // 8
    for part in (RULES, HELD_OUT):
        rows = [row for row in GOLD if row["part"] == part]
        stances = Counter(statement.stance for statement in labelled_claims(rows))
        assert min(stances["denies"], stances["claims_responsibility"], stances["attributes"]) >= 2
        assert sum(len(row["trap_counts"]) for row in rows) >= 20


def test_labels_of_one_incident_agree_on_type_and_place():
    by_incident = defaultdict(set)
    for row in GOLD:
        place = json.dumps(row["place"]) if row["place"] else None
        by_incident[row["incident_id"]].add((row["event_type"], place))
    assert [i for i, seen in by_incident.items() if len({p for _, p in seen if p}) > 1] == []
    assert [i for i, seen in by_incident.items() if len({t for t, _ in seen}) > 1] == []
