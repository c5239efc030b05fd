"""Looks names up in a gazetteer index, which stays in the file: a mapped buffer, no objects made of it.

`Gazetteer` is immutable but for a bounded memo of looked-up names. Pure over the buffer it is given.
"""

import json
from typing import Any, Final, NamedTuple
from zlib import crc32

from services.errors import Corruption
from services.extract.resources.gazetteer.build import FORMAT, LOOSE, MAGIC, SCALE
from services.extract.resources.gazetteer.names import loose_key
from services.extract.resources.gazetteer.rows import Kind

__all__ = ["Gazetteer", "Kind", "Match"]

_MEMO_MAX: Final = 40_000
"""Names remembered, about 8 MB; the memo is emptied when full."""


_KINDS: Final = tuple(Kind)
"""Kinds by their stored numbers, which count from 0."""


class Match(NamedTuple):
    """What a key names: entity numbers with the flag "not its own name", and whether longer keys follow.

    `entities` holds numbers times two plus the flag; own names first, each part most populous first.
    """

    entities: tuple[int, ...]
    continues: bool


NOTHING: Final = Match((), continues=False)


class Gazetteer:
    """Places by name. Entities are numbers; their columns are read with the methods below."""

    def __init__(self, buffer: memoryview) -> None:
        """Raises `Corruption` when the buffer is no index of this format."""
        header, body = _header(buffer)
        sections = {name: _section(body, *where) for name, where in header["sections"].items()}
        self.hash: Final[str] = header["hash"]
        self.entities: Final[int] = header["entities"]
        self._countries: list[str] = header["countries"]
        self._latitude, self._longitude = sections["latitude"], sections["longitude"]
        self._population, self._geonames_id = sections["population"], sections["geonames_id"]
        self._country, self._region = sections["country"], sections["region"]
        self._kind, self._derived = sections["kind"], sections["derived"]
        self._capital = sections["capital"]
        self._name_offsets, self._name_bytes = sections["name_offsets"], sections["name_bytes"]
        self._key_offsets, self._key_bytes = sections["key_offsets"], sections["key_bytes"]
        self._posting_offsets, self._postings = sections["posting_offsets"], sections["postings"]
        self._continues, self._slots = sections["continues"], sections["slots"]
        self._mask = len(self._slots) - 1
        self._memo: dict[str, Match] = {}

    def find(self, key: str) -> Match:
        """What a `name_key` names; `Match((), False)` where nothing."""
        found = self._memo.get(key)
        if found is None:
            if len(self._memo) >= _MEMO_MAX:
                self._memo.clear()
            found = self._memo[key] = self._look_up(key.encode())
        return found

    def find_loose(self, key: str) -> Match:
        """What a `name_key` may name when the spelling is a transliteration: a guess, weaker than `find`."""
        return self.find(LOOSE + loose_key(key))

    def _look_up(self, key: bytes) -> Match:
        slot = crc32(key) & self._mask
        while number := self._slots[slot]:
            start, end = self._key_offsets[number - 1], self._key_offsets[number]
            if self._key_bytes[start:end] == key:
                return self._match(number - 1)
            slot = (slot + 1) & self._mask
        return NOTHING

    def _match(self, number: int) -> Match:
        start, end = self._posting_offsets[number], self._posting_offsets[number + 1]
        return Match(tuple(self._postings[start:end]), bool(self._continues[number]))

    def name(self, entity: int) -> str:
        """Its name in GeoNames, or in the project's tables."""
        start, end = self._name_offsets[entity], self._name_offsets[entity + 1]
        return bytes(self._name_bytes[start:end]).decode()

    def kind(self, entity: int) -> Kind:
        return _KINDS[self._kind[entity]]

    def country(self, entity: int) -> str:
        """ISO 3166-1 alpha-2, or an empty string for waters."""
        return self._countries[self._country[entity]]

    def region(self, entity: int) -> int | None:
        """The entity of the first-level region it lies in (of itself, for one)."""
        number = self._region[entity]
        return number - 1 if number else None

    def point(self, entity: int) -> tuple[float, float]:
        """Latitude and longitude, WGS 84 degrees."""
        return self._latitude[entity] / SCALE, self._longitude[entity] / SCALE

    def cell(self, entity: int) -> tuple[int, int]:
        """The grid cell of one degree that it lies in: latitude and longitude rounded down."""
        return self._latitude[entity] // SCALE, self._longitude[entity] // SCALE

    def population(self, entity: int) -> int:
        """People; 0 is unknown."""
        return int(self._population[entity])

    def geonames_id(self, entity: int) -> int | None:
        return int(self._geonames_id[entity]) or None

    def is_capital(self, entity: int) -> bool:
        """Whether it is the capital of its country (or bears its name)."""
        return bool(self._capital[entity])

    def is_derived(self, entity: int) -> bool:
        """Whether its point is the mean of member places."""
        return bool(self._derived[entity])


def _header(buffer: memoryview) -> tuple[dict[str, Any], memoryview]:
    if bytes(buffer[: len(MAGIC)]) != MAGIC:
        raise Corruption("this is no gazetteer index; delete it and it is built again")
    start = len(MAGIC) + 4
    end = start + int.from_bytes(buffer[len(MAGIC) : start], "little")
    header: dict[str, Any] = json.loads(bytes(buffer[start:end]))
    if header["format"] != FORMAT:
        raise Corruption(f"gazetteer index of format {header['format']}, {FORMAT} is read here; delete it")
    return header, buffer[end:]


def _section(body: memoryview, offset: int, length: int, typecode: str) -> memoryview:
    part = body[offset : offset + length * _WIDTHS[typecode]]
    match typecode:
        case "I":
            return part.cast("I")
        case "i":
            return part.cast("i")
        case "H":
            return part.cast("H")
        case _:
            return part.cast("B")


_WIDTHS: Final = {"B": 1, "H": 2, "I": 4, "i": 4}
"""Bytes an item of each type takes."""
