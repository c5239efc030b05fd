"""Learns the weights of date and count ranking and says how well they do, cross-fitted over incidents.

    python -m tools.train.events DATA --report         # each half judged by weights of the other
    python -m tools.train.events DATA --out FOLDER     # a file each for dates, killed and injured
    python -m tools.train.events DATA --halves FOLDER  # weights of each half, as the quality gate takes them

DATA is the folder of development data; the project's own corpus is added (its held-out part is only ever
judged). Learned weights are drawn to those set by hand, and the kinds of data are mixed, so that the
many articles of one kind do not settle the weights alone.
"""

import argparse
import hashlib
import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from services.extract.components.counts.options import feature_rows as count_rows
from services.extract.components.counts.options import options
from services.extract.components.counts.values import Harm
from services.extract.components.dates.rank import assumed
from services.extract.components.dates.rank import feature_rows as date_rows
from services.extract.components.listwise import load_weights, softmax
from services.extract.resources.gazetteer import open_gazetteer
from tools.train.event_examples import KINDS, Answer, Example, examples
from tools.train.places_fit import Lists, fit

WEIGHTS_FOLDER = Path("services/extract/resources/weights")
CORPUS = Path("tests/quality/corpus")

MIXTURE = {"gva": 1.0, "muc4": 1.0, "contested": 4.0, "own": 4.0}
"""What one event of a kind weighs: the rarer kinds more, chosen once for balance."""

ARTICLES_MIN = 8
"""A feature met in fewer lists is left out: it would tell of single articles."""

INEXACT = 0.25
"""Factor for lists that hold no wholly right value: they teach "none", and what comes near."""

SMALL = 0.05
"""Weights below this are left out of the file."""

Value = tuple[str, str] | int | None
"""A day range, a number, or None for "none of them"."""


@dataclass(frozen=True)
class Task:
    """One ranking to learn: its name, how strongly weights are held to the hand's, its lists, its truth.

    `nearly` says what is right where nothing listed is wholly right, and `inexact` what such a list
    weighs: it teaches calibration, and costs a little accuracy.
    """

    name: str
    penalty: float
    inexact: float
    rows: Callable[[Example, int], tuple[list[Value], list[tuple[str, ...]]]]
    right: Callable[[Answer, Value], bool]
    nearly: Callable[[Answer, Value], bool]
    asked: Callable[[Answer], bool]


@dataclass(frozen=True)
class Listed:
    """One example's list: values, their features, which are right ("none" where no other is)."""

    kind: str
    half: int
    held_out: bool
    values: list[Value]
    rows: list[tuple[str, ...]]
    right: frozenset[int]
    exact: bool


def _date_rows(example: Example, _killed: int) -> tuple[list[Value], list[tuple[str, ...]]]:
    listed = [*example.dates, *assumed(example.doc)]
    values: list[Value] = [(c.value.start.isoformat(), c.value.end.isoformat()) for c in listed]
    return [*values, None], date_rows(example.doc, listed, example.frame)


def _count_rows(harm: Harm) -> Callable[[Example, int], tuple[list[Value], list[tuple[str, ...]]]]:
    def rows(example: Example, killed: int) -> tuple[list[Value], list[tuple[str, ...]]]:
        known = None if harm is Harm.KILLED else killed
        found = options(example.doc, example.counts, example.frame, harm, known)
        return [*found, None], count_rows(found, example.counts)

    return rows


def _right_day(answer: Answer, value: Value) -> bool:
    days = answer.days or frozenset()
    return isinstance(value, tuple) and value[0] == value[1] and value[0] in days


def _holds_day(answer: Answer, value: Value) -> bool:
    """Whether a span of days ("last month") holds the right day."""
    days = answer.days or frozenset()
    return isinstance(value, tuple) and any(value[0] <= day <= value[1] for day in days)


DATES = Task("dates", 2.0, 0.5, _date_rows, _right_day, _holds_day, lambda answer: answer.days is not None)
KILLED = Task(
    "counts_killed",
    10.0,
    1.0,
    _count_rows(Harm.KILLED),
    lambda a, value: value == a.killed,
    lambda _a, _value: False,
    lambda a: a.killed is not None,
)
INJURED = Task(
    "counts_injured",
    10.0,
    1.0,
    _count_rows(Harm.INJURED),
    lambda a, value: value == a.injured,
    lambda _a, _value: False,
    lambda a: a.injured is not None,
)


def listed(task: Task, found: Sequence[Example], killed: Sequence[int]) -> list[Listed | None]:
    """The list of each example, None where it was not labelled; `killed` is the number chosen before."""
    return [_listed(task, example, dead) for example, dead in zip(found, killed, strict=True)]


def _listed(task: Task, example: Example, killed: int) -> Listed | None:
    if not task.asked(example.answer):
        return None
    values, rows = task.rows(example, killed)
    said = [(n, value) for n, value in enumerate(values) if value is not None]
    right = frozenset(n for n, value in said if task.right(example.answer, value))
    exact = bool(right)
    right = right or frozenset(n for n, value in said if task.nearly(example.answer, value))
    return Listed(
        example.kind,
        example.half,
        example.held_out,
        values,
        rows,
        right or frozenset({len(values) - 1}),
        exact,
    )


def learn(task: Task, lists: Iterable[Listed | None]) -> dict[str, float]:
    """Weights from labelled lists; the held-out part of the own corpus is never among them."""
    used = [row for row in lists if row is not None and not row.held_out]
    centre = load_weights(f"{task.name}.hand.json").values
    met = Counter(name for row in used for name in {name for names in row.rows for name in names})
    known = {name for name, number in met.items() if number >= ARTICLES_MIN} | centre.keys()
    prepared: Lists = [
        (
            [{name: 1.0 for name in names if name in known} for names in row.rows],
            row.right,
            MIXTURE[row.kind] * (1.0 if row.exact else task.inexact),
        )
        for row in used
    ]
    return fit(prepared, task.penalty, centre)


def table(row: Listed, weights: Mapping[str, float]) -> list[tuple[Value, float]]:
    """The values with their summed probability, best first; "none" is left out."""
    get = weights.get
    shares = softmax([sum(get(name, 0.0) for name in names) for names in row.rows])
    total: dict[Value, float] = {}
    for value, share in zip(row.values, shares, strict=True):
        if value is not None:
            total[value] = total.get(value, 0.0) + share
    return sorted(total.items(), key=lambda pair: (-pair[1], str(pair[0])))


def best_number(row: Listed | None, weights: Mapping[str, float]) -> int:
    """The number chosen from a list of numbers."""
    found = table(row, weights)[0][0] if row is not None else 0
    return found if isinstance(found, int) else 0


Chooser = Callable[[Listed], Mapping[str, float]]


def cross_fitted(task: Task, lists: Sequence[Listed | None], kinds: Sequence[str]) -> Chooser:
    """For each list the weights learnt on the half of incidents that it is not in, from some kinds only."""
    halves = [
        learn(task, (row for row in lists if row is not None and row.half != half and row.kind in kinds))
        for half in (0, 1)
    ]
    return lambda row: halves[row.half]


def figures(lists: Iterable[Listed | None], weights_of: Chooser) -> Iterator[str]:
    """Share right, share of lists that hold the right value, and calibration error, by kind."""
    kept = [row for row in lists if row is not None]
    for kind, held_out in [*((kind, False) for kind in KINDS), ("own", True)]:
        rows = [row for row in kept if row.kind == kind and row.held_out is held_out]
        if rows:
            yield f"{kind}{' held out' if held_out else ''}: {_figures(rows, weights_of)}"


def _figures(rows: Sequence[Listed], weights_of: Chooser) -> str:
    pairs = []
    for row in rows:
        found = table(row, weights_of(row))
        good = {row.values[n] for n in row.right if row.exact}
        pairs.append((found[0][1], found[0][0] in good) if found else (0.0, False))
    recall = sum(row.exact for row in rows) / len(rows)
    accuracy = sum(right for _, right in pairs) / len(pairs)
    return f"n={len(rows)} right={accuracy:.3f} listed={recall:.3f} ece={_calibration(pairs):.3f}"


def _calibration(pairs: Sequence[tuple[float, bool]]) -> float:
    """Expected calibration error over tenths of probability."""
    bins: dict[int, list[float]] = {}
    for p, right in pairs:
        row = bins.setdefault(min(int(10 * p), 9), [0.0, 0.0])
        row[0] += p
        row[1] += right
    return sum(abs(p - r) for p, r in bins.values()) / len(pairs)


def report(found: Sequence[Example]) -> None:
    """Prints the figures by hand, learnt on gva alone, and learnt on the mixture."""
    nobody = [0] * len(found)
    for kinds in ((), ("gva",), KINDS):
        print("by hand" if not kinds else f"learnt on {', '.join(kinds)}, cross-fitted")
        dates, dead = listed(DATES, found, nobody), listed(KILLED, found, nobody)
        _print(DATES, dates, kinds)
        chosen = _print(KILLED, dead, kinds)
        killed = [best_number(row, chosen(row)) if row is not None else 0 for row in dead]
        _print(INJURED, listed(INJURED, found, killed), kinds)


def _print(task: Task, lists: Sequence[Listed | None], kinds: Sequence[str]) -> Chooser:
    hand = load_weights(f"{task.name}.hand.json").values
    chosen: Chooser = cross_fitted(task, lists, kinds) if kinds else lambda _row: hand
    for line in figures(lists, chosen):
        print(f"  {task.name:15} {line}")
    return chosen


def learn_all(found: Sequence[Example]) -> dict[str, dict[str, float]]:
    """All three tables; the injured are learnt beside the number killed that the first table chooses."""
    nobody = [0] * len(found)
    dead = listed(KILLED, found, nobody)
    for_killed = learn(KILLED, dead)
    killed = [best_number(row, for_killed) for row in dead]
    return {
        DATES.name: learn(DATES, listed(DATES, found, nobody)),
        KILLED.name: for_killed,
        INJURED.name: learn(INJURED, listed(INJURED, found, killed)),
    }


def write(folder: Path, tables: Mapping[str, Mapping[str, float]], found: Sequence[Example]) -> None:
    """Writes a weight file a table."""
    folder.mkdir(parents=True, exist_ok=True)
    used = Counter(example.kind for example in found if not example.held_out)
    for task in (DATES, KILLED, INJURED):
        weights = {name: round(value, 3) for name, value in tables[task.name].items() if abs(value) >= SMALL}
        kept = dict(sorted(weights.items()))
        made = {
            "how": "conditional logit over an event's candidates and none, tools/train/events.py",
            "events": dict(sorted(used.items())),
            "mixture": MIXTURE,
            "penalty": task.penalty,
            "centre": f"{task.name}.hand.json",
        }
        version = hashlib.sha256(json.dumps(kept).encode()).hexdigest()[:12]
        content = {"name": task.name, "version": version, "made": made, "weights": kept}
        path = folder / f"{task.name}.json"
        path.write_text(json.dumps(content, indent=0, ensure_ascii=False) + "\n", encoding="utf-8")
        print(f"{path}: {len(kept)} weights, version {version}")


def main() -> None:
    """Reports, or learns on everything or on each half and writes."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    parser.add_argument("--report", action="store_true")
    parser.add_argument("--out", type=Path)
    parser.add_argument("--halves", type=Path)
    chosen = parser.parse_args()
    found = list(examples(chosen.data, CORPUS, open_gazetteer()))
    if chosen.report:
        report(found)
    if chosen.out:
        write(chosen.out, learn_all(found), found)
    if chosen.halves:
        for half in (0, 1):
            own = [example for example in found if example.half == half]
            write(chosen.halves / f"half{half}" / WEIGHTS_FOLDER, learn_all(own), own)


if __name__ == "__main__":
    main()
