"""Loose comparison of names: places, actors, organisations, and distance on the globe.

Pure; standard library only. Comparison is deliberately more lenient than equality and never
consults the system's own lexicons: a scorer that shared them would share their mistakes.
"""

import json
import math
import re
import unicodedata
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from tools.quality.rows import Row, part

_APOSTROPHE = re.compile(r"['’]s\b|['’ʼ`]")
_WORD = re.compile(r"[a-z0-9]+")
_TABLES = Path(__file__).with_name("name_tables.json")
_EARTH_RADIUS_KM = 6371.0
_STATE_KINDS = frozenset({"state", "government", "ministry", "military", "police", "official"})
_PLACE_FILLER = frozenset({"city", "of", "the", "town", "village", "county", "municipality"})


def words(text: str | None) -> tuple[str, ...]:
    """Lower-case ASCII words of a text: accents and possessives dropped, apostrophes closed up."""
    if not text:
        return ()
    plain = unicodedata.normalize("NFKD", _APOSTROPHE.sub("", text))
    return tuple(_WORD.findall("".join(c for c in plain if not unicodedata.combining(c)).casefold()))


def _abbreviated(word: str) -> str:
    return {"saint": "st", "sainte": "st", "fort": "ft", "mount": "mt"}.get(word, word)


def place_key(name: str | None) -> tuple[str, ...]:
    """A place name for comparison: filler dropped, Saint and St alike."""
    key = tuple(_abbreviated(w) for w in words(name))
    return tuple(w for w in key if w not in _PLACE_FILLER) or key


def same_place_name(left: str | None, right: str | None) -> bool:
    """Whether two place names are equal after normalisation."""
    return bool(left) and bool(right) and place_key(left) == place_key(right)


def same_region_name(left: str | None, right: str | None) -> bool:
    """Whether two first-level names are equal; a US state's postal code equals its name."""
    return bool(left) and bool(right) and _region_key(left) == _region_key(right)


def _region_key(name: str | None) -> tuple[str, ...]:
    key = tuple(w for w in words(name) if w not in {"state", "province", "governorate", "region"})
    full = _tables()["us_states"].get("".join(key).upper())
    return words(full) if isinstance(full, str) else key


def distance_km(a: tuple[float, float], b: tuple[float, float]) -> float:
    """Great-circle distance of two (latitude, longitude) points in degrees, in km."""
    (lat1, lon1), (lat2, lon2) = ((math.radians(x), math.radians(y)) for x, y in (a, b))
    h = math.sin((lat2 - lat1) / 2) ** 2
    h += math.cos(lat1) * math.cos(lat2) * math.sin((lon2 - lon1) / 2) ** 2
    return 2 * _EARTH_RADIUS_KM * math.asin(min(1.0, math.sqrt(h)))


def point_of(place: Row | None) -> tuple[float, float] | None:
    """The point of a place, or None where either coordinate is unknown."""
    latitude, longitude = part(place, "latitude"), part(place, "longitude")
    return None if latitude is None or longitude is None else (float(latitude), float(longitude))


def actor_keys(*names: str | None) -> frozenset[str]:
    """What names an actor: countries and known groups by their key, else the words that tell it.

    A name of nothing but general words ("local officials") is known by those.

    Demonyms and capitals stand for the country ("Ankara", "Turkish army" → `turkey`), aliases for
    the group ("ISIL", "Daesh" → `islamicstate`), by `name_tables.json`.
    """
    found: set[str] = set()
    for name in names:
        found |= _keys_of(name)
    return frozenset(found)


def actor_value_keys(actor: Any) -> frozenset[str]:
    """Keys of an actor as records give it: its name, and its country where it speaks for the state."""
    if not isinstance(actor, Mapping):
        return actor_keys(actor)
    country = _tables()["countries"].get(actor.get("country") or "")
    own = {str(country)} if country and actor.get("kind") in _STATE_KINDS else frozenset[str]()
    return actor_keys(actor.get("name")) | own


def _keys_of(name: str | None) -> set[str]:
    text = " ".join(words(name))
    keys = set()
    for alias, key in _aliases():
        pattern = rf"\b{alias}\b"
        if re.search(pattern, text):
            keys.add(key)
            text = re.sub(pattern, " ", text)
    left = {w for w in text.split() if len(w) > 1}
    telling = left - set(_tables()["actor_filler"])
    return keys | telling or left


def same_actor(left: Iterable[str], right: Iterable[str]) -> bool:
    """Whether two sets of actor keys share one."""
    return not frozenset(left).isdisjoint(right)


def same_organisation(predicted: str, accepted: Iterable[str]) -> bool:
    """Whether a predicted organisation is one of the accepted answers.

    Equal after normalisation, one contained in the other, or one the initials of the other. A name
    of generic words alone ("army") is contained in one with a single word more ("Salvadoran army"),
    not in another body's name ("National Liberation Army").
    """
    return any(_alike(words(predicted), words(answer)) for answer in accepted)


def _alike(left: tuple[str, ...], right: tuple[str, ...]) -> bool:
    a, b = (tuple(w for w in side if w != "the") for side in (left, right))
    if not a or not b:
        return False
    return _contained(a, b) or _contained(b, a) or _initials(a, b) or _initials(b, a)


def _contained(inner: tuple[str, ...], outer: tuple[str, ...]) -> bool:
    generic = set(inner) <= _GENERIC
    return set(inner) <= set(outer) and (not generic or len(set(outer) - set(inner)) <= 1)


def _initials(short: tuple[str, ...], long: tuple[str, ...]) -> bool:
    return (
        len(short) == 1
        and len(long) > 1
        and len(short[0]) > 1
        and (short[0] in {"".join(w[0] for w in long), "".join(w[0] for w in long if w not in _SMALL)})
    )


_GENERIC = frozenset(
    {"army", "armed", "forces", "force", "air", "military", "police", "national", "government", "front"}
    | {"liberation", "movement", "group", "party", "rebels", "guerrillas", "command", "peoples"}
)
_SMALL = frozenset({"of", "for", "and", "the", "de", "la"})


@cache
def _tables() -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads(_TABLES.read_text(encoding="utf-8"))
    return loaded


@cache
def _aliases() -> tuple[tuple[str, str], ...]:
    """(alias, key) pairs, longest alias first so that it wins over its parts."""
    pairs = [
        (" ".join(words(alias)), key) for key, aliases in _tables()["actors"].items() for alias in aliases
    ]
    return tuple(sorted(pairs, key=lambda pair: (-len(pair[0]), pair)))
