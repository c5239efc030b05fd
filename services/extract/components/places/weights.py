"""The weights of place ranking: one table for local news, one for wire copy; read once from their file."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Final

from services.extract.components.listwise import load_weights

WEIGHTS_FILE: Final = "places.json"
HAND_FILE: Final = "places.hand.json"
"""Weights set by hand, the fallback that learned ones must beat."""

WIRE: Final = "wire:"
"""Prefix of weights in a file that are added in wire copy to those without it."""


@dataclass(frozen=True, slots=True)
class PlaceWeights:
    """Weights by feature name, for local news and for wire copy."""

    local: Mapping[str, float]
    wire: Mapping[str, float]


def split(values: Mapping[str, float]) -> PlaceWeights:
    """The two tables of one file."""
    local = {name: value for name, value in values.items() if not name.startswith(WIRE)}
    wire = dict(local)
    for name, value in values.items():
        if name.startswith(WIRE):
            base = name.removeprefix(WIRE)
            wire[base] = local.get(base, 0.0) + value
    return PlaceWeights(local, wire)


@cache
def place_weights(file_name: str = WEIGHTS_FILE) -> PlaceWeights:
    """The tables of a packaged weight file. Raises `Corruption` where it cannot be read."""
    return split(load_weights(file_name).values)
