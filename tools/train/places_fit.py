"""Conditional logit: weights under which the right rows of each list get the most probability.

The loss is the negative log of the right rows' summed softmax share (all right rows count alike), plus a
ridge penalty on the way from the weights set by hand. L-BFGS over a sparse matrix; deterministic.
"""

from collections.abc import Mapping, Sequence

import numpy as np
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

Lists = Sequence[tuple[list[dict[str, float]], frozenset[int], float]]


def fit(lists: Lists, penalty: float, centre: Mapping[str, float]) -> dict[str, float]:
    """Weights by feature name from (rows, right rows, weight of the list), drawn to those of `centre`."""
    names = sorted({name for rows, _, _ in lists for row in rows for name in row} | centre.keys())
    middle = np.array([centre.get(name, 0.0) for name in names])
    column = {name: n for n, name in enumerate(names)}
    matrix, right, weight, starts = _matrix(lists, column)
    segment = np.repeat(np.arange(len(starts)), np.diff([*starts, matrix.shape[0]]))

    def loss(weights: np.ndarray) -> tuple[float, np.ndarray]:
        scores = matrix @ weights
        powers = np.exp(scores - np.maximum.reduceat(scores, starts)[segment])
        total = np.add.reduceat(powers, starts)
        good = np.add.reduceat(powers * right, starts)
        slope = matrix.T @ ((powers / total[segment] - powers * right / good[segment]) * weight[segment])
        away = weights - middle
        value = -(weight * (np.log(good) - np.log(total))).sum() + penalty / 2 * away @ away
        return float(value), slope + penalty * away

    found = minimize(loss, middle, jac=True, method="L-BFGS-B", options={"maxiter": 400})
    return dict(zip(names, map(float, found.x), strict=True))


def _matrix(lists: Lists, column: dict[str, int]) -> tuple[csr_matrix, np.ndarray, np.ndarray, np.ndarray]:
    values: list[float] = []
    columns: list[int] = []
    offsets = [0]
    right: list[bool] = []
    weights: list[float] = []
    starts: list[int] = []
    for rows, good, weight in lists:
        if not 0 < len(good) < len(rows):
            continue
        starts.append(len(right))
        weights.append(weight)
        for index, row in enumerate(rows):
            columns.extend(column[name] for name in row)
            values.extend(row.values())
            offsets.append(len(values))
            right.append(index in good)
    matrix = csr_matrix((values, columns, offsets), shape=(len(right), len(column)))
    return matrix, np.array(right), np.array(weights), np.array(starts)
