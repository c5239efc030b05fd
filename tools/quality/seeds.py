"""The seed articles: every row of their README as a named check, and the list of what must not happen.

Pure; standard library only. The articles belong to their publishers: nothing of their text stands
here, only names, numbers and offsets. A check is a figure of 0 or 1 with a floor of its own.
"""

from collections.abc import Callable, Mapping, Sequence
from functools import partial

from tools.quality.names import actor_value_keys, point_of, same_place_name, words
from tools.quality.rows import Fold, Row, Score, events_of, part, primary_of
from tools.quality.scenario import (
    Scenario,
    all_report,
    figure,
    is_type,
    main_scenario,
    mentions,
    separate,
)

ARTICLES = ("seed-000", "seed-001", "seed-002", "seed-003", "seed-004")
A0, A1, A2, A3, A4 = ARTICLES
OUTLETS = 4

_VILLAGE = ("Behun", "Bihun", "Balyun", "Balioun", "Baluon", "Bleon")
_PROVINCE_BOX = (35.2, 36.3, 35.9, 37.3)
"""South, north, west and east of Idlib governorate, in degrees, rounded outwards."""

_DENIALS: Mapping[tuple[str, str, str], Sequence[tuple[int, int]]] = {
    (A2, "Russia", "its aircraft struck"): ((11, 158), (1546, 1644)),
    (A4, "Russia", "it struck"): ((2423, 2510),),
    (A4, "Russia", "its aircraft were used"): ((2512, 2604),),
    (A4, "Turkey", "armed groups near its units"): ((1108, 1289),),
}
"""Where denials stand: spans in the article's text, any of which a claim's quote may touch."""

_PARTIES = frozenset({"turkey", "syria", "russia", "unitedstates"})
_FOREIGN_COUNTS = frozenset({16, 59, 60, 300, 950000})
"""Cumulative totals and other incidents' dead that may never be a figure of this record."""

Check = Callable[[Scenario], bool]


def score_seeds(fold: Fold) -> list[Score]:
    """Every check as `seeds.<check>` (1 or 0), and `seeds.all`, the share that holds."""
    scenario = main_scenario(fold, ARTICLES)
    scores = [Score(f"seeds.{name}", float(check(scenario)), 1) for name, check in CHECKS.items()]
    return [*scores, Score("seeds.all", sum(s.value for s in scores) / len(scores), len(scores))]


def score_as_known(fold: Fold, scenario_date: str) -> Score:
    """The check on a record folded from the reports published by a day: has it the later accusation?

    True is wanted for 2020-03-19, false for 2020-03-01; the score is 1 when it is as wanted.
    """
    present = [a for a in ARTICLES if a in fold.extractions]
    accused = main_scenario(fold, present).accuses("United States", "Russia")
    return Score(f"seeds.as_of.{scenario_date}", float(accused == (scenario_date >= "2020-03-17")), 1)


def found_denials(fold: Fold) -> list[tuple[str, str, str]]:
    """Which of the labelled denials the extractions have, by article, claimant and subject."""
    return [key for key, spans in _DENIALS.items() if _has_denial(fold, key[0], key[1], spans)]


def denials_labelled() -> int:
    """How many denials are labelled."""
    return len(_DENIALS)


def _has_denial(fold: Fold, article: str, claimant: str, spans: Sequence[tuple[int, int]]) -> bool:
    claims = (c for event in events_of(fold, article) for c in event.get("claims", ()))
    wanted = actor_value_keys(claimant)
    return any(
        claim["stance"] == "denies"
        and not wanted.isdisjoint(actor_value_keys(claim["claimant"]))
        and any(_touches(claim["evidence"], span) for span in spans)
        for claim in claims
    )


def _touches(evidence: Row, span: tuple[int, int]) -> bool:
    return evidence.get("in") != "title" and evidence["start"] < span[1] and evidence["end"] > span[0]


def _day(s: Scenario) -> bool:
    date = s.record.get("date")
    return (part(date, "start"), part(date, "end")) == ("2020-02-27", "2020-02-27")


def _place_name(s: Scenario) -> bool:
    return any(same_place_name(part(s.record.get("place"), "name"), name) for name in _VILLAGE)


def _province(s: Scenario) -> bool:
    place = s.record.get("place")
    return part(place, "country") == "SY" and "idlib" in words(part(place, "admin1"))


def _point(s: Scenario) -> bool:
    """The point lies in the province, and claims no exactness that a village off the map cannot have."""
    place, point = s.record.get("place"), point_of(s.record.get("place"))
    south, north, west, east = _PROVINCE_BOX
    inside = point is not None and south <= point[0] <= north and west <= point[1] <= east
    borrowed = part(place, "contained_in") is not None or not _place_name(s)
    return bool(inside and not (borrowed and part(place, "precision") == 1))


def _victims(s: Scenario) -> bool:
    said = {w for v in s.record.get("victims", ()) for f in ("group", "nationality") for w in words(v.get(f))}
    return bool(said & {"turkish", "turkey", "tr"}) and bool(
        said & {"soldiers", "soldier", "troops", "military"}
    )


def _injured(s: Scenario) -> bool:
    return bool(figure(s.record, "injured")[1] == 40)


def _vague_injured(s: Scenario) -> bool:
    return any(
        c["about"] == "injured"
        and c["article_id"] == A4
        and "scores" in words(f"{c.get('value')} {c.get('qualifier')} {c['evidence']['quote']}")
        for c in s.claims
    )


def _accusation_day(s: Scenario) -> bool:
    said = s.said("United States", "attributes", "responsibility")
    return any((c.get("said_at") or "")[:10] == "2020-03-17" for c in said)


def _caveat(s: Scenario) -> bool:
    said = s.said("United States", "attributes", "responsibility", article=A0)
    texts = (f"{c.get('caveat')} {c.get('qualifier')} {c['evidence']['quote']}" for c in said)
    return any({"without", "naming"} <= set(words(text)) for text in texts)


def _speculation(s: Scenario, article: str) -> bool:
    """An accusation of Russia by nobody named (the outlet, unnamed voices) stays visible as such."""
    return any(
        (c["stance"], c["about"], c["article_id"]) == ("attributes", "responsibility", article)
        and "russia" in actor_value_keys(c.get("actor"))
        and part(c.get("claimant"), "kind") in {None, "outlet", "unknown", "crowd"}
        and not actor_value_keys(c.get("claimant")) & _PARTIES
        for c in s.claims
    )


def _fault(s: Scenario, article: str) -> bool:
    about = ("attributes", "asserts")
    return any(s.said("Russia", stance, "circumstances", article=article) for stance in about)


def _sources(s: Scenario) -> bool:
    sources = s.record.get("sources")
    return (part(sources, "articles"), part(sources, "outlets")) == (len(ARTICLES), OUTLETS)


def _retaliation_apart(s: Scenario) -> bool:
    """The retaliation's dead are an event of article 4 that is not its main one, in another record."""
    events = [e for e in events_of(s.fold, A4) if part(e.get("fatalities"), "best") == 16]
    others = [r for r in s.fold.incidents if r["id"] != s.record["id"]]
    known = not events or any(part(r.get("fatalities"), "best") == 16 for r in others)
    return known and s.record.get("id") is not None and all(e is not primary_of(s.fold, A4) for e in events)


def _no_foreign_count(s: Scenario) -> bool:
    figures = {*figure(s.record, "fatalities"), *figure(s.record, "injured"), *s.counts("fatalities")}
    return s.record["id"] is not None and figures.isdisjoint(_FOREIGN_COUNTS)


def _no_dozens_of_the_other_side(s: Scenario) -> bool:
    """No figure claim of this record counts the soldiers killed in retaliation."""
    quotes = (words(c["evidence"]["quote"]) for c in s.claims if c["about"] == "fatalities")
    return s.record["id"] is not None and not any(
        {"syrian", "regime"} & set(q) and "turkish" not in q for q in quotes
    )


def _holds(s: Scenario, *terms: str) -> bool:
    """No figure, date or place rests on a sentence about something else."""
    return s.record["id"] is not None and not mentions(s, *terms)


def _accuses(claimant: str, accused: str, s: Scenario, article: str) -> bool:
    return s.accuses(claimant, accused, article=article)


def _each(name: str, articles: Sequence[str], ask: Callable[[Scenario, str], bool]) -> dict[str, Check]:
    """One check for each article that must say it."""
    return {f"{name}.{article}": partial(_in_article, ask, article) for article in articles}


def _in_article(ask: Callable[[Scenario, str], bool], article: str, s: Scenario) -> bool:
    return ask(s, article)


CHECKS: Mapping[str, Check] = {
    "one_incident": all_report,
    "type": lambda s: is_type(s.record, "ASSAULT", "aerial"),
    "acled_label": lambda s: s.record.get("sub_event") == "Air/drone strike",
    "date": _day,
    "place.name": _place_name,
    "place.province": _province,
    "place.point": _point,
    "killed": lambda s: figure(s.record, "fatalities") == (33, 34, 34),
    "injured": _injured,
    "injured.vague_claim_kept": _vague_injured,
    "victims": _victims,
    **_each("turkey_blames_syria", (A0, A1, A2, A4), partial(_accuses, "Turkey", "Syria")),
    **_each("russia_says_syria", (A2, A4), partial(_accuses, "Russia", "Syria")),
    **_each("us_blames_russia", (A0, A1), partial(_accuses, "United States", "Russia")),
    "us_blames_russia.day": _accusation_day,
    "us_blames_russia.caveat": _caveat,
    **_each("russia_denies", (A2, A4), lambda s, a: s.denies("Russia", "responsibility", article=a)),
    "turkey_denies_armed_groups": lambda s: s.denies("Turkey", "circumstances", article=A4),
    **_each("speculation_unnamed", (A0, A2), _speculation),
    **_each("russia_faults_turkey", (A2, A4), _fault),
    "grade": lambda s: s.record.get("grade") == "contested",
    "sources": _sources,
    "not.cumulative_or_foreign_count": _no_foreign_count,
    "not.dozens_of_retaliation": _no_dozens_of_the_other_side,
    "not.retaliation_merged": _retaliation_apart,
    "not.drone_of_tuesday": lambda s: _holds(s, "drone"),
    "not.capture_of_saraqeb": lambda s: _holds(s, "Saraqeb"),
    "not.warplane_of_2015": lambda s: _holds(s, "2015", "warplane"),
    "not.f35_quarrel": lambda s: _holds(s, "F-35"),
    **_each("not.sanction_merged", (A0, A1), lambda s, a: separate(s, "SANCTION", a)),
}  # fmt: skip
