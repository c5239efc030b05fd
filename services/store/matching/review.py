"""A second look at incidents: is this one really two, or are these two really one?

Thresholds leave a gap: a report joins above 0, an incident splits only where its two sides speak clearly
against each other, two incidents merge only where they speak clearly for it. What was split or merged
therefore stays so until new evidence comes. Pure; the decider turns proposals into events.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from services.store.matching.index import MatchIndex
from services.store.matching.model import MergeProposal, ReportKey, SplitProposal
from services.store.matching.profile import Profile
from services.store.matching.score import PairScore, explained, fit_of, mean_of, pair_score, sampled
from services.store.matching.weights import Weights

SPLIT_BELOW: Final = (-1.0, -0.5, 0.6)
"""Mean log-odds across the weakest cut below which an incident is split, where the smaller side has
one report, two, or more: the more reports agree that they differ, the less each must say."""
MERGE_ABOVE: Final = 0.3
"""Log-odds between two incidents above which they are merged."""
HYSTERESIS: Final = 0.5
"""How far the mean between two incidents must lie above what would split them again."""
SPLIT_REPORTS: Final = range(3, 33)
"""Sizes that are reviewed: a pair was decided when it was made, a big one is for people."""
_MERGE_SAMPLE: Final = 6
"""Reports of either incident that are compared: at most 36 pairs."""

Side = tuple[int, ...]


def review(incident_id: str, index: MatchIndex, weights: Weights) -> SplitProposal | None:
    """Whether an incident should be split in two, and where. None for one that holds together."""
    if index.size(incident_id) not in SPLIT_REPORTS:
        return None
    reports = index.reports(incident_id)
    pairs = _all_pairs(reports, index, weights)
    one, other = _two_sides(len(reports), pairs)
    between = [pairs[min(a, b), max(a, b)] for a in one for b in other]
    against = mean_of(between)
    if against.total >= _split_below(len(one), len(other)):
        return None
    staying, moving = (one, other) if (len(one), -one[0]) >= (len(other), -other[0]) else (other, one)
    return SplitProposal(
        incident_id=incident_id,
        moving=_keys(reports, moving),
        staying=_keys(reports, staying),
        score=against.total,
        features=explained(against),
        weights=weights.version,
    )


def propose_merges(
    incident_id: str, others: Iterable[str], index: MatchIndex, weights: Weights
) -> tuple[MergeProposal, ...]:
    """Which of some incidents are the same one as this, best first; the later opened goes into the older.

    Incidents that hold two events of one article are never one: the article tells them apart.
    """
    proposals = (_merge(incident_id, other, index, weights) for other in others if other in index)
    return tuple(sorted((p for p in proposals if p is not None), key=lambda p: (-p.score, p.from_id)))


def _merge(one: str, other: str, index: MatchIndex, weights: Weights) -> MergeProposal | None:
    mine, theirs = index.reports(one), index.reports(other)
    if one == other or {r.key[0] for r in mine} & {r.key[0] for r in theirs}:
        return None
    pairs = [
        pair_score(a, b, weights, index.frequency)
        for a in sampled(mine, _MERGE_SAMPLE)
        for b in sampled(theirs, _MERGE_SAMPLE)
    ]
    found = fit_of(pairs)
    firm = _split_below(len(mine), len(theirs)) + HYSTERESIS
    if found.total <= MERGE_ABOVE or mean_of(pairs).total < firm:
        return None
    into, gone = (one, other) if index.is_older(one, other) else (other, one)
    return MergeProposal(gone, into, found.total, explained(found), weights.version)


def _split_below(one: int, other: int) -> float:
    return SPLIT_BELOW[min(one, other, len(SPLIT_BELOW)) - 1]


def _all_pairs(
    reports: Sequence[Profile], index: MatchIndex, weights: Weights
) -> dict[tuple[int, int], PairScore]:
    return {
        (a, b): pair_score(reports[b], reports[a], weights, index.frequency)
        for b in range(len(reports))
        for a in range(b)
    }


def _two_sides(size: int, pairs: Mapping[tuple[int, int], PairScore]) -> tuple[Side, Side]:
    """The last two groups when reports are joined by average score, best first."""
    groups: list[Side] = [(at,) for at in range(size)]
    while len(groups) > 2:
        _, a, b = max(
            (_mean(groups[a], groups[b], pairs), -a, -b) for b in range(len(groups)) for a in range(b)
        )
        joined = tuple(sorted((*groups[-a], *groups[-b])))
        groups = [joined, *(group for at, group in enumerate(groups) if at not in (-a, -b))]
    first, second = sorted(groups)
    return first, second


def _mean(one: Side, other: Side, pairs: Mapping[tuple[int, int], PairScore]) -> float:
    return sum(pairs[min(a, b), max(a, b)].total for a in one for b in other) / (len(one) * len(other))


def _keys(reports: Sequence[Profile], side: Side) -> tuple[ReportKey, ...]:
    return tuple(reports[at].key for at in side)
