"""Incidents as GeoJSON (RFC 7946): [longitude, latitude], a null geometry where the place is unknown."""

from collections.abc import Iterable, Mapping
from typing import Any, Final

MEDIA_TYPE: Final = "application/geo+json"
DECIMALS: Final = 7
"""Enough for a centimetre; RFC 7946 §11.2 advises against more."""


def feature_collection(incidents: Iterable[Mapping[str, Any]], **members: Any) -> dict[str, Any]:
    """A FeatureCollection of compact records; `members` are foreign members such as `next`."""
    return {"type": "FeatureCollection", "features": [feature(one) for one in incidents], **members}


def feature(incident: Mapping[str, Any]) -> dict[str, Any]:
    """One incident; time and precision are properties, never coordinates."""
    properties = {name: value for name, value in incident.items() if name != "id"}
    return {
        "type": "Feature",
        "id": incident["id"],
        "geometry": _geometry(incident.get("place")),
        "properties": properties,
    }


def _geometry(place: Mapping[str, Any] | None) -> dict[str, Any] | None:
    if not place or place.get("latitude") is None:
        return None
    point = [round(place["longitude"], DECIMALS), round(place["latitude"], DECIMALS)]
    return {"type": "Point", "coordinates": point}
