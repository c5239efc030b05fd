"""Writes the gazetteer's index: rows in, bytes out.

Layout: magic, length of the header, a JSON header (sections by name with offset and type, country codes,
hash of the content), then the sections. `index` reads it. Entities are numbered with countries and regions
first and places from the most to the least populous, so a name's postings come in order of population. A
key has a flag where longer keys begin with it, so a scanner can stop early. Pure.
"""

from __future__ import annotations

import hashlib
import json
from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Final
from zlib import crc32

from services.extract.resources.gazetteer.names import loose_key, name_key
from services.extract.resources.gazetteer.rows import Kind, Row

MAGIC: Final = b"wfgazet1"
FORMAT: Final = 4
"""Rises with any change of layout or of what is indexed; part of the cache file's name."""

LOOSE: Final = "~"
"""First letter of loose keys, which no `name_key` begins with."""

SCALE: Final = 100_000
"""Degrees are stored as integers of 1e-5 degree, about a metre."""

_LOOSE_COUNTRIES: Final = frozenset(
    {
        "AE", "AF", "AM", "AZ", "BD", "BG", "BH", "BY", "DJ", "DZ", "EG", "ER", "ET", "GE", "GR", "IL",
        "IN", "IQ", "IR", "JO", "KG", "KW", "KZ", "LB", "LY", "MA", "MR", "NP", "OM", "PK", "PS", "QA",
        "RS", "RU", "SA", "SD", "SO", "SY", "TD", "TJ", "TM", "TN", "UA", "UZ", "XK", "YE"
    }
)  # fmt: skip
"""Countries whose names reach English through transliteration."""

_LIST_MAX: Final = 400
"""Postings a key keeps; the most ambiguous name of GeoNames, San Antonio, has about that many."""

_ORDER: Final = {Kind.COUNTRY: 0, Kind.FIRST: 1, Kind.REGION: 2, Kind.SEA: 3, Kind.SECOND: 4, Kind.PLACE: 5}


def build_index(rows: Iterable[Row]) -> bytes:
    """The bytes of an index over rows; the same rows in any order give the same bytes."""
    ordered = sorted(rows, key=_rank)
    countries = sorted({row.country for row in ordered})
    sections = {**_entity_columns(ordered, countries), **_names(ordered), **_key_table(ordered)}
    return _assemble(sections, countries, len(ordered))


def _rank(row: Row) -> tuple[int, int, int, str, str, str]:
    return _ORDER[row.kind], -row.population, row.geonames_id, row.country, row.admin1, row.name


def _entity_columns(rows: list[Row], countries: list[str]) -> dict[str, array[int]]:
    regions = {(row.country, row.admin1): n + 1 for n, row in enumerate(rows) if row.kind is Kind.FIRST}
    number = {code: n for n, code in enumerate(countries)}
    return {
        "latitude": array("i", [round(row.latitude * SCALE) for row in rows]),
        "longitude": array("i", [round(row.longitude * SCALE) for row in rows]),
        "population": array("I", [row.population for row in rows]),
        "geonames_id": array("I", [row.geonames_id for row in rows]),
        "country": array("H", [number[row.country] for row in rows]),
        "region": array("H", [regions.get((row.country, row.admin1), 0) for row in rows]),
        "kind": array("B", [row.kind for row in rows]),
        "derived": array("B", [row.derived for row in rows]),
        "capital": array("B", [row.capital for row in rows]),
    }


def _names(rows: list[Row]) -> dict[str, array[int]]:
    return _strings("name", [row.name.encode() for row in rows])


def _strings(prefix: str, values: list[bytes]) -> dict[str, array[int]]:
    offsets = array("I", [0])
    total = 0
    for value in values:
        total += len(value)
        offsets.append(total)
    return {f"{prefix}_offsets": offsets, f"{prefix}_bytes": array("B", b"".join(values))}


def _key_table(rows: list[Row]) -> dict[str, array[int]]:
    postings = _postings(rows)
    continued = _prefixes(postings)
    keys = sorted(postings.keys() | continued)
    encoded = [key.encode() for key in keys]
    flat, offsets = array("I"), array("I", [0])
    for key in keys:
        flat.extend(postings.get(key, ())[:_LIST_MAX])
        offsets.append(len(flat))
    return {
        **_strings("key", encoded),
        "posting_offsets": offsets,
        "postings": flat,
        "continues": array("B", [key in continued for key in keys]),
        "slots": _slots(encoded),
    }


def _postings(rows: list[Row]) -> dict[str, list[int]]:
    """Key → entity number times two, plus one where the name is not the entity's own; own ones first."""
    own: dict[str, dict[int, int]] = defaultdict(dict)
    for number, row in enumerate(rows):
        for key, alias in _keys(row):
            entries = own[key]
            entries[number] = min(alias, entries.get(number, 1))
    return {
        key: [number << 1 | alias for number, alias in sorted(entries.items(), key=lambda e: (e[1], e[0]))]
        for key, entries in own.items()
    }


def _keys(row: Row) -> Iterator[tuple[str, int]]:
    loose = row.country in _LOOSE_COUNTRIES
    for alias, names in ((0, row.own), (1, row.other)):
        for name in names:
            key = name_key(name)
            if len(key) > 1:
                yield key, alias
                if loose:
                    yield LOOSE + loose_key(key), alias


def _prefixes(keys: Iterable[str]) -> set[str]:
    """The proper word prefixes of keys of several words, loose ones left out."""
    found: set[str] = set()
    for key in keys:
        end = key.find(" ")
        while end > 0 and key[0] != LOOSE:
            found.add(key[:end])
            end = key.find(" ", end + 1)
    return found


def _slots(keys: list[bytes]) -> array[int]:
    """An open-addressing hash table of key numbers plus one, at most half full."""
    size = 1 << (2 * len(keys)).bit_length()
    slots = array("I", bytes(4 * size))
    for number, key in enumerate(keys):
        slot = crc32(key) & (size - 1)
        while slots[slot]:
            slot = (slot + 1) & (size - 1)
        slots[slot] = number + 1
    return slots


def _assemble(sections: dict[str, array[int]], countries: list[str], entities: int) -> bytes:
    digest, table, body, offset = hashlib.sha256(), {}, [], 0
    for name, column in sections.items():
        data = column.tobytes()
        data += bytes(-len(data) % 8)
        digest.update(data)
        table[name] = [offset, len(column), column.typecode]
        body.append(data)
        offset += len(data)
    digest.update("".join(countries).encode())
    header = json.dumps(
        {
            "format": FORMAT,
            "hash": digest.hexdigest()[:16],
            "sections": table,
            "countries": countries,
            "entities": entities,
        },
        sort_keys=True,
    ).encode()
    header += b" " * (-(len(MAGIC) + 4 + len(header)) % 8)
    return b"".join((MAGIC, len(header).to_bytes(4, "little"), header, *body))
