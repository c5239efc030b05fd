"""Where: place names found, resolved against the gazetteer and ranked.

`find_places` once an article, `rank_places` once an event.
"""

from services.extract.components.places.candidates import find_places
from services.extract.components.places.rank import rank_places
from services.extract.components.places.values import PlaceTable

__all__ = ["PlaceTable", "find_places", "rank_places"]
