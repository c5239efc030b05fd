"""The gate: measured figures against committed floors, and the data against its committed hashes.

Pure but for reading and writing the baseline file; standard library only. Floors rise by `raised`
(asked for with --update) and never fall unless `lower` says so explicitly.
"""

import json
import math
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path

from tools.quality.rows import Score

FLOOR_STEP = 0.001
"""Floors are rounded down to this step, so that a floor never exceeds what was measured."""

_ROUNDING = 1e-9


@dataclass(frozen=True)
class Baseline:
    """What is committed: SHA-256 by data file, floor by figure."""

    data: Mapping[str, str]
    floors: Mapping[str, float]


@dataclass(frozen=True)
class Breach:
    """One reason for the gate to fail."""

    figure: str
    message: str


def judge(
    baseline: Baseline, measured: Mapping[str, Score], hashes: Mapping[str, str], skipped: Collection[str]
) -> list[Breach]:
    """Every breach: data changed, a figure below its floor, a floor that nothing measured.

    `skipped` names data sets that are absent and figures left out on purpose; their floors are not
    asked for.
    """
    return [
        *_changed_data(baseline, hashes),
        *_below_floor(baseline, measured),
        *_unmeasured(baseline, measured, skipped),
    ]


def _changed_data(baseline: Baseline, hashes: Mapping[str, str]) -> Iterable[Breach]:
    for file, digest in hashes.items():
        known = baseline.data.get(file)
        if known is None:
            yield Breach(file, "data without a committed hash; run with --update to record it")
        elif known != digest:
            yield Breach(file, "the data changed; its floors were taken on other data")


def _below_floor(baseline: Baseline, measured: Mapping[str, Score]) -> Iterable[Breach]:
    for name, floor in baseline.floors.items():
        if name in measured and measured[name].value < floor - _ROUNDING:
            yield Breach(name, f"{measured[name].value:.4f} is below the floor {floor:.4f}")


def _unmeasured(
    baseline: Baseline, measured: Mapping[str, Score], skipped: Collection[str]
) -> Iterable[Breach]:
    for name in baseline.floors:
        if name not in measured and not is_skipped(name, skipped):
            yield Breach(name, "has a floor but was not measured")


def is_skipped(name: str, skipped: Collection[str]) -> bool:
    """Whether a figure, its data set, or a pattern it matches was left out."""
    return any(fnmatchcase(name, pattern) for left in skipped for pattern in (left, f"{left}.*"))


def raised(
    baseline: Baseline,
    measured: Mapping[str, Score],
    hashes: Mapping[str, str],
    gated: Collection[str],
    *,
    lower: bool,
) -> Baseline:
    """A baseline with today's hashes and floors: the higher of old and new, today's where `lower`.

    `gated` are patterns of the figures that get a floor; a floor that exists is kept in any case.
    """
    floors = dict(baseline.floors)
    for name, score in measured.items():
        if name in floors or any(fnmatchcase(name, pattern) for pattern in gated):
            now = floor_of(score.value)
            floors[name] = now if lower else max(now, floors.get(name, now))
    return Baseline({**baseline.data, **hashes}, floors)


def floor_of(value: float) -> float:
    """The value rounded down to the step of floors."""
    return round(math.floor(value / FLOOR_STEP + _ROUNDING) * FLOOR_STEP, 6)


def read_baseline(path: Path) -> Baseline:
    """The committed baseline; an empty one where the file does not exist yet."""
    if not path.is_file():
        return Baseline({}, {})
    loaded = json.loads(path.read_text(encoding="utf-8"))
    return Baseline(loaded["data"], loaded["floors"])


def write_baseline(path: Path, baseline: Baseline) -> None:
    """Write the baseline, sorted, so that a change of one floor is a change of one line."""
    content = {"data": dict(sorted(baseline.data.items())), "floors": dict(sorted(baseline.floors.items()))}
    path.write_text(json.dumps(content, indent=1) + "\n", encoding="utf-8")
