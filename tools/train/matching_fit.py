"""Logistic regression over named sparse features, for the pair score of matching.

Needs numpy and scipy, which only training does.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

from services.store.matching.pair import Features
from services.store.matching.weights import BIAS


@dataclass(frozen=True)
class Pair:
    """One pair of reports: its features, whether both tell of one incident, how much it counts."""

    features: Features
    same: bool
    weight: float


def fit_pairs(
    pairs: Sequence[Pair], penalty: float, prior: Mapping[str, float] | None = None
) -> dict[str, float]:
    """The weights that make the pairs likeliest, drawn by a quadratic penalty towards a prior (or 0)."""
    prior = prior or {}
    names = sorted({name for pair in pairs for name in pair.features} | set(prior) - {BIAS})
    matrix = _matrix(pairs, {name: column for column, name in enumerate(names)})
    same = np.array([pair.same for pair in pairs], float)
    counts = np.array([pair.weight for pair in pairs])
    centre = np.array([prior.get(name, 0.0) for name in names])

    def loss(theta: np.ndarray) -> tuple[float, np.ndarray]:
        z = matrix @ theta[:-1] + theta[-1]
        away = theta[:-1] - centre
        residual = counts * (1 / (1 + np.exp(-z)) - same)
        value = (counts * (np.logaddexp(0, z) - same * z)).sum() + 0.5 * penalty * (away**2).sum()
        return value, np.append(matrix.T @ residual + penalty * away, residual.sum())

    start = np.append(centre, prior.get(BIAS, 0.0))
    found = minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": 500})
    weights = {name: round(float(w), 4) for name, w in zip(names, found.x[:-1], strict=True)}
    return {BIAS: round(float(found.x[-1]), 4), **{n: w for n, w in weights.items() if abs(w) >= 0.001}}


def _matrix(pairs: Sequence[Pair], column: Mapping[str, int]) -> csr_matrix:
    starts, columns, values = [0], [], []
    for pair in pairs:
        columns.extend(column[name] for name in pair.features)
        values.extend(pair.features.values())
        starts.append(len(columns))
    return csr_matrix((values, columns, starts), shape=(len(pairs), len(column)))
