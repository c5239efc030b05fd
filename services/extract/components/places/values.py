"""The values that the stages of place resolution hand each other. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from services.extract.model import Span
from services.extract.resources.gazetteer import Gazetteer

DATELINE = -1
"""Sentence index of a mention in the dateline, which stands in no sentence."""


class Mention(NamedTuple):
    """A place's name where it stands. `key` is its `name_key`, `name` its words as written.

    `qualifier` is the entity of the region or country said right after it ("Columbus, Ohio");
    `cues` are the names of features of its surroundings; `level` what a noun beside it says it is.
    """

    key: str
    name: str
    span: Span
    sentence: int
    qualifier: int | None
    cues: tuple[str, ...]
    level: str | None


class Name(NamedTuple):
    """All mentions of one name, in order, and the entities that it may mean with an alias flag."""

    key: str
    mentions: tuple[Mention, ...]
    entities: tuple[tuple[int, bool], ...]
    loose: bool


class PlaceCandidate(NamedTuple):
    """One thing that a name may mean: an entity of the gazetteer, or None for a name it does not know.

    `container` is the entity that such an unplaced name lies in, if that is said. `kind` is the name of a
    gazetteer kind, or UNPLACED. `features` are those that hold for any event of the article.
    """

    name: Name
    entity: int | None
    container: int | None
    kind: str
    features: tuple[tuple[str, float], ...]


@dataclass(frozen=True, slots=True)
class PlaceTable:
    """All place candidates of an article, and how much it speaks of which country (shares).

    Entity numbers are those of `gazetteer`. `is_wire` says that title or lead name a country, as copy for
    readers elsewhere does and a local paper hardly ever.
    """

    candidates: tuple[PlaceCandidate, ...]
    countries: Mapping[str, float]
    is_wire: bool
    gazetteer: Gazetteer
