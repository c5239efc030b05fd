"""The weights of the score: versioned files, one table per regime.

A regime is what a pair of reports allows to compare: `located` where both name a day and a place,
`partial` where date or place is missing or coarse, `bare` where only the words speak (the day of
publication is unknown, or the events are of no type that has a scene), `secondary` where one of the two
is not what its article is about, so that the article's words do not speak for it.
Pure but for reading the packaged files.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from types import MappingProxyType
from typing import Final

from services.errors import Refused

DEFAULT: Final = "reports-1"
"""The weights that are used unless another version is named."""

BIAS: Final = "bias"
"""The constant term, shown among the features of a decision."""


@dataclass(frozen=True, slots=True)
class Weights:
    """Feature weights by regime; `thresholds` of the decision. `version` names them in every reason."""

    version: str
    made_by: str
    regimes: Mapping[str, Mapping[str, float]]


def weights_from(text: str | bytes) -> Weights:
    """The weights as their JSON file holds them. Raises Refused for a table without its bias."""
    data = json.loads(text)
    regimes = {name: MappingProxyType(dict(table)) for name, table in data["regimes"].items()}
    if any(BIAS not in table for table in regimes.values()):
        raise Refused(f"weights {data['version']} have a regime without a bias")
    return Weights(data["version"], data["made_by"], MappingProxyType(regimes))


@cache
def load_weights(version: str = DEFAULT) -> Weights:
    """The packaged weights of a version, read once. Raises Refused for an unknown one."""
    file = resources.files(__name__).joinpath(f"{version}.json")
    if not file.is_file():
        raise Refused(f"there are no matching weights {version!r}")
    return weights_from(file.read_bytes())
