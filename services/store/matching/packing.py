"""Profiles as bytes: how the index holds millions of them, and how its snapshot is written.

About 1.2 kB a report. The format is private to one version of this module; a snapshot of another
version is refused and made anew from the log. Pure; imported by the index only.
"""

import marshal
import struct
from collections.abc import Collection, Sequence
from typing import Any, Final

from services.errors import Refused
from services.store.matching.profile import Profile, Vector

FORMAT: Final = 3
"""Goes up with every change of what is packed; the first byte of a snapshot."""

_MARSHAL: Final = 2
"""The last version of Python's marshal without references: equal values give equal bytes."""
_WEIGHT_STEPS: Final = 10_000
"""Vector weights keep four digits, as sketches give them."""


def pack(profile: Profile) -> bytes:
    """A profile as bytes; equal profiles give equal bytes."""
    return marshal.dumps(
        (
            (profile.key, profile.primary, profile.relation, profile.reported, profile.published),
            (profile.dates, profile.places, profile.killed, profile.injured, profile.kind, profile.mode),
            tuple(sorted(profile.victim_ages)),
            tuple(sorted(profile.ages)),
            (profile.facility, profile.source, profile.agency, profile.words),
            [
                _hashes(some)
                for some in (profile.victims, profile.names, profile.streets, profile.blocks, profile.clocks)
            ],
            (_hashes(profile.title), _hashes(profile.numbers), _hashes(profile.localities)),
            _vector(profile.capitals),
            _vector(profile.terms),
            _numbers(profile.minhash),
        ),
        _MARSHAL,
    )


def unpack(data: bytes) -> Profile:
    """The profile that was packed."""
    head, tables, victim_ages, ages, whole, sets, title, capitals, terms, minhash = marshal.loads(data)  # noqa: S302
    victims, names, streets, blocks, clocks = (frozenset(_read_numbers(some)) for some in sets)
    return Profile(
        key=head[0],
        primary=head[1],
        relation=head[2],
        reported=head[3],
        published=head[4],
        dates=tables[0],
        places=tables[1],
        killed=tables[2],
        injured=tables[3],
        kind=tables[4],
        mode=tables[5],
        victims=victims,
        victim_ages=frozenset(victim_ages),
        names=names,
        streets=streets,
        blocks=blocks,
        clocks=clocks,
        ages=frozenset(ages),
        localities=frozenset(_read_numbers(title[2])),
        facility=whole[0],
        capitals=_read_vector(capitals),
        terms=_read_vector(terms),
        numbers=frozenset(_read_numbers(title[1])),
        title=frozenset(_read_numbers(title[0])),
        minhash=_read_numbers(minhash),
        source=whole[1],
        agency=whole[2],
        words=whole[3],
    )


def freeze(content: Any) -> bytes:
    """A snapshot of plain values."""
    return bytes([FORMAT]) + marshal.dumps(content, _MARSHAL)


def thaw(snapshot: bytes) -> Any:
    """The values of a snapshot. Raises Refused for one of another format."""
    if snapshot[:1] != bytes([FORMAT]):
        raise Refused("the snapshot of the match index is of another version; rebuild it from the log")
    return marshal.loads(snapshot[1:])  # noqa: S302


def _hashes(values: Collection[int]) -> bytes:
    return _numbers(sorted(values))


def _numbers(values: Sequence[int]) -> bytes:
    return struct.pack(f"<{len(values)}I", *values)


def _read_numbers(data: bytes) -> tuple[int, ...]:
    return struct.unpack(f"<{len(data) // 4}I", data)


def _vector(vector: Vector) -> tuple[bytes, bytes]:
    steps = [min(round(weight * _WEIGHT_STEPS), 0xFFFF) for weight in vector.values()]
    return _numbers(tuple(vector)), struct.pack(f"<{len(steps)}H", *steps)


def _read_vector(data: tuple[bytes, bytes]) -> Vector:
    weights = struct.unpack(f"<{len(data[1]) // 2}H", data[1])
    return {word: step / _WEIGHT_STEPS for word, step in zip(_read_numbers(data[0]), weights, strict=True)}
