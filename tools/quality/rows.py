"""The rows that scorers read: labelled articles, and the three files of a fold.

Pure but for the loaders. May import the standard library only.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

Row = Mapping[str, Any]
"""One JSON object of a JSON Lines file, as loaded."""


@dataclass(frozen=True)
class Score:
    """One measured figure: its dotted name, its value, and over how many cases it was taken.

    All scores are "higher is better" (a count of mistakes is negated), so a floor is a floor.
    """

    name: str
    value: float
    count: int


@dataclass(frozen=True)
class Fold:
    """What `wirefold fold` wrote: extractions and assignments by article id, incidents in order."""

    extractions: Mapping[str, Row]
    incidents: Sequence[Row]
    assignments: Mapping[str, Row]

    @property
    def incidents_by_id(self) -> dict[str, Row]:
        """Incidents by their id."""
        return {row["id"]: row for row in self.incidents}


def read_rows(path: Path) -> list[Row]:
    """The objects of a JSON Lines file, in order; blank lines are left out."""
    with path.open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines if line.strip()]


def read_fold(folder: Path) -> Fold:
    """The fold that lies in `folder`."""
    return make_fold(
        read_rows(folder / "extractions.jsonl"),
        read_rows(folder / "incidents.jsonl"),
        read_rows(folder / "assignments.jsonl"),
    )


def make_fold(extractions: Iterable[Row], incidents: Iterable[Row], assignments: Iterable[Row]) -> Fold:
    """A fold of rows already loaded."""
    return Fold(
        extractions={row["article_id"]: row for row in extractions},
        incidents=tuple(incidents),
        assignments={row["article_id"]: row for row in assignments},
    )


def events_of(fold: Fold, article_id: str) -> Sequence[Row]:
    """All events that the article reports; none where the article was not extracted."""
    events: Sequence[Row] = fold.extractions.get(article_id, {}).get("events", ())
    return events


def primary_of(fold: Fold, article_id: str) -> Row | None:
    """The event that the article is mainly about, or None."""
    index = fold.extractions.get(article_id, {}).get("primary")
    return None if index is None else events_of(fold, article_id)[index]


def grouping(fold: Fold, article_ids: Iterable[str]) -> dict[str, str]:
    """Article id → predicted incident; an article without one is alone, not in a group of nulls."""
    assigned = {i: fold.assignments.get(i, {}).get("incident_id") for i in article_ids}
    return {i: incident or f"alone:{i}" for i, incident in assigned.items()}


def part(value: object, field: str) -> Any:
    """`value[field]`, or None where the value itself is null."""
    return value.get(field) if isinstance(value, Mapping) else None


def share(name: str, verdicts: Iterable[bool]) -> Score:
    """The share of true verdicts, 0 where there are none."""
    seen = list(verdicts)
    return Score(name, sum(seen) / len(seen) if seen else 0.0, len(seen))


def precision_recall(
    name: str, *, hits_predicted: int, predicted: int, hits_gold: int, gold: int
) -> list[Score]:
    """Precision, recall and F1 as `name.p`, `name.r`, `name.f1`; 0 where nothing can be divided."""
    p = hits_predicted / predicted if predicted else 0.0
    r = hits_gold / gold if gold else 0.0
    return [
        Score(f"{name}.p", p, predicted),
        Score(f"{name}.r", r, gold),
        Score(f"{name}.f1", harmonic(p, r), gold),
    ]


def harmonic(p: float, r: float) -> float:
    """F1: the harmonic mean of precision and recall."""
    return 0.0 if p + r == 0 else 2 * p * r / (p + r)
