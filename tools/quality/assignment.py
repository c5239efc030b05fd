"""The best one-to-one assignment in a table of weights (Kuhn-Munkres, shortest augmenting paths).

Pure; standard library only. Complexity O(n² m) for n ≤ m; callers pass connected components, which
stay small.
"""

from collections.abc import Sequence

Weights = Sequence[Sequence[float]]
_INFINITE = float("inf")


def best_pairs(weights: Weights) -> list[tuple[int, int]]:
    """(row, column) pairs of an assignment with the largest total weight, by row.

    Every row is paired when there are at most as many rows as columns, every column otherwise; a
    pair may weigh 0. Equal totals are resolved the same way on every run.
    """
    if not weights or not weights[0]:
        return []
    if len(weights) > len(weights[0]):
        turned = [list(column) for column in zip(*weights, strict=True)]
        return sorted((row, column) for column, row in best_pairs(turned))
    return sorted(_Assignment(weights).solve())


def best_total(weights: Weights) -> float:
    """The largest total weight of a one-to-one assignment."""
    return sum(weights[row][column] for row, column in best_pairs(weights))


class _Assignment:
    """The potentials and the matching of one table; rows and columns count from 1, 0 is "none"."""

    def __init__(self, weights: Weights) -> None:
        self.weights = weights
        self.rows, self.columns = len(weights), len(weights[0])
        self.row_potential = [0.0] * (self.rows + 1)
        self.column_potential = [0.0] * (self.columns + 1)
        self.row_of = [0] * (self.columns + 1)

    def solve(self) -> list[tuple[int, int]]:
        for row in range(1, self.rows + 1):
            self._augment(row)
        return [(r - 1, c - 1) for c, r in enumerate(self.row_of) if c and r]

    def _augment(self, row: int) -> None:
        """Match one more row along the cheapest alternating path."""
        self.row_of[0] = row
        cheapest, came_from = [_INFINITE] * (self.columns + 1), [0] * (self.columns + 1)
        reached, column = [False] * (self.columns + 1), 0
        while self.row_of[column]:
            reached[column] = True
            self._relax(column, cheapest, came_from, reached)
            column = min((c for c in range(1, self.columns + 1) if not reached[c]), key=cheapest.__getitem__)
            self._shift(cheapest[column], cheapest, reached)
        while column:
            self.row_of[column] = self.row_of[came_from[column]]
            column = came_from[column]

    def _relax(self, column: int, cheapest: list[float], came_from: list[int], reached: list[bool]) -> None:
        row = self.row_of[column]
        for c in range(1, self.columns + 1):
            if not reached[c]:
                cost = -self.weights[row - 1][c - 1] - self.row_potential[row] - self.column_potential[c]
                if cost < cheapest[c]:
                    cheapest[c], came_from[c] = cost, column

    def _shift(self, delta: float, cheapest: list[float], reached: list[bool]) -> None:
        for c in range(self.columns + 1):
            if reached[c]:
                self.row_potential[self.row_of[c]] += delta
                self.column_potential[c] -= delta
            else:
                cheapest[c] -= delta
