"""Per-article fields against the incident database (gva): date, place, killed, injured.

Pure; standard library only. An article is judged by its primary event alone. Two readings of a
count are reported: *lenient*, where "nothing said" (null) answers a gold 0, because a report that
names no injured is right about an incident without any; and *strict*, where null is never right. An
article without a primary event is wrong in every field in both readings.
"""

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import Any

from tools.quality.names import distance_km, point_of, same_place_name, same_region_name
from tools.quality.rows import Fold, Row, Score, part, primary_of, share

NEAR_KM = 20.0
"""A predicted point this close to the gold point counts in `place.near`, whatever its name: the
granularity of suburb, city and county differs between reports."""

Judge = Callable[[Row, Row], bool]


def score_fields(gold: Sequence[Row], fold: Fold, prefix: str = "gva") -> list[Score]:
    """Shares of articles with the right value, by field; `count` is the number of articles."""
    pairs = [(row["gold"], primary_of(fold, row["id"])) for row in gold]
    return [
        share(f"{prefix}.{name}", (event is not None and judge(event, truth) for truth, event in pairs))
        for name, judge in JUDGES
    ]


def days_off(event: Row, truth: Row) -> int | None:
    """Days between the event's first day and the gold day; None where no date was predicted."""
    start = part(event.get("date"), "start")
    if start is None or truth["date"] is None:
        return None
    return abs((date.fromisoformat(start) - date.fromisoformat(truth["date"])).days)


def date_exact(event: Row, truth: Row) -> bool:
    """The first day of the event is the gold day."""
    return days_off(event, truth) == 0


def date_near(event: Row, truth: Row) -> bool:
    """The first day of the event is the gold day, the one before or the one after."""
    off = days_off(event, truth)
    return off is not None and off <= 1


def state_right(event: Row, truth: Row) -> bool:
    """The first-level name is the gold state."""
    return same_region_name(part(event.get("place"), "admin1"), truth["state"])


def city_and_state_right(event: Row, truth: Row) -> bool:
    """The place name is the gold city (a county may carry its suffix or not), in the gold state."""
    return same_place_name(part(event.get("place"), "name"), truth["city"]) and state_right(event, truth)


def place_near(event: Row, truth: Row) -> bool:
    """City and state are right by name, or the point lies within `NEAR_KM` of the gold point."""
    point, gold_point = point_of(event.get("place")), truth.get("lat_lon")
    near = point is not None and gold_point is not None and distance_km(point, tuple(gold_point)) <= NEAR_KM
    return near or city_and_state_right(event, truth)


def count_right(measure: str, answer: str, *, strict: bool) -> Judge:
    """A judge of one count: the best value is the gold number; see the module on null."""

    def judge(event: Row, truth: Row) -> bool:
        best = part(event.get(measure), "best")
        return same_count(best, truth[answer], strict=strict)

    return judge


def same_count(predicted: Any, gold: int, *, strict: bool) -> bool:
    """Whether a predicted count answers the gold one; null answers 0 unless strict."""
    return bool(predicted == gold if predicted is not None else gold == 0 and not strict)


def both(left: Judge, right: Judge) -> Judge:
    """A judge that asks two judges."""
    return lambda event, truth: left(event, truth) and right(event, truth)


def _count_judges() -> Iterable[tuple[str, Judge]]:
    for reading, strict in (("", False), (".strict", True)):
        killed = count_right("fatalities", "killed", strict=strict)
        injured = count_right("injured", "injured", strict=strict)
        yield f"killed{reading}", killed
        yield f"injured{reading}", injured
        yield f"counts{reading}", both(killed, injured)


JUDGES: tuple[tuple[str, Judge], ...] = (
    ("date.exact", date_exact),
    ("date.near", date_near),
    ("place.city_state", city_and_state_right),
    ("place.near", place_near),
    ("place.state", state_right),
    *_count_judges(),
)
