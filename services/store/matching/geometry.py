"""Distances on the globe, well enough for "the same town". Pure."""

import math
from typing import Final

_KM_PER_DEGREE: Final = 111.2
"""Kilometres of one degree of latitude (WGS 84 mean)."""


def kilometres(latitude: float, longitude: float, other_latitude: float, other_longitude: float) -> float:
    """The distance of two points, in the plane: exact within 1 % below 500 km away from the poles."""
    east = (longitude - other_longitude + 180.0) % 360.0 - 180.0
    shrink = math.cos(math.radians((latitude + other_latitude) / 2))
    return _KM_PER_DEGREE * math.hypot(latitude - other_latitude, east * shrink)
