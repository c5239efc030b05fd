"""The sample articles of the demo: what `samples/README.md` says a right record says, as named checks.

Pure; standard library only. Each check is a figure of 0 or 1 with a floor of its own.
"""

from collections.abc import Callable, Mapping
from functools import partial

from tools.quality.names import same_place_name, same_region_name
from tools.quality.rows import Fold, Score, part
from tools.quality.scenario import Scenario, all_report, figure, is_type, main_scenario, separate

STRIKE = tuple(f"sample-0{n}" for n in range(1, 7))
MUDSLIDE = ("sample-07", "sample-08")

_STRIKE_TRAPS = frozenset({3, 14, 52, 58, 200, 700})
_MUDSLIDE_TRAPS = frozenset({7, 40, 61})

Check = Callable[[Scenario], bool]


def score_samples(fold: Fold) -> list[Score]:
    """Every check as `samples.<incident>.<check>` (1 or 0), and `samples.all`, the share that holds."""
    scores = [
        Score(f"samples.{incident}.{name}", float(check(main_scenario(fold, articles))), 1)
        for incident, articles, checks in (
            ("strike", STRIKE, STRIKE_CHECKS),
            ("mudslide", MUDSLIDE, MUDSLIDE_CHECKS),
        )
        for name, check in checks.items()
    ]
    return [*scores, Score("samples.all", sum(s.value for s in scores) / len(scores), len(scores))]


def _on(day: str, s: Scenario) -> bool:
    date = s.record.get("date")
    return (part(date, "start"), part(date, "end")) == (day, day)


def _at(name: str, admin1: str, country: str, s: Scenario) -> bool:
    place = s.record.get("place")
    named = same_place_name(part(place, "name"), name) and part(place, "country") == country
    return named and same_region_name(part(place, "admin1"), admin1)


def _shows_none(traps: frozenset[int], s: Scenario) -> bool:
    shown = {*figure(s.record, "fatalities"), *figure(s.record, "injured")}
    return s.record["id"] is not None and shown.isdisjoint(traps)


def _sources(s: Scenario) -> bool:
    sources = s.record.get("sources")
    return (part(sources, "articles"), part(sources, "outlets")) == (len(STRIKE), 4)


def _copy_collapsed(s: Scenario) -> bool:
    """The syndicated copy makes no independent source."""
    independent, outlets = (part(s.record.get("sources"), key) for key in ("independent", "outlets"))
    return independent is not None and independent < outlets


STRIKE_CHECKS: Mapping[str, Check] = {
    "one_incident": all_report,
    "type": lambda s: is_type(s.record, "ASSAULT", "aerial"),
    "date": partial(_on, "2022-06-15"),
    "place": partial(_at, "Tajarhi", "Murzuq", "LY"),
    "killed": lambda s: figure(s.record, "fatalities") == (30, 31, 33),
    "injured": lambda s: figure(s.record, "injured")[1] in (38, 40),
    "chad_blames_eastern_command": lambda s: s.accuses("Chad", "eastern Libyan command"),
    "france_blames_sudan": lambda s: s.accuses("France", "Sudan"),
    "sudan_denies": lambda s: s.denies("Sudan", "responsibility", article="sample-06"),
    "eastern_command_denies": lambda s: s.denies(
        "eastern Libyan command", "responsibility", article="sample-06"
    ),
    "grade": lambda s: bool(s.record.get("grade") == "contested"),
    "sources": _sources,
    "copy_collapsed": _copy_collapsed,
    "not.trap_counts": partial(_shows_none, _STRIKE_TRAPS),
    "not.sanction_merged": lambda s: separate(s, "SANCTION", "sample-05"),
}

MUDSLIDE_CHECKS: Mapping[str, Check] = {
    "one_incident": all_report,
    "type": lambda s: is_type(s.record, "DISASTER", "landslide"),
    "date": partial(_on, "2022-03-08"),
    "place": partial(_at, "Chosica", "Lima", "PE"),
    "killed": lambda s: figure(s.record, "fatalities") == (8, 8, 8),
    "injured": lambda s: figure(s.record, "injured") == (9, 9, 9),
    "not.trap_counts": partial(_shows_none, _MUDSLIDE_TRAPS),
}
