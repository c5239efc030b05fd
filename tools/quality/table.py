"""The table that the gate prints: floor, now, goal. Pure; returns lines."""

from collections.abc import Iterable, Iterator, Mapping

from tools.quality.rows import Score

_NAME_WIDTH = 40
_COLUMNS = f"{{:<{_NAME_WIDTH}}} {{:>7}} {{:>9}} {{:>9}} {{:>9}}  {{}}"


def table(
    scores: Iterable[Score], floors: Mapping[str, float], goals: Mapping[str, float], *, full: bool
) -> Iterator[str]:
    """A line a figure. Without `full`, only figures with a floor or a goal."""
    yield _COLUMNS.format("figure", "n", "floor", "now", "goal", "")
    for score in scores:
        floor, goal = floors.get(score.name), goal_of(score.name, goals)
        if full or floor is not None or goal is not None:
            shown = (_number(floor), _number(score.value), _number(goal))
            yield _COLUMNS.format(score.name, score.count, *shown, remark(score, floor, goal)).rstrip()


def goal_of(name: str, goals: Mapping[str, float]) -> float | None:
    """The goal of a figure; one taken crosswise or on a half has the goal of the whole."""
    return goals.get(name.replace(".crossfit", "").replace(".half1", ""))


def remark(score: Score, floor: float | None, goal: float | None) -> str:
    """What to see at a glance: below the floor, goal reached, or nothing."""
    if floor is not None and score.value < floor:
        return "BELOW THE FLOOR"
    return "goal reached" if goal is not None and score.value >= goal else ""


def _number(value: float | None) -> str:
    if value is None:
        return "-"
    whole = abs(value) > 1 or value < 0  # a number of cases, not a share
    return f"{value:.0f}" if whole else f"{value:.3f}"
