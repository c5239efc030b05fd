"""How well a report fits an incident: half its best companion there, half the average of all.

The best alone would chain stories together, the average alone would lose follow-ups (measured on
the development articles). Pure; imported by the decision and the review.
"""

from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple

from schemas.taxonomy import EventType
from services.store.matching.model import Feature
from services.store.matching.pair import Frequency, compare
from services.store.matching.pair_text import Features
from services.store.matching.profile import Profile
from services.store.matching.weights import BIAS, Weights

MEMBERS_MAX: Final = 8
"""Reports of an incident that are compared: the first half and the last half of so many."""

_SCENES: Final = frozenset(
    {
        EventType.ASSAULT.value,
        EventType.ACCIDENT.value,
        EventType.DISASTER.value,
        EventType.PROTEST.value,
        EventType.COERCE.value,
        EventType.RETREAT.value,
    }
)
"""Types whose day and place single an event out; talk and accords gather in the same capitals."""
_COARSE_PLACE: Final = 4
_COARSE_DAYS: Final = 7
_SHOWN_LEAST: Final = 0.005
"""Contributions below round to nothing and are not listed."""


class PairScore(NamedTuple):
    """The score of two reports, with the features and the weights that gave it."""

    total: float
    other: Profile
    features: Features
    table: Mapping[str, float]


class Fit(NamedTuple):
    """The score of a report and an incident: a weighted mean of pairs, best first, shares summing to 1."""

    total: float
    pairs: tuple[PairScore, ...]
    shares: tuple[float, ...]


def regime_of(a: Profile, b: Profile) -> str:
    """Which table of weights a pair is scored by."""
    if not (a.primary and b.primary):
        return "secondary"
    if not (a.published and b.published and a.kind in _SCENES and b.kind in _SCENES):
        return "bare"
    return "located" if _is_located(a) and _is_located(b) else "partial"


def _is_located(profile: Profile) -> bool:
    if not profile.dates or not profile.places:
        return False
    start, end, _ = profile.dates[0]
    return end - start < _COARSE_DAYS and profile.places[0][5] < _COARSE_PLACE


def pair_score(a: Profile, b: Profile, weights: Weights, frequency: Frequency) -> PairScore:
    """The log-odds that two reports tell of one incident."""
    table = weights.regimes[regime_of(a, b)]
    features = compare(a, b, frequency)
    total = table[BIAS]
    for name, value in features.items():
        if name in table:
            total += table[name] * value
    return PairScore(total, b, features, table)


def sampled(reports: Sequence[Profile], most: int = MEMBERS_MAX) -> Sequence[Profile]:
    """The reports that stand for an incident: all, or its first and its last ones."""
    if len(reports) <= most:
        return reports
    return [*reports[: most // 2], *reports[-(most // 2) :]]


def fit(profile: Profile, reports: Sequence[Profile], weights: Weights, frequency: Frequency) -> Fit:
    """How well a report fits the reports of an incident (at least one)."""
    return fit_of([pair_score(profile, other, weights, frequency) for other in sampled(reports)])


def fit_of(pairs: Sequence[PairScore]) -> Fit:
    """Half the best pair, half the mean of all."""
    return _weighted(pairs, (0.5 + 0.5 / len(pairs), *[0.5 / len(pairs)] * (len(pairs) - 1)))


def mean_of(pairs: Sequence[PairScore]) -> Fit:
    """The mean of all pairs."""
    return _weighted(pairs, (1 / len(pairs),) * len(pairs))


def _weighted(pairs: Sequence[PairScore], shares: tuple[float, ...]) -> Fit:
    ranked = tuple(sorted(pairs, key=lambda pair: -pair.total))
    total = sum(pair.total * share for pair, share in zip(ranked, shares, strict=True))
    return Fit(total, ranked, shares)


def explained(found: Fit) -> tuple[Feature, ...]:
    """The features of a fit, heaviest first: values of the best pair, shares that sum to the score."""
    total: dict[str, float] = {}
    for pair, share in zip(found.pairs, found.shares, strict=True):
        for name, value in ((BIAS, 1.0), *pair.features.items()):
            total[name] = total.get(name, 0.0) + share * pair.table.get(name, 0.0) * value
    best = {BIAS: 1.0, **found.pairs[0].features}
    listed = [
        Feature(name, best.get(name, 0.0), part) for name, part in total.items() if abs(part) >= _SHOWN_LEAST
    ]
    return tuple(sorted(listed, key=lambda feature: (-abs(feature.contribution), feature.name)))
