"""How the places said to be an event's bear on each other: the finer place against what holds it. Pure."""

from collections import defaultdict
from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from typing import Final, NamedTuple

from services.extract.components.places.entity_features import kilometres, people
from services.extract.components.places.features import Feature
from services.extract.components.places.values import DATELINE, Name, PlaceCandidate, PlaceTable
from services.extract.model import Frame
from services.extract.resources.gazetteer import Gazetteer

_FINE: Final = frozenset({"PLACE", "SECOND", "FIRST", "UNPLACED"})
_LOCATIVE: Final = ("l=in", "l=near", "l=at", "level=", "l=village", "l=city", "l=region", "l=part")
_PART_KM: Final = 30.0
"""Within so many kilometres of a city, a smaller place may be its suburb or quarter."""


class Spot(NamedTuple):
    """A place said to be the event's: the name it goes by, cell, point and people."""

    key: str
    cell: tuple[int, int]
    point: tuple[float, float]
    people: int


class Scene(NamedTuple):
    """Names said to be where the event was, by the country and region that they lie in; and the towns."""

    countries: Mapping[str, AbstractSet[str]]
    regions: Mapping[int, AbstractSet[str]]
    spots: tuple[Spot, ...]


def read_scene(table: PlaceTable, frame: Frame) -> Scene:
    """What the event's sentences say of where it was."""
    core, gazetteer = frozenset(frame.core), table.gazetteer
    countries: dict[str, set[str]] = defaultdict(set)
    regions: dict[int, set[str]] = defaultdict(set)
    spots = []
    for candidate in table.candidates:
        where = candidate.entity if candidate.entity is not None else candidate.container
        if where is None or candidate.kind not in _FINE or not _is_local(candidate.name, core):
            continue
        key, region = candidate.name.key, gazetteer.region(where)
        countries[gazetteer.country(where)].add(key)
        if region is not None and candidate.kind != "FIRST":
            regions[region].add(key)
        if candidate.kind == "PLACE":
            spots.append(Spot(key, gazetteer.cell(where), gazetteer.point(where), people(where, gazetteer)))
    return Scene(countries, regions, tuple(spots))


def _is_local(name: Name, core: frozenset[int]) -> bool:
    """Whether a name stands in a core sentence after a word of place."""
    return any(m.sentence in core and any(cue.startswith(_LOCATIVE) for cue in m.cues) for m in name.mentions)


def scene_features(candidate: PlaceCandidate, scene: Scene, gazetteer: Gazetteer) -> list[Feature]:
    """Whether the event is said to be at something finer, or elsewhere in the dateline's country."""
    entity, key, kind = candidate.entity, candidate.name.key, candidate.kind
    if entity is None or not candidate.name.mentions:
        return []
    inside = _others(scene.countries.get(gazetteer.country(entity)), key)
    if kind == "COUNTRY":
        return [("finer&COUNTRY" if inside else "finest&COUNTRY", 1.0)]
    if kind == "FIRST":
        return [("finer&FIRST" if _others(scene.regions.get(entity), key) else "finest&FIRST", 1.0)]
    if inside and all(mention.sentence == DATELINE for mention in candidate.name.mentions):
        return [("dateline-but-elsewhere", 1.0)]
    return _parts(key, entity, scene.spots, gazetteer) if kind == "PLACE" else []


def _others(names: AbstractSet[str] | None, key: str) -> bool:
    """Whether there are other names than this one."""
    return bool(names) and names != {key}


def _parts(key: str, entity: int, spots: tuple[Spot, ...], gazetteer: Gazetteer) -> list[Feature]:
    """Whether a smaller place beside this one is said to be the event's, or a larger one."""
    row, column = gazetteer.cell(entity)
    near = [s for s in spots if s.key != key and abs(s.cell[0] - row) < 2 and abs(s.cell[1] - column) < 2]
    if not near:
        return []
    own, point = people(entity, gazetteer), gazetteer.point(entity)
    close = [spot.people for spot in near if kilometres(spot.point, point) < _PART_KM]
    features = []
    if any(other < own for other in close):
        features.append(("smaller-beside", 1.0))
    if any(other > own for other in close):
        features.append(("larger-beside", 1.0))
    return features
