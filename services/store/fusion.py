"""Fusion: one date, place and type of a record from the probability tables of all its reports. Pure.

Version `fusion/2`: the tables of the reports are summed, a copy of another article's text counts for
nothing beside its original. Coarser places support the finer ones they contain. A day after the first
report counts for little, since nothing is reported before it happens; silence on a count counts for less
than a figure.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final, TypeVar

from schemas.extraction import Alternatives, CountOption, DateOption, DateRange, Place, PlaceOption
from schemas.taxonomy import EventType, Stage
from services.store.matching.model import ReportView

FUSION_VERSION: Final = "fusion/2"

COPY_WEIGHT: Final = 0.01
"""What a copy adds beside its original: enough to break a tie, too little to outvote."""

TOO_LATE: Final = 0.3
"""What a date after the first report keeps of its mass: time zones may put it one day late."""

SILENCE: Final = 0.7
"""What "nothing said" of a count weighs against a figure: a short report leaves counts out."""

UNSURE: Final = 0.5
"""Probability of a value that came without a table."""


@dataclass(frozen=True, slots=True)
class Fused:
    """The fused values, how sure, and the rivals of each (best first)."""

    event_type: EventType | None
    event_mode: str | None
    stage: Stage
    date: DateRange | None
    place: Place | None
    confidence: dict[str, float]
    alternatives: Alternatives


def fuse(reports: Sequence[tuple[ReportView, bool]]) -> Fused:
    """Fuse reports given as (view, is a copy), oldest first. No report gives a value of nothing."""
    weighed = [(view, COPY_WEIGHT if is_copy else 1.0) for view, is_copy in reports]
    kinds = _vote((((v.event.event_type, v.event.event_mode), w * _salience(v)) for v, w in weighed))
    stages = _vote((v.event.stage, w * _salience(v)) for v, w in weighed)
    first = min((v.published for v, _ in weighed if v.published), default=date.max)
    dates = _with_coarser(
        _vote(
            (option.value, w * option.p * (TOO_LATE if option.value.start > first else 1.0))
            for v, w in weighed
            for option in _dates(v)
        )
    )
    places = _places(weighed)
    kind = next(iter(kinds), (None, None))
    total = sum(w for _, w in weighed) or 1.0
    return Fused(
        event_type=kind[0],
        event_mode=kind[1],
        stage=next(iter(stages), Stage.HAPPENED),
        date=next(iter(dates), None),
        place=places[0][0] if places else None,
        confidence=_confidence(dates, places, total),
        alternatives=Alternatives(
            date=tuple(DateOption(value=day, p=_p(mass, total)) for day, mass in list(dates.items())[:5]),
            place=tuple(PlaceOption(value=place, p=_p(mass, total)) for place, mass in places[:5]),
            fatalities=_counts(weighed, "fatalities", total),
            injured=_counts(weighed, "injured", total),
        ),
    )


def _salience(view: ReportView) -> float:
    return 1.0 if view.is_primary else 0.5


def _p(mass: float, total: float) -> float:
    return round(min(1.0, mass / total), 4)


K = TypeVar("K")


def _vote(votes: Iterable[tuple[K, float]]) -> dict[K, float]:
    """Mass by value, heaviest first; on a tie the one that came first."""
    mass: dict[K, float] = defaultdict(float)
    for value, weight in votes:
        mass[value] += weight
    return dict(sorted(mass.items(), key=lambda item: -item[1]))


def _dates(view: ReportView) -> Sequence[DateOption]:
    event = view.event
    if event.alternatives.date:
        return event.alternatives.date
    return () if event.date is None else (DateOption(value=event.date, p=UNSURE),)


def _with_coarser(dates: Mapping[DateRange, float]) -> dict[DateRange, float]:
    """Each date with the mass of the coarser ones that contain it, heaviest first, the finer on a tie."""
    supported = {
        day: own + sum(mass for other, mass in dates.items() if _within(day, other))
        for day, own in dates.items()
    }
    return dict(sorted(supported.items(), key=lambda item: (-item[1], item[0].precision)))


def _within(fine: DateRange, coarse: DateRange) -> bool:
    finer = fine.precision < coarse.precision
    return finer and coarse.start <= fine.start and fine.end <= coarse.end


def _place_options(view: ReportView) -> Sequence[PlaceOption]:
    event = view.event
    if event.alternatives.place:
        return event.alternatives.place
    return () if event.place is None else (PlaceOption(value=event.place, p=UNSURE),)


def _places(weighed: Sequence[tuple[ReportView, float]]) -> list[tuple[Place, float]]:
    options = [(option.value, w * option.p) for view, w in weighed for option in _place_options(view)]
    first: dict[tuple[str, str, str], Place] = {}
    mass: dict[tuple[str, str, str], float] = defaultdict(float)
    for place, weight in options:
        key = _key(place)
        first.setdefault(key, place)
        mass[key] += weight
    supported = {key: own + _coarser(key, mass) for key, own in mass.items()}
    ranked = sorted(first, key=lambda key: (-supported[key], first[key].precision))
    return [(first[key], supported[key]) for key in ranked]


def _key(place: Place) -> tuple[str, str, str]:
    return (place.country or "", (place.admin1 or "").casefold(), (place.name or "").casefold())


def _coarser(key: tuple[str, str, str], mass: Mapping[tuple[str, str, str], float]) -> float:
    """The mass of the region and country that contain a place."""
    country, admin1, name = key
    above = (
        {(country, admin1, ""), (country, admin1, admin1), (country, "", "")} if name else {(country, "", "")}
    )
    return sum(mass.get(each, 0.0) for each in above - {key})


def _counts(weighed: Sequence[tuple[ReportView, float]], field: str, total: float) -> tuple[CountOption, ...]:
    votes: list[tuple[int | None, float]] = []
    for view, weight in weighed:
        table: tuple[CountOption, ...] = getattr(view.event.alternatives, field)
        figure = getattr(view.event, field)
        rows = table or (CountOption(value=figure.best, p=UNSURE),)
        votes.extend((row.value, weight * row.p * (SILENCE if row.value is None else 1.0)) for row in rows)
    return tuple(
        CountOption(value=value, p=_p(mass, total)) for value, mass in list(_vote(votes).items())[:5]
    )


def _confidence(
    dates: Mapping[DateRange, float], places: Sequence[tuple[Place, float]], total: float
) -> dict[str, float]:
    found: dict[str, float] = {}
    if dates:
        found["date"] = _p(next(iter(dates.values())), total)
    if places:
        found["place"] = _p(places[0][1], total)
    return found
