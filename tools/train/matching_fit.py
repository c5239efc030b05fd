"""Logistic regression over named sparse features, for the pair score of matching.

Needs numpy and scipy, which only training does.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

from services.store.matching.pair_text import Features
from services.store.matching.weights import BIAS

FOR = (
    ".same",
    ".same_large",
    ".shared",
    ".overlap",
    ".covered",
    ".more",
    ".some",
    ".log",
    ".within",
    ".near",
    ".here",
    ".region",
    "gap.0",
    "words",
    "words.many",
    "capitals",
    "title",
    "heads",
    "numbers",
    "copy",
    "when_where",
)
"""What can only speak for one incident: a negative weight would be an accident of the sample."""
PRIOR = {
    "type.differs": -2.0,
    "text.differs": -2.5,
    "date.next_day": -2.5,
    "nothing.same": -1.5,
    "killed.apart": -1.2,
    "injured.apart": -0.4,
    "place.abroad": -1.5,
}
"""What the dated set cannot teach: it is all shootings in one country, with small figures. Set by hand."""
BIAS_MOST = 1.0
"""The sets hold few of the incidents that happen, so a shared town looks like more than it is."""
PRIOR_PENALTY = 40.0
"""How firmly those weights are held, against `penalty` for the others."""
AGAINST = (
    ".differ",
    ".differs",
    ".missed",
    ".after_report",
    ".apart",
    ".far",
    ".rises_far",
    ".falls_far",
    ".rises",
    ".falls",
    ".abroad",
    ".conflict",
    ".untold",
    "roundup",
    "type.unknown",
    "next_day",
    "gap.1",
    "gap.2",
    "gap.week",
    "gap.month",
    "gap.more",
    "km.region",
    "busy",
    "source.same",
    "published.later",
)
"""What can only speak against it: contradictions, and a busy place (`source.same`: outlets report
an incident once more often than twice)."""


@dataclass(frozen=True)
class Pair:
    """One pair of reports: its features, whether both tell of one incident, how much it counts."""

    features: Features
    same: bool
    weight: float


def fit_pairs(pairs: Sequence[Pair], penalty: float, prior: Mapping[str, float] = PRIOR) -> dict[str, float]:
    """The weights that make the pairs likeliest, drawn by a quadratic penalty towards 0 or the prior."""
    names = sorted({name for pair in pairs for name in pair.features})
    matrix = _matrix(pairs, {name: column for column, name in enumerate(names)})
    same = np.array([pair.same for pair in pairs], float)
    counts = np.array([pair.weight for pair in pairs])
    centre = np.array([prior.get(name, 0.0) for name in names])
    pull = np.array([PRIOR_PENALTY if name in prior else penalty for name in names])

    def loss(theta: np.ndarray) -> tuple[float, np.ndarray]:
        z = matrix @ theta[:-1] + theta[-1]
        away = theta[:-1] - centre
        residual = counts * (1 / (1 + np.exp(-z)) - same)
        value = (counts * (np.logaddexp(0, z) - same * z)).sum() + 0.5 * (pull * away**2).sum()
        return value, np.append(matrix.T @ residual + pull * away, residual.sum())

    start = np.append(centre, 0.0)
    found = minimize(
        loss, start, jac=True, method="L-BFGS-B", bounds=_bounds(names), options={"maxiter": 500}
    )
    weights = {name: round(float(w), 4) for name, w in zip(names, found.x[:-1], strict=True)}
    return {BIAS: round(float(found.x[-1]), 4), **{n: w for n, w in weights.items() if abs(w) >= 0.001}}


def _bounds(names: Sequence[str]) -> list[tuple[float | None, float | None]]:
    """The sign that each weight may have, and the most that is taken for granted."""
    return [*(_bound(name) for name in names), (None, BIAS_MOST)]


def _bound(name: str) -> tuple[float | None, float | None]:
    if name.endswith(AGAINST) or name == "nothing.same":
        return (None, 0.0)
    return (0.0, None) if name.endswith(FOR) else (None, None)


def _matrix(pairs: Sequence[Pair], column: Mapping[str, int]) -> csr_matrix:
    starts, columns, values = [0], [], []
    for pair in pairs:
        columns.extend(column[name] for name in pair.features)
        values.extend(pair.features.values())
        starts.append(len(columns))
    return csr_matrix((values, columns, starts), shape=(len(pairs), len(column)))
