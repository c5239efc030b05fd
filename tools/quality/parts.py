"""Parts of a labelled set by incident, so that rules written on one part are reported on another.

Pure; standard library only. The part of an incident depends on its id alone (SHA-256), so whoever
trains a weight on part 0 of 2 and whoever scores it on part 1 agree without sharing a list.
"""

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence

from tools.quality.rows import Row, Score

SALT = "proto:"
"""Prefix of every hashed id, the same in training (`tools/train`); changing it reshuffles the parts, and all
held-out figures with them."""

FOLDS = 5


def part_of(incident_id: str, parts: int) -> int:
    """Which of `parts` equal parts the incident belongs to (0 … parts - 1)."""
    digest = hashlib.sha256((SALT + incident_id).encode()).hexdigest()
    return int(digest, 16) % parts


def of_part(gold: Iterable[Row], parts: int, wanted: int) -> list[Row]:
    """The labelled articles whose incident lies in the wanted part."""
    return [row for row in gold if part_of(row["incident_id"], parts) == wanted]


def by_part(
    gold: Sequence[Row], parts: int, scorer: Callable[[Sequence[Row]], Iterable[Score]]
) -> list[Mapping[str, Score]]:
    """The scorer's figures by name, one mapping for each part in order."""
    return [{s.name: s for s in scorer(of_part(gold, parts, n))} for n in range(parts)]


def spread(name: str, by_fold: Sequence[Mapping[str, Score]]) -> tuple[float, float]:
    """The smallest and the largest value of one figure over the parts that have cases for it."""
    values = [scores[name].value for scores in by_fold if name in scores and scores[name].count]
    return (min(values), max(values)) if values else (0.0, 0.0)
