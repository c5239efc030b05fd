"""List-wise ranking: a log-linear score per candidate, one softmax over an article's candidates.

Pure but for `load_weights`, which reads a packaged weight file once. A weight file is JSON:
`{"name", "version", "made": {...how}, "weights": {feature: number}}`.
"""

import json
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources

from services.errors import Corruption


@dataclass(frozen=True, slots=True)
class Weights:
    """A named, versioned set of feature weights."""

    name: str
    version: str
    values: Mapping[str, float]

    def score(self, features: Iterable[str]) -> float:
        """The sum of the weights of features that are all 1; unknown features weigh nothing."""
        get = self.values.get
        return sum(get(name, 0.0) for name in features)


@cache
def load_weights(file_name: str) -> Weights:
    """A packaged weight file of `services/extract/resources/weights`, read once.

    Raises Corruption where the file is missing or is not a weight file.
    """
    path = resources.files("services.extract") / "resources" / "weights" / file_name
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        values = {str(key): float(value) for key, value in data["weights"].items()}
        return Weights(str(data["name"]), str(data["version"]), values)
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise Corruption(f"weight file {file_name} cannot be read: {error}") from error


def softmax(scores: Sequence[float]) -> list[float]:
    """Probabilities in the order of the scores; empty for none."""
    if not scores:
        return []
    top = max(scores)
    powers = [math.exp(score - top) for score in scores]
    total = sum(powers)
    return [power / total for power in powers]
